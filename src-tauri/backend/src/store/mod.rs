//! One collection, one SQLite file. All SQL is in this folder, checked at compile time against
//! the migrations; the rest of the back end sees model types.
//!
//! Durability: WAL with `synchronous=FULL`, so a committed transaction survives a power cut.

pub(crate) mod anki;
mod backup;
mod bank;
mod browse;
mod cards;
mod contents;
mod deck_log;
mod deck_options;
mod decks;
mod drill_list;
mod dump;
mod error;
#[cfg(test)]
mod faults;
mod forecasts;
mod gradings;
mod history;
mod imports;
mod item_cards;
mod item_facts;
mod item_reports;
mod items;
mod leaving;
mod library;
mod media;
mod operations;
mod queue;
mod queue_after;
mod reviews;
#[cfg(test)]
mod schema_tests;
mod settings;
mod shelves;
mod sittings;
mod statistics;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

#[cfg(test)]
pub(crate) use backup::other_versions;
pub use backup::{Depth, Examined, Totals, copy_file, counts_since, examine, newest_version};
pub use bank::QuestionDeck;
pub use browse::{BeforeBrowsing, BrowsePage, BrowseRecord, MAX_PAGE, Page, SearchScope, SortKey};
pub use cards::{CardRow, Done};
pub use contents::{Contents, Dated};
pub use deck_log::{Changed, DeckState, DecksChange, MadeDeck};
pub use deck_options::{DeckDay, StudiedDeck};
pub use decks::{DeckChange, DeckSource};
pub use dump::{DumpError, TakeRows};
pub use error::{StoreError, Trouble};
pub use forecasts::{KeptForecast, KeptResult, TaskCard};
pub use gradings::{CardToGrade, Graded, ShownCard, Stamps, ToShow};
pub use history::{KeptRemark, NewerWording};
pub use imports::{
    AddedItems, AddedNames, DeckPlace, ImportedDeck, ImportedReview, Importing, ItemWords,
    KnownItem, ScheduledCard, Wording,
};
pub use item_reports::{KeptItemReport, NewItemReport};
pub use items::{DeckRecord, ItemRecord, ItemState};
pub use leaving::{LeavingItem, LeavingReview};
pub use library::{DeckCounts, LibraryDeck};
pub use media::NamedFile;
pub use operations::{AsOf, OperationKind, Step};
pub use queue::{DueCard, NewCard, Queue};
pub use queue_after::Leaving;
pub use reviews::LoggedReview;
pub use settings::SettingKey;
pub use shelves::{Head, HeadNew, HeadReview, Place, Shelf, Shelves};
pub use sittings::{NewSitting, SittingRecord};
pub use statistics::{AlikeCards, HistoryReview, LoggedDay, MATURE_DAYS, Recalled, Standing};

use crate::clock::Clock;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// How long a writer waits for another process that is writing.
const BUSY: Duration = Duration::from_secs(5);
/// Memory that a connection may keep pages in, in the unit of SQLite: minus KiB.
const CACHE: &str = "-32000";

/// An open collection.
#[derive(Debug, Clone)]
pub struct Store {
    pool: sqlx::SqlitePool,
    /// The connection for short statements of study. A pool asks a connection whether it lives
    /// before and after each use, which costs more than most of them do.
    near: Arc<Mutex<Option<SqliteConnection>>>,
    /// What [`Self::shelves`] read last.
    shelves: Arc<Mutex<shelves::Held>>,
    /// Held by whoever indexes words.
    indexing: Arc<Mutex<()>>,
    /// Whether it is being closed, so that what is done beside stops.
    closing: Arc<AtomicBool>,
}

impl Store {
    /// Opens the collection at `path`; makes it when there is none; brings an older one up to date.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be made, is not a collection, or was written by a newer
    /// Sitwell.
    pub async fn open(path: &Path, clock: &dyn Clock) -> Result<Self, StoreError> {
        Self::open_with(SqliteConnectOptions::new().create_if_missing(true), path, clock).await
    }

    async fn open_with(
        options: SqliteConnectOptions,
        path: &Path,
        clock: &dyn Clock,
    ) -> Result<Self, StoreError> {
        let options = options
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", CACHE);
        let opening = |source| StoreError::Open { path: path.into(), source };
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await
            .map_err(opening)?;
        MIGRATIONS.run(&pool).await.map_err(|source| StoreError::migrating(path, source))?;
        // A grading touches more pages than SQLite would note in memory otherwise.
        let mut near = options.pragma("temp_store", "memory").connect().await.map_err(opening)?;
        // Its first statement reads the schema, which the first card need not wait for then.
        Self::make_identity(&mut near, clock).await.map_err(opening)?;
        let store = Self::of(pool, Some(near));
        store.index_few().await?;
        Ok(store)
    }

    fn of(pool: sqlx::SqlitePool, near: Option<SqliteConnection>) -> Self {
        Self {
            pool,
            near: Arc::new(Mutex::new(near)),
            shelves: Arc::default(),
            indexing: Arc::default(),
            closing: Arc::default(),
        }
    }

    /// Gives a new collection its name; the first statement that writes to one.
    async fn make_identity(
        connection: &mut SqliteConnection,
        clock: &dyn Clock,
    ) -> Result<(), sqlx::Error> {
        let device = uuid::Uuid::now_v7().to_string();
        let now = clock.now().wall_ms;
        sqlx::query!(
            "INSERT INTO collection (id, device_id, created_ms) VALUES (1, ?, ?)
             ON CONFLICT DO NOTHING",
            device,
            now
        )
        .execute(connection)
        .await
        .map(drop)
    }

    /// Closes the file; waits for what is being written.
    pub async fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        if let Some(mut near) = self.near.lock().await.take() {
            // The pool says what is wrong with the file, if anything.
            count_rows(&mut near).await.ok();
            near.close().await.ok();
        }
        self.pool.close().await;
    }

    /// Whether [`Self::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.pool.is_closed()
    }

    /// The connection for short statements, for as long as it is held.
    async fn near(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, StoreError> {
        let near = MutexGuard::try_map(self.near.lock().await, Option::as_mut);
        near.map_err(|_| StoreError::during("reading the collection")(sqlx::Error::PoolClosed))
    }
}

/// Lets SQLite count the rows that it chooses its ways by, except those of the log: that may be a
/// thousand times as long before it is counted again, and its indexes are right for any length.
async fn count_rows(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // 0x2: count; 0x10: of large tables a part; 0x10000: whichever connection asked them.
    sqlx::query("PRAGMA optimize(0x10012)").execute(&mut *connection).await?;
    // Not checked at compile time: the table is there once anything was counted.
    sqlx::query("DELETE FROM sqlite_stat1 WHERE tbl IN ('operations', 'reviews', 'undone')")
        .execute(connection)
        .await
        .map(drop)
}
