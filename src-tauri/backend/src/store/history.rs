//! What becomes of sittings afterwards: taken out and brought back, marked again.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{OperationKind, Store, StoreError};
use crate::deck::{ContentHash, Item};
use crate::exam::report::Report;

/// A sitting that is taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SittingChange {
    id: String,
    deleted_ms: i64,
}

/// Other words that a deck has now for a question of a sitting.
#[derive(Debug, Clone)]
pub struct NewerWording {
    /// Place in the paper, from 0.
    pub position: u32,
    /// The words.
    pub item: Item,
    /// Their version.
    pub version: ContentHash,
    /// Title of the deck.
    pub deck: String,
    /// Version of the deck.
    pub deck_version: String,
}

/// A result by mended keys.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRemark {
    /// When it was first computed, Unix milliseconds.
    pub made_ms: i64,
    /// Marks and intervals.
    pub report: Report,
}

impl Store {
    /// Takes a sitting out and logs it, in one transaction; undo brings it back.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn delete_sitting(&self, id: &str, at_ms: i64) -> Result<(), StoreError> {
        let doing = StoreError::during("deleting a sitting");
        let change = SittingChange { id: id.to_owned(), deleted_ms: at_ms };
        let body = serde_json::to_string(&change).map_err(StoreError::damaged("operation", ""))?;
        let kind = OperationKind::Sitting.as_str();
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        turn_sitting(&mut tx, &change, true).await?;
        sqlx::query!(
            "INSERT INTO operations (at_ms, kind, body) VALUES (?, ?, ?)",
            at_ms,
            kind,
            body
        )
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
        tx.commit().await.map_err(&doing)
    }

    /// Ids of the sittings of an exam that were taken out. What they asked has been seen.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn deleted_sittings(&self, exam: &str) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar!(
            "SELECT id FROM sittings WHERE exam = ? AND deleted_ms IS NOT NULL
              ORDER BY started_ms, id",
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("listing sittings"))
    }

    /// Ids of all sittings that were not taken out, of any exam, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn all_sitting_ids(&self) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar!(
            "SELECT id FROM sittings WHERE deleted_ms IS NULL ORDER BY started_ms DESC, id DESC"
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("listing sittings"))
    }

    /// A number that grows whenever an item gets other words.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn wordings_stamp(&self) -> Result<i64, StoreError> {
        sqlx::query_scalar!("SELECT stamp FROM wordings")
            .fetch_one(&mut *self.near().await?)
            .await
            .map_err(StoreError::during("reading whether words have changed"))
    }

    /// Sittings of an exam that asked a question for which its deck has other words now. What the
    /// learner edited is the learner's: it is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn sittings_reworded(&self, exam: &str) -> Result<HashSet<String>, StoreError> {
        let ids = sqlx::query_scalar!(
            "SELECT DISTINCT s.id FROM sittings s
               JOIN sitting_items p ON p.sitting_id = s.id
               JOIN items i ON i.id = p.item_id
              WHERE s.exam = ? AND i.deck_version <> p.version AND i.own_version IS NULL",
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("looking for questions with other words"))?;
        Ok(ids.into_iter().collect())
    }

    /// The questions of a sitting for which their deck has other words now, in the order of the
    /// paper. What the learner edited is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn newer_wordings(&self, sitting: &str) -> Result<Vec<NewerWording>, StoreError> {
        let rows = sqlx::query!(
            r#"SELECT p.position, p.item_id, i.deck_version AS "version!: String", v.content,
                      d.title, d.version AS deck_version
                 FROM sitting_items p
                 JOIN items i ON i.id = p.item_id
                 JOIN decks d ON d.id = i.deck_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.deck_version
                WHERE p.sitting_id = ? AND i.deck_version <> p.version AND i.own_version IS NULL
                ORDER BY p.position"#,
            sitting
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("looking for questions with other words"))?;
        rows.into_iter()
            .map(|row| {
                Ok(NewerWording {
                    position: u32::try_from(row.position).unwrap_or(u32::MAX),
                    item: serde_json::from_str(&row.content)
                        .map_err(StoreError::damaged("question", row.item_id))?,
                    version: row.version.into(),
                    deck: row.title,
                    deck_version: row.deck_version,
                })
            })
            .collect()
    }

    /// Keeps a result by mended keys; one that is there stays. `keys` has the place of each question
    /// with the version that has its key.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_remark(
        &self,
        sitting: &str,
        keys: &[(u32, &ContentHash)],
        report: &Report,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let keys = keys_json(sitting, keys)?;
        let json = serde_json::to_string(report).map_err(StoreError::damaged("result", sitting))?;
        sqlx::query!(
            "INSERT INTO remarks (sitting_id, scorer, keys, made_ms, report)
             VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            sitting,
            report.scorer_version,
            keys,
            now_ms,
            json
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping a result"))?;
        Ok(())
    }

    /// The result by these mended keys and this version of the scorer, if it was kept.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn remark(
        &self,
        sitting: &str,
        scorer: u32,
        keys: &[(u32, &ContentHash)],
    ) -> Result<Option<KeptRemark>, StoreError> {
        let keys = keys_json(sitting, keys)?;
        let row = sqlx::query!(
            "SELECT made_ms, report FROM remarks
              WHERE sitting_id = ? AND scorer = ? AND keys = ?",
            sitting,
            scorer,
            keys
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading a result"))?;
        let Some(row) = row else { return Ok(None) };
        let report = serde_json::from_str(&row.report)
            .map_err(StoreError::damaged("result", sitting.to_owned()))?;
        Ok(Some(KeptRemark { made_ms: row.made_ms, report }))
    }
}

/// Positions and versions, as a result by mended keys is kept under.
fn keys_json(sitting: &str, keys: &[(u32, &ContentHash)]) -> Result<String, StoreError> {
    let keys: Vec<(u32, &str)> = keys.iter().map(|(place, hash)| (*place, hash.as_str())).collect();
    serde_json::to_string(&keys).map_err(StoreError::damaged("result", sitting))
}

/// Takes a sitting out, or brings it back.
pub(super) async fn turn_sitting(
    tx: &mut SqliteConnection,
    change: &SittingChange,
    forward: bool,
) -> Result<(), StoreError> {
    let deleted_ms = forward.then_some(change.deleted_ms);
    sqlx::query!("UPDATE sittings SET deleted_ms = ? WHERE id = ?", deleted_ms, change.id)
        .execute(tx)
        .await
        .map_err(StoreError::during("deleting a sitting"))?;
    Ok(())
}
