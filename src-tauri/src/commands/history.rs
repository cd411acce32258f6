//! What becomes of sittings, and questions put aside to drill.

use std::path::PathBuf;

use sitwell_backend::desk::views::{ResultFormat, SittingSummary, SittingView};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// All sittings of an exam, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history(
    state: State<'_, AppState>,
    code: String,
) -> Result<Vec<SittingSummary>, AppError> {
    Ok(state.desk().await?.history(&code).await?)
}

/// The candidate gives a running sitting up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn abandon_exam(
    state: State<'_, AppState>,
    id: String,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.abandon_exam(&id).await?)
}

/// Takes a sitting out of the history; undo brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_sitting(state: State<'_, AppState>, id: String) -> Result<(), AppError> {
    Ok(state.desk().await?.delete_sitting(&id).await?)
}

/// Writes a result to a file that the learner named.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_result(
    state: State<'_, AppState>,
    id: String,
    format: ResultFormat,
    path: PathBuf,
) -> Result<(), AppError> {
    Ok(state.desk().await?.export_result(&id, format, &path).await?)
}

/// Puts a question on the list to drill, or takes it off.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_for_drill(
    state: State<'_, AppState>,
    item: String,
    listed: bool,
) -> Result<(), AppError> {
    Ok(state.desk().await?.list_for_drill(&item, listed).await?)
}
