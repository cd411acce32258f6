//! The front desk: [`Sitwell`] opens a collection and offers the verbs that the window, the
//! command line and the tests all use.

mod error;
mod exams;
mod hall;
mod learner;
mod results;
#[cfg(test)]
mod tests;
pub mod views;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::Mutex;

pub use error::DeskError;
use hall::OpenSitting;

use crate::blueprint::Blueprint;
use crate::bundled;
use crate::clock::Clock;
use crate::store::{DeckSource, Store};

/// Gives a seed for each new paper.
pub type SeedSource = Arc<dyn Fn() -> u64 + Send + Sync>;

/// An open collection with everything it offers.
pub struct Sitwell {
    store: Store,
    clock: Arc<dyn Clock>,
    seeds: SeedSource,
    blueprints: Vec<Blueprint>,
    /// The sitting that is on screen; also makes actions in it happen one after the other.
    open: Mutex<Option<OpenSitting>>,
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
        let store = Store::open(path, clock.as_ref()).await?;
        for deck in bundled::decks().map_err(|problem| DeskError::Bundled(problem.to_string()))? {
            store.put_deck(&deck, DeckSource::Bundled, clock.now().wall_ms).await?;
        }
        Ok(Self { store, clock, seeds, blueprints, open: Mutex::new(None) })
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
