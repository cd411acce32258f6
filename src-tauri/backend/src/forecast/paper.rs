//! The exam as a lottery: which score an ability gives.

use crate::blueprint::{Blueprint, QuestionType, Scale};
use crate::deck::ResponseKind;
use crate::exam::PaperSize;
use crate::exam::ability::number_right;
use crate::exam::quota::domain_shares;
use crate::exam::response::{floor, solve_rising, with_floor};
use crate::exam::scale::{required_shares, scaled_at};

use super::curve::{Point, knows_any};
use super::prior::SINGLE_OPTIONS;

/// What the exam sets, as far as it is known beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    scale: Scale,
    /// Scored items of each domain.
    scored: Vec<u32>,
    /// Mean chance to guess an item.
    floor: f64,
    /// Chance that the required share is reached, by the number right.
    passes: Vec<f64>,
    /// Required shares, equally likely.
    required: Vec<f64>,
    cut: f64,
}

impl Paper {
    /// The paper of an exam.
    pub fn of(blueprint: &Blueprint) -> Self {
        let shares = domain_shares(blueprint, PaperSize::full(blueprint), 0);
        let several = blueprint.question_types.contains(&QuestionType::MultipleResponse);
        let multiple = if several { blueprint.multiple_response_share } else { 0.0 };
        let floor = multiple * floor(ResponseKind::Multiple, SINGLE_OPTIONS + 1, None)
            + (1.0 - multiple) * floor(ResponseKind::Single, SINGLE_OPTIONS, None);
        Self::new(&blueprint.scale, shares.into_iter().map(|(_, scored)| scored).collect(), floor)
    }

    /// A paper of so many scored items in each domain, to be guessed with the chance given.
    pub fn new(scale: &Scale, scored: Vec<u32>, floor: f64) -> Self {
        let items: u32 = scored.iter().sum();
        let required = required_shares(scale);
        let passes = (0..=items)
            .map(|right| f64::from(right) / f64::from(items.max(1)))
            .map(|share| required.iter().filter(|required| share >= **required).count())
            .map(|count| count as f64 / required.len() as f64)
            .collect();
        let cut = solve_rising(scale.required_share, |x| with_floor(knows_any(x).height, floor));
        Self { scale: scale.clone(), scored, floor, passes, required, cut }
    }

    /// The ability, the same in every domain, of which the required share is expected.
    pub fn cut(&self) -> f64 {
        self.cut
    }

    /// Number of domains.
    pub fn domains(&self) -> usize {
        self.scored.len()
    }

    /// Scored items of each domain.
    pub fn scored(&self) -> &[u32] {
        &self.scored
    }

    /// The reporting scale.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Chance of a right answer to an item of the exam, with its derivative.
    pub fn chance(&self, ability: f64) -> Point {
        let knows = knows_any(ability);
        Point {
            height: with_floor(knows.height, self.floor),
            slope: (1.0 - self.floor) * knows.slope,
        }
    }

    /// How likely each number right is with these abilities, one for each domain. An item is a
    /// fresh draw, so its chance is the mean over items; the sum is Poisson-binomial.
    pub fn numbers_right(&self, abilities: &[f64]) -> Vec<f64> {
        let chances = abilities.iter().map(|ability| self.chance(*ability).height);
        number_right(
            chances
                .zip(&self.scored)
                .flat_map(|(chance, count)| std::iter::repeat_n(chance, *count as usize)),
        )
    }

    /// Chance of passing by how likely each number right is.
    pub fn passing(&self, numbers: &[f64]) -> f64 {
        numbers.iter().zip(&self.passes).map(|(mass, passes)| mass * passes).sum()
    }

    /// So many equally likely scaled scores, lowest first, by how likely each number right is.
    pub fn scores(&self, numbers: &[f64], count: u32) -> Vec<f64> {
        let items = numbers.len().saturating_sub(1).max(1) as f64;
        let part = 1.0 / self.required.len() as f64;
        let mut points: Vec<(f64, f64)> = numbers
            .iter()
            .enumerate()
            .flat_map(|(right, mass)| {
                let share = right as f64 / items;
                self.required.iter().map(move |c| (scaled_at(&self.scale, *c, share), mass * part))
            })
            .collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut left = points.iter();
        let (mut sum, mut score) = (0.0, f64::from(self.scale.min));
        (0..count)
            .map(|index| {
                let mass = (f64::from(index) + 0.5) / f64::from(count);
                while sum < mass {
                    let Some((next, weight)) = left.next() else { break };
                    (sum, score) = (sum + weight, *next);
                }
                score
            })
            .collect()
    }

    /// Expected scaled score of a paper of one domain alone.
    pub fn scaled(&self, ability: f64) -> f64 {
        scaled_at(&self.scale, self.scale.required_share, self.chance(ability).height)
    }
}
