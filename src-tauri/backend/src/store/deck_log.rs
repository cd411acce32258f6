//! What a learner does to decks: made, renamed, taken out, studied otherwise. Logged with what
//! was before and after, so that undo and redo serve it too.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::reviews::retune;
use super::{OperationKind, Store, StoreError};
use crate::study::StudyOptions;

/// What can change of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeckState {
    /// Identity in the store.
    pub id: i64,
    /// Title with the decks it hangs under.
    pub title: String,
    /// When it was taken out.
    pub deleted_ms: Option<i64>,
    /// Its own options; none when it inherits.
    pub options: Option<StudyOptions>,
}

/// Something before and after a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changed<T> {
    /// As it was.
    pub before: T,
    /// As it is then.
    pub after: T,
}

/// A change of decks, or of the options that hold where no deck says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DecksChange {
    /// Decks that change.
    pub decks: Vec<Changed<DeckState>>,
    /// The options that hold where no deck says otherwise, when they change.
    pub defaults: Option<Changed<StudyOptions>>,
}

/// A deck that the learner makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeDeck {
    /// Identity for ever.
    pub meta: crate::deck::DeckMeta,
}

impl Store {
    /// Keeps an empty deck that is not shown yet: [`Self::change_decks`] brings it in.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written, or its slug is taken.
    pub async fn draft_deck(&self, made: &MadeDeck, at_ms: i64) -> Result<i64, StoreError> {
        let meta = &made.meta;
        let slug = meta.slug.as_str();
        let version = meta.version.to_string();
        let whole = serde_json::to_string(meta).map_err(StoreError::damaged("deck", slug))?;
        sqlx::query_scalar!(
            r#"INSERT INTO decks (slug, title, source, version, license, blueprint, language, meta,
                                  introduction, content_hash, updated_ms, deleted_ms)
               VALUES (?1, ?2, 'made', ?3, ?4, ?5, ?6, ?7, '', '', ?8, ?8) RETURNING id AS "id!""#,
            slug,
            meta.title,
            version,
            meta.license,
            meta.blueprint,
            meta.language,
            whole,
            at_ms
        )
        .fetch_one(&self.pool)
        .await
        .map_err(StoreError::during("making a deck"))
    }

    /// Changes decks, computes the memories in decks whose model changes anew, and logs it, in
    /// one transaction.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is changed then.
    pub async fn change_decks(
        &self,
        change: &DecksChange,
        at_ms: i64,
        models: HashMap<i64, fsrs::FSRS>,
    ) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping a change of decks");
        let body = serde_json::to_string(change).map_err(StoreError::damaged("operation", ""))?;
        let kind = OperationKind::Deck.as_str();
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        turn_decks(&mut tx, change, true).await?;
        retune(&mut tx, models).await?;
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
}

/// Puts decks as they are after a change, or back as they were before it.
pub(super) async fn turn_decks(
    tx: &mut SqliteConnection,
    change: &DecksChange,
    forward: bool,
) -> Result<(), StoreError> {
    for Changed { before, after } in &change.decks {
        let (from, to) = if forward { (before, after) } else { (after, before) };
        put_deck_state(tx, from, to).await?;
        put_deck_options(tx, to.id, to.options.as_ref()).await?;
    }
    if let Some(Changed { before, after }) = &change.defaults {
        let options = if forward { after } else { before };
        let json = serde_json::to_string(options)
            .map_err(StoreError::damaged("options of study", "defaults"))?;
        sqlx::query!(
            "INSERT INTO settings (key, value) VALUES ('study', ?)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            json
        )
        .execute(&mut *tx)
        .await
        .map_err(StoreError::during("keeping how decks are studied"))?;
    }
    Ok(())
}

async fn put_deck_state(
    tx: &mut SqliteConnection,
    from: &DeckState,
    to: &DeckState,
) -> Result<(), StoreError> {
    let doing = StoreError::during("changing a deck");
    sqlx::query!(
        "UPDATE decks SET title = ?1, meta = json_set(meta, '$.title', ?1), deleted_ms = ?2
          WHERE id = ?3",
        to.title,
        to.deleted_ms,
        to.id
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    if from.deleted_ms == to.deleted_ms {
        return Ok(());
    }
    // Items that went with the deck come back with it; those deleted before stay so.
    sqlx::query!(
        "UPDATE items SET deleted_ms = ?1 WHERE deck_id = ?2 AND deleted_ms IS ?3",
        to.deleted_ms,
        to.id,
        from.deleted_ms
    )
    .execute(&mut *tx)
    .await
    .map_err(&doing)?;
    Ok(())
}

async fn put_deck_options(
    tx: &mut SqliteConnection,
    deck: i64,
    options: Option<&StudyOptions>,
) -> Result<(), StoreError> {
    let doing = StoreError::during("keeping how a deck is studied");
    let Some(options) = options else {
        sqlx::query!("DELETE FROM deck_options WHERE deck_id = ?", deck)
            .execute(tx)
            .await
            .map_err(doing)?;
        return Ok(());
    };
    let json = serde_json::to_string(options)
        .map_err(StoreError::damaged("options of deck", deck.to_string()))?;
    sqlx::query!(
        "INSERT INTO deck_options (deck_id, options) VALUES (?, ?)
         ON CONFLICT (deck_id) DO UPDATE SET options = excluded.options",
        deck,
        json
    )
    .execute(tx)
    .await
    .map_err(doing)?;
    Ok(())
}
