//! Papers, the exam hall, results.

use sitwell_backend::desk::views::{
    Ack, ClockView, ExamView, ExplanationView, PoolCounts, Practice, ResultView, SittingView,
};
use sitwell_backend::exam::sitting::Confidence;
use tauri::State;

use crate::AppError;
use crate::state::AppState;

/// Every exam that Sitwell knows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exams(state: State<'_, AppState>) -> Result<Vec<ExamView>, AppError> {
    Ok(state.desk().await?.exams().await?)
}

/// Draws a paper and begins to sit it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_exam(
    state: State<'_, AppState>,
    code: String,
    extra_time: bool,
    items: Option<u32>,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.start_exam(&code, extra_time, items).await?)
}

/// Begins a diagnostic, a section test or a drill.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_practice(
    state: State<'_, AppState>,
    code: String,
    practice: Practice,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.start_practice(&code, practice).await?)
}

/// How many questions each pool of a drill holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drill_pools(
    state: State<'_, AppState>,
    code: String,
    tasks: Vec<String>,
) -> Result<PoolCounts, AppError> {
    Ok(state.desk().await?.drill_pools(&code, &tasks).await?)
}

/// In a drill the answer is given for good, marked and explained.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check(
    state: State<'_, AppState>,
    id: String,
    position: u32,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.check(&id, position).await?)
}

/// The sitting, brought on screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sitting(
    state: State<'_, AppState>,
    id: String,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.sitting(&id).await?)
}

/// A question comes on screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn see(
    state: State<'_, AppState>,
    id: String,
    position: u32,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.see(&id, position).await?)
}

/// The answer becomes exactly the options shown at these places.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    options: Vec<u8>,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.choose(&id, position, &options).await?)
}

/// The arrangement becomes exactly this: for each place the response shown at that place, or none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn arrange(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    responses: Vec<Option<u8>>,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.arrange(&id, position, &responses).await?)
}

/// An option is struck out or restored.
#[tauri::command]
#[specta::specta]
pub(crate) async fn strike(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    option: u8,
    struck: bool,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.strike(&id, position, option, struck).await?)
}

/// A flag is set or taken away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn flag(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    flagged: bool,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.flag(&id, position, flagged).await?)
}

/// The candidate says how sure they are, or takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sure(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    confidence: Option<Confidence>,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.sure(&id, position, confidence).await?)
}

/// The question leaves the screen, for the review screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave(state: State<'_, AppState>, id: String) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.leave(&id).await?)
}

/// The truth about the exam clock.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clock(state: State<'_, AppState>, id: String) -> Result<ClockView, AppError> {
    Ok(state.desk().await?.exam_clock(&id).await?)
}

/// The candidate ends the sitting.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_exam(
    state: State<'_, AppState>,
    id: String,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.end_exam(&id).await?)
}

/// The result of a finished sitting.
#[tauri::command]
#[specta::specta]
pub(crate) async fn result(state: State<'_, AppState>, id: String) -> Result<ResultView, AppError> {
    Ok(state.desk().await?.result(&id).await?)
}

/// One question of a finished sitting, explained.
#[tauri::command]
#[specta::specta]
pub(crate) async fn explanation(
    state: State<'_, AppState>,
    id: String,
    position: u32,
) -> Result<ExplanationView, AppError> {
    Ok(state.desk().await?.explanation(&id, position).await?)
}
