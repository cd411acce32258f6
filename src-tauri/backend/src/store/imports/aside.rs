//! What is taken out of the schema while very many rows come in, and put back within the same
//! transaction, so that nobody else sees it missing and nothing of it is lost when that fails.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::store::StoreError;

/// The definitions that were taken out: the text that SQLite kept of the migrations.
#[derive(Debug, Default)]
pub(super) struct Aside {
    indexes: Vec<String>,
    triggers: Vec<String>,
}

impl Aside {
    /// Takes the triggers out that would rest at each row that comes in, which costs an eighth of
    /// writing it; and the indexes when so many rows come in that building them anew from all rows
    /// in order is quicker than finding the place of each in them.
    pub(super) async fn take_out(
        tx: &mut SqliteConnection,
        coming: usize,
    ) -> Result<Self, StoreError> {
        let doing = setting_up();
        let triggers: Vec<(String, String)> = sqlx::query_as(
            "SELECT name, sql FROM sqlite_schema
              WHERE type = 'trigger' AND sql LIKE '%AFTER INSERT ON%'
                AND tbl_name IN ('items', 'item_versions', 'cards')
              ORDER BY rowid",
        )
        .fetch_all(&mut *tx)
        .await
        .map_err(&doing)?;
        let here: i64 = sqlx::query_scalar!("SELECT count(*) FROM search_items")
            .fetch_one(&mut *tx)
            .await
            .map_err(&doing)?;
        let mut indexes: Vec<(String, String)> = Vec::new();
        if usize::try_from(here).is_ok_and(|here| here.saturating_mul(2) <= coming) {
            // One that keeps rows apart does its work at each of them. One with a condition costs
            // less at each of them than by going through the table for it, since few that come in
            // meet it; but all new cards are in `cards_new`.
            indexes = sqlx::query_as(
                "SELECT name, sql FROM sqlite_schema
                  WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%'
                    AND (sql NOT LIKE '%WHERE%' OR sql LIKE '%WHERE phase = ''new''%')
                    AND tbl_name IN ('items', 'search_items', 'search_tags', 'cards')
                  ORDER BY rowid DESC",
            )
            .fetch_all(&mut *tx)
            .await
            .map_err(&doing)?;
        }
        Ok(Self {
            triggers: drop_all(tx, "TRIGGER", triggers).await?,
            indexes: drop_all(tx, "INDEX", indexes).await?,
        })
    }

    /// Whether indexes are out.
    pub(super) fn has_indexes(&self) -> bool {
        !self.indexes.is_empty()
    }

    /// Puts an index back, or the triggers when all indexes are there; says whether there is more.
    pub(super) async fn put_back(&mut self, tx: &mut SqliteConnection) -> Result<bool, StoreError> {
        if let Some(sql) = self.indexes.pop() {
            define(tx, sql).await?;
            return Ok(true);
        }
        for sql in std::mem::take(&mut self.triggers) {
            define(tx, sql).await?;
        }
        Ok(false)
    }
}

async fn drop_all(
    tx: &mut SqliteConnection,
    kind: &str,
    of: Vec<(String, String)>,
) -> Result<Vec<String>, StoreError> {
    let mut taken = Vec::with_capacity(of.len());
    for (name, sql) in of {
        define(tx, format!("DROP {kind} \"{name}\"")).await?;
        taken.push(sql);
    }
    Ok(taken)
}

async fn define(tx: &mut SqliteConnection, sql: String) -> Result<(), StoreError> {
    let done = sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(tx).await;
    done.map(drop).map_err(setting_up())
}

fn setting_up() -> impl Fn(sqlx::Error) -> StoreError {
    StoreError::during("setting up a change of many rows")
}
