//! What becomes of sittings: looked at again, given up, taken out.

use super::views::{Remarked, SittingState, SittingSummary, SittingView};
use super::{DeskError, Sitwell};
use crate::deck::ItemId;
use crate::exam::sitting::Action;

impl Sitwell {
    /// All sittings of an exam, newest first, those that were given up too.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam or the collection cannot be read.
    pub async fn history(&self, code: &str) -> Result<Vec<SittingSummary>, DeskError> {
        let code = &self.blueprint(code)?.code;
        let reworded = self.store.sittings_reworded(code).await?;
        let mut sittings = Vec::new();
        for id in self.store.sitting_ids(code).await? {
            let shown = self.summary(&id).await?;
            let over = if reworded.contains(&id) { self.over(&id).await? } else { None };
            let remark = over.and_then(|over| {
                Some(Remarked::of(over.remark.as_ref()?, over.mode, over.scale.pass))
            });
            sittings.push(SittingSummary { remark, ..shown });
        }
        Ok(sittings)
    }

    /// Id of the sitting that has a result and began last, of any exam.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn last_result(&self) -> Result<Option<String>, DeskError> {
        for id in self.store.all_sitting_ids().await? {
            self.summary(&id).await?; // ends it when its time is up
            if self.over(&id).await?.is_some_and(|sitting| !sitting.abandoned) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The candidate gives a running sitting up. It has no result and says nothing to the
    /// forecast; its questions have been seen.
    ///
    /// # Errors
    /// [`DeskError`] when it is over already or cannot be kept.
    pub async fn abandon_exam(&self, id: &str) -> Result<SittingView, DeskError> {
        let view = self.act_whole(id, Action::Abandon).await?;
        *self.forecast.lock().await = None;
        Ok(view)
    }

    /// Takes a sitting out of the history; undo brings it back. What it asked has been seen all
    /// the same.
    ///
    /// # Errors
    /// [`DeskError`] when there is none with this id, it is still running, or it cannot be kept.
    pub async fn delete_sitting(&self, id: &str) -> Result<(), DeskError> {
        let sitting = self.summary(id).await?;
        if sitting.state == SittingState::Running {
            return Err(DeskError::DeleteRunning(sitting.title));
        }
        let _turn = self.study.turn.lock().await;
        self.store.delete_sitting(id, self.clock.now().wall_ms).await?;
        self.forget_sittings().await;
        Ok(())
    }

    /// Forgets what was made of sittings when one goes or comes back.
    pub(super) async fn forget_sittings(&self) {
        *self.open.lock().await = None;
        *self.forecast.lock().await = None;
    }

    /// Puts a question on the list to drill, or takes it off.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such question or it cannot be kept.
    pub async fn list_for_drill(&self, item: &str, listed: bool) -> Result<(), DeskError> {
        let id: ItemId = item.parse()?;
        let known = self.store.list_for_drill(&id, listed, self.clock.now().wall_ms).await?;
        if known { Ok(()) } else { Err(DeskError::NoSuchItem(item.to_owned())) }
    }
}
