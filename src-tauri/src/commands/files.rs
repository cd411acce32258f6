//! Files to open, and the system's dialogs to choose one.

use serde::Deserialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

use crate::AppError;
use crate::opened::OpenedFiles;

/// A kind of file that a dialog offers.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub(crate) struct FileKind {
    /// In words.
    name: String,
    /// Without their dots.
    extensions: Vec<String>,
}

/// Sends the window every file that the system asks to open, those that wait at once.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "commands own their arguments")]
pub(crate) fn files_to_open(opened: State<'_, OpenedFiles>, files: Channel<String>) {
    opened.watch(files);
}

/// Lets the learner choose a file; none when they think better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_file(
    window: WebviewWindow,
    title: String,
    kinds: Vec<FileKind>,
) -> Result<Option<String>, AppError> {
    let dialog = kinds.iter().fold(dialog(&window, &title), offer);
    chosen(|tell| dialog.pick_file(tell)).await
}

/// Lets the learner choose a folder; none when they think better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder(
    window: WebviewWindow,
    title: String,
) -> Result<Option<String>, AppError> {
    let dialog = dialog(&window, &title);
    chosen(|tell| dialog.pick_folder(tell)).await
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

/// Opens a folder in the file manager.
pub(crate) fn show_folder(app: &AppHandle, folder: &str) -> Result<(), AppError> {
    app.opener().open_path(folder, None::<&str>).map_err(|error| AppError {
        location: Some(folder.to_owned()),
        ..AppError::new(
            "no_file_manager",
            &format!("the file manager did not open {folder}: {error}"),
            "Open this folder yourself.",
        )
    })
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
