//! Sittings given up, taken out and brought back, and the list to drill.

use super::tests::{EXAM, Machine, keys};
use super::views::{DrillPool, Practice, Profile, SittingState};
use super::*;
use crate::exam::conditions::{Banks, Conditions};
use crate::store::OperationKind;

async fn prepared(machine: &Machine) -> Sitwell {
    let desk = machine.open().await;
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    desk
}

/// Sits a mock and answers its first half right.
async fn sit(desk: &Sitwell, machine: &Machine) -> String {
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    let half = u32::try_from(paper.cells.len() / 2).unwrap();
    for (position, shown) in keys(desk, &paper.id).await.into_iter().filter(|(p, _)| *p < half) {
        desk.see(&paper.id, position).await.unwrap();
        desk.choose(&paper.id, position, &shown).await.unwrap();
    }
    machine.clock.advance(3_600_000);
    desk.end_exam(&paper.id).await.unwrap();
    machine.clock.advance(86_400_000);
    paper.id
}

#[tokio::test]
async fn a_sitting_that_was_given_up_has_no_result_and_says_nothing_but_was_seen() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    for position in 0..10 {
        desk.see(&paper.id, position).await.unwrap();
        desk.choose(&paper.id, position, &[0]).await.unwrap();
    }
    let over = desk.abandon_exam(&paper.id).await.unwrap();
    assert_eq!(over.clock.state, SittingState::Abandoned);
    assert_eq!(desk.abandon_exam(&paper.id).await.unwrap_err().code(), "sitting_over");
    assert_eq!(desk.result(&paper.id).await.unwrap_err().code(), "abandoned");
    drop(desk);

    let desk = machine.open().await;
    let today = desk.today().await.unwrap();
    assert!(today.running.is_none() && today.finished.is_empty());
    let history = desk.history(EXAM).await.unwrap();
    assert_eq!((history[0].state, history[0].answered), (SittingState::Abandoned, 10));
    assert!(history[0].outcome.is_none() && history[0].correct.is_none());
    assert_eq!(desk.forecast().await.unwrap().evidence.answers, 0);
    assert_eq!(desk.history(EXAM).await.unwrap()[0].state, SittingState::Abandoned);
    let seen: Vec<_> = desk.store.bank(EXAM).await.unwrap();
    assert_eq!(seen.iter().filter(|item| item.last_seen_ms.is_some()).count(), 10);
    let unseen = desk.drill_pools(EXAM, &[], Banks::default()).await.unwrap();
    assert_eq!((unseen.all - unseen.unseen, unseen.missed), (10, 0));
    assert_eq!(desk.last_result().await.unwrap(), None);
}

#[tokio::test]
async fn a_deleted_sitting_leaves_history_and_forecast_and_undo_brings_it_back() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let first = sit(&desk, &machine).await;
    let second = sit(&desk, &machine).await;
    let before = desk.forecast().await.unwrap();
    assert_eq!((before.evidence.mocks, before.audit.paper_count), (2, 2));
    desk.delete_sitting(&first).await.unwrap();
    let view = desk.forecast().await.unwrap();
    assert_eq!((view.evidence.mocks, view.audit.paper_count), (1, 1));
    assert!(view.evidence.answers < before.evidence.answers);
    let left: Vec<String> =
        desk.history(EXAM).await.unwrap().into_iter().map(|sitting| sitting.id).collect();
    assert_eq!(left, [second.as_str()]);
    assert!(desk.result(&second).await.unwrap().earlier.is_empty());
    drop(desk); // what was done is undone after a restart too

    let desk = machine.open().await;
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Sitting));
    assert_eq!(desk.history(EXAM).await.unwrap().len(), 2);
    assert_eq!(desk.forecast().await.unwrap().evidence, before.evidence);
    assert_eq!(desk.redo().await.unwrap(), Some(OperationKind::Sitting));
    assert_eq!(desk.history(EXAM).await.unwrap().len(), 1);
    assert_eq!(desk.last_result().await.unwrap(), Some(second));
}

#[tokio::test]
async fn what_a_deleted_sitting_asked_is_a_repeat_when_it_is_asked_again() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let drill = || Practice::Drill {
        tasks: vec!["1.1".into()],
        items: 100,
        pool: DrillPool::All,
        paced: false,
    };
    let mut asked = Vec::new();
    for round in 0..2 {
        let begun = desk.start_practice(EXAM, drill(), Conditions::default()).await.unwrap();
        for position in 0..begun.items {
            desk.see(&begun.id, position).await.unwrap();
            desk.choose(&begun.id, position, &[0]).await.unwrap();
        }
        desk.end_exam(&begun.id).await.unwrap();
        let form = desk.load(&begun.id).await.unwrap().record.form;
        asked.push(form.items.into_iter().map(|item| item.id).collect::<Vec<_>>());
        if round == 0 {
            desk.delete_sitting(&begun.id).await.unwrap();
            assert_eq!(desk.forecast().await.unwrap().evidence.answers, 0);
        }
        machine.clock.advance(60_000);
    }
    // Enemies take turns, so the second drill is not quite the first.
    let again = asked[1].iter().filter(|id| asked[0].contains(id)).count();
    let evidence = desk.forecast().await.unwrap().evidence;
    assert!(again > 0);
    assert_eq!(evidence.repeated as usize, again);
    assert_eq!(evidence.answers as usize, asked[1].len() - again);
}

#[tokio::test]
async fn a_running_sitting_is_not_deleted() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    assert_eq!(desk.delete_sitting(&paper.id).await.unwrap_err().code(), "still_running");
    assert_eq!(desk.delete_sitting("none").await.unwrap_err().code(), "no_such_sitting");
    assert_eq!(desk.sitting(&paper.id).await.unwrap().clock.state, SittingState::Running);
}

#[tokio::test]
async fn a_drill_draws_from_the_list_that_the_learner_made() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let bank = desk.store.bank(EXAM).await.unwrap();
    let chosen: Vec<&str> = [3, 50].map(|at: usize| bank[at].id.as_str()).to_vec();
    for item in &chosen {
        desk.list_for_drill(item, true).await.unwrap();
        desk.list_for_drill(item, true).await.unwrap();
    }
    desk.list_for_drill(bank[7].id.as_str(), true).await.unwrap();
    desk.list_for_drill(bank[7].id.as_str(), false).await.unwrap();
    assert_eq!(desk.list_for_drill("no/such", true).await.unwrap_err().code(), "no_such_item");
    assert_eq!(desk.drill_pools(EXAM, &[], Banks::default()).await.unwrap().listed, 2);
    let drill =
        Practice::Drill { tasks: Vec::new(), items: 10, pool: DrillPool::Listed, paced: false };
    let begun = desk.start_practice(EXAM, drill, Conditions::default()).await.unwrap();
    let form = desk.load(&begun.id).await.unwrap().record.form;
    let mut drawn: Vec<&str> = form.items.iter().map(|item| item.id.as_str()).collect();
    drawn.sort_unstable();
    assert_eq!(drawn, chosen);
}
