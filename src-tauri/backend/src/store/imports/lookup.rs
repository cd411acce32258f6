//! What is here already of what a file brings.

use crate::deck::{ContentHash, Item, ItemId};
use crate::store::{Store, StoreError};

use super::Wording;

/// An item that is here, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownItem {
    /// Its place among the identities that were asked for.
    pub place: usize,
    /// Which item.
    pub id: ItemId,
    /// Which words stand.
    pub wording: Wording,
    /// The words that its deck came with last.
    pub deck_words: Item,
    /// Whether its deck comes with Sitwell.
    pub bundled: bool,
}

/// The words that stand of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemWords {
    /// Which item.
    pub id: ItemId,
    /// Title of its deck.
    pub deck: String,
    /// When the words were kept, Unix milliseconds.
    pub changed_ms: i64,
    /// The words.
    pub item: Item,
}

impl Store {
    /// The items that files of a scheme call by these identities. An identity of the scheme
    /// `native` that none was imported by is the item's own.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn known_items(
        &self,
        scheme: &str,
        guids: &[&str],
    ) -> Result<Vec<KnownItem>, StoreError> {
        let json = serde_json::to_string(guids).map_err(StoreError::damaged("identities", ""))?;
        let rows = sqlx::query!(
            r#"SELECT coalesce(j.key, 0) AS "place!: i64", i.id, i.own_version, i.deleted_ms, i.retired_ms,
                      v.hash AS "hash!: String", v.content AS "content!: String",
                      d.source = 'bundled' AS "bundled!: bool"
                 FROM json_each(?1) j
                 LEFT JOIN item_sources s ON s.scheme = ?2 AND s.guid = j.value
                 JOIN items i ON i.id = coalesce(s.item_id, iif(?2 = 'native', j.value, NULL))
                 JOIN item_versions v
                   ON v.item_id = i.id AND v.hash = coalesce(i.deck_version, i.version)
                 JOIN decks d ON d.id = i.deck_id"#,
            json,
            scheme
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("looking items up"))?;
        rows.into_iter()
            .map(|row| {
                let id: ItemId = row.id.parse().map_err(StoreError::damaged("item", &*row.id))?;
                Ok(KnownItem {
                    place: usize::try_from(row.place).unwrap_or(usize::MAX),
                    wording: Wording {
                        deck: ContentHash::from(row.hash),
                        own: row.own_version.map(Into::into),
                        deleted_ms: row.deleted_ms,
                        retired_ms: row.retired_ms,
                    },
                    deck_words: serde_json::from_str(&row.content)
                        .map_err(StoreError::damaged("item", id.as_str()))?,
                    id,
                    bundled: row.bundled,
                })
            })
            .collect()
    }

    /// Whether any item is called something by files of a scheme.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn knows_scheme(&self, scheme: &str) -> Result<bool, StoreError> {
        let found =
            sqlx::query_scalar!("SELECT 1 FROM item_sources WHERE scheme = ? LIMIT 1", scheme)
                .fetch_optional(&self.pool)
                .await
                .map_err(StoreError::during("looking items up"))?;
        Ok(found.is_some())
    }

    /// What items that are here say, in the order of their ids, after the one given.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn words_after(&self, after: &str, limit: u32) -> Result<Vec<ItemWords>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT i.id, d.title, v.created_ms, v.content
                 FROM items i
                 JOIN decks d ON d.id = i.deck_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE i.id > ? AND i.deleted_ms IS NULL AND i.retired_ms IS NULL
                ORDER BY i.id LIMIT ?"#,
            after,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the words of items"))?;
        rows.into_iter()
            .map(|row| words(&row.id, row.title, row.created_ms, &row.content))
            .collect()
    }

    /// What an item says, whether it is still here or not.
    ///
    /// # Errors
    /// [`StoreError`] when there is no such item or it does not read back.
    pub async fn words_of(&self, id: &ItemId) -> Result<ItemWords, StoreError> {
        let key = id.as_str();
        let row = sqlx::query!(
            r#"SELECT i.id, d.title, v.created_ms, v.content
                 FROM items i
                 JOIN decks d ON d.id = i.deck_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE i.id = ?"#,
            key
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("reading the words of an item"))?;
        words(&row.id, row.title, row.created_ms, &row.content)
    }

    /// Which of these ids an item has or had.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn taken_ids(&self, ids: &[&str]) -> Result<Vec<String>, StoreError> {
        let json = serde_json::to_string(ids).map_err(StoreError::damaged("identities", ""))?;
        sqlx::query_scalar!("SELECT i.id FROM json_each(?) j JOIN items i ON i.id = j.value", json)
            .fetch_all(&self.pool)
            .await
            .map_err(StoreError::during("looking items up"))
    }

    /// The place behind the last item of a deck.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn next_position(&self, deck: i64) -> Result<i64, StoreError> {
        sqlx::query_scalar!(
            r#"SELECT 1 + coalesce(max(position), -1) AS "next!: i64" FROM items
                WHERE deck_id = ?"#,
            deck
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("reading a deck"))
    }
}

fn words(id: &str, deck: String, changed_ms: i64, content: &str) -> Result<ItemWords, StoreError> {
    Ok(ItemWords {
        deck,
        changed_ms,
        item: serde_json::from_str(content).map_err(StoreError::damaged("item", id))?,
        id: id.parse().map_err(StoreError::damaged("item", id))?,
    })
}
