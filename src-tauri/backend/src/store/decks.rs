//! Decks, items and their versions.

use sqlx::SqliteConnection;

use super::item_cards::put_cards;
use super::item_facts::{put_also, put_question};
use super::media::put_media;
use super::words::index_words;
use super::{Store, StoreError};
use crate::deck::{ContentHash, Deck, Item, ItemBody, ItemId};

/// Where a deck came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeckSource {
    /// Shipped with Sitwell.
    Bundled,
    /// A file the learner brought.
    File,
    /// The learner's own.
    Made,
}

impl DeckSource {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Bundled => "bundled",
            Self::File => "file",
            Self::Made => "made",
        }
    }
}

/// What putting a deck changed, in items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeckChange {
    /// Not there before.
    pub new: u32,
    /// Reworded: a version was added.
    pub updated: u32,
    /// The same words.
    pub unchanged: u32,
    /// No longer in the deck; kept for what was answered.
    pub retired: u32,
}

pub(super) fn kind_name(item: &Item) -> &'static str {
    match item.body {
        ItemBody::Question(_) => "question",
        ItemBody::Card(_) => "card",
    }
}

impl Store {
    /// Puts a deck into the collection, in one transaction: adds what is new, adds a version where
    /// the words changed, retires what the deck dropped. Progress stays with the ids.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn put_deck(
        &self,
        deck: &Deck,
        source: DeckSource,
        now_ms: i64,
    ) -> Result<DeckChange, StoreError> {
        let slug = deck.meta.slug.as_str();
        let json = serde_json::to_vec(deck).map_err(StoreError::damaged("deck", slug))?;
        let hash = ContentHash::of(&json);
        let doing = StoreError::during("putting a deck");
        let known = sqlx::query_scalar!(
            "SELECT content_hash FROM decks WHERE slug = ? AND deleted_ms IS NULL",
            slug
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(&doing)?;
        if known.as_deref() == Some(hash.as_str()) {
            let unchanged = u32::try_from(deck.items.len()).unwrap_or(u32::MAX);
            return Ok(DeckChange { unchanged, ..DeckChange::default() });
        }
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        bring_back(&mut tx, slug).await.map_err(&doing)?;
        let deck_id = upsert_deck(&mut tx, deck, source, &hash, now_ms).await?;
        let mut change = DeckChange::default();
        for (position, item) in deck.items.iter().enumerate() {
            put_item(&mut tx, deck, deck_id, position, item, now_ms, &mut change).await?;
        }
        put_media(&mut tx, &deck.media, deck_id).await?;
        change.retired = retire_missing(&mut tx, deck, deck_id, now_ms).await?;
        tx.commit().await.map_err(&doing)?;
        Ok(change)
    }
}

/// A deck that was taken out comes back when it is put again, with the items that went with it.
async fn bring_back(tx: &mut SqliteConnection, slug: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE items SET deleted_ms = NULL FROM decks d
          WHERE d.slug = ? AND items.deck_id = d.id AND items.deleted_ms = d.deleted_ms",
        slug
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("UPDATE decks SET deleted_ms = NULL WHERE slug = ?", slug)
        .execute(&mut *tx)
        .await
        .map(drop)
}

pub(super) async fn upsert_deck(
    tx: &mut SqliteConnection,
    deck: &Deck,
    source: DeckSource,
    hash: &ContentHash,
    now_ms: i64,
) -> Result<i64, StoreError> {
    let meta = &deck.meta;
    let (slug, hash, source) = (meta.slug.as_str(), hash.as_str(), source.as_str());
    let version = meta.version.to_string();
    let whole = serde_json::to_string(meta).map_err(StoreError::damaged("deck", slug))?;
    sqlx::query_scalar!(
        r#"INSERT INTO decks (slug, title, source, version, license, blueprint, language, meta,
                              introduction, content_hash, updated_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (slug) DO UPDATE SET
               title = excluded.title, source = excluded.source, version = excluded.version,
               license = excluded.license, blueprint = excluded.blueprint,
               language = excluded.language, meta = excluded.meta,
               introduction = excluded.introduction, content_hash = excluded.content_hash,
               updated_ms = excluded.updated_ms
           RETURNING id AS "id!""#,
        slug,
        meta.title,
        source,
        version,
        meta.license,
        meta.blueprint,
        meta.language,
        whole,
        deck.introduction,
        hash,
        now_ms
    )
    .fetch_one(tx)
    .await
    .map_err(StoreError::during("putting a deck"))
}

pub(super) async fn put_item(
    tx: &mut SqliteConnection,
    deck: &Deck,
    deck_id: i64,
    position: usize,
    item: &Item,
    now_ms: i64,
    change: &mut DeckChange,
) -> Result<(), StoreError> {
    let doing = StoreError::during("putting an item");
    let id = item.id(&deck.meta.slug);
    let (key, kind) = (id.as_str(), kind_name(item));
    let hash = item.content_hash();
    let hash = hash.as_str();
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let known = sqlx::query!(
        r#"SELECT coalesce(deck_version, version) AS "deck_version!: String", own_version
             FROM items WHERE id = ?"#,
        key
    )
    .fetch_optional(&mut *tx)
    .await
    .map_err(&doing)?;
    let same = known.as_ref().is_some_and(|row| row.deck_version == hash);
    match &known {
        None => change.new += 1,
        Some(_) if same => change.unchanged += 1,
        Some(_) => change.updated += 1,
    }
    // The learner's own words stay in front of those of the deck.
    sqlx::query!(
        "INSERT INTO items (id, deck_id, kind, version, deck_version, position, task)
         VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
             deck_id = excluded.deck_id, deck_version = excluded.deck_version,
             position = excluded.position, retired_ms = NULL,
             version = coalesce(own_version, excluded.deck_version),
             kind = iif(own_version IS NULL, excluded.kind, kind),
             task = iif(own_version IS NULL, excluded.task, task)",
        key,
        deck_id,
        kind,
        hash,
        position,
        item.task
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    if same {
        return Ok(());
    }
    add_version(tx, key, item, now_ms).await?;
    if known.is_some_and(|row| row.own_version.is_some()) {
        return Ok(());
    }
    derive(tx, key, item).await
}

/// Keeps a wording of an item; one that is there stays.
pub(super) async fn add_version(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
    now_ms: i64,
) -> Result<(), StoreError> {
    let hash = item.content_hash();
    let hash = hash.as_str();
    let content = serde_json::to_string(item).map_err(StoreError::damaged("item", key))?;
    sqlx::query!(
        "INSERT INTO item_versions (item_id, hash, content, created_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
        key,
        hash,
        content,
        now_ms
    )
    .execute(tx)
    .await
    .map_err(StoreError::during("putting an item"))?;
    Ok(())
}

/// Brings what is computed from the current wording of an item into step with it.
pub(super) async fn derive(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    derive_all_but_words(tx, key, item).await?;
    index_words(tx, key, item).await
}

/// The same without its words for search, which are left to be indexed.
pub(super) async fn derive_all_but_words(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    put_tags(tx, key, item).await?;
    put_also(tx, key, item).await?;
    put_cards(tx, key, item).await?;
    put_question(tx, key, item).await
}

/// Keeps the tags of the wording, with those that the learner gave and took away.
pub(super) async fn put_tags(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let doing = StoreError::during("putting an item's tags");
    sqlx::query!(
        "DELETE FROM search_tags
          WHERE search_id = (SELECT id FROM search_items WHERE item_id = ?)",
        key
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    let tags = serde_json::to_string(&item.tags).map_err(StoreError::damaged("item", key))?;
    sqlx::query!(
        "INSERT INTO search_tags (search_id, tag)
         SELECT s.id, t.tag
           FROM search_items s
           JOIN (SELECT value AS tag FROM json_each(?2)
                  WHERE value NOT IN (SELECT tag FROM own_tags WHERE item_id = ?1 AND given = 0)
                 UNION SELECT tag FROM own_tags WHERE item_id = ?1 AND given = 1) t
          WHERE s.item_id = ?1",
        key,
        tags
    )
    .execute(tx)
    .await
    .map_err(&doing)?;
    Ok(())
}

async fn retire_missing(
    tx: &mut SqliteConnection,
    deck: &Deck,
    deck_id: i64,
    now_ms: i64,
) -> Result<u32, StoreError> {
    let kept: Vec<ItemId> = deck.items.iter().map(|item| item.id(&deck.meta.slug)).collect();
    let kept = serde_json::to_string(&kept)
        .map_err(StoreError::damaged("deck", deck.meta.slug.as_str()))?;
    let done = sqlx::query!(
        "UPDATE items SET retired_ms = ?
          WHERE deck_id = ? AND retired_ms IS NULL
            AND id NOT IN (SELECT value FROM json_each(?))",
        now_ms,
        deck_id,
        kept
    )
    .execute(tx)
    .await
    .map_err(StoreError::during("retiring items"))?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}
