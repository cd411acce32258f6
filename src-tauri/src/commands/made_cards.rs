//! Made cards.

use sitwell_backend::desk::views::{MadeCard, TypedView};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// Compares a typed answer with the right one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn type_answer(
    state: State<'_, AppState>,
    card: i64,
    text: String,
) -> Result<TypedView, AppError> {
    Ok(state.desk().await?.type_answer(card, &text).await?)
}

/// Makes a card of a question of a finished sitting: the decision on its front, the reason on its back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn make_card(
    state: State<'_, AppState>,
    sitting: String,
    position: u32,
) -> Result<MadeCard, AppError> {
    Ok(state.desk().await?.make_card(&sitting, position).await?)
}
