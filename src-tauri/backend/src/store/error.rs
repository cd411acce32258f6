//! What can go wrong with a collection.

use std::path::{Path, PathBuf};

/// Why the collection could not be read or written. Whatever was acknowledged before stays.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The collection's folder or lock file cannot be made.
    #[error("{} cannot be made: {source}", path.display())]
    Folder {
        /// Which folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file cannot be opened, or is not a collection.
    #[error("{} cannot be opened as a Sitwell collection: {source}", path.display())]
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
    /// An older collection could not be brought up to date.
    #[error("{} could not be brought up to date: {source}", path.display())]
    Migrate {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
    /// Reading or writing failed.
    #[error("{doing} failed: {source}")]
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

impl StoreError {
    /// The file or record it is about, where it is about one.
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Folder { path, .. }
            | Self::Open { path, .. }
            | Self::Newer { path }
            | Self::Migrate { path, .. } => Some(path.display().to_string()),
            Self::Damaged { id, .. } => Some(id.clone()),
            Self::Query { .. } => None,
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
