//! What is counted as it changes and kept in memory, against what a desk without either says.

use proptest::prelude::*;

use super::browse_tests::sample;
use super::tests::Machine;
use super::views::{BrowseAction, CardView, Profile, RowId, Selection, StudyView};
use super::*;
use crate::study::{Grade, StudyOptions};

const HOUR: i64 = 3_600_000;

#[derive(Debug, Clone)]
enum Act {
    Grade(Grade),
    Undo,
    Redo,
    Suspend,
    Bury,
    Rows(BrowseAction),
    Options(u32, u32),
    DeckOptions(Option<u32>),
    DeleteDeck,
    Exam(Option<u64>),
    Restart,
    Wait(i64),
}

fn any_act() -> impl Strategy<Value = Act> {
    let rows = proptest::sample::select(vec![
        BrowseAction::Suspend,
        BrowseAction::Resume,
        BrowseAction::Bury,
        BrowseAction::Reset,
        BrowseAction::Delete,
    ]);
    prop_oneof![
        8 => proptest::sample::select(Grade::ALL.to_vec()).prop_map(Act::Grade),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Suspend),
        1 => Just(Act::Bury),
        2 => rows.prop_map(Act::Rows),
        1 => (0u32..30, 0u32..30).prop_map(|(new, reviews)| Act::Options(new, reviews)),
        1 => proptest::option::of(0u32..9).prop_map(Act::DeckOptions),
        1 => Just(Act::DeleteDeck),
        1 => proptest::option::of(2u64..60).prop_map(Act::Exam),
        1 => Just(Act::Restart),
        3 => (-30 * HOUR..60 * HOUR).prop_map(Act::Wait),
    ]
}

/// A desk on the same file that remembers nothing.
async fn fresh(machine: &Machine, desk: &Sitwell) -> Sitwell {
    Sitwell {
        store: Store::open(&machine.collection(), &*machine.clock).await.unwrap(),
        clock: Arc::clone(&desk.clock),
        seeds: Arc::clone(&desk.seeds),
        blueprints: desk.blueprints.clone(),
        path: desk.path.clone(),
        lock: Arc::clone(&desk.lock),
        backups: backups::Held::default(),
        open: Mutex::default(),
        finished: Mutex::default(),
        forecast: Mutex::default(),
        study: study_day::Held::default(),
        import: import::Held::default(),
    }
}

/// Does something where a card is shown; gives what a grading said waits then.
async fn act(
    desk: &Sitwell,
    machine: &Machine,
    card: Option<CardView>,
    act: Act,
) -> Option<StudyView> {
    match (act, card) {
        (Act::Grade(grade), Some(card)) => {
            return Some(desk.grade_card(card.id, grade, 1_000).await.unwrap());
        }
        (Act::Suspend, Some(card)) => drop(desk.suspend_card(card.id, true).await.unwrap()),
        (Act::Bury, Some(card)) => drop(desk.bury_card(card.id).await.unwrap()),
        (Act::Rows(action), Some(card)) => {
            let row = RowId { item: card.item, card: Some(card.id) };
            desk.act_on_rows(&Selection::Rows(vec![row]), action).await.unwrap();
        }
        (Act::DeckOptions(new), Some(card)) => {
            let slug = card.item.split('/').next().unwrap();
            let options =
                new.map(|new| StudyOptions { new_per_day: new, ..StudyOptions::default() });
            desk.set_deck_options(Some(slug), options).await.unwrap();
        }
        (Act::DeleteDeck, _) => {
            // Refused when it is gone already.
            drop(desk.delete_deck("sample").await);
        }
        (Act::Options(new, reviews), _) => {
            let options = StudyOptions {
                new_per_day: new,
                reviews_per_day: reviews,
                ..StudyOptions::default()
            };
            desk.set_deck_options(None, Some(options)).await.unwrap();
        }
        (Act::Undo, _) => drop(desk.undo().await.unwrap()),
        (Act::Redo, _) => drop(desk.redo().await.unwrap()),
        (Act::Wait(ms), _) if ms < 0 => machine.clock.set_wall_by(ms),
        (Act::Wait(ms), _) => machine.clock.advance(ms),
        (Act::Exam(days), _) => {
            let today = desk.local_date();
            let date = days.map(|days| (today + chrono::Days::new(days)).to_string());
            let profile = Profile { exam: Some("MLS-C01".into()), exam_date: date };
            desk.choose_exam(profile).await.unwrap();
        }
        _ => {}
    }
    None
}

async fn session(acts: Vec<Act>) {
    let machine = Machine::new();
    let mut desk = machine.open().await;
    desk.store.put_deck(&sample("Kinesis streams"), DeckSource::File, 1).await.unwrap();
    // After a grading nothing is read again before the next, as in the app.
    let mut told: Option<StudyView> = None;
    for step in acts {
        if let Act::Restart = step {
            drop(desk);
            desk = machine.open().await;
            told = None;
        } else {
            let card = match told {
                Some(told) => told.card,
                None => desk.study().await.unwrap().card,
            };
            told = act(&desk, &machine, card, step.clone()).await;
        }
        let other = fresh(&machine, &desk).await;
        let says = match &told {
            Some(told) => StudyView { leech: false, ..told.clone() },
            None => desk.study().await.unwrap(),
        };
        assert_eq!(says, other.study().await.unwrap(), "{step:?}");
        assert_eq!(other.store.miscounted().await, Vec::<String>::new(), "{step:?}");
        other.close().await;
    }
}

#[tokio::test]
async fn gradings_one_after_another_are_told_from_what_was_read_when_the_card_was_shown() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let options = StudyOptions { new_per_day: 100, ..StudyOptions::default() };
    desk.set_deck_options(None, Some(options)).await.unwrap();
    for (hours, graded) in [(0, 12), (1, 12), (30, 20), (90, 20)] {
        machine.clock.advance(hours * HOUR);
        let mut view = desk.study().await.unwrap();
        for grade in Grade::ALL.into_iter().cycle().take(graded) {
            let card = view.card.expect("a card that waits");
            let told = desk.grade_ahead(card.id, grade, 1_000).await.unwrap();
            view = told.expect("nothing that changed in between");
            let other = fresh(&machine, &desk).await;
            assert_eq!(view, other.study().await.unwrap());
            other.close().await;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]
    #[test]
    fn what_is_kept_in_memory_and_counted_is_what_a_fresh_desk_reads(
        acts in proptest::collection::vec(any_act(), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(session(acts));
    }
}
