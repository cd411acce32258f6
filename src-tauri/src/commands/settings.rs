//! Preferences, what this program is, and links out of it.

use serde::Serialize;
use sitwell_backend::desk::DeskError;
use sitwell_backend::desk::views::Preferences;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;

use crate::AppError;
use crate::asked::State;
use crate::commands::files::show_folder;
use crate::journal;
use crate::state::AppState;

/// How the window looks and answers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preferences(state: State<'_, AppState>) -> Result<Preferences, AppError> {
    Ok(state.desk().await?.preferences().await?)
}

/// Keeps how the window looks and answers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_preferences(
    state: State<'_, AppState>,
    preferences: Preferences,
) -> Result<Preferences, AppError> {
    Ok(state.desk().await?.set_preferences(preferences).await?)
}

/// What this program is and where it keeps things.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct About {
    /// Version of Sitwell.
    version: String,
    /// The collection's file.
    collection: String,
    /// The folder of the log, where the system names one.
    log: Option<String>,
}

/// What this program is and where it keeps things.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn about(app: AppHandle, state: State<'_, AppState>) -> Result<About, AppError> {
    Ok(About {
        version: app.package_info().version.to_string(),
        collection: state.path()?.display().to_string(),
        log: journal::folder(&app).map(|folder| folder.display().to_string()),
    })
}

/// Opens the folder of the log in the file manager.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn show_log(app: AppHandle) -> Result<(), AppError> {
    match journal::folder(&app) {
        Some(folder) => show_folder(&app, &folder.display().to_string()),
        None => Err(DeskError::NoAppData.into()),
    }
}

/// Opens a reference of an item in the system's browser. The window asks first.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn open_reference(app: AppHandle, url: String) -> Result<(), AppError> {
    if !url.starts_with("https://") {
        return Err(DeskError::BadLink(url).into());
    }
    app.opener()
        .open_url(&url, None::<&str>)
        .map_err(|error| DeskError::NoBrowser { url, why: error.to_string() }.into())
}
