//! What waits to be studied.

use super::cards::{memory, parse_item};
use super::{Store, StoreError};
use crate::deck::ItemId;
use crate::study::Memory;

/// A card that could be studied now, with what its place in the queue depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct DueCard {
    /// Identity.
    pub id: i64,
    /// The item it belongs to.
    pub item: ItemId,
    /// The deck it belongs to.
    pub deck: i64,
    /// Task of its deck's blueprint.
    pub task: Option<String>,
    /// What its reviews have made of it.
    pub memory: Option<Memory>,
    /// The study day it was last seen on.
    pub last_day: Option<i64>,
    /// The study day it was due on.
    pub due_day: i64,
}

/// A card that was never seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCard {
    /// Identity.
    pub id: i64,
    /// The deck it belongs to.
    pub deck: i64,
    /// Task of its deck's blueprint.
    pub task: Option<String>,
}

/// How many cards wait, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Never seen.
    pub new: u32,
    /// Within steps, due by the time given.
    pub steps: u32,
    /// Within steps, later.
    pub steps_later: u32,
    /// In review, due by the day given.
    pub review: u32,
}

impl Store {
    /// How many cards wait: new, in steps due by `now_ms`, in review due by `today`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be counted.
    pub async fn waiting(&self, now_ms: i64, today: i64) -> Result<Waiting, StoreError> {
        let row = sqlx::query!(
            r#"SELECT
                 (SELECT count(*) FROM cards c JOIN items i ON i.id = c.item_id
                   WHERE phase = 'new' AND suspended = 0 AND absent = 0
                     AND buried_day IS NOT ?1) AS "new!: u32",
                 (SELECT count(*) FROM cards
                   WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2
                     AND due_ms <= ?2) AS "steps!: u32",
                 (SELECT count(*) FROM cards
                   WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2
                     AND due_ms > ?2) AS "later!: u32",
                 (SELECT count(*) FROM cards
                   WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day <= ?1
                     AND buried_day IS NOT ?1) AS "review!: u32""#,
            today,
            now_ms
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("counting cards"))?;
        Ok(Waiting { new: row.new, steps: row.steps, steps_later: row.later, review: row.review })
    }

    /// The card within steps that is due first, if it is due by `by_ms`.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn next_in_steps(&self, by_ms: i64) -> Result<Option<i64>, StoreError> {
        sqlx::query_scalar!(
            "SELECT id FROM cards
              WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2 AND due_ms <= ?
              ORDER BY due_ms LIMIT 1",
            by_ms
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading the next card"))
    }

    /// When the next card within steps is due, Unix milliseconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn next_step_ms(&self) -> Result<Option<i64>, StoreError> {
        sqlx::query_scalar!(
            r#"SELECT min(due_ms) AS "due_ms: i64" FROM cards
                WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2"#
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("reading the next card"))
    }

    /// The cards in review that are due by `today`, longest due first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn due_reviews(&self, today: i64) -> Result<Vec<DueCard>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT c.id, c.item_id, i.deck_id, i.task, c.stability, c.difficulty, c.last_day,
                      c.due_day AS "due_day!"
                 FROM cards c JOIN items i ON i.id = c.item_id
                WHERE c.phase = 'review' AND c.suspended = 0 AND c.absent < 2 AND c.due_day <= ?1
                  AND c.buried_day IS NOT ?1
                ORDER BY c.due_day, c.id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading due cards"))?;
        rows.into_iter()
            .map(|row| {
                Ok(DueCard {
                    item: parse_item(&row.item_id)?,
                    id: row.id,
                    deck: row.deck_id,
                    task: row.task,
                    memory: memory(row.stability, row.difficulty),
                    last_day: row.last_day,
                    due_day: row.due_day,
                })
            })
            .collect()
    }

    /// New cards in the order of their decks, at most `limit`, with their tasks.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn new_cards(&self, today: i64, limit: u32) -> Result<Vec<NewCard>, StoreError> {
        sqlx::query_as!(
            NewCard,
            "SELECT c.id, i.deck_id AS deck, i.task FROM cards c JOIN items i ON i.id = c.item_id
              WHERE c.phase = 'new' AND c.suspended = 0 AND c.buried_day IS NOT ?
                AND absent = 0
              ORDER BY i.deck_id, i.position, c.ordinal LIMIT ?",
            today,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading new cards"))
    }

    /// How many cards are due on each study day from `first` to `last`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be counted.
    pub async fn due_by_day(&self, first: i64, last: i64) -> Result<Vec<(i64, u32)>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT due_day AS "day!", count(*) AS "cards!: u32" FROM cards
                WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day BETWEEN ? AND ?
                GROUP BY due_day"#,
            first,
            last
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting due cards"))?;
        Ok(rows.into_iter().map(|row| (row.day, row.cards)).collect())
    }
}
