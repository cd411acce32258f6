//! Statistics.

use sitwell_backend::desk::views::StatisticsView;

use crate::AppError;
use crate::asked::State;
use crate::state::AppState;

/// Statistics of all decks, or of one with those below it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn statistics(
    state: State<'_, AppState>,
    deck: Option<String>,
) -> Result<StatisticsView, AppError> {
    Ok(state.desk().await?.statistics(deck.as_deref()).await?)
}
