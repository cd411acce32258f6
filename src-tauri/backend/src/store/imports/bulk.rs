//! What triggers keep in step one row at a time, for very many rows at once.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::store::{MATURE_DAYS, StoreError};

/// Lets the triggers rest, or work again.
pub(super) async fn set_busy(tx: &mut SqliteConnection, busy: bool) -> Result<(), StoreError> {
    sqlx::query!("UPDATE bulk SET busy = ?", busy)
        .execute(tx)
        .await
        .map(drop)
        .map_err(StoreError::during("setting up a change of many rows"))
}

/// Bytes of new words that FTS5 holds before it writes them.
const LARGE_WORDS: i64 = 8 << 20;
/// Its own default, and segments of a level that it merges while it writes.
const USUAL_WORDS: i64 = 1 << 20;
const USUAL_MERGE: i64 = 4;

/// Takes the triggers out that would rest at each row that comes in, which costs an eighth of
/// writing it; gives them to [`put_back`]. Within the transaction nobody else sees them missing.
pub(super) async fn take_out(tx: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let doing = StoreError::during("setting up a change of many rows");
    let triggers: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, sql FROM sqlite_schema
          WHERE type = 'trigger' AND sql LIKE '%AFTER INSERT ON%'
            AND tbl_name IN ('items', 'item_versions', 'item_tags', 'cards')
          ORDER BY rowid",
    )
    .fetch_all(&mut *tx)
    .await
    .map_err(&doing)?;
    let mut taken = Vec::with_capacity(triggers.len());
    for (name, sql) in triggers {
        let drop = format!("DROP TRIGGER \"{name}\"");
        sqlx::query(AssertSqlSafe(drop)).execute(&mut *tx).await.map_err(&doing)?;
        taken.push(sql);
    }
    Ok(taken)
}

/// Puts triggers back as they were.
pub(super) async fn put_back(
    tx: &mut SqliteConnection,
    triggers: Vec<String>,
) -> Result<(), StoreError> {
    for sql in triggers {
        // It is the text that SQLite kept of a migration.
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut *tx)
            .await
            .map_err(StoreError::during("setting up a change of many rows"))?;
    }
    Ok(())
}

/// Lets FTS5 write very many words in few segments and merge them later
/// ([`Store::merge_words`](crate::store::Store::merge_words)), or as usual.
pub(super) async fn set_large(tx: &mut SqliteConnection, large: bool) -> Result<(), StoreError> {
    let (words, merge) = if large { (LARGE_WORDS, 0) } else { (USUAL_WORDS, USUAL_MERGE) };
    for (option, value) in [("hashsize", words), ("automerge", merge)] {
        sqlx::query("INSERT INTO item_words (item_words, rank) VALUES (?, ?)")
            .bind(option)
            .bind(value)
            .execute(&mut *tx)
            .await
            .map_err(StoreError::during("setting up a change of many rows"))?;
    }
    Ok(())
}

/// What changed of cards, and so is to be counted.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is counted by itself")]
pub(super) struct Touched {
    /// Cards came in, or changed in any way.
    pub(super) cards: bool,
    /// Cards that were seen came, went or changed.
    pub(super) seen: bool,
    /// Reviews came or went.
    pub(super) reviews: bool,
    /// Cards came back or went, so that items make more or fewer rows.
    pub(super) rows: bool,
}

/// Counts what changed, over all cards and reviews.
pub(super) async fn recount(tx: &mut SqliteConnection, of: Touched) -> Result<(), StoreError> {
    let doing = StoreError::during("counting the cards");
    if of.seen {
        count_seen(tx).await.map_err(&doing)?;
    }
    if of.rows {
        count_rows(tx).await.map_err(&doing)?;
    }
    if of.cards {
        count_new(tx).await.map_err(&doing)?;
    }
    if of.reviews {
        count_reviews(tx).await.map_err(StoreError::during("counting the reviews"))?;
    }
    Ok(())
}

async fn count_seen(tx: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM due_days").execute(&mut *tx).await?;
    sqlx::query!("DELETE FROM due_counts").execute(&mut *tx).await?;
    sqlx::query!("DELETE FROM introduced_counts").execute(&mut *tx).await?;
    sqlx::query!(
        "INSERT INTO due_counts (due_day, deck_id, cards)
         SELECT due_day, deck_id, count(*) FROM cards
          WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day IS NOT NULL
          GROUP BY 1, 2"
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO due_days (due_day, cards) SELECT due_day, sum(cards) FROM due_counts GROUP BY 1"
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO introduced_counts (task, cards)
         SELECT task, count(*) FROM cards WHERE phase <> 'new' GROUP BY 1"
    )
    .execute(tx)
    .await
    .map(drop)
}

async fn count_rows(tx: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE search_items SET rows = r.rows FROM item_rows r
          WHERE r.id = search_items.id AND r.rows <> search_items.rows"
    )
    .execute(tx)
    .await
    .map(drop)
}

async fn count_new(tx: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM new_counts").execute(&mut *tx).await?;
    sqlx::query!(
        "INSERT INTO new_counts (deck_id, cards)
         SELECT deck_id, count(*) FROM cards
          WHERE phase = 'new' AND suspended = 0 AND absent = 0 GROUP BY 1"
    )
    .execute(&mut *tx)
    .await?;
    // What is kept in memory of any shelf is read anew.
    sqlx::query!(
        "INSERT INTO shelves (deck_id, task, stamp)
         SELECT deck_id, task, (SELECT coalesce(max(stamp), 0) + 1 FROM shelves)
           FROM cards GROUP BY 1, 2
             ON CONFLICT DO UPDATE SET stamp = excluded.stamp"
    )
    .execute(tx)
    .await
    .map(drop)
}

async fn count_reviews(tx: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM done_counts").execute(&mut *tx).await?;
    sqlx::query!(
        "INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
         SELECT day, deck_id, sum(before = 'new'), sum(before = 'review'), count(*),
                count(DISTINCT card_id), sum(taken_ms)
           FROM standing_reviews GROUP BY 1, 2"
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM recall_counts").execute(&mut *tx).await?;
    sqlx::query!(
        "INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
         SELECT day, deck_id, coalesce(interval, 0) >= ?, count(*), sum(recalled)
           FROM recalls GROUP BY 1, 2, 3",
        MATURE_DAYS
    )
    .execute(tx)
    .await
    .map(drop)
}
