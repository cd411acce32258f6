//! Study.

use sitwell_backend::desk::views::StudyView;
use sitwell_backend::study::Grade;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// The card to answer now, and what waits.
#[tauri::command]
#[specta::specta]
pub(crate) async fn study(state: State<'_, AppState>) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.study().await?)
}

/// Grades a card.
#[tauri::command]
#[specta::specta]
pub(crate) async fn grade_card(
    state: State<'_, AppState>,
    card: i64,
    grade: Grade,
    taken_ms: u32,
) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.grade_card(card, grade, taken_ms).await?)
}

/// Takes a card out of study, or puts it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn suspend_card(
    state: State<'_, AppState>,
    card: i64,
    suspended: bool,
) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.suspend_card(card, suspended).await?)
}

/// Puts a card off to the next study day.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bury_card(
    state: State<'_, AppState>,
    card: i64,
) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.bury_card(card).await?)
}

/// Flags a card with a colour from 1 to 7, or takes the flag away with 0.
#[tauri::command]
#[specta::specta]
pub(crate) async fn flag_card(
    state: State<'_, AppState>,
    card: i64,
    flag: u8,
) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.flag_card(card, flag).await?)
}

/// Takes back the last thing done in study.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo_study(state: State<'_, AppState>) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.undo_study().await?)
}

/// Does again what was last taken back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn redo_study(state: State<'_, AppState>) -> Result<StudyView, AppError> {
    Ok(state.desk().await?.redo_study().await?)
}
