//! The lock beside a collection, and the mark in it that says that the collection was not closed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::DeskError;
use crate::store::StoreError;

/// What the lock file says while the collection is open.
const OPEN: &[u8] = b"open";

/// Keeps other processes out of a collection. The system frees it when this process ends, however
/// it ends; the mark stays then.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    unclean: AtomicBool,
}

impl Lock {
    /// Locks the collection at `path`. Makes the folder when there is none.
    pub(super) fn take(path: &Path) -> Result<Self, DeskError> {
        let beside = beside(path, ".lock");
        let failed = |source| StoreError::Folder { path: beside.clone(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut open = OpenOptions::new();
        open.read(true).write(true).create(true).truncate(false);
        let mut file = open.open(&beside).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DeskError::OpenElsewhere(path.into())),
            Err(TryLockError::Error(source)) => return Err(failed(source).into()),
        }
        let mut mark = Vec::new();
        Read::by_ref(&mut file).take(16).read_to_end(&mut mark).map_err(failed)?;
        let log = self::beside(path, "-wal");
        let unclean = mark == OPEN || std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
        Ok(Self { file, path: beside, unclean: AtomicBool::new(unclean) })
    }

    /// Whether the collection was not closed when it was last open.
    pub(super) fn unclean(&self) -> bool {
        self.unclean.load(Ordering::SeqCst)
    }

    /// From here on the collection is open.
    pub(super) fn mark(&self) -> Result<(), DeskError> {
        self.write(OPEN)
            .map_err(|source| StoreError::Folder { path: self.path.clone(), source }.into())
    }

    /// The collection was closed. A mark that stays costs a look through the collection at the
    /// next start, no more.
    pub(super) fn clear(&self) {
        if self.write(b"").is_ok() {
            self.unclean.store(false, Ordering::SeqCst);
        }
    }

    fn write(&self, mark: &[u8]) -> std::io::Result<()> {
        let mut file = &self.file;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(mark)
    }
}

/// A file that stands beside another, by what its name has more.
pub(super) fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_that_was_not_closed_is_known_by_the_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.sitwell");
        let first = Lock::take(&path).unwrap();
        assert!(!first.unclean());
        first.mark().unwrap();
        assert!(matches!(Lock::take(&path), Err(DeskError::OpenElsewhere(_))));
        drop(first);
        let second = Lock::take(&path).unwrap();
        assert!(second.unclean());
        second.clear();
        drop(second);
        assert!(!Lock::take(&path).unwrap().unclean());
        std::fs::write(beside(&path, "-wal"), "x").unwrap();
        assert!(Lock::take(&path).unwrap().unclean());
    }
}
