//! Simpler ways to forecast, for comparison.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ContinuousCDF, Normal};

use super::population::Learner;
use crate::blueprint::Blueprint;
use crate::logistic::Model;

/// Observations by which the logistic regression is held.
const RIDGE: f64 = 1.0;
/// Share of a paper from which “last mock” forecasts a pass, as advice has it.
const ADVICE: f64 = 0.75;

/// Chance that a share of `items` fresh items reaches `cut` when `right` of `seen` were right:
/// the pooled percentage is taken for the chance of every item, with normal errors for both.
pub fn pooled_percent(right: usize, seen: usize, items: usize, cut: f64) -> f64 {
    let share = (right as f64 + 0.5) / (seen as f64 + 1.0);
    let sampling = 1.0 / (seen.max(1) as f64) + 1.0 / (items.max(1) as f64);
    let sd = (share * (1.0 - share) * sampling).sqrt();
    1.0 - Normal::standard().cdf((cut - share) / sd)
}

/// All papers pooled.
pub fn pooled(blueprint: &Blueprint, learner: &Learner) -> f64 {
    let answers = || learner.sessions.iter().flat_map(|session| &session.answers);
    let right = answers().filter(|answer| answer.right).count();
    let cut = blueprint.scale.required_share;
    pooled_percent(right, answers().count(), blueprint.scored_items as usize, cut)
}

/// Sure of a pass when the last paper reached 75 %, sure of none otherwise.
pub fn last_mock(learner: &Learner) -> f64 {
    let reached = shares(learner).last().is_some_and(|share| *share >= ADVICE);
    f64::from(u8::from(reached))
}

/// Logistic regression on the shares right of each paper, fitted to learners of the very
/// population it then forecasts: what can be had from scores when the population is known.
pub struct Ceiling {
    model: Model,
    means: Vec<f64>,
}

impl Ceiling {
    /// Fits learners with as many papers each.
    pub fn fit(learners: &[Learner]) -> Self {
        let rows: Vec<Vec<f64>> = learners.iter().map(shares).collect();
        let papers = rows.first().map_or(0, Vec::len);
        let mean =
            |paper: usize| rows.iter().map(|row| row[paper]).sum::<f64>() / rows.len() as f64;
        let means: Vec<f64> = (0..papers).map(mean).collect();
        let outcomes = learners.iter().map(|learner| f64::from(u8::from(learner.passed)));
        let outcomes = DVector::from_iterator(learners.len(), outcomes);
        let model = Model::fit(&centred(&rows, &means), &outcomes, RIDGE);
        Self { model, means }
    }

    /// Chances of learners with as many papers.
    pub fn chances(&self, learners: &[Learner]) -> Vec<f64> {
        let rows: Vec<Vec<f64>> = learners.iter().map(shares).collect();
        self.model.chances(&centred(&rows, &self.means))
    }
}

fn centred(rows: &[Vec<f64>], means: &[f64]) -> DMatrix<f64> {
    DMatrix::from_fn(rows.len(), means.len(), |row, paper| rows[row][paper] - means[paper])
}

/// Share right of each paper.
fn shares(learner: &Learner) -> Vec<f64> {
    let share = |session: &super::super::Session| {
        let right = session.answers.iter().filter(|answer| answer.right).count();
        right as f64 / session.answers.len().max(1) as f64
    };
    learner.sessions.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pooled_percentage_is_even_at_the_cut_and_surer_with_more_answers() {
        assert!((pooled_percent(35, 70, 50, 0.5) - 0.5).abs() < 1e-9);
        assert!(pooled_percent(600, 800, 50, 0.7) > pooled_percent(15, 20, 50, 0.7));
    }
}
