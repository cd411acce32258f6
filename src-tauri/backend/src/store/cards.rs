//! Cards: their state, what is due, and the append-only log of what was done to them.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{Store, StoreError};
use crate::deck::{Item, ItemId};
use crate::study::memory::Review;
use crate::study::{CardState, Due, Grade, Memory, Phase};

/// A card as kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardRow {
    /// Identity.
    pub id: i64,
    /// The item it belongs to.
    pub item: ItemId,
    /// Which of the item's cards, from 0.
    pub ordinal: u32,
    /// What its reviews have made of it.
    pub state: CardState,
    /// Whether the learner took it out of study.
    pub suspended: bool,
    /// The study day it is put off on.
    pub buried_day: Option<i64>,
    /// Colour of its flag, 0 for none.
    pub flag: u8,
}

/// What was done on a study day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Gradings in all.
    pub all: u32,
    /// Different cards.
    pub cards: u32,
    /// Time to answer them, milliseconds.
    pub taken_ms: i64,
}

impl Store {
    /// The card with this id, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn card(&self, id: i64) -> Result<Option<CardRow>, StoreError> {
        let mut connection = self.near().await?;
        card(&mut connection, id).await
    }

    /// The words of an item as they are now.
    ///
    /// # Errors
    /// [`StoreError`] when there is no such item or it does not read back.
    pub async fn item(&self, id: &ItemId) -> Result<Item, StoreError> {
        let key = id.as_str();
        let json = sqlx::query_scalar!(
            "SELECT v.content FROM items i
               JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
              WHERE i.id = ?",
            key
        )
        .fetch_one(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading an item"))?;
        serde_json::from_str(&json).map_err(StoreError::damaged("item", key))
    }

    /// The reviews of a card that stand (are not undone) since it was last made new, in order.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn card_reviews(&self, card: i64) -> Result<Vec<Review>, StoreError> {
        let rows = sqlx::query!(
            "SELECT at_ms, day, grade, after FROM reviews r
              WHERE card_id = ?1 AND NOT EXISTS
                    (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id)
                AND operation_id > coalesce(
                    (SELECT max(operation_id) FROM resets
                      WHERE card_id = ?1 AND operation_id NOT IN
                            (SELECT u.operation_id FROM undone u)), 0)
              ORDER BY operation_id",
            card
        )
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading the reviews of a card"))?;
        let id = card.to_string();
        rows.into_iter()
            .map(|row| {
                let grade = usize::try_from(row.grade - 1).ok().and_then(|g| Grade::ALL.get(g));
                let damaged = StoreError::damaged("review of card", &*id);
                Ok(Review {
                    at_ms: row.at_ms,
                    day: row.day,
                    grade: *grade.ok_or("no such grade").map_err(damaged)?,
                    after: serde_json::from_str(&row.after)
                        .map_err(StoreError::damaged("review of card", &*id))?,
                })
            })
            .collect()
    }
}

pub(super) async fn card(
    connection: &mut SqliteConnection,
    id: i64,
) -> Result<Option<CardRow>, StoreError> {
    let row = sqlx::query_as!(
        KeptCard,
        r#"SELECT id, item_id, ordinal AS "ordinal: u32", phase, step AS "step: u32", stability,
                  difficulty, last_ms, last_day, due_ms, due_day, interval AS "interval: u32",
                  reviews AS "reviews: u32", lapses AS "lapses: u32",
                  suspended AS "suspended: bool", buried_day, flag AS "flag: u8", deck_id,
                  '' AS "beside!: String"
             FROM cards WHERE id = ?"#,
        id
    )
    .fetch_optional(connection)
    .await
    .map_err(StoreError::during("reading a card"))?;
    row.map(|row| row.card()).transpose()
}

/// A card as SQL tells it.
pub(super) struct KeptCard {
    pub(super) id: i64,
    pub(super) item_id: String,
    pub(super) ordinal: u32,
    pub(super) phase: String,
    pub(super) step: u32,
    pub(super) stability: Option<f64>,
    pub(super) difficulty: Option<f64>,
    pub(super) last_ms: Option<i64>,
    pub(super) last_day: Option<i64>,
    pub(super) due_ms: Option<i64>,
    pub(super) due_day: Option<i64>,
    pub(super) interval: u32,
    pub(super) reviews: u32,
    pub(super) lapses: u32,
    pub(super) suspended: bool,
    pub(super) buried_day: Option<i64>,
    pub(super) flag: u8,
    pub(super) deck_id: i64,
    /// What was read with it, JSON.
    pub(super) beside: String,
}

impl KeptCard {
    pub(super) fn card(&self) -> Result<CardRow, StoreError> {
        let due = match (self.due_ms, self.due_day) {
            (Some(at), _) => Due::At(at),
            (None, Some(day)) => Due::Day(day),
            (None, None) => Due::Introduction,
        };
        Ok(CardRow {
            id: self.id,
            item: parse_item(&self.item_id)?,
            ordinal: self.ordinal,
            state: CardState {
                phase: parse_phase(&self.phase, self.id)?,
                step: self.step,
                memory: memory(self.stability, self.difficulty),
                last_seen_ms: self.last_ms,
                last_day: self.last_day,
                due,
                interval: self.interval,
                reviews: self.reviews,
                lapses: self.lapses,
            },
            suspended: self.suspended,
            buried_day: self.buried_day,
            flag: self.flag,
        })
    }
}

/// Writes what can change of a card.
pub(super) async fn put_card(
    connection: &mut SqliteConnection,
    card: &CardRow,
) -> Result<(), StoreError> {
    let state = &card.state;
    let phase = phase_name(state.phase);
    let stability = state.memory.map(|memory| f64::from(memory.stability));
    let difficulty = state.memory.map(|memory| f64::from(memory.difficulty));
    let (due_ms, due_day) = match state.due {
        Due::Introduction => (None, None),
        Due::At(at) => (Some(at), None),
        Due::Day(day) => (None, Some(day)),
    };
    sqlx::query!(
        "UPDATE cards SET phase = ?, step = ?, stability = ?, difficulty = ?, last_ms = ?,
                last_day = ?, due_ms = ?, due_day = ?, interval = ?, reviews = ?, lapses = ?,
                suspended = ?, buried_day = ?, flag = ?
          WHERE id = ?",
        phase,
        state.step,
        stability,
        difficulty,
        state.last_seen_ms,
        state.last_day,
        due_ms,
        due_day,
        state.interval,
        state.reviews,
        state.lapses,
        card.suspended,
        card.buried_day,
        card.flag,
        card.id
    )
    .execute(connection)
    .await
    .map_err(StoreError::during("writing a card"))?;
    Ok(())
}

pub(super) fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::New => "new",
        Phase::Learning => "learning",
        Phase::Review => "review",
        Phase::Relearning => "relearning",
    }
}

pub(super) fn parse_phase(name: &str, card: i64) -> Result<Phase, StoreError> {
    let json = serde_json::Value::String(name.to_owned());
    serde_json::from_value(json).map_err(StoreError::damaged("card", card.to_string()))
}

pub(super) fn parse_item(id: &str) -> Result<ItemId, StoreError> {
    id.parse().map_err(StoreError::damaged("card", id))
}

/// Kept as doubles, computed as singles: what was a single before comes back the same.
#[expect(clippy::cast_possible_truncation, reason = "was a single before")]
pub(super) fn memory(stability: Option<f64>, difficulty: Option<f64>) -> Option<Memory> {
    Some(Memory { stability: stability? as f32, difficulty: difficulty? as f32 })
}
