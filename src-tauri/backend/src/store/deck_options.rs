//! How decks are studied, and what waits and was done in each.

use super::{Store, StoreError};
use crate::study::StudyOptions;

/// A deck with what it says itself about its study.
#[derive(Debug, Clone, PartialEq)]
pub struct StudiedDeck {
    /// Identity in the store.
    pub id: i64,
    /// Identity for ever.
    pub slug: String,
    /// Title with the decks it hangs under.
    pub title: String,
    /// Its own options; none when it inherits.
    pub options: Option<StudyOptions>,
}

/// What waits in a deck itself, and what was done in it on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeckDay {
    /// Cards never seen.
    pub new: u32,
    /// Cards in review, due by the day.
    pub review: u32,
    /// Cards introduced on the day.
    pub new_done: u32,
    /// Cards in review seen on the day.
    pub review_done: u32,
}

impl Store {
    /// All decks with their own options, in the order they came.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or options do not read back.
    pub async fn studied_decks(&self) -> Result<Vec<StudiedDeck>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT d.id AS "id!", d.slug, d.title, o.options AS "options?"
                 FROM decks d LEFT JOIN deck_options o ON o.deck_id = d.id
                WHERE d.deleted_ms IS NULL ORDER BY d.id"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading how decks are studied"))?;
        rows.into_iter()
            .map(|row| {
                let options = row
                    .options
                    .map(|json| serde_json::from_str(&json))
                    .transpose()
                    .map_err(StoreError::damaged("options of deck", &*row.slug))?;
                Ok(StudiedDeck { id: row.id, slug: row.slug, title: row.title, options })
            })
            .collect()
    }

    /// What waits in each deck and what was done in it on the study day; decks with neither are
    /// left out.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be counted.
    pub async fn deck_days(&self, today: i64) -> Result<Vec<(i64, DeckDay)>, StoreError> {
        let doing = StoreError::during("counting the cards of each deck");
        let waiting = sqlx::query!(
            r#"SELECT i.deck_id AS "deck!",
                      count(*) FILTER (WHERE c.phase = 'new' AND i.retired_ms IS NULL)
                          AS "new!: u32",
                      count(*) FILTER (WHERE c.phase = 'review') AS "review!: u32"
                 FROM cards c JOIN items i ON i.id = c.item_id
                WHERE c.suspended = 0 AND c.buried_day IS NOT ?1
                  AND (c.phase = 'new' OR (c.phase = 'review' AND c.due_day <= ?1))
                GROUP BY i.deck_id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let done = sqlx::query!(
            r#"SELECT i.deck_id AS "deck!",
                      count(*) FILTER (WHERE r.before = 'new') AS "new!: u32",
                      count(*) FILTER (WHERE r.before = 'review') AS "review!: u32"
                 FROM reviews r JOIN cards c ON c.id = r.card_id JOIN items i ON i.id = c.item_id
                WHERE r.day = ? AND NOT EXISTS
                      (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id)
                GROUP BY i.deck_id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let mut days: Vec<(i64, DeckDay)> = waiting
            .into_iter()
            .map(|row| {
                (row.deck, DeckDay { new: row.new, review: row.review, ..DeckDay::default() })
            })
            .collect();
        for row in done {
            let done = DeckDay { new_done: row.new, review_done: row.review, ..DeckDay::default() };
            match days.iter_mut().find(|(deck, _)| *deck == row.deck) {
                Some((_, day)) => *day = DeckDay { new: day.new, review: day.review, ..done },
                None => days.push((row.deck, done)),
            }
        }
        Ok(days)
    }

    /// The deck of an item.
    ///
    /// # Errors
    /// [`StoreError`] when there is no such item or it cannot be read.
    pub async fn deck_of(&self, item: &crate::deck::ItemId) -> Result<i64, StoreError> {
        let key = item.as_str();
        sqlx::query_scalar!("SELECT deck_id FROM items WHERE id = ?", key)
            .fetch_one(&self.pool)
            .await
            .map_err(StoreError::during("reading the deck of an item"))
    }
}
