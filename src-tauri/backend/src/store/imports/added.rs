//! New items of an import, written by the batch with all that follows from them.

use sqlx::{QueryBuilder, Sqlite};

use super::{Importing, bulk};
use crate::deck::{AlsoTask, ContentHash, DeckSlug, Item, ItemBody, ItemId, Question};
use crate::store::StoreError;
use crate::store::decks::kind_name;
use crate::store::item_facts::{insert_also, insert_enemy, insert_question};
use crate::store::words::Findable;

/// An item that an import brings, with all that can be made of it without the collection.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedItem {
    id: ItemId,
    deck: i64,
    position: i64,
    scheme: &'static str,
    guid: String,
    kind: &'static str,
    hash: ContentHash,
    content: String,
    task: Option<String>,
    tags: Vec<String>,
    also: Vec<AlsoTask>,
    words: Findable,
    /// Which cards it makes; of a question none.
    ordinals: Vec<u32>,
    question: Option<Box<Question>>,
}

impl AddedItem {
    /// An item of the deck given, at a place in it; its id is free. Files call it by an identity
    /// of a scheme.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn new(
        id: ItemId,
        item: Item,
        (deck, position): (i64, i64),
        (scheme, guid): (&'static str, String),
    ) -> Result<Self, StoreError> {
        let content =
            serde_json::to_string(&item).map_err(StoreError::damaged("item", id.as_str()))?;
        let (kind, words) = (kind_name(&item), Findable::of(&item));
        let Item { task, mut tags, also, body, .. } = item;
        tags.sort_unstable();
        tags.dedup();
        let (ordinals, question) = match body {
            ItemBody::Card(card) => (card.ordinals(), None),
            ItemBody::Question(question) => (Vec::new(), Some(Box::new(question))),
        };
        let hash = ContentHash::of(content.as_bytes());
        Ok(Self {
            id,
            deck,
            position,
            scheme,
            guid,
            kind,
            hash,
            content,
            task,
            tags,
            also,
            words,
            ordinals,
            question,
        })
    }

    /// Rows that it makes in Browse.
    fn rows(&self) -> i64 {
        match self.question {
            Some(_) => 1,
            None => i64::try_from(self.ordinals.len()).unwrap_or(i64::MAX),
        }
    }
}

/// A card that waits until a batch of them is full.
#[derive(Debug)]
pub(super) struct AddedCard {
    item: ItemId,
    ordinal: u32,
    search: i64,
    deck: i64,
    task: Option<String>,
    position: i64,
}

impl Importing {
    /// Items that are best added in one go.
    pub const BATCH: usize = 500;

    /// Adds items, findable by their words; their cards follow with [`Self::all_added`] at the
    /// latest. At most [`Self::BATCH`] in one go, best in the order of their ids, which the tables
    /// are kept in.
    ///
    /// # Errors
    /// [`StoreError`] when an id is taken or they cannot be written.
    pub async fn add_items(&mut self, items: Vec<AddedItem>) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        if items.len() == Self::BATCH && !self.large {
            self.large = true;
            bulk::set_large(&mut self.tx, true).await?;
            self.triggers = bulk::take_out(&mut self.tx).await?;
        }
        (self.changed, self.touched.cards) = (true, true);
        let first = match self.next_search {
            Some(first) => first,
            None => sqlx::query_scalar!(
                r#"SELECT coalesce(max(id), 0) + 1 AS "next!: i64" FROM search_items"#
            )
            .fetch_one(&mut *self.tx)
            .await
            .map_err(adding)?,
        };
        let rows: Vec<(i64, &AddedItem)> = (first..).zip(&items).collect();
        self.next_search = rows.last().map(|(last, _)| last + 1);
        self.put_items(&rows).await.map_err(adding)?;
        self.put_words(&rows).await.map_err(adding)?;
        for (search, item) in rows {
            self.put_details(item).await?;
            self.cards.extend(item.ordinals.iter().map(|ordinal| AddedCard {
                item: item.id.clone(),
                ordinal: *ordinal,
                search,
                deck: item.deck,
                task: item.task.clone(),
                position: item.position,
            }));
        }
        while self.cards.len() >= Self::BATCH {
            self.put_cards(Self::BATCH).await.map_err(adding)?;
        }
        Ok(())
    }

    /// Writes the cards that are left; nothing is added after this.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub async fn all_added(&mut self) -> Result<(), StoreError> {
        self.put_cards(self.cards.len()).await.map_err(adding)?;
        bulk::put_back(&mut self.tx, std::mem::take(&mut self.triggers)).await
    }

    /// Fixed statements with as many rows as there are, every value bound: a statement for each
    /// row costs ten times what its row does. Prepared, one needs some megabytes, so only those of
    /// whole batches are kept for the next.
    async fn put_items(&mut self, rows: &[(i64, &AddedItem)]) -> Result<(), sqlx::Error> {
        let (at_ms, operation) = (self.at_ms, self.operation);
        let kept = rows.len() == Self::BATCH;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO item_versions (item_id, hash, content, created_ms) ");
        sql.push_values(rows, |mut values, (_, row)| {
            values.push_bind(row.id.as_str()).push_bind(row.hash.as_str());
            values.push_bind(row.content.as_str()).push_bind(at_ms);
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO items (id, deck_id, kind, version, deck_version, position, task, added_by) ",
        );
        sql.push_values(rows, |mut values, (_, row)| {
            values.push_bind(row.id.as_str()).push_bind(row.deck).push_bind(row.kind);
            values.push_bind(row.hash.as_str()).push_bind(row.hash.as_str());
            values.push_bind(row.position).push_bind(row.task.as_deref()).push_bind(operation);
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO item_sources (scheme, guid, item_id) ");
        sql.push_values(rows, |mut values, (_, row)| {
            values.push_bind(row.scheme).push_bind(row.guid.as_str()).push_bind(row.id.as_str());
        });
        sql.push(" ON CONFLICT DO UPDATE SET item_id = excluded.item_id");
        sql.build().persistent(kept).execute(&mut *self.tx).await.map(drop)
    }

    /// What search asks, computed here, so that nothing of it is left to do afterwards.
    async fn put_words(&mut self, rows: &[(i64, &AddedItem)]) -> Result<(), sqlx::Error> {
        let at_ms = self.at_ms;
        let kept = rows.len() == Self::BATCH;
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO search_items (id, item_id, deck_id, kind, task, own, absent, added_ms,
                                       difficulty, text, stale, rows) ",
        );
        sql.push_values(rows, |mut values, (search, row)| {
            values.push_bind(*search).push_bind(row.id.as_str()).push_bind(row.deck);
            values.push_bind(row.kind).push_bind(row.task.as_deref().unwrap_or_default());
            values.push("0").push("0").push_bind(at_ms).push_bind(row.words.difficulty);
            values.push_bind(row.words.first()).push("0").push_bind(row.rows());
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let mut sql: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO item_words (rowid, front, back, tags) ");
        sql.push_values(rows, |mut values, (search, row)| {
            let Findable { front, back, .. } = &row.words;
            values.push_bind(*search).push_bind(front.as_str()).push_bind(back.as_str());
            values.push_bind((!row.tags.is_empty()).then(|| row.tags.join(" ")));
        });
        sql.build().persistent(kept).execute(&mut *self.tx).await?;
        let tags = rows.iter().flat_map(|(search, row)| {
            row.tags.iter().map(move |tag| (row.id.as_str(), tag.as_str(), *search))
        });
        let json = serde_json::to_string(&tags.collect::<Vec<_>>())
            .map_err(|why| sqlx::Error::Encode(why.into()))?;
        sqlx::query!(
            "INSERT INTO item_tags (item_id, tag)
             SELECT value ->> 0, value ->> 1 FROM json_each(?)",
            json
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query!(
            "INSERT INTO search_tags (tag, search_id)
             SELECT value ->> 1, value ->> 2 FROM json_each(?)",
            json
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// What few items have.
    async fn put_details(&mut self, item: &AddedItem) -> Result<(), StoreError> {
        let key = item.id.as_str();
        insert_also(&mut self.tx, key, &item.also).await.map_err(adding)?;
        let Some(question) = &item.question else { return Ok(()) };
        let slug: DeckSlug = item.id.deck().parse().map_err(StoreError::damaged("item", key))?;
        insert_question(&mut self.tx, &slug, key, question).await.map_err(adding)?;
        for enemy in &question.enemies {
            insert_enemy(&mut self.tx, &slug, key, enemy).await.map_err(adding)?;
        }
        Ok(())
    }

    async fn put_cards(&mut self, count: usize) -> Result<(), sqlx::Error> {
        if count == 0 {
            return Ok(());
        }
        let cards: Vec<AddedCard> = self.cards.drain(..count).collect();
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO cards (item_id, ordinal, search_id, deck_id, task, position) ",
        );
        sql.push_values(&cards, |mut values, card| {
            values.push_bind(card.item.as_str()).push_bind(card.ordinal).push_bind(card.search);
            values.push_bind(card.deck).push_bind(card.task.as_deref().unwrap_or_default());
            values.push_bind(card.position);
        });
        let kept = count == Self::BATCH;
        sql.build().persistent(kept).execute(&mut *self.tx).await.map(drop)
    }
}

fn adding(source: sqlx::Error) -> StoreError {
    StoreError::during("adding items")(source)
}
