//! Mistakes of Sitwell's own: how they are told, that the window goes on where it can, and that the
//! log holds what helps to find them and nothing of what the learner has.
//!
//! The mistakes are provoked by events that only a debug build listens to.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{App, button, css, heading, role};

use crate::package::package;
use crate::screens::Inspector;

/// Words of a deck, which a panic may quote.
const WORDS: &str = "Where does a team keep zanzibarite objects?";
/// As many bytes as make the app begin another file, and more.
const FULL: usize = 300 * 1024;
/// Older files that are kept beside the newest.
const KEPT: usize = 3;

/// Has the app make a mistake.
fn provoke(app: &App, event: &str, wanted: &Value) -> Result<()> {
    let script = "void window.__TAURI_INTERNALS__.invoke('plugin:event|emit',
        { event: arguments[0], payload: arguments[1] })";
    app.run(script, &json!([event, wanted])).map(drop)
}

/// The folder of the log in a home that has its data there.
fn folder(data: &Path) -> PathBuf {
    data.join("app.sitwell.desktop").join("logs")
}

/// The names of the files of the log, in order.
fn files(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.flatten();
    let mut names: Vec<_> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// A log that is full, with older files beside it.
fn fill(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for day in 1..=5 {
        fs::write(folder.join(format!("sitwell_2020-01-0{day}_00-00-00.log")), "{}\n")?;
    }
    Ok(fs::write(folder.join("sitwell.log"), "{}\n".repeat(FULL / 3))?)
}

fn of<'a>(lines: &'a [Value], event: &str) -> Result<&'a Value> {
    let found = lines.iter().find(|line| line["event"] == event);
    found.with_context(|| format!("the log has no “{event}”: {lines:#?}"))
}

#[test]
#[ignore = "opens a window"]
fn a_command_that_panics_is_told_the_window_goes_on_and_the_log_holds_no_content() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("data");
    fill(&folder(&data))?;
    let deck = package(dir.path(), "quuxite", &[["g1", WORDS, "In S3"]])?;
    let mut app = App::start_at_home(&[("XDG_DATA_HOME", data.clone().into())])?;
    let mut inspector = Inspector::default();
    app.wait_for(&button("Skip for now"))?;
    app.click(&button("Skip for now"))?;
    app.wait_for(&button("Start with the new cards"))?;
    app.drop_files(&[&deck])?;
    app.wait_for(&heading("1 card to import from quuxite.apkg"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&button("Undo"))?;

    let collection = data.join("sitwell").join("collection.sitwell");
    let words = format!("{WORDS} In {}", collection.display());
    provoke(&app, "provoke-in-command", &json!({ "command": "browse", "words": words }))?;
    app.press("G")?;
    app.press("B")?;
    app.wait_for(&heading("Sitwell has made a mistake."))?;
    let report = app.text(&css("dialog code"))?;
    ensure!(report.contains("src-tauri/src/provoke.rs:"), "{report}");
    inspector.look(&app, "fault")?;
    app.press("Escape")?;
    app.wait_gone(&css("dialog"))?;
    // What had asked was not left waiting.
    let refused = "Sitwell has made a mistake, and this may not be done.";
    app.wait_until("the refusal", |app| Ok(app.page()?.contains(refused)))?;
    app.click(&button("Try again"))?;
    app.wait_until("rows", |app| Ok(app.count(&css("[role=gridcell]"))? > 0))?;
    app.type_into(&role("searchbox", ""), "zanzibarite")?;
    app.wait_for_text(&css(".found"), "1 ")?;
    app.end()?;

    let names = files(&folder(&data))?;
    ensure!(names.len() == KEPT + 1 && names[0] == "sitwell.log", "{names:?}");
    ensure!(names[1].starts_with("sitwell_2020-01-04"), "{names:?}");
    let log = fs::read_to_string(folder(&data).join("sitwell.log"))?;
    let lines: Vec<Value> =
        log.lines().map(serde_json::from_str).collect::<Result<_, _>>().context(log.clone())?;
    for line in &lines {
        ensure!(line["at_ms"].is_i64() && line["level"].is_string(), "{line}");
    }
    ensure!(of(&lines, "fault")?["place"].as_str().is_some_and(|it| report.ends_with(it)), "{log}");
    ensure!(of(&lines, "broken")?["command"] == "browse", "{log}");
    ensure!(of(&lines, "read")?["format"] == "apkg", "{log}");
    ensure!(of(&lines, "imported")?["new"] == 1, "{log}");
    for event in ["started", "opened", "backed_up", "reading", "importing"] {
        of(&lines, event)?;
    }
    for word in ["zanzibarite", "quuxite", "S3", "Storage", "collection.sitwell", "data", "home"] {
        ensure!(!log.contains(word), "the log tells of “{word}”:\n{log}");
    }
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn another_process_tells_when_the_main_thread_panics() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("data");
    let mut app = App::start_at_home(&[("XDG_DATA_HOME", data.clone().into())])?;
    app.wait_for(&button("Skip for now"))?;
    // The app may be gone before the driver has its answer; what follows tells whether it is.
    provoke(&app, "provoke-in-main", &json!(WORDS)).ok();
    let told = app.told_beside("--fault")?;
    ensure!(told.contains("src-tauri/src/provoke.rs:") && !told.contains(WORDS), "{told}");
    let log = fs::read_to_string(folder(&data).join("sitwell.log"))?;
    ensure!(log.matches(r#""event":"fault""#).count() >= 1, "{log}");
    ensure!(!log.contains("zanzibarite"), "{log}");
    // What was acknowledged is there, and nothing holds the collection.
    app.restart()?;
    app.wait_for(&button("Skip for now"))
}
