//! Reading a deck's files from disk.

use std::io;
use std::path::{Path, PathBuf};

use super::{MAX_DECK, MAX_FILE, MAX_FILES};
use crate::formats::Source;

/// Deepest folder below the deck's own.
const MAX_DEPTH: usize = 8;
/// Most entries looked at, Markdown or not.
const MAX_ENTRIES: usize = 20_000;

/// Why a deck's files could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was being read.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// More, deeper or larger files than a deck may have.
    #[error("{}: {reason}", path.display())]
    TooLarge {
        /// Where the bound was met.
        path: PathBuf,
        /// Which bound.
        reason: &'static str,
    },
}

/// Reads a deck: the file itself, or every `*.md` in the folder and below it. Links and hidden
/// entries are passed over. Paths of the sources begin with `path` as given.
///
/// # Errors
/// When something cannot be read, or a bound on number, depth or size is passed.
pub fn read_folder(path: &Path) -> Result<Vec<Source>, FolderError> {
    let io = |source| FolderError::Io { path: path.to_owned(), source };
    let mut reader = Reader { sources: Vec::new(), size: 0, entries: 0 };
    if std::fs::metadata(path).map_err(io)?.is_dir() {
        reader.folder(path, 0)?;
    } else {
        reader.file(path)?;
    }
    reader.sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(reader.sources)
}

struct Reader {
    sources: Vec<Source>,
    size: usize,
    entries: usize,
}

impl Reader {
    fn folder(&mut self, path: &Path, depth: usize) -> Result<(), FolderError> {
        if depth > MAX_DEPTH {
            return Err(too_large(path, "folders nest too deeply"));
        }
        let io = |source| FolderError::Io { path: path.to_owned(), source };
        for entry in std::fs::read_dir(path).map_err(io)? {
            let entry = entry.map_err(io)?;
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                return Err(too_large(path, "the folder has too many entries"));
            }
            let kind = entry.file_type().map_err(io)?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                self.folder(&path, depth + 1)?;
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "md")
            {
                self.file(&path)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), FolderError> {
        use io::Read as _;
        let io = |source| FolderError::Io { path: path.to_owned(), source };
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too large from one that just fits.
        let limit = MAX_FILE as u64 + 1;
        std::fs::File::open(path).map_err(io)?.take(limit).read_to_end(&mut bytes).map_err(io)?;
        self.size += bytes.len();
        if self.sources.len() >= MAX_FILES || self.size > MAX_DECK {
            return Err(too_large(path, "the deck is too large"));
        }
        let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        self.sources.push(Source::new(name, bytes));
        Ok(())
    }
}

fn too_large(path: &Path, reason: &'static str) -> FolderError {
    FolderError::TooLarge { path: path.to_owned(), reason }
}
