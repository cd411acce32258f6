//! A session of cards by keyboard, through a power cut.

use anyhow::{Result, ensure};
use tests::{App, button, css, heading};

use crate::screens::Inspector;

/// The front of the card on screen.
fn front(app: &App) -> Result<String> {
    app.text(&css(".front"))
}

/// Shows the answer and grades it.
fn grade(app: &App, key: &str) -> Result<()> {
    app.press("Space")?;
    app.wait_for(&button("Good"))?;
    app.press(key)
}

/// Waits until this is said of what is left.
fn left(app: &App, counts: &str) -> Result<()> {
    app.wait_until(counts, |app| Ok(app.page()?.contains(counts)))
}

#[test]
#[ignore = "opens a window"]
fn cards_are_studied_by_keyboard_and_what_was_graded_survives_a_power_cut() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    app.wait_for(&heading("Know whether you are ready."))?;
    app.click(&button("Skip for now"))?;
    app.wait_for(&button("Start with the new cards"))?;
    inspector.look(&app, "today-cards")?;
    app.press("Enter")?;
    app.wait_for(&button("Show answer"))?;
    left(&app, "0 learning · 20 new")?;
    inspector.look(&app, "study-front")?;

    let first = front(&app)?;
    app.press("Space")?;
    app.wait_for(&button("Again"))?;
    inspector.look(&app, "study-back")?;
    app.press("4")?; // easy: done for days
    left(&app, "0 learning · 19 new")?;
    grade(&app, "1")?; // again: comes back today
    left(&app, "1 learning · 18 new")?;
    app.press("Z")?;
    left(&app, "0 learning · 19 new")?;
    app.press("Z")?;
    left(&app, "0 learning · 20 new")?;
    ensure!(front(&app)? == first, "undo brings the first card back");
    grade(&app, "3")?;
    left(&app, "1 learning · 19 new")?;

    app.kill9()?;
    app.restart()?;
    app.wait_for(&button("Start with the new cards"))?;
    app.press("Enter")?;
    left(&app, "1 learning · 19 new")?;
    app.press("Z")?;
    left(&app, "0 learning · 20 new")?;
    ensure!(front(&app)? == first, "undo reaches back over the restart");
    app.press("Escape")?;
    app.wait_for(&button("Start with the new cards"))?;
    inspector.verdict()
}
