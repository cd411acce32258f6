//! The exam clock as it was read, and what it must read later.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// How far the clock may be off after a power cut.
const TOLERANCE_MS: i64 = 1_000;

/// A moment between two others: when a question was asked and when it was answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between {
    pub(super) asked: Instant,
    pub(super) answered: Instant,
}

/// Time left, read at a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// At least and at most, milliseconds.
    low: i64,
    high: i64,
    at: Between,
    stands: bool,
}

impl Reading {
    pub(super) fn new(remaining_ms: i64, stands: bool, at: Between) -> Self {
        Self { low: remaining_ms, high: remaining_ms, at, stands }
    }

    /// The least time that can be left.
    pub(super) fn low(&self) -> i64 {
        self.low
    }

    /// Fails unless `remaining_ms`, read at `at`, follows from this.
    pub(super) fn leads_to(&self, remaining_ms: i64, at: Between) -> Result<()> {
        let (low, high) = self.later(at);
        ensure!(
            (low - TOLERANCE_MS..=high + TOLERANCE_MS).contains(&remaining_ms),
            "time left is {remaining_ms} ms, but must be {low} to {high} ms"
        );
        Ok(())
    }

    /// What may have been left in a moment: the clock ran since, or stood up to the question.
    fn later(&self, at: Between) -> (i64, i64) {
        if self.stands {
            (self.low - ms(at.answered - at.asked), self.high)
        } else {
            let shortest = ms(at.asked.saturating_duration_since(self.at.answered));
            (self.low - ms(at.answered - self.at.asked), self.high - shortest)
        }
    }

    /// The clock was stopped or started, unseen, in a moment.
    pub(super) fn switched(&mut self, stands: bool, at: Between) {
        if self.stands != stands {
            (self.low, self.high) = self.later(at);
            self.at = at;
            self.stands = stands;
        }
    }
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: Instant, asked: u64, answered: u64) -> Between {
        let after = |ms| from + Duration::from_millis(ms);
        Between { asked: after(asked), answered: after(answered) }
    }

    #[test]
    fn a_clock_that_lost_or_won_more_than_a_second_is_found() {
        let start = Instant::now();
        let read = Reading::new(60_000, false, between(start, 0, 10));
        let later = between(start, 5_000, 5_020);
        for left in [55_000, 54_100, 55_900] {
            assert!(read.leads_to(left, later).is_ok(), "{left}");
        }
        for left in [53_900, 56_100, 60_000] {
            assert!(read.leads_to(left, later).is_err(), "{left}");
        }
    }

    #[test]
    fn a_clock_that_stands_must_not_have_run() {
        let start = Instant::now();
        let mut read = Reading::new(60_000, true, between(start, 0, 10));
        assert!(read.leads_to(60_000, between(start, 9_000, 9_010)).is_ok());
        assert!(read.leads_to(51_000, between(start, 9_000, 9_010)).is_err());
        read.switched(false, between(start, 20_000, 20_000));
        assert!(read.leads_to(55_000, between(start, 25_000, 25_000)).is_ok());
        assert!(read.leads_to(60_000, between(start, 25_000, 25_000)).is_err());
    }
}
