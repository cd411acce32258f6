//! The questions that papers are drawn from.

use super::{Store, StoreError};
use crate::deck::Places;
use crate::exam::{BankItem, Mode};

/// A deck that holds questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionDeck {
    /// Identity.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// Whether it comes with Sitwell.
    pub bundled: bool,
    /// Current questions in it.
    pub questions: u32,
}

impl Store {
    /// The questions that can serve in a paper of an exam, with this learner's history, ordered by
    /// id: those of its decks, and those of other decks that name a task of it.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn bank(&self, exam: &str) -> Result<Vec<BankItem>, StoreError> {
        self.bank_rows(exam, None).await
    }

    /// All questions of some decks, by their slugs, as [`Self::bank`] has them. The task of one
    /// that names none of this exam is empty.
    ///
    /// # Errors
    /// As [`Self::bank`].
    pub async fn bank_of_decks(
        &self,
        exam: &str,
        decks: &[String],
    ) -> Result<Vec<BankItem>, StoreError> {
        let damaged = StoreError::damaged("list of decks", exam);
        let decks = serde_json::to_string(decks).map_err(damaged)?;
        self.bank_rows(exam, Some(&decks)).await
    }

    /// The decks that hold questions, in the order of their titles.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn question_decks(&self) -> Result<Vec<QuestionDeck>, StoreError> {
        sqlx::query_as!(
            QuestionDeck,
            r#"SELECT d.slug, d.title, d.source = 'bundled' AS "bundled!: bool",
                      count(*) AS "questions!: u32"
                 FROM decks d
                 JOIN items i ON i.deck_id = d.id
                 JOIN questions q ON q.item_id = i.id
                WHERE i.retired_ms IS NULL AND i.deleted_ms IS NULL
                GROUP BY d.id ORDER BY d.title, d.slug"#
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("listing the decks with questions"))
    }

    /// When a sitting of this kind was last begun, Unix milliseconds.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn last_begun(&self, exam: &str, mode: Mode) -> Result<Option<i64>, StoreError> {
        let mode = mode.name();
        sqlx::query_scalar!(
            r#"SELECT max(started_ms) AS "last: i64" FROM sittings WHERE exam = ? AND mode = ?"#,
            exam,
            mode
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("reading when a sitting was begun"))
    }

    /// The bank of an exam, or all questions of the decks in a JSON list.
    async fn bank_rows(
        &self,
        exam: &str,
        decks: Option<&str>,
    ) -> Result<Vec<BankItem>, StoreError> {
        let doing = StoreError::during("reading the bank of questions");
        let rows = sqlx::query!(
            r#"WITH history AS MATERIALIZED (
                   SELECT s.item_id,
                          max(v.wall_ms) FILTER (WHERE v.event = 'seen') AS seen_ms,
                          count(DISTINCT s.sitting_id)
                              FILTER (WHERE v.event IN ('chosen', 'arranged')) AS answered
                     FROM sitting_events v
                     JOIN sitting_items s
                       ON s.sitting_id = v.sitting_id AND s.position = v.position
                    GROUP BY s.item_id)
               SELECT i.id, i.version,
                      coalesce(iif(d.blueprint = ?1, i.task, NULL), a.task, '') AS "task!: String",
                      q.difficulty, q.response, q.options, q.places, q.reuse, q.case_id,
                      (SELECT json_group_array(t.tag)
                         FROM search_items s JOIN search_tags t ON t.search_id = s.id
                        WHERE s.item_id = i.id) AS "tags!: String",
                      (SELECT json_group_array(enemy_id) FROM item_enemies e
                        WHERE e.item_id = i.id) AS "enemies!: String",
                      h.seen_ms AS "last_seen_ms: i64",
                      coalesce(h.answered, 0) AS "times_answered!: i64",
                      EXISTS (SELECT 1 FROM drill_list l WHERE l.item_id = i.id)
                          AS "listed!: bool"
                 FROM items i
                 JOIN questions q ON q.item_id = i.id
                 JOIN decks d ON d.id = i.deck_id
                 LEFT JOIN history h ON h.item_id = i.id
                 LEFT JOIN item_also a ON a.item_id = i.id AND a.exam = ?1
                WHERE i.retired_ms IS NULL AND i.deleted_ms IS NULL
                  AND iif(?2 IS NULL,
                          d.blueprint = ?1 AND i.task IS NOT NULL OR a.task IS NOT NULL,
                          d.slug IN (SELECT value FROM json_each(?2)))
                ORDER BY i.id"#,
            exam,
            decks
        )
        .fetch_all(&self.pool)
        .await
        .map_err(&doing)?;
        rows.into_iter()
            .map(|row| {
                let damaged =
                    |why: String| StoreError::Damaged { what: "question", id: row.id.clone(), why };
                let json = |text: &str| serde_json::Value::String(text.to_owned());
                Ok(BankItem {
                    id: row.id.parse().map_err(|e: crate::deck::IdError| damaged(e.to_string()))?,
                    version: row.version.into(),
                    task: row.task,
                    difficulty: serde_json::from_value(json(&row.difficulty))
                        .map_err(|e| damaged(e.to_string()))?,
                    kind: serde_json::from_value(json(&row.response))
                        .map_err(|e| damaged(e.to_string()))?,
                    options: u8::try_from(row.options).map_err(|e| damaged(e.to_string()))?,
                    places: match row.places {
                        Some(count) => Some(Places {
                            count: u8::try_from(count).map_err(|e| damaged(e.to_string()))?,
                            reuse: row.reuse != 0,
                        }),
                        None => None,
                    },
                    case: match row.case_id {
                        Some(id) => Some(
                            id.parse().map_err(|e: crate::deck::IdError| damaged(e.to_string()))?,
                        ),
                        None => None,
                    },
                    tags: serde_json::from_str(&row.tags).map_err(|e| damaged(e.to_string()))?,
                    enemies: serde_json::from_str(&row.enemies)
                        .map_err(|e| damaged(e.to_string()))?,
                    last_seen_ms: row.last_seen_ms,
                    times_answered: u32::try_from(row.times_answered).unwrap_or(u32::MAX),
                    listed: row.listed,
                })
            })
            .collect()
    }
}
