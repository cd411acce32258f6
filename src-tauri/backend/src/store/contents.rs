//! What a collection holds of the learner, by names that are the same in every copy of it, so that
//! two copies can be held against each other.

use std::collections::HashMap;

use super::{Store, StoreError};

/// Names, each with a time in Unix milliseconds.
pub type Dated = HashMap<String, i64>;

/// What is the learner's in a collection. Decks that come with Sitwell are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Answers to cards, with when they were given.
    pub reviews: Dated,
    /// Sittings as far as they have come, with when they began.
    pub sittings: Dated,
    /// Whatever else was done to cards, items and decks, with when.
    pub edits: Dated,
    /// Cards, with when their item came.
    pub cards: Dated,
    /// Decks, with when they were last changed.
    pub decks: Dated,
    /// Settings, by name.
    pub settings: HashMap<String, String>,
}

impl Store {
    /// What is the learner's in this collection.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        let doing = StoreError::during("reading what the collection holds");
        let reviews = sqlx::query!("SELECT operation_id, card_id, at_ms FROM reviews")
            .fetch_all(&self.pool)
            .await
            .map_err(&doing)?;
        let sittings = sqlx::query!(
            r#"SELECT s.id, s.started_ms, s.deleted_ms IS NULL AS "here!: bool",
                      (SELECT count(*) FROM sitting_events e WHERE e.sitting_id = s.id) AS events
                 FROM sittings s"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let edits = sqlx::query!(
            r#"SELECT id AS "id!", at_ms, kind FROM operations
                WHERE kind NOT IN ('review', 'history')"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let cards = sqlx::query!(
            "SELECT c.item_id, c.ordinal, s.added_ms
               FROM cards c
               JOIN decks d ON d.id = c.deck_id
               JOIN search_items s ON s.id = c.search_id
              WHERE d.source <> 'bundled' AND c.absent = 0"
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let decks = sqlx::query!(
            "SELECT slug, updated_ms FROM decks WHERE source <> 'bundled' AND deleted_ms IS NULL"
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let chosen = sqlx::query!("SELECT key, value FROM settings")
            .fetch_all(&self.pool)
            .await
            .map_err(&doing)?;
        Ok(Contents {
            reviews: reviews
                .into_iter()
                .map(|r| (format!("{}/{}/{}", r.operation_id, r.card_id, r.at_ms), r.at_ms))
                .collect(),
            sittings: sittings
                .into_iter()
                .map(|s| (format!("{}/{}/{}", s.id, s.events, s.here), s.started_ms))
                .collect(),
            edits: edits
                .into_iter()
                .map(|e| (format!("{}/{}/{}", e.id, e.kind, e.at_ms), e.at_ms))
                .collect(),
            cards: cards
                .into_iter()
                .map(|c| (format!("{}/{}", c.item_id, c.ordinal), c.added_ms))
                .collect(),
            decks: decks.into_iter().map(|d| (d.slug, d.updated_ms)).collect(),
            settings: chosen.into_iter().map(|s| (s.key, s.value)).collect(),
        })
    }
}
