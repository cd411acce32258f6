//! Faults on demand, for the tests that look at how they are told. A release has no part of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use tauri::{AppHandle, Listener};

/// A fault that a test waits for.
#[derive(Debug, Deserialize)]
struct Wanted {
    /// The command that is to panic when it is next called.
    command: String,
    /// What it is to say.
    words: String,
}

static WANTED: Mutex<Option<Wanted>> = Mutex::new(None);

fn wanted() -> MutexGuard<'static, Option<Wanted>> {
    WANTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens for tests that ask for a fault.
pub(crate) fn listen(app: &AppHandle) {
    app.listen_any("provoke-in-command", |event| {
        *wanted() = serde_json::from_str(event.payload()).ok();
    });
    let main = app.clone();
    app.listen_any("provoke-in-main", move |event| {
        let words = event.payload().to_owned();
        main.run_on_main_thread(move || panic!("{words}")).ok();
    });
}

/// Panics where a test has asked this command to.
pub(crate) fn here(command: &str) {
    let fault = wanted().take_if(|fault| fault.command == command);
    if let Some(Wanted { words, .. }) = fault {
        panic!("{words}");
    }
}
