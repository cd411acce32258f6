//! What keeping and restoring copies of a collection refuses, and why.

use std::io;
use std::path::PathBuf;

use crate::store::StoreError;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder of backups cannot be made or read.
    #[error("the folder of backups, {}, cannot be used: {source}", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be written or put in its place.
    #[error("{} was not written: {source}", path.display())]
    NotMade {
        /// Where it was to be.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
    /// The collection cannot be read, or not be copied.
    #[error("no backup was made: {0}")]
    NotCopied(StoreError),
    /// A copy was written and does not hold what it should.
    #[error("the copy that was written does not read back ({why}), so it was not kept")]
    Unsound {
        /// What is wrong.
        why: String,
    },
    /// A file that holds no collection.
    #[error("{} is no backup of Sitwell", path.display())]
    NotOne {
        /// Which file.
        path: PathBuf,
    },
    /// A backup of a newer Sitwell.
    #[error("{} was made by a newer Sitwell", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// A backup that is damaged itself.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The open collection was chosen.
    #[error("this is the collection that is open")]
    Itself,
    /// No preview was asked for before.
    #[error("no backup was looked at, so none is restored")]
    NoPreview,
    /// The collection could not be closed whole.
    #[error("the open collection could not be closed, so it was not replaced")]
    NotClosed,
}

impl BackupError {
    /// Whether the collection turned out to be damaged when it was read.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::NotCopied(error) if error.is_damage())
    }

    /// A short stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            error if error.is_damage() => "collection_damaged",
            Self::Folder { .. } | Self::NotMade { .. } | Self::NotCopied(_) => "no_backup",
            Self::Unsound { .. } => "unsound_backup",
            Self::NotOne { .. } | Self::Itself => "not_a_backup",
            Self::Newer { .. } => "newer_backup",
            Self::Damaged { .. } => "damaged_backup",
            Self::NoPreview => "no_preview",
            Self::NotClosed => "not_closed",
        }
    }

    /// What the learner can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            error if error.is_damage() => {
                "The file was left as it is. Close Sitwell and open it again to restore a backup."
            }
            Self::Folder { .. } | Self::NotMade { .. } | Self::NotCopied(_) => {
                "Your collection and older backups are as they were. Make room on the disk, or \
                 choose another folder."
            }
            Self::Unsound { .. } => {
                "Your collection and older backups are as they were. Check the disk, then try \
                 again."
            }
            Self::NotOne { .. } | Self::Damaged { .. } | Self::Itself => {
                "Nothing was changed. Choose another backup."
            }
            Self::Newer { .. } => "Nothing was changed. Install the newest Sitwell to restore it.",
            Self::NoPreview => "Nothing was changed. Choose the backup again.",
            Self::NotClosed => "Nothing was changed. Close Sitwell, open it and try again.",
        }
    }
}
