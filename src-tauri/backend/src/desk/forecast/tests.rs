use super::super::tests::{EXAM, Machine, keys};
use super::super::views::{EvidenceView, Profile, RealResult, StudyPlan};
use super::*;
use crate::exam::Conditions;

const DAY: i64 = 86_400_000;

async fn prepared_desk(machine: &Machine, days_ahead: u64) -> Sitwell {
    let desk = machine.open().await;
    let date = (desk.local_date() + Days::new(days_ahead)).to_string();
    let profile = Profile { exam: Some(EXAM.into()), exam_date: Some(date) };
    desk.choose_exam(profile).await.unwrap();
    desk
}

/// Sits a paper and answers all but every `wrong`-th question right.
async fn sit(desk: &Sitwell, machine: &Machine, wrong: u32) -> String {
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    for (position, shown) in keys(desk, &paper.id).await {
        if position % wrong != 0 {
            desk.choose(&paper.id, position, &shown).await.unwrap();
        }
    }
    machine.clock.advance(3_600_000);
    desk.end_exam(&paper.id).await.unwrap();
    paper.id
}

#[tokio::test]
async fn without_an_exam_there_is_nothing_to_forecast() {
    let machine = Machine::new();
    let desk = machine.open().await;
    assert!(matches!(desk.forecast().await, Err(DeskError::NoExam)));
}

#[tokio::test]
async fn before_any_paper_the_forecast_is_wide_and_recommends_nothing() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 30).await;
    let view = desk.forecast().await.unwrap();
    assert_eq!(view.evidence, EvidenceView::default());
    assert!(view.today_chance.high90 - view.today_chance.low90 > 0.9);
    assert!(view.actions.is_empty() && view.past.is_empty());
    assert_eq!(view.ahead.first().unwrap().date, view.today);
    assert_eq!(Some(&view.ahead.last().unwrap().date), view.date.as_ref());
    assert_eq!(view.scores.len(), 20);
    assert_eq!(view.domains.len(), 4);
}

#[tokio::test]
async fn a_good_paper_raises_the_chance_and_is_audited_without_hindsight() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 30).await;
    let before = desk.forecast().await.unwrap();
    let id = sit(&desk, &machine, 6).await;
    machine.clock.advance(2 * DAY);
    let view = desk.forecast().await.unwrap();
    assert!(view.today_chance.p > before.today_chance.p);
    assert_eq!((view.evidence.mocks, view.evidence.repeated), (1, 0));
    let kept = desk.store.kept_forecasts(EXAM).await.unwrap();
    let about: Vec<_> = kept.iter().filter(|forecast| forecast.sitting.is_some()).collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].sitting.as_deref(), Some(id.as_str()));
    assert!((about[0].p - before.today_chance.p).abs() < 1e-9, "made before the first answer");
    assert_eq!((view.audit.paper_count, view.audit.answer_count), (1, view.evidence.answers));

    // What was predicted of the first paper stays when a second one is known.
    let first = desk.prepare(EXAM, None).await.unwrap();
    let predicted = audit::predicted_answers(&first);
    sit(&desk, &machine, 2).await;
    let second = desk.prepare(EXAM, None).await.unwrap();
    assert_eq!(audit::predicted_answers(&second)[..predicted.len()], predicted[..]);
    let view = desk.forecast().await.unwrap();
    assert_eq!(view.audit.paper_count, 2);
    assert!(view.papers.iter().filter(|paper| !paper.planned).count() == 2);
}

#[tokio::test]
async fn a_question_asked_again_counts_as_repeated() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 90).await;
    for _ in 0..8 {
        sit(&desk, &machine, 5).await;
        machine.clock.advance(DAY);
    }
    let evidence = desk.forecast().await.unwrap().evidence;
    assert_eq!(evidence.answers + evidence.repeated, 8 * 65);
    assert!(evidence.repeated > 0 && evidence.answers > 0, "{evidence:?}");
}

#[tokio::test]
async fn another_plan_is_answered_and_not_kept() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 30).await;
    sit(&desk, &machine, 4).await;
    let view = desk.forecast().await.unwrap();
    let plan = |minutes_per_day| StudyPlan { minutes_per_day, ..view.plan.clone() };
    let none = StudyPlan { mocks: 0, ..plan(0) };
    let (little, much) =
        (desk.what_if(none).await.unwrap(), desk.what_if(plan(200)).await.unwrap());
    assert!(little.chance.p < much.chance.p);
    assert_eq!(desk.what_if(view.plan.clone()).await.unwrap().chance, view.date_chance.unwrap());
    assert_eq!(desk.forecast().await.unwrap().plan, view.plan);
    assert!(matches!(desk.what_if(plan(241)).await, Err(DeskError::BadPlan)));
    let kept = desk.set_plan(plan(90)).await.unwrap();
    assert_eq!(kept.plan.minutes_per_day, 90);
    assert!(kept.date_chance.unwrap().p > view.date_chance.unwrap().p);
}

#[tokio::test]
async fn a_real_result_decides_the_forecasts_for_its_day() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 3).await;
    let view = desk.forecast().await.unwrap();
    let result = |passed, scaled| RealResult {
        exam: EXAM.into(),
        date: view.date.clone().unwrap(),
        passed,
        scaled,
    };
    assert!(matches!(desk.enter_result(result(true, None)).await, Err(DeskError::BadResult)));
    machine.clock.advance(4 * DAY);
    let wrong = desk.enter_result(result(true, Some(view.pass - 1))).await;
    assert!(matches!(wrong, Err(DeskError::BadResult)));
    let after = desk.enter_result(result(true, Some(view.pass + 50))).await.unwrap();
    assert_eq!((after.audit.real_results, after.audit.paper_count), (1, 1));
    assert!((after.audit.papers[0].predicted - view.date_chance.unwrap().p).abs() < 1e-9);
    assert!(after.ahead.is_empty() && after.date_chance.is_none(), "the day is past");
}

#[tokio::test]
async fn after_its_last_sitting_an_exam_is_a_goal() {
    let machine = Machine::new();
    let desk = prepared_desk(&machine, 30).await;
    let Status::Retired { last_sitting } = desk.blueprint(EXAM).unwrap().status else {
        panic!("this exam is retired")
    };
    assert!(!desk.forecast_of(EXAM, Some(&last_sitting.to_string())).await.unwrap().goal);
    let later = (last_sitting + Days::new(1)).to_string();
    assert!(desk.forecast_of(EXAM, Some(&later)).await.unwrap().goal);
}
