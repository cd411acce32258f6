//! Files brought in: shown before anything is changed, kept at once, updated and undone.

use std::path::Path;

use anyhow::{Context as _, Result};
use tests::{App, button, css, heading, role};

use crate::package::package;
use crate::screens::Inspector;

const BUCKET: &str = "Where does a team keep zanzibarite objects of any size for a low price?";

/// Opens the app with a file, as a file manager does.
fn open_with(collection: &Path, file: &Path) -> Result<App> {
    App::start_with(collection, &[file.to_str().context("a path in plain letters")?])
}

/// Looks for a card in Browse and waits until it is found.
fn find(app: &App, query: &str, words: &str) -> Result<()> {
    app.press("G")?;
    app.press("B")?;
    app.wait_until("rows", |app| Ok(app.count(&css("[role=gridcell]"))? > 0))?;
    app.type_into(&role("searchbox", ""), query)?;
    app.wait_for_text(&css(".found"), "1 ")?;
    app.wait_until(words, |app| Ok(app.page()?.contains(words)))
}

#[test]
#[ignore = "opens a window"]
fn a_package_is_looked_at_brought_in_updated_and_undone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let collection = dir.path().join("collection.sitwell");
    let mut inspector = Inspector::default();
    let first =
        package(dir.path(), "first", &[["g1", BUCKET, "S3"], ["g2", "And blocks?", "EBS"]])?;
    {
        let app = open_with(&collection, &first)?;
        // A file waits until the exam is chosen.
        app.wait_until("what waits", |app| Ok(app.page()?.contains("first.apkg")))?;
        app.wait_for(&button("Skip for now"))?;
        app.click(&button("Skip for now"))?;
        app.wait_for(&heading("2 cards to import from first.apkg"))?;
        inspector.look(&app, "import-preview")?;
        app.press("Ctrl+Enter")?;
        app.wait_for(&button("Undo"))?;
        inspector.look(&app, "import-done")?;
        find(&app, "zanzibarite", "zanzibarite objects")?;
    }
    let other = package(
        dir.path(),
        "other",
        &[["x1", BUCKET, "S3"], ["x2", "What streams quuxite records?", "Kinesis"]],
    )?;
    {
        let app = open_with(&collection, &other)?;
        app.wait_for(&heading("Match 1 of 1"))?;
        inspector.look(&app, "import-duplicate")?;
        app.press("2")?; // keep mine
        app.wait_for(&heading("1 card to import from other.apkg"))?;
        app.press("3")?; // keep both
        app.wait_for(&heading("2 cards to import from other.apkg"))?;
        app.press("2")?;
        app.wait_for(&heading("1 card to import from other.apkg"))?;
        app.press("Ctrl+Enter")?;
        app.wait_for(&button("Undo"))?;
    }
    let newer = package(
        dir.path(),
        "newer",
        &[["g1", BUCKET, "Amazon S3 since its update"], ["g2", "And blocks?", "EBS"]],
    )?;
    let app = open_with(&collection, &newer)?;
    app.wait_for(&heading("1 card to import from newer.apkg"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&button("Undo"))?;
    app.click(&button("Undo"))?;
    app.wait_until("the import is undone", |app| Ok(app.page()?.contains("undone")))
}

#[test]
#[ignore = "opens a window"]
fn a_bank_of_questions_from_a_forge_is_brought_in_and_one_that_is_no_deck_refused() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let collection = dir.path().join("collection.sitwell");
    let bank = dir.path().join("bank.md");
    std::fs::write(
        &bank,
        "# Practice\n\n## About\n\nNotes.\n\n### Which store keeps quuxite objects?\n\n- [ ] EBS\n- [x] S3\n- [ ] EFS\n\n### Which two stream records? (Choose TWO)\n\n- [x] Kinesis\n- [x] MSK\n- [ ] Glacier\n",
    )?;
    {
        let app = open_with(&collection, &bank)?;
        app.wait_for(&button("Skip for now"))?;
        app.click(&button("Skip for now"))?;
        app.wait_for(&heading("2 questions to import from bank.md"))?;
        app.press("Ctrl+Enter")?;
        app.wait_for(&button("Undo"))?;
    }
    let picture = dir.path().join("picture.apkg");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n no deck at all")?;
    let app = open_with(&collection, &picture)?;
    app.wait_for(&css("[role=alert]"))?;
    app.assert_accessible("a file that is no deck")
}
