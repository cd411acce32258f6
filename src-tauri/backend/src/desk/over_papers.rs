//! What several sittings say together: answers changed, how far one's own certainty is right,
//! papers side by side. And what one sitting's log tells besides its answers.

use std::sync::Arc;

use super::finished::Finished;
use super::hall::OpenSitting;
use super::views::{
    AnswerChange, ChangesOverMocks, CountedShare, EarlierPaper, MomentKind, MomentView, Outcome,
    RanOut, SittingState, Sureness,
};
use crate::exam::Mode;
use crate::exam::compare::{Difference, leans};
use crate::exam::sitting::{Confidence, Event, SlotShape};
use crate::exam::timeline::{Happening, moments};

/// Answers that were changed in the mocks among these sittings.
pub(super) fn changes(papers: &[Arc<Finished>]) -> ChangesOverMocks {
    let mut sum = ChangesOverMocks::default();
    for paper in papers.iter().filter(|paper| paper.mode == Mode::Mock) {
        sum.mocks += 1;
        for change in paper.marks.iter().filter_map(|mark| mark.change) {
            match change {
                AnswerChange::WrongToRight => sum.wrong_to_right += 1,
                AnswerChange::RightToWrong => sum.right_to_wrong += 1,
                AnswerChange::WrongToWrong => sum.wrong_to_wrong += 1,
            }
        }
    }
    sum.clear = leans(sum.wrong_to_right, sum.right_to_wrong);
    sum
}

/// What was said of answers in the sitting `id` and in all of these, with how many were right;
/// what was said nowhere is left out, and so are blanks.
pub(super) fn sureness(papers: &[Arc<Finished>], id: &str) -> Vec<Sureness> {
    let said = [Some(Confidence::Sure), Some(Confidence::Fairly), Some(Confidence::Guess), None];
    let counted = |said: Option<Confidence>, all: bool| {
        let papers = papers.iter().filter(|paper| all || paper.id == id);
        let marks = papers.flat_map(|paper| &paper.marks);
        let (mut hits, mut of) = (0, 0);
        for mark in marks.filter(|mark| mark.answered && mark.confidence == said) {
            of += 1;
            hits += u32::from(mark.right);
        }
        CountedShare::of(hits, of)
    };
    said.into_iter()
        .map(|said| Sureness { said, here: counted(said, false), all: counted(said, true) })
        .filter(|row| row.all.is_some())
        .collect()
}

/// Mocks before the sitting `id` on the same scale, newest first, with how far it lies above
/// them; none when it is no mock.
pub(super) fn earlier(papers: &[Arc<Finished>], id: &str) -> Vec<EarlierPaper> {
    let Some(this) = papers.iter().find(|paper| paper.id == id) else { return Vec::new() };
    let comparable = papers.iter().filter(|paper| {
        paper.started_ms < this.started_ms && paper.mode == this.mode && paper.scale == this.scale
    });
    comparable
        .filter_map(|paper| {
            Some(EarlierPaper {
                id: paper.id.clone(),
                title: paper.title.clone(),
                started_ms: paper.started_ms,
                outcome: Outcome::of(paper.standing(), paper.mode, paper.scale.pass)?,
                difference: Difference::of(this.standing(), paper.standing()),
            })
        })
        .collect()
}

impl OpenSitting {
    /// Where time ran out, when it did.
    pub(super) fn ran_out(&self) -> Option<RanOut> {
        let slots = self.sitting.slots();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (self.state() == SittingState::Expired).then(|| RanOut {
            position: self.sitting.current(),
            unseen: count(slots.iter().filter(|slot| !slot.seen).count()),
            blank: count(slots.iter().filter(|slot| !slot.answered()).count()),
        })
    }

    /// What was done to the question at `position`, in order.
    pub(super) fn timeline(&self, log: &[Event], position: u32) -> Vec<MomentView> {
        let shapes: Vec<SlotShape> = self.sitting.slots().iter().map(|slot| slot.shape).collect();
        let started = self.record.started.clone();
        let told = moments(&shapes, self.record.limit_ms, started, log, position).into_iter();
        told.map(|moment| {
            let (what, letters) = match moment.what {
                Happening::Seen => (MomentKind::Seen, String::new()),
                Happening::Answered(answer) if answer.is_empty() => {
                    (MomentKind::Cleared, String::new())
                }
                Happening::Answered(answer) => {
                    (MomentKind::Answered, self.letters(position, &answer))
                }
                Happening::Flagged(true) => (MomentKind::Flagged, String::new()),
                Happening::Flagged(false) => (MomentKind::Unflagged, String::new()),
                Happening::Said(Some(Confidence::Guess)) => (MomentKind::Guess, String::new()),
                Happening::Said(Some(Confidence::Fairly)) => (MomentKind::Fairly, String::new()),
                Happening::Said(Some(Confidence::Sure)) => (MomentKind::Sure, String::new()),
                Happening::Said(None) => (MomentKind::Unsaid, String::new()),
                Happening::Checked => (MomentKind::Checked, String::new()),
            };
            MomentView { at_ms: moment.at_ms, what, letters }
        })
        .collect()
    }
}
