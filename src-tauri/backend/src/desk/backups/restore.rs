//! Restoring a backup: it is copied beside the collection, brought up to date and held against
//! it; then, when the learner agrees, that copy takes the collection's place.

use std::path::Path;
use std::time::UNIX_EPOCH;

use super::changes::compare;
use super::making::copy_of_file;
use super::placing::replace;
use super::{BackupError, BackupKind};
use crate::clock::Clock;
use crate::desk::views::RestorePreview;
use crate::desk::{DeskError, Sitwell};
use crate::store::{Contents, Depth, Store, StoreError, copy_file, examine, newest_version};

/// A backup that was looked at.
pub(in crate::desk) struct Pending {
    /// The copy beside the collection, whole and of the newest version.
    part: tempfile::TempPath,
}

impl Sitwell {
    /// What restoring a backup would change. Nothing is; a copy of it waits beside the collection
    /// until it is restored, another is looked at, or [`Self::cancel_restore`].
    ///
    /// # Errors
    /// [`DeskError`] when the file is no backup, is damaged or newer, or cannot be copied.
    pub async fn preview_restore(&self, from: &Path) -> Result<RestorePreview, DeskError> {
        let mut pending = self.backups.pending.lock().await;
        *pending = None;
        if self.is_collection(from) {
            return Err(BackupError::Itself.into());
        }
        sound(from).await?;
        let part = self.shelf().part(&self.path)?;
        let there = prepare(from, &part, self.clock.as_ref()).await?;
        let here = self.store.contents().await?;
        let path = from.display().to_string();
        let named = self.shelf().list()?.into_iter().find(|row| row.path == path);
        let made_ms = named.map_or_else(|| written_ms(from), |row| row.made_ms);
        *pending = Some(Pending { part });
        Ok(compare(&here, &there, path, made_ms))
    }

    /// Forgets the backup that was looked at.
    pub async fn cancel_restore(&self) {
        *self.backups.pending.lock().await = None;
    }

    /// Puts the backup that was looked at in the place of the collection, which is backed up
    /// first, and opens it. This front desk is closed then.
    ///
    /// # Errors
    /// [`DeskError`] when no backup was looked at or the collection could not be backed up or
    /// replaced. It is as it was then; where [`Self::is_closed`], [`Self::reopen`] opens it.
    pub async fn restore(&self) -> Result<Self, DeskError> {
        let pending = self.backups.pending.lock().await.take();
        let Pending { part } = pending.ok_or(BackupError::NoPreview)?;
        let (files, now_ms) = (self.shelf(), self.clock.now().wall_ms);
        let target = files.place(BackupKind::BeforeRestore, now_ms)?;
        let least = self.store.totals().await?;
        // Closed first: what is done until then is in the backup, and nothing is done after.
        self.store.close().await;
        copy_of_file(&self.path, &files, &target, Some(least)).await?;
        replace(part, &self.path)?;
        let calendar = super::calendar(self.clock.as_ref());
        files.tidy(calendar, calendar.day(now_ms))?;
        self.reopen().await
    }

    /// Whether the collection was closed.
    pub fn is_closed(&self) -> bool {
        self.store.is_closed()
    }

    /// Opens the collection again after it was closed; nobody else could meanwhile.
    ///
    /// # Errors
    /// [`DeskError`] as with [`Self::open`].
    pub async fn reopen(&self) -> Result<Self, DeskError> {
        let (clock, seeds) = (self.clock.clone(), self.seeds.clone());
        Self::open_locked(&self.path, clock, seeds, self.lock.clone()).await
    }
}

/// Looks through a file: whether it is a backup that this Sitwell can restore.
pub(super) async fn sound(from: &Path) -> Result<(), BackupError> {
    let path = from.to_owned();
    let found = examine(from, Depth::Whole).await.ok().filter(|found| found.version > 0);
    let Some(found) = found else { return Err(BackupError::NotOne { path }) };
    match found.faults.into_iter().next() {
        Some(why) => Err(BackupError::Damaged { path, why }),
        None if found.version > newest_version() => Err(BackupError::Newer { path }),
        None => Ok(()),
    }
}

/// Copies a backup, brings the copy up to date and tells what it holds.
pub(super) async fn prepare(
    from: &Path,
    part: &Path,
    clock: &dyn Clock,
) -> Result<Contents, DeskError> {
    copy_file(from, part).await.map_err(|error| match error {
        // It is the backup then, not the collection.
        error if error.is_damage() => {
            BackupError::Damaged { path: from.into(), why: error.to_string() }
        }
        error => BackupError::NotCopied(error),
    })?;
    let copy = Store::open(part, clock).await.map_err(|error| match error {
        StoreError::Newer { .. } => BackupError::Newer { path: from.into() },
        error => BackupError::Damaged { path: from.into(), why: error.to_string() },
    })?;
    let contents = copy.contents().await;
    copy.close().await;
    Ok(contents?)
}

/// When a file was last written, Unix milliseconds; 0 where the system does not tell.
fn written_ms(path: &Path) -> i64 {
    let written = std::fs::metadata(path).and_then(|data| data.modified());
    let since = written.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default()
}
