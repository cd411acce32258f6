//! One file or folder for each outside format: bytes in, a deck with located problems out.
//!
//! Readers are pure: they take [`Source`]s and give every [`Problem`] they find, not only the
//! first. What they accept is bounded in size, so that a hostile file costs little.

pub mod aiken;
pub mod anki;
pub mod bank;
pub mod crowd_anki;
pub mod csv_export;
mod decode;
pub mod delimited;
mod detect;
mod draft;
mod export;
mod findings;
mod folder;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod gift;
mod made;
mod made_decks;
pub mod markdown;
mod mathml;
mod media_check;
pub mod moodle_xml;
pub mod native;
pub mod native_export;
mod notes;
#[cfg(test)]
mod outline;
mod package;
pub mod qti;
mod question;
mod read;
mod shown;
mod shown_files;
mod written;
mod xml;

use std::borrow::Cow;
use std::fmt;

pub use detect::{DetectError, detect};
pub use draft::{
    Draft, DraftContent, DraftDeck, DraftItem, DraftMedia, DraftReview, DraftState, DraftStudy,
    FileName, Format, PassedOver, Place,
};
pub use export::{ExportDeck, ExportItem, ExportMedia, MediaBytes};
pub use media_check::warn_of_media;
pub use package::{MAX_ENTRIES, MAX_MEMORY, MAX_PACKAGE, Package, PackageError};
pub use read::{ReadError, read};
use serde::Serialize;
pub use written::{ExportError, Written};
pub use xml::{XmlError, XmlFault};

use crate::blueprint::LocatedFault;

/// Endings of files that hold a text format.
const TEXT_ENDINGS: [&str; 5] = ["txt", "gift", "csv", "tsv", "text"];

/// The texts of a package: the file itself, or the files in it that are named as texts are, the
/// licence and the like left aside.
fn texts(package: &Package) -> Vec<String> {
    if package.is_file() {
        return package.entries().to_vec();
    }
    let is_text = |path: &&String| {
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let name = stem.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        TEXT_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
            && !["license", "licence", "readme", "copying"].contains(&name.as_str())
    };
    package.entries().iter().filter(is_text).take(MAX_TEXTS).cloned().collect()
}

/// Most texts of a package.
const MAX_TEXTS: usize = 2_000;

/// The title of a deck that has none but its file's name.
fn file_title(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    if stem.is_empty() { "Deck".to_owned() } else { stem.to_owned() }
}

/// A file as the reader gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name for messages, and what files are ordered by; `/` between folders.
    pub path: String,
    /// Content.
    pub bytes: Cow<'static, [u8]>,
}

impl Source {
    /// A file of the name and content given.
    pub fn new(path: impl Into<String>, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// What long work tells while it runs, and what it asks.
pub trait Work: Send + Sync {
    /// So much of it is done; the whole may grow while it runs.
    fn step(&self, done: u64, of: u64);

    /// Whether it is no longer wanted.
    fn cancelled(&self) -> bool;
}

/// Work that nobody watches or cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Work for Quiet {
    fn step(&self, _done: u64, _of: u64) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Severity {
    /// The input cannot be used as it is.
    Error,
    /// It can be used, and should be looked at.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something wrong with an input, where it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the rule, for filters and scripts.
    pub code: Cow<'static, str>,
    /// The source's path.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, code, file, line, column, message, .. } = self;
        write!(f, "{file}:{line}:{column}: {severity}[{code}]: {message}")
    }
}

impl From<LocatedFault> for Problem {
    fn from(fault: LocatedFault) -> Self {
        Self {
            severity: Severity::Error,
            code: "blueprint".into(),
            message: fault.fault.to_string(),
            hint: fault.fault.hint().into(),
            file: fault.file,
            line: fault.line,
            column: fault.column,
        }
    }
}
