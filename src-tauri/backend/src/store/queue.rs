//! What waits to be studied.

use std::collections::HashMap;

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
                 (SELECT coalesce(sum(cards), 0) FROM new_counts)
                 - (SELECT count(*) FROM cards
                     WHERE buried_day = ?1 AND phase = 'new' AND suspended = 0 AND absent = 0)
                     AS "new!: u32",
                 (SELECT count(*) FROM cards
                   WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2
                     AND due_ms <= ?2) AS "steps!: u32",
                 (SELECT count(*) FROM cards
                   WHERE phase IN ('learning', 'relearning') AND suspended = 0 AND absent < 2
                     AND due_ms > ?2) AS "later!: u32",
                 (SELECT coalesce(sum(cards), 0) FROM due_days WHERE due_day <= ?1)
                 - (SELECT count(*) FROM cards
                     WHERE buried_day = ?1 AND phase = 'review' AND suspended = 0 AND absent < 2
                       AND due_day <= ?1) AS "review!: u32""#,
            today,
            now_ms
        )
        .fetch_one(&mut *self.near().await?)
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
        .fetch_optional(&mut *self.near().await?)
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
        .fetch_one(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading the next card"))
    }

    /// The cards in review that are due by `today`, longest due first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn due_reviews(&self, today: i64) -> Result<Vec<DueCard>, StoreError> {
        let rows = sqlx::query_as!(
            DueRow,
            r#"SELECT id, item_id, deck_id, task, stability, difficulty, last_day, due_day AS "due_day!"
                 FROM cards
                WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day <= ?1
                  AND buried_day IS NOT ?1
                ORDER BY due_day, id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading due cards"))?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// New cards in the order of their decks, at most `limit`, with their tasks.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn new_cards(&self, today: i64, limit: u32) -> Result<Vec<NewCard>, StoreError> {
        sqlx::query_as!(
            NewCard,
            r#"SELECT id, deck_id AS deck, nullif(task, '') AS "task: String" FROM cards
                WHERE phase = 'new' AND suspended = 0 AND absent = 0 AND buried_day IS NOT ?
                ORDER BY deck_id, position, ordinal LIMIT ?"#,
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
    pub async fn due_by_day(&self, first: i64, last: i64) -> Result<HashMap<i64, u32>, StoreError> {
        // One row, because each costs more to hand over than to read.
        let json = sqlx::query_scalar!(
            r#"SELECT json_group_object(due_day, cards) AS "days!: String" FROM due_days
                WHERE due_day BETWEEN ? AND ?"#,
            first,
            last
        )
        .fetch_one(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("counting due cards"))?;
        serde_json::from_str(&json).map_err(StoreError::damaged("counts of due cards", ""))
    }
}

struct DueRow {
    id: i64,
    item_id: String,
    deck_id: i64,
    task: String,
    stability: Option<f64>,
    difficulty: Option<f64>,
    last_day: Option<i64>,
    due_day: i64,
}

impl TryFrom<DueRow> for DueCard {
    type Error = StoreError;

    fn try_from(row: DueRow) -> Result<Self, StoreError> {
        Ok(Self {
            item: parse_item(&row.item_id)?,
            id: row.id,
            deck: row.deck_id,
            // Beside a card, no task is written as an empty one.
            task: (!row.task.is_empty()).then_some(row.task),
            memory: memory(row.stability, row.difficulty),
            last_day: row.last_day,
            due_day: row.due_day,
        })
    }
}
