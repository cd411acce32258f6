//! One file takes the place of a collection that is closed. A kill at any point leaves the one or
//! the other whole.

use std::io;
use std::path::{Path, PathBuf};

use super::BackupError;
use super::making::{put, sync};
use super::shelf::{beside, stamp};
use crate::desk::lock;

/// Puts a whole file in the place of a collection whose log is empty.
pub(super) fn replace(part: tempfile::TempPath, collection: &Path) -> Result<(), BackupError> {
    for more in ["-wal", "-shm"] {
        let log = lock::beside(collection, more);
        if more == "-wal" && std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(BackupError::NotClosed);
        }
        match std::fs::remove_file(&log) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(BackupError::NotMade { path: log, source });
            }
            _ => {}
        }
    }
    put(part, collection).map(drop)
}

/// Keeps a damaged collection under another name, with its log, and gives that name. The
/// collection itself stands until something takes its place.
pub(super) fn keep_damaged(collection: &Path, now_ms: i64) -> Result<PathBuf, BackupError> {
    let stem = collection.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("{stem}-damaged-{}.sitwell", stamp(now_ms));
    let kept = beside(collection).join(name);
    let failed = |source| BackupError::NotMade { path: kept.clone(), source };
    // A second name costs nothing; where the file system has none, a copy does.
    if std::fs::hard_link(collection, &kept).is_err() {
        std::fs::copy(collection, &kept).map_err(failed)?;
        sync(&kept).map_err(failed)?;
    }
    for more in ["-wal", "-shm"] {
        let log = lock::beside(collection, more);
        if log.exists() {
            std::fs::rename(&log, lock::beside(&kept, more)).map_err(failed)?;
        }
    }
    Ok(kept)
}
