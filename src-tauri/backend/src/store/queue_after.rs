//! What waits after a grading, told from what waited before it: as the triggers count it, and
//! without asking the database.

use std::sync::Arc;

use super::gradings::{Graded, ShownCard};
use super::operations::{OperationKind, Step};
use super::shelves::{Head, Place};
use super::{DeckDay, Queue, Stamps};
use crate::study::{CardState, Due, Phase};

/// A card that leaves its place in the queue, because it is graded.
#[derive(Debug, Clone, Copy)]
pub struct Leaving<'a> {
    /// The card as it was shown.
    pub shown: &'a ShownCard,
    /// The head of a shelf that it is; none when it is within steps.
    pub place: Option<&'a Place>,
    /// How it stands after it.
    pub after: &'a CardState,
    /// The grading.
    pub graded: Graded,
}

impl Queue {
    /// Takes a graded card out of what waits, and puts it where it waits next: within steps, or on
    /// a later day. Whoever calls sees to it that it is one of these, that the card stood where it
    /// is said to, and that it belongs to no other cards.
    pub fn leave(&mut self, card: &Leaving<'_>) {
        let Leaving { shown, place, after, graded } = *card;
        self.steps.retain(|&(_, id)| id != shown.row.id);
        if let Due::At(due_ms) = after.due {
            let step = (due_ms, shown.row.id);
            self.steps.insert(self.steps.partition_point(|other| *other < step), step);
        }
        if let (Phase::Review, Due::Day(day)) = (after.phase, after.due)
            && day <= graded.day + self.days_ahead
        {
            *self.load.entry(day).or_default() += 1;
        }
        self.done.all += 1;
        self.done.cards += u32::from(!shown.graded_today);
        self.done.taken_ms += i64::from(graded.taken_ms);
        if let Some(place) = place {
            self.leave_shelf(shown, place);
        }
    }

    fn leave_shelf(&mut self, shown: &ShownCard, place: &Place) {
        let deck: &mut DeckDay = self.decks.entry(shown.deck).or_default();
        match place.head {
            Head::Review => {
                deck.review = deck.review.saturating_sub(1);
                deck.review_done += 1;
            }
            Head::New => {
                deck.new = deck.new.saturating_sub(1);
                deck.new_done += 1;
                *self.introduced.entry(place.task.clone()).or_default() += 1;
            }
        }
        let shelves = Arc::make_mut(&mut self.shelves);
        let key = (place.deck, place.task.clone());
        if let Some(shelf) = shelves.get_mut(&key) {
            match place.head {
                Head::Review => shelf.review = shown.next_review,
                Head::New => shelf.new = shown.next_new,
            }
            if shelf.review.is_none() && shelf.new.is_none() {
                shelves.remove(&key);
            }
        }
    }

    /// The grading was kept: it is what undo takes back now.
    pub fn kept(&mut self, stamps: Stamps) {
        self.stamp = stamps.shelves;
        self.undo = Some(Step { id: stamps.operation, kind: OperationKind::Review });
        self.redo = None;
    }
}
