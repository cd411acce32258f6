//! Importing: a file is read once, shown, and kept in one transaction.

use std::path::Path;

use super::views::{
    ExportOptions, Exported, ImportChoices, ImportOptions, ImportPreview, ImportProgress, Imported,
};
use super::{DeskError, Sitwell};

/// What hears how far an import is.
pub type OnImport<'a> = &'a (dyn Fn(ImportProgress) + Send + Sync);

impl Sitwell {
    /// Reads a file, folder or zip and holds it against the collection. Nothing is changed; what
    /// was read is kept in memory until the import is done or another file is read.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be read, or is no deck.
    pub async fn preview_import(
        &self,
        path: &Path,
        progress: OnImport<'_>,
    ) -> Result<ImportPreview, DeskError> {
        let _ = (path, progress);
        Err(DeskError::NoExam)
    }

    /// Shows the file that was read with other options and choices.
    ///
    /// # Errors
    /// [`DeskError`] when no file was read, or it cannot be read so.
    pub async fn change_import(
        &self,
        options: ImportOptions,
        choices: ImportChoices,
        progress: OnImport<'_>,
    ) -> Result<ImportPreview, DeskError> {
        let _ = (options, choices, progress);
        Err(DeskError::NoExam)
    }

    /// Keeps the file that was read, as the last preview showed it, in one transaction.
    ///
    /// # Errors
    /// [`DeskError`]; nothing is changed then.
    pub async fn import(&self, progress: OnImport<'_>) -> Result<Imported, DeskError> {
        let _ = progress;
        Err(DeskError::NoExam)
    }

    /// Stops what reads, compares or keeps; forgets the file that was read.
    pub fn cancel_import(&self) {}

    /// Writes decks into a file.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck or the file cannot be written; no file is left
    /// half-written then.
    pub async fn export(&self, options: ExportOptions, to: &Path) -> Result<Exported, DeskError> {
        let _ = (options, to);
        Err(DeskError::NoExam)
    }
}
