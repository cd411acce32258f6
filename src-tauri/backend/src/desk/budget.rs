//! A study day that was shortened: the minutes it may take, counted from when that was asked for.

use serde::{Deserialize, Serialize};

use super::study_day::Day;
use super::{DeskError, Sitwell};
use crate::store::SettingKey;

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

impl Sitwell {
    /// Minutes the study day was shortened to, when it was.
    pub(super) async fn budget_minutes(&self, day: &Day) -> Result<Option<u32>, DeskError> {
        Ok(self.budget(day).await?.map(|budget| budget.minutes))
    }

    /// What is left of a shortened day after so many milliseconds spent on it in all.
    pub(super) async fn budget_left_ms(
        &self,
        day: &Day,
        spent_ms: i64,
    ) -> Result<Option<i64>, DeskError> {
        Ok(self.budget(day).await?.map(|budget| budget.left_ms(spent_ms)))
    }

    async fn budget(&self, day: &Day) -> Result<Option<Budget>, DeskError> {
        let kept: Option<Budget> = self.store.setting(SettingKey::Budget).await?;
        Ok(kept.filter(|budget| budget.day == day.today))
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
