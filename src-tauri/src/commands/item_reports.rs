//! Reports of items.

use sitwell_backend::desk::views::{ItemReport, ReportFormat, ReportReason};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// Keeps a report of a question of a sitting.
#[tauri::command]
#[specta::specta]
pub(crate) async fn report_item(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    reason: ReportReason,
    words: String,
) -> Result<(), AppError> {
    Ok(state.desk().await?.report_item(&id, position, reason, &words).await?)
}

/// All reports.
#[tauri::command]
#[specta::specta]
pub(crate) async fn item_reports(state: State<'_, AppState>) -> Result<Vec<ItemReport>, AppError> {
    Ok(state.desk().await?.item_reports().await?)
}

/// Takes a report back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_item_report(
    state: State<'_, AppState>,
    id: i64,
) -> Result<Vec<ItemReport>, AppError> {
    Ok(state.desk().await?.remove_item_report(id).await?)
}

/// All reports as a text for the author of a deck.
#[tauri::command]
#[specta::specta]
pub(crate) async fn item_reports_text(
    state: State<'_, AppState>,
    format: ReportFormat,
) -> Result<String, AppError> {
    Ok(state.desk().await?.item_reports_text(format).await?)
}
