use std::collections::HashMap;

use fsrs::{FSRS, FSRSItem, FSRSReview};
use proptest::prelude::*;

use super::memory::{Review, rebuild};
use super::*;

const DAY_MS: i64 = 86_400_000;

struct Desk {
    options: StudyOptions,
    model: FSRS,
    exam: Option<ExamDate>,
    load: HashMap<i64, u32>,
}

impl Desk {
    fn new(options: StudyOptions) -> Self {
        let model = options.model().unwrap();
        Self { options, model, exam: None, load: HashMap::new() }
    }

    fn context(&self, today: i64) -> Context<'_> {
        Context {
            options: &self.options,
            model: &self.model,
            now_ms: today * DAY_MS + 3_600_000,
            today,
            exam: self.exam,
            load: &self.load,
            card: 7,
        }
    }
}

fn exact() -> StudyOptions {
    StudyOptions { fuzz: false, ..StudyOptions::default() }
}

fn due_day(outcome: &Outcome) -> i64 {
    match outcome.state.due {
        Due::Day(day) => day,
        other => panic!("not due on a day: {other:?}"),
    }
}

#[test]
fn a_new_card_goes_through_its_steps_and_graduates_with_the_interval_of_fsrs() {
    let desk = Desk::new(exact());
    let context = desk.context(100);
    let first = grade(&CardState::NEW, Grade::Good, &context).unwrap();
    assert_eq!(first.state.phase, Phase::Learning);
    assert_eq!(first.state.due, Due::At(context.now_ms + 10 * 60_000));
    let second = grade(&first.state, Grade::Good, &context).unwrap();
    assert_eq!(second.state.phase, Phase::Review);
    let reference = desk.model.next_states(first.state.memory.map(Into::into), 0.9, 0).unwrap();
    assert_eq!(second.state.memory, Some(reference.good.memory.into()));
    let asked = reference.good.interval.round().max(1.0);
    assert!((second.state.interval as f32 - asked).abs() < f32::EPSILON);
}

#[test]
fn memory_equals_the_reference_of_the_crate_to_the_last_digit() {
    let desk = Desk::new(exact());
    let history = [(0, Grade::Good), (3, Grade::Good), (11, Grade::Again), (1, Grade::Hard)];
    let mut state = CardState::NEW;
    let mut today = 50;
    for (wait, graded) in history {
        today += wait;
        state = grade(&state, graded, &desk.context(today)).unwrap().state;
    }
    let reviews = history
        .iter()
        .map(|(wait, grade)| FSRSReview {
            rating: grade.rating(),
            delta_t: u32::try_from(*wait).unwrap(),
        })
        .collect();
    let reference = desk.model.memory_state(FSRSItem { reviews }, None).unwrap();
    assert_eq!(state.memory, Some(reference.into()));
}

#[test]
fn a_lapse_goes_through_relearning_and_comes_back() {
    let desk = Desk::new(exact());
    let mut state = grade(&CardState::NEW, Grade::Easy, &desk.context(0)).unwrap().state;
    let due = due_day(&Outcome { state, held_back: None, leech: false });
    let lapse = grade(&state, Grade::Again, &desk.context(due)).unwrap();
    assert_eq!((lapse.state.phase, lapse.state.lapses), (Phase::Relearning, 1));
    state = grade(&lapse.state, Grade::Good, &desk.context(due)).unwrap().state;
    assert_eq!(state.phase, Phase::Review);
}

#[test]
fn without_steps_every_grade_leads_to_a_day() {
    let options = StudyOptions { learning_steps: vec![], relearning_steps: vec![], ..exact() };
    let desk = Desk::new(options);
    for outcome in outcomes(&CardState::NEW, &desk.context(0)).unwrap() {
        assert!(due_day(&outcome) >= 1);
    }
}

#[test]
fn a_leech_is_told_at_the_limit_and_at_every_half_after() {
    let desk = Desk::new(StudyOptions { relearning_steps: vec![], ..exact() });
    let mut state = grade(&CardState::NEW, Grade::Easy, &desk.context(0)).unwrap().state;
    let mut told = Vec::new();
    for today in (100..).step_by(30).take(14) {
        let outcome = grade(&state, Grade::Again, &desk.context(today)).unwrap();
        state = outcome.state;
        if outcome.leech {
            told.push(state.lapses);
        }
    }
    assert_eq!(told, [8, 12]);
}

#[test]
fn a_card_that_would_come_after_the_exam_is_held_back_before_it() {
    let mut desk = Desk::new(exact());
    desk.exam = Some(ExamDate { day: 140 });
    let memory = Some(Memory { stability: 200.0, difficulty: 4.0 });
    let mature = CardState {
        phase: Phase::Review,
        memory,
        last_day: Some(0),
        last_seen_ms: Some(0),
        due: Due::Day(100),
        interval: 100,
        reviews: 6,
        ..CardState::NEW
    };
    let outcome = grade(&mature, Grade::Good, &desk.context(100)).unwrap();
    assert_eq!(outcome.held_back, Some(HeldBack::BeforeExam));
    assert!((133..140).contains(&due_day(&outcome)), "{outcome:?}");
    desk.exam = Some(ExamDate { day: 90 }); // past
    assert_eq!(grade(&mature, Grade::Good, &desk.context(100)).unwrap().held_back, None);
}

fn any_grade() -> impl Strategy<Value = Grade> {
    proptest::sample::select(Grade::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_better_grade_never_comes_back_sooner(
        stability in 0.2f32..900.0, difficulty in 1f32..10.0, elapsed in 0i64..400,
        fuzz in any::<bool>(), exam in proptest::option::of(1i64..200),
    ) {
        let mut desk = Desk::new(StudyOptions { fuzz, ..StudyOptions::default() });
        desk.exam = exam.map(|days| ExamDate { day: 1000 + days });
        let card = CardState {
            phase: Phase::Review,
            memory: Some(Memory { stability, difficulty }),
            last_day: Some(1000 - elapsed),
            due: Due::Day(1000),
            interval: 1,
            reviews: 3,
            ..CardState::NEW
        };
        let outcomes = outcomes(&card, &desk.context(1000)).unwrap();
        let days: Vec<i64> = outcomes[1..].iter().map(due_day).collect();
        for pair in days.windows(2) {
            prop_assert!(pair[0] <= pair[1] || desk.exam.is_some(), "{days:?}");
        }
        for day in days {
            prop_assert!(day > 1000);
            if let Some(exam) = desk.exam {
                prop_assert!(day < exam.day || exam.last_showing(1000).is_none());
            }
        }
    }

    #[test]
    fn the_state_of_a_card_is_that_of_its_log(
        graded in proptest::collection::vec((any_grade(), 0i64..40), 0..30),
    ) {
        let desk = Desk::new(StudyOptions::default());
        let mut state = CardState::NEW;
        let mut today = 500;
        let mut log = Vec::new();
        for (graded, wait) in graded {
            today += wait;
            let context = desk.context(today);
            state = grade(&state, graded, &context).unwrap().state;
            let after = CardState { memory: None, ..state };
            log.push(Review { at_ms: context.now_ms, day: today, grade: graded, after });
        }
        prop_assert_eq!(rebuild(&log, &desk.model).unwrap(), state);
    }
}
