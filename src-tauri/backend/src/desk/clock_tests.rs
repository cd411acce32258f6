//! Study under clocks that misbehave: set back, moved to another zone, switched to summer time.

use proptest::prelude::*;

use super::tests::Machine;
use super::*;
use crate::study::{Due, Grade, Phase, StudyOptions};

const DAY: i64 = 86_400_000;
const HOUR: i32 = 3_600;

async fn graded(desk: &Sitwell, card: i64, grade: Grade) -> crate::store::CardRow {
    desk.grade_card(card, grade, 1_000).await.unwrap();
    desk.store.card(card).await.unwrap().unwrap()
}

/// What must hold of a card that was just graded, whatever the clock did.
async fn sound(desk: &Sitwell, card: i64, reviews: usize) {
    let row = desk.store.card(card).await.unwrap().unwrap();
    let log = desk.store.card_reviews(card).await.unwrap();
    assert_eq!(log.len(), reviews, "every grade is in the log, once");
    let day = desk.study_day().await.unwrap();
    match row.state.due {
        Due::Day(due) => {
            assert!(due > day.today && row.state.interval >= 1, "{row:?}");
            assert_eq!(i64::from(row.state.interval), due - day.today);
        }
        Due::At(at) => assert!(at > day.now_ms, "{row:?}"),
        Due::Introduction => panic!("graded, but new: {row:?}"),
    }
    let model = StudyOptions::default().model().unwrap();
    assert_eq!(crate::study::memory::rebuild(&log, &model).unwrap(), row.state);
}

#[tokio::test]
async fn a_grade_after_the_clock_was_set_back_a_day_is_kept_and_leads_forward() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let card = desk.study().await.unwrap().card.unwrap().id;
    let first = graded(&desk, card, Grade::Easy).await;
    machine.clock.set_wall_by(-DAY);
    let second = graded(&desk, card, Grade::Good).await;
    sound(&desk, card, 2).await;
    assert_eq!((second.state.phase, second.state.reviews), (Phase::Review, 2));
    assert!(second.state.memory.unwrap().stability >= first.state.memory.unwrap().stability);
    let undone = desk.undo_study().await.unwrap();
    assert_eq!(undone.done, 0, "what was done tomorrow is not of today");
    assert_eq!(desk.store.card(card).await.unwrap().unwrap(), first);
    // Set right again: nothing was lost, and the card comes when it was to.
    machine.clock.set_wall_by(DAY);
    assert_eq!(desk.study().await.unwrap().done, 1);
    let Due::Day(due) = first.state.due else { panic!("not in review") };
    let today = desk.study_day().await.unwrap().today;
    machine.clock.advance((due - today) * DAY);
    assert_eq!(desk.study().await.unwrap().review, 1);
}

#[tokio::test]
async fn a_day_begins_at_four_where_the_learner_is_also_after_a_flight() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let today = || async { desk.study_day().await.unwrap().today };
    // 1,764,000,000 s is 16:00 UTC.
    let home = today().await;
    machine.clock.move_to(11 * HOUR); // 03:00 there: the night belongs to the day before
    assert_eq!(today().await, home);
    machine.clock.advance(DAY / 24);
    assert_eq!(today().await, home + 1);
    let card = desk.study().await.unwrap().card.unwrap().id;
    graded(&desk, card, Grade::Easy).await;
    machine.clock.move_to(-10 * HOUR);
    assert_eq!(today().await, home, "back over the date line, today is yesterday");
    graded(&desk, card, Grade::Again).await;
    sound(&desk, card, 2).await;
}

#[tokio::test]
async fn a_switch_to_summer_time_and_back_moves_no_day() {
    let machine = Machine::new();
    let desk = machine.open().await;
    machine.clock.move_to(HOUR);
    let today = || async { desk.study_day().await.unwrap().today };
    let first = today().await;
    // 16:00 UTC is 17:00 here; to 03:59 the next morning.
    machine.clock.advance(11 * DAY / 24 - 60_000);
    assert_eq!(today().await, first);
    // At the switch the clocks here go from 03:59 to 04:59: the day begins, once.
    machine.clock.move_to(2 * HOUR);
    assert_eq!(today().await, first + 1);
    machine.clock.advance(DAY / 2);
    machine.clock.move_to(HOUR);
    assert_eq!(today().await, first + 1, "an hour that comes twice is of one day");
}

/// What may happen to a clock, or be done under it.
#[derive(Debug, Clone)]
enum Jump {
    Grade(Grade),
    Pass(i64),
    Set(i64),
    Zone(i32),
}

fn any_jump() -> impl Strategy<Value = Jump> {
    prop_oneof![
        4 => proptest::sample::select(Grade::ALL.to_vec()).prop_map(Jump::Grade),
        2 => (0..6 * DAY).prop_map(Jump::Pass),
        2 => (-4 * DAY..4 * DAY).prop_map(Jump::Set),
        1 => (-12i32..=14).prop_map(|hours| Jump::Zone(hours * HOUR)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]
    #[test]
    fn no_jump_of_the_clock_loses_a_review_or_leads_back_in_time(
        jumps in proptest::collection::vec(any_jump(), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let machine = Machine::new();
            let desk = machine.open().await;
            let first = desk.study().await.unwrap().card.unwrap().id;
            let mut reviews = std::collections::BTreeMap::<i64, usize>::new();
            for jump in jumps {
                match jump {
                    Jump::Pass(ms) => machine.clock.advance(ms),
                    Jump::Set(ms) => machine.clock.set_wall_by(ms),
                    Jump::Zone(seconds) => machine.clock.move_to(seconds),
                    Jump::Grade(grade) => {
                        let shown = desk.study().await.unwrap().card;
                        let card = shown.map_or(first, |card| card.id);
                        desk.grade_card(card, grade, 1_000).await.unwrap();
                        let count = reviews.entry(card).or_default();
                        *count += 1;
                        sound(&desk, card, *count).await;
                    }
                }
            }
        });
    }
}
