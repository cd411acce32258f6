//! Other words for items that are here.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::Importing;
use crate::deck::{ContentHash, Item, ItemId};
use crate::store::StoreError;
use crate::store::decks::{add_version, derive_all_but_words, kind_name};

/// Which words of an item stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The newest wording of its deck.
    pub deck: ContentHash,
    /// The learner's.
    pub own: Option<ContentHash>,
    /// When it was taken out, Unix milliseconds.
    pub deleted_ms: Option<i64>,
    /// When its deck dropped it, Unix milliseconds.
    pub retired_ms: Option<i64>,
}

impl Importing {
    /// Gives an item that is here other words, and what it is called in files; what was learned
    /// of it stays.
    ///
    /// # Errors
    /// [`StoreError`] when there is no such item or it cannot be written.
    pub async fn reword(
        &mut self,
        id: &ItemId,
        item: &Item,
        after: &Wording,
        source: (&str, &str),
    ) -> Result<(), StoreError> {
        let key = id.as_str();
        let doing = StoreError::during("giving an item other words");
        self.changed = true;
        let before = wording(&mut self.tx, key).await?;
        add_version(&mut self.tx, key, item, self.at_ms).await?;
        put_wording(&mut self.tx, key, after).await?;
        let json = |wording: &Wording| {
            serde_json::to_string(wording).map_err(StoreError::damaged("item", key))
        };
        let (before, after) = (json(&before)?, json(after)?);
        sqlx::query!(
            "INSERT INTO imported_items (operation_id, item_id, before, after) VALUES (?, ?, ?, ?)",
            self.operation,
            key,
            before,
            after
        )
        .execute(&mut *self.tx)
        .await
        .map_err(&doing)?;
        sqlx::query!(
            "INSERT INTO item_sources (scheme, guid, item_id) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET item_id = excluded.item_id",
            source.0,
            source.1,
            key
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
        .map_err(doing)
    }
}

async fn wording(tx: &mut SqliteConnection, key: &str) -> Result<Wording, StoreError> {
    let row = sqlx::query!(
        r#"SELECT coalesce(deck_version, version) AS "deck!: String", own_version, deleted_ms,
                  retired_ms
             FROM items WHERE id = ?"#,
        key
    )
    .fetch_one(tx)
    .await
    .map_err(StoreError::during("reading an item"))?;
    Ok(Wording {
        deck: row.deck.into(),
        own: row.own_version.map(Into::into),
        deleted_ms: row.deleted_ms,
        retired_ms: row.retired_ms,
    })
}

/// Makes other words of an item stand, and brings what follows from them into step. Its words for
/// search are left to be indexed.
pub(super) async fn put_wording(
    tx: &mut SqliteConnection,
    key: &str,
    wording: &Wording,
) -> Result<(), StoreError> {
    let doing = StoreError::during("giving an item other words");
    let (deck, own) = (wording.deck.as_str(), wording.own.as_ref().map(ContentHash::as_str));
    sqlx::query!(
        "UPDATE items SET deck_version = ?1, own_version = ?2, version = coalesce(?2, ?1),
                deleted_ms = ?3, retired_ms = ?4
          WHERE id = ?5",
        deck,
        own,
        wording.deleted_ms,
        wording.retired_ms,
        key
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    let json = sqlx::query_scalar!(
        "SELECT v.content FROM items i
           JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version WHERE i.id = ?",
        key
    )
    .fetch_one(&mut *tx)
    .await
    .map_err(&doing)?;
    let item: Item = serde_json::from_str(&json).map_err(StoreError::damaged("item", key))?;
    let kind = kind_name(&item);
    sqlx::query!("UPDATE items SET kind = ?, task = ? WHERE id = ?", kind, item.task, key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    derive_all_but_words(tx, key, &item).await
}
