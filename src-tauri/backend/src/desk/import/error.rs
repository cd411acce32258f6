//! What importing and exporting refuse, and why.

use crate::formats::anki::AnkiError;
use crate::formats::{DetectError, ExportError, PackageError, ReadError};

/// Why nothing was imported or exported. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something in the file cannot be read while it is kept.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The reader gave up in an unforeseen way.
    #[error("“{0}” could not be read to its end")]
    Broken(String),
    /// No file was read before.
    #[error("no file is open for import")]
    NoFile,
    /// The learner stopped it.
    #[error("this was stopped; nothing was changed")]
    Cancelled,
    /// More items than one import takes.
    #[error("the file holds {0} items; at most {max} are imported at once", max = super::MAX_ITEMS)]
    TooMany(usize),
    /// More bytes of pictures and sounds than a deck may have.
    #[error("the pictures and sounds of “{0}” are larger than 2 GiB together")]
    TooMuchMedia(String),
    /// A deck that nothing can be put into.
    #[error("“{0}” comes with Sitwell, so nothing can be put into it")]
    Bundled(String),
    /// There is nothing to export.
    #[error("there is nothing in it to export")]
    Nothing,
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] ExportError),
    /// The Anki package cannot be written.
    #[error(transparent)]
    WriteAnki(#[from] AnkiError),
    /// The writer gave up in an unforeseen way.
    #[error("“{0}” could not be written to its end; what stood there before is still there")]
    Unwritten(String),
}

impl ImportError {
    /// A short stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(ReadError::Detect(
                DetectError::Unknown(_) | DetectError::Other { .. } | DetectError::Empty(_),
            )) => "unknown_format",
            Self::Read(ReadError::Cancelled)
            | Self::Cancelled
            | Self::Write(ExportError::Cancelled)
            | Self::WriteAnki(AnkiError::Cancelled) => "cancelled",
            Self::Read(_) | Self::Package(_) | Self::Broken(_) => "unreadable_file",
            Self::NoFile => "no_file",
            Self::TooMany(_) => "too_many_items",
            Self::TooMuchMedia(_) => "too_much_media",
            Self::Bundled(_) => "bundled_deck",
            Self::Nothing => "nothing_to_export",
            Self::Write(_) | Self::WriteAnki(_) | Self::Unwritten(_) => "not_written",
        }
    }

    /// What the learner can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Read(ReadError::Detect(DetectError::Unknown(_))) => Some(
                "Choose an Anki package, a Markdown question bank, a table, or an export of a \
                 learning platform.",
            ),
            Self::Read(ReadError::Cancelled)
            | Self::Cancelled
            | Self::Write(_)
            | Self::WriteAnki(AnkiError::Cancelled) => None,
            Self::Read(_) | Self::Package(_) | Self::Broken(_) => {
                Some("Nothing was changed. Fetch or export the file again.")
            }
            Self::NoFile => Some("Choose the file again."),
            Self::TooMany(_) | Self::TooMuchMedia(_) => {
                Some("Export it in parts where it comes from.")
            }
            Self::Bundled(_) => Some("Choose a deck of your own, or the decks of the file."),
            Self::Nothing => Some("Choose a deck that holds cards or questions."),
            Self::WriteAnki(_) | Self::Unwritten(_) => {
                Some("Choose another folder, or make room on the disk.")
            }
        }
    }
}
