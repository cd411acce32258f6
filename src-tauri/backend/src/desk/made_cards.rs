#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::{MadeCard, TypedView};
use super::{DeskError, Sitwell};

impl Sitwell {
    /// Compares a typed answer with the right one.
    pub async fn type_answer(&self, card: i64, text: &str) -> Result<TypedView, DeskError> {
        todo!()
    }

    /// Makes a card of a question of a finished sitting: the decision on its front, the reason on its back.
    pub async fn make_card(&self, sitting: &str, position: u32) -> Result<MadeCard, DeskError> {
        todo!()
    }
}
