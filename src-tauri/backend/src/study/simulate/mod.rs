//! Whether knowing the date of the exam helps: simulated learners study the same cards in the
//! same minutes with and without it. They remember as FSRS describes, each with parameters of
//! their own that the scheduler does not know; it goes by the defaults.

mod course;
mod learner;
#[cfg(test)]
mod tests;

use serde::Serialize;

use course::{Arrival, Course};
use learner::Learner;

use super::schedule::BadMemory;

/// What is simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Days to the exam, from 1.
    pub days: u32,
    /// Minutes of study a day, from 1.
    pub minutes: u32,
    /// Cards, none seen before, spread evenly over the tasks; at least as many as tasks.
    pub cards: u32,
    /// Learners, from 1.
    pub learners: u32,
    /// Decides everything that is drawn.
    pub seed: u64,
    /// Each task's share of the exam; they sum to 1.
    pub tasks: Vec<f64>,
}

/// A kind of schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Arm {
    /// FSRS with 20 new cards a day.
    Plain,
    /// FSRS, with new cards introduced at the pace that brings all of them in a week before the
    /// exam: what a careful learner would set by hand.
    Paced,
    /// The schedule that knows the date.
    Exam,
}

impl Arm {
    /// All, the simplest first.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Paced, Self::Exam];
}

/// A mean over learners with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error; 0 with one learner.
    pub se: f64,
}

impl Mean {
    fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let se = if values.len() < 2 { 0.0 } else { (squares / (n - 1.0) / n).sqrt() };
        Self { mean, se }
    }
}

/// What a kind of schedule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ArmResult {
    /// Which.
    pub schedule: Arm,
    /// Expected recall on the day of the exam, weighted by the tasks' shares, in [0, 1]; a card
    /// that was never seen counts as 0.
    pub recall: Mean,
    /// Cards introduced, on average.
    pub introduced: f64,
    /// Minutes spent a day, on average.
    pub minutes: f64,
}

/// What all of them come to, and what the date gains for the same learner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulated {
    /// In the order of [`Arm::ALL`].
    pub schedules: Vec<ArmResult>,
    /// Recall with the date, less that of plain FSRS.
    pub gain_over_plain: Mean,
    /// Recall with the date, less that of paced FSRS.
    pub gain_over_paced: Mean,
}

/// Simulates every learner under every kind of schedule.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a memory.
pub fn simulate(setup: &Setup) -> Result<Simulated, BadMemory> {
    let mut arrivals: [Vec<Arrival>; 3] = Default::default();
    for number in 0..setup.learners {
        // Learners of one run are those of another with more of them.
        let learner = Learner::new(setup.seed ^ (u64::from(number) << 32))?;
        for (arm, arrivals) in Arm::ALL.into_iter().zip(&mut arrivals) {
            arrivals.push(Course::new(setup, arm, &learner)?.run()?);
        }
    }
    let recalls = arrivals.each_ref().map(|arm| arm.iter().map(|a| a.recall).collect::<Vec<_>>());
    let gain = |over: &[f64]| {
        let gains: Vec<f64> =
            recalls[2].iter().zip(over).map(|(exam, other)| exam - other).collect();
        Mean::of(&gains)
    };
    let mean = |arrivals: &[Arrival], of: fn(&Arrival) -> f64| {
        arrivals.iter().map(of).sum::<f64>() / arrivals.len() as f64
    };
    let schedules = Arm::ALL.into_iter().zip(&arrivals).zip(&recalls);
    let schedules = schedules.map(|((schedule, arrivals), recalls)| ArmResult {
        schedule,
        recall: Mean::of(recalls),
        introduced: mean(arrivals, |arrival| arrival.introduced),
        minutes: mean(arrivals, |arrival| arrival.minutes),
    });
    Ok(Simulated {
        schedules: schedules.collect(),
        gain_over_plain: gain(&recalls[0]),
        gain_over_paced: gain(&recalls[1]),
    })
}
