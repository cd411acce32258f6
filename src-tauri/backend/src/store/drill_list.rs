//! Questions that the learner put aside to drill.

use super::{Store, StoreError};
use crate::deck::ItemId;

impl Store {
    /// Puts a question on the list to drill, or takes it off; says whether there is such a
    /// question.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn list_for_drill(
        &self,
        item: &ItemId,
        listed: bool,
        at_ms: i64,
    ) -> Result<bool, StoreError> {
        let doing = StoreError::during("keeping the list of questions to drill");
        let id = item.as_str();
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let known = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM questions q JOIN items i ON i.id = q.item_id
                               WHERE i.id = ? AND i.deleted_ms IS NULL) AS "known!: bool""#,
            id
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        if known && listed {
            sqlx::query!(
                "INSERT INTO drill_list (item_id, added_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
                id,
                at_ms
            )
            .execute(&mut *tx)
            .await
            .map_err(&doing)?;
        } else {
            sqlx::query!("DELETE FROM drill_list WHERE item_id = ?", id)
                .execute(&mut *tx)
                .await
                .map_err(&doing)?;
        }
        tx.commit().await.map_err(&doing)?;
        Ok(known)
    }

    /// How well the words of questions agree with `words`, by FTS5's BM25 (Robertson and Zaragoza
    /// 2009; higher is better), with the first words of each, the best `limit` first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn questions_like(
        &self,
        words: &[String],
        limit: u32,
    ) -> Result<Vec<(String, String, f64)>, StoreError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.index_stale().await?;
        // A quoted word is a word to FTS5, whatever stands in it.
        let quoted = words.iter().map(|word| format!("\"{}\"", word.replace('"', "")));
        let query = quoted.collect::<Vec<_>>().join(" OR ");
        let rows = sqlx::query!(
            r#"SELECT s.item_id, s.text, -bm25(item_words) AS "score!: f64"
                 FROM item_words JOIN search_items s ON s.id = item_words.rowid
                WHERE item_words MATCH ?1 AND s.kind = 'question' AND s.absent = 0
                ORDER BY bm25(item_words), s.item_id LIMIT ?2"#,
            query,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("looking for similar questions"))?;
        Ok(rows.into_iter().map(|row| (row.item_id, row.text, row.score)).collect())
    }
}
