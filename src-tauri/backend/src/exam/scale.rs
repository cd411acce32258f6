//! From the share of scored items answered right to the reporting scale.
//!
//! Providers do not publish their map. Sitwell's has the three points that are known, nothing
//! right, the required share and everything right, and is straight between them.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::blueprint::Scale;

/// Equally likely values that stand for the prior of the required share.
const NODES: u32 = 41;

/// The scaled score, between the scale's ends, of `share` in [0, 1] when `required` in (0, 1)
/// reaches the pass mark: min + (pass − min) · p/c below it, pass + (max − pass) · (p − c)/(1 − c)
/// above.
pub fn scaled_at(scale: &Scale, required: f64, share: f64) -> f64 {
    let (min, max, pass) = (f64::from(scale.min), f64::from(scale.max), f64::from(scale.pass));
    let share = share.clamp(0.0, 1.0);
    let scaled = if share < required {
        min + (pass - min) * share / required
    } else if required < 1.0 {
        pass + (max - pass) * (share - required) / (1.0 - required)
    } else {
        max
    };
    scaled.clamp(min.min(max), max.max(min))
}

/// The scaled score of `correct` out of `items`, rounded, with the blueprint's required share. A
/// share below the required one never rounds up to the pass mark; of no items it is the minimum.
pub fn scaled(scale: &Scale, correct: u32, items: u32) -> u16 {
    if items == 0 {
        return scale.min;
    }
    let share = f64::from(correct) / f64::from(items);
    let rounded = round(scaled_at(scale, scale.required_share, share));
    if share < scale.required_share { rounded.min(scale.pass.saturating_sub(1)) } else { rounded }
}

/// Whether `correct` out of `items` reaches the required share.
pub fn passes(scale: &Scale, correct: u32, items: u32) -> bool {
    items > 0 && f64::from(correct) / f64::from(items) >= scale.required_share
}

/// Equally likely values of the required share: N(mean, sd²) of the blueprint by quantiles, kept
/// inside (0, 1).
pub(crate) fn required_shares(scale: &Scale) -> Vec<f64> {
    match Normal::new(scale.required_share, scale.required_share_sd) {
        Ok(prior) => (0..NODES)
            .map(|node| prior.inverse_cdf((f64::from(node) + 0.5) / f64::from(NODES)))
            .map(|share| share.clamp(0.01, 0.99))
            .collect(),
        Err(_) => vec![scale.required_share.clamp(0.01, 0.99)], // no spread: it is known
    }
}

/// To a whole score.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are u16")]
pub(crate) fn round(scaled: f64) -> u16 {
    scaled.round().clamp(0.0, f64::from(u16::MAX)) as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exam::sample;

    #[test]
    fn the_map_goes_through_its_three_known_points() {
        let scale = sample::blueprint().scale;
        assert_eq!(scaled(&scale, 0, 50), 100);
        assert_eq!(scaled(&scale, 36, 50), 750);
        assert_eq!(scaled(&scale, 50, 50), 1000);
        assert_eq!(scaled(&scale, 18, 50), 425); // half way to the required share
        assert_eq!(scaled(&scale, 43, 50), 875); // half way from it to everything
        assert_eq!(scaled(&scale, 0, 0), 100);
    }

    #[test]
    fn just_below_the_required_share_is_never_the_pass_mark() {
        let mut scale = sample::blueprint().scale;
        scale.required_share = 0.720_05;
        assert_eq!(scaled(&scale, 36, 50), 749);
        assert!(!passes(&scale, 36, 50));
    }

    #[test]
    fn the_prior_of_the_required_share_keeps_its_mean_and_spread() {
        let scale = sample::blueprint().scale;
        let shares = required_shares(&scale);
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let square = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / shares.len() as f64;
        assert!((mean - 0.72).abs() < 1e-6 && (square.sqrt() - 0.03).abs() < 1e-3);
        assert_eq!(
            required_shares(&crate::blueprint::Scale { required_share_sd: 0.0, ..scale }),
            [0.72]
        );
    }

    proptest! {
        #[test]
        fn more_right_answers_never_score_less(
            items in 1_u32..300, required in 0.05_f64..0.95, min in 0_u16..200, up in 1_u16..500,
            more in 1_u16..500,
        ) {
            let scale = Scale {
                min,
                pass: min + up,
                max: min + up + more,
                required_share: required,
                required_share_sd: 0.03,
            };
            let scores: Vec<u16> = (0..=items).map(|correct| scaled(&scale, correct, items)).collect();
            prop_assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert_eq!((scores[0], scores[items as usize]), (scale.min, scale.max));
            for (correct, score) in (0..).zip(scores) {
                prop_assert_eq!(passes(&scale, correct, items), score >= scale.pass);
            }
        }
    }
}
