//! A fault of Sitwell's own: a panic. It is noted by its place in the source, without its words,
//! which may quote a deck, and told to the learner with what is safe.
//!
//! A command that panics leaves the window standing, so the window tells it. When the main thread
//! does, nothing of this process can be trusted any more: another one tells it.

use std::panic::{self, PanicHookInfo};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use serde::Serialize;
use sitwell_backend::rich_text::CONTAINED;
use tauri::{AppHandle, Emitter};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::journal::{self, Event, Place};

/// The event that tells the window.
const EVENT: &str = "fault";
/// Said by the process that tells of the end of another.
const WORDS: &str = "Sitwell has made a mistake and had to close.\n\n\
    Everything that was shown as chosen or graded is kept. An exam that was running goes on with \
    the time that is left: open Sitwell again.\n\n\
    To report it, send the last line, and the log if you like. They hold no words of your decks \
    and none of your answers.";

/// The app to tell, once there is one.
static APP: OnceLock<AppHandle> = OnceLock::new();
/// Whether another process tells already: unwinding ends in a second panic where it is not allowed.
static TOLD: AtomicBool = AtomicBool::new(false);

/// What the window is told.
#[derive(Debug, Clone, Serialize)]
struct Told {
    /// What to send to report it.
    report: String,
}

/// Watches for faults from now on; called by the main thread.
pub(crate) fn watch() {
    let main = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        before(info);
        met(info, main);
    }));
}

/// Tells this window of faults.
pub(crate) fn tell(app: &AppHandle) {
    // Set once: there is one app in a process.
    APP.set(app.clone()).ok();
}

fn met(info: &PanicHookInfo<'_>, main: ThreadId) {
    let place = Place::of(info.location());
    let here = thread::current();
    if here.name() == Some(CONTAINED) {
        journal::note(&Event::Contained { place });
        return;
    }
    let report = report(&place);
    journal::note(&Event::Fault { place });
    journal::flush();
    if here.id() == main {
        tell_beside(&report);
    } else if let Some(app) = APP.get() {
        // Whatever this thread holds, another does not wait for it.
        let telling = thread::Builder::new().spawn(|| app.emit(EVENT, Told { report }));
        // The log has it.
        drop(telling);
    }
}

/// Has another process tell.
fn tell_beside(report: &str) {
    if TOLD.swap(true, Ordering::SeqCst) {
        return;
    }
    let telling = std::env::current_exe()
        .and_then(|sitwell| Command::new(sitwell).args(["--fault", report]).spawn());
    // The log has it.
    drop(telling);
}

/// What to send.
fn report(place: &Place) -> String {
    let (version, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    format!("Sitwell {version}, {os}, {}", place.as_str())
}

/// Tells of a fault that ended another process, and ends when that was read.
pub(crate) fn run(report: &str) {
    let report = report.to_owned();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            let log = journal::folder(app.handle());
            let log = log.map(|folder| format!("The log is in {}.", folder.display()));
            let told: Vec<_> =
                [Some(WORDS.to_owned()), log, Some(report)].into_iter().flatten().collect();
            let handle = app.handle().clone();
            app.dialog()
                .message(told.join("\n\n"))
                .title("Sitwell")
                .kind(MessageDialogKind::Error)
                .show(move |_| handle.exit(0));
            Ok(())
        })
        .build(crate::context());
    // Without a window system there is nobody to tell; the log has it.
    if let Ok(app) = built {
        app.run(|_, _| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_the_version_the_system_and_the_place() {
        let report = report(&Place::of(Some(panic::Location::caller())));
        assert!(report.starts_with(&format!("Sitwell {}, ", env!("CARGO_PKG_VERSION"))));
        assert!(report.contains(std::env::consts::OS), "{report}");
        assert!(report.contains("fault.rs:"), "{report}");
    }
}
