//! The library: decks with what is in them, counted by SQL over the whole collection.

use super::{Store, StoreError};
use crate::deck::DeckMeta;

/// What is in a deck itself, without those below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeckCounts {
    /// Cards, suspended ones included.
    pub cards: u32,
    /// Questions.
    pub questions: u32,
    /// Cards due on the day, those within steps included.
    pub due: u32,
    /// Cards never seen.
    pub new: u32,
    /// Cards taken out of study.
    pub suspended: u32,
    /// Reviews in the last 30 days, first showings in review alone.
    pub reviews: u32,
    /// Those that were recalled.
    pub recalled: u32,
}

impl std::ops::AddAssign for DeckCounts {
    fn add_assign(&mut self, other: Self) {
        self.cards += other.cards;
        self.questions += other.questions;
        self.due += other.due;
        self.new += other.new;
        self.suspended += other.suspended;
        self.reviews += other.reviews;
        self.recalled += other.recalled;
    }
}

/// A deck as the library shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryDeck {
    /// Identity in the store.
    pub id: i64,
    /// `bundled`, `file`, `catalogue` or `made`.
    pub source: String,
    /// Its front matter.
    pub meta: DeckMeta,
    /// When it was last changed.
    pub updated_ms: i64,
    /// What is in it.
    pub counts: DeckCounts,
}

impl Store {
    /// All decks with what is in each, on the study day `today` that ends at `ends_ms`.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn library(&self, today: i64, ends_ms: i64) -> Result<Vec<LibraryDeck>, StoreError> {
        let first_day = today - 29;
        let rows = sqlx::query!(
            r#"WITH in_cards AS (
                   SELECT deck_id, count(*) FILTER (WHERE absent = 0) AS cards,
                          count(*) FILTER (WHERE absent = 0 AND phase = 'new' AND suspended = 0)
                              AS new,
                          count(*) FILTER (WHERE absent = 0 AND suspended = 1) AS suspended,
                          count(*) FILTER (WHERE suspended = 0 AND buried_day IS NOT ?1
                              AND (phase = 'review' AND due_day <= ?1
                                   OR phase IN ('learning', 'relearning') AND due_ms < ?2)) AS due
                     FROM cards WHERE absent < 2 GROUP BY deck_id),
               in_items AS (
                   SELECT deck_id, count(*) AS questions FROM items
                    WHERE kind = 'question' AND retired_ms IS NULL AND deleted_ms IS NULL
                    GROUP BY deck_id),
               in_reviews AS (
                   SELECT deck_id, count(*) AS reviews, sum(recalled) AS recalled
                     FROM recalls WHERE day BETWEEN ?3 AND ?1 GROUP BY deck_id)
               SELECT d.id AS "id!", d.slug, d.title, d.source, d.meta, d.updated_ms,
                      coalesce(c.cards, 0) AS "cards!: u32",
                      coalesce(i.questions, 0) AS "questions!: u32",
                      coalesce(c.due, 0) AS "due!: u32",
                      coalesce(c.new, 0) AS "new!: u32",
                      coalesce(c.suspended, 0) AS "suspended!: u32",
                      coalesce(r.reviews, 0) AS "reviews!: u32",
                      coalesce(r.recalled, 0) AS "recalled!: u32"
                 FROM decks d
                 LEFT JOIN in_cards c ON c.deck_id = d.id
                 LEFT JOIN in_items i ON i.deck_id = d.id
                 LEFT JOIN in_reviews r ON r.deck_id = d.id
                WHERE d.deleted_ms IS NULL"#,
            today,
            ends_ms,
            first_day
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the library"))?;
        rows.into_iter()
            .map(|row| {
                let meta: DeckMeta = serde_json::from_str(&row.meta)
                    .map_err(StoreError::damaged("front matter of deck", row.slug))?;
                Ok(LibraryDeck {
                    id: row.id,
                    source: row.source,
                    meta: DeckMeta { title: row.title, ..meta },
                    updated_ms: row.updated_ms,
                    counts: DeckCounts {
                        cards: row.cards,
                        questions: row.questions,
                        due: row.due,
                        new: row.new,
                        suspended: row.suspended,
                        reviews: row.reviews,
                        recalled: row.recalled,
                    },
                })
            })
            .collect()
    }

    /// Every slug that a deck has or had.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn deck_slugs(&self) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar!("SELECT slug FROM decks")
            .fetch_all(&self.pool)
            .await
            .map_err(StoreError::during("reading the names of decks"))
    }
}
