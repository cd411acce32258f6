//! New items of an import, written by the batch with all that follows from them.

use std::sync::Arc;

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe};

use super::Importing;
use super::statements::Rows;
use crate::deck::{AlsoTask, ContentHash, DeckSlug, Item, ItemBody, ItemId, Question};
use crate::store::StoreError;
use crate::store::item_facts::{insert_also, insert_enemy, insert_question};

/// Items that an import brings, as the values of the statements that write them: all that can be
/// made of them without the collection.
#[derive(Debug, Default)]
pub struct AddedItems {
    count: usize,
    versions: SqliteArguments,
    items: SqliteArguments,
    search: SqliteArguments,
    cards: Vec<AddedCard>,
    tags: Vec<(i64, String)>,
    details: Vec<Details>,
}

/// A card that waits until a batch of them is full.
#[derive(Debug, Clone, Copy)]
pub(super) struct AddedCard {
    /// Its item in `search_items`.
    search: i64,
    ordinal: u32,
    position: i64,
}

/// What few items have.
#[derive(Debug)]
struct Details {
    id: ItemId,
    also: Vec<AlsoTask>,
    question: Option<Box<Question>>,
}

impl AddedItems {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds an item of the deck given, at a place in it; its id is free. `search` is its number for
    /// search: they are given out one by one, from [`Importing::first_search`] on.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn push(
        &mut self,
        (id, search): (&ItemId, i64),
        item: Item,
        (deck, position): (i64, i64),
    ) -> Result<(), StoreError> {
        let key = id.as_str();
        let content = serde_json::to_string(&item).map_err(StoreError::damaged("item", key))?;
        let hash: Arc<str> = ContentHash::of(content.as_bytes()).as_str().into();
        let Item { task, mut tags, also, body, .. } = item;
        tags.sort_unstable();
        tags.dedup();
        let (ordinals, question) = match body {
            ItemBody::Card(card) => (card.ordinals(), None),
            ItemBody::Question(question) => (Vec::new(), Some(Box::new(question))),
        };
        let is_card = question.is_none();
        // Rows that it makes in Browse.
        let rows = if is_card { i64::try_from(ordinals.len()).unwrap_or(i64::MAX) } else { 1 };
        let id_text: Arc<str> = key.into();
        let put = || {
            self.versions.add(Arc::clone(&id_text))?;
            self.versions.add(Arc::clone(&hash))?;
            self.versions.add(content)?;
            self.items.add(Arc::clone(&id_text))?;
            self.items.add(deck)?;
            self.items.add(is_card)?;
            self.items.add(hash)?;
            self.items.add(position)?;
            self.items.add(task.as_deref())?;
            self.search.add(search)?;
            self.search.add(id_text)?;
            self.search.add(deck)?;
            self.search.add(is_card)?;
            self.search.add(task)?;
            self.search.add(rows)
        };
        put().map_err(|why| adding(sqlx::Error::Encode(why)))?;
        self.count += 1;
        self.tags.extend(tags.into_iter().map(|tag| (search, tag)));
        self.cards.extend(ordinals.into_iter().map(|ordinal| AddedCard {
            search,
            ordinal,
            position,
        }));
        if !is_card || !also.is_empty() {
            self.details.push(Details { id: id.clone(), also, question });
        }
        Ok(())
    }
}

/// What files call items that an import brings, as the values of the statement that writes it.
#[derive(Debug, Default)]
pub struct AddedNames {
    count: usize,
    values: SqliteArguments,
}

impl AddedNames {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds an identity of a scheme, by which files call an item.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn push(&mut self, scheme: &str, guid: &str, item: &ItemId) -> Result<(), StoreError> {
        for text in [scheme, guid, item.as_str()] {
            self.values.add(text).map_err(|why| adding(sqlx::Error::Encode(why)))?;
        }
        self.count += 1;
        Ok(())
    }
}

impl Importing {
    /// Items that are best added in one go.
    pub const BATCH: usize = 500;

    /// The number for search of the first item that is added.
    pub fn first_search(&self) -> i64 {
        self.first_search
    }

    /// Adds items; their words are left to be indexed, and their cards follow with
    /// [`Self::all_added`] at the latest. At most [`Self::BATCH`] in one go, best in the order of
    /// their ids, which the tables are kept in.
    ///
    /// # Errors
    /// [`StoreError`] when an id is taken or they cannot be written.
    pub async fn add_items(&mut self, items: AddedItems) -> Result<(), StoreError> {
        if items.is_empty() {
            return Ok(());
        }
        (self.changed, self.touched.cards) = (true, true);
        let AddedItems { count, versions, items, search, cards, tags, details } = items;
        self.put(Rows::Versions, count, versions).await.map_err(adding)?;
        self.put(Rows::Items, count, items).await.map_err(adding)?;
        self.put(Rows::Search, count, search).await.map_err(adding)?;
        for details in &details {
            self.put_details(details).await?;
        }
        self.cards.extend(cards);
        self.tags.extend(tags);
        while self.cards.len() >= Self::BATCH {
            self.put_cards(Self::BATCH).await.map_err(adding)?;
        }
        while self.tags.len() >= Self::BATCH {
            self.put_tags(Self::BATCH).await.map_err(adding)?;
        }
        Ok(())
    }

    /// Writes the cards and tags that are left; nothing is added after this.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub async fn all_added(&mut self) -> Result<(), StoreError> {
        self.put_cards(self.cards.len()).await.map_err(adding)?;
        self.put_tags(self.tags.len()).await.map_err(adding)
    }

    /// Remembers what files call items that were added. At most [`Self::BATCH`] in one go, best in
    /// order, which the table is kept in.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be written.
    pub async fn name_items(&mut self, names: AddedNames) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        self.put(Rows::Sources, names.count, names.values).await.map_err(adding)
    }

    /// Writes rows with one statement: one for each row costs ten times what its row does.
    /// Prepared, it needs some megabytes, so only those of whole batches are kept for the next.
    async fn put(
        &mut self,
        what: Rows,
        rows: usize,
        values: SqliteArguments,
    ) -> Result<(), sqlx::Error> {
        let sql = self.statements.of(what, rows);
        let kept = rows == Self::BATCH;
        let query = sqlx::query_with(AssertSqlSafe(sql), values);
        query.persistent(kept).execute(&mut *self.tx).await.map(drop)
    }

    async fn put_cards(&mut self, count: usize) -> Result<(), sqlx::Error> {
        if count == 0 {
            return Ok(());
        }
        let mut values = SqliteArguments::default();
        for card in self.cards.drain(..count) {
            values.add(card.search).map_err(sqlx::Error::Encode)?;
            values.add(card.ordinal).map_err(sqlx::Error::Encode)?;
            values.add(card.position).map_err(sqlx::Error::Encode)?;
        }
        self.put(Rows::Cards, count, values).await
    }

    async fn put_tags(&mut self, count: usize) -> Result<(), sqlx::Error> {
        if count == 0 {
            return Ok(());
        }
        let mut values = SqliteArguments::default();
        for (search, tag) in self.tags.drain(..count) {
            values.add(search).map_err(sqlx::Error::Encode)?;
            values.add(tag).map_err(sqlx::Error::Encode)?;
        }
        self.put(Rows::Tags, count, values).await
    }

    async fn put_details(&mut self, details: &Details) -> Result<(), StoreError> {
        let Details { id, also, question } = details;
        let key = id.as_str();
        insert_also(&mut self.tx, key, also).await.map_err(adding)?;
        let Some(question) = question else { return Ok(()) };
        let slug: DeckSlug = id.deck().parse().map_err(StoreError::damaged("item", key))?;
        insert_question(&mut self.tx, &slug, key, question).await.map_err(adding)?;
        for enemy in &question.enemies {
            insert_enemy(&mut self.tx, &slug, key, enemy).await.map_err(adding)?;
        }
        Ok(())
    }
}

fn adding(source: sqlx::Error) -> StoreError {
    StoreError::during("adding items")(source)
}
