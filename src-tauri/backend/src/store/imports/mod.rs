//! Keeping an import: all that it brings in one transaction, which undo takes out whole.
//!
//! New items are written with few statements over many rows. The triggers that keep counts and
//! search in step one row at a time rest meanwhile (`bulk`), and what they would have written is
//! written at the end for all rows at once. Words are left to be indexed
//! ([`Store::index_stale`](super::Store::index_stale)): that takes about as long as all the rest.

mod added;
mod aside;
mod bulk;
mod cards;
mod decks;
mod items;
mod lookup;
mod statements;
mod turn;

use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::{OperationKind, Store, StoreError};

pub use added::{AddedItems, AddedNames};
pub use cards::{ImportedReview, ScheduledCard};
pub use decks::{DeckPlace, ImportedDeck};
pub use items::Wording;
pub use lookup::{ItemWords, KnownItem};
pub(super) use turn::turn;

/// Memory for pages of a large import, in the unit of SQLite, minus KiB: rows come in the order that
/// the tables are kept in, so more would gain nothing. As much again is taken to sort an index.
const CACHE: &str = "-4000";

/// An import that is being kept. Nothing of it stands before [`Self::finish`]; dropped, it leaves
/// nothing behind.
#[derive(Debug)]
pub struct Importing {
    tx: Transaction<'static, Sqlite>,
    /// The connection of a large import, which nothing else uses.
    own: Option<SqlitePool>,
    operation: i64,
    at_ms: i64,
    statements: statements::Statements,
    /// The number of the first item that comes in, in `search_items`.
    first_search: i64,
    /// Cards and tags that are not written yet.
    cards: Vec<added::AddedCard>,
    tags: Vec<(i64, String)>,
    /// What is to be counted at the end.
    touched: bulk::Touched,
    /// Whether anything of the collection is other than before.
    changed: bool,
    /// What was taken out of the schema meanwhile.
    aside: aside::Aside,
    /// Whether indexes were built anew.
    rebuilt: bool,
}

impl Store {
    /// Begins an import at a time, Unix milliseconds, by which so many new items come in. Others
    /// that write wait until it ends.
    ///
    /// # Errors
    /// [`StoreError`] when the collection cannot be written.
    pub async fn begin_import(&self, at_ms: i64, coming: usize) -> Result<Importing, StoreError> {
        let doing = StoreError::during("beginning an import");
        let large = coming >= Importing::BATCH;
        let own = if large { Some(self.connection_of_its_own().await?) } else { None };
        let pool = own.as_ref().unwrap_or(&self.pool);
        let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let kind = OperationKind::Import.as_str();
        let operation = sqlx::query_scalar!(
            r#"INSERT INTO operations (at_ms, kind, body) VALUES (?, ?, '[]') RETURNING id AS "id!""#,
            at_ms,
            kind
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        let first_search = sqlx::query_scalar!(
            r#"SELECT coalesce(max(id), 0) + 1 AS "next!: i64" FROM search_items"#
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        bulk::set_busy(&mut tx, true).await?;
        let mut aside = aside::Aside::default();
        if large {
            aside = aside::Aside::take_out(&mut tx, coming).await?;
        }
        Ok(Importing {
            tx,
            own,
            operation,
            at_ms,
            statements: statements::Statements::new(at_ms, operation),
            first_search,
            cards: Vec::new(),
            tags: Vec::new(),
            touched: bulk::Touched::default(),
            changed: false,
            rebuilt: aside.has_indexes(),
            aside,
        })
    }

    /// A connection for very many rows. It looks up no references: those rows name each other and
    /// the decks that they are put into, and each lookup costs as much as writing a row.
    async fn connection_of_its_own(&self) -> Result<SqlitePool, StoreError> {
        let options = (*self.pool.connect_options()).clone();
        let options = options.foreign_keys(false);
        SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .connect_with(options.pragma("cache_size", CACHE))
            .await
            .map_err(StoreError::during("beginning an import"))
    }
}

impl Importing {
    /// Puts back, a part at a time, what was taken out of the schema while items were added; says
    /// whether there is more. Before it is all there, nothing else can be done.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_back(&mut self) -> Result<bool, StoreError> {
        self.aside.put_back(&mut self.tx).await
    }

    /// Brings counts into step with what was added. Items that were there can be given other words
    /// after this, and nothing can be added any more.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn added(&mut self) -> Result<(), StoreError> {
        while self.put_back().await? {}
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
        let doing = StoreError::during("keeping an import");
        if self.rebuilt {
            // What SQLite counted of an index went with it.
            super::count_rows(&mut self.tx).await.map_err(&doing)?;
        }
        self.tx.commit().await.map_err(doing)?;
        close(self.own).await;
        Ok(())
    }

    /// Gives it up; nothing is kept. The same happens, a little later, when it is dropped.
    ///
    /// # Errors
    /// [`StoreError`] when the collection fails; nothing is kept then either.
    pub async fn give_up(self) -> Result<(), StoreError> {
        let given_up = self.tx.rollback().await;
        close(self.own).await;
        given_up.map_err(StoreError::during("giving up an import"))
    }
}

async fn close(own: Option<SqlitePool>) {
    if let Some(own) = own {
        own.close().await;
    }
}
