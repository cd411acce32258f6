//! Whole files: copies of a collection, what one holds, and whether it is sound.
//!
//! `VACUUM INTO` copies one state of the collection while others read and write it
//! (<https://www.sqlite.org/lang_vacuum.html>). It does not wait for the disk, so whoever asks for
//! a copy does. The statements here are about files of any version of the schema, so they cannot
//! be checked against the newest at compile time; none is put together from outside.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::{BUSY, MIGRATIONS, Store, StoreError};

/// Faults that are told at most; a damaged file can have thousands.
const MAX_FAULTS: usize = 20;
/// Primary result codes of SQLite (<https://www.sqlite.org/rescode.html>).
const CORRUPT: u32 = 11;
const NOT_A_DATABASE: u32 = 26;

/// What a file holds, in counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Cards, of all decks.
    pub cards: i64,
    /// Answers to cards; their log only grows.
    pub reviews: i64,
    /// Sittings; none is ever removed.
    pub sittings: i64,
    /// Events of sittings; their log only grows.
    pub events: i64,
}

/// A collection's file as it is, before anything is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Number of its newest migration; 0 when it holds none.
    pub version: i64,
    /// What is damaged, as SQLite tells it, without content; empty when it is sound or was not
    /// looked through.
    pub faults: Vec<String>,
    /// None when they cannot be counted, or the file is from before there were cards.
    pub totals: Option<Totals>,
}

/// How far a file is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Its version alone.
    Version,
    /// Its version and what it holds.
    Counts,
    /// Every page.
    Whole,
}

/// The newest version of the schema that this Sitwell knows.
pub fn newest_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Looks at a file without changing it.
///
/// # Errors
/// [`StoreError::Open`] when it cannot be read at all.
pub async fn examine(path: &Path, depth: Depth) -> Result<Examined, StoreError> {
    let mut connection = read_only(path).await?;
    let examined = examine_with(&mut connection, depth).await;
    // Nothing was written, so closing has nothing to lose.
    connection.close().await.ok();
    examined.map_err(|source| StoreError::Open { path: path.into(), source })
}

async fn examine_with(
    connection: &mut SqliteConnection,
    depth: Depth,
) -> Result<Examined, sqlx::Error> {
    let mut examined = Examined { version: 0, faults: Vec::new(), totals: None };
    if depth == Depth::Whole {
        examined.faults = faults(connection).await?;
    }
    match version(connection).await {
        Ok(version) => examined.version = version,
        Err(error) if is_damage(&error) => examined.faults.push(error.to_string()),
        Err(error) => return Err(error),
    }
    if depth != Depth::Version && examined.version > 1 {
        examined.totals = totals(connection).await.ok();
    }
    Ok(examined)
}

/// Copies the collection in a file into another, which is made, or is there and empty.
///
/// # Errors
/// [`StoreError`] when one cannot be read or the other not be written.
pub async fn copy_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut connection = read_only(from).await?;
    let copied = copy(&mut connection, to).await;
    connection.close().await.ok();
    copied
}

impl Store {
    /// Copies the collection as it stands into a file, which is made, or is there and empty.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or the copy not be written.
    pub async fn copy_to(&self, to: &Path) -> Result<(), StoreError> {
        let doing = StoreError::during("copying the collection");
        copy(&mut *self.pool.acquire().await.map_err(doing)?, to).await
    }

    /// What SQLite finds wrong with the file, its indices and its references, in its own words;
    /// nothing when it is whole. Reads all of it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read at all.
    pub async fn faults(&self) -> Result<Vec<String>, StoreError> {
        let doing = StoreError::during("looking through the collection");
        let mut connection = self.pool.acquire().await.map_err(&doing)?;
        let mut told = faults(&mut connection).await.map_err(&doing)?;
        let astray: Vec<String> = sqlx::query_scalar(
            "SELECT \"table\" || ' refers to a row that is not there'
               FROM pragma_foreign_key_check",
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(&doing)?;
        told.extend(astray);
        Ok(told)
    }

    /// What the collection holds, in counts.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let doing = StoreError::during("counting what the collection holds");
        totals(&mut *self.pool.acquire().await.map_err(&doing)?).await.map_err(&doing)
    }
}

/// Answers and sittings in a file since a time, Unix milliseconds, as far as it can be read.
pub async fn counts_since(path: &Path, ms: i64) -> Option<(i64, i64)> {
    let mut connection = read_only(path).await.ok()?;
    let counts = sqlx::query_as(
        "SELECT (SELECT count(*) FROM reviews WHERE at_ms > ?1),
                (SELECT count(*) FROM sittings WHERE started_ms > ?1)",
    )
    .bind(ms)
    .fetch_one(&mut connection)
    .await;
    connection.close().await.ok();
    counts.ok()
}

/// Whether an error says that a file of SQLite is damaged.
pub(super) fn is_corrupt(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(CORRUPT)
}

/// Whether an error says that a file is damaged, or is none of SQLite's.
fn is_damage(error: &sqlx::Error) -> bool {
    primary_code(error).is_some_and(|code| [CORRUPT, NOT_A_DATABASE].contains(&code))
}

fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

async fn read_only(path: &Path) -> Result<SqliteConnection, StoreError> {
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(BUSY)
        .connect()
        .await
        .map_err(|source| StoreError::Open { path: path.into(), source })
}

async fn copy(connection: &mut SqliteConnection, to: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::Copy { path: to.into(), source };
    let Some(name) = to.to_str() else {
        let why = "its name is no Unicode text".into();
        return Err(failed(sqlx::Error::Configuration(why)));
    };
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(connection).await;
    copied.map(drop).map_err(failed)
}

async fn faults(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    let told: Result<Vec<String>, _> =
        sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(connection).await;
    match told {
        Ok(told) if told == ["ok"] => Ok(Vec::new()),
        // One row may hold several lines.
        Ok(told) => {
            let lines = told.iter().flat_map(|row| row.lines()).map(str::to_owned);
            Ok(lines.take(MAX_FAULTS).collect())
        }
        Err(error) if is_damage(&error) => Ok(vec![error.to_string()]),
        Err(error) => Err(error),
    }
}

async fn version(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let kept: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'",
    )
    .fetch_one(&mut *connection)
    .await?;
    if kept == 0 {
        return Ok(0);
    }
    sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await
}

async fn totals(connection: &mut SqliteConnection) -> Result<Totals, sqlx::Error> {
    let (cards, reviews, sittings, events) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM cards), (SELECT count(*) FROM reviews),
                (SELECT count(*) FROM sittings), (SELECT count(*) FROM sitting_events)",
    )
    .fetch_one(connection)
    .await?;
    Ok(Totals { cards, reviews, sittings, events })
}

/// Files of other versions, for tests.
#[cfg(test)]
pub(crate) mod other_versions {
    use super::*;

    /// Makes a collection as the Sitwell of this version left it.
    pub(crate) async fn make_old(path: &Path, version: i64) {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        MIGRATIONS.run_to(version, &pool).await.unwrap();
        pool.close().await;
    }

    /// Lets a collection be of a Sitwell that is still to come.
    pub(crate) async fn make_newer(path: &Path) {
        let options = SqliteConnectOptions::new().filename(path);
        let mut connection = options.connect().await.unwrap();
        let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum,
                                                   execution_time)
                     SELECT max(version) + 1, 'later', 1, x'00', 0 FROM _sqlx_migrations";
        sqlx::raw_sql(later).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}
