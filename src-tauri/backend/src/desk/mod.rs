//! The front desk: [`Sitwell`] opens a collection and offers the verbs that the window, the
//! command line and the tests all use.

mod ahead;
mod backups;
mod browse;
#[cfg(test)]
mod browse_pages_tests;
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
mod everything;
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
mod lock;
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

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Mutex;

pub use backups::{BackupError, Repaired};
pub use error::DeskError;
use hall::OpenSitting;
pub use import::{ImportError, OnExport, OnImport};

use crate::blueprint::Blueprint;
use crate::bundled;
use crate::clock::Clock;
use crate::store::{DeckSource, Store};
use lock::Lock;

/// Gives a seed for each new paper.
pub type SeedSource = Arc<dyn Fn() -> u64 + Send + Sync>;

/// An open collection with everything it offers.
pub struct Sitwell {
    store: Store,
    clock: Arc<dyn Clock>,
    seeds: SeedSource,
    blueprints: Vec<Blueprint>,
    /// The collection's file.
    path: PathBuf,
    /// Held while the collection is open, so that no other Sitwell writes to it; also while
    /// another takes its place.
    lock: Arc<Lock>,
    /// What backups keep in memory between verbs.
    backups: backups::Held,
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
    /// in it up to date. One that was not closed is looked through first; one of an older Sitwell
    /// is backed up first.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be opened or is damaged, when it could not be
    /// backed up before an update, or what is bundled does not load.
    pub async fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        seeds: SeedSource,
    ) -> Result<Self, DeskError> {
        Self::open_locked(path, clock, seeds, Arc::new(Lock::take(path)?)).await
    }

    async fn open_locked(
        path: &Path,
        clock: Arc<dyn Clock>,
        seeds: SeedSource,
        lock: Arc<Lock>,
    ) -> Result<Self, DeskError> {
        let blueprints = bundled::blueprints()?;
        backups::before_opening(path, lock.unclean(), clock.as_ref()).await?;
        lock.mark()?;
        let store = Store::open(path, clock.as_ref()).await?;
        for deck in bundled::decks().map_err(|problem| DeskError::Bundled(problem.to_string()))? {
            store.put_deck(&deck, DeckSource::Bundled, clock.now().wall_ms).await?;
        }
        let left = store.has_stale().await?;
        let desk = Self {
            store,
            clock,
            seeds,
            blueprints,
            path: path.into(),
            lock,
            backups: backups::Held::default(),
            open: Mutex::new(None),
            finished: Mutex::default(),
            forecast: Mutex::default(),
            study: study_day::Held::default(),
            import: import::Held::default(),
        };
        if left {
            // An import was closed before its words were findable.
            desk.index_beside();
        }
        Ok(desk)
    }

    /// Closes the collection; waits for what is being written.
    pub async fn close(&self) {
        self.store.close().await;
        self.lock.clear();
    }

    /// Closes a collection in which damage was met: the next start looks through it.
    pub async fn close_damaged(&self) {
        self.store.close().await;
    }

    fn blueprint(&self, code: &str) -> Result<&Blueprint, DeskError> {
        self.blueprints
            .iter()
            .find(|blueprint| blueprint.code.eq_ignore_ascii_case(code))
            .ok_or_else(|| DeskError::NoSuchExam(code.to_owned()))
    }
}
