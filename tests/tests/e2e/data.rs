//! Backups as a person meets them: made, looked at, restored, and put in the place of a damaged
//! collection.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use tests::{App, button, css, heading};

use crate::screens::Inspector;

/// A page of SQLite.
const PAGE: usize = 4096;

/// Opens the cards from Today, and waits until this is said of what is left.
fn study(app: &App, counts: &str) -> Result<()> {
    app.wait_for(&button("Start with the new cards"))?;
    app.press("Enter")?;
    left(app, counts)
}

fn left(app: &App, counts: &str) -> Result<()> {
    app.wait_until(counts, |app| Ok(app.page()?.contains(counts)))
}

/// Grades the card on screen as easy: it is done for days.
fn grade(app: &App) -> Result<()> {
    app.press("Space")?;
    app.wait_for(&button("Again"))?;
    app.press("4")
}

/// Overwrites pages in the middle of a file.
fn damage(path: &Path) -> Result<()> {
    let mut bytes = fs::read(path)?;
    let middle = bytes.len() / 2 / PAGE * PAGE;
    let hit = bytes.get_mut(middle..middle + 8 * PAGE).context("the file is too short")?;
    hit.fill(0xa5);
    fs::write(path, bytes)?;
    Ok(())
}

#[test]
#[ignore = "opens a window"]
fn a_backup_is_restored_and_takes_the_place_of_a_damaged_collection() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("collection.sitwell");
    let mut app = App::start(&path)?;
    let mut inspector = Inspector::default();
    app.wait_for(&heading("Know whether you are ready."))?;
    app.click(&button("Skip for now"))?;
    study(&app, "0 learning · 20 new")?;
    grade(&app)?;
    left(&app, "0 learning · 19 new")?;
    app.press("Escape")?;
    app.wait_for(&button("Start with the new cards"))?;
    app.press("Ctrl+,")?;
    app.click(&button("Back up now"))?;
    app.wait_until("the backup", |app| Ok(app.page()?.contains("Backed up and read back")))?;
    inspector.look(&app, "settings-data")?;

    app.press("G")?;
    app.press("T")?;
    study(&app, "0 learning · 19 new")?;
    grade(&app)?;
    left(&app, "0 learning · 18 new")?;
    app.press("Escape")?;
    app.wait_for(&button("Start with the new cards"))?;
    app.press("Ctrl+,")?;
    app.click(&button("Choose a backup"))?;
    app.wait_for(&heading("Which backup?"))?;
    inspector.look(&app, "restore-choose")?;
    app.click(&css(".choices li:first-child button"))?;
    app.wait_for(&button("Restore it"))?;
    left(&app, "1 answer to a card, ")?;
    inspector.look(&app, "restore-preview")?;
    app.click(&button("Restore it"))?;
    app.click(&button("Go on"))?;
    // The page is loaded anew; what a search for names needs is gone with the old one.
    app.wait_gone(&css("dialog"))?;
    study(&app, "0 learning · 19 new")?;
    app.press("Escape")?;
    app.wait_for(&button("Start with the new cards"))?;

    // The newest backup is the one of before the restore, with both answers.
    app.kill9()?;
    // The log holds what is newest; a damaged file is one that a disk has had for longer.
    for log in ["-wal", "-shm"] {
        let log = dir.path().join(format!("collection.sitwell{log}"));
        if log.exists() {
            fs::remove_file(log)?;
        }
    }
    damage(&path)?;
    let before = fs::read(&path)?;
    app.restart()?;
    app.wait_for(&heading("Your collection is damaged."))?;
    app.wait_for(&button("Restore this backup"))?;
    inspector.look(&app, "repair")?;
    app.click(&button("Restore this backup"))?;
    app.wait_for(&heading("Your collection is open again."))?;
    let kept = app.text(&css("code"))?;
    ensure!(fs::read(&kept)? == before, "the damaged file was not kept");
    app.click(&button("Go on"))?;
    app.wait_gone(&css("main code"))?;
    study(&app, "0 learning · 18 new")?;
    inspector.verdict()
}
