//! The chance to know an item of which only the author's level is given.
//!
//! Difficulty around the level, whether the level is right at all, and the slope are integrated
//! out. That is exact for items that are answered once, because nothing else depends on them.

use std::sync::LazyLock;

use statrs::distribution::{Continuous, Normal};
use statrs::function::logistic::logistic;

use super::prior::{LEVEL_MIX, LEVEL_TRUST, SLOPE_SD};
use crate::deck::Difficulty;
use crate::exam::response::{DIFFICULTY_SD, difficulty};

/// Largest ability in the tables, in logits; beyond it the curves are as good as flat.
const REACH: f64 = 9.0;
/// Steps of the tables in a logit.
const PER_LOGIT: usize = 16;
/// Points of the tables.
const POINTS: usize = 2 * 9 * PER_LOGIT + 1;
/// Points over which a normal is integrated, within three and a half standard deviations.
const NODES: u32 = 15;

/// Height and slope of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Chance to know, in [0, 1].
    pub height: f64,
    /// Its derivative by ability.
    pub slope: f64,
}

/// The curve of a level at an ability.
pub fn knows(ability: f64, level: Difficulty) -> Point {
    read(&TABLES[level as usize], ability)
}

/// The curve of an exam's item of which not even the level is given.
pub fn knows_any(ability: f64) -> Point {
    read(&TABLES[3], ability)
}

static TABLES: LazyLock<[Vec<Point>; 4]> = LazyLock::new(|| {
    let pure = Difficulty::ALL.map(table);
    let wrong = (1.0 - LEVEL_TRUST) / 2.0;
    let trusted = |level: usize| {
        let share = |of: usize| if of == level { LEVEL_TRUST } else { wrong };
        mixed(&pure, [share(0), share(1), share(2)])
    };
    let levels = [trusted(0), trusted(1), trusted(2)];
    let any = mixed(&levels, LEVEL_MIX);
    let [easy, medium, hard] = levels;
    [easy, medium, hard, any]
});

fn ability(point: usize) -> f64 {
    point as f64 / PER_LOGIT as f64 - REACH
}

/// The curve of a level that is surely right.
fn table(level: Difficulty) -> Vec<Point> {
    let spread = nodes(DIFFICULTY_SD);
    let slopes: Vec<(f64, f64)> =
        nodes(SLOPE_SD).into_iter().map(|(log, weight)| (log.exp(), weight)).collect();
    let at = |ability: f64| {
        let mut sum = Point { height: 0.0, slope: 0.0 };
        for (place, weight) in &spread {
            for (slope, part) in &slopes {
                let height = logistic(slope * (ability - difficulty(level) - place));
                sum.height += weight * part * height;
                sum.slope += weight * part * slope * height * (1.0 - height);
            }
        }
        sum
    };
    (0..POINTS).map(|point| at(ability(point))).collect()
}

/// A normal around 0 as places with weights that sum to 1.
fn nodes(sd: f64) -> Vec<(f64, f64)> {
    let Ok(normal) = Normal::new(0.0, sd) else { return vec![(0.0, 1.0)] };
    let place = |node: u32| (f64::from(node) / f64::from(NODES - 1) * 7.0 - 3.5) * sd;
    let sum: f64 = (0..NODES).map(|node| normal.pdf(place(node))).sum();
    (0..NODES).map(|node| (place(node), normal.pdf(place(node)) / sum)).collect()
}

fn mixed(tables: &[Vec<Point>; 3], shares: [f64; 3]) -> Vec<Point> {
    let sum = |point: usize, of: fn(&Point) -> f64| {
        tables.iter().zip(shares).map(|(table, share)| share * of(&table[point])).sum()
    };
    (0..POINTS)
        .map(|point| Point { height: sum(point, |p| p.height), slope: sum(point, |p| p.slope) })
        .collect()
}

/// Linear between the points of a table.
fn read(table: &[Point], ability: f64) -> Point {
    let place = (ability.clamp(-REACH, REACH) + REACH) * PER_LOGIT as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ place")]
    let below = (place as usize).min(POINTS - 2);
    let part = place - below as f64;
    let (low, high) = (table[below], table[below + 1]);
    Point {
        height: low.height + part * (high.height - low.height),
        slope: low.slope + part * (high.slope - low.slope),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_rise_and_harder_levels_lie_lower() {
        let mut before = [0.0; 3];
        for step in -80..=80 {
            let heights = Difficulty::ALL.map(|l| knows(f64::from(step) / 10.0, l).height);
            assert!(heights[0] > heights[1] && heights[1] > heights[2], "{heights:?}");
            assert!(heights.iter().zip(before).all(|(now, then)| *now > then));
            before = heights;
        }
    }

    #[test]
    fn the_slope_is_the_derivative() {
        for step in -30..=30 {
            let ability = f64::from(step) / 10.0;
            let (low, high) = (knows_any(ability - 0.2), knows_any(ability + 0.2));
            let numeric = (high.height - low.height) / 0.4;
            assert!((knows_any(ability).slope - numeric).abs() < 2e-3, "at {ability}");
        }
    }

    #[test]
    fn levels_are_not_trusted_blindly() {
        let gap =
            |of: fn(f64, Difficulty) -> f64| of(0.0, Difficulty::Easy) - of(0.0, Difficulty::Hard);
        let trusted = gap(crate::exam::response::knows);
        let used = gap(|ability, level| knows(ability, level).height);
        assert!(used < 0.8 * trusted, "{used} {trusted}");
    }
}
