//! The words of items for search, kept in step with their current wording.

use sqlx::SqliteConnection;

use super::decks::difficulty_name;
use super::{Store, StoreError};
use crate::deck::{Item, ItemBody};
use crate::rich_text::{plain_text, words_of_card};

/// Longest first words that are kept for the table, in characters.
const MAX_FIRST: usize = 200;
/// Items whose words are computed in one go.
const BATCH: i64 = 500;

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

/// Makes an item's words findable, and keeps the first of them for the table.
pub(super) async fn index_words(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let (front, back) = sides(item);
    let difficulty = match &item.body {
        ItemBody::Question(question) => difficulty_name(question.difficulty),
        ItemBody::Card(_) => "",
    };
    keep(tx, key, &front, &back, difficulty).await
}

async fn keep(
    tx: &mut SqliteConnection,
    key: &str,
    front: &str,
    back: &str,
    difficulty: &str,
) -> Result<(), StoreError> {
    let doing = StoreError::during("indexing the words of an item");
    let first: String = front.chars().take(MAX_FIRST).collect();
    let id = sqlx::query_scalar!(
        r#"UPDATE search_items SET text = ?, difficulty = ?, stale = 0 WHERE item_id = ?
           RETURNING id AS "id!""#,
        first,
        difficulty,
        key
    )
    .fetch_one(&mut *tx)
    .await
    .map_err(&doing)?;
    sqlx::query!(
        "INSERT OR REPLACE INTO item_words (rowid, front, back, tags)
         SELECT ?1, ?2, ?3, group_concat(tag, ' ') FROM item_tags WHERE item_id = ?4",
        id,
        front,
        back,
        key
    )
    .execute(tx)
    .await
    .map_err(&doing)?;
    Ok(())
}

impl Store {
    /// Computes the words of items that have none yet: those that an import brought, and those
    /// of a collection that an older Sitwell wrote.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or written.
    pub async fn index_stale(&self) -> Result<(), StoreError> {
        let doing = StoreError::during("indexing the words of items");
        loop {
            // Nothing is locked to find that there is nothing to do.
            let stale = sqlx::query_scalar!("SELECT 1 FROM search_items WHERE stale = 1 LIMIT 1")
                .fetch_optional(&self.pool)
                .await
                .map_err(&doing)?;
            if stale.is_none() {
                return Ok(());
            }
            let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
            let rows = sqlx::query!(
                "SELECT s.item_id, v.content FROM search_items s
                   JOIN items i ON i.id = s.item_id
                   JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                  WHERE s.stale = 1 LIMIT ?",
                BATCH
            )
            .fetch_all(&mut *tx)
            .await
            .map_err(&doing)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                match serde_json::from_str::<Item>(&row.content) {
                    Ok(item) => index_words(&mut tx, &row.item_id, &item).await?,
                    // One damaged item keeps nobody out of the collection.
                    Err(_) => keep(&mut tx, &row.item_id, "", "", "").await?,
                }
            }
            tx.commit().await.map_err(&doing)?;
        }
    }
}
