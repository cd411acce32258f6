//! Copies of the collection: one a study day, one before whatever could harm it, and those that
//! the learner makes; and how one takes the place of the collection.

mod changes;
mod error;
mod making;
mod opening;
mod placing;
mod repair;
mod restore;
mod shelf;
#[cfg(test)]
mod tests;

use std::path::Path;

use tokio::sync::Mutex;

pub use error::BackupError;
pub(super) use opening::before_opening;
pub use repair::Repaired;
use shelf::Shelf;

use super::views::{BackupHolds, BackupKind, BackupRow, BackupsView};
use super::{DeskError, Sitwell};
use crate::clock::Clock;
use crate::store::{Depth, examine};
use crate::study::Calendar;
use crate::study::day::ROLLOVER_HOUR;

/// What backups keep in memory between verbs.
#[derive(Default)]
pub(super) struct Held {
    /// Why the last attempt at the backup of the day failed; held by whoever makes one.
    failure: Mutex<Option<String>>,
    /// The backup that was looked at last.
    pending: Mutex<Option<restore::Pending>>,
}

fn calendar(clock: &dyn Clock) -> Calendar {
    Calendar { utc_offset_seconds: clock.utc_offset_seconds(), rollover_hour: ROLLOVER_HOUR }
}

/// What is in a backup; none when it does not tell.
async fn holds(backup: &Path) -> Option<BackupHolds> {
    let totals = examine(backup, Depth::Counts).await.ok()?.totals?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Some(BackupHolds {
        cards: count(totals.cards),
        reviews: count(totals.reviews),
        sittings: count(totals.sittings),
    })
}

impl Sitwell {
    /// The backups beside the collection.
    ///
    /// # Errors
    /// [`DeskError`] when their folder cannot be read.
    pub async fn backups(&self) -> Result<BackupsView, DeskError> {
        let failure = self.backups.failure.lock().await.clone();
        self.backups_view(failure).await
    }

    /// Makes the backup of the study day unless there is one, and takes out those that are not
    /// kept. That one fails is told by the view: it stops nothing.
    ///
    /// # Errors
    /// [`DeskError`] when the collection turns out to be damaged, or the folder of backups cannot
    /// be read.
    pub async fn daily_backup(&self) -> Result<BackupsView, DeskError> {
        let mut failure = self.backups.failure.lock().await;
        *failure = match self.make_daily().await {
            Ok(()) => None,
            Err(error) if error.is_damage() => return Err(error.into()),
            Err(error) => Some(error.to_string()),
        };
        self.backups_view(failure.clone()).await
    }

    /// Makes a backup, in a file that the learner names or beside the others, where it stays
    /// until they take it away. A file that was there is replaced when the new one is whole.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be written or does not read back; what was there is as it was.
    pub async fn back_up(&self, to: Option<&Path>) -> Result<BackupRow, DeskError> {
        let made_ms = self.clock.now().wall_ms;
        let target = match to {
            Some(target) if self.is_collection(target) => return Err(BackupError::Itself.into()),
            Some(target) => target.to_owned(),
            None => self.shelf().place(BackupKind::Manual, made_ms)?,
        };
        let bytes = making::copy_of(&self.store, &self.shelf(), &target).await?;
        let path = target.display().to_string();
        let holds = holds(&target).await;
        Ok(BackupRow { path, kind: BackupKind::Manual, made_ms, bytes, holds })
    }

    async fn backups_view(&self, failure: Option<String>) -> Result<BackupsView, DeskError> {
        let files = self.shelf();
        let folder = files.folder().display().to_string();
        let mut backups = files.list()?;
        for row in &mut backups {
            row.holds = holds(Path::new(&row.path)).await;
        }
        Ok(BackupsView { folder, backups, failure })
    }

    async fn make_daily(&self) -> Result<(), BackupError> {
        let (calendar, files) = (calendar(self.clock.as_ref()), self.shelf());
        let now_ms = self.clock.now().wall_ms;
        let today = calendar.day(now_ms);
        let of_today =
            |row: &BackupRow| row.kind == BackupKind::Daily && calendar.day(row.made_ms) == today;
        if files.list()?.iter().any(of_today) {
            return Ok(());
        }
        let target = files.place(BackupKind::Daily, now_ms)?;
        making::copy_of(&self.store, &files, &target).await?;
        files.tidy(calendar, today)
    }

    fn shelf(&self) -> Shelf {
        Shelf::of(&self.path)
    }

    /// Whether a path names the open collection.
    fn is_collection(&self, path: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        real(path) == real(&self.path)
    }
}
