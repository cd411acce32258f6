//! What a learner holds against items, until it is sent to the author of the deck.

use super::{Store, StoreError};
use crate::deck::{ContentHash, Item, ItemId};

/// A report to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewItemReport<'a> {
    /// Which item.
    pub item: &'a ItemId,
    /// The wording it is about.
    pub version: &'a ContentHash,
    /// `key`, `ambiguous`, `outdated` or `other`.
    pub reason: &'a str,
    /// The learner's words.
    pub words: &'a str,
    /// When, Unix milliseconds.
    pub now_ms: i64,
}

/// A report as kept, with the wording it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptItemReport {
    /// Identity.
    pub id: i64,
    /// Which item.
    pub item_id: String,
    /// Hash of the wording.
    pub version: String,
    /// The wording.
    pub item: Item,
    /// Slug of its deck.
    pub deck: String,
    /// What the deck is called.
    pub deck_title: String,
    /// Version of the deck as it is now.
    pub deck_version: String,
    /// As in [`NewItemReport`].
    pub reason: String,
    /// The learner's words.
    pub words: String,
    /// When, Unix milliseconds.
    pub reported_ms: i64,
}

impl Store {
    /// Keeps a report. One that says the same about the same wording is not kept twice.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_item_report(&self, new: NewItemReport<'_>) -> Result<(), StoreError> {
        let (item, version) = (new.item.as_str(), new.version.as_str());
        sqlx::query!(
            "INSERT INTO item_reports (item_id, version, reason, words, reported_ms)
             SELECT ?1, ?2, ?3, ?4, ?5
              WHERE NOT EXISTS (SELECT 1 FROM item_reports
                                 WHERE item_id = ?1 AND version = ?2 AND reason = ?3
                                   AND words = ?4)",
            item,
            version,
            new.reason,
            new.words,
            new.now_ms
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping a report"))?;
        Ok(())
    }

    /// All reports, by deck and item, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn item_reports(&self) -> Result<Vec<KeptItemReport>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT r.id AS "id!", r.item_id, r.version, r.reason, r.words, r.reported_ms,
                      v.content, d.slug, d.title, d.version AS deck_version
                 FROM item_reports r
                 JOIN item_versions v ON v.item_id = r.item_id AND v.hash = r.version
                 JOIN items i ON i.id = r.item_id
                 JOIN decks d ON d.id = i.deck_id
                ORDER BY d.title, d.slug, r.item_id, r.reported_ms, r.id"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("listing the reports"))?;
        rows.into_iter()
            .map(|row| {
                let damaged = StoreError::damaged("question", &*row.item_id);
                Ok(KeptItemReport {
                    id: row.id,
                    item: serde_json::from_str(&row.content).map_err(damaged)?,
                    item_id: row.item_id,
                    version: row.version,
                    deck: row.slug,
                    deck_title: row.title,
                    deck_version: row.deck_version,
                    reason: row.reason,
                    words: row.words,
                    reported_ms: row.reported_ms,
                })
            })
            .collect()
    }

    /// Takes a report back; whether there was one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn remove_item_report(&self, id: i64) -> Result<bool, StoreError> {
        let done = sqlx::query!("DELETE FROM item_reports WHERE id = ?", id)
            .execute(&self.pool)
            .await
            .map_err(StoreError::during("removing a report"))?;
        Ok(done.rows_affected() > 0)
    }
}
