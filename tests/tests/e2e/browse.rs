//! Finding, editing and undoing in Browse, and the screens that hang beside it.

use anyhow::Result;
use tests::{App, button, css, heading, role};

use crate::screens::Inspector;

/// Goes somewhere by two letters.
fn go(app: &App, letter: &str) -> Result<()> {
    app.press("G")?;
    app.press(letter)
}

/// Types a query in place of the one that is there, and waits for this many rows to be found.
fn search(app: &App, query: &str, found: &str) -> Result<()> {
    app.type_into(&role("searchbox", ""), query)?;
    app.wait_for_text(&css(".found"), found)
}

#[test]
#[ignore = "opens a window"]
fn a_card_is_found_edited_and_undone_and_a_bad_query_says_where() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    app.wait_for(&heading("Know whether you are ready."))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Skip for now"))?;
    app.wait_for(&button("Start with the new cards"))?;

    go(&app, "B")?;
    app.wait_until("rows", |app| Ok(app.count(&css("[role=gridcell]"))? > 0))?;
    inspector.look(&app, "browse")?;
    app.press("/")?;
    search(&app, "kind:card task:3.5 reca", " of ")?;
    app.wait_for(&css(".paint"))?;
    app.type_into(&role("searchbox", ""), "flavour:sweet")?;
    app.wait_for_text(&css("[role=alert]"), "There is no field “flavour”")?;
    inspector.look(&app, "browse-problem")?;
    search(&app, "kind:card task:4.1 container", " of ")?;
    app.press("Escape")?;

    // One card, reworded by its learner.
    app.press("J")?;
    app.press("Enter")?;
    let front = role("textbox", "Question");
    app.wait_for(&front)?;
    inspector.look(&app, "browse-editor")?;
    app.type_into(&front, "What did I write about a container?")?;
    // Left without being saved, it waits.
    app.click(&button("Library"))?;
    app.wait_for(&heading("Library"))?;
    app.wait_until("a word about the draft", |app| {
        Ok(app.page()?.contains("Your changes are not saved."))
    })?;
    go(&app, "B")?;
    app.wait_until("the draft", |app| Ok(app.page()?.contains("You left these changes unsaved.")))?;
    inspector.look(&app, "browse-resumed")?;
    app.press("Ctrl+S")?;
    app.wait_until("the new words in the table", |app| {
        Ok(app.page()?.contains("What did I write about a container?"))
    })?;
    app.click(&button("Undo"))?;
    app.wait_until("the words from before", |app| {
        Ok(!app.page()?.contains("What did I write about a container?"))
    })?;
    app.press("Escape")?;
    app.wait_gone(&front)?;
    app.press("J")?;
    app.press("X")?;
    app.press("S")?;
    app.wait_until("the row to be suspended", |app| Ok(app.page()?.contains("Suspended")))?;
    app.press("Z")?;
    app.wait_until("the suspension to be taken back", |app| {
        Ok(!app.page()?.contains("Suspended"))
    })?;

    go(&app, "L")?;
    app.wait_for(&heading("Library"))?;
    app.wait_until("the decks", |app| Ok(app.page()?.contains("Machine Learning – Specialty")))?;
    inspector.look(&app, "library")?;
    app.press("Shift+O")?;
    app.wait_until("the options", |app| Ok(app.page()?.contains("New cards")))?;
    inspector.look(&app, "library-options")?;
    app.press("Escape")?;

    go(&app, "A")?;
    app.wait_until("the statistics", |app| Ok(!app.page()?.contains("Loading")))?;
    inspector.look(&app, "statistics-empty")?;
    go(&app, "F")?;
    app.wait_for(&css("main h1"))?;
    inspector.look(&app, "forecast-empty")?;
    inspector.verdict()
}
