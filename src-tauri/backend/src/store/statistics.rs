//! What the log and the cards say in sum.

use super::cards::{memory, parse_phase};
use super::reviews::{parse_grade, scope};
use super::{LoggedReview, Store, StoreError};
use crate::study::Memory;

/// Interval from which a card counts as mature, days: as learners know it from Anki. The triggers
/// that count recalls have it too.
pub const MATURE_DAYS: u32 = 21;

/// Cards by where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Never seen.
    pub new: u32,
    /// In steps.
    pub learning: u32,
    /// In review, below the interval of a mature card.
    pub young: u32,
    /// In review, at it or above.
    pub mature: u32,
    /// Taken out of study; the others are not.
    pub suspended: u32,
}

/// First showings in review, and how many of them were recalled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recalled {
    /// Showings.
    pub of: u32,
    /// Those that were recalled.
    pub hits: u32,
}

/// A study day of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedDay {
    /// The study day.
    pub day: i64,
    /// Gradings.
    pub count: u32,
    /// Time they took, milliseconds.
    pub ms: i64,
}

/// Cards in review that are alike: due on one day, with about the same memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlikeCards {
    /// Their deck.
    pub deck: i64,
    /// The study day they are due on.
    pub due_day: i64,
    /// The study day they were last seen on, on average.
    pub last_day: i64,
    /// Their mean memory.
    pub memory: Memory,
    /// How many.
    pub cards: u32,
}

/// A review of a card whose history was read, and whether it is one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryReview {
    /// The review.
    pub review: LoggedReview,
    /// Whether it is one of those asked for, not only their history.
    pub asked: bool,
}

impl Store {
    /// Cards by where they stand.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be counted.
    pub async fn standing(&self, decks: Option<&[i64]>) -> Result<Standing, StoreError> {
        let decks = scope(decks);
        let row = sqlx::query!(
            r#"SELECT count(*) FILTER (WHERE suspended) AS "suspended!: u32",
                      count(*) FILTER (WHERE phase = 'new' AND NOT suspended) AS "new!: u32",
                      count(*) FILTER (WHERE phase IN ('learning', 'relearning')
                                         AND NOT suspended) AS "learning!: u32",
                      count(*) FILTER (WHERE phase = 'review' AND NOT suspended
                                         AND interval < ?1) AS "young!: u32",
                      count(*) FILTER (WHERE phase = 'review' AND NOT suspended
                                         AND interval >= ?1) AS "mature!: u32"
                 FROM cards
                WHERE absent = 0 AND (?2 IS NULL OR deck_id IN (SELECT value FROM json_each(?2)))"#,
            MATURE_DAYS,
            decks
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("counting cards"))?;
        Ok(Standing {
            new: row.new,
            learning: row.learning,
            young: row.young,
            mature: row.mature,
            suspended: row.suspended,
        })
    }

    /// Cards due on each study day from today to `last`, today with what is late and what is in
    /// steps; days without any are left out.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn due_ahead(
        &self,
        decks: Option<&[i64]>,
        today: i64,
        last: i64,
    ) -> Result<Vec<(i64, u32)>, StoreError> {
        let decks = scope(decks);
        let rows = sqlx::query!(
            r#"SELECT CASE phase WHEN 'review' THEN max(due_day, ?1) ELSE ?1 END AS "day!: i64",
                      count(*) AS "cards!: u32"
                 FROM cards
                WHERE suspended = 0 AND absent < 2
                  AND (phase = 'review' AND due_day <= ?2 OR phase IN ('learning', 'relearning'))
                  AND (?3 IS NULL OR deck_id IN (SELECT value FROM json_each(?3)))
                GROUP BY 1 ORDER BY 1"#,
            today,
            last,
            decks
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting due cards"))?;
        Ok(rows.into_iter().map(|row| (row.day, row.cards)).collect())
    }

    /// True retention since a study day: young and mature cards.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn retention(
        &self,
        decks: Option<&[i64]>,
        since: Option<i64>,
    ) -> Result<(Recalled, Recalled), StoreError> {
        let decks = scope(decks);
        let rows = sqlx::query!(
            r#"SELECT mature AS "mature: bool", sum(shown) AS "of!: u32",
                      sum(recalled) AS "hits!: u32"
                 FROM recall_counts
                WHERE (?1 IS NULL OR day >= ?1)
                  AND (?2 IS NULL OR deck_id IN (SELECT value FROM json_each(?2)))
                GROUP BY mature"#,
            since,
            decks
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting what was recalled"))?;
        let mut both = (Recalled::default(), Recalled::default());
        for row in rows {
            let side = if row.mature { &mut both.1 } else { &mut both.0 };
            *side = Recalled { of: row.of, hits: row.hits };
        }
        Ok(both)
    }

    /// Gradings and time on each study day since `since` that had any, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn logged_days(
        &self,
        decks: Option<&[i64]>,
        since: i64,
    ) -> Result<Vec<LoggedDay>, StoreError> {
        let decks = scope(decks);
        sqlx::query_as!(
            LoggedDay,
            r#"SELECT day AS "day!", sum(gradings) AS "count!: u32", sum(taken_ms) AS "ms!: i64"
                 FROM done_counts
                WHERE day >= ?1 AND gradings <> 0
                  AND (?2 IS NULL OR deck_id IN (SELECT value FROM json_each(?2)))
                GROUP BY day ORDER BY day"#,
            since,
            decks
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting the days of study"))
    }

    /// How many cards have a stability, and a difficulty, of so many whole days and points.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn memories(
        &self,
        decks: Option<&[i64]>,
    ) -> Result<Vec<(u32, u32, u32)>, StoreError> {
        let decks = scope(decks);
        let rows = sqlx::query!(
            r#"SELECT CAST(stability AS INTEGER) AS "stability!: u32",
                      CAST(difficulty AS INTEGER) AS "difficulty!: u32",
                      count(*) AS "cards!: u32"
                 FROM cards
                WHERE stability IS NOT NULL AND absent = 0
                  AND (?1 IS NULL OR deck_id IN (SELECT value FROM json_each(?1)))
                GROUP BY 1, 2"#,
            decks
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting memories"))?;
        Ok(rows.into_iter().map(|row| (row.stability, row.difficulty, row.cards)).collect())
    }

    /// The latest first showings in review, with the whole history of their cards: by card, in
    /// order.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn latest_recalls(
        &self,
        decks: Option<&[i64]>,
        limit: u32,
    ) -> Result<Vec<HistoryReview>, StoreError> {
        let decks = scope(decks);
        let rows = sqlx::query!(
            r#"WITH latest AS MATERIALIZED (
                   SELECT operation_id, card_id FROM recalls
                    WHERE ?1 IS NULL OR deck_id IN (SELECT value FROM json_each(?1))
                    ORDER BY operation_id DESC LIMIT ?2)
               SELECT s.operation_id AS "id!", s.card_id AS "card!", s.deck_id AS "deck!",
                      s.day AS "day!", s.grade AS "grade!", s.before AS "before!",
                      s.operation_id IN (SELECT operation_id FROM latest) AS "asked!: bool"
                 FROM remembered_reviews s
                WHERE s.card_id IN (SELECT card_id FROM latest)
                ORDER BY s.card_id, s.operation_id"#,
            decks,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the latest reviews"))?;
        rows.into_iter()
            .map(|row| {
                let review = LoggedReview {
                    id: row.id,
                    card: row.card,
                    deck: row.deck,
                    day: row.day,
                    grade: parse_grade(row.grade, row.card)?,
                    before: parse_phase(&row.before, row.card)?,
                };
                Ok(HistoryReview { review, asked: row.asked })
            })
            .collect()
    }

    /// How long the latest gradings took, milliseconds, latest first.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn latest_taken_ms(&self, limit: u32) -> Result<Vec<u32>, StoreError> {
        sqlx::query_scalar!(
            r#"SELECT taken_ms AS "taken_ms: u32" FROM reviews r
                WHERE NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id)
                ORDER BY operation_id DESC LIMIT ?"#,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading how long gradings took"))
    }

    /// Gradings of a study day that were recalled, and cards in review that were due before it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn recalled_and_overdue(&self, today: i64) -> Result<(u32, u32), StoreError> {
        let row = sqlx::query!(
            r#"SELECT (SELECT count(*) FROM standing_reviews WHERE day = ?1 AND grade > 1)
                          AS "recalled!: u32",
                      (SELECT count(*) FROM cards
                        WHERE phase = 'review' AND suspended = 0 AND absent < 2
                          AND due_day < ?1 AND buried_day IS NOT ?1) AS "overdue!: u32""#,
            today
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("counting today's cards"))?;
        Ok((row.recalled, row.overdue))
    }

    /// The cards in review that are due by a study day, put together where they are alike.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn alike_cards(&self, last: i64) -> Result<Vec<AlikeCards>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT deck_id, due_day AS "due_day!",
                      CAST(avg(last_day) AS INTEGER) AS "last_day!: i64",
                      avg(stability) AS "stability!: f64", avg(difficulty) AS "difficulty!: f64",
                      count(*) AS "cards!: u32"
                 FROM cards
                WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day <= ?1
                  AND stability IS NOT NULL AND last_day IS NOT NULL
                GROUP BY deck_id, due_day, CAST(difficulty AS INTEGER),
                         CASE WHEN stability < 10 THEN CAST(stability AS INTEGER)
                              WHEN stability < 100 THEN 10 + CAST(stability / 10 AS INTEGER)
                              ELSE 20 + CAST(stability / 100 AS INTEGER) END
                ORDER BY 2, 1, 4, 5"#,
            last
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading what is due"))?;
        let alike = rows.into_iter().filter_map(|row| {
            Some(AlikeCards {
                deck: row.deck_id,
                due_day: row.due_day,
                last_day: row.last_day,
                memory: memory(Some(row.stability), Some(row.difficulty))?,
                cards: row.cards,
            })
        });
        Ok(alike.collect())
    }

    /// For each task, its cards that were reviewed, and those that lapsed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn lapsed_by_task(&self) -> Result<Vec<(String, Recalled)>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT task, count(*) AS "of!: u32",
                      count(*) FILTER (WHERE lapses = 0) AS "hits!: u32"
                 FROM cards
                WHERE phase IN ('review', 'relearning') AND absent < 2 AND task <> ''
                GROUP BY task"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("counting lapses"))?;
        Ok(rows
            .into_iter()
            .map(|row| (row.task, Recalled { of: row.of, hits: row.hits }))
            .collect())
    }
}
