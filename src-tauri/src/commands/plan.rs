//! Plan.

use sitwell_backend::desk::views::PlanView;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// What today holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn plan(state: State<'_, AppState>) -> Result<PlanView, AppError> {
    Ok(state.desk().await?.plan().await?)
}

/// Fits today into so many minutes, or takes that back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn shorten_day(
    state: State<'_, AppState>,
    minutes: Option<u32>,
) -> Result<PlanView, AppError> {
    Ok(state.desk().await?.shorten_day(minutes).await?)
}
