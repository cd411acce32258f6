//! When a newer Sitwell may be looked for and put in. The looking itself is the shell's: nothing
//! in here has a network.

use super::views::{SittingSummary, UpdateSettings};
use super::{DeskError, Sitwell};
use crate::store::SettingKey;

/// Time between two automatic checks, in milliseconds: a day.
const BETWEEN_CHECKS_MS: i64 = 86_400_000;

impl Sitwell {
    /// When to look for a newer Sitwell.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn update_settings(&self) -> Result<UpdateSettings, DeskError> {
        Ok(self.store.setting(SettingKey::Updates).await?)
    }

    /// Turns the daily check on or off.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn set_automatic_updates(&self, on: bool) -> Result<UpdateSettings, DeskError> {
        let settings = UpdateSettings { automatic: on, ..self.update_settings().await? };
        self.store.set_setting(SettingKey::Updates, &settings).await?;
        Ok(settings)
    }

    /// Whether the daily check is on and its time has come. A clock that was set back does not
    /// put it off.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn update_check_is_due(&self) -> Result<bool, DeskError> {
        let UpdateSettings { automatic, checked_ms } = self.update_settings().await?;
        let now = self.clock.now().wall_ms;
        let fresh =
            checked_ms.is_some_and(|checked| (0..BETWEEN_CHECKS_MS).contains(&(now - checked)));
        Ok(automatic && !fresh)
    }

    /// Notes that there was an answer just now.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn update_checked(&self) -> Result<UpdateSettings, DeskError> {
        let checked_ms = Some(self.clock.now().wall_ms);
        let settings = UpdateSettings { checked_ms, ..self.update_settings().await? };
        self.store.set_setting(SettingKey::Updates, &settings).await?;
        Ok(settings)
    }

    /// The sitting whose clock runs: while there is one, Sitwell does not replace itself.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn timed_sitting(&self) -> Result<Option<SittingSummary>, DeskError> {
        for blueprint in &self.blueprints {
            let (running, _) = self.sittings(&blueprint.code).await?;
            if let Some(sitting) = running.filter(|sitting| sitting.timed) {
                return Ok(Some(sitting));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{EXAM, Machine};
    use super::*;
    use crate::exam::Conditions;

    #[tokio::test]
    async fn nothing_is_looked_for_until_that_is_turned_on_and_then_once_a_day() {
        let machine = Machine::new();
        let desk = machine.open().await;
        assert!(!desk.update_check_is_due().await.unwrap(), "off at first");
        desk.set_automatic_updates(true).await.unwrap();
        assert!(desk.update_check_is_due().await.unwrap(), "never done");
        desk.update_checked().await.unwrap();
        assert!(!desk.update_check_is_due().await.unwrap(), "just done");
        machine.clock.advance(BETWEEN_CHECKS_MS - 1);
        assert!(!desk.update_check_is_due().await.unwrap());
        machine.clock.advance(1);
        assert!(desk.update_check_is_due().await.unwrap(), "a day later");
        desk.update_checked().await.unwrap();
        machine.clock.set_wall_by(-30 * BETWEEN_CHECKS_MS);
        assert!(desk.update_check_is_due().await.unwrap(), "the clock was set back");
        let off = desk.set_automatic_updates(false).await.unwrap();
        assert!(off.checked_ms.is_some(), "when it was done is kept");
        assert!(!desk.update_check_is_due().await.unwrap());
    }

    #[tokio::test]
    async fn an_exam_under_the_clock_is_known_until_it_ends() {
        let machine = Machine::new();
        let desk = machine.open().await;
        assert_eq!(desk.timed_sitting().await.unwrap(), None);
        let sitting = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
        let known = desk.timed_sitting().await.unwrap().unwrap();
        assert_eq!(known.id, sitting.id);
        desk.end_exam(&sitting.id).await.unwrap();
        assert_eq!(desk.timed_sitting().await.unwrap(), None);
    }
}
