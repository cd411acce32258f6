//! The shell: one window over the back end. It opens the collection, hands each command to the
//! front desk, and knows nothing of exams itself.

mod commands;
mod error;
mod media;
mod state;
mod window;

use std::path::PathBuf;

use clap::Parser;
pub use error::AppError;
use state::AppState;
use tauri::{AppHandle, Manager};
use tauri_specta::{Builder, collect_commands};

/// What can be asked on the command line.
#[derive(Debug, Parser)]
#[command(name = "sitwell", version, about = "Study, sit and forecast a certification exam")]
pub struct Arguments {
    /// Opens this collection instead of the one in the app-data folder.
    #[arg(long, value_name = "PATH")]
    pub collection: Option<PathBuf>,
}

/// The commands that the window may call, with their types.
pub fn bindings() -> Builder<tauri::Wry> {
    Builder::new().dangerously_cast_bigints_to_number().disable_serde_phases().commands(
        collect_commands![
            commands::today::today,
            commands::today::choose_exam,
            commands::settings::preferences,
            commands::settings::set_preferences,
            commands::settings::about,
            commands::settings::open_reference,
            commands::exams::exams,
            commands::exams::start_exam,
            commands::exams::start_practice,
            commands::exams::drill_pools,
            commands::exams::check,
            commands::exams::sitting,
            commands::exams::see,
            commands::exams::choose,
            commands::exams::arrange,
            commands::exams::strike,
            commands::exams::flag,
            commands::exams::sure,
            commands::exams::leave,
            commands::exams::clock,
            commands::exams::end_exam,
            commands::exams::result,
            commands::exams::explanation,
            commands::history::history,
            commands::history::abandon_exam,
            commands::history::delete_sitting,
            commands::history::export_result,
            commands::history::list_for_drill,
            commands::files::choose_target,
            commands::study::study,
            commands::study::grade_card,
            commands::study::suspend_card,
            commands::study::bury_card,
            commands::study::flag_card,
            commands::study::undo_study,
            commands::study::redo_study,
            commands::browse::browse,
            commands::browse::act_on_rows,
            commands::browse::item_editor,
            commands::browse::preview_item,
            commands::browse::save_item,
            commands::browse::restore_item,
            commands::browse::undo,
            commands::browse::redo,
            commands::library::library,
            commands::library::new_deck,
            commands::library::rename_deck,
            commands::library::delete_deck,
            commands::library::deck_options,
            commands::library::set_deck_options,
            commands::library::optimise,
            commands::statistics::statistics,
            commands::plan::plan,
            commands::plan::shorten_day,
            commands::made_cards::type_answer,
            commands::made_cards::make_card,
            commands::forecast::forecast,
            commands::forecast::what_if,
            commands::forecast::set_plan,
            commands::forecast::enter_result,
            commands::library::cancel_optimise,
            commands::import::preview_import,
            commands::import::change_import,
            commands::import::import,
            commands::import::cancel_import,
            commands::import::export,
        ],
    )
}

/// Opens the window and runs until it is closed.
///
/// # Panics
/// When the system cannot make a window at all: there is nowhere left to show an error.
#[expect(clippy::expect_used, reason = "nowhere left to show an error")]
pub fn run(arguments: &Arguments) {
    let commands = bindings();
    let collection = arguments.collection.clone();
    let mut builder = tauri::Builder::default();
    if collection.is_none() {
        // A second start shows the first window. With `--collection` the file's lock decides.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| show(app)));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::serve)
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            app.manage(AppState::open(collection));
            window::open(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the window system starts");
}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::LABEL) {
        // Best effort: a window manager may refuse to raise a window.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
