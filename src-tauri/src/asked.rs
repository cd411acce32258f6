//! A command while it runs. One that panics would never answer, and the window would wait for it;
//! so it is refused. One that takes long is noted.

use std::ops::Deref;
use std::thread;
use std::time::Instant;

use specta::datatype::DataType;
use specta::function::FunctionArg;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};
use tauri::{Webview, Wry};

use crate::AppError;
use crate::journal::{self, Event};

/// The header by which the window says what to call when a command fails.
const ON_ERROR: &str = "Tauri-Error";
/// From here on a command is slow.
const SLOW_MS: u64 = 1_000;

/// What the app holds, given to a command, which is watched through it.
pub(crate) struct State<'r, T: Send + Sync + 'static> {
    held: tauri::State<'r, T>,
    #[cfg_attr(not(debug_assertions), expect(dead_code, reason = "it acts when it is dropped"))]
    asked: Asked,
}

impl<T: Send + Sync + 'static> Deref for State<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        #[cfg(debug_assertions)]
        crate::provoke::here(self.asked.command);
        &self.held
    }
}

impl<'r, 'de: 'r, T: Send + Sync + 'static> CommandArg<'de, Wry> for State<'r, T> {
    fn from_command(command: CommandItem<'de, Wry>) -> Result<Self, InvokeError> {
        let asked = Asked::of(&command);
        tauri::State::from_command(command).map(|held| Self { held, asked })
    }
}

impl<T: Send + Sync + 'static> FunctionArg for State<'_, T> {
    fn to_datatype(_: &mut specta::Types) -> Option<DataType> {
        None
    }
}

/// A command that runs until this is dropped.
struct Asked {
    command: &'static str,
    webview: Webview,
    /// The number of what the window calls when it fails.
    on_error: Option<u32>,
    begun: Instant,
}

impl Asked {
    fn of(command: &CommandItem<'_, Wry>) -> Self {
        let header = command.message.headers().get(ON_ERROR);
        Self {
            command: command.name,
            webview: command.message.webview(),
            on_error: header.and_then(|number| number.to_str().ok()?.parse().ok()),
            begun: Instant::now(),
        }
    }

    /// Tells the window that there will be no answer.
    fn refuse(&self) {
        let Some(script) = self.on_error.and_then(refusal) else {
            return;
        };
        let webview = self.webview.clone();
        // Whatever this thread holds, another does not wait for it.
        let telling = thread::Builder::new().spawn(move || webview.eval(script));
        // The window is told of the fault besides.
        drop(telling);
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let (command, ms) = (self.command, journal::ms(self.begun));
        if thread::panicking() {
            journal::note(&Event::Broken { command, ms });
            self.refuse();
        } else if ms >= SLOW_MS {
            journal::note(&Event::Slow { command, ms });
        }
    }
}

/// The script by which Tauri answers where it cannot answer the request itself.
fn refusal(number: u32) -> Option<String> {
    let error = AppError {
        code: "fault".to_owned(),
        message: "Sitwell has made a mistake, and this may not be done.".to_owned(),
        hint: Some("What was confirmed before is safe. Try again.".to_owned()),
        location: None,
    };
    let error = serde_json::to_string(&error).ok()?;
    Some(format!("window.__TAURI_INTERNALS__.runCallback({number}, {error})"))
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn a_command_that_panicked_is_refused_like_any_other() {
        let script = refusal(71).unwrap();
        let call = script.strip_prefix("window.__TAURI_INTERNALS__.runCallback(71, ").unwrap();
        let error: serde_json::Value =
            serde_json::from_str(call.strip_suffix(')').unwrap()).unwrap();
        assert_eq!(error["code"], "fault");
    }
}
