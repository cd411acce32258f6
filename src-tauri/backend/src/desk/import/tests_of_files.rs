//! Files through the whole flow: read, shown, kept, exported and read again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::tests::{card, check_counts, draft, import_of, preview_of, question, quiet};
use super::*;
use crate::desk::tests::Machine;
use crate::desk::views::{ExportFormat, ExportOptions, ExportProgress, Exported};
use crate::formats::DraftContent;
use crate::store::OperationKind;

/// Decks of others to try, where they lie beside the project.
fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("SITWELL_CORPUS").map(PathBuf::from);
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let folder = given.unwrap_or_else(beside);
    folder.join("MANIFEST.tsv").is_file().then_some(folder)
}

/// The window waits for its commands on any thread.
#[tokio::test]
async fn importing_can_be_waited_for_on_any_thread() {
    fn on_any_thread<T: Send>(waiting: T) {
        drop(waiting);
    }
    let machine = Machine::new();
    let desk = machine.open().await;
    let path = std::path::Path::new("none");
    let options = ExportOptions { deck: None, format: ExportFormat::Csv, scheduling: false };
    on_any_thread(desk.preview_import(path, &quiet));
    on_any_thread(desk.import(&quiet));
    on_any_thread(desk.export(options, path, &|_| {}));
}

#[tokio::test]
async fn every_file_of_the_corpus_comes_in_with_its_counts_and_goes_out_again() {
    let Some(folder) = corpus() else {
        eprintln!("skipped: no corpus beside the project");
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    for line in manifest.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, _, _, _, questions, notes, cards, ..] = columns[..] else {
            panic!("a line without counts: {line}");
        };
        let expected = [questions, notes, cards].map(|count| count.parse::<u32>().unwrap());
        let machine = Machine::new();
        let desk = machine.open().await;
        let shown = desk.preview_import(&folder.join(file), &quiet).await.unwrap();
        let counts = shown.counts;
        assert_eq!([counts.questions, counts.notes, counts.cards], expected, "{file}");
        assert_eq!(counts.new, counts.questions + counts.notes, "{file}");
        let Imported::Done { counts: kept, decks } = desk.import(&quiet).await.unwrap() else {
            panic!("{file} was not kept");
        };
        assert_eq!(kept.new, counts.new, "{file}");
        assert!(!decks.is_empty(), "{file}");
        check_counts(&desk).await;
        let again = desk.preview_import(&folder.join(file), &quiet).await.unwrap().counts;
        assert_eq!((again.new, again.updated, again.unchanged), (0, 0, counts.new), "{file}");
        assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import), "{file}");
        let gone = desk.preview_import(&folder.join(file), &quiet).await.unwrap().counts;
        assert_eq!(gone.new, counts.new, "{file}: undone, so all of it is new again");
    }
}

/// What a deck exports to, read by a new collection.
async fn there_and_back(format: ExportFormat, name: &str) -> (Exported, ImportPreview) {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = vec![
        card("a", "What keeps objects?", "S3"),
        card("b", "What streams them?", "Firehose"),
        question("c", "Which one is right?"),
    ];
    import_of(&desk, draft(items)).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join(name);
    let options = ExportOptions { deck: None, format, scheduling: true };
    let exported = desk.export(options, &target, &|_| {}).await.unwrap();
    let elsewhere = Machine::new();
    let other = elsewhere.open().await;
    let shown = other.preview_import(&target, &quiet).await.unwrap();
    other.import(&quiet).await.unwrap();
    check_counts(&other).await;
    (exported, shown)
}

#[tokio::test]
async fn what_is_exported_natively_or_as_a_table_reads_back_as_it_was() {
    for (format, name) in
        [(ExportFormat::Markdown, "mine.sitwell.zip"), (ExportFormat::Csv, "mine.csv")]
    {
        let (exported, shown) = there_and_back(format, name).await;
        assert_eq!((exported.cards, exported.questions), (2, 1), "{name}");
        let counts = shown.counts;
        assert_eq!((counts.cards, counts.questions, counts.skipped), (2, 1, 0), "{name}");
    }
}

#[tokio::test]
async fn what_only_the_native_format_says_comes_in() {
    const DECK: &str = "---\ndeck: mine\ntitle: Mine\nversion: 1.0.0\nlicense: MIT\n---\n\n\
        ## Card one\nalso: AIF-C01 2.1 · checked: 2026-05-04\n\nWhat is one?\n\n---\n\nOne\n";
    let machine = Machine::new();
    let desk = machine.open().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.md");
    std::fs::write(&file, DECK).unwrap();
    desk.preview_import(&file, &quiet).await.unwrap();
    desk.import(&quiet).await.unwrap();
    let kept = desk.store.item_record("mine/one").await.unwrap().unwrap().item;
    assert_eq!((kept.also.len(), kept.also[0].task.as_str()), (1, "2.1"));
    assert_eq!(kept.checked.map(|day| day.to_string()).as_deref(), Some("2026-05-04"));
    let again = desk.preview_import(&file, &quiet).await.unwrap().counts;
    assert_eq!((again.unchanged, again.updated), (1, 0));
    std::fs::write(&file, DECK.replace("05-04", "06-05")).unwrap();
    assert_eq!(desk.preview_import(&file, &quiet).await.unwrap().counts.updated, 1);
    desk.import(&quiet).await.unwrap();
    let kept = desk.store.item_record("mine/one").await.unwrap().unwrap().item;
    assert_eq!(kept.checked.map(|day| day.to_string()).as_deref(), Some("2026-06-05"));
}

#[tokio::test]
async fn an_import_that_changes_nothing_is_no_step_of_undo() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let file = || {
        let mut seen = card("a", "What keeps objects?", "S3");
        seen.study = vec![super::tests::learned(1_790_000_000_000)];
        draft(vec![seen, card("b", "What streams them?", "Firehose")])
    };
    import_of(&desk, file()).await;
    let last = desk.store.as_of().await.unwrap();
    let again = import_of(&desk, file()).await;
    assert_eq!((again.new, again.updated, again.unchanged), (0, 0, 2));
    assert_eq!(desk.store.as_of().await.unwrap(), last);
    check_counts(&desk).await;
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import));
    assert_eq!(import_of(&desk, file()).await.new, 2, "the one that brought them was undone");
}

#[tokio::test]
async fn very_many_items_come_in_as_few_do() {
    use crate::deck::{Card, CardStyle};
    use crate::desk::views::{BrowseColumn, BrowseOrder};
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = (0..1_234).map(|number| {
        let (guid, word) = (format!("n{number}"), format!("zanzi{number:04}"));
        let mut item = match number % 5 {
            0 => question(&guid, &format!("Which {word} is right?")),
            _ => card(&guid, &format!("What is {word}?"), "A mineral"),
        };
        if let DraftContent::Card(card) = &mut item.body
            && number % 7 == 0
        {
            **card = Card::of(CardStyle::Reversed, &*card.front, "A mineral");
        }
        item.tags.push(format!("part{}", number % 3));
        item
    });
    let file = draft(items.collect());
    let triggers = desk.store.count("sqlite_schema WHERE type = 'trigger'").await;
    // Stopped in the middle, it leaves nothing.
    preview_of(&desk, file.clone()).await;
    let stop = |step: ImportProgress| {
        if step.stage == ImportStage::Keeping && step.done > 600 {
            desk.cancel_import();
        }
    };
    assert_eq!(desk.import(&stop).await.unwrap(), Imported::Cancelled);
    assert_eq!(desk.store.count("sqlite_schema WHERE type = 'trigger'").await, triggers);
    assert_eq!(import_of(&desk, file).await.new, 1_234);
    assert_eq!(desk.store.count("sqlite_schema WHERE type = 'trigger'").await, triggers);
    check_counts(&desk).await;
    desk.store.merge_words().await.unwrap();
    let order = BrowseOrder { column: BrowseColumn::Text, descending: false };
    let found = async |query: &str| desk.browse(query, order, 0, 9).await.unwrap().total;
    // 1,234 items of which 141 are reversed cards.
    for (query, rows) in
        [("zanzi0007", 2), ("zanzi0010", 1), ("zanzi", 1_375), ("tag:part1 zanzi0001", 1)]
    {
        assert_eq!(found(query).await, rows, "{query}");
    }
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import));
    check_counts(&desk).await;
    assert_eq!(found("zanzi0007").await, 0);
    desk.redo().await.unwrap();
    check_counts(&desk).await;
    // Triggers do their work again for what comes one by one.
    let mut edited = desk.item_editor(&id_of(&desk, "n7").await).await.unwrap().draft;
    if let crate::desk::views::DraftBody::Card { front, .. } = &mut edited.body {
        *front = "Frobnium".into();
    }
    desk.save_item(edited).await.unwrap();
    check_counts(&desk).await;
    assert_eq!((found("frobnium").await, found("zanzi0007").await), (2, 0));
    import_of(&desk, draft(vec![card("one", "Blorptium", "More")])).await;
    check_counts(&desk).await;
}

async fn id_of(desk: &Sitwell, guid: &str) -> String {
    desk.store.known_items("anki", &[guid]).await.unwrap().remove(0).id.to_string()
}

#[tokio::test]
async fn an_anki_package_has_a_card_for_each_question_too() {
    let (exported, shown) = there_and_back(ExportFormat::Apkg, "mine.apkg").await;
    assert_eq!((exported.decks, exported.cards, exported.questions), (1, 2, 1));
    assert_eq!((shown.counts.cards, shown.counts.questions), (3, 0));
    let titles: BTreeMap<_, _> =
        shown.decks.iter().map(|deck| (deck.title.as_str(), deck.cards)).collect();
    assert_eq!(titles.get("Cloud::Storage"), Some(&3), "{titles:?}");
}

#[tokio::test]
async fn an_export_says_how_far_it_is_and_can_be_stopped() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = (0..50).map(|n| card(&format!("n{n}"), &format!("Front {n}"), "Back")).collect();
    import_of(&desk, draft(items)).await;
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [
        (ExportFormat::Apkg, "a.apkg"),
        (ExportFormat::Csv, "a.csv"),
        (ExportFormat::Markdown, "a.zip"),
    ] {
        let target = folder.path().join(name);
        let options = ExportOptions { deck: None, format, scheduling: false };
        let steps = std::sync::Mutex::new(Vec::new());
        let hear = |step: ExportProgress| steps.lock().unwrap().push((step.done, step.of));
        desk.export(options.clone(), &target, &hear).await.unwrap();
        let heard = std::mem::take(&mut *steps.lock().unwrap());
        assert!(heard.is_sorted() && heard.len() > 2, "{name}: {heard:?}");
        assert_eq!(heard.last(), Some(&(50, 50)), "{name}");
        let before = std::fs::read(&target).unwrap();
        let stopped = desk.export(options, &target, &|_| desk.cancel_export()).await.unwrap_err();
        assert_eq!(stopped.code(), "cancelled", "{name}");
        assert_eq!(std::fs::read(&target).unwrap(), before, "{name}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[tokio::test]
async fn an_export_that_cannot_be_written_leaves_what_stood_there() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, draft(vec![card("a", "Front", "Back")])).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("gone").join("mine.apkg");
    for format in [ExportFormat::Apkg, ExportFormat::Csv, ExportFormat::Markdown] {
        let options = ExportOptions { deck: None, format, scheduling: false };
        let error = desk.export(options, &target, &|_| {}).await.unwrap_err();
        assert_eq!(error.code(), "not_written");
        assert!(!target.exists());
    }
}
