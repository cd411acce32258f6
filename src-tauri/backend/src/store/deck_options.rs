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
    /// Whether it is shipped with Sitwell.
    pub bundled: bool,
    /// Code of the exam whose tasks its items name.
    pub blueprint: Option<String>,
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
            r#"SELECT d.id AS "id!", d.slug, d.title, d.source, d.blueprint, o.options AS "options?"
                 FROM decks d LEFT JOIN deck_options o ON o.deck_id = d.id
                WHERE d.deleted_ms IS NULL ORDER BY d.id"#
        )
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading how decks are studied"))?;
        rows.into_iter()
            .map(|row| {
                let options = row
                    .options
                    .map(|json| serde_json::from_str(&json))
                    .transpose()
                    .map_err(StoreError::damaged("options of deck", &*row.slug))?;
                Ok(StudiedDeck {
                    id: row.id,
                    slug: row.slug,
                    title: row.title,
                    bundled: row.source == "bundled",
                    blueprint: row.blueprint,
                    options,
                })
            })
            .collect()
    }

    /// What waits in each deck and what was done in it on the study day; decks with neither are
    /// left out.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be counted.
    pub async fn deck_days(&self, today: i64) -> Result<Vec<(i64, DeckDay)>, StoreError> {
        // Put off today are few; the rest is counted as it changes.
        let rows = sqlx::query!(
            r#"SELECT deck_id AS "deck!: i64", sum(new) AS "new!: u32",
                      sum(review) AS "review!: u32", sum(new_done) AS "new_done!: u32",
                      sum(review_done) AS "review_done!: u32"
                 FROM (SELECT deck_id, cards AS new, 0 AS review, 0 AS new_done, 0 AS review_done
                         FROM new_counts
                       UNION ALL
                       SELECT deck_id, 0, cards, 0, 0 FROM due_counts WHERE due_day <= ?1
                       UNION ALL
                       SELECT deck_id, -(phase = 'new' AND absent = 0),
                              -(phase = 'review' AND due_day <= ?1), 0, 0
                         FROM cards WHERE buried_day = ?1 AND suspended = 0 AND absent < 2
                       UNION ALL
                       SELECT deck_id, 0, 0, introduced, in_review FROM done_counts WHERE day = ?1)
                GROUP BY 1 ORDER BY 1"#,
            today
        )
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("counting the cards of each deck"))?;
        let days = rows.into_iter().map(|row| {
            let day = DeckDay {
                new: row.new,
                review: row.review,
                new_done: row.new_done,
                review_done: row.review_done,
            };
            (row.deck, day)
        });
        Ok(days.filter(|(_, day)| *day != DeckDay::default()).collect())
    }

    /// The deck of a card; 0 when there is no such card.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn deck_of(&self, card: i64) -> Result<i64, StoreError> {
        let deck = sqlx::query_scalar!("SELECT deck_id FROM cards WHERE id = ?", card)
            .fetch_optional(&mut *self.near().await?)
            .await
            .map_err(StoreError::during("reading the deck of a card"))?;
        Ok(deck.unwrap_or_default())
    }
}
