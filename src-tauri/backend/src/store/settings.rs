//! Typed settings: one key, one type.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Store, StoreError};

/// Names of settings. The text is what is stored: never change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKey {
    /// What the learner prepares for.
    Profile,
    /// How the window looks and answers.
    Preferences,
    /// How the learner studies.
    Study,
    /// How much the learner means to study until the exam.
    Plan,
    /// The minutes a study day was shortened to.
    Budget,
    /// The paper of one's own that was last begun, for each exam.
    Custom,
    /// When to look for a newer Sitwell.
    Updates,
}

impl SettingKey {
    fn as_str(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Preferences => "preferences",
            Self::Study => "study",
            Self::Plan => "plan",
            Self::Budget => "budget",
            Self::Custom => "custom",
            Self::Updates => "updates",
        }
    }
}

impl Store {
    /// The setting, or its default when it was never set.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn setting<T: DeserializeOwned + Default>(
        &self,
        key: SettingKey,
    ) -> Result<T, StoreError> {
        let name = key.as_str();
        let stored = sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?", name)
            .fetch_optional(&mut *self.near().await?)
            .await
            .map_err(StoreError::during("reading a setting"))?;
        match stored {
            None => Ok(T::default()),
            Some(json) => serde_json::from_str(&json).map_err(StoreError::damaged("setting", name)),
        }
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn set_setting<T: Serialize + Sync>(
        &self,
        key: SettingKey,
        value: &T,
    ) -> Result<(), StoreError> {
        let name = key.as_str();
        let json = serde_json::to_string(value).map_err(StoreError::damaged("setting", name))?;
        sqlx::query!(
            "INSERT INTO settings (key, value) VALUES (?, ?)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            name,
            json
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("writing a setting"))?;
        Ok(())
    }

    /// A number that changes whenever a setting, a deck or the options of a deck do, so that what
    /// was made of them need not be read again.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn arrangement(&self) -> Result<i64, StoreError> {
        sqlx::query_scalar!("SELECT stamp FROM arrangement")
            .fetch_one(&mut *self.near().await?)
            .await
            .map_err(StoreError::during("reading whether settings changed"))
    }
}
