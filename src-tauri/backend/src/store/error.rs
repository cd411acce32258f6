//! What can go wrong with a collection.

use std::path::{Path, PathBuf};

/// Why the collection could not be read or written. Whatever was acknowledged before stays.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The collection's folder or lock file cannot be made.
    #[error("{} cannot be made: {}", path.display(), Plain::io(source))]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file cannot be opened, or is not a collection.
    #[error("{} cannot be opened as a Sitwell collection: {}", path.display(), Plain::of(source))]
    Open {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// It was written by a newer Sitwell.
    #[error("{} was written by a newer Sitwell; install the newest version to open it", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
    },
    /// Its file is damaged.
    #[error("{} is damaged: {}", path.display(), faults.first().map_or("it does not read back", String::as_str))]
    Corrupt {
        /// Which file.
        path: PathBuf,
        /// What is wrong, as SQLite tells it.
        faults: Vec<String>,
    },
    /// A copy of the collection could not be written.
    #[error("{} could not be written: {}", path.display(), Plain::of(source))]
    Copy {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// An older collection could not be brought up to date.
    #[error("{} could not be brought up to date: {source}", path.display())]
    Migrate {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
    /// Reading or writing failed.
    #[error("{doing} failed: {}", Plain::of(source))]
    Query {
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// Something stored does not read back; names what and where.
    #[error("the collection holds a damaged {what} ({id}): {why}")]
    Damaged {
        /// Kind of record.
        what: &'static str,
        /// Which one.
        id: String,
        /// What is wrong.
        why: String,
    },
}

/// What lies behind a failure, where somebody can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full.
    DiskFull,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// The file is damaged, or no collection at all.
    Damaged,
    /// Another program has the file locked.
    Locked,
}

impl Trouble {
    /// By the result code of SQLite, whose low byte is its kind: <https://www.sqlite.org/rescode.html>.
    fn of(source: &sqlx::Error) -> Option<Self> {
        let sqlx::Error::Database(error) = source else { return None };
        let code: u32 = error.code()?.parse().ok()?;
        match code & 0xff {
            // The file beside it that several processes share could not be made larger.
            10 if code >> 8 == 19 => Some(Self::DiskFull),
            5 | 6 => Some(Self::Locked),
            // It cannot be opened for writing what stands beside it, in a folder say.
            8 | 14 => Some(Self::ReadOnly),
            11 | 26 => Some(Self::Damaged),
            13 => Some(Self::DiskFull),
            _ => None,
        }
    }

    fn of_io(source: &std::io::Error) -> Option<Self> {
        use std::io::ErrorKind;
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(Self::DiskFull),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(Self::ReadOnly),
            _ => None,
        }
    }
}

/// A cause in plain words, or in those of whoever reports it.
struct Plain<'a>(Option<Trouble>, &'a dyn std::fmt::Display);

impl<'a> Plain<'a> {
    fn of(source: &'a sqlx::Error) -> Self {
        Self(Trouble::of(source), source)
    }

    fn io(source: &'a std::io::Error) -> Self {
        Self(Trouble::of_io(source), source)
    }
}

impl std::fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(Trouble::DiskFull) => f.write_str("the disk is full"),
            Some(Trouble::ReadOnly) => f.write_str("the file or its folder cannot be written"),
            Some(Trouble::Damaged) => f.write_str("the file is damaged, or is no collection"),
            Some(Trouble::Locked) => f.write_str("another program has the file locked"),
            None => self.1.fmt(f),
        }
    }
}

impl StoreError {
    /// What lies behind it, where somebody can do something about it.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Folder { source, .. } => Trouble::of_io(source),
            Self::Open { source, .. } | Self::Copy { source, .. } | Self::Query { source, .. } => {
                Trouble::of(source)
            }
            Self::Corrupt { .. } => Some(Trouble::Damaged),
            Self::Newer { .. } | Self::Migrate { .. } | Self::Damaged { .. } => None,
        }
    }

    /// The file or record it is about, where it is about one.
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Folder { path, .. }
            | Self::Open { path, .. }
            | Self::Newer { path }
            | Self::Corrupt { path, .. }
            | Self::Copy { path, .. }
            | Self::Migrate { path, .. } => Some(path.display().to_string()),
            Self::Damaged { id, .. } => Some(id.clone()),
            Self::Query { .. } => None,
        }
    }

    /// Whether it says that the collection's file is damaged.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Corrupt { .. } => true,
            Self::Open { source, .. } | Self::Copy { source, .. } | Self::Query { source, .. } => {
                super::backup::is_corrupt(source)
            }
            _ => false,
        }
    }

    /// For `map_err`: a failed query, with what it was for.
    pub(super) fn during(doing: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| Self::Query { doing, source }
    }

    /// For `map_err`: a record that does not read back.
    pub(super) fn damaged<E: std::fmt::Display>(
        what: &'static str,
        id: impl Into<String>,
    ) -> impl FnOnce(E) -> Self {
        let id = id.into();
        move |why| Self::Damaged { what, id, why: why.to_string() }
    }

    pub(super) fn migrating(path: &Path, source: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        let path = path.into();
        match source {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                Self::Newer { path }
            }
            MigrateError::Execute(source) => Self::Open { path, source },
            source => Self::Migrate { path, source },
        }
    }
}
