use super::deck_options_tests::{deck, with_decks};
use super::tests::Machine;
use super::views::{DeckOrigin, DeckRow, LibraryView};
use super::*;
use crate::store::OperationKind;
use crate::study::{Grade, StudyOptions};

fn row<'a>(view: &'a LibraryView, slug: &str) -> &'a DeckRow {
    view.decks.iter().find(|row| row.slug == slug).unwrap()
}

fn tree(view: &LibraryView) -> Vec<(&str, u32)> {
    let own = view.decks.iter().filter(|row| row.origin != DeckOrigin::Bundled);
    own.map(|row| (row.title.as_str(), row.depth)).collect()
}

#[tokio::test]
async fn counts_include_the_decks_below_and_follow_what_is_studied() {
    let machine = Machine::new();
    let desk = with_decks(&machine, &[deck("a", "A", 3), deck("a-b", "A::B", 2)]).await;
    let view = desk.library().await.unwrap();
    let (top, below) = (row(&view, "a"), row(&view, "a-b"));
    assert_eq!((top.cards, top.new, top.depth, top.recall), (5, 5, 0, None));
    assert_eq!((below.cards, below.depth, below.title.as_str()), (2, 1, "B"));
    let bundled = row(&view, "aws-mls-c01");
    assert!(bundled.own_options && bundled.questions > 0 && bundled.authors.len() == 1);
    assert_eq!(view.cards, bundled.cards + 5);

    // Introduced today, due on a later day, recalled there once and forgotten once.
    let mut seen = Vec::new();
    for _ in 0..2 {
        let card = desk.study().await.unwrap().card.unwrap();
        desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
        seen.push(card.id);
    }
    machine.clock.advance(20 * 86_400_000);
    let view = desk.library().await.unwrap();
    assert_eq!((row(&view, "a").new, row(&view, "a").due), (3, 2));
    desk.grade_card(seen[0], Grade::Good, 1_000).await.unwrap();
    desk.grade_card(seen[1], Grade::Again, 1_000).await.unwrap();
    desk.suspend_card(seen[0], true).await.unwrap();
    let view = desk.library().await.unwrap();
    let top = row(&view, "a");
    let recall = top.recall.unwrap();
    assert_eq!((recall.hits, recall.of, top.due, top.suspended), (1, 2, 1, 1));
    desk.undo_study().await.unwrap();
    desk.undo_study().await.unwrap();
    let recall = row(&desk.library().await.unwrap(), "a").recall.unwrap();
    assert_eq!((recall.hits, recall.of), (1, 1), "what is undone does not count");
}

#[tokio::test]
async fn a_deck_is_made_with_those_it_hangs_under_and_undo_takes_it_back() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let view = desk.new_deck(" Cloud :: Storage :: S3 ").await.unwrap();
    assert_eq!(tree(&view), [("Cloud", 0), ("Storage", 1), ("S3", 2)]);
    let made = row(&view, "cloud-storage-s3");
    assert_eq!((made.origin, made.cards), (DeckOrigin::Made, 0));
    assert_eq!(desk.new_deck("Cloud::Storage").await.unwrap_err().code(), "title_taken");
    assert_eq!(desk.study().await.unwrap().undo, Some(OperationKind::Deck));
    desk.undo_study().await.unwrap();
    assert_eq!(tree(&desk.library().await.unwrap()), []);
    desk.redo_study().await.unwrap();
    assert_eq!(tree(&desk.library().await.unwrap()).len(), 3);
}

#[tokio::test]
async fn a_renamed_deck_takes_those_below_it_along() {
    let machine = Machine::new();
    let decks = [deck("a", "A", 1), deck("a-b", "A::B", 1), deck("c", "C", 1)];
    let desk = with_decks(&machine, &decks).await;
    let view = desk.rename_deck("a", "X::Y").await.unwrap();
    assert_eq!(tree(&view), [("C", 0), ("X", 0), ("Y", 1), ("B", 2)]);
    assert_eq!(row(&view, "a").title, "Y", "a deck keeps its identity");
    assert_eq!(desk.rename_deck("c", "X::Y::B").await.unwrap_err().code(), "title_taken");
    let view = desk.rename_deck("a", "X::Y::Z").await.unwrap();
    assert_eq!(tree(&view), [("C", 0), ("X", 0), ("Y", 1), ("Z", 2), ("B", 3)]);
    desk.undo_study().await.unwrap();
    desk.undo_study().await.unwrap();
    assert_eq!(tree(&desk.library().await.unwrap()), [("A", 0), ("B", 1), ("C", 0)]);
}

#[tokio::test]
async fn a_deleted_deck_goes_with_its_cards_and_comes_back_as_it_was() {
    let machine = Machine::new();
    let desk = with_decks(&machine, &[deck("a", "A", 3), deck("a-b", "A::B", 2)]).await;
    let slow = StudyOptions { new_per_day: 2, ..StudyOptions::default() };
    desk.set_deck_options(Some("a-b"), Some(slow.clone())).await.unwrap();
    let card = desk.study().await.unwrap().card.unwrap();
    desk.grade_card(card.id, Grade::Good, 1_000).await.unwrap();
    let before = desk.library().await.unwrap();
    let view = desk.delete_deck("a").await.unwrap();
    assert_eq!(tree(&view), []);
    let study = desk.study().await.unwrap();
    assert_eq!((study.new, study.card), (0, None), "nothing of it is studied");
    desk.undo_study().await.unwrap();
    assert_eq!(desk.library().await.unwrap(), before);
    assert_eq!(desk.deck_options(Some("a-b")).await.unwrap().options, slow);
    assert!(desk.study().await.unwrap().new > 0);

    // Bringing the file again brings the deck back too.
    desk.delete_deck("a-b").await.unwrap();
    desk.store.put_deck(&deck("a-b", "A::B", 2), DeckSource::File, 9).await.unwrap();
    let view = desk.library().await.unwrap();
    assert_eq!(row(&view, "a-b").cards, 2);
}

#[tokio::test]
async fn a_bundled_deck_is_neither_renamed_nor_deleted() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let before = desk.library().await.unwrap();
    for refused in
        [desk.delete_deck("aws-mls-c01").await, desk.rename_deck("aws-mls-c01", "Mine").await]
    {
        let error = refused.unwrap_err();
        assert_eq!(error.code(), "bundled_deck");
        assert!(error.hint().unwrap().contains("Suspend"));
    }
    assert_eq!(desk.library().await.unwrap(), before);
}

#[tokio::test]
async fn a_change_of_options_can_be_undone() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let own = StudyOptions { new_per_day: 3, ..StudyOptions::default() };
    desk.set_deck_options(None, Some(own.clone())).await.unwrap();
    assert_eq!(desk.undo_study().await.unwrap().new, 20);
    assert_eq!(desk.deck_options(None).await.unwrap().options, StudyOptions::default());
    assert_eq!(desk.redo_study().await.unwrap().new, 3);
}
