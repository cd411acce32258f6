//! Library.

use sitwell_backend::desk::views::{DeckOptionsView, LibraryView, OptimiseProgress, OptimiseView};
use sitwell_backend::study::StudyOptions;
use tauri::ipc::Channel;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// The decks.
#[tauri::command]
#[specta::specta]
pub(crate) async fn library(state: State<'_, AppState>) -> Result<LibraryView, AppError> {
    Ok(state.desk().await?.library().await?)
}

/// Makes a deck; `::` in its title hangs it under another.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_deck(
    state: State<'_, AppState>,
    title: String,
) -> Result<LibraryView, AppError> {
    Ok(state.desk().await?.new_deck(&title).await?)
}

/// Gives a deck another title.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_deck(
    state: State<'_, AppState>,
    slug: String,
    title: String,
) -> Result<LibraryView, AppError> {
    Ok(state.desk().await?.rename_deck(&slug, &title).await?)
}

/// Takes a deck out of the collection with its items; undo brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_deck(
    state: State<'_, AppState>,
    slug: String,
) -> Result<LibraryView, AppError> {
    Ok(state.desk().await?.delete_deck(&slug).await?)
}

/// How a deck is studied; without one, what holds where no deck says otherwise.
#[tauri::command]
#[specta::specta]
pub(crate) async fn deck_options(
    state: State<'_, AppState>,
    deck: Option<String>,
) -> Result<DeckOptionsView, AppError> {
    Ok(state.desk().await?.deck_options(deck.as_deref()).await?)
}

/// Keeps how a deck is studied; without options it inherits again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_deck_options(
    state: State<'_, AppState>,
    deck: Option<String>,
    options: Option<StudyOptions>,
) -> Result<DeckOptionsView, AppError> {
    Ok(state.desk().await?.set_deck_options(deck.as_deref(), options).await?)
}

/// Trains FSRS on the reviews of a deck and those below it, or on all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn optimise(
    state: State<'_, AppState>,
    deck: Option<String>,
    progress: Channel<OptimiseProgress>,
) -> Result<OptimiseView, AppError> {
    Ok(state
        .desk()
        .await?
        .optimise(deck.as_deref(), &move |step| {
            // A window that was closed no longer listens.
            let _ = progress.send(step);
        })
        .await?)
}

/// Stops an optimisation that is running.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_optimise(state: State<'_, AppState>) -> Result<(), AppError> {
    state.desk().await?.cancel_optimise();
    Ok(())
}
