use super::tests::Machine;
use super::*;
use crate::deck::{Card, Deck, DeckMeta, Item, ItemBody};
use crate::study::{Grade, StudyOptions};

/// A deck of so many cards, for no exam.
pub(super) fn deck(slug: &str, title: &str, cards: usize) -> Deck {
    let card = |number| Item {
        slug: format!("card-{number}").parse().unwrap(),
        task: None,
        tags: Vec::new(),
        also: Vec::new(),
        checked: None,
        body: ItemBody::Card(Card::basic(format!("Front {number}"), "Back")),
    };
    Deck {
        meta: DeckMeta {
            slug: slug.parse().unwrap(),
            title: title.into(),
            version: semver::Version::new(1, 0, 0),
            license: "CC0-1.0".into(),
            authors: vec!["Nobody".into()],
            blueprint: None,
            language: "en".into(),
        },
        introduction: String::new(),
        media: Vec::new(),
        items: (0..cards).map(card).collect(),
    }
}

/// A collection that introduces cards of the decks given alone.
pub(super) async fn with_decks(machine: &Machine, decks: &[Deck]) -> Sitwell {
    let desk = machine.open().await;
    for deck in decks {
        desk.store.put_deck(deck, DeckSource::File, 0).await.unwrap();
    }
    let none = StudyOptions { new_per_day: 0, ..StudyOptions::default() };
    desk.set_deck_options(Some("aws-mls-c01"), Some(none)).await.unwrap();
    desk
}

async fn limit(desk: &Sitwell, slug: &str, new_per_day: u32) {
    let options = StudyOptions { new_per_day, ..StudyOptions::default() };
    desk.set_deck_options(Some(slug), Some(options)).await.unwrap();
}

#[tokio::test]
async fn options_are_inherited_along_the_tree_until_a_deck_says_otherwise() {
    let machine = Machine::new();
    let decks = [deck("a", "A", 1), deck("a-b", "A::B", 1), deck("a-b-c", "A::B::C", 1)];
    let desk = with_decks(&machine, &decks).await;
    let low = StudyOptions { desired_retention: 0.8, ..StudyOptions::default() };
    let view = desk.set_deck_options(Some("a"), Some(low.clone())).await.unwrap();
    assert_eq!((view.own, view.from, view.options), (true, None, low.clone()));
    let below = desk.deck_options(Some("a-b-c")).await.unwrap();
    assert_eq!((below.own, below.from.as_deref(), &below.options), (false, Some("A"), &low));
    let high = StudyOptions { desired_retention: 0.97, ..StudyOptions::default() };
    desk.set_deck_options(Some("a-b"), Some(high.clone())).await.unwrap();
    assert_eq!(desk.deck_options(Some("a-b-c")).await.unwrap().options, high);
    desk.set_deck_options(Some("a-b"), None).await.unwrap();
    assert_eq!(desk.deck_options(Some("a-b-c")).await.unwrap().options, low);
    let defaults = desk.deck_options(None).await.unwrap();
    assert_eq!((defaults.own, defaults.options), (true, StudyOptions::default()));
}

#[tokio::test]
async fn options_out_of_range_and_unknown_decks_are_refused_and_change_nothing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let bad = StudyOptions { desired_retention: 0.2, ..StudyOptions::default() };
    let error = desk.set_deck_options(None, Some(bad)).await.unwrap_err();
    assert_eq!(error.code(), "bad_options");
    assert_eq!(desk.deck_options(None).await.unwrap().options, StudyOptions::default());
    let error = desk.deck_options(Some("nowhere")).await.unwrap_err();
    assert_eq!((error.code(), error.location().as_deref()), ("no_such_deck", Some("nowhere")));
}

#[tokio::test]
async fn a_new_card_counts_against_its_deck_and_those_above_it() {
    let machine = Machine::new();
    let decks = [deck("a", "A", 30), deck("a-b", "A::B", 30), deck("d", "D", 30)];
    let desk = with_decks(&machine, &decks).await;
    limit(&desk, "a", 7).await;
    limit(&desk, "a-b", 3).await;
    limit(&desk, "d", 4).await;
    let mut view = desk.study().await.unwrap();
    assert_eq!(view.new, 7 + 4);
    let mut introduced = std::collections::BTreeMap::<String, u32>::new();
    while let Some(card) = view.card {
        let slug = card.item.split('/').next().unwrap().to_owned();
        *introduced.entry(slug).or_default() += 1;
        view = desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
    }
    assert_eq!(introduced.values().sum::<u32>(), 11);
    assert_eq!(introduced["d"], 4);
    assert!(introduced.get("a-b").is_none_or(|count| *count <= 3), "{introduced:?}");
    limit(&desk, "a", 9).await;
    assert_eq!(desk.study().await.unwrap().new, 2, "what was done today counts");
}

#[tokio::test]
async fn new_parameters_give_new_memories_and_leave_what_is_due() {
    let machine = Machine::new();
    let desk = with_decks(&machine, &[deck("a", "A", 2), deck("b", "B", 2)]).await;
    let first = desk.study().await.unwrap().card.unwrap();
    desk.grade_card(first.id, Grade::Good, 1_000).await.unwrap();
    machine.clock.advance(15 * 60_000);
    desk.grade_card(first.id, Grade::Good, 1_000).await.unwrap();
    let before = desk.store.card(first.id).await.unwrap().unwrap();
    let mut parameters = fsrs::DEFAULT_PARAMETERS.to_vec();
    parameters[2] = 9.0;
    let options = StudyOptions { parameters, ..StudyOptions::default() };
    let slug = first.item.split('/').next().unwrap();
    desk.set_deck_options(Some(slug), Some(options.clone())).await.unwrap();
    let after = desk.store.card(first.id).await.unwrap().unwrap();
    let log = desk.store.card_reviews(first.id).await.unwrap();
    let rebuilt = crate::study::memory::rebuild(&log, &options.model().unwrap()).unwrap();
    assert_eq!(after.state.memory, rebuilt.memory);
    assert_ne!(after.state.memory, before.state.memory);
    assert_eq!(after.state.due, before.state.due);

    // Undo takes the parameters back, then the grade; redo does both again.
    desk.undo_study().await.unwrap();
    assert_eq!(desk.store.card(first.id).await.unwrap().unwrap().state, before.state);
    desk.undo_study().await.unwrap();
    desk.redo_study().await.unwrap();
    desk.redo_study().await.unwrap();
    assert_eq!(desk.store.card(first.id).await.unwrap().unwrap().state, after.state);
}
