#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::PlanView;
use super::{DeskError, Sitwell};

impl Sitwell {
    /// What today holds.
    pub async fn plan(&self) -> Result<PlanView, DeskError> {
        todo!()
    }

    /// Fits today into so many minutes, or takes that back.
    pub async fn shorten_day(&self, minutes: Option<u32>) -> Result<PlanView, DeskError> {
        todo!()
    }
}
