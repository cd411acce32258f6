//! Papers, the exam hall, results.

use sitwell_backend::desk::views::{
    Ack, ClockView, CustomPaper, CustomView, ExamView, ExplanationView, PaperOutline, PoolCounts,
    Practice, ResultView, SittingView,
};
use sitwell_backend::exam::sitting::Confidence;
use sitwell_backend::exam::{Banks, Conditions};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// Every exam that Sitwell knows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exams(state: State<'_, AppState>) -> Result<Vec<ExamView>, AppError> {
    Ok(state.desk().await?.exams().await?)
}

/// An exam with the questions of these banks alone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exam(
    state: State<'_, AppState>,
    code: String,
    banks: Banks,
) -> Result<ExamView, AppError> {
    Ok(state.desk().await?.exam(&code, banks).await?)
}

/// Draws a paper and begins to sit it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_exam(
    state: State<'_, AppState>,
    code: String,
    items: Option<u32>,
    conditions: Conditions,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.start_exam(&code, items, conditions).await?)
}

/// Begins a sitting other than a mock.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_practice(
    state: State<'_, AppState>,
    code: String,
    practice: Practice,
    conditions: Conditions,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.start_practice(&code, practice, conditions).await?)
}

/// What a sitting other than a mock would come to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn outline(
    state: State<'_, AppState>,
    code: String,
    practice: Practice,
    conditions: Conditions,
) -> Result<PaperOutline, AppError> {
    Ok(state.desk().await?.outline(&code, practice, conditions).await?)
}

/// What a paper of one's own can be made of; the last one begun when none is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn custom(
    state: State<'_, AppState>,
    code: String,
    paper: Option<CustomPaper>,
    conditions: Conditions,
) -> Result<CustomView, AppError> {
    Ok(state.desk().await?.custom(&code, paper, conditions).await?)
}

/// How many questions each pool of a drill holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drill_pools(
    state: State<'_, AppState>,
    code: String,
    tasks: Vec<String>,
    banks: Banks,
) -> Result<PoolCounts, AppError> {
    Ok(state.desk().await?.drill_pools(&code, &tasks, banks).await?)
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

/// The candidate writes a comment on a question.
#[tauri::command]
#[specta::specta]
pub(crate) async fn comment(
    state: State<'_, AppState>,
    id: String,
    position: u32,
    text: String,
) -> Result<Ack, AppError> {
    Ok(state.desk().await?.comment(&id, position, &text).await?)
}

/// The candidate takes a break.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(state: State<'_, AppState>, id: String) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.pause(&id).await?)
}

/// The candidate comes back from a break.
#[tauri::command]
#[specta::specta]
pub(crate) async fn come_back(
    state: State<'_, AppState>,
    id: String,
) -> Result<SittingView, AppError> {
    Ok(state.desk().await?.come_back(&id).await?)
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
