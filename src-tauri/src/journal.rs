//! What Sitwell did, in lines of JSON on this computer alone, so that a fault can be reported.
//!
//! An [`Event`] has room for names of the program's own, codes, counts and times: for no word of a
//! deck, no answer and no path. What libraries log may hold anything, so none of it is kept.

use std::panic::Location;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use log::{Level, LevelFilter};
use serde::Serialize;
use sitwell_backend::desk::views::{BackupKind, ImportCounts};
use sitwell_backend::formats::Format;
use tauri::{AppHandle, Manager};
use tauri_plugin_log::{Builder, RotationStrategy, Target, TargetKind};

use crate::state::Repair;

/// What is logged under another name is not kept.
const TARGET: &str = "sitwell-journal";
/// Name of the newest file in the system's folder for logs.
const FILE: &str = "sitwell";
/// A file that is larger makes room for a new one, bytes.
const MAX_BYTES: u128 = 256 * 1024;
/// How many files are kept beside it.
const KEPT: usize = 3;

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub(crate) enum Event {
    /// The app began.
    Started { version: &'static str, os: &'static str, arch: &'static str },
    /// The app ended as it should.
    Ended,
    /// The collection was opened.
    Opened { ms: u64 },
    /// The collection was closed.
    Closed { ms: u64 },
    /// A command was refused.
    Refused { code: &'static str },
    /// A command took its time.
    Slow { command: &'static str, ms: u64 },
    /// A file is being read, to be shown.
    Reading,
    /// A file was read.
    Read {
        format: Format,
        #[serde(flatten)]
        counts: ImportCounts,
        ms: u64,
    },
    /// What was shown is being taken in.
    Importing,
    /// It was taken in.
    Imported {
        #[serde(flatten)]
        counts: ImportCounts,
        ms: u64,
    },
    /// The learner stopped it.
    ImportStopped { ms: u64 },
    /// A backup was made.
    BackedUp { kind: BackupKind, bytes: u64, ms: u64 },
    /// The backup of the day was not made.
    NotBackedUp,
    /// A backup took the place of the collection.
    Restored { ms: u64 },
    /// The collection was looked through for damage.
    LookedThrough { faults: usize, has_backup: bool, ms: u64 },
    /// Something took the place of a damaged collection.
    Repaired { how: Repair, ms: u64 },
    /// Sitwell made a mistake.
    Fault { place: Place },
    /// It ended this command.
    Broken { command: &'static str, ms: u64 },
    /// A mistake that whoever ran into it had expected.
    Contained { place: Place },
}

impl Event {
    fn level(&self) -> Level {
        match self {
            Self::Fault { .. } | Self::Broken { .. } => Level::Error,
            Self::Refused { .. }
            | Self::NotBackedUp
            | Self::LookedThrough { faults: 1.., .. }
            | Self::Contained { .. } => Level::Warn,
            _ => Level::Info,
        }
    }
}

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Place(String);

impl Place {
    /// The place that a panic names.
    pub(crate) fn of(location: Option<&Location<'_>>) -> Self {
        Self(location.map_or_else(
            || "an unknown place".to_owned(),
            |at| format!("{}:{}", in_source(at.file()), at.line()),
        ))
    }

    /// File and line.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file of the source, without the folders of whoever built it.
fn in_source(file: &str) -> &str {
    for mark in ["/registry/src/", "\\registry\\src\\"] {
        if let Some((_, inside)) = file.split_once(mark) {
            return inside.split_once(['/', '\\']).map_or(inside, |(_, file)| file);
        }
    }
    if Path::new(file).is_absolute() && !file.starts_with("/rustc/") {
        return file.rsplit(['/', '\\']).next().unwrap_or(file);
    }
    file
}

/// Begins to keep the log. Where it cannot be written, Sitwell works without.
pub(crate) fn keep(app: &AppHandle) {
    let builder = Builder::new()
        .targets([Target::new(TargetKind::LogDir { file_name: Some(FILE.to_owned()) })])
        .level(LevelFilter::Off)
        .level_for(TARGET, LevelFilter::Info)
        .max_file_size(MAX_BYTES)
        .rotation_strategy(RotationStrategy::KeepSome(KEPT))
        .format(|out, line, _| out.finish(format_args!("{line}")));
    // The plugin itself is left out: it would let the window log what it likes, and a folder that
    // cannot be made would end the app.
    if let Ok((_, level, logger)) = builder.split(app)
        && log::set_boxed_logger(logger).is_ok()
    {
        log::set_max_level(level);
    }
}

/// Where the log is.
pub(crate) fn folder(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_log_dir().ok()
}

/// Writes down what happened.
pub(crate) fn note(event: &Event) {
    log::log!(target: TARGET, event.level(), "{}", line(now_ms(), event));
}

/// Makes sure that what was noted is in the file.
pub(crate) fn flush() {
    log::logger().flush();
}

/// Milliseconds since then.
pub(crate) fn ms(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Now, Unix milliseconds.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[derive(Serialize)]
struct Line<'a> {
    at_ms: i64,
    level: &'static str,
    #[serde(flatten)]
    event: &'a Event,
}

fn line(at_ms: i64, event: &Event) -> String {
    let level = match event.level() {
        Level::Error => "error",
        Level::Warn => "warn",
        _ => "info",
    };
    // An event has nothing that JSON cannot say.
    serde_json::to_string(&Line { at_ms, level, event }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(event: &Event) -> String {
        line(7, event)
    }

    #[test]
    fn an_event_is_a_line_of_json_with_its_facts() {
        for (event, expected) in [
            (Event::Ended, r#"{"at_ms":7,"level":"info","event":"ended"}"#),
            (
                Event::Refused { code: "disk_full" },
                r#"{"at_ms":7,"level":"warn","event":"refused","code":"disk_full"}"#,
            ),
            (
                Event::LookedThrough { faults: 2, has_backup: true, ms: 5 },
                r#"{"at_ms":7,"level":"warn","event":"looked_through","faults":2,"has_backup":true,"ms":5}"#,
            ),
            (
                Event::BackedUp { kind: BackupKind::Daily, bytes: 9, ms: 5 },
                r#"{"at_ms":7,"level":"info","event":"backed_up","kind":"daily","bytes":9,"ms":5}"#,
            ),
            (
                Event::Repaired { how: Repair::StartAnew, ms: 5 },
                r#"{"at_ms":7,"level":"info","event":"repaired","how":"start_anew","ms":5}"#,
            ),
            (
                Event::Fault { place: Place("src/lib.rs:12".to_owned()) },
                r#"{"at_ms":7,"level":"error","event":"fault","place":"src/lib.rs:12"}"#,
            ),
        ] {
            assert_eq!(said(&event), expected);
        }
    }

    #[test]
    fn an_import_is_told_in_counts() {
        let counts = ImportCounts {
            decks: 1,
            notes: 2,
            cards: 3,
            questions: 4,
            media: 5,
            reviews: 6,
            new: 7,
            updated: 8,
            unchanged: 9,
            skipped: 10,
        };
        assert_eq!(
            said(&Event::Read { format: Format::Gift, counts, ms: 3 }),
            r#"{"at_ms":7,"level":"info","event":"read","format":"gift","decks":1,"notes":2,"cards":3,"questions":4,"media":5,"reviews":6,"new":7,"updated":8,"unchanged":9,"skipped":10,"ms":3}"#
        );
    }

    #[test]
    fn a_place_does_not_tell_who_built_it() {
        for (file, place) in [
            (
                "/home/mara/.cargo/registry/src/index-1949/math-core-0.7.0/src/lib.rs",
                "math-core-0.7.0/src/lib.rs",
            ),
            ("src-tauri/src/lib.rs", "src-tauri/src/lib.rs"),
            ("/home/mara/sitwell/src-tauri/src/lib.rs", "lib.rs"),
            ("/rustc/ab12/library/core/src/option.rs", "/rustc/ab12/library/core/src/option.rs"),
        ] {
            assert_eq!(in_source(file), place);
        }
    }

    #[test]
    fn a_panic_is_told_by_its_place_and_not_by_its_words() {
        let place = Place::of(Some(Location::caller()));
        let line = said(&Event::Fault { place });
        assert!(line.contains("journal.rs:"), "{line}");
        assert!(said(&Event::Fault { place: Place::of(None) }).contains("an unknown place"));
    }
}
