//! Browse.

use sitwell_backend::desk::views::{
    BrowseAction, BrowseDone, BrowseOrder, BrowseView, EditorView, ItemDraft, PreviewView,
    Selection,
};
use sitwell_backend::store::OperationKind;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// The rows that a query finds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn browse(
    state: State<'_, AppState>,
    query: String,
    order: BrowseOrder,
    offset: u32,
    limit: u32,
) -> Result<BrowseView, AppError> {
    Ok(state.desk().await?.browse(&query, order, offset, limit).await?)
}

/// How many items have words that are not findable yet: a search waits for them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn words_left(state: State<'_, AppState>) -> Result<u32, AppError> {
    Ok(state.desk().await?.words_left().await?)
}

/// Does something to rows; one operation, to be undone as one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn act_on_rows(
    state: State<'_, AppState>,
    selection: Selection,
    action: BrowseAction,
) -> Result<BrowseDone, AppError> {
    Ok(state.desk().await?.act_on_rows(&selection, action).await?)
}

/// An item in the editor.
#[tauri::command]
#[specta::specta]
pub(crate) async fn item_editor(
    state: State<'_, AppState>,
    item: String,
) -> Result<EditorView, AppError> {
    Ok(state.desk().await?.item_editor(&item).await?)
}

/// A draft as it would be seen; nothing is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_item(
    state: State<'_, AppState>,
    draft: ItemDraft,
) -> Result<PreviewView, AppError> {
    Ok(state.desk().await?.preview_item(&draft).await?)
}

/// Keeps a draft: a new item, or new words of one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_item(
    state: State<'_, AppState>,
    draft: ItemDraft,
) -> Result<EditorView, AppError> {
    Ok(state.desk().await?.save_item(draft).await?)
}

/// Gives an item the words back that its deck came with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_item(
    state: State<'_, AppState>,
    item: String,
) -> Result<EditorView, AppError> {
    Ok(state.desk().await?.restore_item(&item).await?)
}

/// Takes back the last thing that was done; says what it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(state: State<'_, AppState>) -> Result<Option<OperationKind>, AppError> {
    Ok(state.desk().await?.undo().await?)
}

/// Does again what was last taken back; says what it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(state: State<'_, AppState>) -> Result<Option<OperationKind>, AppError> {
    Ok(state.desk().await?.redo().await?)
}
