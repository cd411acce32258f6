//! Anki packages: `.apkg` and `.colpkg` of every generation, in and out.
//!
//! A package is a zip around an SQLite file. Its notes become cards of ours, rendered by their
//! templates where these are no stock ones; the media stay in the package until they are kept.

mod archive;
mod cards;
#[cfg(test)]
mod corpus_tests;
mod decks;
mod notetype;
mod occlusion;
mod problems;
mod proto;
mod reader;
mod render;
mod study;
mod template;
#[cfg(test)]
mod tests;
mod write;
mod write_kinds;
#[cfg(test)]
mod write_tests;

pub use archive::MAX_COLLECTION;
#[cfg(any(test, feature = "fuzzing"))]
pub(super) use archive::names as media_names;
pub(super) use cards::{Note, card, ordinals};
pub(super) use notetype::Notetype;
pub(super) use render::TooLong;
pub use write::{Written, write};

use std::path::Path;

use super::{Draft, Format, Package, PackageError, Work};
use crate::store::StoreError;
use crate::store::anki::AnkiDatabase;

/// Why nothing of a package can be read.
#[derive(Debug, thiserror::Error)]
pub enum AnkiError {
    /// The package itself cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// It holds no collection.
    #[error("there is no Anki collection in the file; export the deck from Anki as .apkg again")]
    NoCollection,
    /// Written by an Anki that is newer than this.
    #[error(
        "it was written by a newer Anki (package version {0}); export it with “Support older Anki versions” on"
    )]
    Newer(u32),
    /// A part of it does not read back.
    #[error("its {part} cannot be read: {why}. Export it from Anki again")]
    Damaged {
        /// Which part.
        part: &'static str,
        /// Why.
        why: String,
    },
    /// More than is read.
    #[error("it has more than {limit} {what}, which is the most that is read")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// The most that is read.
        limit: u64,
    },
    /// Its SQLite file cannot be read.
    #[error("{0}. The file may be damaged: export it from Anki again")]
    Database(#[from] StoreError),
    /// There is no room to unpack it or to write it.
    #[error("a temporary file cannot be written: {0}; make room on the disk")]
    Temporary(std::io::Error),
    /// It was cancelled.
    #[error("it was cancelled; nothing was changed")]
    Cancelled,
}

impl AnkiError {
    fn damaged(part: &'static str, why: &dyn std::fmt::Display) -> Self {
        Self::Damaged { part, why: why.to_string() }
    }
}

/// Reads a package. It takes its time on the thread that calls it, and tells `work` of each note.
///
/// # Errors
/// [`AnkiError`] when nothing of it can be read, or it is cancelled. What concerns one note is a
/// problem of the draft.
pub fn read(package: &Package, work: &dyn Work) -> Result<Draft, AnkiError> {
    let collection = archive::find(package)?;
    let file = archive::unpack(package, collection)?;
    let media = archive::MediaMap::read(package, collection)?;
    let extension = Path::new(package.name()).extension();
    let whole = extension.is_some_and(|name| name.eq_ignore_ascii_case("colpkg"));
    let format = if whole { Format::Colpkg } else { Format::Apkg };
    let reader = reader::Reader::new(package, media, collection.entry, format, work);
    alone(async {
        let mut database = AnkiDatabase::open(file.path()).await?;
        let draft = reader.read(&mut database).await;
        database.close().await;
        draft
    })
}

/// Runs to its end what waits for a database, on a thread of its own, so that it does not matter
/// who calls.
fn alone<T: Send>(work: impl Future<Output = Result<T, AnkiError>> + Send) -> Result<T, AnkiError> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(AnkiError::Temporary)?.block_on(work)
    };
    std::thread::scope(|scope| match scope.spawn(run).join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
