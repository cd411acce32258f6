//! The front desk: [`Sitwell`] opens a collection and offers the verbs that the window, the
//! command line and the tests all use.

mod browse;
#[cfg(test)]
mod browse_tests;
mod budget;
#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod counts_tests;
mod custom;
#[cfg(test)]
mod custom_tests;
mod deck_options;
#[cfg(test)]
mod deck_options_tests;
mod draft;
mod editor;
#[cfg(test)]
mod editor_tests;
mod error;
mod exams;
mod export_result;
#[cfg(test)]
mod faults_tests;
mod finished;
mod forecast;
mod hall;
#[cfg(test)]
mod hall_clock_tests;
#[cfg(test)]
mod hall_tests;
mod history;
#[cfg(test)]
mod history_tests;
mod import;
mod item_reports;
#[cfg(test)]
mod item_reports_tests;
mod learner;
mod library;
#[cfg(test)]
mod library_tests;
mod made_cards;
#[cfg(test)]
mod made_cards_tests;
mod media;
mod next_card;
mod optimise;
#[cfg(test)]
mod optimise_tests;
mod over_papers;
mod plan;
#[cfg(test)]
mod plan_tests;
mod practice;
#[cfg(test)]
mod practice_tests;
mod remark;
#[cfg(test)]
mod remark_tests;
mod results;
#[cfg(test)]
mod results_tests;
mod rows;
mod share;
mod similar;
mod sitting_verbs;
#[cfg(test)]
mod sitting_verbs_tests;
mod statistics;
mod study;
mod study_day;
#[cfg(test)]
mod study_tests;
#[cfg(test)]
mod tests;
mod updates;
pub mod views;
mod weakness;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::Mutex;

pub use error::DeskError;
use hall::OpenSitting;
pub use import::{ImportError, OnExport, OnImport};

use crate::blueprint::Blueprint;
use crate::bundled;
use crate::clock::Clock;
use crate::store::{DeckSource, Store, StoreError};

/// Gives a seed for each new paper.
pub type SeedSource = Arc<dyn Fn() -> u64 + Send + Sync>;

/// An open collection with everything it offers.
pub struct Sitwell {
    store: Store,
    clock: Arc<dyn Clock>,
    seeds: SeedSource,
    blueprints: Vec<Blueprint>,
    /// Held while the collection is open, so that no other Sitwell writes to it.
    _lock: std::fs::File,
    /// The sitting that is on screen; also makes actions in it happen one after the other.
    open: Mutex<Option<OpenSitting>>,
    /// Sittings that are over, as they were last read.
    finished: Mutex<finished::Held>,
    /// What the last forecast was made from, so that another plan is answered at once.
    forecast: Mutex<Option<forecast::Prepared>>,
    /// What study keeps in memory between verbs.
    study: study_day::Held,
    /// The file that is being imported.
    import: import::Held,
}

impl Sitwell {
    /// Opens the collection at `path` (makes it when there is none) and brings the bundled decks
    /// in it up to date.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be opened or what is bundled does not load.
    pub async fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        seeds: SeedSource,
    ) -> Result<Self, DeskError> {
        let blueprints = bundled::blueprints()?;
        let lock = lock(path)?;
        let store = Store::open(path, clock.as_ref()).await?;
        for deck in bundled::decks().map_err(|problem| DeskError::Bundled(problem.to_string()))? {
            store.put_deck(&deck, DeckSource::Bundled, clock.now().wall_ms).await?;
        }
        Ok(Self {
            store,
            clock,
            seeds,
            blueprints,
            _lock: lock,
            open: Mutex::new(None),
            finished: Mutex::default(),
            forecast: Mutex::default(),
            study: study_day::Held::default(),
            import: import::Held::default(),
        })
    }

    /// Closes the collection; waits for what is being written.
    pub async fn close(&self) {
        self.store.close().await;
    }

    fn blueprint(&self, code: &str) -> Result<&Blueprint, DeskError> {
        self.blueprints
            .iter()
            .find(|blueprint| blueprint.code.eq_ignore_ascii_case(code))
            .ok_or_else(|| DeskError::NoSuchExam(code.to_owned()))
    }
}

/// Locks the collection against other processes. The system frees the lock when this process
/// ends, however it ends. Makes the folder when there is none.
fn lock(path: &Path) -> Result<std::fs::File, DeskError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let beside = std::path::PathBuf::from(beside);
    let failed = |source| StoreError::Folder { path: beside.clone(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = std::fs::File::create(&beside).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(DeskError::OpenElsewhere(path.into())),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source).into()),
    }
}
