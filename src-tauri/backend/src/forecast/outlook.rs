//! What is believed, in the terms of the exam: chances, scores, domains.

use std::sync::LazyLock;

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ContinuousCDF, Normal};

use super::belief::Belief;
use super::paper::Paper;

/// Abilities that stand for a belief where one chance is wanted.
pub const FINE: usize = 256;
/// Abilities that stand for a belief on each day of a curve.
pub const COARSE: usize = 96;
/// Equally likely scores that are shown.
pub const SCORES: u32 = 20;

/// A chance with central intervals, all in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// The chance: everything uncertain integrated out.
    pub p: f64,
    /// Ends of the 90 % interval.
    pub wide: (f64, f64),
    /// Ends of the 50 % interval.
    pub narrow: (f64, f64),
}

/// A domain on the score scale, in scaled points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomainOutlook {
    /// Expected score.
    pub score: f64,
    /// Ends of the 90 % interval.
    pub wide: (f64, f64),
    /// Ends of the 50 % interval.
    pub narrow: (f64, f64),
}

/// The exam on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Chance of passing. Its intervals are those of the chance that the learner's ability on the
    /// day gives: they hold what is not known of the ability and its course, not the luck of the
    /// paper, which no evidence takes away.
    pub pass: Bands,
    /// Equally likely scores, lowest first.
    pub scores: Vec<f64>,
    /// In the order of the blueprint.
    pub domains: Vec<DomainOutlook>,
}

impl Outlook {
    /// The exam as this belief has it.
    pub fn new(paper: &Paper, belief: &Belief) -> Self {
        let mut numbers = vec![0.0; paper.scored().iter().sum::<u32>() as usize + 1];
        let mut chances = Vec::with_capacity(FINE);
        for abilities in draws(belief, FINE) {
            let given = paper.numbers_right(&abilities);
            chances.push(paper.passing(&given));
            for (sum, mass) in numbers.iter_mut().zip(given) {
                *sum += mass / FINE as f64;
            }
        }
        Self {
            pass: bands(chances),
            scores: paper.scores(&numbers, SCORES),
            domains: domains(paper, belief),
        }
    }
}

/// The chance of passing as this belief has it, from fewer abilities.
pub fn pass(paper: &Paper, belief: &Belief) -> Bands {
    let chance = |abilities: Vec<f64>| paper.passing(&paper.numbers_right(&abilities));
    bands(draws(belief, COARSE).map(chance).collect())
}

/// Mean and central intervals of equally likely chances.
pub(super) fn bands(mut chances: Vec<f64>) -> Bands {
    chances.sort_by(f64::total_cmp);
    let p = chances.iter().sum::<f64>() / chances.len().max(1) as f64;
    let at = |mass: f64| quantile(&chances, mass);
    Bands { p, wide: (at(0.05), at(0.95)), narrow: (at(0.25), at(0.75)) }
}

/// Linear between sorted values.
pub(super) fn quantile(sorted: &[f64], mass: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = (mass * sorted.len() as f64 - 0.5).clamp(0.0, last as f64);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ place")]
    let below = place as usize;
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

fn domains(paper: &Paper, belief: &Belief) -> Vec<DomainOutlook> {
    let (mean, covariance) = belief.abilities();
    (0..mean.len())
        .map(|domain| {
            let sd = covariance[(domain, domain)].max(0.0).sqrt();
            let mut scores: Vec<f64> = (0..FINE)
                .map(|node| (node as f64 + 0.5) / FINE as f64)
                .map(|mass| paper.scaled(mean[domain] + sd * standard(mass)))
                .collect();
            let score = scores.iter().sum::<f64>() / FINE as f64;
            scores.sort_by(f64::total_cmp);
            let at = |mass| quantile(&scores, mass);
            DomainOutlook { score, wide: (at(0.05), at(0.95)), narrow: (at(0.25), at(0.75)) }
        })
        .collect()
}

/// Abilities in the domains that stand for a belief: equally likely points, evenly spread. The
/// same belief gives the same points, and a belief that is moved moves its points with it.
pub(super) fn draws(belief: &Belief, count: usize) -> impl Iterator<Item = Vec<f64>> {
    let (mean, covariance) = belief.abilities();
    let root = root(&covariance);
    let steps = steps(mean.len());
    (0..count).map(move |index| {
        let point = steps.iter().map(|step| turn(index, *step));
        let point = DVector::from_iterator(steps.len(), point);
        (&mean + &root * point).iter().copied().collect()
    })
}

/// The symmetric square root: it treats all domains alike, whatever their order.
fn root(covariance: &DMatrix<f64>) -> DMatrix<f64> {
    let eigen = covariance.clone().symmetric_eigen();
    let scale = DMatrix::from_diagonal(&eigen.eigenvalues.map(|value| value.max(0.0).sqrt()));
    &eigen.eigenvectors * scale * eigen.eigenvectors.transpose()
}

/// Steps of an additive recurrence that fills so many dimensions evenly: powers of the
/// generalised golden ratio (Roberts 2018), the root of x^(d+1) = x + 1 above 1.
fn steps(dimensions: usize) -> Vec<f64> {
    let power = 1.0 / (dimensions + 1) as f64;
    let ratio = (0..40).fold(1.5_f64, |x, _| (1.0 + x).powf(power));
    std::iter::successors(Some(1.0 / ratio), |step| Some(step / ratio)).take(dimensions).collect()
}

/// The standard normal at a place of such a recurrence.
fn turn(index: usize, step: f64) -> f64 {
    standard((0.5 + step * (index + 1) as f64).fract())
}

/// So many standard normals, evenly spread: an additive recurrence with this step.
pub(super) fn spread(count: usize, step: f64) -> impl Iterator<Item = f64> {
    (0..count).map(move |index| turn(index, step))
}

static STANDARD: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let normal = Normal::standard();
    (0..=4096).map(|step| normal.inverse_cdf((f64::from(step) + 0.5) / 4097.0)).collect()
});

/// The standard normal's quantile, from a table.
fn standard(mass: f64) -> f64 {
    quantile(&STANDARD, mass)
}
