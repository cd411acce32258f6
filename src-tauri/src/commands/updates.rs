//! Looking for a newer Sitwell, and putting it in.

use serde::Serialize;
use sitwell_backend::desk::views::UpdateSettings;
use tauri::AppHandle;
use tauri::ipc::Channel;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;
use crate::update::{self, FoundUpdate, UpdateError, UpdateProgress, Updates};

/// What the settings show of updates.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct UpdatesView {
    /// The version that runs.
    version: String,
    /// Whether this build can update itself.
    can_update: bool,
    /// When to look for a newer one.
    settings: UpdateSettings,
}

/// What the settings show of updates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn updates(
    app: AppHandle,
    state: State<'_, AppState>,
) -> Result<UpdatesView, AppError> {
    let settings = state.desk().await?.update_settings().await?;
    Ok(view(&app, settings))
}

/// Turns the daily check on or off.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_automatic_updates(
    app: AppHandle,
    state: State<'_, AppState>,
    on: bool,
) -> Result<UpdatesView, AppError> {
    let settings = state.desk().await?.set_automatic_updates(on).await?;
    Ok(view(&app, settings))
}

fn view(app: &AppHandle, settings: UpdateSettings) -> UpdatesView {
    UpdatesView {
        version: app.package_info().version.to_string(),
        can_update: update::is_release(app),
        settings,
    }
}

/// Asks whether there is a newer version; none when this one is the newest.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_for_update(
    app: AppHandle,
    state: State<'_, AppState>,
    updates: tauri::State<'_, Updates>,
) -> Result<Option<FoundUpdate>, AppError> {
    let found = updates.check(&app).await?;
    state.desk().await?.update_checked().await?;
    Ok(found)
}

/// The daily check: asks only when that is turned on and its time has come.
#[tauri::command]
#[specta::specta]
pub(crate) async fn daily_update_check(
    app: AppHandle,
    state: State<'_, AppState>,
    updates: tauri::State<'_, Updates>,
) -> Result<Option<FoundUpdate>, AppError> {
    if !update::is_release(&app) || !state.desk().await?.update_check_is_due().await? {
        return Ok(None);
    }
    check_for_update(app, state, updates).await
}

/// Fetches what was found, verifies it and puts it in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn install_update(
    state: State<'_, AppState>,
    updates: tauri::State<'_, Updates>,
    progress: Channel<UpdateProgress>,
) -> Result<(), AppError> {
    if let Some(sitting) = state.desk().await?.timed_sitting().await? {
        return Err(UpdateError::ExamRuns(sitting.title).into());
    }
    let report = move |step| {
        // A window that was closed no longer listens.
        let _ = progress.send(step);
    };
    Ok(updates.install(report).await?)
}

/// Stops fetching an update.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn cancel_update(updates: tauri::State<'_, Updates>) {
    updates.cancel();
}

/// Starts Sitwell anew, in the version that was put in.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn restart(app: AppHandle) {
    app.request_restart();
}
