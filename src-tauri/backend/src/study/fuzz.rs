//! Small variations of intervals. The ranges are those of Anki's scheduler, so that a learner who
//! comes from there finds the same behaviour: up to 15 % of the days between 2.5 and 7, 10 % of
//! those to 20, 5 % beyond, and a day more.

/// Stretches of an interval with the share of each that may vary.
const RANGES: [(f32, f32, f32); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f32::MAX, 0.05)];

/// The shortest and longest whole number of days that stands for `interval`, between `min` and
/// `max`.
pub(super) fn bounds(interval: f32, min: u32, max: u32) -> (u32, u32) {
    let min = min.min(max);
    let interval = interval.clamp(min as f32, max as f32);
    if interval < 2.5 {
        let only = whole(interval).clamp(min, max);
        return (only, only);
    }
    let delta = RANGES.iter().fold(1.0, |delta, (start, end, share)| {
        delta + share * (interval.min(*end) - start).max(0.0)
    });
    let low = whole(interval - delta).clamp(min, max);
    let high = whole(interval + delta).clamp(min, max);
    // Above two days there is always a choice where the limits leave one.
    let high = if low == high && high > 2 && high < max { high + 1 } else { high };
    (low, high)
}

/// A day of the range, by chance: `unit` is uniform in [0, 1). With `load` (how much is due in so
/// many days), days with little due are more likely, in inverse proportion to the square of the
/// load.
pub(super) fn choose(range: (u32, u32), unit: f32, load: Option<&dyn Fn(u32) -> u32>) -> u32 {
    let (low, high) = range;
    let weight = |days: u32| load.map_or(1.0, |load| 1.0 / ((load(days) + 1) as f32).powi(2));
    let total: f32 = (low..=high).map(weight).sum();
    let mut rest = unit * total;
    for days in low..=high {
        rest -= weight(days);
        if rest < 0.0 {
            return days;
        }
    }
    high
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped by callers")]
fn whole(days: f32) -> u32 {
    days.round().max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_are_those_a_learner_knows() {
        assert_eq!(bounds(1.0, 1, 36_500), (1, 1));
        assert_eq!(bounds(2.4, 1, 36_500), (2, 2));
        assert_eq!(bounds(5.0, 1, 36_500), (4, 6));
        assert_eq!(bounds(10.0, 1, 36_500), (8, 12));
        assert_eq!(bounds(100.0, 1, 36_500), (93, 107));
    }

    #[test]
    fn a_quiet_day_is_chosen_over_a_busy_one() {
        let load = |days: u32| if days == 9 { 0 } else { 200 };
        let chosen = (0..100).filter(|i| choose((8, 12), *i as f32 / 100.0, Some(&load)) == 9);
        assert!(chosen.count() > 95);
    }

    proptest! {
        #[test]
        fn a_choice_stays_in_its_range(
            interval in 0.1f32..50_000.0, min in 1u32..50, span in 0u32..40_000, unit in 0f32..1.0,
        ) {
            let max = min + span;
            let (low, high) = bounds(interval, min, max);
            prop_assert!(min <= low && low <= high && high <= max);
            let chosen = choose((low, high), unit, None);
            prop_assert!(low <= chosen && chosen <= high);
        }
    }
}
