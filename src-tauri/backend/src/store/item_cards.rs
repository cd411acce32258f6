//! The cards that items make, and where made ones came from.

use sqlx::SqliteConnection;

use super::decks::{put_item, upsert_deck};
use super::media::put_media;
use super::{DeckChange, DeckSource, Store, StoreError};
use crate::deck::{ContentHash, Deck, Item, ItemBody, ItemId};

/// Brings the cards of an item into step with its wording: makes those that are new, takes those
/// that it dropped out of study, and brings back those that it makes again.
pub(super) async fn put_cards(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let doing = StoreError::during("putting an item's cards");
    let ordinals = match &item.body {
        ItemBody::Card(card) => card.ordinals(),
        ItemBody::Question(_) => Vec::new(),
    };
    let ordinals = serde_json::to_string(&ordinals).map_err(StoreError::damaged("item", key))?;
    sqlx::query!(
        "INSERT INTO cards (item_id, ordinal)
         SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING",
        key,
        ordinals
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    sqlx::query!(
        "UPDATE cards SET suspended = dropped = 2, dropped = 0
          WHERE item_id = ?1 AND dropped <> 0
            AND ordinal IN (SELECT value FROM json_each(?2))",
        key,
        ordinals
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    sqlx::query!(
        "UPDATE cards SET dropped = 1 + suspended, suspended = 1
          WHERE item_id = ?1 AND dropped = 0
            AND ordinal NOT IN (SELECT value FROM json_each(?2))",
        key,
        ordinals
    )
    .execute(tx)
    .await
    .map_err(&doing)?;
    Ok(())
}

impl Store {
    /// The question that an item was made from, as an item.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn source_of(&self, item: &ItemId) -> Result<Option<String>, StoreError> {
        let key = item.as_str();
        sqlx::query_scalar!("SELECT question_id FROM card_sources WHERE item_id = ?", key)
            .fetch_optional(&self.pool)
            .await
            .map_err(StoreError::during("reading where a card came from"))
    }

    /// The item that was made from a question, if it is still in its deck.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn made_from(&self, question: &ItemId) -> Result<Option<String>, StoreError> {
        let key = question.as_str();
        sqlx::query_scalar!(
            "SELECT s.item_id FROM card_sources s JOIN items i ON i.id = s.item_id
              WHERE s.question_id = ? AND i.retired_ms IS NULL",
            key
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading which card was made"))
    }

    /// Adds items to a deck, after those that it has, and says what they were made from; makes the
    /// deck when there is none. Items of the deck that are not given stay as they are.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn add_made(
        &self,
        deck: &Deck,
        source: DeckSource,
        questions: &[ItemId],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("making a card");
        let slug = deck.meta.slug.as_str();
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        // No deck file has this hash, so that bringing the deck in whole is never skipped.
        let hash = ContentHash::from(format!("made {now_ms}"));
        let known = sqlx::query_scalar!("SELECT id FROM decks WHERE slug = ?", slug)
            .fetch_optional(&mut *tx)
            .await
            .map_err(&doing)?;
        let deck_id = match known {
            Some(id) => id,
            None => upsert_deck(&mut tx, deck, source, &hash, now_ms).await?,
        };
        put_media(&mut tx, deck, deck_id).await?;
        let first = sqlx::query_scalar!(
            r#"SELECT coalesce(max(position) + 1, 0) AS "next!: u32" FROM items WHERE deck_id = ?"#,
            deck_id
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        let mut change = DeckChange::default();
        for ((item, question), position) in deck.items.iter().zip(questions).zip(first as usize..) {
            put_item(&mut tx, deck, deck_id, position, item, now_ms, &mut change).await?;
            let id = item.id(&deck.meta.slug);
            let (id, question) = (id.as_str(), question.as_str());
            sqlx::query!(
                "INSERT INTO card_sources (item_id, question_id) VALUES (?, ?)
                 ON CONFLICT (question_id) DO UPDATE SET item_id = excluded.item_id",
                id,
                question
            )
            .execute(&mut *tx)
            .await
            .map_err(&doing)?;
        }
        tx.commit().await.map_err(&doing)
    }

    /// Of the times a card was seen in review, how often it was recalled, and how often it was
    /// seen; gradings that are undone do not count.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be counted.
    pub async fn recalled(&self, card: i64) -> Result<(u32, u32), StoreError> {
        let row = sqlx::query!(
            r#"SELECT count(*) FILTER (WHERE grade > 1) AS "recalled!: u32",
                      count(*) AS "reviewed!: u32"
                 FROM reviews r
                WHERE card_id = ? AND before = 'review' AND NOT EXISTS
                      (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id)"#,
            card
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("counting the reviews of a card"))?;
        Ok((row.recalled, row.reviewed))
    }

    /// Whether an item of this id was ever in the collection.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn has_item(&self, id: &ItemId) -> Result<bool, StoreError> {
        let key = id.as_str();
        let found = sqlx::query_scalar!("SELECT 1 AS there FROM items WHERE id = ?", key)
            .fetch_optional(&self.pool)
            .await
            .map_err(StoreError::during("looking for an item"))?;
        Ok(found.is_some())
    }
}
