//! The log of what a learner did to cards, with undo and redo. The log only grows: undo and redo
//! are operations of their own, and which operations stand undone is a fold over it.

use serde::{Deserialize, Serialize};

use super::cards::{CardRow, card, phase_name, put_card};
use super::deck_log::turn_decks;
use super::{Store, StoreError};
use crate::study::{CardState, Grade};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum OperationKind {
    /// A card was graded.
    Review,
    /// Cards were taken out of study or put back.
    Suspend,
    /// Cards were put off to the next day.
    Bury,
    /// Cards were flagged.
    Flag,
    /// Cards were made new again.
    Reset,
    /// An item was made.
    Make,
    /// The words of an item were changed.
    Edit,
    /// Tags were given or taken away.
    Tag,
    /// Items were taken out of the collection.
    Delete,
    /// A deck was made, renamed or taken out, or its options were changed.
    Deck,
}

impl OperationKind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Suspend => "suspend",
            Self::Bury => "bury",
            Self::Flag => "flag",
            Self::Reset => "reset",
            Self::Make => "make",
            Self::Edit => "edit",
            Self::Tag => "tag",
            Self::Delete => "delete",
            Self::Deck => "deck",
        }
    }
}

/// A grading, to be logged with its operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Graded {
    /// Which card.
    pub card: i64,
    /// How it was recalled.
    pub grade: Grade,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The study day it counts for.
    pub day: i64,
    /// Time to answer, milliseconds.
    pub taken_ms: u32,
}

/// A card before and after an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Change {
    before: CardRow,
    after: CardRow,
}

/// An operation that can be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Identity.
    pub id: i64,
    /// What was done.
    pub kind: OperationKind,
}

/// How far back undo reaches, in operations.
const REACH: i64 = 2_000;

impl Store {
    /// Does something to cards: writes how they stand after it and logs it, in one transaction.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is done then.
    pub async fn operate(
        &self,
        kind: OperationKind,
        at_ms: i64,
        after: &[CardRow],
        graded: Option<Graded>,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping what you did");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let mut changes = Vec::with_capacity(after.len());
        for row in after {
            let before = card(&mut tx, row.id).await?.ok_or_else(|| no_card(row.id))?;
            put_card(&mut tx, row).await?;
            changes.push(Change { before, after: row.clone() });
        }
        let body = serde_json::to_string(&changes).map_err(StoreError::damaged("operation", ""))?;
        let name = kind.as_str();
        let operation = sqlx::query_scalar!(
            r#"INSERT INTO operations (at_ms, kind, body) VALUES (?, ?, ?) RETURNING id AS "id!""#,
            at_ms,
            name,
            body
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        if let Some(graded) = graded {
            let change = changes.iter().find(|change| change.before.id == graded.card);
            let change = change.ok_or_else(|| no_card(graded.card))?;
            let before = phase_name(change.before.state.phase);
            let after = CardState { memory: None, ..change.after.state };
            let after = serde_json::to_string(&after)
                .map_err(StoreError::damaged("review of card", graded.card.to_string()))?;
            let grade = graded.grade.rating();
            sqlx::query!(
                "INSERT INTO reviews (operation_id, card_id, at_ms, day, grade, taken_ms, before,
                                      after)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                operation,
                graded.card,
                graded.at_ms,
                graded.day,
                grade,
                graded.taken_ms,
                before,
                after
            )
            .execute(&mut *tx)
            .await
            .map_err(&doing)?;
        }
        tx.commit().await.map_err(&doing)
    }

    /// What undo would take back and what redo would do again.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    pub async fn undo_and_redo(&self) -> Result<(Option<Step>, Option<Step>), StoreError> {
        let rows = sqlx::query!(
            r#"SELECT id AS "id!", kind, target FROM
                 (SELECT id, kind, target FROM operations ORDER BY id DESC LIMIT ?)
               ORDER BY id"#,
            REACH
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading what was done"))?;
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for row in rows {
            match (row.kind.as_str(), row.target) {
                ("undo", Some(target)) => move_step(&mut done, &mut undone, target),
                ("redo", Some(target)) => move_step(&mut undone, &mut done, target),
                (kind, _) => {
                    let json = serde_json::Value::String(kind.to_owned());
                    let kind = serde_json::from_value(json)
                        .map_err(StoreError::damaged("operation", row.id.to_string()))?;
                    done.push(Step { id: row.id, kind });
                    // Doing something new forgets what could be redone.
                    undone.clear();
                }
            }
        }
        Ok((done.pop(), undone.pop()))
    }

    /// Takes back the last thing that was done, if there is one; says what it was and which cards
    /// it touched.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn undo(&self, at_ms: i64) -> Result<Option<(Step, Vec<i64>)>, StoreError> {
        match self.undo_and_redo().await?.0 {
            Some(step) => Ok(Some(self.turn("undo", step, at_ms).await?)),
            None => Ok(None),
        }
    }

    /// Does again what was last taken back, if there is something; says what it was and which
    /// cards it touched.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn redo(&self, at_ms: i64) -> Result<Option<(Step, Vec<i64>)>, StoreError> {
        match self.undo_and_redo().await?.1 {
            Some(step) => Ok(Some(self.turn("redo", step, at_ms).await?)),
            None => Ok(None),
        }
    }

    async fn turn(
        &self,
        kind: &'static str,
        step: Step,
        at_ms: i64,
    ) -> Result<(Step, Vec<i64>), StoreError> {
        let doing = StoreError::during("undoing or redoing");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let body = sqlx::query_scalar!("SELECT body FROM operations WHERE id = ?", step.id)
            .fetch_one(&mut *tx)
            .await
            .map_err(&doing)?;
        let damaged = || StoreError::damaged("operation", step.id.to_string());
        let changes: Vec<Change> = if step.kind == OperationKind::Deck {
            let change = serde_json::from_str(&body).map_err(damaged())?;
            turn_decks(&mut tx, &change, kind == "redo").await?;
            Vec::new()
        } else {
            serde_json::from_str(&body).map_err(damaged())?
        };
        for change in &changes {
            let row = if kind == "undo" { &change.before } else { &change.after };
            put_card(&mut tx, row).await?;
        }
        sqlx::query!(
            "INSERT INTO operations (at_ms, kind, target, body) VALUES (?, ?, ?, '[]')",
            at_ms,
            kind,
            step.id
        )
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
        if kind == "undo" {
            sqlx::query!("INSERT INTO undone (operation_id) VALUES (?)", step.id)
                .execute(&mut *tx)
                .await
                .map_err(&doing)?;
        } else {
            sqlx::query!("DELETE FROM undone WHERE operation_id = ?", step.id)
                .execute(&mut *tx)
                .await
                .map_err(&doing)?;
        }
        tx.commit().await.map_err(&doing)?;
        Ok((step, changes.iter().map(|change| change.before.id).collect()))
    }
}

fn move_step(from: &mut Vec<Step>, to: &mut Vec<Step>, target: i64) {
    if let Some(place) = from.iter().rposition(|step| step.id == target) {
        to.push(from.remove(place));
    }
}

fn no_card(id: i64) -> StoreError {
    StoreError::Damaged { what: "card", id: id.to_string(), why: "it is not there".into() }
}
