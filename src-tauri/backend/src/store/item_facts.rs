//! What assembly asks about an item, beside its words: tasks of other exams that it serves, and of
//! a question how it is answered and what it must not stand beside.

use sqlx::SqliteConnection;

use super::StoreError;
use crate::deck::{
    AlsoTask, DeckSlug, Difficulty, Item, ItemBody, ItemId, ItemSlug, Question, ResponseKind,
};

/// Keeps the tasks of other exams that an item serves.
pub(super) async fn put_also(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let doing = StoreError::during("putting an item's tasks of other exams");
    sqlx::query!("DELETE FROM item_also WHERE item_id = ?", key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    insert_also(tx, key, &item.also).await.map_err(&doing)
}

/// Adds tasks of other exams that an item serves.
pub(super) async fn insert_also(
    tx: &mut SqliteConnection,
    key: &str,
    tasks: &[AlsoTask],
) -> Result<(), sqlx::Error> {
    for also in tasks {
        sqlx::query!(
            "INSERT INTO item_also (item_id, exam, task) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            key,
            also.exam,
            also.task
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Keeps what assembly asks about a question; an item that became a card is no question any more.
pub(super) async fn put_question(
    tx: &mut SqliteConnection,
    key: &str,
    item: &Item,
) -> Result<(), StoreError> {
    let doing = StoreError::during("putting a question");
    sqlx::query!("DELETE FROM item_enemies WHERE item_id = ?", key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    sqlx::query!("DELETE FROM questions WHERE item_id = ?", key)
        .execute(&mut *tx)
        .await
        .map_err(&doing)?;
    let ItemBody::Question(question) = &item.body else { return Ok(()) };
    let deck = key.split('/').next().and_then(|slug| slug.parse::<DeckSlug>().ok());
    let Some(deck) = &deck else { return Ok(()) };
    insert_question(tx, deck, key, question).await.map_err(&doing)?;
    for enemy in &question.enemies {
        insert_enemy(tx, deck, key, enemy).await.map_err(&doing)?;
    }
    Ok(())
}

pub(super) async fn insert_question(
    tx: &mut SqliteConnection,
    deck: &DeckSlug,
    key: &str,
    question: &Question,
) -> Result<(), sqlx::Error> {
    let difficulty = difficulty_name(question.difficulty);
    let response = response_name(question.kind());
    let options = i64::try_from(question.options.len()).unwrap_or(i64::MAX);
    let places = question.places();
    let count = places.map(|places| places.count);
    let reuse = places.is_some_and(|places| places.reuse);
    let case = question.case.as_ref().map(|case| ItemId::new(deck, &case.slug).to_string());
    sqlx::query!(
        "INSERT INTO questions (item_id, difficulty, response, options, places, reuse, case_id)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        key,
        difficulty,
        response,
        options,
        count,
        reuse,
        case
    )
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn insert_enemy(
    tx: &mut SqliteConnection,
    deck: &DeckSlug,
    key: &str,
    enemy: &ItemSlug,
) -> Result<(), sqlx::Error> {
    let enemy = ItemId::new(deck, enemy);
    let enemy = enemy.as_str();
    sqlx::query!(
        "INSERT INTO item_enemies (item_id, enemy_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        key,
        enemy
    )
    .execute(tx)
    .await
    .map(drop)
}

pub(super) fn difficulty_name(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

fn response_name(kind: ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Single => "single",
        ResponseKind::Multiple => "multiple",
        ResponseKind::Ordering => "ordering",
        ResponseKind::Matching => "matching",
    }
}
