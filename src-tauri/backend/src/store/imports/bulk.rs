//! What triggers keep in step one row at a time, for very many rows at once.

use sqlx::SqliteConnection;

use crate::store::{MATURE_DAYS, StoreError};

/// Lets the triggers rest, or work again.
pub(super) async fn set_busy(tx: &mut SqliteConnection, busy: bool) -> Result<(), StoreError> {
    sqlx::query!("UPDATE bulk SET busy = ?", busy)
        .execute(tx)
        .await
        .map(drop)
        .map_err(StoreError::during("setting up a change of many rows"))
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
