//! What a booked exam does to the schedule: every card is seen again in the last days before it,
//! recall is aimed higher as it nears, and new cards are introduced early enough to settle.

use serde::{Deserialize, Serialize};

/// Days before the exam over which the last showing of every card is spread.
const FINAL_DAYS: i64 = 7;
/// Days over which desired retention rises before the exam.
const RISE_DAYS: f32 = 30.0;
/// Desired retention on the day before the exam.
const FINAL_RETENTION: f32 = 0.95;
/// Days that the last new cards get before the exam, so that they are seen more than once.
const SETTLE_DAYS: u32 = 7;
/// How many times the learner's own limit of new cards a day may be exceeded in those days.
const RUSH: u32 = 3;

/// A booked exam, in study days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamDate {
    /// The day of the exam.
    pub day: i64,
}

/// Why an interval is shorter than the memory alone would ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum HeldBack {
    /// So that it is seen once more before the exam.
    BeforeExam,
    /// Because recall is aimed higher as the exam nears.
    HigherRecall,
}

impl ExamDate {
    /// Days left; negative once it is past.
    pub fn days_left(self, today: i64) -> i64 {
        self.day - today
    }

    /// Whether it still shapes the schedule.
    pub fn ahead(self, today: i64) -> bool {
        self.days_left(today) > 0
    }

    /// Desired retention today: the learner's own until a month before the exam, then rising in
    /// a straight line.
    pub fn retention(self, today: i64, own: f32) -> f32 {
        let left = self.days_left(today);
        if left <= 0 || own >= FINAL_RETENTION {
            return own;
        }
        let share = (1.0 - (left - 1) as f32 / RISE_DAYS).clamp(0.0, 1.0);
        own + (FINAL_RETENTION - own) * share
    }

    /// The first and the last day on which a card may have its last showing before the exam, seen
    /// from today; `None` when no day is left between.
    pub fn last_showing(self, today: i64) -> Option<(i64, i64)> {
        let last = self.day - 1;
        if last <= today {
            return None;
        }
        // With little time left the window is a third of it, so that something is left to do.
        let window = FINAL_DAYS.min((last - today + 2) / 3).max(1);
        Some((last - window + 1, last))
    }

    /// New cards to introduce today, of so many that wait: as many as it takes to have introduced
    /// all of them a week before the exam. What still waits in that week is introduced in it, as
    /// a card that was seen once is worth more than one that never was; but no more a day than
    /// the learner's own limit three times. `None` once the exam is past, when that limit stands.
    pub fn new_today(self, today: i64, waiting: u32, own_limit: u32) -> Option<u32> {
        let left = u32::try_from(self.days_left(today)).ok().filter(|left| *left > 0)?;
        Some(match left.checked_sub(SETTLE_DAYS).filter(|left| *left > 0) {
            Some(left) => waiting.div_ceil(left),
            None => waiting.div_ceil(left).clamp(own_limit, own_limit.saturating_mul(RUSH)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn retention_rises_only_in_the_last_month_and_stays_after_the_exam() {
        let exam = ExamDate { day: 100 };
        assert!((exam.retention(50, 0.9) - 0.9).abs() < 1e-6);
        assert!(exam.retention(85, 0.9) > 0.91);
        assert!((exam.retention(99, 0.9) - 0.95).abs() < 1e-6);
        assert!((exam.retention(100, 0.9) - 0.9).abs() < 1e-6);
        assert!((exam.retention(99, 0.97) - 0.97).abs() < 1e-6);
    }

    #[test]
    fn new_cards_are_paced_to_be_introduced_a_week_before() {
        let exam = ExamDate { day: 30 };
        assert_eq!(exam.new_today(0, 230, 20), Some(10));
        assert_eq!(exam.new_today(22, 7, 20), Some(7));
        assert_eq!(exam.new_today(30, 7, 20), None);
    }

    #[test]
    fn what_waits_in_the_last_week_is_still_introduced_within_reason() {
        let exam = ExamDate { day: 30 };
        assert_eq!(exam.new_today(23, 7, 20), Some(20));
        assert_eq!(exam.new_today(23, 280, 20), Some(40));
        assert_eq!(exam.new_today(29, 900, 20), Some(60));
        assert_eq!(exam.new_today(29, 900, 0), Some(0));
    }

    proptest! {
        #[test]
        fn the_last_showing_lies_between_today_and_the_exam(today in 0i64..400, day in 0i64..400) {
            let exam = ExamDate { day };
            match exam.last_showing(today) {
                Some((first, last)) => prop_assert!(today < first && first <= last && last < day),
                None => prop_assert!(day - 1 <= today),
            }
        }
    }
}
