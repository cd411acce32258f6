use super::deck_options_tests::{deck, with_decks};
use super::tests::{Machine, keys};
use super::views::{Profile, StatisticsView};
use super::*;
use crate::exam::Conditions;
use crate::study::Grade;
use crate::study::day::date_of;

const DAY: i64 = 86_400_000;

async fn book(desk: &Sitwell, in_days: i64) {
    let today = desk.study_day().await.unwrap().today;
    let exam_date = Some(date_of(today + in_days).to_string());
    desk.choose_exam(Profile { exam: Some("MLS-C01".into()), exam_date }).await.unwrap();
}

/// Ends a sitting in which the questions of one task were answered wrong and all others right.
async fn sit_weak_in(desk: &Sitwell, task: &str) {
    let sitting = desk.start_exam("MLS-C01", None, Conditions::default()).await.unwrap();
    let paper = desk.load(&sitting.id).await.unwrap();
    for (position, shown) in keys(desk, &sitting.id).await {
        if paper.record.form.items[position as usize].task != task {
            desk.choose(&sitting.id, position, &shown).await.unwrap();
        }
    }
    desk.end_exam(&sitting.id).await.unwrap();
}

#[tokio::test]
async fn a_task_answered_badly_comes_first() {
    let machine = Machine::new();
    let desk = machine.open().await;
    book(&desk, 60).await;
    let first = |view: super::views::StudyView| view.card.unwrap().task.unwrap();
    assert_ne!(first(desk.study().await.unwrap()), "4.3");
    sit_weak_in(&desk, "4.3").await;
    assert_eq!(first(desk.study().await.unwrap()), "4.3");
    let worth = desk.study_day().await.unwrap().worth;
    let weakest = worth.iter().max_by(|a, b| a.1.weakness.total_cmp(&b.1.weakness)).unwrap();
    assert_eq!(weakest.0, "4.3");
    assert!(worth.values().all(|worth| worth.weakness > 0.0 && worth.weakness < 1.0));
    let before = worth["1.1"].weakness;
    machine.clock.advance(60_000);
    sit_weak_in(&desk, "1.1").await;
    let worth = desk.study_day().await.unwrap().worth;
    assert!(worth["1.1"].weakness > before, "what a new sitting says counts at once");
}

#[tokio::test]
async fn the_plan_counts_todays_cards_in_the_learners_own_minutes() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let plan = desk.plan().await.unwrap();
    assert_eq!((plan.done, plan.due, plan.new, plan.seconds_per_review), (0, 0, 20, 8));
    assert_eq!(plan.new_minutes, 6, "20 cards, two showings of 8 s each, rounded up");
    assert_eq!((plan.new_task, plan.days.len()), (None, 0), "no exam is chosen");
    let mut view = desk.study().await.unwrap();
    for n in 0..40 {
        let grade = if n % 4 == 0 { Grade::Again } else { Grade::Good };
        view = desk.grade_card(view.card.unwrap().id, grade, 3_000).await.unwrap();
        machine.clock.advance(30_000);
    }
    let plan = desk.plan().await.unwrap();
    assert_eq!((plan.done, plan.recalled, plan.minutes_done), (40, 30, 2));
    assert_eq!(plan.seconds_per_review, 3);
    machine.clock.advance(10 * DAY);
    let plan = desk.plan().await.unwrap();
    assert!(plan.overdue > 0 && plan.due >= plan.overdue, "{plan:?}");
    assert_eq!(plan.due_minutes, (plan.due * 3).div_ceil(60));
}

#[tokio::test]
async fn with_an_exam_ahead_the_plan_reaches_to_it_and_introduces_every_card() {
    let machine = Machine::new();
    let desk = machine.open().await;
    book(&desk, 45).await;
    let plan = desk.plan().await.unwrap();
    assert_eq!(plan.days.len(), 45);
    let cards = desk.library().await.unwrap().cards;
    assert_eq!(plan.days.iter().map(|day| day.new).sum::<u32>(), cards);
    assert_eq!(plan.days[0].new, plan.new);
    assert!(plan.days.iter().map(|day| day.reviews).sum::<u32>() > cards);
    assert!(plan.new_task.is_some());
    book(&desk, 400).await;
    assert_eq!(desk.plan().await.unwrap().days.len(), 120, "bounded");
}

#[tokio::test]
async fn a_shortened_day_ends_when_its_minutes_are_used_and_can_be_lengthened_again() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let card = desk.study().await.unwrap().card.unwrap();
    desk.grade_card(card.id, Grade::Good, 50_000).await.unwrap();
    assert_eq!(desk.shorten_day(Some(0)).await.unwrap_err().code(), "bad_minutes");
    assert_eq!(desk.shorten_day(Some(2)).await.unwrap().budget_minutes, Some(2));
    let mut view = desk.study().await.unwrap();
    assert_eq!(view.budget_left_ms, Some(120_000), "counted from when it was asked for");
    for _ in 0..2 {
        view = desk.grade_card(view.card.unwrap().id, Grade::Good, 60_000).await.unwrap();
    }
    assert_eq!((view.card, view.budget_left_ms), (None, Some(0)));
    assert!(view.new > 0, "it says what is left");
    assert_eq!(desk.shorten_day(None).await.unwrap().budget_minutes, None);
    assert!(desk.study().await.unwrap().card.is_some());
    desk.shorten_day(Some(1)).await.unwrap();
    machine.clock.advance(DAY);
    assert_eq!(desk.study().await.unwrap().budget_left_ms, None, "for its day alone");
}

fn happened(view: &StatisticsView) -> (u32, u32) {
    let all = view.predicted.iter().map(|bin| (bin.happened.hits, bin.happened.of));
    all.fold((0, 0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1))
}

#[tokio::test]
async fn statistics_count_first_showings_in_review_and_what_was_predicted() {
    let machine = Machine::new();
    let desk = with_decks(&machine, &[deck("a", "A", 10), deck("b", "B", 4)]).await;
    let mut view = desk.study().await.unwrap();
    while let Some(card) = view.card {
        view = desk.grade_card(card.id, Grade::Easy, 2_000).await.unwrap();
    }
    machine.clock.advance(30 * DAY);
    let mut view = desk.study().await.unwrap();
    let mut forgotten = None;
    for n in 0..14 {
        let card = view.card.unwrap();
        let grade = if n == 0 { Grade::Again } else { Grade::Good };
        forgotten = forgotten.or(Some(card.id));
        view = desk.grade_card(card.id, grade, 4_000).await.unwrap();
    }
    let lapsed = view.card.unwrap();
    assert_eq!(Some(lapsed.id), forgotten, "its relearning step is shown last");
    desk.grade_card(lapsed.id, Grade::Good, 4_000).await.unwrap();

    let all = desk.statistics(None).await.unwrap();
    let month = &all.retention[0];
    assert_eq!(month.days, Some(30));
    let shares = |row: &super::views::RetentionRow| {
        (row.all.map(|s| (s.hits, s.of)), row.young.map(|s| s.of), row.mature.map(|s| s.of))
    };
    assert_eq!(shares(month), (Some((13, 14)), Some(14), None));
    assert_eq!(happened(&all), (13, 14));
    assert!(all.predicted[0].predicted > 0.5 && all.predicted[0].predicted < 0.9);
    assert_eq!(
        all.days.iter().map(|day| (day.count, day.ms)).collect::<Vec<_>>(),
        [(14, 28_000), (15, 60_000)]
    );
    assert_eq!(all.ahead.len(), 30);
    assert_eq!(all.stability.iter().map(|bin| bin.count).sum::<u32>(), 14);
    assert_eq!(all.difficulty.iter().map(|bin| bin.count).sum::<u32>(), 14);
    let one = desk.statistics(Some("b")).await.unwrap();
    assert_eq!(one.cards.young + one.cards.mature, 4);
    assert_eq!(one.retention[2].all.unwrap().of, 4);
    assert_eq!(desk.statistics(Some("x")).await.unwrap_err().code(), "no_such_deck");

    // What is undone is as if it had never been.
    for _ in 0..15 {
        desk.undo_study().await.unwrap();
    }
    let none = desk.statistics(None).await.unwrap();
    assert_eq!((none.retention[2].all, happened(&none), none.days.len()), (None, (0, 0), 1));
    assert_eq!(none.ahead[0].count, 14, "late today");
}
