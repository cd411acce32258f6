//! Keeping an import: all that it brings in one transaction, which undo takes out whole.
//!
//! New items are written with few statements over many rows. The triggers that keep counts and
//! search in step one row at a time rest meanwhile (`bulk`), and what they would have written is
//! written at the end for all rows at once.

mod bulk;
mod cards;
mod decks;
mod items;
mod lookup;
mod turn;

use sqlx::{Sqlite, Transaction};

use super::{OperationKind, Store, StoreError};

pub use cards::{ImportedReview, ScheduledCard};
pub use decks::{DeckPlace, ImportedDeck};
pub use items::{AddedItem, Wording};
pub use lookup::{ItemWords, KnownItem};
pub(super) use turn::turn;

/// An import that is being kept. Nothing of it stands before [`Self::finish`]; dropped, it leaves
/// nothing behind.
#[derive(Debug)]
pub struct Importing {
    tx: Transaction<'static, Sqlite>,
    operation: i64,
    at_ms: i64,
    /// Cards of items whose cards are not just one of ordinal 0.
    ordinals: Vec<(String, u32)>,
    /// Whether reviews came in.
    reviews: bool,
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
        Ok(Importing { tx, operation, at_ms, ordinals: Vec::new(), reviews: false })
    }
}

impl Importing {
    /// Brings counts and search into step with what was added. Items that were there can be given
    /// other words after this, and nothing can be added any more.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn added(&mut self) -> Result<(), StoreError> {
        bulk::recount(&mut self.tx, self.reviews).await?;
        bulk::set_busy(&mut self.tx, false).await
    }

    /// Makes it all stand.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is kept then.
    pub async fn finish(self) -> Result<(), StoreError> {
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
