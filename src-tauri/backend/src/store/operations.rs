//! The log of what a learner did to cards and items, with undo and redo. The log only grows: undo and redo
//! are operations of their own, and which operations stand undone is a fold over it.

use serde::{Deserialize, Serialize};
use sqlx::{Connection, SqliteConnection};

use super::cards::{CardRow, card, put_card};
use super::deck_log::turn_decks;
use super::history::turn_sitting;
use super::items::{ItemState, item_state, put_item_state};
use super::{Store, StoreError};

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
    /// A sitting was taken out.
    Sitting,
    /// A file was imported.
    Import,
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
            Self::Sitting => "sitting",
            Self::Import => "import",
        }
    }
}

/// A card before and after an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) before: CardRow,
    pub(super) after: CardRow,
}

/// An item before and after an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ItemChange {
    before: ItemState,
    after: ItemState,
}

/// What an operation changed. A list of cards when it is about nothing else, as logs have it from
/// before items could be changed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Body {
    Cards(Vec<Change>),
    Items { cards: Vec<Change>, items: Vec<ItemChange> },
}

impl Body {
    fn parts(&self) -> (&[Change], &[ItemChange]) {
        match self {
            Self::Cards(cards) => (cards, &[]),
            Self::Items { cards, items } => (cards, items),
        }
    }
}

/// An operation that can be undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Identity.
    pub id: i64,
    /// What was done.
    pub kind: OperationKind,
}

/// What tells that nothing changed. Making a deck is no operation, and bringing one up to date that
/// comes with Sitwell is none either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AsOf {
    /// The last thing that was done, undoing included.
    operation: i64,
    /// Grows with each change of decks and settings.
    arrangement: i64,
    /// Grows with each item that gets other words.
    wording: i64,
}

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
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping what you did");
        let mut near = self.near().await?;
        let mut tx = near.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let mut changes = Vec::with_capacity(after.len());
        for row in after {
            let before = card(&mut tx, row.id).await?.ok_or_else(|| no_card(row.id))?;
            put_card(&mut tx, row).await?;
            changes.push(Change { before, after: row.clone() });
        }
        let body = Body::Cards(changes);
        let operation = log(&mut tx, kind, at_ms, &body).await?;
        let (changes, _) = body.parts();
        if kind == OperationKind::Reset {
            for change in changes {
                sqlx::query!(
                    "INSERT INTO resets (card_id, operation_id) VALUES (?, ?)",
                    change.after.id,
                    operation
                )
                .execute(&mut *tx)
                .await
                .map_err(&doing)?;
            }
        }
        tx.commit().await.map_err(&doing)
    }

    /// Does something to items: writes what the learner makes of them and logs it, in one
    /// transaction.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is done then.
    pub async fn operate_on_items(
        &self,
        kind: OperationKind,
        at_ms: i64,
        after: &[ItemState],
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping what you did");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let mut changes = Vec::with_capacity(after.len());
        for state in after {
            let key = state.id.as_str();
            let before = item_state(&mut tx, key).await?.ok_or_else(|| no_item(key))?;
            put_item_state(&mut tx, &before, state).await?;
            changes.push((before, state.clone()));
        }
        log_items(&mut tx, kind, at_ms, &changes).await?;
        tx.commit().await.map_err(&doing)
    }

    /// How the collection stands: while it stays the same, what was read of decks, items and where
    /// cards stand still holds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn as_of(&self) -> Result<AsOf, StoreError> {
        sqlx::query_as!(
            AsOf,
            r#"SELECT (SELECT coalesce(max(id), 0) FROM operations) AS "operation!: i64",
                      (SELECT max(stamp) FROM arrangement) AS "arrangement!: i64",
                      (SELECT max(stamp) FROM wordings) AS "wording!: i64""#
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("reading what was done"))
    }

    /// What undo would take back and what redo would do again.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    async fn undo_and_redo(&self) -> Result<(Option<Step>, Option<Step>), StoreError> {
        let row =
            sqlx::query!(r#"SELECT undo AS "undo: String", redo AS "redo: String" FROM turns"#)
                .fetch_one(&mut *self.near().await?)
                .await
                .map_err(StoreError::during("reading what was done and undone"))?;
        Ok((
            row.undo.as_deref().map(read_step).transpose()?,
            row.redo.as_deref().map(read_step).transpose()?,
        ))
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
        let back = kind == "undo";
        if step.kind == OperationKind::Deck {
            let change = serde_json::from_str(&body).map_err(damaged())?;
            turn_decks(&mut tx, &change, !back).await?;
        }
        if step.kind == OperationKind::Sitting {
            let change = serde_json::from_str(&body).map_err(damaged())?;
            turn_sitting(&mut tx, &change, !back).await?;
        }
        if step.kind == OperationKind::Import {
            super::imports::turn(&mut tx, step.id, at_ms, back).await?;
        }
        let body: Body = match step.kind {
            OperationKind::Deck | OperationKind::Import | OperationKind::Sitting => {
                Body::Cards(Vec::new())
            }
            _ => serde_json::from_str(&body).map_err(damaged())?,
        };
        let (cards, items) = body.parts();
        for ItemChange { before, after } in items {
            let (from, to) = if back { (after, before) } else { (before, after) };
            put_item_state(&mut tx, from, to).await?;
        }
        for change in cards {
            put_card(&mut tx, if back { &change.before } else { &change.after }).await?;
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
        if back {
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
        if step.kind == OperationKind::Import {
            self.index_few().await?;
        }
        Ok((step, cards.iter().map(|change| change.before.id).collect()))
    }
}

/// An operation from its id and kind, JSON.
pub(super) fn read_step(json: &str) -> Result<Step, StoreError> {
    let (id, kind) = serde_json::from_str(json).map_err(StoreError::damaged("operation", ""))?;
    Ok(Step { id, kind })
}

/// Appends an operation to the log; gives its number.
async fn log(
    tx: &mut SqliteConnection,
    kind: OperationKind,
    at_ms: i64,
    body: &Body,
) -> Result<i64, StoreError> {
    let body = serde_json::to_string(body).map_err(StoreError::damaged("operation", ""))?;
    let name = kind.as_str();
    sqlx::query_scalar!(
        r#"INSERT INTO operations (at_ms, kind, body) VALUES (?, ?, ?) RETURNING id AS "id!""#,
        at_ms,
        name,
        body
    )
    .fetch_one(tx)
    .await
    .map_err(StoreError::during("keeping what you did"))
}

/// Appends an operation on items to the log: each before and after it.
pub(super) async fn log_items(
    tx: &mut SqliteConnection,
    kind: OperationKind,
    at_ms: i64,
    changes: &[(ItemState, ItemState)],
) -> Result<(), StoreError> {
    let items = changes.iter().cloned().map(|(before, after)| ItemChange { before, after });
    let body = Body::Items { cards: Vec::new(), items: items.collect() };
    log(tx, kind, at_ms, &body).await.map(drop)
}

fn no_card(id: i64) -> StoreError {
    StoreError::Damaged { what: "card", id: id.to_string(), why: "it is not there".into() }
}

fn no_item(id: &str) -> StoreError {
    StoreError::Damaged { what: "item", id: id.to_owned(), why: "it is not there".into() }
}
