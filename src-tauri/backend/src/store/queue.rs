//! What waits to be studied.

use std::collections::HashMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::cards::{memory, parse_item};
use super::operations::read_step;
use super::shelves::Shelves;
use super::{DeckDay, Done, Step, Store, StoreError};
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

/// What study asks at once: what waits and was done, which cards come first, what can be undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// What waits in each deck and what was done in it on the study day; decks with neither are
    /// left out.
    pub decks: HashMap<i64, DeckDay>,
    /// The cards within steps, soonest first: when each is due, Unix milliseconds, and which it is.
    pub steps: Vec<(i64, i64)>,
    /// What was done on the study day.
    pub done: Done,
    /// Cards of each task that were introduced.
    pub introduced: HashMap<String, u32>,
    /// Cards in review that are due on each study day after this one, as far as `days_ahead`.
    pub load: HashMap<i64, u32>,
    /// How many days of it there are.
    pub days_ahead: i64,
    /// Where the next cards stand.
    pub shelves: Arc<Shelves>,
    /// The newest change of a shelf that is in this.
    pub stamp: i64,
    /// What undo would take back.
    pub undo: Option<Step>,
    /// What redo would do again.
    pub redo: Option<Step>,
}

impl Queue {
    /// Cards never seen that wait, in all decks.
    pub fn new_cards(&self) -> u32 {
        self.decks.values().map(|day| day.new).sum()
    }

    /// The card within steps that is due first, and when, Unix milliseconds.
    pub fn first_step(&self) -> Option<(i64, i64)> {
        self.steps.first().map(|&(due_ms, card)| (card, due_ms))
    }

    /// Cards within steps that are due by a time, Unix milliseconds.
    pub fn steps_by(&self, now_ms: i64) -> u32 {
        let due = self.steps.partition_point(|&(due_ms, _)| due_ms <= now_ms);
        u32::try_from(due).unwrap_or(u32::MAX)
    }

    /// Cards within steps.
    pub fn steps_in_all(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }
}

impl Store {
    /// What waits on a study day, with the load of so many days after it. One statement, and each
    /// part of it one value: handing over costs more than most of it takes to read.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn queue(&self, today: i64, days_ahead: i64) -> Result<Queue, StoreError> {
        let mut held = self.shelves.lock().await;
        let since = held.since(today);
        let row = sqlx::query!(
            r#"SELECT (SELECT json_group_array(json_array(deck_id, new, review, new_done, review_done))
                         FROM (SELECT deck_id, sum(new) AS new, sum(review) AS review,
                                      sum(new_done) AS new_done, sum(review_done) AS review_done
                                 FROM (SELECT deck_id, cards AS new, 0 AS review, 0 AS new_done,
                                              0 AS review_done
                                         FROM new_counts
                                       UNION ALL
                                       SELECT deck_id, 0, cards, 0, 0 FROM due_counts
                                        WHERE due_day <= ?1
                                       UNION ALL
                                       -- Put off today are few; the rest is counted as it changes.
                                       SELECT deck_id, -(phase = 'new' AND absent = 0),
                                              -(phase = 'review' AND due_day <= ?1), 0, 0
                                         FROM cards
                                        WHERE buried_day = ?1 AND suspended = 0 AND absent < 2
                                       UNION ALL
                                       SELECT deck_id, 0, 0, introduced, in_review
                                         FROM done_counts WHERE day = ?1)
                                GROUP BY deck_id)) AS "decks!: String",
                      (SELECT json_group_array(json_array(due_ms, id))
                         FROM (SELECT due_ms, id FROM cards
                                WHERE phase IN ('learning', 'relearning') AND suspended = 0
                                  AND absent < 2 AND due_ms IS NOT NULL
                                ORDER BY due_ms, id)) AS "steps!: String",
                      (SELECT json_array(coalesce(sum(gradings), 0), coalesce(sum(cards), 0),
                                         coalesce(sum(taken_ms), 0))
                         FROM done_counts WHERE day = ?1) AS "done!: String",
                      (SELECT json_group_object(task, cards) FROM introduced_counts
                        WHERE cards <> 0) AS "introduced!: String",
                      (SELECT json_group_object(due_day, cards) FROM due_days
                        WHERE due_day > ?1 AND due_day <= ?1 + ?2) AS "load!: String",
                      (SELECT json_group_array(json_array(s.stamp, s.deck_id, s.task,
                          -- The columns are those of the row with the maximum, as SQLite promises;
                          -- sorting each shelf costs twice as much.
                          json((SELECT json_array(id, stability, difficulty, last_day, due_day)
                             FROM (SELECT c.id, c.stability, c.difficulty, c.last_day, c.due_day,
                                          max(iif(c.stability IS NULL, 9e999,
                                                  max(coalesce(?1 - c.last_day, 0), 0)
                                                  / c.stability)) AS worth
                                     FROM cards c INDEXED BY cards_to_review
                                    WHERE c.phase = 'review' AND c.suspended = 0 AND c.absent < 2
                                      AND c.deck_id = s.deck_id AND c.task = s.task
                                      AND c.due_day <= ?1 AND c.buried_day IS NOT ?1)
                            WHERE worth IS NOT NULL)),
                          json((SELECT json_array(c.id, c.position, c.ordinal)
                             FROM cards c INDEXED BY cards_new
                            WHERE c.phase = 'new' AND c.suspended = 0 AND c.absent = 0
                              AND c.deck_id = s.deck_id AND c.task = s.task
                              AND c.buried_day IS NOT ?1
                            ORDER BY c.position, c.ordinal LIMIT 1))))
                         FROM shelves s WHERE s.stamp > ?3) AS "shelves!: String",
                      t.undo AS "undo: String", t.redo AS "redo: String"
                 FROM turns t"#,
            today,
            days_ahead,
            since
        )
        .fetch_one(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading what waits"))?;
        held.take(read(&row.shelves)?);
        let decks: Vec<(i64, u32, u32, u32, u32)> = read(&row.decks)?;
        let decks = decks.into_iter().map(|(deck, new, review, new_done, review_done)| {
            (deck, DeckDay { new, review, new_done, review_done })
        });
        let (all, cards, taken_ms) = read(&row.done)?;
        Ok(Queue {
            decks: decks.filter(|(_, day)| *day != DeckDay::default()).collect(),
            steps: read(&row.steps)?,
            done: Done { all, cards, taken_ms },
            introduced: read(&row.introduced)?,
            load: read(&row.load)?,
            days_ahead,
            shelves: held.shelves(),
            stamp: held.stamp(),
            undo: row.undo.as_deref().map(read_step).transpose()?,
            redo: row.redo.as_deref().map(read_step).transpose()?,
        })
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
}

/// A part of what waits, from JSON.
fn read<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(StoreError::damaged("what waits", ""))
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
