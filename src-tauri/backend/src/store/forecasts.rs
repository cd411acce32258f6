//! Forecasts as they were made, real results, and what a forecast asks of cards and reviews.

use super::cards::memory;
use super::{Store, StoreError};
use crate::study::Memory;

/// A forecast as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptForecast {
    /// Code of the exam.
    pub exam: String,
    /// When it was made, Unix milliseconds.
    pub made_ms: i64,
    /// The local date it was made on.
    pub made_on: String,
    /// The local date it is about.
    pub for_date: String,
    /// The paper it is about, when it is about one.
    pub sitting: Option<String>,
    /// The chance of passing.
    pub p: f64,
    /// Ends of its 90 and 50 % intervals, lowest first.
    pub ends: [f64; 4],
    /// Version of the model.
    pub model: u32,
    /// Answers to fresh questions, answers to repeated ones, papers and cards it rests on.
    pub evidence: [u32; 4],
}

/// The result of a real exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptResult {
    /// The local date it was sat.
    pub date: String,
    /// Whether it was passed.
    pub passed: bool,
    /// The scaled score, when known.
    pub scaled: Option<u16>,
}

/// A card's memory and the task it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskCard {
    /// Task of the blueprint.
    pub task: String,
    /// What FSRS keeps; none for a card that was never seen.
    pub memory: Option<Memory>,
    /// The study day it was last seen on.
    pub last_day: Option<i64>,
}

impl Store {
    /// Keeps a forecast; one that says the same, or is about the same paper, stays as it is.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn keep_forecast(&self, forecast: &KeptForecast) -> Result<(), StoreError> {
        let [low90, low50, high50, high90] = forecast.ends;
        let [answers, repeated, mocks, cards] = forecast.evidence;
        sqlx::query!(
            "INSERT INTO forecasts (exam, made_ms, made_on, for_date, sitting_id, p, low90, low50,
                                    high50, high90, model, answers, repeated, mocks, cards)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            forecast.exam,
            forecast.made_ms,
            forecast.made_on,
            forecast.for_date,
            forecast.sitting,
            forecast.p,
            low90,
            low50,
            high50,
            high90,
            forecast.model,
            answers,
            repeated,
            mocks,
            cards
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping a forecast"))?;
        Ok(())
    }

    /// The forecasts of an exam, in the order they were made.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn kept_forecasts(&self, exam: &str) -> Result<Vec<KeptForecast>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT made_ms, made_on, for_date, sitting_id, p, low90, low50, high50, high90,
                      model AS "model: u32", answers AS "answers: u32",
                      repeated AS "repeated: u32", mocks AS "mocks: u32", cards AS "cards: u32"
                 FROM forecasts WHERE exam = ? ORDER BY id"#,
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading forecasts"))?;
        let kept = rows.into_iter().map(|row| KeptForecast {
            exam: exam.to_owned(),
            made_ms: row.made_ms,
            made_on: row.made_on,
            for_date: row.for_date,
            sitting: row.sitting_id,
            p: row.p,
            ends: [row.low90, row.low50, row.high50, row.high90],
            model: row.model,
            evidence: [row.answers, row.repeated, row.mocks, row.cards],
        });
        Ok(kept.collect())
    }

    /// Keeps the result of a real exam.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn keep_real_result(
        &self,
        exam: &str,
        result: &KeptResult,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO real_results (exam, date, passed, scaled, entered_ms)
             VALUES (?, ?, ?, ?, ?)",
            exam,
            result.date,
            result.passed,
            result.scaled,
            now_ms
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping your result"))?;
        Ok(())
    }

    /// The real results of an exam, one for each date: the one entered last.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn real_results(&self, exam: &str) -> Result<Vec<KeptResult>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT date, passed AS "passed: bool", scaled AS "scaled: u16"
                 FROM real_results r
                WHERE exam = ? AND id = (SELECT max(id) FROM real_results o
                                          WHERE o.exam = r.exam AND o.date = r.date)
                ORDER BY date"#,
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading your results"))?;
        let kept = rows.into_iter().map(|row| KeptResult {
            date: row.date,
            passed: row.passed,
            scaled: row.scaled,
        });
        Ok(kept.collect())
    }

    /// The cards of an exam's decks with their tasks; suspended ones and those without a task do
    /// not count.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn task_cards(&self, exam: &str) -> Result<Vec<TaskCard>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT i.task AS "task!", c.stability, c.difficulty, c.last_day
                 FROM cards c JOIN items i ON i.id = c.item_id JOIN decks d ON d.id = i.deck_id
                WHERE d.blueprint = ? AND i.task IS NOT NULL AND i.retired_ms IS NULL
                  AND i.deleted_ms IS NULL AND c.suspended = 0"#,
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the memories of cards"))?;
        let cards = rows.into_iter().map(|row| TaskCard {
            task: row.task,
            memory: memory(row.stability, row.difficulty),
            last_day: row.last_day,
        });
        Ok(cards.collect())
    }

    /// Time spent on cards from a study day on, milliseconds; undone reviews do not count.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be counted.
    pub async fn studied_since(&self, day: i64) -> Result<i64, StoreError> {
        sqlx::query_scalar!(
            r#"SELECT coalesce(sum(taken_ms), 0) AS "taken_ms!: i64" FROM reviews r
                WHERE day >= ? AND NOT EXISTS
                      (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id)"#,
            day
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("counting the time of study"))
    }
}
