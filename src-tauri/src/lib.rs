//! The shell: one window over the back end. It opens the collection, hands each command to the
//! front desk, and knows nothing of exams itself.

mod asked;
mod commands;
mod error;
mod fault;
mod journal;
mod media;
mod opened;
#[cfg(debug_assertions)]
mod provoke;
mod state;
mod update;
mod window;

use std::path::{Path, PathBuf};

use clap::Parser;
pub use error::AppError;
use journal::Event;
use opened::OpenedFiles;
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

    /// Tells of a fault that ended another process.
    #[arg(long, hide = true, value_name = "REPORT")]
    pub fault: Option<String>,

    /// Shows what is in these decks, to import them.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// The commands that the window may call, with their types.
#[expect(clippy::too_many_lines, reason = "a line for each command")]
pub fn bindings() -> Builder<tauri::Wry> {
    Builder::new().dangerously_cast_bigints_to_number().disable_serde_phases().commands(
        collect_commands![
            commands::today::today,
            commands::today::choose_exam,
            commands::settings::preferences,
            commands::settings::set_preferences,
            commands::settings::about,
            commands::settings::show_log,
            commands::settings::open_reference,
            commands::exams::exams,
            commands::exams::exam,
            commands::exams::start_exam,
            commands::exams::start_practice,
            commands::exams::drill_pools,
            commands::exams::outline,
            commands::exams::custom,
            commands::exams::check,
            commands::exams::sitting,
            commands::exams::see,
            commands::exams::choose,
            commands::exams::arrange,
            commands::exams::strike,
            commands::exams::flag,
            commands::exams::sure,
            commands::exams::comment,
            commands::exams::pause,
            commands::exams::come_back,
            commands::exams::leave,
            commands::exams::clock,
            commands::exams::end_exam,
            commands::exams::result,
            commands::exams::explanation,
            commands::item_reports::report_item,
            commands::item_reports::item_reports,
            commands::item_reports::remove_item_report,
            commands::item_reports::item_reports_text,
            commands::history::history,
            commands::history::abandon_exam,
            commands::history::delete_sitting,
            commands::history::export_result,
            commands::history::list_for_drill,
            commands::study::study,
            commands::study::grade_card,
            commands::study::suspend_card,
            commands::study::bury_card,
            commands::study::flag_card,
            commands::study::undo_study,
            commands::study::redo_study,
            commands::browse::browse,
            commands::browse::words_left,
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
            commands::import::cancel_export,
            commands::files::files_to_open,
            commands::files::choose_file,
            commands::files::choose_folder,
            commands::files::choose_target,
            commands::updates::updates,
            commands::updates::set_automatic_updates,
            commands::updates::check_for_update,
            commands::updates::daily_update_check,
            commands::updates::install_update,
            commands::updates::cancel_update,
            commands::updates::restart,
            commands::backups::backups,
            commands::backups::daily_backup,
            commands::backups::back_up,
            commands::backups::show_backups,
            commands::backups::preview_restore,
            commands::backups::cancel_restore,
            commands::backups::restore,
            commands::backups::export_everything,
            commands::backups::damage,
            commands::backups::restore_newest,
            commands::backups::start_anew,
        ],
    )
}

/// Opens the window and runs until it is closed.
///
/// # Panics
/// When the system cannot make a window at all: there is nowhere left to show an error.
#[expect(clippy::expect_used, reason = "nowhere left to show an error")]
pub fn run(arguments: &Arguments) {
    if let Some(report) = &arguments.fault {
        return fault::run(report);
    }
    fault::watch();
    let commands = bindings();
    let collection = arguments.collection.clone();
    let opened = OpenedFiles::default();
    opened.ask_in(&std::env::current_dir().unwrap_or_default(), &arguments.files);
    let mut builder = tauri::Builder::default();
    if collection.is_none() {
        // A second start shows the first window. With `--collection` the file's lock decides.
        builder = builder.plugin(tauri_plugin_single_instance::init(second_start));
    }
    builder
        .manage(opened)
        .manage(update::Updates::default())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_updater::Builder::new().build())
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::serve)
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            journal::keep(app.handle());
            journal::note(&Event::Started {
                version: env!("CARGO_PKG_VERSION"),
                os: std::env::consts::OS,
                arch: std::env::consts::ARCH,
            });
            fault::tell(app.handle());
            app.manage(AppState::open(collection));
            #[cfg(debug_assertions)]
            {
                app.add_capability(include_str!("../capabilities/drive.json"))?;
                provoke::listen(app.handle());
            }
            window::open(app.handle())?;
            Ok(())
        })
        .build(context())
        .expect("the window system starts")
        .run(|app, event| match event {
            // macOS names the files of a double click in an event, the others in the arguments.
            #[cfg(target_os = "macos")]
            tauri::RunEvent::Opened { urls } => {
                let files: Vec<_> = urls.iter().filter_map(|url| url.to_file_path().ok()).collect();
                app.state::<OpenedFiles>().ask_in(Path::new("/"), &files);
            }
            tauri::RunEvent::Exit => {
                tauri::async_runtime::block_on(app.state::<AppState>().close());
                journal::note(&Event::Ended);
            }
            _ => {}
        });
}

/// What `tauri.conf.json` says, and the built UI; once, for it is large.
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// A second start hands its files to the window that is there, and brings that to the front.
#[expect(clippy::needless_pass_by_value, reason = "the signature of the plugin's callback")]
fn second_start(app: &AppHandle, arguments: Vec<String>, folder: String) {
    // The second process has read the same arguments, and said what was wrong with them.
    if let Ok(arguments) = Arguments::try_parse_from(arguments) {
        app.state::<OpenedFiles>().ask_in(Path::new(&folder), &arguments.files);
    }
    show(app);
}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(window::LABEL) {
        // Best effort: a window manager may refuse to raise a window.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
