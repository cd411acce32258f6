//! Under which conditions a sitting is sat: from which questions it is drawn, and what was granted
//! to the candidate.

use serde::{Deserialize, Serialize};

use super::sitting::UNTIMED_MS;
use crate::blueprint::Blueprint;

const MS_PER_MINUTE: i64 = 60_000;

/// Which questions a paper is drawn from, by where their deck came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Banks {
    /// All there are.
    #[default]
    All,
    /// Those that come with Sitwell.
    Bundled,
    /// Those that the learner brought or wrote.
    Imported,
}

impl Banks {
    const ALL: [Self; 3] = [Self::All, Self::Bundled, Self::Imported];

    /// As it is stored. Never rename: collections are for ever.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Bundled => "bundled",
            Self::Imported => "imported",
        }
    }

    /// The choice stored under a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|banks| banks.name() == name)
    }

    /// Whether a deck that is bundled, or is not, belongs to it.
    pub fn hold(self, bundled: bool) -> bool {
        match self {
            Self::All => true,
            Self::Bundled => bundled,
            Self::Imported => !bundled,
        }
    }
}

/// Further time that was granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ExtraTime {
    /// None.
    #[default]
    None,
    /// The extra minutes of the exam; a shorter paper gets its share of them.
    Minutes,
    /// So much more of the time of the paper.
    Percent {
        /// One of those that the exam grants.
        percent: u32,
    },
}

/// What is asked for at the start of a sitting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Conditions {
    /// Which questions.
    pub banks: Banks,
    /// Further time.
    pub extra: ExtraTime,
    /// Whether breaks that stop the clock were granted.
    pub stop_clock: bool,
}

/// What was agreed at the start of a sitting, as it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms {
    /// Which questions it was drawn from.
    pub banks: Banks,
    /// Whether the clock stands during a break.
    pub stop_clock: bool,
    /// Whether each answer is explained at once, and locked by that.
    pub explained: bool,
}

/// The exam does not grant it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{exam} does not grant {what}; choose what its blueprint names")]
pub struct NotGranted {
    exam: String,
    what: String,
}

/// The time of a sitting, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// In all.
    pub limit_ms: i64,
    /// The part of it that was granted.
    pub extra_ms: i64,
}

impl Limit {
    /// Of a sitting without a clock.
    pub const NONE: Self = Self { limit_ms: UNTIMED_MS, extra_ms: 0 };
}

impl Conditions {
    /// Minutes that are added to a paper of `items` questions that has `minutes`; rounded up.
    ///
    /// # Errors
    /// [`NotGranted`] when the exam does not grant them.
    pub fn extra_minutes(
        &self,
        exam: &Blueprint,
        items: u32,
        minutes: u32,
    ) -> Result<u32, NotGranted> {
        let refused = |what: String| NotGranted { exam: exam.code.clone(), what };
        let share = |of: u32, part: u32, whole: u32| {
            let share = (u64::from(of) * u64::from(part)).div_ceil(u64::from(whole.max(1)));
            u32::try_from(share).unwrap_or(u32::MAX)
        };
        match self.extra {
            ExtraTime::None => Ok(0),
            ExtraTime::Minutes if exam.extra_minutes == 0 => Err(refused("extra minutes".into())),
            ExtraTime::Minutes => Ok(share(exam.extra_minutes, items.min(exam.items), exam.items)),
            ExtraTime::Percent { percent } => {
                let granted = exam.accommodations.extra_percent.contains(&percent);
                let extra = granted.then(|| share(minutes, percent, 100));
                extra.ok_or_else(|| refused(format!("{percent} % more time")))
            }
        }
    }

    /// The time of a paper of `items` questions that has `minutes`.
    ///
    /// # Errors
    /// As [`Self::extra_minutes`].
    pub fn limit(&self, exam: &Blueprint, items: u32, minutes: u32) -> Result<Limit, NotGranted> {
        let extra_ms = i64::from(self.extra_minutes(exam, items, minutes)?) * MS_PER_MINUTE;
        Ok(Limit { limit_ms: i64::from(minutes) * MS_PER_MINUTE + extra_ms, extra_ms })
    }

    /// What is kept of them. Breaks stop the clock where they do for everybody, or were granted.
    ///
    /// # Errors
    /// [`NotGranted`] when the exam grants no such breaks.
    pub fn terms(&self, exam: &Blueprint, explained: bool) -> Result<Terms, NotGranted> {
        let grants = exam.breaks.stop_clock || exam.accommodations.stop_clock_breaks;
        if self.stop_clock && !grants {
            let what = "breaks that stop the clock".into();
            return Err(NotGranted { exam: exam.code.clone(), what });
        }
        let stop_clock = self.stop_clock || exam.breaks.stop_clock;
        Ok(Terms { banks: self.banks, stop_clock, explained })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::sample;

    fn with(extra: ExtraTime) -> Conditions {
        Conditions { extra, ..Conditions::default() }
    }

    #[test]
    fn extra_time_is_what_the_exam_grants_and_a_shorter_paper_gets_its_share() {
        let exam = sample::blueprint();
        let granted = exam.extra_minutes;
        let whole = with(ExtraTime::Minutes).extra_minutes(&exam, exam.items, exam.minutes);
        assert_eq!(whole, Ok(granted));
        let half = with(ExtraTime::Minutes).extra_minutes(&exam, exam.items.div_ceil(2), 90);
        assert!(half.is_ok_and(|half| half < granted && half * 2 >= granted));
        let more = with(ExtraTime::Percent { percent: 50 }).limit(&exam, 10, 31).unwrap();
        assert_eq!(more, Limit { limit_ms: 47 * MS_PER_MINUTE, extra_ms: 16 * MS_PER_MINUTE });
        assert_eq!(with(ExtraTime::None).limit(&exam, 10, 31).unwrap().extra_ms, 0);
        let refused = with(ExtraTime::Percent { percent: 33 }).limit(&exam, 10, 31);
        assert!(refused.unwrap_err().to_string().contains("33 %"));
    }

    #[test]
    fn breaks_stop_the_clock_only_where_the_exam_has_or_grants_such_breaks() {
        let mut exam = sample::blueprint();
        let asked = Conditions { stop_clock: true, ..Conditions::default() };
        assert!(asked.terms(&exam, false).unwrap().stop_clock);
        assert!(!Conditions::default().terms(&exam, false).unwrap().stop_clock);
        exam.accommodations.stop_clock_breaks = false;
        assert!(asked.terms(&exam, false).is_err());
        exam.breaks.stop_clock = true;
        assert!(Conditions::default().terms(&exam, false).unwrap().stop_clock);
    }

    #[test]
    fn banks_have_names_that_are_read_back() {
        for banks in Banks::ALL {
            assert_eq!(Banks::named(banks.name()), Some(banks));
        }
        assert!(Banks::Imported.hold(false) && !Banks::Imported.hold(true));
        assert!(Banks::All.hold(true) && Banks::All.hold(false) && Banks::Bundled.hold(true));
    }
}
