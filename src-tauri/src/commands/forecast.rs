//! Forecast.

use sitwell_backend::desk::views::{ForecastView, RealResult, StudyPlan, WhatIfView};

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// The forecast for the exam chosen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forecast(state: State<'_, AppState>) -> Result<ForecastView, AppError> {
    Ok(state.desk().await?.forecast().await?)
}

/// What another plan would give; nothing is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn what_if(
    state: State<'_, AppState>,
    plan: StudyPlan,
) -> Result<WhatIfView, AppError> {
    Ok(state.desk().await?.what_if(plan).await?)
}

/// Keeps the plan.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_plan(
    state: State<'_, AppState>,
    plan: StudyPlan,
) -> Result<ForecastView, AppError> {
    Ok(state.desk().await?.set_plan(plan).await?)
}

/// Keeps the result of a real exam and scores the forecasts against it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn enter_result(
    state: State<'_, AppState>,
    result: RealResult,
) -> Result<ForecastView, AppError> {
    Ok(state.desk().await?.enter_result(result).await?)
}
