//! What a paper says about ability.
//!
//! Abilities are points of a grid around the cut of the paper, the ability at which the required
//! share of it is expected. The prior is N(cut, 1.5²): it says beforehand neither pass nor fail,
//! and is so wide that a full paper outweighs it. The difficulty of each item is integrated out
//! over what the author's level says ([`knows`]), which is exact because every item is answered
//! once.

use statrs::distribution::{Continuous, Normal};

use super::FormItem;
use super::response::{knows, solve_rising, with_floor};
use crate::deck::Difficulty;

/// Standard deviation of ability before the paper, in logits.
pub const PRIOR_SD: f64 = 1.5;

const POINTS: u32 = 161;
/// Half the width of the grid: four prior standard deviations.
const REACH: f64 = 6.0;

/// Abilities, lowest first, evenly spaced, with the curves of the three levels.
#[derive(Debug, Clone)]
pub struct Grid {
    abilities: Vec<f64>,
    knows: [Vec<f64>; 3],
    prior: Vec<f64>,
}

impl Grid {
    /// The grid for a paper with these scored items and this required share.
    pub fn around_cut(scored: &[&FormItem], required_share: f64) -> Self {
        let cut = solve_rising(required_share * scored.len() as f64, |ability| {
            let knows = Difficulty::ALL.map(|level| knows(ability, level));
            scored.iter().map(|item| chance_of(item, knows)).sum()
        });
        Self::around(if scored.is_empty() { 0.0 } else { cut })
    }

    /// The grid around an ability, in logits.
    pub fn around(centre: f64) -> Self {
        let place = |point: u32| (f64::from(point) / f64::from(POINTS - 1) * 2.0 - 1.0) * REACH;
        let abilities: Vec<f64> = (0..POINTS).map(|point| centre + place(point)).collect();
        let curve = |level| abilities.iter().map(|&ability| knows(ability, level)).collect();
        let knows = Difficulty::ALL.map(curve);
        let prior = normalised((0..POINTS).map(|point| density(place(point), PRIOR_SD)).collect());
        Self { abilities, knows, prior }
    }

    /// The abilities, lowest first, in logits.
    pub fn abilities(&self) -> &[f64] {
        &self.abilities
    }

    /// How likely each ability is before the paper; sums to 1.
    pub fn prior(&self) -> &[f64] {
        &self.prior
    }

    /// Chance of a right answer to an item at each ability.
    pub fn chances(&self, item: &FormItem) -> Vec<f64> {
        let [easy, medium, hard] = &self.knows;
        let levels = easy.iter().zip(medium).zip(hard);
        levels.map(|((easy, medium), hard)| chance_of(item, [*easy, *medium, *hard])).collect()
    }

    /// The mean ability after these marks, in logits.
    pub fn mean_after(&self, items: &[FormItem], marks: &[bool]) -> f64 {
        let curves: Vec<Vec<f64>> = items.iter().map(|item| self.chances(item)).collect();
        let posterior = self.posterior(&self.likelihood(&curves, marks));
        self.abilities.iter().zip(posterior).map(|(ability, weight)| ability * weight).sum()
    }

    /// How likely the marks are at each ability; the largest is 1.
    pub(super) fn likelihood(&self, curves: &[Vec<f64>], marks: &[bool]) -> Vec<f64> {
        let mut log = vec![0.0_f64; self.abilities.len()];
        for (curve, &right) in curves.iter().zip(marks) {
            for (sum, chance) in log.iter_mut().zip(curve) {
                *sum += if right { chance.ln() } else { (1.0 - chance).ln() };
            }
        }
        let top = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        log.into_iter().map(|value| (value - top).exp()).collect()
    }

    /// How likely each ability is after the paper; sums to 1.
    pub(super) fn posterior(&self, likelihood: &[f64]) -> Vec<f64> {
        normalised(product(&self.prior, likelihood))
    }
}

/// Chance of a right answer to an item of somebody who knows each level, easiest first, with the
/// chances given.
fn chance_of(item: &FormItem, [easy, medium, hard]: [f64; 3]) -> f64 {
    let knows = match item.difficulty {
        Difficulty::Easy => easy,
        Difficulty::Medium => medium,
        Difficulty::Hard => hard,
    };
    with_floor(knows, item.floor())
}

fn density(distance: f64, sd: f64) -> f64 {
    Normal::new(0.0, sd).map_or(1.0, |normal| normal.pdf(distance))
}

fn product(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(a, b)| a * b).collect()
}

/// Scales to a sum of 1.
fn normalised(mut weights: Vec<f64>) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        for weight in &mut weights {
            *weight /= sum;
        }
    }
    weights
}

/// How likely each number of right answers is, from 0 to all, when each item is right with its
/// own chance: the Poisson-binomial distribution by exact convolution.
pub(crate) fn number_right(chances: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut masses = vec![1.0];
    for chance in chances {
        let mut carried = 0.0; // what comes over from one right answer fewer
        for mass in &mut masses {
            let here = *mass;
            *mass = here * (1.0 - chance) + carried;
            carried = here * chance;
        }
        masses.push(carried);
    }
    masses
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, Discrete};

    use super::*;
    use crate::exam::assemble::assemble;
    use crate::exam::{PaperSize, sample};

    #[test]
    fn with_equal_chances_the_number_right_is_binomial() {
        let masses = number_right(std::iter::repeat_n(0.3, 20));
        let binomial = Binomial::new(0.3, 20).unwrap();
        for (right, mass) in (0..).zip(&masses) {
            assert!((mass - binomial.pmf(right)).abs() < 1e-12);
        }
        assert!((number_right([0.2, 0.9].into_iter())[1] - 0.74).abs() < 1e-12);
        assert_eq!(number_right(std::iter::empty()), [1.0]);
    }

    #[test]
    fn the_prior_says_neither_pass_nor_fail() {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, 1);
        let form = assemble(&blueprint, &bank, PaperSize::full(&blueprint), 1).unwrap();
        let scored: Vec<&FormItem> = form.items.iter().filter(|item| item.scored).collect();
        let grid = Grid::around_cut(&scored, 0.72);
        let middle = grid.abilities().len() / 2;
        let expected: f64 = scored.iter().map(|item| grid.chances(item)[middle]).sum();
        assert!((expected - 36.0).abs() < 1e-6, "{expected}");
        let below: f64 = grid.prior()[..middle].iter().sum();
        assert!((below + grid.prior()[middle] / 2.0 - 0.5).abs() < 1e-9);
    }
}
