//! Import and export.

use std::path::Path;
use std::time::Instant;

use sitwell_backend::desk::views::{
    ExportOptions, ExportProgress, Exported, ImportChoices, ImportOptions, ImportPreview,
    ImportProgress, Imported,
};
use tauri::ipc::{Channel, IpcResponse};

use crate::AppError;
use crate::asked::State;
use crate::journal::{self, Event};
use crate::state::AppState;

fn sender<T: IpcResponse + Send + Sync>(progress: Channel<T>) -> impl Fn(T) + Send + Sync {
    move |step| {
        // A window that was closed no longer listens.
        let _ = progress.send(step);
    }
}

/// Reads a file and shows what is in it and what will happen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_import(
    state: State<'_, AppState>,
    path: String,
    progress: Channel<ImportProgress>,
) -> Result<ImportPreview, AppError> {
    let desk = state.desk().await?;
    let begun = Instant::now();
    journal::note(&Event::Reading);
    let preview = desk.preview_import(Path::new(&path), &sender(progress)).await?;
    let (format, counts, ms) = (preview.format, preview.counts, journal::ms(begun));
    journal::note(&Event::Read { format, counts, ms });
    Ok(preview)
}

/// Shows the file with other options and choices.
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_import(
    state: State<'_, AppState>,
    options: ImportOptions,
    choices: ImportChoices,
    progress: Channel<ImportProgress>,
) -> Result<ImportPreview, AppError> {
    Ok(state.desk().await?.change_import(options, choices, &sender(progress)).await?)
}

/// Keeps the file as it was shown last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import(
    state: State<'_, AppState>,
    progress: Channel<ImportProgress>,
) -> Result<Imported, AppError> {
    let desk = state.desk().await?;
    let begun = Instant::now();
    journal::note(&Event::Importing);
    let imported = desk.import(&sender(progress)).await?;
    desk.index_beside();
    let ms = journal::ms(begun);
    journal::note(&match &imported {
        Imported::Done { counts, .. } => Event::Imported { counts: *counts, ms },
        Imported::Cancelled => Event::ImportStopped { ms },
    });
    Ok(imported)
}

/// Stops an import and forgets the file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_import(state: State<'_, AppState>) -> Result<(), AppError> {
    state.desk().await?.cancel_import();
    Ok(())
}

/// Writes decks into a file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export(
    state: State<'_, AppState>,
    options: ExportOptions,
    path: String,
    progress: Channel<ExportProgress>,
) -> Result<Exported, AppError> {
    Ok(state.desk().await?.export(options, Path::new(&path), &sender(progress)).await?)
}

/// Stops an export; what stood in its place before stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_export(state: State<'_, AppState>) -> Result<(), AppError> {
    state.desk().await?.cancel_export();
    Ok(())
}
