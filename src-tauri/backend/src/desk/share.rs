//! Shares that were counted.

use super::views::CountedShare;

/// Standard normal quantile of 97.5 %.
const Z: f64 = 1.959_963_984_540_054;

impl CountedShare {
    /// So many of so many, with the Wilson score interval (95 %); none of none.
    /// Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212.
    pub(super) fn of(hits: u32, of: u32) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let n = f64::from(of);
        let p = f64::from(hits.min(of)) / n;
        let centre = p + Z * Z / (2.0 * n);
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        Some(Self {
            hits: hits.min(of),
            of,
            low: ((centre - reach) / scale).clamp(0.0, p),
            high: ((centre + reach) / scale).clamp(p, 1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_interval_is_that_of_wilson() {
        // Worked by hand for 81 of 263: 0.2553 to 0.3662.
        let share = CountedShare::of(81, 263).unwrap();
        assert!((share.low - 0.2553).abs() < 1e-4 && (share.high - 0.3662).abs() < 1e-4);
        assert_eq!(CountedShare::of(0, 0), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share(of in 1u32..100_000, part in 0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
            let hits = (f64::from(of) * part) as u32;
            let share = CountedShare::of(hits, of).unwrap();
            let p = f64::from(hits) / f64::from(of);
            prop_assert!(0.0 <= share.low && share.low <= p && p <= share.high && share.high <= 1.0);
        }
    }
}
