//! Undoing and redoing an import as a whole.

use sqlx::SqliteConnection;

use super::bulk;
use super::decks::put_deck_change;
use super::items::put_wording;
use crate::store::StoreError;

/// Takes an import out (`back`) or brings it in again. Undo and redo go along one line, so all of
/// it stands as the import or its undoing left it.
pub(in crate::store) async fn turn(
    tx: &mut SqliteConnection,
    import: i64,
    at_ms: i64,
    back: bool,
) -> Result<(), StoreError> {
    bulk::set_busy(tx, true).await?;
    let doing = StoreError::during("undoing or redoing an import");
    turn_added(tx, import, back.then_some(at_ms)).await.map_err(&doing)?;
    let reviews = turn_cards(tx, import, back).await.map_err(&doing)?;
    let all = bulk::Touched { cards: true, seen: true, reviews: reviews > 0, rows: true };
    bulk::recount(tx, all).await?;
    bulk::set_busy(tx, false).await?;
    turn_decks(tx, import, back).await?;
    turn_items(tx, import, back).await
}

async fn turn_added(
    tx: &mut SqliteConnection,
    import: i64,
    deleted_ms: Option<i64>,
) -> Result<(), sqlx::Error> {
    let absent = if deleted_ms.is_some() { 2 } else { 0 };
    sqlx::query!("UPDATE decks SET deleted_ms = ? WHERE added_by = ?", deleted_ms, import)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("UPDATE items SET deleted_ms = ? WHERE added_by = ?", deleted_ms, import)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "UPDATE search_items SET absent = ?1
          WHERE item_id IN (SELECT id FROM items WHERE added_by = ?2)",
        absent,
        import
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE cards SET absent = ?1
          WHERE item_id IN (SELECT id FROM items WHERE added_by = ?2)",
        absent,
        import
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Puts cards back, or as the import left them, with their past reviews; gives how many reviews.
async fn turn_cards(
    tx: &mut SqliteConnection,
    import: i64,
    back: bool,
) -> Result<u64, sqlx::Error> {
    sqlx::query!(
        "UPDATE cards
            SET phase = x.state ->> 'phase', step = x.state ->> 'step',
                stability = x.state ->> 'stability', difficulty = x.state ->> 'difficulty',
                last_ms = x.state ->> 'last_ms', last_day = x.state ->> 'last_day',
                due_ms = x.state ->> 'due_ms', due_day = x.state ->> 'due_day',
                interval = x.state ->> 'interval', reviews = x.state ->> 'reviews',
                lapses = x.state ->> 'lapses', suspended = x.state ->> 'suspended',
                flag = x.state ->> 'flag'
           FROM (SELECT card_id, iif(?1, before, after) AS state FROM imported_cards
                  WHERE operation_id = ?2) x
          WHERE cards.id = x.card_id",
        back,
        import
    )
    .execute(&mut *tx)
    .await?;
    let turned = if back {
        sqlx::query!(
            "INSERT INTO undone (operation_id)
             SELECT id FROM operations WHERE kind = 'history' AND target = ?",
            import
        )
        .execute(tx)
        .await?
    } else {
        sqlx::query!(
            "DELETE FROM undone WHERE operation_id IN
                    (SELECT id FROM operations WHERE kind = 'history' AND target = ?)",
            import
        )
        .execute(tx)
        .await?
    };
    Ok(turned.rows_affected())
}

async fn turn_decks(tx: &mut SqliteConnection, import: i64, back: bool) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"SELECT deck_id, iif(?1, before, after) AS "state!: String" FROM imported_decks
            WHERE operation_id = ?2"#,
        back,
        import
    )
    .fetch_all(&mut *tx)
    .await
    .map_err(StoreError::during("undoing or redoing an import"))?;
    for row in rows {
        let change = serde_json::from_str(&row.state)
            .map_err(StoreError::damaged("operation", import.to_string()))?;
        put_deck_change(tx, row.deck_id, &change).await?;
    }
    Ok(())
}

async fn turn_items(tx: &mut SqliteConnection, import: i64, back: bool) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"SELECT item_id, iif(?1, before, after) AS "state!: String" FROM imported_items
            WHERE operation_id = ?2"#,
        back,
        import
    )
    .fetch_all(&mut *tx)
    .await
    .map_err(StoreError::during("undoing or redoing an import"))?;
    for row in rows {
        let wording = serde_json::from_str(&row.state)
            .map_err(StoreError::damaged("operation", import.to_string()))?;
        put_wording(tx, &row.item_id, &wording).await?;
    }
    Ok(())
}
