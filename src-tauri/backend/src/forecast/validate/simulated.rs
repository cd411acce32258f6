//! The forecast against simulated learners.

use serde::Serialize;

use super::baseline::{Ceiling, last_mock, pooled};
use super::measures::Measures;
use super::population::{Learner, Population, Simulation};
use crate::blueprint::Blueprint;
use crate::forecast::filter::fit;
use crate::forecast::{Outlook, Paper};

/// How a validation is run.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Learners for each number of papers.
    pub learners: u32,
    /// Decides everything random.
    pub seed: u64,
    /// Numbers of papers before the exam.
    pub mocks: Vec<u32>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SimulatedReport {
    /// Whom it was tried on.
    pub population: Population,
    /// Learners for each number of papers.
    pub learners: u32,
    /// As given.
    pub seed: u64,
    /// One for each number of papers.
    pub rounds: Vec<Round>,
}

/// Forecasts after a number of papers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// The number.
    pub mocks: u32,
    /// Share of the learners who passed.
    pub passed: f64,
    /// The forecast.
    pub forecast: Measures,
    /// Pooled percentage with normal errors.
    pub pooled_percent: Measures,
    /// “Last mock at least 75 %”.
    pub last_mock: Measures,
    /// Logistic regression trained on other learners of this population.
    pub ceiling: Measures,
    /// What somebody would get who knows the true chances.
    pub truth: Measures,
    /// Share of learners whose true chance lay within the 50 % interval.
    pub cover_50: f64,
    /// The same for the 90 % interval.
    pub cover_90: f64,
}

/// Tries the forecast on a population.
pub fn run(blueprint: &Blueprint, population: Population, plan: &Plan) -> SimulatedReport {
    let rounds = plan.mocks.iter().map(|mocks| round(blueprint, population, plan, *mocks));
    SimulatedReport {
        population,
        learners: plan.learners,
        seed: plan.seed,
        rounds: rounds.collect(),
    }
}

fn round(blueprint: &Blueprint, population: Population, plan: &Plan, mocks: u32) -> Round {
    let draw = |seed: u64| -> Vec<Learner> {
        let mut simulation = Simulation::new(population, blueprint, seed);
        simulation.learners(plan.learners, mocks)
    };
    let learners = draw(plan.seed.wrapping_mul(2).wrapping_add(u64::from(mocks) << 32));
    let others =
        draw(plan.seed.wrapping_mul(2).wrapping_add(1).wrapping_add(u64::from(mocks) << 32));
    let paper = Paper::of(blueprint);
    let outlooks: Vec<Outlook> = learners
        .iter()
        .map(|learner| Outlook::new(&paper, &fit(&paper, &learner.sessions).on(learner.exam_day)))
        .collect();
    let measure = |chances: Vec<f64>| {
        let outcomes = learners.iter().map(|learner| learner.passed);
        Measures::of(&chances.into_iter().zip(outcomes).collect::<Vec<_>>())
    };
    let cover = |ends: fn(&Outlook) -> (f64, f64)| {
        let within = |(learner, outlook): &(&Learner, &Outlook)| {
            let (low, high) = ends(outlook);
            low <= learner.chance && learner.chance <= high
        };
        learners.iter().zip(&outlooks).filter(within).count() as f64 / learners.len().max(1) as f64
    };
    Round {
        mocks,
        passed: learners.iter().filter(|l| l.passed).count() as f64 / learners.len().max(1) as f64,
        forecast: measure(outlooks.iter().map(|outlook| outlook.pass.p).collect()),
        pooled_percent: measure(learners.iter().map(|l| pooled(blueprint, l)).collect()),
        last_mock: measure(learners.iter().map(last_mock).collect()),
        ceiling: measure(Ceiling::fit(&others).chances(&learners)),
        truth: measure(learners.iter().map(|learner| learner.chance).collect()),
        cover_50: cover(|outlook| outlook.pass.narrow),
        cover_90: cover(|outlook| outlook.pass.wide),
    }
}
