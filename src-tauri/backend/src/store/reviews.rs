//! The log of reviews over many cards, and the memories that are computed from it.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::{Store, StoreError};
use crate::study::memory::replay;
use crate::study::{BadMemory, Grade, Memory, Phase};

/// A review that stands, as the log keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedReview {
    /// Place in the log; later is greater.
    pub id: i64,
    /// Which card.
    pub card: i64,
    /// The deck it is in now.
    pub deck: i64,
    /// The study day it counted for.
    pub day: i64,
    /// How the card was recalled.
    pub grade: Grade,
    /// Where the card stood before.
    pub before: Phase,
}

impl Store {
    /// The reviews that stand of the cards in these decks, or of all: by card, in order.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn reviews_in(&self, decks: Option<&[i64]>) -> Result<Vec<LoggedReview>, StoreError> {
        let mut connection = self.pool.acquire().await.map_err(reading)?;
        reviews_in(&mut connection, decks).await
    }

    /// Computes the memories of all cards in these decks anew, each deck by its model, in one
    /// transaction. Says how many changed.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn retune(&self, models: HashMap<i64, fsrs::FSRS>) -> Result<u32, StoreError> {
        let doing = StoreError::during("computing memories anew");
        if models.is_empty() {
            return Ok(0);
        }
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let changed = retune(&mut tx, models).await?;
        tx.commit().await.map_err(&doing)?;
        Ok(changed)
    }

    /// Writes the memory of a card alone.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_memory(&self, card: i64, memory: Option<Memory>) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await.map_err(reading)?;
        put_memory(&mut connection, card, memory).await.map(drop)
    }
}

pub(super) async fn retune(
    connection: &mut SqliteConnection,
    models: HashMap<i64, fsrs::FSRS>,
) -> Result<u32, StoreError> {
    if models.is_empty() {
        return Ok(0);
    }
    let decks: Vec<i64> = models.keys().copied().collect();
    let reviews = reviews_in(connection, Some(&decks)).await?;
    let memories = tokio::task::spawn_blocking(move || memories(&reviews, &models))
        .await
        .map_err(|gone| damaged("reviews", "all", &gone))?
        .map_err(|why| damaged("reviews", "some", &why))?;
    let mut changed = 0;
    for (card, memory) in memories {
        changed += put_memory(connection, card, memory).await?;
    }
    Ok(changed)
}

fn reading(source: sqlx::Error) -> StoreError {
    StoreError::during("reading the log of reviews")(source)
}

fn damaged(what: &'static str, id: &str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged { what, id: id.to_owned(), why: why.to_string() }
}

async fn reviews_in(
    connection: &mut SqliteConnection,
    decks: Option<&[i64]>,
) -> Result<Vec<LoggedReview>, StoreError> {
    let decks = scope(decks);
    let rows = sqlx::query!(
        r#"SELECT operation_id AS "id!", card_id AS "card_id!", deck_id AS "deck_id!",
                  day AS "day!", grade AS "grade!", before AS "before!"
             FROM remembered_reviews
            WHERE ?1 IS NULL OR deck_id IN (SELECT value FROM json_each(?1))
            ORDER BY card_id, operation_id"#,
        decks
    )
    .fetch_all(connection)
    .await
    .map_err(reading)?;
    rows.into_iter()
        .map(|row| {
            Ok(LoggedReview {
                id: row.id,
                card: row.card_id,
                deck: row.deck_id,
                day: row.day,
                grade: parse_grade(row.grade, row.card_id)?,
                before: super::cards::parse_phase(&row.before, row.card_id)?,
            })
        })
        .collect()
}

/// Decks as SQL takes them: a JSON array, or null for all.
pub(super) fn scope(decks: Option<&[i64]>) -> Option<String> {
    decks.map(|decks| serde_json::Value::from(decks.to_vec()).to_string())
}

pub(super) fn parse_grade(grade: i64, card: i64) -> Result<Grade, StoreError> {
    let known = usize::try_from(grade - 1).ok().and_then(|grade| Grade::ALL.get(grade)).copied();
    known.ok_or_else(|| damaged("review of card", &card.to_string(), &"no such grade"))
}

/// The memory of each card, from its reviews in order.
fn memories(
    reviews: &[LoggedReview],
    models: &HashMap<i64, fsrs::FSRS>,
) -> Result<Vec<(i64, Option<Memory>)>, BadMemory> {
    reviews
        .chunk_by(|a, b| a.card == b.card)
        .filter_map(|card| {
            let first = card.first()?;
            let model = models.get(&first.deck)?;
            let memory = replay(card.iter().map(|review| (review.day, review.grade)), model);
            Some(memory.map(|memory| (first.card, memory)))
        })
        .collect()
}

async fn put_memory(
    connection: &mut SqliteConnection,
    card: i64,
    memory: Option<Memory>,
) -> Result<u32, StoreError> {
    let stability = memory.map(|memory| f64::from(memory.stability));
    let difficulty = memory.map(|memory| f64::from(memory.difficulty));
    let done = sqlx::query!(
        "UPDATE cards SET stability = ?1, difficulty = ?2
          WHERE id = ?3 AND (stability IS NOT ?1 OR difficulty IS NOT ?2)",
        stability,
        difficulty,
        card
    )
    .execute(connection)
    .await
    .map_err(StoreError::during("writing the memory of a card"))?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}
