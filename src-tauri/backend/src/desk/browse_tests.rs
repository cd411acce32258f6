use std::collections::BTreeSet;

use super::tests::Machine;
use super::views::{
    BrowseAction, BrowseColumn, BrowseOrder, BrowseView, Profile, RowId, Selection,
};
use super::*;
use crate::deck::{
    Card, Choice, Deck, DeckMeta, Difficulty, Interaction, Item, ItemBody, Question,
};
use crate::exam::conditions::Conditions;
use crate::store::OperationKind;
use crate::study::Grade;

const DAY: i64 = 86_400_000;
const BY_TEXT: BrowseOrder = BrowseOrder { column: BrowseColumn::Text, descending: false };

fn item(slug: &str, task: &str, tags: &[&str], body: ItemBody) -> Item {
    Item {
        slug: slug.parse().unwrap(),
        task: (!task.is_empty()).then(|| task.into()),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        also: Vec::new(),
        checked: None,
        body,
    }
}

fn card(slug: &str, task: &str, tags: &[&str], front: &str, back: &str) -> Item {
    let card = Card::basic(front, back);
    item(slug, task, tags, ItemBody::Card(card))
}

pub(super) fn sample(front_of_first: &str) -> Deck {
    let choice = |text: &str, key| Choice { text: text.into(), key, reason: "Reason.".into() };
    let question = Question {
        difficulty: Difficulty::Hard,
        stem: "Which **store** keeps vectors?".into(),
        options: vec![choice("OpenSearch", true), choice("Glacier", false)],
        explanation: "k-NN index.".into(),
        references: Vec::new(),
        enemies: Vec::new(),
        interaction: Interaction::Choice,
        case: None,
    };
    Deck {
        meta: DeckMeta {
            slug: "sample".parse().unwrap(),
            title: "Sample::Deep".into(),
            version: semver::Version::new(1, 0, 0),
            license: "CC0-1.0".into(),
            authors: Vec::new(),
            blueprint: Some("MLS-C01".into()),
            language: "en".into(),
        },
        introduction: String::new(),
        media: Vec::new(),
        items: vec![
            card("one", "1.1", &["s3", "glue::etl"], front_of_first, "Data *lake* on S3"),
            card("two", "3.4", &["café"], "Découverte of drift", "Model monitor, exact words here"),
            card("three", "", &[], "100% of rows_here", "words exact"),
            item("four", "1.2", &["s3"], ItemBody::Question(question)),
        ],
    }
}

pub(super) async fn with_sample(machine: &Machine) -> Sitwell {
    let desk = machine.open().await;
    desk.store.put_deck(&sample("Kinesis streams"), DeckSource::File, 1).await.unwrap();
    desk
}

pub(super) async fn browse(desk: &Sitwell, query: &str) -> BrowseView {
    desk.browse(query, BY_TEXT, 0, 500).await.unwrap()
}

/// Slugs of the sample deck that a query finds.
pub(super) async fn found(desk: &Sitwell, query: &str) -> Vec<String> {
    let view = browse(desk, &format!("deck:sample ({query})")).await;
    assert_eq!(view.problem, None, "{query}");
    assert_eq!(view.total as usize, view.rows.len(), "{query}");
    let mut slugs: Vec<String> = view
        .rows
        .iter()
        .map(|row| row.id.item.strip_prefix("sample/").unwrap().to_owned())
        .collect();
    slugs.sort();
    slugs
}

#[tokio::test]
async fn queries_find_what_they_say() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let profile = Profile { exam: Some("MLS-C01".into()), exam_date: None };
    desk.choose_exam(profile).await.unwrap();
    let all = ["four", "one", "three", "two"];
    for (query, expected) in [
        ("kine", &["one"][..]),
        ("streams kinesis", &["one"]),
        ("KINESIS", &["one"]),
        ("decouv", &["two"]),
        ("\"exact words\"", &["two"]),
        ("exact words", &["three", "two"]),
        ("k*esis", &["one"]),
        ("100%*rows_h*", &["three"]),
        ("glacier reason", &["four"]),
        ("tag:s3", &["four", "one"]),
        ("tag:glue", &["one"]),
        ("tag:gl*", &["one"]),
        ("tag:none", &["three"]),
        ("task:1.*", &["four", "one"]),
        ("domain:3", &["two"]),
        ("-domain:3 -domain:1", &["three"]),
        ("is:question", &["four"]),
        ("kind:card", &["one", "three", "two"]),
        ("is:new", &["one", "three", "two"]),
        ("-is:new", &["four"]),
        ("difficulty:hard", &["four"]),
        ("deck:Sample", &all),
        ("deck:sample::deep", &all),
        ("deck:*deep", &all),
        ("kine OR glacier", &["four", "one"]),
        ("(kine OR drift) -drift", &["one"]),
        ("stability:<40", &[]),
        ("-stability:<40", &all),
        ("added:1", &[]),
        ("is:edited OR is:flagged OR is:leech OR is:due OR is:suspended", &[]),
    ] {
        assert_eq!(found(&desk, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_understood_says_so_and_finds_nothing() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    for query in ["stabilty:<4", "domain:3", "\"open", "lapses:>x"] {
        let view = browse(&desk, query).await;
        let problem = view.problem.unwrap();
        assert!(!problem.hint.is_empty() && problem.start < problem.end, "{query}: {problem:?}");
        assert!(view.rows.is_empty() && view.total == 0 && view.of > 4);
        assert!(!view.spans.is_empty(), "{query}");
        let act = desk.act_on_rows(&Selection::Query(query.into()), BrowseAction::Delete).await;
        assert_eq!(act.unwrap_err().code(), "bad_query");
    }
}

#[tokio::test]
async fn pages_hold_every_row_once_and_those_without_a_value_last() {
    use BrowseColumn::{
        Added, Deck, Difficulty, Due, Lapses, Recall, Reviews, Stability, Task, Text,
    };
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let mut view = desk.study().await.unwrap();
    for grade in [Grade::Easy, Grade::Good, Grade::Easy, Grade::Hard] {
        view = desk.grade_card(view.card.unwrap().id, grade, 1_000).await.unwrap();
        machine.clock.advance(DAY);
    }
    for column in [Text, Deck, Task, Stability, Difficulty, Recall, Due, Reviews, Lapses, Added] {
        for descending in [false, true] {
            let order = BrowseOrder { column, descending };
            let mut rows = Vec::new();
            loop {
                let offset = u32::try_from(rows.len()).unwrap();
                let page = desk.browse("", order, offset, 97).await.unwrap();
                let done = page.rows.is_empty();
                assert_eq!(page.total, page.of);
                rows.extend(page.rows);
                if done {
                    assert_eq!(rows.len(), page.of as usize, "{order:?}");
                    break;
                }
            }
            let once: BTreeSet<_> =
                rows.iter().map(|row| (row.id.item.clone(), row.id.card)).collect();
            assert_eq!(once.len(), rows.len(), "{order:?}");
            let values: Vec<Option<f64>> = rows
                .iter()
                .filter_map(|row| match column {
                    Stability => Some(row.stability),
                    Difficulty => Some(row.difficulty),
                    Recall => Some(row.recall),
                    Due => Some(row.due_in_days.map(f64::from)),
                    Reviews => Some(row.phase.map(|_| f64::from(row.reviews))),
                    _ => None,
                })
                .collect();
            let sorted = values.windows(2).all(|pair| match (pair[0], pair[1]) {
                (Some(a), Some(b)) => {
                    if descending {
                        a >= b
                    } else {
                        a <= b
                    }
                }
                (before, after) => before.is_some() || after.is_none(),
            });
            assert!(sorted, "{order:?}: {values:?}");
        }
    }
}

#[tokio::test]
async fn recall_and_due_are_compared_as_the_table_shows_them() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let mut view = desk.study().await.unwrap();
    for turn in 0..40u32 {
        let Some(card) = view.card else { break };
        let grade = Grade::ALL[turn as usize % 4];
        view = desk.grade_card(card.id, grade, 1_000).await.unwrap();
        machine.clock.advance(DAY / 6);
    }
    machine.clock.advance(6 * DAY);
    let seen = browse(&desk, "-is:new is:card").await.rows;
    let ids = |rows: &mut dyn Iterator<Item = RowId>| -> BTreeSet<Option<i64>> {
        rows.map(|id| id.card).collect()
    };
    assert!(seen.len() > 5);
    for limit in [0.5, 0.8, 0.85, 0.9, 0.95, 0.99] {
        let below = seen.iter().filter(|row| row.recall.unwrap() < limit);
        let expected = ids(&mut below.map(|row| row.id.clone()));
        let found = browse(&desk, &format!("recall:<{limit}")).await.rows;
        assert_eq!(ids(&mut found.iter().map(|row| row.id.clone())), expected, "{limit}");
    }
    for days in -6..8 {
        let due = seen.iter().filter(|row| row.due_in_days.unwrap() <= days);
        let expected = ids(&mut due.map(|row| row.id.clone()));
        let found = browse(&desk, &format!("due:<={days}")).await.rows;
        assert_eq!(ids(&mut found.iter().map(|row| row.id.clone())), expected, "{days}");
    }
    let rated = browse(&desk, "rated:365:1").await.total;
    assert!(rated > 0 && rated < browse(&desk, "rated:365").await.total);
    assert_eq!(browse(&desk, "rated:1").await.total, 0);
}

#[tokio::test]
async fn each_action_is_one_operation_and_counts_what_it_changed() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let all = Selection::Query("deck:sample".into());
    for (action, changed, query, kind) in [
        (BrowseAction::Suspend, 3, "is:suspended", OperationKind::Suspend),
        (BrowseAction::Bury, 3, "is:buried", OperationKind::Bury),
        (BrowseAction::Flag(4), 3, "flag:4", OperationKind::Flag),
        (BrowseAction::AddTag(" Own ".into()), 4, "tag:own", OperationKind::Tag),
        (BrowseAction::RemoveTag("s3".into()), 2, "-tag:s3", OperationKind::Tag),
        (BrowseAction::Delete, 4, "-deck:sample", OperationKind::Delete),
    ] {
        let before = browse(&desk, query).await.total;
        let of = browse(&desk, "").await.of;
        let done = desk.act_on_rows(&all, action.clone()).await.unwrap();
        assert_eq!(done.changed, changed, "{action:?}");
        let after = browse(&desk, query).await;
        assert_eq!(after.undo, Some(kind));
        if action == BrowseAction::Delete {
            assert_eq!((after.total, after.of), (before, of - 4));
        } else {
            assert_eq!(after.total, before + changed, "{action:?}");
        }
        assert_eq!(desk.act_on_rows(&all, action.clone()).await.unwrap().changed, 0);
        assert_eq!(desk.undo().await.unwrap(), Some(kind));
        assert_eq!(browse(&desk, query).await.total, before);
        assert_eq!(desk.redo().await.unwrap(), Some(kind));
        assert_eq!(browse(&desk, query).await.total, after.total);
        desk.undo().await.unwrap();
        assert_eq!(browse(&desk, "").await.of, of);
    }
    let refused = desk.act_on_rows(&all, BrowseAction::AddTag("a,b".into())).await.unwrap_err();
    assert_eq!(refused.code(), "bad_tag");
    let refused = desk.act_on_rows(&all, BrowseAction::Flag(8)).await.unwrap_err();
    assert_eq!(refused.code(), "no_such_flag");
}

#[tokio::test]
async fn a_card_made_new_again_keeps_its_reviews_in_the_log_only() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let card = desk.study().await.unwrap().card.unwrap();
    desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
    let row = RowId { item: card.item.clone(), card: Some(card.id) };
    let rows = Selection::Rows(vec![row]);
    assert_eq!(desk.act_on_rows(&rows, BrowseAction::Reset).await.unwrap().changed, 1);
    assert!(desk.store.card_reviews(card.id).await.unwrap().is_empty());
    let memory = &desk.item_editor(&card.item).await.unwrap().cards[0];
    assert_eq!((memory.recall, memory.reviews.len()), (None, 0));
    desk.undo().await.unwrap();
    let memory = &desk.item_editor(&card.item).await.unwrap().cards[0];
    assert_eq!(memory.reviews.len(), 1);
    assert!(memory.recall.unwrap() > 0.9);
}

#[tokio::test]
async fn a_deleted_question_is_in_no_new_paper_and_stays_in_an_old_one() {
    let machine = Machine::new();
    let desk = with_sample(&machine).await;
    let sitting = desk.start_exam("MLS-C01", None, Conditions::default()).await.unwrap();
    let before = desk.load(&sitting.id).await.unwrap();
    let asked = before.record.form.items[0].id.as_str().to_owned();
    let bank = desk.store.bank("MLS-C01").await.unwrap().len();
    let rows = Selection::Rows(vec![RowId { item: asked.clone(), card: None }]);
    assert_eq!(desk.act_on_rows(&rows, BrowseAction::Delete).await.unwrap().changed, 1);
    let left = desk.store.bank("MLS-C01").await.unwrap();
    assert_eq!(left.len(), bank - 1);
    assert!(left.iter().all(|item| item.id.as_str() != asked));
    assert_eq!(desk.load(&sitting.id).await.unwrap().items, before.items);
    assert_eq!(desk.item_editor(&asked).await.unwrap_err().code(), "no_such_item");
    // Its deck brings it back no more than it brings back old words.
    drop(desk);
    let desk = machine.open().await;
    assert_eq!(desk.store.bank("MLS-C01").await.unwrap().len(), bank - 1);
}
