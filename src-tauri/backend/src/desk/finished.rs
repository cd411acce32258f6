//! Sittings that are over, read once: what the forecast, the order of cards, the pools of a drill
//! and the results of other papers ask about them.

use std::collections::HashMap;
use std::sync::Arc;

use super::hall::OpenSitting;
use super::views::{AnswerChange, SittingState};
use super::{DeskError, Sitwell};
use crate::blueprint::Scale;
use crate::deck::{Difficulty, ItemId};
use crate::exam::Mode;
use crate::exam::report::Report;
use crate::exam::sitting::Confidence;

/// A question of a sitting that is over.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one answer")]
pub(super) struct Mark {
    pub(super) item: ItemId,
    pub(super) task: String,
    pub(super) level: Difficulty,
    /// Chance to guess it.
    pub(super) floor: f64,
    /// By the key that stands now.
    pub(super) right: bool,
    pub(super) seen: bool,
    pub(super) answered: bool,
    pub(super) flagged: bool,
    pub(super) confidence: Option<Confidence>,
    /// By the key that was asked.
    pub(super) change: Option<AnswerChange>,
}

/// A sitting that is over. It does not change while no deck gets other words.
#[derive(Debug, Clone)]
pub(super) struct Finished {
    pub(super) id: String,
    pub(super) mode: Mode,
    pub(super) title: String,
    pub(super) started_ms: i64,
    pub(super) used_ms: i64,
    /// Whether it was given up, so that it has no result.
    pub(super) abandoned: bool,
    pub(super) scale: Scale,
    /// As it was first marked.
    pub(super) report: Report,
    /// By mended keys, when there are some.
    pub(super) remark: Option<Report>,
    pub(super) marks: Vec<Mark>,
}

impl Finished {
    /// The result that counts: what a mended key makes of it stands before the first.
    pub(super) fn standing(&self) -> &Report {
        self.remark.as_ref().unwrap_or(&self.report)
    }
}

/// Finished sittings in memory.
#[derive(Default)]
pub(super) struct Held {
    /// [`wordings_stamp`](crate::store::Store::wordings_stamp) when they were read.
    stamp: i64,
    by_id: HashMap<String, Arc<Finished>>,
}

impl Sitwell {
    /// A sitting that is over; none while it runs.
    pub(super) async fn over(&self, id: &str) -> Result<Option<Arc<Finished>>, DeskError> {
        let stamp = self.store.wordings_stamp().await?;
        {
            let mut held = self.finished.lock().await;
            if held.stamp != stamp {
                *held = Held { stamp, ..Held::default() };
            }
            if let Some(known) = held.by_id.get(id) {
                return Ok(Some(Arc::clone(known)));
            }
        }
        let sitting = self.load(id).await?;
        if sitting.state() == SittingState::Running {
            return Ok(None);
        }
        let finished = Arc::new(self.read_finished(&sitting).await?);
        let mut held = self.finished.lock().await;
        if held.stamp == stamp {
            held.by_id.insert(id.to_owned(), Arc::clone(&finished));
        }
        Ok(Some(finished))
    }

    /// The sittings of an exam that have a result, newest first, those of any mode.
    pub(super) async fn with_result(&self, code: &str) -> Result<Vec<Arc<Finished>>, DeskError> {
        let mut finished = Vec::new();
        for id in self.store.sitting_ids(code).await? {
            finished.extend(self.over(&id).await?.filter(|sitting| !sitting.abandoned));
        }
        Ok(finished)
    }

    async fn read_finished(&self, sitting: &OpenSitting) -> Result<Finished, DeskError> {
        let record = &sitting.record;
        let abandoned = sitting.state() == SittingState::Abandoned;
        // What was given up has no result, so none is kept of it.
        let (report, remark) = if abandoned {
            (sitting.marked(&sitting.keys()?), None)
        } else {
            (self.report(sitting).await?, self.remarked(sitting).await?)
        };
        let mended = remark.as_ref().map_or(&[][..], |remark| &remark.mended);
        let places = record.form.items.iter().zip(0..);
        let marks = places.map(|(place, position)| {
            let (question, slot) = sitting.question(position)?;
            let new = mended.iter().find(|mended| mended.position == position);
            let key = new.map_or_else(|| question.key(), |mended| mended.question.key());
            Ok(Mark {
                item: place.id.clone(),
                task: place.task.clone(),
                level: place.difficulty,
                floor: place.floor(),
                right: slot.answer == key,
                seen: slot.seen,
                answered: slot.answered(),
                flagged: slot.flagged,
                confidence: slot.confidence,
                change: super::results::change(slot, &question.key()),
            })
        });
        Ok(Finished {
            id: record.id.clone(),
            mode: record.mode,
            title: sitting.title(),
            started_ms: record.started.wall_ms,
            used_ms: sitting.sitting.elapsed_ms(&self.clock.now()),
            abandoned,
            scale: record.blueprint.scale.clone(),
            marks: marks.collect::<Result<Vec<_>, DeskError>>()?,
            report,
            remark: remark.map(|remark| remark.report),
        })
    }
}
