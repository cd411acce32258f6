//! What can be done in a sitting beside answering: comments, breaks, the review screen, the end.

use super::views::{Ack, ClockView, SittingView};
use super::{DeskError, Sitwell};
use crate::exam::sitting::Action;

impl Sitwell {
    /// The candidate writes a comment on a question; an empty one takes it back.
    ///
    /// # Errors
    /// As [`Self::see`], and when it is too long.
    pub async fn comment(&self, id: &str, position: u32, text: &str) -> Result<Ack, DeskError> {
        let text = text.trim().to_owned();
        self.act_on(id, position, Action::Comment { position, text }).await
    }

    /// The candidate takes a break: no question is shown until they come back. The clock stands
    /// where that was agreed, and runs on otherwise.
    ///
    /// # Errors
    /// [`DeskError`] when it is over, no clock runs, or it cannot be kept.
    pub async fn pause(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::Pause).await
    }

    /// The candidate comes back from a break.
    ///
    /// # Errors
    /// [`DeskError`] when it is over or cannot be kept.
    pub async fn come_back(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::Continue).await
    }

    /// The question leaves the screen, for the review screen.
    ///
    /// # Errors
    /// [`DeskError`] when it is over or cannot be kept.
    pub async fn leave(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::Leave).await
    }

    /// The candidate ends the sitting.
    ///
    /// # Errors
    /// [`DeskError`] when it is over already or cannot be kept.
    pub async fn end_exam(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::End).await
    }

    /// The truth about the clock; ends the sitting when its time is up.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be read or kept.
    pub async fn exam_clock(&self, id: &str) -> Result<ClockView, DeskError> {
        Ok(self.sitting(id).await?.clock)
    }
}
