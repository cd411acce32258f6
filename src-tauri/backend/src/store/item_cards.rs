//! The cards that items make, and where made ones came from.

use sqlx::SqliteConnection;

use super::items::insert_made;
use super::media::put_media;
use super::{Store, StoreError};
use crate::deck::{Item, ItemBody, ItemId, MediaFile};

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
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    sqlx::query!(
        "UPDATE search_items SET rows = r.rows FROM item_rows r
          WHERE search_items.item_id = ? AND r.id = search_items.id
            AND r.rows <> search_items.rows",
        key
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
            .fetch_optional(&mut *self.near().await?)
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
              WHERE s.question_id = ? AND i.retired_ms IS NULL AND i.deleted_ms IS NULL",
            key
        )
        .fetch_optional(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading which card was made"))
    }

    /// Puts a card made from a question at the end of a deck, with the files it shows, as one
    /// operation, and says what it was made from.
    ///
    /// # Errors
    /// [`StoreError`] when its id is taken or it cannot be written; nothing is changed then.
    pub async fn make_card_of(
        &self,
        deck_id: i64,
        (id, item): (&ItemId, &Item),
        question: &ItemId,
        files: &[MediaFile],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("making a card");
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        put_media(&mut tx, files, deck_id).await?;
        insert_made(&mut tx, deck_id, id, item, now_ms).await?;
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
        tx.commit().await.map_err(&doing)
    }
}
