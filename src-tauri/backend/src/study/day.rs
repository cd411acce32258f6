//! Study days: a day begins at the rollover hour where the learner is, not at midnight, so that a
//! late evening belongs to the day it began on.

const MS_PER_DAY: i64 = 86_400_000;
const MS_PER_HOUR: i64 = 3_600_000;

/// Hour at which a study day begins.
pub const ROLLOVER_HOUR: u8 = 4;

/// Where and when days begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// Seconds east of UTC.
    pub utc_offset_seconds: i32,
    /// Hour at which a day begins, 0 to 23.
    pub rollover_hour: u8,
}

impl Calendar {
    /// Number of the study day that holds this time (Unix milliseconds); day 0 holds 1970-01-01
    /// at the rollover hour.
    pub fn day(self, ms: i64) -> i64 {
        (ms + self.shift()).div_euclid(MS_PER_DAY)
    }

    /// When a study day begins, Unix milliseconds.
    pub fn begins(self, day: i64) -> i64 {
        day * MS_PER_DAY - self.shift()
    }

    fn shift(self) -> i64 {
        i64::from(self.utc_offset_seconds) * 1000 - i64::from(self.rollover_hour) * MS_PER_HOUR
    }
}

/// Number of the study day of a calendar date.
pub fn day_of(date: chrono::NaiveDate) -> i64 {
    date.signed_duration_since(chrono::NaiveDate::default()).num_days()
}

/// The calendar date of a study day; the inverse of [`day_of`].
pub fn date_of(day: i64) -> chrono::NaiveDate {
    chrono::TimeDelta::try_days(day)
        .and_then(|days| chrono::NaiveDate::default().checked_add_signed(days))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_evening_after_midnight_belongs_to_the_day_before() {
        let calendar = Calendar { utc_offset_seconds: 3600, rollover_hour: 4 };
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let at = |hour| date.and_hms_opt(hour, 30, 0).unwrap().and_utc().timestamp_millis();
        let local = |hour| at(hour) - 3_600_000;
        assert_eq!(calendar.day(local(23)), day_of(date));
        assert_eq!(calendar.day(local(3)), day_of(date) - 1);
        assert_eq!(calendar.day(local(4)), day_of(date));
    }

    proptest! {
        #[test]
        fn a_day_begins_where_it_says(
            ms in -4_000_000_000_000i64..8_000_000_000_000,
            utc_offset_seconds in -50_400i32..50_400,
            rollover_hour in 0u8..24,
        ) {
            let calendar = Calendar { utc_offset_seconds, rollover_hour };
            let day = calendar.day(ms);
            prop_assert!(calendar.begins(day) <= ms && ms < calendar.begins(day + 1));
            prop_assert_eq!(calendar.day(calendar.begins(day)), day);
            prop_assert_eq!(day_of(date_of(day)), day);
        }
    }
}
