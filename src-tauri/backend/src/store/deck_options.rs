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
