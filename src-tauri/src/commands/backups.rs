//! Backups, restoring one, taking everything elsewhere, and a collection that is damaged.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sitwell_backend::desk::views::{BackupsView, Everything, RepairView, RestorePreview};
use tauri::AppHandle;

use crate::AppError;
use crate::asked::State;
use crate::commands::files::show_folder;
use crate::journal::{self, Event};
use crate::state::{AppState, Repair};

/// The backups of the collection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backups(state: State<'_, AppState>) -> Result<BackupsView, AppError> {
    Ok(state.desk().await?.backups().await?)
}

/// Makes the backup of the day unless there is one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn daily_backup(state: State<'_, AppState>) -> Result<BackupsView, AppError> {
    let desk = state.desk().await?;
    let (begun, begun_ms) = (Instant::now(), journal::now_ms());
    let view = desk.daily_backup().await?;
    let newest = view.backups.first().filter(|newest| newest.made_ms >= begun_ms);
    if view.failure.is_some() {
        journal::note(&Event::NotBackedUp);
    } else if let Some(newest) = newest {
        let (kind, bytes, ms) = (newest.kind, newest.bytes, journal::ms(begun));
        journal::note(&Event::BackedUp { kind, bytes, ms });
    }
    Ok(view)
}

/// Makes a backup beside the others, or in a file that the learner named.
#[tauri::command]
#[specta::specta]
pub(crate) async fn back_up(
    state: State<'_, AppState>,
    path: Option<PathBuf>,
) -> Result<BackupsView, AppError> {
    let desk = state.desk().await?;
    let begun = Instant::now();
    let made = desk.back_up(path.as_deref()).await?;
    let ms = journal::ms(begun);
    journal::note(&Event::BackedUp { kind: made.kind, bytes: made.bytes, ms });
    Ok(desk.backups().await?)
}

/// Opens the folder of backups in the file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn show_backups(
    app: AppHandle,
    state: State<'_, AppState>,
) -> Result<(), AppError> {
    let folder = state.desk().await?.backups().await?.folder;
    show_folder(&app, &folder)
}

/// What restoring a backup would change.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_restore(
    state: State<'_, AppState>,
    path: String,
) -> Result<RestorePreview, AppError> {
    Ok(state.desk().await?.preview_restore(Path::new(&path)).await?)
}

/// Forgets the backup that was looked at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_restore(state: State<'_, AppState>) -> Result<(), AppError> {
    state.desk().await?.cancel_restore().await;
    Ok(())
}

/// Puts the backup that was looked at in the place of the collection, which is backed up first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore(state: State<'_, AppState>) -> Result<(), AppError> {
    state.restore().await
}

/// Writes everything in the collection to a file that the learner named.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_everything(
    state: State<'_, AppState>,
    path: String,
) -> Result<Everything, AppError> {
    Ok(state.desk().await?.export_everything(Path::new(&path)).await?)
}

/// What is damaged in the collection, and what can be done. Closes it where it is open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn damage(state: State<'_, AppState>) -> Result<RepairView, AppError> {
    state.damage().await
}

/// Puts the newest sound backup in the place of the damaged collection; tells where that is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_newest(state: State<'_, AppState>) -> Result<String, AppError> {
    Ok(state.repair(Repair::Restore).await?.display().to_string())
}

/// Puts a new collection in the place of the damaged one; tells where that is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_anew(state: State<'_, AppState>) -> Result<String, AppError> {
    Ok(state.repair(Repair::StartAnew).await?.display().to_string())
}
