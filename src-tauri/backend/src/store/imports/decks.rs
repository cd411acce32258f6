//! Decks of an import.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::Importing;
use crate::deck::DeckMeta;
use crate::store::media::{name_files, put_bytes};
use crate::store::{DeckSource, Store, StoreError};

/// A deck that is here, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckPlace {
    /// Identity in the store.
    pub id: i64,
    /// Identity everywhere.
    pub slug: String,
    /// Title with the decks it hangs under.
    pub title: String,
    /// Exam whose tasks its items name.
    pub blueprint: Option<String>,
    /// Whether it comes with Sitwell.
    pub bundled: bool,
    /// Whether it was taken out.
    pub deleted: bool,
    /// What outside files call it: scheme and identity.
    pub sources: Vec<(String, String)>,
}

/// A deck that an import makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedDeck {
    /// What it says about itself.
    pub meta: DeckMeta,
    /// Markdown about it.
    pub introduction: String,
}

/// What an import can change of a deck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DeckChange {
    blueprint: Option<String>,
    deleted_ms: Option<i64>,
}

impl Store {
    /// All decks, those that were taken out too.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn deck_places(&self) -> Result<Vec<DeckPlace>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT id AS "id!", slug, title, blueprint, source = 'bundled' AS "bundled!: bool",
                      deleted_ms IS NOT NULL AS "deleted!: bool",
                      (SELECT json_group_array(json_array(s.scheme, s.guid))
                         FROM deck_sources s WHERE s.deck_id = d.id) AS "sources!: String"
                 FROM decks d ORDER BY id"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the decks"))?;
        rows.into_iter()
            .map(|row| {
                let sources = serde_json::from_str(&row.sources)
                    .map_err(StoreError::damaged("deck", &*row.slug))?;
                Ok(DeckPlace {
                    id: row.id,
                    slug: row.slug,
                    title: row.title,
                    blueprint: row.blueprint,
                    bundled: row.bundled,
                    deleted: row.deleted,
                    sources,
                })
            })
            .collect()
    }
}

impl Importing {
    /// Makes a deck; gives its identity.
    ///
    /// # Errors
    /// [`StoreError`] when its slug is taken or it cannot be written.
    pub async fn add_deck(&mut self, deck: &ImportedDeck) -> Result<i64, StoreError> {
        self.changed = true;
        let meta = &deck.meta;
        let (slug, source) = (meta.slug.as_str(), DeckSource::File.as_str());
        let version = meta.version.to_string();
        let whole = serde_json::to_string(meta).map_err(StoreError::damaged("deck", slug))?;
        sqlx::query_scalar!(
            r#"INSERT INTO decks (slug, title, source, version, license, blueprint, language, meta,
                                  introduction, content_hash, updated_ms, added_by)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?) RETURNING id AS "id!""#,
            slug,
            meta.title,
            source,
            version,
            meta.license,
            meta.blueprint,
            meta.language,
            whole,
            deck.introduction,
            self.at_ms,
            self.operation
        )
        .fetch_one(&mut *self.tx)
        .await
        .map_err(StoreError::during("making a deck"))
    }

    /// Remembers what the file calls a deck.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn name_deck(
        &mut self,
        deck: i64,
        scheme: &str,
        guid: &str,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO deck_sources (scheme, guid, deck_id) VALUES (?, ?, ?)
             ON CONFLICT (scheme, guid) DO UPDATE SET deck_id = excluded.deck_id",
            scheme,
            guid,
            deck
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
        .map_err(StoreError::during("remembering where a deck came from"))
    }

    /// Brings a deck back that was taken out, and gives it an exam when it has none.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn use_deck(&mut self, deck: i64, exam: Option<&str>) -> Result<(), StoreError> {
        let doing = StoreError::during("changing a deck");
        let row = sqlx::query!("SELECT blueprint, deleted_ms FROM decks WHERE id = ?", deck)
            .fetch_one(&mut *self.tx)
            .await
            .map_err(&doing)?;
        let before = DeckChange { blueprint: row.blueprint, deleted_ms: row.deleted_ms };
        let blueprint = before.blueprint.clone().or_else(|| exam.map(str::to_owned));
        let after = DeckChange { blueprint, deleted_ms: None };
        if after == before {
            return Ok(());
        }
        self.changed = true;
        put_deck_change(&mut self.tx, deck, &after).await?;
        let json = |change| {
            serde_json::to_string(change).map_err(StoreError::damaged("deck", deck.to_string()))
        };
        let (before, after) = (json(&before)?, json(&after)?);
        sqlx::query!(
            "INSERT INTO imported_decks (operation_id, deck_id, before, after) VALUES (?, ?, ?, ?)",
            self.operation,
            deck,
            before,
            after
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
        .map_err(doing)
    }

    /// Keeps a picture or sound.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn add_media(&mut self, file: &crate::deck::MediaFile) -> Result<(), StoreError> {
        put_bytes(&mut self.tx, file).await
    }

    /// Lets the text of decks write files that were added: deck, name, and hash of each.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn name_media(&mut self, names: &[(i64, &str, &str)]) -> Result<(), StoreError> {
        name_files(&mut self.tx, names).await
    }
}

/// Writes what an import changes of a deck. Items stay as they are.
pub(super) async fn put_deck_change(
    tx: &mut SqliteConnection,
    deck: i64,
    change: &DeckChange,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE decks SET blueprint = ?1, meta = json_set(meta, '$.blueprint', ?1), deleted_ms = ?2
          WHERE id = ?3",
        change.blueprint,
        change.deleted_ms,
        deck
    )
    .execute(tx)
    .await
    .map(drop)
    .map_err(StoreError::during("changing a deck"))
}
