//! What is edited in Browse: words, tags, questions and new cards.

use super::browse_tests::{browse, found, sample, with_sample};
use super::tests::Machine;
use super::views::{DraftBody, ItemDraft};
use super::*;
use crate::deck::{CardStyle, Difficulty, Markup};
use crate::store::OperationKind;
use crate::study::Grade;

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn own_words_stay_when_the_deck_is_updated_and_can_be_given_up() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let mut draft = desk.item_editor("sample/one").await.unwrap().draft;
    let DraftBody::Card { front, .. } = &mut draft.body else { panic!("a question") };
    "My own words".clone_into(front);
    draft.tags.push("mine".into());
    let view = desk.save_item(draft.clone()).await.unwrap();
    assert!(view.edited);
    assert_eq!(view.draft, draft);
    let update = sample("Firehose");
    desk.store.put_deck(&update, DeckSource::File, 2).await.unwrap();
    assert_eq!(desk.item_editor("sample/one").await.unwrap().draft, draft);
    assert_eq!(found(&desk, "is:edited").await, ["one"]);
    assert_eq!(found(&desk, "own tag:mine").await, ["one"]);
    assert!(found(&desk, "firehose").await.is_empty());

    let restored = desk.restore_item("sample/one").await.unwrap();
    assert!(!restored.edited);
    let DraftBody::Card { front, .. } = &restored.draft.body else { panic!("a question") };
    assert_eq!(front, "Firehose");
    assert_eq!(restored.draft.tags, ["s3", "glue::etl"]);
    assert_eq!(found(&desk, "firehose").await, ["one"]);
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Edit));
    assert_eq!(desk.item_editor("sample/one").await.unwrap().draft, draft);
    // Undoing the edit after the update gives the words of the update, not those before it.
    desk.undo().await.unwrap();
    assert_eq!(found(&desk, "firehose").await, ["one"]);
}

#[tokio::test]
async fn tags_alone_leave_the_words_with_their_deck() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let mut draft = desk.item_editor("sample/one").await.unwrap().draft;
    draft.tags = vec!["glue::etl".into(), "new".into()];
    let view = desk.save_item(draft.clone()).await.unwrap();
    assert!(!view.edited);
    assert_eq!(view.draft.tags, draft.tags);
    desk.store.put_deck(&sample("Firehose"), DeckSource::File, 2).await.unwrap();
    assert_eq!(found(&desk, "firehose tag:new -tag:s3").await, ["one"]);
}

#[tokio::test]
async fn a_question_is_edited_in_the_native_format() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let mut view = desk.item_editor("sample/four").await.unwrap();
    assert!(view.cards.is_empty());
    let DraftBody::Question { markdown, difficulty } = &mut view.draft.body else { panic!("card") };
    assert!(markdown.starts_with("Which **store** keeps vectors?\n\n- [x] OpenSearch\n"));
    *markdown = markdown.replace("Glacier", "Snowball");
    *difficulty = Difficulty::Easy;
    let preview = desk.preview_item(&view.draft).await.unwrap();
    assert!(preview.problems.is_empty() && preview.sides[0].front_html.contains("Snowball"));
    let saved = desk.save_item(view.draft.clone()).await.unwrap();
    assert_eq!(saved.draft, view.draft);
    assert_eq!(found(&desk, "snowball difficulty:easy").await, ["four"]);

    let DraftBody::Question { markdown, .. } = &mut view.draft.body else { panic!("a card") };
    *markdown = markdown.replace("[x]", "[ ]");
    let preview = desk.preview_item(&view.draft).await.unwrap();
    assert_eq!(preview.problems.len(), 1, "{preview:?}");
    assert_eq!(desk.save_item(view.draft).await.unwrap_err().code(), "bad_draft");
}

#[tokio::test]
async fn a_new_card_goes_to_a_deck_of_the_learners_own_and_undo_takes_it_out() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let draft = |deck: &str| ItemDraft {
        item: None,
        deck: deck.into(),
        task: Some("1.1".into()),
        tags: vec!["own".into()],
        body: DraftBody::Card {
            style: CardStyle::Basic,
            front: "What is *new*?".into(),
            back: "This.".into(),
            markup: Markup::Markdown,
        },
    };
    let first = desk.save_item(draft("sample")).await.unwrap();
    assert_eq!(first.deck_title, "Sample::Deep::My items");
    assert!(!first.edited && first.cards.len() == 1);
    let again = desk.save_item(draft(&first.draft.deck)).await.unwrap();
    assert_ne!(first.draft.item, again.draft.item);
    assert_eq!(again.draft.deck, "own-sample");
    let none = desk.save_item(ItemDraft { task: None, ..draft("") }).await.unwrap();
    assert_eq!(none.deck_title, "My items");
    assert_eq!(browse(&desk, "tag:own deck:sample").await.total, 2);
    assert_eq!(browse(&desk, "\"what is new\"").await.total, 3);
    for (deck, task) in [("missing", "1.1"), ("sample", "9.9")] {
        let wrong = ItemDraft { task: Some(task.into()), ..draft(deck) };
        assert_eq!(desk.preview_item(&wrong).await.unwrap().problems.len(), 1);
        assert_eq!(desk.save_item(wrong).await.unwrap_err().code(), "bad_draft");
    }
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Make));
    assert_eq!(browse(&desk, "\"what is new\"").await.total, 2);
    assert_eq!(desk.redo().await.unwrap(), Some(OperationKind::Make));
    assert_eq!(browse(&desk, "\"what is new\"").await.total, 3);
}

#[tokio::test]
async fn the_curve_of_recall_has_a_piece_for_each_review_and_bounded_points() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let card = desk.study().await.unwrap().card.unwrap();
    for turn in 0..30 {
        desk.grade_card(card.id, Grade::ALL[1 + turn % 3], 1_000).await.unwrap();
        machine.clock.advance(DAY * 3);
    }
    let memory = desk.item_editor(&card.item).await.unwrap().cards.remove(0);
    assert_eq!(memory.reviews.len(), 30);
    assert_eq!(memory.curve.iter().filter(|point| point.starts).count(), 30);
    assert!(memory.curve.len() <= 400);
    for pair in memory.curve.windows(2) {
        assert!(pair[1].starts || pair[1].recall <= pair[0].recall, "{pair:?}");
        assert!(pair[0].at_ms <= pair[1].at_ms);
    }
    assert_eq!(memory.recall, memory.curve.last().map(|point| point.recall));
}
