//! A study day that was shortened: the minutes it may take, counted from when that was asked for.

use serde::{Deserialize, Serialize};

use super::study_day::Day;

/// The minutes a study day was shortened to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Budget {
    /// The study day it is for; on any other it means nothing.
    day: i64,
    minutes: u32,
    /// Time spent on that day before, milliseconds.
    spent_before_ms: i64,
}

impl Budget {
    pub(super) fn new(day: i64, minutes: u32, spent_before_ms: i64) -> Self {
        Self { day, minutes, spent_before_ms }
    }

    /// Milliseconds left after so many in all on the day; negative when it is used up.
    fn left_ms(self, spent_ms: i64) -> i64 {
        i64::from(self.minutes) * 60_000 - (spent_ms - self.spent_before_ms).max(0)
    }
}

impl Day {
    /// Minutes the study day was shortened to, when it was.
    pub(super) fn budget_minutes(&self) -> Option<u32> {
        self.budget_today().map(|budget| budget.minutes)
    }

    /// What is left of a shortened day after so many milliseconds spent on it in all.
    pub(super) fn budget_left_ms(&self, spent_ms: i64) -> Option<i64> {
        self.budget_today().map(|budget| budget.left_ms(spent_ms))
    }

    fn budget_today(&self) -> Option<Budget> {
        self.budget.filter(|budget| budget.day == self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_counts_from_when_it_was_asked_for() {
        let budget = Budget::new(7, 20, 300_000);
        assert_eq!(budget.left_ms(300_000), 1_200_000);
        assert_eq!(budget.left_ms(1_500_000), 0);
        assert_eq!(budget.left_ms(1_560_000), -60_000);
        assert_eq!(budget.left_ms(0), 1_200_000, "undone reviews do not add to it");
    }
}
