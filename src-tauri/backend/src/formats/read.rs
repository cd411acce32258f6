//! The door for whatever a learner brings in: a file is told what it is, and read.

use super::anki::{self, AnkiError};
use super::crowd_anki::{self, CrowdAnkiError};
use super::delimited::{self, ColumnChoice};
use super::moodle_xml::{self, MoodleError};
use super::qti::{self, QtiError};
use super::{DetectError, Draft, Format, Package, PackageError, Work, aiken, bank, gift, native};

/// Why a file cannot be read as what it is.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is nothing that can be imported.
    #[error(transparent)]
    Detect(#[from] DetectError),
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The Anki package cannot be read.
    #[error(transparent)]
    Anki(#[from] AnkiError),
    /// The `CrowdAnki` export cannot be read.
    #[error(transparent)]
    CrowdAnki(#[from] CrowdAnkiError),
    /// The Moodle XML cannot be read.
    #[error(transparent)]
    Moodle(#[from] MoodleError),
    /// The QTI cannot be read.
    #[error(transparent)]
    Qti(#[from] QtiError),
    /// It is no longer wanted.
    #[error("reading was stopped; nothing was changed")]
    Cancelled,
}

/// Reads a package as the format given; of a delimited file, the columns as chosen.
///
/// # Errors
/// [`ReadError`] when nothing of it can be read. What is wrong with parts of it is in the draft.
pub fn read(
    package: &Package,
    format: Format,
    columns: &ColumnChoice,
    work: &dyn Work,
) -> Result<Draft, ReadError> {
    let read = match format {
        Format::Markdown => native::read(package).map_err(ReadError::from),
        Format::Bank => bank::read(package).map_err(ReadError::from),
        Format::Apkg | Format::Colpkg => anki::read(package, work).map_err(ReadError::from),
        Format::Csv | Format::Tsv | Format::AnkiText | Format::Quizlet => {
            delimited::read(package, format, columns).map_err(ReadError::from)
        }
        Format::CrowdAnki => crowd_anki::read(package, work).map_err(ReadError::from),
        Format::Gift => gift::read(package).map_err(ReadError::from),
        Format::MoodleXml => moodle_xml::read(package, work).map_err(ReadError::from),
        Format::Aiken => aiken::read(package).map_err(ReadError::from),
        Format::Qti => qti::read(package, work).map_err(ReadError::from),
    };
    // Whatever a reader says when it is stopped.
    if work.cancelled() { Err(ReadError::Cancelled) } else { read }
}
