//! Faults on demand, for the tests that look at how they are told. A release has no part of it.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Listener};

/// What the next command says when it panics.
static NEXT: Mutex<Option<String>> = Mutex::new(None);

/// Listens for tests that ask for a fault, with the words it is to have.
pub(crate) fn listen(app: &AppHandle) {
    app.listen_any("provoke-in-command", |event| {
        *NEXT.lock().unwrap_or_else(PoisonError::into_inner) = Some(event.payload().to_owned());
    });
    let main = app.clone();
    app.listen_any("provoke-in-main", move |event| {
        let words = event.payload().to_owned();
        main.run_on_main_thread(move || panic!("{words}")).ok();
    });
}

/// Panics when a test has asked for it.
pub(crate) fn here() {
    let words = NEXT.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(words) = words {
        panic!("{words}");
    }
}
