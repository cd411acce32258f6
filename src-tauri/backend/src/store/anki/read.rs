//! Reading.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};

use super::rows::{
    BadRow, CardRow, CollectionRow, DeckRow, Joined, NoteRow, NotetypeRow, PartRow, ReviewRow,
};
use crate::store::StoreError;

/// Most bytes of a note's fields that are read in a batch; larger ones are asked for alone.
pub(crate) const MAX_FIELDS: i64 = 64 * 1024;
/// Longest GUID and longest list of tags that is read, in characters.
const MAX_NAMES: i64 = 8 * 1024;
/// Largest configuration of a note type or deck, and JSON of all of them, in bytes.
const MAX_CONFIG: i64 = 64 * 1024 * 1024;
/// Notes in a batch, and rows of the other tables.
const NOTES: i64 = 256;
const ROWS: i64 = 4096;

const NOTE_BATCH: &str = "
    SELECT CAST(group_concat(concat(
             concat_ws(',', id, mid, mod, size,
                       octet_length(guid), octet_length(tags), octet_length(flds)),
             ';', guid, tags, flds), '') AS BLOB), max(id)
      FROM (SELECT id, CAST(mid AS INTEGER) AS mid, CAST(mod AS INTEGER) AS mod,
                   ifnull(octet_length(flds), 0) AS size,
                   ifnull(substr(CAST(guid AS TEXT), 1, ?4), '') AS guid,
                   ifnull(substr(CAST(tags AS TEXT), 1, ?4), '') AS tags,
                   iif(octet_length(flds) > ?3, '', ifnull(CAST(flds AS TEXT), '')) AS flds
              FROM notes WHERE id > ?1 ORDER BY id LIMIT ?2)";

/// Nearly all cards of most packages are new, and told by few numbers.
const CARD_BATCH: &str = "
    SELECT CAST(group_concat(
             iif(type = 0 AND queue = 0 AND flags = 0 AND odid = 0 AND odue = 0 AND ivl = 0
                 AND reps = 0 AND lapses = 0 AND octet_length(data) < 3,
                 concat_ws(',', id, nid, did, ord, due) || ':',
                 concat(concat_ws(',', id, nid, did, ord, due, odid, type, queue, flags, odue, ivl,
                                  reps, lapses, octet_length(data)), ';', data)), '') AS BLOB),
           max(id)
      FROM (SELECT id, CAST(nid AS INTEGER) AS nid, CAST(did AS INTEGER) AS did,
                   CAST(odid AS INTEGER) AS odid, CAST(ord AS INTEGER) AS ord,
                   CAST(type AS INTEGER) AS type, CAST(queue AS INTEGER) AS queue,
                   CAST(flags AS INTEGER) AS flags, CAST(due AS INTEGER) AS due,
                   CAST(odue AS INTEGER) AS odue, CAST(ivl AS INTEGER) AS ivl,
                   CAST(reps AS INTEGER) AS reps, CAST(lapses AS INTEGER) AS lapses,
                   iif(octet_length(data) > 1024, '', ifnull(CAST(data AS TEXT), '')) AS data
              FROM cards WHERE id > ?1 ORDER BY id LIMIT ?2)";

const REVIEW_BATCH: &str = "
    SELECT CAST(group_concat(concat(
             concat_ws(',', id, cid, ease, ivl, factor, time, type), ';'), '') AS BLOB), max(id)
      FROM (SELECT id, CAST(cid AS INTEGER) AS cid, CAST(ease AS INTEGER) AS ease,
                   CAST(ivl AS INTEGER) AS ivl, CAST(factor AS INTEGER) AS factor,
                   CAST(time AS INTEGER) AS time, CAST(type AS INTEGER) AS type
              FROM revlog WHERE id > ?1 ORDER BY id LIMIT ?2)";

/// An Anki collection that is read.
#[derive(Debug)]
pub(crate) struct AnkiDatabase {
    connection: SqliteConnection,
}

impl AnkiDatabase {
    /// Opens the file; it is never changed.
    ///
    /// # Errors
    /// [`StoreError`] when it is no SQLite file, or its tables are not Anki's.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .immutable(true)
            .foreign_keys(false)
            .pragma("trusted_schema", "OFF")
            .pragma("query_only", "ON")
            .pragma("cell_size_check", "ON")
            .collation("unicase", |a: &str, b: &str| a.to_lowercase().cmp(&b.to_lowercase()))
            .connect()
            .await
            .map_err(StoreError::during("opening the collection in the package"))?;
        let mut database = Self { connection };
        database.check().await?;
        Ok(database)
    }

    /// The tables must be tables: a view, a virtual table or a computed column would run what
    /// the file says.
    async fn check(&mut self) -> Result<(), StoreError> {
        let doing = StoreError::during("reading the tables of the collection in the package");
        let damaged = |why: &str| StoreError::Damaged {
            what: "Anki collection",
            id: "schema".into(),
            why: why.into(),
        };
        let encoding: String = sqlx::query_scalar("PRAGMA encoding")
            .fetch_one(&mut self.connection)
            .await
            .map_err(&doing)?;
        if encoding != "UTF-8" {
            return Err(damaged("its text is not in UTF-8"));
        }
        // sqlx takes it for granted of the names and types of columns.
        let definitions: Vec<Option<Vec<u8>>> =
            sqlx::query_scalar("SELECT CAST(sql AS BLOB) FROM sqlite_schema")
                .fetch_all(&mut self.connection)
                .await
                .map_err(&doing)?;
        if definitions.iter().flatten().any(|sql| std::str::from_utf8(sql).is_err()) {
            return Err(damaged("the definition of a table is not in UTF-8"));
        }
        for table in ["col", "notes", "cards", "revlog"] {
            if !self.has_table(table).await? {
                return Err(damaged(&format!("it has no table “{table}”")));
            }
        }
        let computed: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c
              WHERE t.type = 'table' AND t.rootpage > 0 AND c.hidden <> 0",
        )
        .fetch_one(&mut self.connection)
        .await
        .map_err(&doing)?;
        if computed > 0 {
            return Err(damaged("a table computes its columns"));
        }
        Ok(())
    }

    async fn has_table(&mut self, name: &str) -> Result<bool, StoreError> {
        let found: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_schema
              WHERE type = 'table' AND rootpage > 0 AND name = ?",
        )
        .bind(name)
        .fetch_one(&mut self.connection)
        .await
        .map_err(StoreError::during("reading the tables of the collection in the package"))?;
        Ok(found > 0)
    }

    /// The collection's own row.
    pub(crate) async fn collection(&mut self) -> Result<CollectionRow, StoreError> {
        let doing = StoreError::during("reading the settings of the collection in the package");
        let row = sqlx::query(
            "SELECT CAST(crt AS INTEGER),
                    CAST(iif(octet_length(models) > ?1, '', models) AS TEXT),
                    CAST(iif(octet_length(decks) > ?1, '', decks) AS TEXT) FROM col LIMIT 1",
        )
        .bind(MAX_CONFIG)
        .fetch_one(&mut self.connection)
        .await
        .map_err(&doing)?;
        Ok(CollectionRow {
            created: row.try_get(0).map_err(&doing)?,
            models: row.try_get::<Option<String>, _>(1).map_err(&doing)?.unwrap_or_default(),
            decks: row.try_get::<Option<String>, _>(2).map_err(&doing)?.unwrap_or_default(),
        })
    }

    /// How many notes, cards and entries of the review log there are.
    pub(crate) async fn counts(&mut self) -> Result<[u64; 3], StoreError> {
        let doing = StoreError::during("counting the notes in the package");
        let row = sqlx::query(
            "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM cards),
                    (SELECT count(*) FROM revlog)",
        )
        .fetch_one(&mut self.connection)
        .await
        .map_err(&doing)?;
        let count = |place: usize| {
            row.try_get::<i64, _>(place).map(|count| u64::try_from(count).unwrap_or(0))
        };
        Ok([count(0).map_err(&doing)?, count(1).map_err(&doing)?, count(2).map_err(&doing)?])
    }

    /// The note types with their fields and templates; none up to schema 14.
    pub(crate) async fn notetypes(
        &mut self,
    ) -> Result<Option<(Vec<NotetypeRow>, Vec<PartRow>, Vec<PartRow>)>, StoreError> {
        for table in ["notetypes", "fields", "templates"] {
            if !self.has_table(table).await? {
                return Ok(None);
            }
        }
        let types = self
            .rows("SELECT id, CAST(name AS TEXT), CAST(config AS BLOB) FROM notetypes", |row| {
                Ok(NotetypeRow {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    config: row.try_get(2)?,
                })
            })
            .await?;
        let part = |row: &SqliteRow| {
            Ok(PartRow {
                notetype: row.try_get(0)?,
                ord: row.try_get(1)?,
                name: row.try_get(2)?,
                config: row.try_get(3)?,
            })
        };
        let fields = "SELECT ntid, ord, CAST(name AS TEXT), CAST(config AS BLOB) FROM fields";
        let templates = "SELECT ntid, ord, CAST(name AS TEXT), CAST(config AS BLOB) FROM templates";
        Ok(Some((types, self.rows(fields, part).await?, self.rows(templates, part).await?)))
    }

    /// The decks; none up to schema 14.
    pub(crate) async fn decks(&mut self) -> Result<Option<Vec<DeckRow>>, StoreError> {
        if !self.has_table("decks").await? {
            return Ok(None);
        }
        let decks = "SELECT id, CAST(name AS TEXT), CAST(kind AS BLOB) FROM decks";
        let deck = |row: &SqliteRow| {
            Ok(DeckRow { id: row.try_get(0)?, name: row.try_get(1)?, kind: row.try_get(2)? })
        };
        self.rows(decks, deck).await.map(Some)
    }

    async fn rows<T>(
        &mut self,
        sql: &'static str,
        read: impl Fn(&SqliteRow) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let doing = StoreError::during("reading the note types and decks in the package");
        let rows = sqlx::query(sql).fetch_all(&mut self.connection).await.map_err(&doing)?;
        rows.iter().map(read).collect::<Result<_, _>>().map_err(doing)
    }

    /// Fetches the notes behind the one of this id, a batch of them, by id.
    pub(crate) async fn notes(&mut self, after: i64) -> NoteBatch {
        let query = sqlx::query(NOTE_BATCH).bind(after).bind(NOTES).bind(MAX_FIELDS);
        let row = query.bind(MAX_NAMES).fetch_one(&mut self.connection).await;
        NoteBatch { row, after }
    }

    /// All fields of a note.
    pub(crate) async fn fields(&mut self, note: i64) -> Result<String, StoreError> {
        let doing = StoreError::during("reading a long note in the package");
        let bytes: Vec<u8> =
            sqlx::query_scalar("SELECT CAST(flds AS BLOB) FROM notes WHERE id = ?")
                .bind(note)
                .fetch_one(&mut self.connection)
                .await
                .map_err(doing)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Gives the cards behind the one of this id to `take`, a batch of them, by id; says which was
    /// the last, or none at the end.
    pub(crate) async fn cards(
        &mut self,
        after: i64,
        take: &mut (dyn FnMut(CardRow) + Send),
    ) -> Result<Option<i64>, StoreError> {
        let query = sqlx::query(CARD_BATCH).bind(after).bind(ROWS);
        let row = query.fetch_one(&mut self.connection).await;
        batch(&row, "cards", after, Joined::card, take)
    }

    /// As [`Self::cards`], the review log, by time.
    pub(crate) async fn reviews(
        &mut self,
        after: i64,
        take: &mut (dyn FnMut(ReviewRow) + Send),
    ) -> Result<Option<i64>, StoreError> {
        let query = sqlx::query(REVIEW_BATCH).bind(after).bind(ROWS);
        let row = query.fetch_one(&mut self.connection).await;
        batch(&row, "revlog", after, Joined::review, take)
    }

    /// Closes the file.
    pub(crate) async fn close(self) {
        // Nothing was written, so nothing is lost when this fails.
        self.connection.close().await.ok();
    }
}

/// Notes that were fetched. While they are taken apart, the next can be fetched.
pub(crate) struct NoteBatch {
    row: Result<SqliteRow, sqlx::Error>,
    after: i64,
}

impl NoteBatch {
    /// The last of them; none when there are none, or they cannot be read.
    pub(crate) fn last(&self) -> Option<i64> {
        self.row.as_ref().ok()?.try_get(1).ok()?
    }

    /// Gives them to `take`; says which was the last, or none at the end.
    pub(crate) fn take(
        &self,
        take: &mut (dyn FnMut(NoteRow<'_>) + Send),
    ) -> Result<Option<i64>, StoreError> {
        batch(&self.row, "notes", self.after, Joined::note, take)
    }
}

/// Takes a batch apart.
fn batch<'r, T>(
    row: &'r Result<SqliteRow, sqlx::Error>,
    table: &'static str,
    after: i64,
    next: impl Fn(&mut Joined<'r>) -> Option<Result<T, BadRow>>,
    take: &mut (dyn FnMut(T) + Send),
) -> Result<Option<i64>, StoreError> {
    let damaged = |why: String| StoreError::Damaged {
        what: "Anki collection",
        id: format!("table {table}"),
        why,
    };
    let row = row.as_ref().map_err(|why| damaged(why.to_string()))?;
    let last: Option<i64> = row.try_get(1).map_err(|why| damaged(why.to_string()))?;
    let Some(last) = last else { return Ok(None) };
    if last <= after {
        return Err(damaged("its rows are not in order".into()));
    }
    let bytes: &[u8] = row.try_get(0).map_err(|why| damaged(why.to_string()))?;
    let mut joined = Joined(bytes);
    while let Some(row) = next(&mut joined) {
        take(row.map_err(|BadRow| damaged(format!("a row behind number {after} is none")))?);
    }
    Ok(Some(last))
}
