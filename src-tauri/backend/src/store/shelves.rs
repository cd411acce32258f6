//! The first cards of each shelf: of each task of each deck, the review that is worth most and the
//! new card that comes first. They are kept in memory; the database knows which shelves changed.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use super::cards::memory;
use crate::study::Memory;

/// A review at the head of its shelf.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadReview {
    /// The card.
    pub id: i64,
    /// What its reviews have made of it.
    pub memory: Option<Memory>,
    /// The study day it was last seen on.
    pub last_day: Option<i64>,
    /// The study day it was due on.
    pub due_day: i64,
}

/// A new card at the head of its shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadNew {
    /// The card.
    pub id: i64,
    /// Place of its item in the deck.
    pub position: i64,
    /// Which of the item's cards.
    pub ordinal: i64,
}

/// A task of a deck.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelf {
    /// The deck.
    pub deck: i64,
    /// Task of its blueprint; none for cards without one.
    pub task: Option<String>,
    /// The due card that is most likely forgotten. The review that is worth most is among these
    /// of all shelves, whatever the tasks are worth: the chance of recall falls with days over
    /// stability.
    pub review: Option<HeadReview>,
    /// The first new card. The one that is introduced next is among these of all shelves.
    pub new: Option<HeadNew>,
}

/// All shelves that hold a due review or a new card, by deck and task.
pub type Shelves = HashMap<(i64, String), Shelf>;

/// Which head of a shelf a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// The review that is worth most.
    Review,
    /// The first new card.
    New,
}

/// Where a card stands that is the head of a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The deck.
    pub deck: i64,
    /// Task of its blueprint, empty for none.
    pub task: String,
    /// Which head it is.
    pub head: Head,
}

/// A review as the database tells it.
#[derive(Debug, Deserialize)]
pub(super) struct ToldReview(i64, Option<f64>, Option<f64>, Option<i64>, i64);

impl From<ToldReview> for HeadReview {
    fn from(ToldReview(id, stability, difficulty, last_day, due_day): ToldReview) -> Self {
        Self { id, memory: memory(stability, difficulty), last_day, due_day }
    }
}

/// A new card as the database tells it.
#[derive(Debug, Deserialize)]
pub(super) struct ToldNew(i64, i64, i64);

impl From<ToldNew> for HeadNew {
    fn from(ToldNew(id, position, ordinal): ToldNew) -> Self {
        Self { id, position, ordinal }
    }
}

/// A shelf as the database tells it: when it changed, its deck and task, and its heads.
pub(super) type Told = (i64, i64, String, Option<ToldReview>, Option<ToldNew>);

/// What was read last.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// For which study day.
    today: i64,
    /// Up to which change.
    stamp: i64,
    shelves: Arc<Shelves>,
}

impl Held {
    /// The change since which shelves have to be read for a study day.
    pub(super) fn since(&mut self, today: i64) -> i64 {
        if self.today != today {
            *self = Self { today, ..Self::default() };
        }
        self.stamp
    }

    /// Takes what was read since then.
    pub(super) fn take(&mut self, changed: Vec<Told>) {
        if changed.is_empty() {
            return;
        }
        let shelves = Arc::make_mut(&mut self.shelves);
        for (stamp, deck, name, review, new) in changed {
            self.stamp = self.stamp.max(stamp);
            let key = (deck, name);
            if review.is_none() && new.is_none() {
                shelves.remove(&key);
                continue;
            }
            let task = (!key.1.is_empty()).then(|| key.1.clone());
            let (review, new) = (review.map(Into::into), new.map(Into::into));
            shelves.insert(key, Shelf { deck, task, review, new });
        }
    }

    /// The newest change that is in what was read.
    pub(super) fn stamp(&self) -> i64 {
        self.stamp
    }

    pub(super) fn shelves(&self) -> Arc<Shelves> {
        Arc::clone(&self.shelves)
    }
}
