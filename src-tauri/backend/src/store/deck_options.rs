//! How decks are studied, and what waits and was done in each.

use std::collections::BTreeMap;

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
        let doing = StoreError::during("counting the cards of each deck");
        // Each part is answered from an index alone; put off today are few.
        let new = sqlx::query!(
            r#"SELECT deck_id AS "deck!",
                      count(*) - (SELECT count(*) FROM cards b
                                   WHERE b.buried_day = ?1 AND b.deck_id = c.deck_id
                                     AND b.phase = 'new' AND b.suspended = 0 AND b.absent = 0)
                          AS "cards!: u32"
                 FROM cards c WHERE phase = 'new' AND suspended = 0 AND absent = 0
                GROUP BY deck_id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let review = sqlx::query!(
            r#"SELECT deck_id AS "deck!", count(*) AS "cards!: u32" FROM cards
                WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day <= ?1
                  AND buried_day IS NOT ?1
                GROUP BY deck_id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let done = sqlx::query!(
            r#"SELECT deck_id AS "deck!",
                      count(*) FILTER (WHERE before = 'new') AS "new!: u32",
                      count(*) FILTER (WHERE before = 'review') AS "review!: u32"
                 FROM standing_reviews WHERE day = ? GROUP BY deck_id"#,
            today
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        let mut days: BTreeMap<i64, DeckDay> = BTreeMap::new();
        for row in new {
            days.entry(row.deck).or_default().new = row.cards;
        }
        for row in review {
            days.entry(row.deck).or_default().review = row.cards;
        }
        for row in done {
            let day = days.entry(row.deck).or_default();
            (day.new_done, day.review_done) = (row.new, row.review);
        }
        Ok(days.into_iter().collect())
    }

    /// The deck of a card; 0 when there is no such card.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn deck_of(&self, card: i64) -> Result<i64, StoreError> {
        let deck = sqlx::query_scalar!("SELECT deck_id FROM cards WHERE id = ?", card)
            .fetch_optional(&self.pool)
            .await
            .map_err(StoreError::during("reading the deck of a card"))?;
        Ok(deck.unwrap_or_default())
    }
}
