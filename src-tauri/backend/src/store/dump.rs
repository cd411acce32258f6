//! Everything in a collection as rows of JSON, for learners who want to take it elsewhere.
//!
//! Tables and columns are read from the schema, so none is forgotten when one is added. The SQL is
//! put together from their names alone, each quoted.

use sqlx::{AssertSqlSafe, SqliteConnection};

use super::{Store, StoreError};

/// Rows that are read at a time.
const CHUNK: i64 = 5_000;

/// Tables that are left out: what is counted or indexed from others, what is about the file
/// itself, and the bytes of pictures and sounds, which leave with their decks.
const LEFT_OUT: [&str; 14] = [
    "_sqlx_migrations",
    "arrangement",
    "bulk",
    "done_counts",
    "due_counts",
    "due_days",
    "introduced_counts",
    "media_files",
    "new_counts",
    "recall_counts",
    "search_items",
    "search_tags",
    "shelves",
    "sqlite_sequence",
];

/// Why not everything was given.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The collection failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whoever takes the rows failed.
    #[error(transparent)]
    Taken(#[from] std::io::Error),
}

/// Takes some rows of a table, each an object of JSON; none for a table that has none.
pub type TakeRows<'a> = dyn FnMut(&str, &[String]) -> std::io::Result<()> + Send + 'a;

impl Store {
    /// Gives every table with all its rows, by name, as one state of the collection.
    ///
    /// # Errors
    /// [`DumpError`] when the collection cannot be read or `take` fails.
    pub async fn dump(&self, take: &mut TakeRows<'_>) -> Result<(), DumpError> {
        let doing = StoreError::during("reading the whole collection");
        let mut snapshot = self.pool.begin().await.map_err(&doing)?;
        let tables: Vec<(String, i64)> = sqlx::query_as(
            "SELECT name, wr FROM pragma_table_list
              WHERE schema = 'main' AND type = 'table' ORDER BY name",
        )
        .fetch_all(&mut *snapshot)
        .await
        .map_err(&doing)?;
        for (table, keyed) in tables {
            if LEFT_OUT.contains(&table.as_str()) || table.starts_with("sqlite_") {
                continue;
            }
            let object = object_of(&mut snapshot, &table).await.map_err(&doing)?;
            if keyed == 0 {
                by_row(&mut snapshot, &table, &object, take).await?;
            } else {
                let sql = format!("SELECT {object} FROM {}", name(&table));
                let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                    .fetch_all(&mut *snapshot)
                    .await
                    .map_err(&doing)?;
                take(&table, &rows)?;
            }
        }
        Ok(())
    }
}

/// Gives the rows of a table that numbers them, some at a time.
async fn by_row(
    connection: &mut SqliteConnection,
    table: &str,
    object: &str,
    take: &mut TakeRows<'_>,
) -> Result<(), DumpError> {
    let doing = StoreError::during("reading the whole collection");
    let sql = format!(
        "SELECT rowid, {object} FROM {} WHERE rowid > ? ORDER BY rowid LIMIT {CHUNK}",
        name(table)
    );
    let mut last = i64::MIN;
    loop {
        let rows: Vec<(i64, String)> = sqlx::query_as(AssertSqlSafe(sql.clone()))
            .bind(last)
            .fetch_all(&mut *connection)
            .await
            .map_err(&doing)?;
        let end = rows.last().map(|(row, _)| *row);
        let rows: Vec<String> = rows.into_iter().map(|(_, row)| row).collect();
        take(table, &rows)?;
        match end {
            Some(end) if i64::try_from(rows.len()).unwrap_or(i64::MAX) == CHUNK => last = end,
            _ => return Ok(()),
        }
    }
}

/// The expression that makes an object of a row. Bytes are written in hexadecimal.
async fn object_of(connection: &mut SqliteConnection, table: &str) -> Result<String, sqlx::Error> {
    let columns: Vec<String> =
        sqlx::query_scalar("SELECT name FROM pragma_table_info(?) ORDER BY cid")
            .bind(table)
            .fetch_all(connection)
            .await?;
    let pairs = columns.iter().map(|column| {
        let (text, column) = (column.replace('\'', "''"), name(column));
        format!("'{text}', CASE typeof({column}) WHEN 'blob' THEN hex({column}) ELSE {column} END")
    });
    Ok(format!("json_object({})", pairs.collect::<Vec<_>>().join(", ")))
}

/// A name as SQL quotes it.
fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
