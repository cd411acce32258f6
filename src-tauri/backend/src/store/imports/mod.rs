//! Keeping an import: all that it brings in one transaction, which undo takes out whole.
//!
//! New items are written with few statements over many rows, their words for search with them. The
//! triggers that keep counts and search in step one row at a time rest meanwhile (`bulk`), and what
//! they would have written is written at the end for all rows at once.

mod added;
mod bulk;
mod cards;
mod decks;
mod items;
mod lookup;
mod turn;

use sqlx::{Sqlite, Transaction};

use super::{OperationKind, Store, StoreError};

pub use added::AddedItem;
pub use cards::{ImportedReview, ScheduledCard};
pub use decks::{DeckPlace, ImportedDeck};
pub use items::Wording;
pub use lookup::{ItemWords, KnownItem};
pub(super) use turn::turn;

/// An import that is being kept. Nothing of it stands before [`Self::finish`]; dropped, it leaves
/// nothing behind.
#[derive(Debug)]
pub struct Importing {
    tx: Transaction<'static, Sqlite>,
    operation: i64,
    at_ms: i64,
    /// The next number of `search_items`, once one was given.
    next_search: Option<i64>,
    /// Cards that are not written yet.
    cards: Vec<added::AddedCard>,
    /// What is to be counted at the end.
    touched: bulk::Touched,
    /// Whether anything of the collection is other than before.
    changed: bool,
    /// Whether search was set up for very many rows.
    large: bool,
    /// Triggers that were taken out meanwhile.
    triggers: Vec<String>,
}

impl Store {
    /// Begins an import at a time, Unix milliseconds. Others that write wait until it ends.
    ///
    /// # Errors
    /// [`StoreError`] when the collection cannot be written.
    pub async fn begin_import(&self, at_ms: i64) -> Result<Importing, StoreError> {
        let doing = StoreError::during("beginning an import");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let kind = OperationKind::Import.as_str();
        let operation = sqlx::query_scalar!(
            r#"INSERT INTO operations (at_ms, kind, body) VALUES (?, ?, '[]') RETURNING id AS "id!""#,
            at_ms,
            kind
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        bulk::set_busy(&mut tx, true).await?;
        Ok(Importing {
            tx,
            operation,
            at_ms,
            next_search: None,
            cards: Vec::new(),
            touched: bulk::Touched::default(),
            changed: false,
            large: false,
            triggers: Vec::new(),
        })
    }
}

impl Importing {
    /// Brings counts into step with what was added. Items that were there can be given other words
    /// after this, and nothing can be added any more.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn added(&mut self) -> Result<(), StoreError> {
        bulk::recount(&mut self.tx, self.touched).await?;
        bulk::set_busy(&mut self.tx, false).await
    }

    /// Makes it all stand; without anything that is other than before, it leaves no trace.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is kept then.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        if !self.changed {
            return self.give_up().await;
        }
        if self.large {
            bulk::set_large(&mut self.tx, false).await?;
        }
        self.tx.commit().await.map_err(StoreError::during("keeping an import"))
    }

    /// Gives it up; nothing is kept. The same happens, a little later, when it is dropped.
    ///
    /// # Errors
    /// [`StoreError`] when the collection fails; nothing is kept then either.
    pub async fn give_up(self) -> Result<(), StoreError> {
        self.tx.rollback().await.map_err(StoreError::during("giving up an import"))
    }
}
