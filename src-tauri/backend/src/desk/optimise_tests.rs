use std::sync::atomic::{AtomicU32, Ordering};

use super::deck_options_tests::{deck, with_decks};
use super::tests::Machine;
use super::views::OptimiseView;
use super::*;
use crate::store::{CardRow, Graded};
use crate::study::training::tests::{forgetful, simulated};
use crate::study::{CardState, Due, Phase, StudyOptions};

/// A collection in which a learner who forgets soon has studied so many cards of deck A.
async fn studied(machine: &Machine, cards: i64) -> Sitwell {
    let size = usize::try_from(cards).unwrap();
    let desk = with_decks(machine, &[deck("a", "A", size)]).await;
    let slow = StudyOptions { new_per_day: 9999, ..StudyOptions::default() };
    desk.set_deck_options(Some("a"), Some(slow)).await.unwrap();
    let day = desk.study_day().await.unwrap();
    let new = desk.store.new_cards(day.today, u32::MAX).await.unwrap();
    let ids: Vec<i64> = {
        let own = day.schedules.by_slug("a").unwrap();
        new.iter().filter(|card| card.deck == own).map(|card| card.id).collect()
    };
    let mut log = simulated(&forgetful(), cards, 3);
    log.sort_by_key(|review| review.id);
    for review in log {
        let card = ids[usize::try_from(review.card).unwrap()];
        let day = day.today + review.day;
        let before = desk.store.card_to_grade(card, day, 0).await.unwrap().unwrap();
        let (row, stamps) = (before.row, before.stamps);
        let memory = crate::study::memory::step(
            row.state.memory,
            row.state.days_since(day),
            review.grade,
            &fsrs::FSRS::default(),
        );
        let state = CardState {
            phase: Phase::Review,
            memory: Some(memory.unwrap()),
            last_day: Some(day),
            due: Due::Day(day + 1),
            interval: 1,
            reviews: row.state.reviews + 1,
            ..row.state
        };
        let (grade, at_ms) = (review.grade, day * 86_400_000);
        let graded = Graded { grade, at_ms, day, taken_ms: 1_000 };
        let after = CardRow { state, ..row.clone() };
        assert!(
            desk.store.grade(&row, &after, Vec::new(), graded, stamps).await.unwrap().is_some()
        );
    }
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn optimising_finds_what_predicts_better_and_applying_it_rebuilds_memories() {
    let machine = Machine::new();
    let desk = studied(&machine, 90).await;
    let told = AtomicU32::new(0);
    let count = |_| {
        told.fetch_add(1, Ordering::SeqCst);
    };
    let found = desk.optimise(Some("a"), &count).await.unwrap();
    let OptimiseView::Found { reviews, before, after, parameters, better } = found else {
        panic!("{found:?}")
    };
    assert!(reviews > 400 && better && after.log_loss < before.log_loss, "{before:?} {after:?}");
    assert!(told.load(Ordering::SeqCst) > 0, "progress is told");

    let card = desk.store.reviews_in(None).await.unwrap()[0].card;
    let old = desk.store.card(card).await.unwrap().unwrap();
    let options = StudyOptions { parameters, ..StudyOptions::default() };
    desk.set_deck_options(Some("a"), Some(options.clone())).await.unwrap();
    let new = desk.store.card(card).await.unwrap().unwrap();
    let log = desk.store.card_reviews(card).await.unwrap();
    let rebuilt = crate::study::memory::rebuild(&log, &options.model().unwrap()).unwrap();
    assert_eq!(new.state.memory, rebuilt.memory);
    assert_ne!(new.state.memory, old.state.memory);
    assert_eq!(new.state.due, old.state.due);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_reviews_and_a_stop_change_nothing() {
    let machine = Machine::new();
    let desk = studied(&machine, 2).await;
    let few = desk.optimise(None, &|_| {}).await.unwrap();
    assert_eq!(few, OptimiseView::TooFew { have: 18, need: 400 });
    drop(desk);
    let machine = Machine::new();
    let desk = studied(&machine, 60).await;
    // The first report comes at once; the learner stops it there.
    let stopped = desk.optimise(None, &|_| desk.cancel_optimise()).await.unwrap();
    assert_eq!(stopped, OptimiseView::Cancelled);
    assert!(lock_is_free(&desk), "another may begin");
}

/// The window carries verbs from one thread to another; this is checked when it is compiled.
#[tokio::test]
async fn verbs_can_move_between_threads() {
    fn moves<T: Send>(verb: T) -> T {
        verb
    }
    let machine = Machine::new();
    let desk = machine.open().await;
    moves(desk.optimise(None, &|_| {})).await.unwrap();
    moves(desk.set_deck_options(None, None)).await.unwrap();
    moves(desk.new_deck("A")).await.unwrap();
    moves(desk.rename_deck("a", "B")).await.unwrap();
    moves(desk.delete_deck("a")).await.unwrap();
    moves(desk.undo_study()).await.unwrap();
    moves(desk.statistics(None)).await.unwrap();
    moves(desk.shorten_day(Some(5))).await.unwrap();
}

fn lock_is_free(desk: &Sitwell) -> bool {
    desk.study.optimising.lock().unwrap().is_none()
}
