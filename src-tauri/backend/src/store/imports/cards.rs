//! What an import knows of cards: where they stand, and their past reviews.

use std::collections::HashSet;

use serde::Serialize;
use sqlx::{QueryBuilder, Sqlite};

use super::Importing;
use crate::deck::ItemId;
use crate::store::StoreError;
use crate::store::cards::phase_name;
use crate::study::{CardState, Due, Grade, Phase};

/// Reviews written by one statement.
const REVIEWS: usize = 1_000;

/// A card as the import leaves it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduledCard {
    /// Its item.
    pub item: ItemId,
    /// Which of the item's cards.
    pub ordinal: u32,
    /// Where it stands.
    pub state: CardState,
    /// Taken out of study.
    pub suspended: bool,
    /// Colour of its flag, 0 to 7.
    pub flag: u8,
    /// Its reviews, oldest first; the last leaves it as `state` says, but for its memory.
    pub reviews: Vec<ImportedReview>,
}

/// A past review.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImportedReview {
    /// Its place among all reviews of the import by time, from 0; none twice.
    pub place: i64,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The study day it counts for.
    pub day: i64,
    /// How the card was recalled.
    pub grade: Grade,
    /// Time to answer, milliseconds.
    pub taken_ms: u32,
    /// Where the card stood before.
    pub before: Phase,
    /// Where it stood after, without its memory.
    pub after: CardState,
}

/// A card in the columns of its table.
#[derive(PartialEq, Serialize)]
struct Columns {
    phase: &'static str,
    step: u32,
    stability: Option<f64>,
    difficulty: Option<f64>,
    last_ms: Option<i64>,
    last_day: Option<i64>,
    due_ms: Option<i64>,
    due_day: Option<i64>,
    interval: u32,
    reviews: u32,
    lapses: u32,
    suspended: u8,
    flag: u8,
}

impl Columns {
    fn of(state: &CardState, suspended: bool, flag: u8) -> Self {
        let (due_ms, due_day) = match state.due {
            Due::Introduction => (None, None),
            Due::At(at) => (Some(at), None),
            Due::Day(day) => (None, Some(day)),
        };
        Self {
            phase: phase_name(state.phase),
            step: state.step,
            stability: state.memory.map(|memory| f64::from(memory.stability)),
            difficulty: state.memory.map(|memory| f64::from(memory.difficulty)),
            last_ms: state.last_seen_ms,
            last_day: state.last_day,
            due_ms,
            due_day,
            interval: state.interval,
            reviews: state.reviews,
            lapses: state.lapses,
            suspended: u8::from(suspended),
            flag,
        }
    }
}

/// A card before and after.
#[derive(Serialize)]
struct Change {
    id: i64,
    before: Columns,
    after: Columns,
}

impl Importing {
    /// Schedules cards as they were elsewhere. Cards that were studied here stay as they are: what
    /// was learned here is newer. At most some hundreds in one go. Gives how many reviews were
    /// kept.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub async fn schedule(&mut self, cards: &[ScheduledCard]) -> Result<u32, StoreError> {
        let doing = StoreError::during("keeping where cards stand");
        let keys: Vec<_> = cards.iter().map(|card| (card.item.as_str(), card.ordinal)).collect();
        let json = serde_json::to_string(&keys).map_err(StoreError::damaged("cards", ""))?;
        let rows = sqlx::query!(
            r#"SELECT coalesce(j.key, 0) AS "place!: i64", c.id AS "id!: i64",
                      c.suspended AS "suspended!: bool", c.flag AS "flag!: u8"
                 FROM json_each(?) j
                 JOIN cards c ON c.item_id = j.value ->> 0 AND c.ordinal = j.value ->> 1
                WHERE c.phase = 'new' AND NOT EXISTS
                      (SELECT 1 FROM reviews r WHERE r.card_id = c.id AND NOT EXISTS
                              (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id))"#,
            json
        )
        .fetch_all(&mut *self.tx)
        .await
        .map_err(&doing)?;
        let mut changes = Vec::with_capacity(rows.len());
        let mut reviews = Vec::new();
        // The same card named twice is scheduled once.
        let mut done = HashSet::new();
        for row in rows {
            let card = usize::try_from(row.place).ok().and_then(|place| cards.get(place));
            let Some(card) = card.filter(|_| done.insert(row.id)) else { continue };
            let before = Columns::of(&CardState::NEW, row.suspended, row.flag);
            let after = Columns::of(&card.state, card.suspended, card.flag);
            if before == after && card.reviews.is_empty() {
                continue;
            }
            changes.push(Change { id: row.id, before, after });
            reviews.extend(card.reviews.iter().map(|review| (row.id, review)));
        }
        if changes.is_empty() {
            return Ok(0);
        }
        self.changed = true;
        (self.touched.cards, self.touched.seen) = (true, true);
        self.change_cards(&changes).await?;
        for reviews in reviews.chunks(REVIEWS) {
            self.log(reviews).await?;
        }
        Ok(u32::try_from(changes.len()).unwrap_or(u32::MAX))
    }

    async fn change_cards(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping where cards stand");
        let json = serde_json::to_string(changes).map_err(StoreError::damaged("cards", ""))?;
        sqlx::query!(
            "INSERT INTO imported_cards (operation_id, card_id, before, after)
             SELECT ?, value ->> 'id', value ->> 'before', value ->> 'after' FROM json_each(?)",
            self.operation,
            json
        )
        .execute(&mut *self.tx)
        .await
        .map_err(&doing)?;
        sqlx::query!(
            "UPDATE cards
                SET phase = j.after ->> 'phase', step = j.after ->> 'step',
                    stability = j.after ->> 'stability', difficulty = j.after ->> 'difficulty',
                    last_ms = j.after ->> 'last_ms', last_day = j.after ->> 'last_day',
                    due_ms = j.after ->> 'due_ms', due_day = j.after ->> 'due_day',
                    interval = j.after ->> 'interval', reviews = j.after ->> 'reviews',
                    lapses = j.after ->> 'lapses', suspended = j.after ->> 'suspended',
                    flag = j.after ->> 'flag'
               FROM (SELECT value ->> 'id' AS id, value ->> 'after' AS after
                       FROM json_each(?)) j
              WHERE cards.id = j.id",
            json
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
        .map_err(doing)
    }

    /// Logs reviews: an operation for each, whose target is the import.
    async fn log(&mut self, reviews: &[(i64, &ImportedReview)]) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping past reviews");
        self.touched.reviews = true;
        let operation = self.operation;
        let mut after = Vec::with_capacity(reviews.len());
        for (card, review) in reviews {
            after.push(
                serde_json::to_string(&review.after)
                    .map_err(StoreError::damaged("review of card", card.to_string()))?,
            );
        }
        // As those of items: only the statements of whole batches are kept prepared.
        let kept = reviews.len() == REVIEWS;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO operations (id, at_ms, kind, target, body) ");
        sql.push_values(reviews, |mut values, (_, review)| {
            values.push_bind(operation + 1 + review.place).push_bind(review.at_ms);
            values.push("'history'").push_bind(operation).push("'[]'");
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await.map_err(&doing)?;
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO reviews (operation_id, card_id, at_ms, day, grade, taken_ms, before, after) ",
        );
        sql.push_values(reviews.iter().zip(after), |mut values, ((card, review), after)| {
            values.push_bind(operation + 1 + review.place).push_bind(*card);
            values.push_bind(review.at_ms).push_bind(review.day);
            values.push_bind(review.grade.rating()).push_bind(review.taken_ms);
            values.push_bind(phase_name(review.before)).push_bind(after);
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await.map(drop).map_err(doing)
    }
}
