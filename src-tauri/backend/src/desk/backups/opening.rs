//! What is done before a collection is opened: one that was not closed, or is of an older Sitwell,
//! is looked through; the older one is backed up besides.

use std::path::Path;

use super::making::copy_of_file;
use super::shelf::Shelf;
use super::{BackupKind, calendar};
use crate::clock::Clock;
use crate::desk::DeskError;
use crate::store::{Depth, StoreError, examine, newest_version};

/// # Errors
/// [`StoreError::Corrupt`] when the collection is damaged, and
/// [`BackupError`](super::BackupError) when it could not be backed up before an update. Nothing of
/// it is changed then.
pub(in crate::desk) async fn before_opening(
    path: &Path,
    unclean: bool,
    clock: &dyn Clock,
) -> Result<(), DeskError> {
    let shelf = Shelf::of(path);
    shelf.sweep(path);
    if std::fs::metadata(path).map_or(0, |data| data.len()) == 0 {
        return Ok(());
    }
    let depth = if unclean { Depth::Whole } else { Depth::Version };
    // Where reading alone fails, opening it to write may succeed, or says what is wrong.
    let Ok(mut found) = examine(path, depth).await else { return Ok(()) };
    let older = (1..newest_version()).contains(&found.version);
    if older && !unclean {
        let Ok(whole) = examine(path, Depth::Whole).await else { return Ok(()) };
        found = whole;
    }
    // What was never a collection is none that is damaged: opening it says so.
    let foreign = found.version == 0 && shelf.list()?.is_empty();
    if !found.faults.is_empty() && !foreign {
        return Err(StoreError::Corrupt { path: path.into(), faults: found.faults }.into());
    }
    if older {
        let now_ms = clock.now().wall_ms;
        let target = shelf.place(BackupKind::BeforeUpdate, now_ms)?;
        copy_of_file(path, &shelf, &target, None).await?;
        let calendar = calendar(clock);
        shelf.tidy(calendar, calendar.day(now_ms))?;
    }
    Ok(())
}
