//! The words of items for search, kept in step with their current wording.

use std::sync::atomic::Ordering;

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::item_facts::difficulty_name;
use super::{Store, StoreError};
use crate::deck::{Item, ItemBody};
use crate::rich_text::{plain_text, words_of_card};

/// Longest first words that are kept for the table, in characters.
const MAX_FIRST: usize = 200;
/// Items whose words are computed in one go.
const BATCH: usize = 1_000;
/// As many at once where there are so many: FTS5 writes a segment of its index for each batch.
/// Others that write wait for one.
const MANY: usize = 4_000;
/// Bytes of new words that FTS5 holds before it writes them, while very many come in.
const MANY_WORDS: i64 = 16 << 20;
/// Its own default, and segments of a level that it merges while it writes.
const USUAL_WORDS: i64 = 1 << 20;
const USUAL_MERGE: i64 = 4;
/// Segments of the index from which all are merged into one. Each is looked into for each word.
const MANY_SEGMENTS: i64 = 4;
/// Pages of the index that are merged in one go, and how often at most.
const MERGED_PAGES: i64 = 250;
const MAX_MERGES: u32 = 10_000;

/// Words of both sides: what asks, and all the rest.
fn sides(item: &Item) -> (String, String) {
    match &item.body {
        ItemBody::Card(card) => words_of_card(card),
        ItemBody::Question(question) => {
            let mut rest = String::new();
            for option in &question.options {
                for text in [&option.text, &option.reason] {
                    rest.push_str(&plain_text(text));
                    rest.push('\n');
                }
            }
            rest.push_str(&plain_text(&question.explanation));
            (plain_text(&question.stem), rest)
        }
    }
}

/// What an item's words are found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Findable {
    pub(super) front: String,
    pub(super) back: String,
    pub(super) difficulty: &'static str,
}

impl Findable {
    pub(super) fn of(item: &Item) -> Self {
        let (front, back) = sides(item);
        let difficulty = match &item.body {
            ItemBody::Question(question) => difficulty_name(question.difficulty),
            ItemBody::Card(_) => "",
        };
        Self { front, back, difficulty }
    }

    /// The beginning, for the table.
    pub(super) fn first(&self) -> &str {
        let end = self.front.char_indices().nth(MAX_FIRST);
        end.map_or(&*self.front, |(end, _)| &self.front[..end])
    }
}

/// What is kept of an item for search.
struct Indexed {
    /// In `search_items`.
    id: i64,
    words: Findable,
    tags: Option<String>,
}

impl Indexed {
    /// Of an item; of none that reads back, its tags alone.
    fn of(id: i64, item: Option<&Item>, tags: Option<String>) -> Self {
        Self { id, words: item.map(Findable::of).unwrap_or_default(), tags }
    }
}

/// Makes an item's words findable, and keeps the first of them for the table.
pub(super) async fn index_words(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let doing = StoreError::during("indexing the words of an item");
    let row = sqlx::query!(
        r#"SELECT s.id, (SELECT group_concat(t.tag, ' ') FROM search_tags t
                          WHERE t.search_id = s.id) AS "tags: String"
             FROM search_items s WHERE s.item_id = ?"#,
        key
    )
    .fetch_one(&mut *tx)
    .await
    .map_err(&doing)?;
    put_words(tx, &[Indexed::of(row.id, Some(item), row.tags)]).await.map_err(doing)
}

/// Fixed statements with as many rows as there are, every value bound; only those of one item and
/// of whole batches are kept prepared.
async fn put_words(tx: &mut SqliteConnection, rows: &[Indexed]) -> Result<(), sqlx::Error> {
    let kept = [1, BATCH, MANY].contains(&rows.len());
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "UPDATE search_items SET text = x.column2, difficulty = x.column3, stale = 0 FROM (",
    );
    sql.push_values(rows, |mut values, row| {
        values.push_bind(row.id).push_bind(row.words.first()).push_bind(row.words.difficulty);
    });
    sql.push(") x WHERE search_items.id = x.column1");
    sql.build().persistent(kept).execute(&mut *tx).await?;
    let mut sql: QueryBuilder<Sqlite> =
        QueryBuilder::new("INSERT OR REPLACE INTO item_words (rowid, front, back, tags) ");
    sql.push_values(rows, |mut values, row| {
        let Findable { front, back, .. } = &row.words;
        values.push_bind(row.id).push_bind(front.as_str()).push_bind(back.as_str());
        values.push_bind(row.tags.as_deref());
    });
    sql.build().persistent(kept).execute(tx).await.map(drop)
}

impl Store {
    /// Indexes what little has no words yet, so that a collection of an older Sitwell or after a
    /// small import is whole when it opens; leaves what is more to [`Self::index_stale`].
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or written.
    pub(super) async fn index_few(&self) -> Result<(), StoreError> {
        if self.stale(BATCH).await? < BATCH { self.index_stale().await } else { Ok(()) }
    }

    /// Whether items have no words yet.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn has_stale(&self) -> Result<bool, StoreError> {
        Ok(self.stale(1).await? > 0)
    }

    /// How many items have no words yet.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn words_left(&self) -> Result<u32, StoreError> {
        Ok(u32::try_from(self.stale(usize::MAX).await?).unwrap_or(u32::MAX))
    }

    /// How many items have no words yet, up to a number. Nothing is locked to find that there is
    /// nothing to do.
    async fn stale(&self, most: usize) -> Result<usize, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let stale = sqlx::query_scalar!(
            r#"SELECT count(*) AS "stale!: i64"
                 FROM (SELECT 1 FROM search_items WHERE stale = 1 LIMIT ?)"#,
            most
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("indexing the words of items"))?;
        Ok(usize::try_from(stale).unwrap_or(usize::MAX))
    }

    /// Computes the words of items that have none yet: those that came in with an import, those
    /// that an import or its undoing gave other words, and those of a collection that an older
    /// Sitwell wrote. What is done when the collection is closed stays done; the rest goes on at
    /// the next opening.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or written.
    pub async fn index_stale(&self) -> Result<(), StoreError> {
        let doing = StoreError::during("indexing the words of items");
        // Two at once would only wait for each other, and too long at that.
        let _alone = self.indexing.lock().await;
        while !self.closing.load(Ordering::Relaxed) {
            let stale = self.stale(MANY).await?;
            if stale == 0 {
                break;
            }
            let many = stale == MANY;
            let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
            if many {
                expect_words(&mut tx, true).await.map_err(&doing)?;
            }
            let indexed = index_batch(&mut tx, stale.min(if many { MANY } else { BATCH })).await;
            let indexed = indexed.map_err(&doing)?;
            if many {
                expect_words(&mut tx, false).await.map_err(&doing)?;
            }
            tx.commit().await.map_err(&doing)?;
            if indexed == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Merges what imports left unmerged of the index of words, a little at a time: searches look
    /// into fewer segments, and no later edit has to do it at once.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written; the index is right either way.
    pub async fn merge_words(&self) -> Result<(), StoreError> {
        let doing = StoreError::during("merging the index of words");
        let segments: i64 = sqlx::query_scalar("SELECT count(DISTINCT segid) FROM item_words_idx")
            .fetch_one(&self.pool)
            .await
            .map_err(&doing)?;
        if segments < MANY_SEGMENTS {
            return Ok(());
        }
        for step in 0..MAX_MERGES {
            let _alone = self.indexing.lock().await;
            let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
            let before = changes(&mut tx).await.map_err(&doing)?;
            sqlx::query("INSERT INTO item_words (item_words, rank) VALUES ('merge', ?)")
                // The sign says to begin with all segments, of whatever level.
                .bind(if step == 0 { -MERGED_PAGES } else { MERGED_PAGES })
                .execute(&mut *tx)
                .await
                .map_err(&doing)?;
            let after = changes(&mut tx).await.map_err(&doing)?;
            tx.commit().await.map_err(&doing)?;
            // So FTS5 says that there was nothing to merge.
            if after - before < 2 || self.closing.load(Ordering::Relaxed) {
                break;
            }
        }
        Ok(())
    }
}

/// Lets FTS5 write very many words in few segments and merge them later
/// ([`Store::merge_words`]), or as usual.
async fn expect_words(tx: &mut SqliteConnection, many: bool) -> Result<(), sqlx::Error> {
    if !many {
        // FTS5 writes what it holds at each savepoint: here before it merges again.
        sqlx::query("SAVEPOINT words").execute(&mut *tx).await?;
        sqlx::query("RELEASE words").execute(&mut *tx).await?;
    }
    let (words, merge) = if many { (MANY_WORDS, 0) } else { (USUAL_WORDS, USUAL_MERGE) };
    for (option, value) in [("hashsize", words), ("automerge", merge)] {
        sqlx::query("INSERT INTO item_words (item_words, rank) VALUES (?, ?)")
            .bind(option)
            .bind(value)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Indexes some of the items that have no words yet; says how many.
async fn index_batch(tx: &mut SqliteConnection, most: usize) -> Result<usize, sqlx::Error> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        r#"SELECT s.id, v.content,
                  (SELECT group_concat(t.tag, ' ') FROM search_tags t
                    WHERE t.search_id = s.id) AS "tags: String"
             FROM search_items s
             JOIN items i ON i.id = s.item_id
             JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
            WHERE s.stale = 1 LIMIT ?"#,
        limit
    )
    .fetch_all(&mut *tx)
    .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut indexed = Vec::with_capacity(rows.len());
    for row in rows {
        // One damaged item keeps nobody out of the collection.
        let item = serde_json::from_str::<Item>(&row.content).ok();
        indexed.push(Indexed::of(row.id, item.as_ref(), row.tags));
    }
    put_words(tx, &indexed).await?;
    Ok(indexed.len())
}

async fn changes(tx: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT total_changes()").fetch_one(tx).await
}
