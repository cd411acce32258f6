//! The first cards of each shelf: of each task of each deck, the review that is worth most and the
//! new card that comes first. They are kept in memory; the database knows which shelves changed.

use std::collections::HashMap;

use super::cards::memory;
use super::{Store, StoreError};
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

/// What was read last.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// For which study day.
    today: i64,
    /// Up to which change.
    stamp: i64,
    shelves: HashMap<(i64, String), Shelf>,
}

impl Store {
    /// All shelves that hold a due review or a new card on the study day: only those are read that
    /// changed since.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn shelves(&self, today: i64) -> Result<Vec<Shelf>, StoreError> {
        let mut held = self.shelves.lock().await;
        if held.today != today {
            *held = Held { today, ..Held::default() };
        }
        for (stamp, shelf) in self.shelves_since(held.stamp, today).await? {
            held.stamp = held.stamp.max(stamp);
            let key = (shelf.deck, shelf.task.clone().unwrap_or_default());
            if shelf.review.is_some() || shelf.new.is_some() {
                held.shelves.insert(key, shelf);
            } else {
                held.shelves.remove(&key);
            }
        }
        Ok(held.shelves.values().cloned().collect())
    }

    /// The shelves that changed since a stamp, each with its own; one statement, so that it sees
    /// one state.
    async fn shelves_since(&self, stamp: i64, today: i64) -> Result<Vec<(i64, Shelf)>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT s.stamp AS "stamp!", s.deck_id AS "deck_id!", s.task AS "task!", b.id AS "review?: i64", b.stability,
                      b.difficulty, b.last_day, b.due_day, n.id AS "new?: i64",
                      n.position AS "position?: i64", n.ordinal AS "ordinal?: i64"
                 FROM shelves s
                 LEFT JOIN cards b ON b.id =
                      (SELECT c.id FROM cards c INDEXED BY cards_to_review
                        WHERE c.phase = 'review' AND c.suspended = 0 AND c.absent < 2
                          AND c.deck_id = s.deck_id AND c.task = s.task
                          AND c.due_day <= ?2 AND c.buried_day IS NOT ?2
                        ORDER BY iif(c.stability IS NULL, 9e999,
                                     max(coalesce(?2 - c.last_day, 0), 0) / c.stability) DESC,
                                 c.due_day DESC, c.id DESC
                        LIMIT 1)
                 LEFT JOIN cards n ON n.id =
                      (SELECT c.id FROM cards c INDEXED BY cards_new
                        WHERE c.phase = 'new' AND c.suspended = 0 AND c.absent = 0
                          AND c.deck_id = s.deck_id AND c.task = s.task
                          AND c.buried_day IS NOT ?2
                        ORDER BY c.position, c.ordinal LIMIT 1)
                WHERE s.stamp > ?1"#,
            stamp,
            today
        )
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading the next cards"))?;
        let shelves = rows.into_iter().map(|row| {
            let review = row.review.zip(row.due_day).map(|(id, due_day)| HeadReview {
                id,
                memory: memory(row.stability, row.difficulty),
                last_day: row.last_day,
                due_day,
            });
            let place = row.position.zip(row.ordinal);
            let new = row.new.zip(place);
            let new = new.map(|(id, (position, ordinal))| HeadNew { id, position, ordinal });
            let task = (!row.task.is_empty()).then_some(row.task);
            (row.stamp, Shelf { deck: row.deck_id, task, review, new })
        });
        Ok(shelves.collect())
    }
}
