#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::StatisticsView;
use super::{DeskError, Sitwell};

impl Sitwell {
    /// Statistics of all decks, or of one with those below it.
    pub async fn statistics(&self, deck: Option<&str>) -> Result<StatisticsView, DeskError> {
        todo!()
    }
}
