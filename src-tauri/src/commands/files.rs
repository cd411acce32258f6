//! Files, and the system's dialogs to choose one.

use serde::Deserialize;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use crate::AppError;

/// A kind of file that a dialog offers.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub(crate) struct FileKind {
    /// In words.
    name: String,
    /// Without their dots.
    extensions: Vec<String>,
}

/// Lets the learner choose where a file is written; none when they think better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_target(
    window: WebviewWindow,
    title: String,
    name: String,
    kind: FileKind,
) -> Result<Option<String>, AppError> {
    let dialog = offer(dialog(&window, &title), &kind).set_file_name(name);
    chosen(|tell| dialog.save_file(tell)).await
}

fn dialog(window: &WebviewWindow, title: &str) -> FileDialogBuilder<tauri::Wry> {
    window.dialog().file().set_parent(window).set_title(title)
}

fn offer(dialog: FileDialogBuilder<tauri::Wry>, kind: &FileKind) -> FileDialogBuilder<tauri::Wry> {
    let extensions: Vec<_> = kind.extensions.iter().map(String::as_str).collect();
    dialog.add_filter(&kind.name, &extensions)
}

type Tell = Box<dyn FnOnce(Option<FilePath>) + Send>;

/// Waits for the dialog that `show` opens.
async fn chosen(show: impl FnOnce(Tell)) -> Result<Option<String>, AppError> {
    let (tell, told) = oneshot::channel();
    // Nobody listens any more when the window was closed meanwhile.
    show(Box::new(move |path| drop(tell.send(path))));
    let Ok(Some(path)) = told.await else { return Ok(None) };
    let shown = path.to_string();
    match path.into_path() {
        Ok(path) => Ok(Some(path.to_string_lossy().into_owned())),
        Err(error) => Err(AppError {
            code: "not_a_path".to_owned(),
            message: format!("“{shown}” is not a file on this computer: {error}."),
            hint: Some("Copy it to a folder of this computer and choose it there.".to_owned()),
            location: Some(shown),
        }),
    }
}
