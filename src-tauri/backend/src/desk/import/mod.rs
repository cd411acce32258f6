//! Importing: a file is read once, shown, and kept in one transaction.

mod classifier;
mod decks;
mod error;
mod export;
mod identity;
mod keep;
mod mapping;
mod matches;
mod plan;
mod planner;
mod preview;
mod schedule;
mod seen;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_choices;
#[cfg(test)]
mod tests_of_files;
#[cfg(test)]
mod tests_of_many;
mod together;
mod watch;
mod words;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Mutex;

use super::views::{
    ColumnChoice, ColumnsView, ExportProgress, ImportChoices, ImportOptions, ImportPreview,
    ImportProgress, ImportStage, ImportTarget, Imported, Profile, Resolve,
};
use super::{DeskError, Sitwell};
use crate::formats::{self, Draft, DraftItem, Format, Package, ReadError, delimited};
use crate::store::SettingKey;
use classifier::Classifier;
pub use error::ImportError;
use plan::{Plan, Planned, Wanted};
use watch::{Reader, Watch};

/// Most items of one import.
pub(super) const MAX_ITEMS: usize = 1_000_000;

/// What hears how far an import is.
pub type OnImport<'a> = &'a (dyn Fn(ImportProgress) + Send + Sync);

/// What hears how far an export is.
pub type OnExport<'a> = &'a (dyn Fn(ExportProgress) + Send + Sync);

/// What importing and exporting keep in memory between verbs.
#[derive(Default)]
pub(super) struct Held {
    /// The file that was read; held by whoever works on it.
    pending: Mutex<Option<Pending>>,
    /// Whether what works is to stop.
    cancelled: Arc<AtomicBool>,
    /// Whether what writes a file is to stop.
    unwanted: Arc<AtomicBool>,
    /// By code of the exam.
    classifiers: std::sync::Mutex<HashMap<String, Arc<Classifier>>>,
}

/// A file that was read, with what would become of it.
struct Pending {
    package: Arc<Package>,
    /// Its size in bytes.
    bytes: u64,
    draft: Draft,
    options: ImportOptions,
    choices: ImportChoices,
    plan: Plan,
    /// How a delimited file was understood.
    columns: Option<ColumnsView>,
}

impl Pending {
    /// An item of the file.
    fn item(&self, planned: &Planned) -> &DraftItem {
        &self.draft.decks[planned.deck].items[planned.place]
    }

    fn has_scheduling(&self) -> bool {
        let mut items = self.draft.decks.iter().flat_map(|deck| &deck.items);
        items.any(|item| !item.study.is_empty())
    }
}

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
        let mut held = self.import.pending.lock().await;
        let watch = self.watch(progress);
        *held = None;
        let path = path.to_owned();
        let opened = tokio::task::spawn_blocking(move || {
            let bytes = std::fs::metadata(&path).map_or(0, |data| data.len());
            Package::open(&path).map(|package| (package, bytes))
        });
        let opened = opened.await.map_err(|_| ImportError::Broken("the file".into()))?;
        let (package, bytes) = opened.map_err(ImportError::from)?;
        let package = Arc::new(package);
        let columns = ColumnChoice::default();
        let (draft, columns) = read(&package, columns, &watch).await?;
        let mut pending = self.hold(package, bytes, draft, &watch).await?;
        pending.columns = columns;
        let shown = preview::preview(self, &pending).await?;
        *held = Some(pending);
        Ok(shown)
    }

    /// A file that was read, with what would become of it unless something else is said.
    async fn hold(
        &self,
        package: Arc<Package>,
        bytes: u64,
        draft: Draft,
        watch: &Watch<'_>,
    ) -> Result<Pending, DeskError> {
        let options = self.usual_options(&draft).await?;
        let (choices, plan) = (ImportChoices::default(), Plan::default());
        let mut pending = Pending { package, bytes, draft, options, choices, plan, columns: None };
        pending.plan = self.planned(&pending, watch).await?;
        Ok(pending)
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
        let mut held = self.import.pending.lock().await;
        let watch = self.watch(progress);
        let pending = held.as_mut().ok_or(ImportError::NoFile)?;
        let before = (pending.options.clone(), pending.choices.clone());
        if let Some(columns) =
            options.columns.clone().filter(|_| options.columns != pending.options.columns)
        {
            (pending.draft, pending.columns) = read(&pending.package, columns, &watch).await?;
        }
        (pending.options, pending.choices) = (options, choices);
        match self.planned(pending, &watch).await {
            Ok(plan) => pending.plan = plan,
            Err(error) => {
                (pending.options, pending.choices) = before;
                return Err(error);
            }
        }
        preview::preview(self, pending).await
    }

    /// Keeps the file that was read, as the last preview showed it, in one transaction. Its words
    /// are left to [`Self::index_words`] or [`Self::index_beside`]; a search waits for that.
    ///
    /// # Errors
    /// [`DeskError`]; nothing is changed then.
    pub async fn import(&self, progress: OnImport<'_>) -> Result<Imported, DeskError> {
        let mut held = self.import.pending.lock().await;
        let watch = self.watch(progress);
        let pending = held.as_mut().ok_or(ImportError::NoFile)?;
        // What is here may have changed since it was shown.
        if pending.plan.as_of != self.store.as_of().await? {
            pending.plan = match self.planned(pending, &watch).await {
                Err(DeskError::Import(ImportError::Cancelled)) => return Ok(Imported::Cancelled),
                plan => plan?,
            };
        }
        let decks = match keep::keep(self, pending, &watch).await {
            Err(DeskError::Import(ImportError::Cancelled)) => {
                *held = None;
                return Ok(Imported::Cancelled);
            }
            decks => decks?,
        };
        let counts = preview::counts(pending);
        *held = None;
        Ok(Imported::Done { counts, decks })
    }

    /// Stops what reads, compares or keeps; forgets the file that was read.
    pub fn cancel_import(&self) {
        self.import.cancelled.store(true, Ordering::SeqCst);
        if let Ok(mut held) = self.import.pending.try_lock() {
            *held = None;
        }
    }

    /// Makes the words of what was imported findable; returns when that is done.
    ///
    /// # Errors
    /// [`DeskError`] when they cannot be read or written.
    pub async fn index_words(&self) -> Result<(), DeskError> {
        Ok(self.store.index_stale().await?)
    }

    /// How many items have words that are not findable yet: a search waits for them.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be read.
    pub async fn words_left(&self) -> Result<u32, DeskError> {
        Ok(self.store.words_left().await?)
    }

    /// Makes words findable while other things go on, until it is done or the collection closed.
    pub fn index_beside(&self) {
        let store = self.store.clone();
        tokio::spawn(async move {
            // Search does this too before it looks, and says what is wrong then.
            if store.index_stale().await.is_ok() {
                // Search is right without it.
                store.merge_words().await.ok();
            }
        });
    }

    fn watch<'a>(&self, progress: OnImport<'a>) -> Watch<'a> {
        self.import.cancelled.store(false, Ordering::SeqCst);
        Watch { progress, cancelled: Arc::clone(&self.import.cancelled) }
    }

    /// What holds for a file unless something else is said.
    async fn usual_options(&self, draft: &Draft) -> Result<ImportOptions, DeskError> {
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let named = draft.decks.iter().find_map(|deck| deck.blueprint.clone());
        let known = |code: &String| self.blueprint(code).is_ok();
        let columns = match draft.format {
            Format::Csv | Format::Tsv | Format::AnkiText | Format::Quizlet => {
                Some(ColumnChoice::default())
            }
            _ => None,
        };
        Ok(ImportOptions {
            target: ImportTarget::Own,
            existing: Resolve::File,
            scheduling: true,
            exam: named.filter(known).or(profile.exam),
            columns,
        })
    }

    async fn planned(&self, pending: &Pending, watch: &Watch<'_>) -> Result<Plan, DeskError> {
        let Pending { draft, options, choices, .. } = pending;
        let mapping = match &options.exam {
            Some(exam) => Some(mapping::map(self, draft, exam, choices, watch)?),
            None => None,
        };
        plan::plan(self, &Wanted { draft, options, choices }, mapping, watch).await
    }
}

/// Reads a package on a thread of its own.
async fn read(
    package: &Arc<Package>,
    columns: ColumnChoice,
    watch: &Watch<'_>,
) -> Result<(Draft, Option<ColumnsView>), ImportError> {
    let (steps, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let reader = Reader { steps, cancelled: Arc::clone(&watch.cancelled) };
    let of = Arc::clone(package);
    let reading = tokio::task::spawn_blocking(move || {
        let format = formats::detect(&of)?;
        let mut draft = formats::read(&of, format, &columns, &reader)?;
        formats::warn_of_media(&of, &mut draft);
        let columns = match format {
            Format::Csv | Format::Tsv | Format::AnkiText | Format::Quizlet => {
                Some(delimited::columns(&of, &columns)?)
            }
            _ => None,
        };
        Ok((draft, columns))
    });
    while let Some((done, of)) = heard.recv().await {
        let count = |count| usize::try_from(count).unwrap_or(usize::MAX);
        watch.step(ImportStage::Reading, count(done), count(of))?;
    }
    let read: Result<_, ReadError> =
        reading.await.map_err(|_| ImportError::Broken(package.name().to_owned()))?;
    match read {
        Err(ReadError::Cancelled) => Err(ImportError::Cancelled),
        read => Ok(read?),
    }
}
