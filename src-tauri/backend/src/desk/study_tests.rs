use proptest::prelude::*;

use super::tests::Machine;
use super::views::{Profile, StudyView, Wait};
use super::*;
use crate::study::{Grade, HeldBack, StudyOptions};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn a_day_of_study_introduces_up_to_the_limit_and_ends() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut view = desk.study().await.unwrap();
    let limit = StudyOptions::default().new_per_day;
    assert_eq!(view.new, limit);
    let mut gradings = 0;
    while let Some(card) = view.card {
        view = desk.grade_card(card.id, Grade::Good, 3_000).await.unwrap();
        machine.clock.advance(30_000);
        gradings += 1;
        assert!(gradings < 200, "the day does not end");
    }
    assert_eq!((view.new, view.review, view.steps), (0, 0, 0));
    assert_eq!(view.done, 2 * limit, "two steps each");
    machine.clock.advance(4 * DAY);
    let later = desk.study().await.unwrap();
    assert!(later.review > 0 && later.card.is_some());
}

#[tokio::test]
async fn undo_brings_the_same_card_back_and_redo_grades_it_again_across_a_restart() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let before = desk.study().await.unwrap();
    let card = before.card.clone().unwrap();
    let after = desk.grade_card(card.id, Grade::Easy, 2_000).await.unwrap();
    assert_ne!(after.card.as_ref().map(|card| card.id), Some(card.id));
    drop(desk);
    let desk = machine.open().await;
    let undone = desk.undo_study().await.unwrap();
    assert_eq!(undone.card, before.card);
    assert_eq!(undone.done, 0);
    let redone = desk.redo_study().await.unwrap();
    assert_eq!(redone.card, after.card);
    assert_eq!((redone.done, redone.redo), (1, None));
}

#[tokio::test]
async fn before_an_exam_new_cards_are_paced_and_intervals_held_back() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let date = chrono::DateTime::from_timestamp_millis(machine.clock.now().wall_ms).unwrap();
    let date = date.date_naive() + chrono::Days::new(17);
    let profile = Profile { exam: Some("MLS-C01".into()), exam_date: Some(date.to_string()) };
    desk.choose_exam(profile).await.unwrap();
    let view = desk.study().await.unwrap();
    let waiting = u32::try_from(bundled::decks().unwrap()[0].cards().count()).unwrap();
    assert_eq!(view.new, waiting.div_ceil(10));
    let mut card = view.card.unwrap();
    for _ in 0..3 {
        let easy = card.grades[3];
        if let Wait::Days(days) = easy.wait {
            assert!(days < 17, "{easy:?}");
        }
        desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
        machine.clock.advance(DAY * 2);
        let row = desk.store.card(card.id).await.unwrap().unwrap();
        let day = desk.study_day().await.unwrap();
        card = desk.card_view(&row, &day).await.unwrap();
    }
    assert!(card.grades.iter().any(|grade| grade.held_back == Some(HeldBack::BeforeExam)));
}

#[tokio::test]
async fn a_suspended_or_buried_card_is_not_shown_and_undo_shows_it_again() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = desk.study().await.unwrap().card.unwrap().id;
    let view = desk.suspend_card(first, true).await.unwrap();
    assert_ne!(view.card.map(|card| card.id), Some(first));
    let view = desk.undo_study().await.unwrap();
    assert_eq!(view.card.map(|card| card.id), Some(first));
    let view = desk.bury_card(first).await.unwrap();
    assert_ne!(view.card.map(|card| card.id), Some(first));
    machine.clock.advance(DAY);
    assert_eq!(desk.study().await.unwrap().card.map(|card| card.id), Some(first));
    assert_eq!(desk.flag_card(first, 9).await.unwrap_err().code(), "no_such_flag");
}

/// What a learner may do, and the app may suffer, between two looks.
#[derive(Debug, Clone)]
enum Act {
    Grade(Grade),
    Undo,
    Redo,
    Suspend,
    Restart,
    Wait(i64),
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => proptest::sample::select(Grade::ALL.to_vec()).prop_map(Act::Grade),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => Just(Act::Suspend),
        1 => Just(Act::Restart),
        2 => (0i64..3 * DAY).prop_map(Act::Wait),
    ]
}

async fn act(machine: &Machine, desk: Sitwell, view: &StudyView, act: Act) -> Sitwell {
    let card = view.card.as_ref().map(|card| card.id);
    match (act, card) {
        (Act::Grade(grade), Some(card)) => {
            desk.grade_card(card, grade, 1_000).await.unwrap();
        }
        (Act::Suspend, Some(card)) => {
            desk.suspend_card(card, true).await.unwrap();
        }
        (Act::Undo, _) => {
            desk.undo_study().await.unwrap();
        }
        (Act::Redo, _) => {
            desk.redo_study().await.unwrap();
        }
        (Act::Wait(ms), _) => machine.clock.advance(ms),
        (Act::Restart, _) => {
            drop(desk);
            return machine.open().await;
        }
        _ => {}
    }
    desk
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_session_leaves_every_card_equal_to_a_rebuild_from_the_log(
        acts in proptest::collection::vec(any_act(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let machine = Machine::new();
            let mut desk = machine.open().await;
            let model = StudyOptions::default().model().unwrap();
            let mut touched = std::collections::BTreeSet::new();
            for step in acts {
                let view = desk.study().await.unwrap();
                touched.extend(view.card.as_ref().map(|card| card.id));
                desk = act(&machine, desk, &view, step).await;
            }
            for card in touched {
                let row = desk.store.card(card).await.unwrap().unwrap();
                let log = desk.store.card_reviews(card).await.unwrap();
                let rebuilt = crate::study::memory::rebuild(&log, &model).unwrap();
                assert_eq!(row.state, rebuilt, "card {card}");
            }
        });
    }
}
