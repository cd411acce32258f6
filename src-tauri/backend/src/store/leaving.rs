//! What leaves the collection: the items of a deck, and what was learned of them.

use super::cards::{CardRow, card, parse_phase};
use super::reviews::parse_grade;
use super::{Store, StoreError};
use crate::deck::Item;
use crate::study::{CardState, Grade, Phase};

/// An item as it leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct LeavingItem {
    /// Its words, with the tags that stand.
    pub item: Item,
    /// What Anki calls it, where it came from there.
    pub guid: Option<String>,
    /// When its words were kept, Unix milliseconds.
    pub changed_ms: i64,
}

/// A review as it leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeavingReview {
    /// Which card.
    pub card: i64,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// How the card was recalled.
    pub grade: Grade,
    /// Time to answer, milliseconds.
    pub taken_ms: u32,
    /// Where the card stood before.
    pub before: Phase,
    /// Where it stood after, without its memory.
    pub after: CardState,
}

impl Store {
    /// The items of a deck in its order, without those that are gone.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn leaving_items(&self, deck: i64) -> Result<Vec<LeavingItem>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT i.id, v.content, v.created_ms,
                      (SELECT json_group_array(t.tag)
                         FROM search_items s JOIN search_tags t ON t.search_id = s.id
                        WHERE s.item_id = i.id) AS "tags!: String",
                      (SELECT s.guid FROM item_sources s
                        WHERE s.item_id = i.id AND s.scheme = 'anki' LIMIT 1) AS "guid: String"
                 FROM items i
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE i.deck_id = ? AND i.retired_ms IS NULL AND i.deleted_ms IS NULL
                ORDER BY i.position"#,
            deck
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the items of a deck"))?;
        rows.into_iter()
            .map(|row| {
                let mut item: Item = serde_json::from_str(&row.content)
                    .map_err(StoreError::damaged("item", &*row.id))?;
                let standing: Vec<String> = serde_json::from_str(&row.tags)
                    .map_err(StoreError::damaged("item", &*row.id))?;
                // The wording's tags keep the author's order.
                item.tags.retain(|tag| standing.contains(tag));
                let given: Vec<String> =
                    standing.into_iter().filter(|tag| !item.tags.contains(tag)).collect();
                item.tags.extend(given);
                Ok(LeavingItem { item, guid: row.guid, changed_ms: row.created_ms })
            })
            .collect()
    }

    /// What a deck says before its items, Markdown.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn introduction(&self, deck: i64) -> Result<String, StoreError> {
        sqlx::query_scalar!("SELECT introduction FROM decks WHERE id = ?", deck)
            .fetch_one(&self.pool)
            .await
            .map_err(StoreError::during("reading a deck"))
    }

    /// The cards of a deck of which something is known.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn leaving_cards(&self, deck: i64) -> Result<Vec<CardRow>, StoreError> {
        let doing = StoreError::during("reading the cards of a deck");
        let mut connection = self.pool.acquire().await.map_err(&doing)?;
        let ids = sqlx::query_scalar!(
            "SELECT id FROM cards
              WHERE deck_id = ? AND absent = 0 AND dropped = 0
                AND (phase <> 'new' OR suspended = 1 OR flag <> 0)
              ORDER BY item_id, ordinal",
            deck
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(&doing)?;
        let mut cards = Vec::with_capacity(ids.len());
        for id in ids {
            cards.extend(card(&mut connection, id).await?);
        }
        Ok(cards)
    }

    /// The reviews that the memories of a deck's cards are made of, by card, in order.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn leaving_reviews(&self, deck: i64) -> Result<Vec<LeavingReview>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT m.card_id AS "card!: i64", m.at_ms AS "at_ms!: i64", m.grade AS "grade!: i64",
                      m.taken_ms AS "taken_ms!: u32", m.before AS "before!: String",
                      r.after AS "after!: String"
                 FROM remembered_reviews m JOIN reviews r ON r.operation_id = m.operation_id
                WHERE m.deck_id = ? ORDER BY m.card_id, m.operation_id"#,
            deck
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the reviews of a deck"))?;
        rows.into_iter()
            .map(|row| {
                Ok(LeavingReview {
                    card: row.card,
                    at_ms: row.at_ms,
                    grade: parse_grade(row.grade, row.card)?,
                    taken_ms: row.taken_ms,
                    before: parse_phase(&row.before, row.card)?,
                    after: serde_json::from_str(&row.after)
                        .map_err(StoreError::damaged("review of card", row.card.to_string()))?,
                })
            })
            .collect()
    }
}
