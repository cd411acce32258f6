//! Writing, in the schema that every Anki reads.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use crate::store::StoreError;

/// Schema 11.
const SCHEMA: &str = "
CREATE TABLE col (
  id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL,
  conf text NOT NULL, models text NOT NULL, decks text NOT NULL, dconf text NOT NULL,
  tags text NOT NULL
);
CREATE TABLE notes (
  id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL,
  csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE cards (
  id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
  due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
  lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE revlog (
  id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL
);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
BEGIN;
";

/// The row of `col`; all but the times is JSON.
#[derive(Debug)]
pub(crate) struct NewCollection {
    /// Start of its first day, Unix seconds.
    pub(crate) created: i64,
    pub(crate) now_ms: i64,
    pub(crate) settings: String,
    pub(crate) notetypes: String,
    pub(crate) decks: String,
    pub(crate) options: String,
}

/// A note.
#[derive(Debug)]
pub(crate) struct NewNote<'a> {
    pub(crate) id: i64,
    pub(crate) guid: &'a str,
    pub(crate) notetype: i64,
    /// Unix seconds.
    pub(crate) changed: i64,
    /// With a blank before and behind each.
    pub(crate) tags: String,
    /// Joined by `\x1f`.
    pub(crate) fields: String,
    /// What notes are sorted by.
    pub(crate) sort: String,
}

/// A card.
#[derive(Debug)]
pub(crate) struct NewCard {
    pub(crate) id: i64,
    pub(crate) note: i64,
    pub(crate) deck: i64,
    pub(crate) ord: u32,
    /// Unix seconds.
    pub(crate) changed: i64,
    pub(crate) kind: i64,
    pub(crate) queue: i64,
    pub(crate) due: i64,
    pub(crate) interval: u32,
    pub(crate) factor: i64,
    pub(crate) reviews: u32,
    pub(crate) lapses: u32,
    pub(crate) flags: u8,
    /// JSON.
    pub(crate) data: String,
}

/// An entry of the review log.
#[derive(Debug)]
pub(crate) struct NewReview {
    /// When, Unix milliseconds; none twice.
    pub(crate) at: i64,
    pub(crate) card: i64,
    pub(crate) ease: u32,
    pub(crate) interval: u32,
    pub(crate) factor: i64,
    pub(crate) taken: u32,
    pub(crate) kind: i64,
}

/// An Anki collection that is written.
#[derive(Debug)]
pub(crate) struct AnkiWriter {
    connection: SqliteConnection,
}

const DOING: &str = "writing the collection of the package";

impl AnkiWriter {
    /// Begins a collection in an empty file.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub(crate) async fn create(path: &Path, it: &NewCollection) -> Result<Self, StoreError> {
        let doing = StoreError::during(DOING);
        // It becomes a package only when it is whole, so it needs no journal.
        let mut connection = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .connect()
            .await
            .map_err(&doing)?;
        sqlx::raw_sql(SCHEMA).execute(&mut connection).await.map_err(&doing)?;
        sqlx::query("INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')")
            .bind(it.created)
            .bind(it.now_ms)
            .bind(&it.settings)
            .bind(&it.notetypes)
            .bind(&it.decks)
            .bind(&it.options)
            .execute(&mut connection)
            .await
            .map_err(&doing)?;
        Ok(Self { connection })
    }

    /// Adds a note.
    pub(crate) async fn note(&mut self, note: &NewNote<'_>) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")
            .bind(note.id)
            .bind(note.guid)
            .bind(note.notetype)
            .bind(note.changed)
            .bind(&note.tags)
            .bind(&note.fields)
            .bind(&note.sort)
            .execute(&mut self.connection)
            .await
            .map_err(StoreError::during(DOING))?;
        Ok(())
    }

    /// Adds a card.
    pub(crate) async fn card(&mut self, card: &NewCard) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)",
        )
        .bind(card.id)
        .bind(card.note)
        .bind(card.deck)
        .bind(card.ord)
        .bind(card.changed)
        .bind(card.kind)
        .bind(card.queue)
        .bind(card.due)
        .bind(card.interval)
        .bind(card.factor)
        .bind(card.reviews)
        .bind(card.lapses)
        .bind(card.flags)
        .bind(&card.data)
        .execute(&mut self.connection)
        .await
        .map_err(StoreError::during(DOING))?;
        Ok(())
    }

    /// Adds an entry of the review log.
    pub(crate) async fn review(&mut self, review: &NewReview) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, 0, ?, ?, ?)")
            .bind(review.at)
            .bind(review.card)
            .bind(review.ease)
            .bind(review.interval)
            .bind(review.factor)
            .bind(review.taken)
            .bind(review.kind)
            .execute(&mut self.connection)
            .await
            .map_err(StoreError::during(DOING))?;
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub(crate) async fn finish(mut self) -> Result<(), StoreError> {
        let doing = StoreError::during(DOING);
        sqlx::query("COMMIT").execute(&mut self.connection).await.map_err(&doing)?;
        self.connection.close().await.map_err(doing)
    }
}
