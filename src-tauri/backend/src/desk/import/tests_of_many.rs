//! Imports that are large beside the collection.

use super::tests::{card, check_counts, draft, import_of, preview_of, question, quiet};
use super::*;
use crate::desk::tests::Machine;
use crate::desk::views::{BrowseColumn, BrowseOrder};
use crate::store::OperationKind;

/// More than twice what comes with Sitwell, so that indexes are built anew, and more words than
/// are indexed in one part.
const MANY: usize = 4_321;

fn many() -> Draft {
    draft(
        (0..MANY)
            .map(|number| {
                let (guid, word) = (format!("n{number}"), format!("zanzi{number:04}"));
                let mut item = match number % 9 {
                    0 => question(&guid, &format!("Which {word} is right?")),
                    _ => card(&guid, &format!("What is {word}?"), "A mineral"),
                };
                item.tags.push(format!("part{}", number % 3));
                item
            })
            .collect(),
    )
}

async fn found(desk: &Sitwell, query: &str) -> u32 {
    let order = BrowseOrder { column: BrowseColumn::Text, descending: false };
    let page = desk.browse(query, order, 0, 9).await.unwrap();
    assert_eq!(page.problem, None, "{query}");
    page.total
}

#[tokio::test]
async fn words_of_a_large_import_are_found_once_indexed() {
    let machine = Machine::new();
    let desk = machine.open().await;
    assert_eq!(desk.words_left().await.unwrap(), 0);
    assert_eq!(import_of(&desk, many()).await.new as usize, MANY);
    assert!(desk.words_left().await.unwrap() > 0, "left for later");
    // A search waits for them, with whatever it looks for.
    assert_eq!(found(&desk, "zanzi0007").await, 1);
    assert_eq!(desk.words_left().await.unwrap(), 0);
    for (query, rows) in [("zanzi", MANY), ("tag:part1 zanzi0001", 1), ("kind:question zanzi", 481)]
    {
        assert_eq!(found(&desk, query).await as usize, rows, "{query}");
    }
    desk.store.merge_words().await.unwrap();
    assert_eq!(found(&desk, "mineral zanzi4320").await, 0);
    assert_eq!(found(&desk, "mineral zanzi4319").await, 1);
    check_counts(&desk).await;
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import));
    assert_eq!(found(&desk, "zanzi").await, 0);
    check_counts(&desk).await;
}

#[tokio::test]
async fn words_that_were_left_are_found_after_the_next_opening() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, many()).await;
    // It is closed while they are indexed.
    desk.index_beside();
    desk.close().await;
    drop(desk);
    let desk = machine.open().await;
    assert_eq!(found(&desk, "zanzi4319").await, 1);
    assert_eq!(found(&desk, "zanzi").await as usize, MANY);
    let usual = "item_words_config WHERE k = 'automerge' AND v = 4";
    assert_eq!(desk.store.count(usual).await, 1, "FTS5 is set up as before");
}

#[tokio::test]
async fn indexes_dropped_for_an_import_are_back_after_it_fails_or_ends() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let before = desk.store.definitions().await;
    preview_of(&desk, many()).await;
    let stop = |step: ImportProgress| {
        if step.stage == ImportStage::Keeping && step.done > 600 {
            desk.cancel_import();
        }
    };
    assert_eq!(desk.import(&stop).await.unwrap(), Imported::Cancelled);
    assert_eq!(desk.store.definitions().await, before);
    assert_eq!(desk.store.count("item_sources").await, 0);
    // The app goes away while it is kept.
    preview_of(&desk, many()).await;
    drop(desk.store.begin_import(1, MANY).await.unwrap());
    assert_eq!(desk.store.definitions().await, before);
    assert!(matches!(desk.import(&quiet).await.unwrap(), Imported::Done { .. }));
    assert_eq!(desk.store.definitions().await, before);
    // References are not looked up while rows come in, and all name what is there.
    assert_eq!(desk.store.count("pragma_foreign_key_check").await, 0);
    assert_eq!(desk.store.count("pragma_integrity_check WHERE integrity_check <> 'ok'").await, 0);
    check_counts(&desk).await;
    // Nobody waits for words to take it back.
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import));
    assert!(desk.words_left().await.unwrap() > 0);
    check_counts(&desk).await;
    desk.redo().await.unwrap();
    check_counts(&desk).await;
    // One by one, they are looked up again.
    import_of(&desk, draft(vec![card("one", "Blorptium", "More")])).await;
    assert_eq!(desk.store.count("pragma_foreign_key_check").await, 0);
    check_counts(&desk).await;
    desk.undo().await.unwrap();
    desk.undo().await.unwrap();
    check_counts(&desk).await;
}
