#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::{OptimiseProgress, OptimiseView};
use super::{DeskError, Sitwell};

impl Sitwell {
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
