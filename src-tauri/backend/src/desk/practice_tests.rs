//! Diagnostics, section tests and drills at the desk.

use super::tests::{EXAM, Machine, keys};
use super::views::{DrillPool, Practice, Profile, SittingState};
use super::*;
use crate::exam::diagnostic::ITEMS;
use crate::exam::{Banks, Conditions, Mode};

async fn chosen(machine: &Machine) -> Sitwell {
    let desk = machine.open().await;
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    desk
}

fn drill(items: u32, pool: DrillPool) -> Practice {
    Practice::Drill { tasks: Vec::new(), items, pool, paced: false }
}

/// Answers the question at `position` right or wrong.
async fn answer(desk: &Sitwell, id: &str, position: u32, right: bool) {
    let ack = desk.see(id, position).await.unwrap();
    let key = keys(desk, id).await[&position].clone();
    let count = u8::try_from(ack.question.options.len()).unwrap();
    let shown = if right { key } else { vec![(0..count).find(|i| !key.contains(i)).unwrap()] };
    desk.choose(id, position, &shown).await.unwrap();
}

#[tokio::test]
async fn a_diagnostic_grows_survives_a_restart_and_claims_no_score() {
    let machine = Machine::new();
    let desk = chosen(&machine).await;
    let begun =
        desk.start_practice(EXAM, Practice::Diagnostic, Conditions::default()).await.unwrap();
    assert_eq!((begun.items, begun.cells.len()), (ITEMS, 1));
    assert!(!begun.clock.timed && begun.mode == Mode::Diagnostic);
    for position in 0..7 {
        answer(&desk, &begun.id, position, position % 2 == 0).await;
    }
    assert_eq!(desk.see(&begun.id, 8).await.unwrap_err().code(), "out_of_range", "one at a time");
    let before = desk.load(&begun.id).await.unwrap();
    drop(desk); // no close: as if it was killed
    machine.clock.advance(40 * 86_400_000);

    let desk = machine.open().await;
    let after = desk.load(&begun.id).await.unwrap();
    assert_eq!(after.record.form, before.record.form);
    assert_eq!(after.sitting.answers(), before.sitting.answers());
    assert_eq!(desk.today().await.unwrap().running.unwrap().title, "Diagnostic");
    for position in 7..ITEMS {
        answer(&desk, &begun.id, position, true).await;
    }
    assert_eq!(desk.see(&begun.id, ITEMS).await.unwrap_err().code(), "out_of_range");
    desk.end_exam(&begun.id).await.unwrap();
    let result = desk.result(&begun.id).await.unwrap();
    assert_eq!((result.report.items, result.report.correct), (ITEMS, ITEMS - 3));
    let summary = desk.today().await.unwrap().finished.remove(0);
    assert_eq!((summary.correct, summary.outcome), (Some(ITEMS - 3), None));
    let view = desk.forecast().await.unwrap();
    assert_eq!((view.evidence.answers, view.evidence.mocks), (ITEMS, 0));
    assert_eq!(view.audit.paper_count, 0);
}

#[tokio::test]
async fn a_section_test_is_its_part_alone_at_the_pace_of_the_exam() {
    let machine = Machine::new();
    let desk = chosen(&machine).await;
    let exam = desk.exam_view(EXAM).await.unwrap();
    let domain = &exam.domains[2];
    let part = Practice::Section { part: domain.id.clone(), items: None };
    let begun = desk.start_practice(EXAM, part.clone(), Conditions::default()).await.unwrap();
    assert_eq!(begun.title, format!("Section test: {}", domain.title));
    assert_eq!(begun.cells.len(), domain.quota as usize);
    assert_eq!(begun.clock.total_ms, i64::from(domain.minutes) * 60_000);
    let refused = desk.start_practice(EXAM, part, Conditions::default()).await.unwrap_err();
    assert_eq!(refused.code(), "still_running");
    machine.clock.advance(begun.clock.total_ms + 1);
    let result = desk.result(&begun.id).await.unwrap();
    assert_eq!(result.state, SittingState::Expired);
    assert!(result.lines.iter().all(|line| line.domain == domain.id));
    let mock = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    assert_eq!(mock.title, "Mock 1", "other modes do not count as mocks");
    let unknown = Practice::Section { part: "99".into(), items: None };
    desk.end_exam(&mock.id).await.unwrap();
    assert_eq!(
        desk.start_practice(EXAM, unknown, Conditions::default()).await.unwrap_err().code(),
        "no_such_part"
    );
}

#[tokio::test]
async fn a_drill_tells_no_key_before_the_answer_and_locks_it_after() {
    let machine = Machine::new();
    let desk = chosen(&machine).await;
    let begun = desk
        .start_practice(EXAM, drill(3, DrillPool::Unseen), Conditions::default())
        .await
        .unwrap();
    assert_eq!(begun.cells.len(), 3);
    assert_eq!(desk.see(&begun.id, 0).await.unwrap().feedback, None);
    assert_eq!(desk.check(&begun.id, 0).await.unwrap_err().code(), "out_of_range", "no answer");
    let chosen = desk.choose(&begun.id, 0, &[0]).await.unwrap();
    assert_eq!(chosen.feedback, None);
    let checked = desk.check(&begun.id, 0).await.unwrap();
    let feedback = checked.feedback.clone().unwrap();
    assert!(feedback.options.iter().any(|option| option.key));
    for refused in [
        desk.choose(&begun.id, 0, &[1]).await,
        desk.strike(&begun.id, 0, 1, true).await,
        desk.sure(&begun.id, 0, Some(crate::exam::sitting::Confidence::Sure)).await,
    ] {
        assert_eq!(refused.unwrap_err().code(), "out_of_range");
    }
    assert_eq!(desk.see(&begun.id, 1).await.unwrap().feedback, None, "of the first alone");
    drop(desk);
    let desk = machine.open().await;
    assert_eq!(desk.see(&begun.id, 0).await.unwrap().feedback, Some(feedback));
}

#[tokio::test]
async fn a_mock_explains_nothing_while_it_runs() {
    let machine = Machine::new();
    let desk = chosen(&machine).await;
    let mock = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.choose(&mock.id, 0, &[0]).await.unwrap();
    assert_eq!(desk.check(&mock.id, 0).await.unwrap_err().code(), "out_of_range");
    assert_eq!(desk.see(&mock.id, 0).await.unwrap().feedback, None);
}

#[tokio::test]
async fn the_pools_of_a_drill_follow_the_latest_answers() {
    let machine = Machine::new();
    let desk = chosen(&machine).await;
    let whole = desk.drill_pools(EXAM, &[], Banks::All).await.unwrap();
    assert_eq!((whole.unseen, whole.missed, whole.flagged, whole.unsure), (whole.all, 0, 0, 0));
    let refused = desk
        .start_practice(EXAM, drill(5, DrillPool::Missed), Conditions::default())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "nothing_to_ask");
    let first = desk
        .start_practice(EXAM, drill(4, DrillPool::All), Conditions::default())
        .await
        .unwrap()
        .id;
    for position in 0..4 {
        answer(&desk, &first, position, position > 1).await;
    }
    desk.flag(&first, 3, true).await.unwrap();
    desk.sure(&first, 2, Some(crate::exam::sitting::Confidence::Guess)).await.unwrap();
    desk.end_exam(&first).await.unwrap();
    let pools = desk.drill_pools(EXAM, &[], Banks::All).await.unwrap();
    assert_eq!((pools.missed, pools.flagged, pools.unsure), (2, 1, 1));
    assert_eq!(pools.unseen, whole.all - 4);
    let missed = desk
        .start_practice(EXAM, drill(5, DrillPool::Missed), Conditions::default())
        .await
        .unwrap();
    let asked = desk.load(&missed.id).await.unwrap().record.form.items;
    let before = desk.load(&first).await.unwrap().record.form.items;
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|item| before[..2].iter().any(|known| known.id == item.id)));
    desk.end_exam(&missed.id).await.unwrap();
    let none = desk.drill_pools(EXAM, &["no such task".into()], Banks::All).await.unwrap_err();
    assert_eq!(none.code(), "no_such_part");
    assert_eq!(desk.forecast().await.unwrap().audit.paper_count, 0);
}
