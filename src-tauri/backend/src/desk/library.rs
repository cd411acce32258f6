#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::{LibraryView, OptimiseProgress, OptimiseView};
use super::{DeskError, Sitwell};

impl Sitwell {
    /// The decks.
    pub async fn library(&self) -> Result<LibraryView, DeskError> {
        todo!()
    }

    /// Makes a deck; `::` in its title hangs it under another.
    pub async fn new_deck(&self, title: &str) -> Result<LibraryView, DeskError> {
        todo!()
    }

    /// Gives a deck another title.
    pub async fn rename_deck(&self, slug: &str, title: &str) -> Result<LibraryView, DeskError> {
        todo!()
    }

    /// Takes a deck out of the collection with its items; undo brings it back.
    pub async fn delete_deck(&self, slug: &str) -> Result<LibraryView, DeskError> {
        todo!()
    }

    /// Trains FSRS on the reviews of a deck and those below it, or on all.
    pub async fn optimise(
        &self,
        deck: Option<&str>,
        progress: &(dyn Fn(OptimiseProgress) + Sync),
    ) -> Result<OptimiseView, DeskError> {
        todo!()
    }

    /// Stops an optimisation that is running.
    pub fn cancel_optimise(&self) {
        todo!()
    }
}
