//! What a learner can change of an item, and the wordings of items.

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::decks::{add_version, derive, kind_name, put_tags};
use super::words::index_words;
use super::{DeckSource, OperationKind, Store, StoreError};
use crate::deck::{ContentHash, DeckMeta, Item, ItemId};

/// What a learner has made of an item: own words, own tags, taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemState {
    /// Which item.
    pub id: ItemId,
    /// The learner's wording; the deck's stands when there is none.
    pub own: Option<ContentHash>,
    /// Tags given beyond those of the wording.
    pub given: Vec<String>,
    /// Tags of the wording taken away.
    pub taken: Vec<String>,
    /// When it was taken out of the collection, Unix milliseconds.
    pub deleted_ms: Option<i64>,
}

/// An item with its deck and what the learner has made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRecord {
    /// What the learner has made of it.
    pub state: ItemState,
    /// The words that stand; their tags are those of the wording.
    pub item: Item,
    /// The newest wording of its deck.
    pub deck_version: ContentHash,
    /// Slug of its deck.
    pub deck: String,
    /// Title of its deck.
    pub deck_title: String,
    /// Exam of its deck.
    pub blueprint: Option<String>,
    /// Whether the deck is the learner's own.
    pub made: bool,
    /// Its cards in order, none for a question.
    pub cards: Vec<i64>,
}

impl ItemRecord {
    /// The tags that stand.
    pub fn tags(&self) -> Vec<String> {
        let words = self.item.tags.iter().filter(|tag| !self.state.taken.contains(tag));
        let mut tags: Vec<String> = words.cloned().collect();
        for tag in &self.state.given {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }
}

/// A deck, without its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckRecord {
    /// Identity in this collection.
    pub id: i64,
    /// Identity everywhere.
    pub slug: String,
    /// What people see.
    pub title: String,
    /// Exam whose tasks its items name.
    pub blueprint: Option<String>,
    /// BCP 47 language tag.
    pub language: String,
    /// Whether it is the learner's own.
    pub made: bool,
}

impl Store {
    /// The deck with this slug, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn deck_record(&self, slug: &str) -> Result<Option<DeckRecord>, StoreError> {
        sqlx::query_as!(
            DeckRecord,
            r#"SELECT id AS "id!", slug, title, blueprint, language,
                      source = 'made' AS "made!: bool"
                 FROM decks WHERE slug = ?"#,
            slug
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading a deck"))
    }

    /// Makes a deck of the learner's own, without items.
    ///
    /// # Errors
    /// [`StoreError`] when its slug is taken or it cannot be written.
    pub async fn make_deck(&self, meta: &DeckMeta, now_ms: i64) -> Result<DeckRecord, StoreError> {
        let slug = meta.slug.as_str();
        let whole = serde_json::to_string(meta).map_err(StoreError::damaged("deck", slug))?;
        let (version, source) = (meta.version.to_string(), DeckSource::Made.as_str());
        let id = sqlx::query_scalar!(
            r#"INSERT INTO decks (slug, title, source, version, license, blueprint, language, meta,
                                  introduction, content_hash, updated_ms)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', ?) RETURNING id AS "id!""#,
            slug,
            meta.title,
            source,
            version,
            meta.license,
            meta.blueprint,
            meta.language,
            whole,
            now_ms
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("making a deck"))?;
        Ok(DeckRecord {
            id,
            slug: slug.to_owned(),
            title: meta.title.clone(),
            blueprint: meta.blueprint.clone(),
            language: meta.language.clone(),
            made: true,
        })
    }

    /// Whether there is or ever was an item of this id.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn item_is_taken(&self, id: &ItemId) -> Result<bool, StoreError> {
        let key = id.as_str();
        let found = sqlx::query_scalar!("SELECT 1 FROM items WHERE id = ?", key)
            .fetch_optional(&self.pool)
            .await
            .map_err(StoreError::during("reading an item"))?;
        Ok(found.is_some())
    }

    /// An item that is there, with its deck; none when there is no such item or it was deleted.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn item_record(&self, key: &str) -> Result<Option<ItemRecord>, StoreError> {
        let doing = StoreError::during("reading an item");
        let mut connection = self.pool.acquire().await.map_err(&doing)?;
        let Some(state) = item_state(&mut connection, key).await? else { return Ok(None) };
        if state.deleted_ms.is_some() {
            return Ok(None);
        }
        let row = sqlx::query!(
            r#"SELECT v.content, coalesce(i.deck_version, i.version) AS "deck_version!: String",
                      d.slug, d.title, d.blueprint, d.source,
                      (SELECT json_group_array(id ORDER BY ordinal) FROM cards c
                        WHERE c.item_id = i.id AND c.absent < 2) AS "cards!: String"
                 FROM items i
                 JOIN decks d ON d.id = i.deck_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE i.id = ?"#,
            key
        )
        .fetch_one(&mut *connection)
        .await
        .map_err(&doing)?;
        Ok(Some(ItemRecord {
            state,
            item: serde_json::from_str(&row.content).map_err(StoreError::damaged("item", key))?,
            deck_version: row.deck_version.into(),
            deck: row.slug,
            deck_title: row.title,
            blueprint: row.blueprint,
            made: row.source == "made",
            cards: serde_json::from_str(&row.cards).map_err(StoreError::damaged("item", key))?,
        }))
    }

    /// Puts a new item at the end of a deck, as one operation.
    ///
    /// # Errors
    /// [`StoreError`] when its id is taken or it cannot be written; nothing is changed then.
    pub async fn make_item(
        &self,
        deck_id: i64,
        id: &ItemId,
        item: &Item,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("making an item");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        insert_made(&mut tx, deck_id, id, item, now_ms).await?;
        tx.commit().await.map_err(&doing)
    }

    /// Gives an item the learner's own words and tags, or those of its deck back (`None`), as one
    /// operation.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; nothing is changed then.
    pub async fn reword_item(
        &self,
        record: &ItemRecord,
        item: Option<&Item>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping your words");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let before = record.state.clone();
        let key = before.id.as_str();
        let mut own = None;
        if let Some(item) = item {
            add_version(&mut tx, key, item, now_ms).await?;
            own = Some(item.content_hash()).filter(|hash| *hash != record.deck_version);
        }
        let after = ItemState { own, given: Vec::new(), taken: Vec::new(), ..before.clone() };
        if after != before {
            put_item_state(&mut tx, &before, &after).await?;
            super::operations::log_items(&mut tx, OperationKind::Edit, now_ms, &[(before, after)])
                .await?;
        }
        tx.commit().await.map_err(&doing)
    }
}

/// What the learner has made of an item.
pub(super) async fn item_state(
    connection: &mut SqliteConnection,
    key: &str,
) -> Result<Option<ItemState>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT own_version, deleted_ms,
                  (SELECT json_group_array(tag) FROM own_tags t
                    WHERE t.item_id = i.id AND given = 1) AS "given!: String",
                  (SELECT json_group_array(tag) FROM own_tags t
                    WHERE t.item_id = i.id AND given = 0) AS "taken!: String"
             FROM items i WHERE id = ?"#,
        key
    )
    .fetch_optional(connection)
    .await
    .map_err(StoreError::during("reading an item"))?;
    let Some(row) = row else { return Ok(None) };
    let tags = |json: &str| serde_json::from_str(json).map_err(StoreError::damaged("item", key));
    Ok(Some(ItemState {
        id: key.parse().map_err(StoreError::damaged("item", key))?,
        own: row.own_version.map(Into::into),
        given: tags(&row.given)?,
        taken: tags(&row.taken)?,
        deleted_ms: row.deleted_ms,
    }))
}

/// Writes what changed of an item, and brings what is computed from it into step.
pub(super) async fn put_item_state(
    tx: &mut SqliteConnection,
    before: &ItemState,
    after: &ItemState,
) -> Result<(), StoreError> {
    let doing = StoreError::during("writing an item");
    let key = after.id.as_str();
    let own = after.own.as_ref().map(ContentHash::as_str);
    sqlx::query!(
        "UPDATE items SET own_version = ?1, deleted_ms = ?2,
                deck_version = coalesce(deck_version, version),
                version = coalesce(?1, deck_version, version)
          WHERE id = ?3",
        own,
        after.deleted_ms,
        key
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    let (reworded, retagged) =
        (before.own != after.own, (&before.given, &before.taken) != (&after.given, &after.taken));
    if !reworded && !retagged {
        return Ok(());
    }
    if retagged {
        put_own_tags(tx, after).await?;
    }
    let json = sqlx::query_scalar!(
        "SELECT v.content FROM items i
           JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version WHERE i.id = ?",
        key
    )
    .fetch_one(&mut *tx)
    .await
    .map_err(&doing)?;
    let item: Item = serde_json::from_str(&json).map_err(StoreError::damaged("item", key))?;
    if !reworded {
        put_tags(tx, key, &item).await?;
        return index_words(tx, key, &item).await;
    }
    let kind = kind_name(&item);
    sqlx::query!("UPDATE items SET kind = ?, task = ? WHERE id = ?", kind, item.task, key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    derive(tx, key, &item).await
}

async fn put_own_tags(tx: &mut SqliteConnection, state: &ItemState) -> Result<(), StoreError> {
    let doing = StoreError::during("writing the tags of an item");
    let key = state.id.as_str();
    sqlx::query!("DELETE FROM own_tags WHERE item_id = ?", key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    let given = state.given.iter().map(|tag| (tag, true));
    for (tag, given) in given.chain(state.taken.iter().map(|tag| (tag, false))) {
        sqlx::query!(
            "INSERT INTO own_tags (item_id, tag, given) VALUES (?, ?, ?)",
            key,
            tag,
            given
        )
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    }
    Ok(())
}

/// Writes a new item at the end of a deck, with its operation.
pub(super) async fn insert_made(
    tx: &mut SqliteConnection,
    deck_id: i64,
    id: &ItemId,
    item: &Item,
    now_ms: i64,
) -> Result<(), StoreError> {
    let (key, kind, hash) = (id.as_str(), kind_name(item), item.content_hash());
    let hash = hash.as_str();
    sqlx::query!(
        "INSERT INTO items (id, deck_id, kind, version, deck_version, position, task)
         SELECT ?1, ?2, ?3, ?4, ?4, 1 + coalesce(max(position), -1), ?5
           FROM items WHERE deck_id = ?2",
        key,
        deck_id,
        kind,
        hash,
        item.task
    )
    .execute(&mut *tx)
    .await
    .map_err(StoreError::during("making an item"))?;
    add_version(tx, key, item, now_ms).await?;
    derive(tx, key, item).await?;
    let id = id.clone();
    let after = ItemState { id, own: None, given: Vec::new(), taken: Vec::new(), deleted_ms: None };
    let before = ItemState { deleted_ms: Some(now_ms), ..after.clone() };
    super::operations::log_items(tx, OperationKind::Make, now_ms, &[(before, after)]).await
}
