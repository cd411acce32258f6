//! Breaks, comments and paced drills at the desk.

use super::tests::{EXAM, Machine};
use super::views::{DrillPool, Practice, SittingState};
use crate::exam::{Conditions, ExtraTime};

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn a_break_that_was_granted_stops_the_clock_across_a_kill_and_hides_the_questions() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let granted = Conditions { stop_clock: true, ..Conditions::default() };
    let paper = desk.start_exam(EXAM, None, granted).await.unwrap();
    assert!(paper.stop_clock && !paper.on_break);
    desk.see(&paper.id, 2).await.unwrap();
    machine.clock.advance(10 * MINUTE);
    let away = desk.pause(&paper.id).await.unwrap();
    assert!(away.on_break && away.clock.stands);
    assert_eq!(desk.see(&paper.id, 2).await.unwrap_err().code(), "on_break");
    drop(desk); // no close: as if it was killed
    machine.clock.advance(500 * MINUTE);
    let desk = machine.open().await;
    let still = desk.sitting(&paper.id).await.unwrap();
    assert!(still.on_break && still.clock.state == SittingState::Running);
    assert_eq!(still.clock.remaining_ms, paper.clock.total_ms - 10 * MINUTE);
    machine.clock.advance(7 * MINUTE);
    let back = desk.come_back(&paper.id).await.unwrap();
    assert!(!back.on_break && !back.clock.stands);
    assert_eq!((back.current, back.clock.remaining_ms), (2, still.clock.remaining_ms));
    assert!(desk.see(&paper.id, 2).await.is_ok());
}

#[tokio::test]
async fn the_clock_of_an_exam_runs_on_in_a_break_that_was_not_granted() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    let away = desk.pause(&paper.id).await.unwrap();
    assert!(away.on_break && !away.clock.stands);
    machine.clock.advance(paper.clock.total_ms + 1);
    let over = desk.sitting(&paper.id).await.unwrap();
    assert_eq!((over.clock.state, over.on_break), (SittingState::Expired, false));
}

#[tokio::test]
async fn an_exam_grants_the_time_its_blueprint_names_and_no_other() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let exam = desk.exam_view(EXAM).await.unwrap();
    let longest = exam.granted.iter().map(|granted| granted.minutes).max().unwrap();
    assert_eq!((exam.granted[0].minutes, longest), (exam.minutes, 2 * exam.minutes));
    for granted in exam.granted {
        let conditions = Conditions { extra: granted.extra, ..Conditions::default() };
        let paper = desk.start_exam(EXAM, None, conditions).await.unwrap();
        assert_eq!(paper.clock.total_ms, i64::from(granted.minutes) * MINUTE);
        desk.end_exam(&paper.id).await.unwrap();
    }
    let extra = ExtraTime::Percent { percent: 999 };
    let refused = desk.start_exam(EXAM, None, Conditions { extra, ..Conditions::default() }).await;
    assert_eq!(refused.unwrap_err().code(), "not_granted");
}

#[tokio::test]
async fn a_comment_is_kept_with_the_question_and_shown_in_its_explanation() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.see(&paper.id, 0).await.unwrap();
    let ack = desk.comment(&paper.id, 0, "  <b>B</b> and D both fit  ").await.unwrap();
    assert_eq!(ack.question.comment, "<b>B</b> and D both fit");
    let long = "x".repeat(2_001);
    assert_eq!(desk.comment(&paper.id, 0, &long).await.unwrap_err().code(), "out_of_range");
    drop(desk);
    let desk = machine.open().await;
    desk.end_exam(&paper.id).await.unwrap();
    let explained = desk.explanation(&paper.id, 0).await.unwrap();
    assert_eq!(explained.comment, "<b>B</b> and D both fit");
    assert_eq!(desk.explanation(&paper.id, 1).await.unwrap().comment, "");
}

#[tokio::test]
async fn a_paced_drill_has_the_exam_s_time_and_reading_reasons_costs_none() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let exam = desk.exam_view(EXAM).await.unwrap();
    let drill = Practice::Drill { tasks: Vec::new(), items: 5, pool: DrillPool::All, paced: true };
    let outline = desk.outline(EXAM, drill.clone(), Conditions::default()).await.unwrap();
    let minutes = (5 * exam.minutes).div_ceil(exam.items);
    assert_eq!((outline.items, outline.minutes), (5, Some(minutes)));
    let begun = desk.start_practice(EXAM, drill, Conditions::default()).await.unwrap();
    assert_eq!(begun.clock.total_ms, i64::from(minutes) * MINUTE);
    desk.see(&begun.id, 0).await.unwrap();
    machine.clock.advance(MINUTE);
    desk.choose(&begun.id, 0, &[0]).await.unwrap();
    let read = desk.check(&begun.id, 0).await.unwrap();
    assert!(read.clock.stands);
    machine.clock.advance(90 * MINUTE);
    let next = desk.see(&begun.id, 1).await.unwrap();
    assert_eq!(next.clock.remaining_ms, begun.clock.total_ms - MINUTE);
    machine.clock.advance(begun.clock.total_ms);
    let result = desk.result(&begun.id).await.unwrap();
    assert_eq!((result.state, result.report.blank), (SittingState::Expired, 4));
}
