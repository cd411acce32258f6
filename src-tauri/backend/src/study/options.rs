//! How a learner wants to study. Bounds are checked once, here.

use serde::{Deserialize, Serialize};

/// Options of study for a deck (its children inherit them).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StudyOptions {
    /// Minutes between the first showings of a new card; may be empty.
    pub learning_steps: Vec<u32>,
    /// Minutes between the showings of a card that lapsed; may be empty.
    pub relearning_steps: Vec<u32>,
    /// Share of reviews that should be recalled, 0.70 to 0.99.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub desired_retention: f32,
    /// FSRS parameters; empty for the defaults of the crate.
    #[cfg_attr(feature = "bindings", specta(type = Vec<specta_typescript::Number>))]
    pub parameters: Vec<f32>,
    /// New cards a day.
    pub new_per_day: u32,
    /// Reviews a day.
    pub reviews_per_day: u32,
    /// Longest interval, days.
    pub longest_interval: u32,
    /// Whether intervals vary a little, so that cards learned together come apart.
    pub fuzz: bool,
    /// Whether the variation seeks days with little due.
    pub balance: bool,
    /// Lapses after which a card counts as a leech and is suspended; 0 for never.
    pub leech_lapses: u32,
    /// Whether siblings of a card that was seen wait until the next day.
    pub bury_siblings: bool,
}

impl Default for StudyOptions {
    fn default() -> Self {
        Self {
            learning_steps: vec![1, 10],
            relearning_steps: vec![10],
            desired_retention: 0.9,
            parameters: Vec::new(),
            new_per_day: 20,
            reviews_per_day: 200,
            longest_interval: 36_500,
            fuzz: true,
            balance: true,
            leech_lapses: 8,
            bury_siblings: true,
        }
    }
}

/// Why options are not accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OptionsError {
    /// Retention out of range.
    #[error("desired retention {0} is out of range: choose 0.70 to 0.99")]
    Retention(f32),
    /// Too many steps, or one of no length or longer than a day.
    #[error("learning steps are at most 10, each of 1 to 1439 minutes")]
    Steps,
    /// Not a number of parameters that FSRS knows, or values it refuses.
    #[error("these are no FSRS parameters: {0} given, 17, 19 or 21 expected, all finite")]
    Parameters(usize),
    /// Limits beyond what a day can hold.
    #[error("daily limits are at most 9999, and the longest interval is 1 to 36500 days")]
    Limits,
}

const MINUTES_PER_DAY: u32 = 1440;

impl StudyOptions {
    /// Checks every bound.
    ///
    /// # Errors
    /// The first [`OptionsError`].
    pub fn check(&self) -> Result<(), OptionsError> {
        if !(0.70..=0.99).contains(&self.desired_retention) {
            return Err(OptionsError::Retention(self.desired_retention));
        }
        for steps in [&self.learning_steps, &self.relearning_steps] {
            if steps.len() > 10 || steps.iter().any(|step| !(1..MINUTES_PER_DAY).contains(step)) {
                return Err(OptionsError::Steps);
            }
        }
        if !self.parameters.is_empty() && fsrs::FSRS::new(&self.parameters).is_err() {
            return Err(OptionsError::Parameters(self.parameters.len()));
        }
        let limits_ok = self.new_per_day <= 9999 && self.reviews_per_day <= 9999;
        if !limits_ok || !(1..=36_500).contains(&self.longest_interval) {
            return Err(OptionsError::Limits);
        }
        Ok(())
    }

    /// The FSRS model of these options.
    ///
    /// # Errors
    /// [`OptionsError::Parameters`] when FSRS refuses them.
    pub fn model(&self) -> Result<fsrs::FSRS, OptionsError> {
        let parameters = if self.parameters.is_empty() {
            &fsrs::DEFAULT_PARAMETERS[..]
        } else {
            &self.parameters
        };
        fsrs::FSRS::new(parameters).map_err(|_| OptionsError::Parameters(parameters.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_accepted_and_every_bound_is_checked() {
        let good = StudyOptions::default();
        assert_eq!(good.check(), Ok(()));
        let bad = [
            StudyOptions { desired_retention: 1.0, ..good.clone() },
            StudyOptions { desired_retention: f32::NAN, ..good.clone() },
            StudyOptions { learning_steps: vec![0], ..good.clone() },
            StudyOptions { relearning_steps: vec![1440], ..good.clone() },
            StudyOptions { parameters: vec![1.0; 5], ..good.clone() },
            StudyOptions { new_per_day: 10_000, ..good.clone() },
            StudyOptions { longest_interval: 0, ..good },
        ];
        for options in bad {
            assert!(options.check().is_err(), "{options:?}");
        }
    }
}
