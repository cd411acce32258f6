//! Whether two things that were counted differ by more than chance.

use serde::Serialize;
use statrs::distribution::{Binomial, DiscreteCDF};

use super::report::Report;

/// Standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;
/// A difference is told from chance when chance gives one as large less often than this.
const LEVEL: f64 = 0.05;

/// How far the score of one paper lies above that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Difference {
    /// Scaled points; negative when it lies below.
    pub points: i32,
    /// Lower end of its 95 % interval.
    pub low: i32,
    /// Upper end.
    pub high: i32,
    /// Whether the interval leaves out zero: the luck of two papers alone seldom gives as much.
    pub clear: bool,
}

impl Difference {
    /// Of `now` against `before`, two papers on one scale. The errors of the two papers are
    /// independent, so that of the difference is the root of the sum of their squares (standard
    /// error of the difference; Harvill 1991, *Educational Measurement: Issues and Practice*
    /// 10). What the required share may really be moves both scores alike and is left out.
    pub fn of(now: &Report, before: &Report) -> Self {
        let points = i32::from(now.scaled) - i32::from(before.scaled);
        #[expect(clippy::cast_possible_truncation, reason = "scores are u16")]
        let reach = (Z * now.sem.hypot(before.sem)).round().clamp(0.0, 65_535.0) as i32;
        let (low, high) = (points - reach, points + reach);
        Self { points, low, high, clear: low > 0 || high < 0 }
    }
}

/// Whether so many gains against so many losses are more than chance would give were each as
/// likely: the exact two-sided sign test at 5 %.
pub fn leans(gained: u32, lost: u32) -> bool {
    let count = u64::from(gained) + u64::from(lost);
    Binomial::new(0.5, count).is_ok_and(|coin| 2.0 * coin.cdf(u64::from(gained.min(lost))) < LEVEL)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exam::sample;

    fn paper(scaled: u16, sem: f64) -> Report {
        let blueprint = sample::blueprint();
        let form = crate::exam::Form { blueprint: blueprint.code.clone(), seed: 0, items: vec![] };
        Report { scaled, sem, ..crate::exam::score::score(&blueprint, &form, &[], &[]) }
    }

    #[test]
    fn a_difference_is_clear_when_it_exceeds_the_error_of_both_papers() {
        // √(30² + 40²) = 50, times 1.96 is 98.
        let difference = Difference::of(&paper(800, 30.0), &paper(700, 40.0));
        assert_eq!(difference, Difference { points: 100, low: 2, high: 198, clear: true });
        let difference = Difference::of(&paper(700, 30.0), &paper(797, 40.0));
        assert_eq!(difference, Difference { points: -97, low: -195, high: 1, clear: false });
    }

    #[test]
    fn the_sign_test_agrees_with_its_table() {
        // Two-sided p of 5 to 0 is .0625, of 6 to 0 .03125, of 17 to 6 .0347, of 12 to 5 .1435.
        assert!(!leans(0, 0) && !leans(5, 0) && leans(6, 0) && leans(17, 6) && !leans(12, 5));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_other_way_round_everything_is_mirrored(
            one in 100_u16..1000, other in 100_u16..1000, sems in (0.0_f64..90.0, 0.0_f64..90.0),
            gained in 0_u32..200, lost in 0_u32..200,
        ) {
            let (now, before) = (paper(one, sems.0), paper(other, sems.1));
            let (there, back) = (Difference::of(&now, &before), Difference::of(&before, &now));
            prop_assert_eq!((there.points, there.low, there.clear), (-back.points, -back.high, back.clear));
            prop_assert_eq!(leans(gained, lost), leans(lost, gained));
        }
    }
}
