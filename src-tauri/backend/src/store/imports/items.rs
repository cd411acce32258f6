//! Items of an import: new ones by the batch, other words for those that are here one by one.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::Importing;
use crate::deck::{ContentHash, DeckSlug, Item, ItemBody, ItemId};
use crate::store::StoreError;
use crate::store::decks::{
    add_version, derive_all_but_words, insert_enemy, insert_question, kind_name,
};

/// An item that an import brings.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedItem {
    /// Identity for ever; free.
    pub id: ItemId,
    /// Its words.
    pub item: Item,
    /// Place in its deck.
    pub position: i64,
    /// What the file calls it: an identity of the import's scheme.
    pub guid: String,
}

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

/// An item as its tables have it.
struct Row {
    id: ItemId,
    kind: &'static str,
    hash: ContentHash,
    content: String,
    position: i64,
    task: Option<String>,
    tags: Vec<String>,
    guid: String,
}

impl Importing {
    /// Items that are best added in one go.
    pub const BATCH: usize = 500;

    /// Adds items to a deck, known to files by identities of `scheme`. At most some
    /// hundreds in one go, best in the order of their ids, which the tables are kept in.
    ///
    /// # Errors
    /// [`StoreError`] when an id is taken or they cannot be written.
    pub async fn add_items(
        &mut self,
        deck: i64,
        scheme: &str,
        items: Vec<AddedItem>,
    ) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(items.len());
        let (mut questions, mut others) = (Vec::new(), Vec::new());
        for AddedItem { id, item, position, guid } in items {
            let content =
                serde_json::to_string(&item).map_err(StoreError::damaged("item", id.as_str()))?;
            let hash = ContentHash::of(content.as_bytes());
            let kind = kind_name(&item);
            let Item { task, tags, also, body, .. } = item;
            match body {
                ItemBody::Card(card) => {
                    let ordinals = card.ordinals();
                    if ordinals != [0] {
                        self.ordinals.extend(ordinals.into_iter().map(|o| (id.to_string(), o)));
                    }
                }
                ItemBody::Question(question) => questions.push((id.clone(), question)),
            }
            others.extend(also.into_iter().map(|also| (id.clone(), also)));
            rows.push(Row { id, kind, hash, content, position, task, tags, guid });
        }
        self.put_rows(deck, scheme, &rows).await.map_err(adding)?;
        for (id, also) in others {
            let key = id.as_str();
            sqlx::query!(
                "INSERT INTO item_also (item_id, exam, task) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                key,
                also.exam,
                also.task
            )
            .execute(&mut *self.tx)
            .await
            .map_err(adding)?;
        }
        for (id, question) in questions {
            let slug: DeckSlug =
                id.deck().parse().map_err(StoreError::damaged("item", id.as_str()))?;
            insert_question(&mut self.tx, &slug, id.as_str(), &question).await.map_err(adding)?;
            for enemy in &question.enemies {
                insert_enemy(&mut self.tx, &slug, id.as_str(), enemy).await.map_err(adding)?;
            }
        }
        Ok(())
    }

    /// Fixed statements with as many rows as there are, every value bound: a statement for each
    /// row costs ten times what its row does. Prepared, one needs some megabytes, so only those of
    /// whole batches are kept for the next.
    async fn put_rows(&mut self, deck: i64, scheme: &str, rows: &[Row]) -> Result<(), sqlx::Error> {
        let (at_ms, operation) = (self.at_ms, self.operation);
        let kept = rows.len() == Self::BATCH;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO item_versions (item_id, hash, content, created_ms) ");
        sql.push_values(rows, |mut values, row| {
            values.push_bind(row.id.as_str()).push_bind(row.hash.as_str());
            values.push_bind(row.content.as_str()).push_bind(at_ms);
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO items (id, deck_id, kind, version, deck_version, position, task, added_by) ",
        );
        sql.push_values(rows, |mut values, row| {
            values.push_bind(row.id.as_str()).push_bind(deck).push_bind(row.kind);
            values.push_bind(row.hash.as_str()).push_bind(row.hash.as_str());
            values.push_bind(row.position).push_bind(row.task.as_deref()).push_bind(operation);
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO item_sources (scheme, guid, item_id) ");
        sql.push_values(rows, |mut values, row| {
            values.push_bind(scheme).push_bind(row.guid.as_str()).push_bind(row.id.as_str());
        });
        sql.push(" ON CONFLICT DO UPDATE SET item_id = excluded.item_id");
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let tags = rows.iter().flat_map(|row| row.tags.iter().map(|tag| (row.id.as_str(), tag)));
        let json = serde_json::to_string(&tags.collect::<Vec<_>>())
            .map_err(|why| sqlx::Error::Encode(why.into()))?;
        sqlx::query!(
            "INSERT INTO item_tags (item_id, tag)
             SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
                 ON CONFLICT DO NOTHING",
            json
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Makes what follows from the items that were added: their cards, and what search asks. Their
    /// words are indexed later (`search_items.stale`).
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn derive_added(&mut self) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO search_items (item_id, deck_id, kind, task, own, absent, added_ms)
             SELECT id, deck_id, kind, coalesce(task, ''), 0, 0, ?1 FROM items WHERE added_by = ?2",
            self.at_ms,
            self.operation
        )
        .execute(&mut *self.tx)
        .await
        .map_err(adding)?;
        sqlx::query!(
            "INSERT INTO search_tags (tag, search_id)
             SELECT t.tag, s.id FROM items i
               JOIN item_tags t ON t.item_id = i.id JOIN search_items s ON s.item_id = i.id
              WHERE i.added_by = ?",
            self.operation
        )
        .execute(&mut *self.tx)
        .await
        .map_err(adding)?;
        let ordinals = std::mem::take(&mut self.ordinals);
        for ordinals in ordinals.chunks(2_000) {
            let json = serde_json::to_string(ordinals).map_err(StoreError::damaged("cards", ""))?;
            sqlx::query!(
                "INSERT INTO cards (item_id, ordinal, search_id, deck_id, task, position)
                 SELECT i.id, o.value ->> 1, s.id, i.deck_id, coalesce(i.task, ''), i.position
                   FROM json_each(?) o JOIN items i ON i.id = o.value ->> 0
                   JOIN search_items s ON s.item_id = i.id",
                json
            )
            .execute(&mut *self.tx)
            .await
            .map_err(adding)?;
        }
        sqlx::query!(
            "INSERT INTO cards (item_id, ordinal, search_id, deck_id, task, position)
             SELECT i.id, 0, s.id, i.deck_id, coalesce(i.task, ''), i.position
               FROM items i JOIN search_items s ON s.item_id = i.id
              WHERE i.added_by = ? AND i.kind = 'card'
                AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.item_id = i.id)",
            self.operation
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
        .map_err(adding)
    }

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

fn adding(source: sqlx::Error) -> StoreError {
    StoreError::during("adding items")(source)
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
