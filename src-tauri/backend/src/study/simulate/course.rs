//! A learner's way to the exam under one kind of schedule: the real scheduler, queue and pace.

use std::collections::{BTreeSet, HashMap};

use super::learner::{Learner, Truth};
use super::{Arm, Setup};
use crate::study::queue::{Order, TaskWorth};
use crate::study::schedule::{BadMemory, Context, grade};
use crate::study::{CardState, Due, ExamDate, Phase, StudyOptions};

const MS_PER_DAY: i64 = 86_400_000;

struct Card {
    task: String,
    state: CardState,
    truth: Truth,
    suspended: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arrival {
    /// Expected recall on the day of the exam, weighted by task, in [0, 1].
    pub(super) recall: f64,
    /// Cards that were introduced.
    pub(super) introduced: f64,
    /// Minutes that were spent a day.
    pub(super) minutes: f64,
}

pub(super) struct Course<'a> {
    setup: &'a Setup,
    arm: Arm,
    learner: &'a Learner,
    options: StudyOptions,
    model: fsrs::FSRS,
    exam: ExamDate,
    worth: HashMap<String, TaskWorth>,
    cards: Vec<Card>,
    introduced: HashMap<String, u32>,
    /// Cards due on each day, for the scheduler.
    load: HashMap<i64, u32>,
    /// Cards in steps.
    in_steps: BTreeSet<usize>,
    spent_s: f64,
}

impl<'a> Course<'a> {
    pub(super) fn new(setup: &'a Setup, arm: Arm, learner: &'a Learner) -> Result<Self, BadMemory> {
        // The minutes bind, not the number of reviews.
        let options = StudyOptions { reviews_per_day: 9999, ..StudyOptions::default() };
        let model = options.model().map_err(|_| BadMemory)?;
        let names: Vec<String> = (0..setup.tasks.len()).map(|task| task.to_string()).collect();
        let cards = (0..setup.cards as usize).map(|card| Card {
            task: names[card * names.len() / setup.cards as usize].clone(),
            state: CardState::NEW,
            truth: learner.card(card),
            suspended: false,
        });
        let weigh = |(name, weight): (&String, &f64)| {
            #[expect(clippy::cast_possible_truncation, reason = "a share")]
            let weight = *weight as f32;
            (name.clone(), TaskWorth { weight, weakness: 0.5 })
        };
        let worth = match arm {
            Arm::Exam => names.iter().zip(&setup.tasks).map(weigh).collect(),
            Arm::Plain | Arm::Paced => HashMap::new(),
        };
        Ok(Self {
            setup,
            arm,
            learner,
            options,
            model,
            exam: ExamDate { day: i64::from(setup.days) },
            worth,
            cards: cards.collect(),
            introduced: HashMap::new(),
            load: HashMap::new(),
            in_steps: BTreeSet::new(),
            spent_s: 0.0,
        })
    }

    /// Studies every day up to the exam.
    pub(super) fn run(mut self) -> Result<Arrival, BadMemory> {
        for day in 0..self.exam.day {
            self.study(day)?;
        }
        Ok(self.arrive())
    }

    fn study(&mut self, day: i64) -> Result<(), BadMemory> {
        let order = self.order(day);
        let of_task = |card: &Card| Some(card.task.clone());
        let due = self.cards.iter().enumerate().filter(|(_, card)| {
            !card.suspended && matches!(card.state.due, Due::Day(due) if due <= day)
        });
        let mut due: Vec<(f32, usize)> = due
            .map(|(place, card)| {
                let state = &card.state;
                (order.worth(state.memory, state.last_day, Some(&card.task)), place)
            })
            .collect();
        // The most worth last, where they are taken from.
        due.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let new = self.cards.iter().enumerate().filter(|(_, card)| card.state.phase == Phase::New);
        let new: Vec<_> = new.map(|(place, card)| (place, of_task(card))).collect();
        let limit = self.new_today(day, u32::try_from(new.len()).unwrap_or(u32::MAX));
        let new = order.introduce(new, &self.introduced);
        let mut new = new.into_iter().take(limit as usize).peekable();
        let mut left_s = f64::from(self.setup.minutes) * 60.0;
        while left_s > 0.0 {
            let now_ms = self.now_ms(day, left_s);
            let order = self.order(day);
            let new_worth =
                new.peek().map(|card| order.worth_of_new(Some(&self.cards[*card].task)));
            let review_first = match (due.last(), new_worth) {
                (Some((review, _)), Some(new)) => *review >= new,
                (review, _) => review.is_some(),
            };
            let next = self
                .step_by(now_ms)
                .or_else(|| if review_first { due.pop().map(|(_, card)| card) } else { new.next() })
                .or_else(|| self.step_by(i64::MAX));
            let Some(card) = next else { break };
            let seconds = self.show(card, day, now_ms)?;
            left_s -= seconds;
            self.spent_s += seconds;
        }
        Ok(())
    }

    fn order(&self, day: i64) -> Order<'_> {
        Order { today: day, parameters: &self.options.parameters, tasks: &self.worth }
    }

    fn now_ms(&self, day: i64, left_s: f64) -> i64 {
        let spent_s = f64::from(self.setup.minutes) * 60.0 - left_s;
        #[expect(clippy::cast_possible_truncation, reason = "within a day")]
        let within_day = (spent_s * 1000.0) as i64;
        day * MS_PER_DAY + within_day
    }

    /// New cards that this day may bring.
    fn new_today(&self, day: i64, waiting: u32) -> u32 {
        let paced = match self.arm {
            Arm::Plain => None,
            Arm::Paced | Arm::Exam => self.exam.new_today(day, waiting, self.options.new_per_day),
        };
        paced.unwrap_or(self.options.new_per_day)
    }

    /// The card in steps that is due first, when it is by then.
    fn step_by(&self, by_ms: i64) -> Option<usize> {
        let due = self.in_steps.iter().filter_map(|card| match self.cards[*card].state.due {
            Due::At(at) if at <= by_ms => Some((at, *card)),
            _ => None,
        });
        due.min().map(|(_, card)| card)
    }

    /// Shows a card; says how many seconds it took.
    fn show(&mut self, place: usize, day: i64, now_ms: i64) -> Result<f64, BadMemory> {
        let card = &mut self.cards[place];
        let before = card.state;
        let (graded, seconds) = self.learner.answer(place, &before, &mut card.truth, day)?;
        let context = Context {
            options: &self.options,
            model: &self.model,
            now_ms,
            today: day,
            exam: (self.arm == Arm::Exam).then_some(self.exam),
            load: &self.load,
            card: i64::try_from(place).unwrap_or(i64::MAX),
        };
        let outcome = grade(&before, graded, &context)?;
        card.state = outcome.state;
        card.suspended |= outcome.leech;
        if before.phase == Phase::New {
            *self.introduced.entry(card.task.clone()).or_default() += 1;
        }
        let in_steps = matches!(card.state.due, Due::At(_)) && !card.suspended;
        if in_steps {
            self.in_steps.insert(place);
        } else {
            self.in_steps.remove(&place);
        }
        if let Due::Day(due) = before.due
            && let Some(load) = self.load.get_mut(&due)
        {
            *load = load.saturating_sub(1);
        }
        if let Due::Day(due) = self.cards[place].state.due {
            *self.load.entry(due).or_default() += 1;
        }
        Ok(f64::from(seconds))
    }

    fn arrive(&self) -> Arrival {
        let mut recalls: HashMap<&str, (f64, u32)> = HashMap::new();
        for card in &self.cards {
            let of = recalls.entry(&card.task).or_default();
            of.0 += f64::from(self.learner.recall(&card.truth, self.exam.day));
            of.1 += 1;
        }
        let mut recall = 0.0;
        for (task, weight) in self.setup.tasks.iter().enumerate() {
            if let Some((sum, count)) = recalls.get(task.to_string().as_str()) {
                recall += weight * sum / f64::from(*count);
            }
        }
        let seen = self.cards.iter().filter(|card| card.state.phase != Phase::New).count();
        Arrival {
            recall,
            introduced: seen as f64,
            minutes: self.spent_s / 60.0 / f64::from(self.setup.days),
        }
    }
}
