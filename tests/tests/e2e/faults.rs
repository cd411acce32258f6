//! What a person sees when the disk is full, the collection cannot be written or read, or another
//! Sitwell has it open; and that all goes on when that is over.

use std::fs;

use anyhow::{Result, ensure};
use tests::{App, Disk, button, css, heading, role};

use crate::screens::Inspector;

/// Room for a fresh collection and some answers.
const DISK: usize = 96 << 20;

/// Flags the first question and takes the flag away until that is refused; the code of the
/// refusal is left on the page.
const USE_UP: &str = "void (async () => {
    const { invoke } = window.__TAURI_INTERNALS__;
    const { running } = await invoke('today');
    for (let times = 0; times < 20000; times += 1) {
        try {
            await invoke('flag', { id: running.id, position: 0, flagged: times % 2 === 0 });
        } catch (error) {
            window.usedUp = error.code;
            return;
        }
    }
    window.usedUp = 'there was room';
})()";

/// Waits for an error on screen that says this.
fn told(app: &App, words: &[&str]) -> Result<()> {
    words.iter().try_for_each(|words| app.wait_for_text(&css("[role=alert]"), words))
}

/// Begins a drill without the first question answered.
fn drill(app: &App) -> Result<()> {
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))?;
    app.wait_for(&heading("65 questions in 3 hours."))?;
    app.click(&role("radio", "Drill"))?;
    app.wait_for(&heading("10 questions, explained one by one."))?;
    app.click(&button("Start the drill"))?;
    app.wait_for(&heading("Question 1 of 10"))
}

#[test]
#[ignore = "opens a window"]
fn a_full_disk_is_told_at_the_answer_and_the_answer_is_taken_once_there_is_room() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let Some(disk) = Disk::mount(&dir.path().join("disk"), DISK)? else { return Ok(()) };
    let mut app = App::start(&disk.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    drill(&app)?;
    let filler = disk.fill_but(0)?;
    // The log of SQLite has room of its own for a while; what the app itself asks for uses it up.
    app.evaluate(USE_UP)?;
    app.wait_until("a refusal", |app| Ok(!app.evaluate("window.usedUp ?? null")?.is_null()))?;
    ensure!(app.evaluate("window.usedUp")? == "disk_full", "{}", app.evaluate("window.usedUp")?);
    app.press("M")?;
    told(&app, &["the disk is full", "What was confirmed before is safe. Make room on the disk"])?;
    inspector.look(&app, "fault-disk-full")?;
    fs::remove_file(&filler)?;
    app.click(&button("Try again"))?;
    app.wait_gone(&css("[role=alert]"))?;
    app.press("A")?;
    app.wait_for(&css("[aria-checked=true]"))?;
    app.kill9()?;
    app.restart()?;
    app.click(&button("Resume"))?;
    app.wait_for(&css("[aria-checked=true]"))?;
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn a_collection_that_cannot_be_written_is_told_and_opens_when_it_can() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let Some(disk) = Disk::mount(&dir.path().join("disk"), DISK)? else { return Ok(()) };
    let mut app = App::start(&disk.path().join("collection.sitwell"))?;
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.end()?;
    disk.protect(true)?;
    app.restart()?;
    let mut inspector = Inspector::default();
    told(&app, &["cannot be made: the file or its folder cannot be written", "Allow the file"])?;
    inspector.look(&app, "fault-read-only")?;
    disk.protect(false)?;
    app.click(&button("Try again"))?;
    app.wait_gone(&css("[role=alert]"))?;
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn a_second_window_on_a_collection_says_which_is_open_and_opens_it_when_the_first_is_closed()
-> Result<()> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("collection.sitwell");
    let mut first = App::start(&path)?;
    first.wait_for(&role("radio", "MLS-C01"))?;
    let second = App::start(&path)?;
    let mut inspector = Inspector::default();
    told(&second, &["collection.sitwell is open in another Sitwell", "Close the other window"])?;
    inspector.look(&second, "fault-second-window")?;
    first.wait_for(&role("radio", "MLS-C01"))?;
    first.end()?;
    second.click(&button("Try again"))?;
    second.wait_gone(&css("[role=alert]"))?;
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn a_second_start_without_a_collection_leaves_the_first_window_alone_and_ends() -> Result<()> {
    let app = App::start_at_home(&[])?;
    app.wait_for(&role("radio", "MLS-C01"))?;
    ensure!(app.start_again()?.success(), "the second start failed");
    app.click(&role("radio", "MLS-C01"))?;
    app.wait_for(&button("Start a full mock"))
}

#[test]
#[ignore = "opens a window"]
fn a_file_that_is_damaged_is_told_and_left_as_it_is() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("collection.sitwell");
    let bytes = "not a collection, but somebody's text ".repeat(40);
    fs::write(&path, &bytes)?;
    let app = App::start(&path)?;
    let mut inspector = Inspector::default();
    told(&app, &["the file is damaged, or is no collection", "The file was left as it is."])?;
    inspector.look(&app, "fault-damaged")?;
    ensure!(fs::read_to_string(&path)? == bytes, "the file was changed");
    inspector.verdict()
}
