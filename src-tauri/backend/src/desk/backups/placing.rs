//! One file takes the place of a collection that is closed. A kill at any point leaves the one or
//! the other whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::BackupError;
use super::making::put;
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
    let name = |number: u32| format!("{stem}-damaged-{}-{number}.sitwell", stamp(now_ms));
    let mut number = 1;
    let (kept, linked) = loop {
        let kept = beside(collection).join(name(number));
        match second_name(collection, &kept) {
            // Kept by a repair that was interrupted.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            linked => break (kept, linked),
        }
    };
    let failed = |source| BackupError::NotMade { path: kept.clone(), source };
    linked.map_err(failed)?;
    for more in ["-wal", "-shm"] {
        let log = lock::beside(collection, more);
        if log.exists() {
            std::fs::rename(&log, lock::beside(&kept, more)).map_err(failed)?;
        }
    }
    Ok(kept)
}

/// Gives a file a second name, which costs nothing; where the file system has none, a copy.
fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Never over a file that is there: it could be this one.
            let mut copy = File::create_new(name)?;
            io::copy(&mut File::open(file)?, &mut copy)?;
            copy.sync_all()
        }
        linked => linked,
    }
}
