//! The bank of questions that papers are drawn from.

use super::{Store, StoreError};
use crate::deck::Places;
use crate::exam::BankItem;

impl Store {
    /// The questions that can serve in a paper of an exam, with this learner's history, ordered by
    /// id: those of its decks, and those of other decks that name a task of it.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn bank(&self, exam: &str) -> Result<Vec<BankItem>, StoreError> {
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
                      coalesce(iif(d.blueprint = ?1, i.task, NULL), a.task) AS "task!: String",
                      q.difficulty, q.response, q.options, q.places, q.reuse, q.case_id,
                      (SELECT json_group_array(tag) FROM item_tags t WHERE t.item_id = i.id)
                          AS "tags!: String",
                      (SELECT json_group_array(enemy_id) FROM item_enemies e
                        WHERE e.item_id = i.id) AS "enemies!: String",
                      h.seen_ms AS "last_seen_ms: i64",
                      coalesce(h.answered, 0) AS "times_answered!: i64"
                 FROM items i
                 JOIN questions q ON q.item_id = i.id
                 JOIN decks d ON d.id = i.deck_id
                 LEFT JOIN history h ON h.item_id = i.id
                 LEFT JOIN item_also a ON a.item_id = i.id AND a.exam = ?1
                WHERE i.retired_ms IS NULL AND i.deleted_ms IS NULL
                  AND (d.blueprint = ?1 AND i.task IS NOT NULL OR a.task IS NOT NULL)
                ORDER BY i.id"#,
            exam
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
                })
            })
            .collect()
    }
}
