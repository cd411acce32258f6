//! The learner: profile, preferences, today.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::views::{Preferences, Profile, TodayView};
use super::{DeskError, Sitwell};
use crate::store::SettingKey;

impl Sitwell {
    /// What today holds.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn today(&self) -> Result<TodayView, DeskError> {
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let today = self.local_date();
        let days_left = match &profile.exam_date {
            Some(date) => {
                Some(i32::try_from((parse_date(date)? - today).num_days()).unwrap_or(i32::MAX))
            }
            None => None,
        };
        let mut view = TodayView {
            date: today.to_string(),
            days_left,
            exam: None,
            running: None,
            finished: Vec::new(),
            profile,
        };
        if let Some(code) = view.profile.exam.clone() {
            view.exam = Some(self.exam_view(&code).await?);
            let (running, finished) = self.sittings(&code).await?;
            view.running = running;
            view.finished = finished;
        }
        Ok(view)
    }

    /// Keeps what the learner prepares for.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam, the date is none, or it cannot be kept.
    pub async fn choose_exam(&self, profile: Profile) -> Result<TodayView, DeskError> {
        if let Some(code) = &profile.exam {
            self.blueprint(code)?;
        }
        if let Some(date) = &profile.exam_date {
            parse_date(date)?;
        }
        self.store.set_setting(SettingKey::Profile, &profile).await?;
        self.today().await
    }

    /// How the window looks and answers.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn preferences(&self) -> Result<Preferences, DeskError> {
        Ok(self.store.setting(SettingKey::Preferences).await?)
    }

    /// Keeps how the window looks and answers.
    ///
    /// # Errors
    /// [`DeskError`] when the text size is out of range or it cannot be kept.
    pub async fn set_preferences(
        &self,
        preferences: Preferences,
    ) -> Result<Preferences, DeskError> {
        if !(90..=130).contains(&preferences.text_size) {
            return Err(DeskError::BadTextSize(preferences.text_size));
        }
        self.store.set_setting(SettingKey::Preferences, &preferences).await?;
        Ok(preferences)
    }

    /// The date where the learner is.
    pub(super) fn local_date(&self) -> NaiveDate {
        self.local_date_of(self.clock.now().wall_ms)
    }

    /// The date of a time, Unix milliseconds, where the learner is now.
    pub(super) fn local_date_of(&self, ms: i64) -> NaiveDate {
        let now = DateTime::from_timestamp_millis(ms).unwrap_or_default();
        FixedOffset::east_opt(self.clock.utc_offset_seconds())
            .map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
    }
}

pub(super) fn parse_date(text: &str) -> Result<NaiveDate, DeskError> {
    text.parse().map_err(|_| DeskError::BadDate(text.to_owned()))
}
