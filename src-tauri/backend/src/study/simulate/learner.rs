//! A simulated learner: a memory that FSRS describes, but not with the parameters that the
//! scheduler believes in.

use fsrs::{FSRS, SimulatorConfig};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::study::card::{CardState, Grade, Memory, Phase};
use crate::study::memory::{days_between, retrievability, step};
use crate::study::schedule::BadMemory;

/// Standard deviation of the logarithm of each true parameter around the default.
const PARAMETER_SPREAD: f32 = 0.2;
/// Standard deviation of the logarithm of how long a card keeps, against others with its history.
const CARD_SPREAD: f32 = 0.3;

/// What is true of a card, whatever the scheduler believes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Truth {
    memory: Option<Memory>,
    last_day: Option<i64>,
    last_grade: Option<Grade>,
    keeps: f32,
}

/// A learner.
pub(super) struct Learner {
    parameters: Vec<f32>,
    model: FSRS,
    habits: SimulatorConfig,
    seed: u64,
}

impl Learner {
    /// The learner of this seed.
    pub(super) fn new(seed: u64) -> Result<Self, BadMemory> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let drawn = fsrs::DEFAULT_PARAMETERS.iter();
        let parameters: Vec<f32> =
            drawn.map(|value| value * (PARAMETER_SPREAD * normal(&mut rng)).exp()).collect();
        let model = FSRS::new(&parameters).map_err(|_| BadMemory)?;
        Ok(Self { parameters, model, habits: SimulatorConfig::default(), seed })
    }

    /// A card that this learner has never seen.
    pub(super) fn card(&self, card: usize) -> Truth {
        let keeps = (CARD_SPREAD * normal(&mut self.chance(card, u32::MAX))).exp();
        Truth { memory: None, last_day: None, last_grade: None, keeps }
    }

    /// True chance of recall of a card on a day; 0 when it was never seen.
    pub(super) fn recall(&self, truth: &Truth, day: i64) -> f32 {
        let Some(memory) = truth.memory else { return 0.0 };
        let elapsed = days_between(truth.last_day, day) as f32;
        let kept = Memory { stability: memory.stability * truth.keeps, ..memory };
        retrievability(kept, elapsed, &self.parameters)
    }

    /// How the learner grades a card, and the seconds it takes. How often each grade is given,
    /// and how long it takes, are the figures of the crate's own simulator, which are taken from
    /// the logs of many learners. The chance depends on the card and the number of its showings
    /// alone, so that schedules are compared on equal luck.
    pub(super) fn answer(
        &self,
        card: usize,
        state: &CardState,
        truth: &mut Truth,
        day: i64,
    ) -> Result<(Grade, f32), BadMemory> {
        let mut chance = self.chance(card, state.reviews);
        let habits = &self.habits;
        let within_a_day = truth.last_day == Some(day);
        let (shares, costs) = match state.phase {
            Phase::New => (habits.first_rating_prob, habits.state_rating_costs[0]),
            Phase::Learning if within_a_day => {
                let row = habits.learning_step_transitions[row(truth.last_grade)];
                (row, habits.state_rating_costs[0])
            }
            Phase::Relearning if within_a_day => {
                let row = habits.relearning_step_transitions[row(truth.last_grade)];
                (row, habits.state_rating_costs[2])
            }
            _ => {
                let recall = self.recall(truth, day);
                let [hard, good, easy] = habits.review_rating_prob.map(|share| share * recall);
                ([1.0 - recall, hard, good, easy], habits.state_rating_costs[1])
            }
        };
        let grade = pick(shares, chance.random());
        let elapsed = days_between(truth.last_day, day);
        truth.memory = Some(step(truth.memory, elapsed, grade, &self.model)?);
        truth.last_day = Some(day);
        truth.last_grade = Some(grade);
        Ok((grade, costs[grade as usize]))
    }

    fn chance(&self, card: usize, showing: u32) -> ChaCha8Rng {
        let place = (card as u64).rotate_left(32) ^ u64::from(showing);
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(place);
        rng
    }
}

/// Row of a table of transitions: Again, Hard, then Good and Easy.
fn row(last: Option<Grade>) -> usize {
    last.map_or(0, |grade| (grade as usize).min(2))
}

fn pick(shares: [f32; 4], unit: f32) -> Grade {
    let mut rest = unit * shares.iter().sum::<f32>();
    for (grade, share) in Grade::ALL.into_iter().zip(shares) {
        rest -= share;
        if rest < 0.0 {
            return grade;
        }
    }
    Grade::Easy
}

/// Standard normal, by Box and Muller.
fn normal(rng: &mut ChaCha8Rng) -> f32 {
    let (a, b): (f32, f32) = (rng.random(), rng.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f32::consts::TAU * b).cos()
}
