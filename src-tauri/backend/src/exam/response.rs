//! The chance that somebody answers an item right.
//!
//! A three-parameter logistic model (Birnbaum 1968) with unit slope: floor + (1 − floor) ·
//! logistic(ability − difficulty). Ability and difficulty share one scale, in logits, on which an
//! item of the author's middle level has its prior mean at 0.

use std::sync::LazyLock;

use statrs::distribution::{Continuous, Normal};
use statrs::function::logistic::logistic;

use crate::deck::{Difficulty, Places, ResponseKind};

/// Standard deviation of the difficulty of items that authors give one level, in logits.
pub const DIFFICULTY_SD: f64 = 0.7;

/// Chance to guess an item with several keys: all of them have to be found.
const MULTIPLE_FLOOR: f64 = 0.05;

/// Points over which the difficulty of an item is integrated, within four standard deviations.
const NODES: u32 = 49;

/// Mean difficulty of the items that authors give this level, in logits.
pub fn difficulty(level: Difficulty) -> f64 {
    match level {
        Difficulty::Easy => -1.0,
        Difficulty::Medium => 0.0,
        Difficulty::Hard => 1.0,
    }
}

/// Chance to guess an item with this many options, in (0, 1]. Of an order or a match, which fill
/// `places`, every arrangement is as likely as any other.
pub fn floor(kind: ResponseKind, options: usize, places: Option<Places>) -> f64 {
    match (kind, places) {
        (_, Some(places)) => 1.0 / places.arrangements(options),
        (ResponseKind::Multiple, None) => MULTIPLE_FLOOR,
        (_, None) => 1.0 / options.max(1) as f64,
    }
}

/// Chance of a right answer when the difficulty is known, in [floor, 1]; rises with ability.
pub fn chance(ability: f64, difficulty: f64, floor: f64) -> f64 {
    floor + (1.0 - floor) * logistic(ability - difficulty)
}

/// Chance to *know* the answer of an item of which only the author's level is given: the
/// logistic curve with the difficulty integrated out over its prior, N(level, 0.7²). Add the
/// floor as [`with_floor`] does.
pub fn knows(ability: f64, level: Difficulty) -> f64 {
    let offset = ability - difficulty(level);
    SPREAD.iter().map(|(place, weight)| weight * logistic(offset - place)).sum()
}

/// The spread of difficulty around its level: places in logits with weights that sum to 1.
static SPREAD: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let Ok(normal) = Normal::new(0.0, DIFFICULTY_SD) else { return vec![(0.0, 1.0)] };
    let place = |node: u32| (f64::from(node) / f64::from(NODES - 1) * 8.0 - 4.0) * DIFFICULTY_SD;
    let sum: f64 = (0..NODES).map(|node| normal.pdf(place(node))).sum();
    (0..NODES).map(|node| (place(node), normal.pdf(place(node)) / sum)).collect()
});

/// Chance of a right answer of somebody who knows it with the chance given and guesses
/// otherwise.
pub fn with_floor(knows: f64, floor: f64) -> f64 {
    floor + (1.0 - floor) * knows
}

/// The point of [−10, 10] where a rising function reaches `target`; the nearer end when it does
/// not reach it there.
pub(crate) fn solve_rising(target: f64, function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-10.0_f64, 10.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if function(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrating_the_difficulty_out_flattens_the_curve_and_keeps_its_middle() {
        for level in Difficulty::ALL {
            assert!((knows(difficulty(level), level) - 0.5).abs() < 1e-12);
        }
        let sharp = logistic(2.0);
        let flat = knows(2.0, Difficulty::Medium);
        assert!(flat < sharp && flat > 0.8, "{flat} {sharp}");
    }

    #[test]
    fn the_integral_agrees_with_a_finer_one() {
        // Reference: 200 001 points within nine standard deviations.
        let normal = Normal::new(0.0, DIFFICULTY_SD).unwrap();
        for ability in [-3.0, -1.2, 0.4, 2.5] {
            let (mut sum, mut weight) = (0.0, 0.0);
            for step in 0..=200_000 {
                let place = (f64::from(step) / 100_000.0 - 1.0) * 9.0 * DIFFICULTY_SD;
                sum += normal.pdf(place) * logistic(ability - place);
                weight += normal.pdf(place);
            }
            assert!((knows(ability, Difficulty::Medium) - sum / weight).abs() < 1e-5);
        }
    }

    #[test]
    fn nobody_is_below_the_floor() {
        let places = Places { count: 3, reuse: false };
        assert!((floor(ResponseKind::Ordering, 3, Some(places)) - 1.0 / 6.0).abs() < 1e-12);
        let floor = floor(ResponseKind::Single, 4, None);
        assert!((floor - 0.25).abs() < 1e-12);
        assert!((chance(-40.0, 0.0, floor) - floor).abs() < 1e-9);
        assert!((with_floor(1.0, floor) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_rising_function_is_solved() {
        assert!((solve_rising(0.72, |x| chance(x, 0.3, 0.25)) - 0.817_7).abs() < 1e-3);
        assert!(solve_rising(2.0, |x| chance(x, 0.0, 0.25)) > 9.99);
    }
}
