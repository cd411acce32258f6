//! A damaged collection: what is wrong with it, and how to go on. Its file is always kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::placing::{keep_damaged, replace};
use super::restore::{prepare, sound};
use super::shelf::Shelf;
use super::{BackupError, BackupRow, holds};
use crate::clock::Clock;
use crate::desk::lock::Lock;
use crate::desk::views::RepairView;
use crate::desk::{DeskError, SeedSource, Sitwell};
use crate::store::{Depth, counts_since, examine};

/// A collection that is open again.
pub struct Repaired {
    /// The front desk over it.
    pub desk: Sitwell,
    /// Where the damaged file is kept.
    pub kept_as: PathBuf,
}

impl Sitwell {
    /// What is damaged in the collection at `path`, which cannot be opened, and the newest backup
    /// that is sound. Nothing is changed.
    ///
    /// # Errors
    /// [`DeskError`] when it is open elsewhere or the folder of backups cannot be read.
    pub async fn damage(path: &Path) -> Result<RepairView, DeskError> {
        let _lock = Lock::take(path)?;
        let faults = match examine(path, Depth::Whole).await {
            Ok(found) => found.faults,
            Err(error) => vec![error.to_string()],
        };
        let (backup, passed_over) = newest_sound(path).await?;
        let mut since = None;
        if let Some(backup) = &backup {
            since = counts_since(path, backup.made_ms).await;
        }
        let count = |count: i64| u32::try_from(count).unwrap_or_default();
        Ok(RepairView {
            collection: path.display().to_string(),
            faults,
            backup,
            passed_over,
            reviews_since: since.map(|(reviews, _)| count(reviews)),
            sittings_since: since.map(|(_, sittings)| count(sittings)),
        })
    }

    /// Keeps the damaged collection under another name and opens its newest sound backup in its
    /// place.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such backup or it cannot be put there; the damaged file is
    /// as it was then.
    pub async fn restore_newest(
        path: &Path,
        clock: Arc<dyn Clock>,
        seeds: SeedSource,
    ) -> Result<Repaired, DeskError> {
        let lock = Arc::new(Lock::take(path)?);
        let (backup, _) = newest_sound(path).await?;
        let backup =
            backup.ok_or_else(|| BackupError::NotOne { path: Shelf::of(path).folder().into() })?;
        let part = Shelf::of(path).part(path)?;
        prepare(Path::new(&backup.path), &part, clock.as_ref()).await?;
        let kept_as = keep_damaged(path, clock.now().wall_ms)?;
        replace(part, path)?;
        let desk = Self::open_locked(path, clock, seeds, lock).await?;
        Ok(Repaired { desk, kept_as })
    }

    /// Keeps the damaged collection under another name and opens a new one in its place.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be renamed or the new one not be made.
    pub async fn start_anew(
        path: &Path,
        clock: Arc<dyn Clock>,
        seeds: SeedSource,
    ) -> Result<Repaired, DeskError> {
        let lock = Arc::new(Lock::take(path)?);
        let kept_as = keep_damaged(path, clock.now().wall_ms)?;
        std::fs::remove_file(path)
            .map_err(|source| BackupError::NotMade { path: path.into(), source })?;
        let desk = Self::open_locked(path, clock, seeds, lock).await?;
        Ok(Repaired { desk, kept_as })
    }
}

/// The newest backup that can be restored, and how many newer ones cannot.
async fn newest_sound(collection: &Path) -> Result<(Option<BackupRow>, u32), DeskError> {
    let mut passed_over = 0;
    for mut row in Shelf::of(collection).list()? {
        if sound(Path::new(&row.path)).await.is_ok() {
            row.holds = holds(Path::new(&row.path)).await;
            return Ok((Some(row), passed_over));
        }
        passed_over += 1;
    }
    Ok((None, passed_over))
}
