//! How long a learner takes for a card.

/// Gradings that a pace is taken from, the latest.
pub const LATEST: u32 = 200;
/// Fewest gradings that tell of a pace.
const ENOUGH: usize = 30;
/// Milliseconds for a grading until there are enough to tell: about what learners of short cards
/// take.
pub const USUAL_MS: i64 = 8_000;

/// Milliseconds for a grading: the median of the latest, so that a card left lying does not count
/// for more than one; [`USUAL_MS`] until there are 30.
pub fn pace_ms(latest: &[u32]) -> i64 {
    if latest.len() < ENOUGH {
        return USUAL_MS;
    }
    let mut sorted = latest.to_vec();
    sorted.sort_unstable();
    // A grading takes some time, however fast the keys are pressed.
    i64::from(sorted[sorted.len() / 2]).max(500)
}

/// Minutes for so many gradings, rounded up.
pub fn minutes(gradings: f64, pace_ms: i64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    let minutes = (gradings * pace_ms as f64 / 60_000.0).ceil().max(0.0) as u32;
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_the_median_once_there_are_enough() {
        assert_eq!(pace_ms(&[3_000; 29]), USUAL_MS);
        let mut latest = vec![3_000; 30];
        latest.extend([60_000; 20]);
        assert_eq!(pace_ms(&latest), 3_000);
        assert_eq!(pace_ms(&[0; 40]), 500);
    }

    #[test]
    fn minutes_are_rounded_up() {
        assert_eq!((minutes(0.0, 8_000), minutes(1.0, 8_000), minutes(15.0, 8_000)), (0, 1, 2));
    }
}
