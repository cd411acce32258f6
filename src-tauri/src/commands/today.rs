//! Welcome and Today.

use sitwell_backend::desk::views::{Profile, TodayView};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// What today holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn today(state: State<'_, AppState>) -> Result<TodayView, AppError> {
    Ok(state.desk().await?.today().await?)
}

/// Keeps what the learner prepares for.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_exam(
    state: State<'_, AppState>,
    profile: Profile,
) -> Result<TodayView, AppError> {
    Ok(state.desk().await?.choose_exam(profile).await?)
}
