//! Pictures and sounds of a deck, loaded by the real window.

use std::path::Path;

use anyhow::{Result, ensure};
use tests::{App, button, css, heading};

use crate::made::{DRAWING, TITLE, deck, sound};
use crate::package::package_of;
use crate::paper;

/// A question that shows and plays, and one that does not, so that one is left and come back to.
const QUESTIONS: &str = "\
## Question what-is-drawn
difficulty: easy

![A circle on the left](media/drawing.svg)

![](media/tone.wav)

What is drawn?

- [x] A circle
  - It is round.
- [ ] A square
  - It has no corners.

Why: Look at it again.

![The circle again](media/drawing.svg)

![](media/tone.wav)

## Question what-is-not-drawn
difficulty: easy

What is not drawn?

- [x] A square
- [ ] A circle
";

const CARD: &str = "\
## Card vexillite
kind: basic

What does vexillite look and sound like?

![A circle on the left](media/drawing.svg)

![](media/tone.wav)

---

Like this.
";

fn with_media(folder: &Path, slug: &str, items: &str) -> Result<std::path::PathBuf> {
    let made = deck(folder, slug, items)?;
    std::fs::create_dir(made.join("media"))?;
    std::fs::write(made.join("media/drawing.svg"), DRAWING)?;
    std::fs::write(made.join("media/tone.wav"), sound())?;
    Ok(made)
}

/// Waits until every picture within is drawn and every sound can be played, so many of each.
fn loaded(app: &App, within: &str, count: usize) -> Result<()> {
    let state = format!(
        "{{ pictures: [...document.querySelectorAll('{within} img')].map((it) => \
         [it.src.slice(0, 6), it.complete && it.naturalWidth]), \
         sounds: [...document.querySelectorAll('{within} audio')].map((it) => \
         [it.error?.message ?? null, it.readyState > 0 && it.duration]) }}"
    );
    let picture = serde_json::json!(["media:", 240]);
    let sound = serde_json::json!([null, 1]);
    let wanted = serde_json::json!({
        "pictures": vec![picture; count],
        "sounds": vec![sound; count],
    });
    app.wait_until(&format!("{count} pictures and sounds in {within}"), |app| {
        Ok(app.evaluate(&state)? == wanted)
    })
    .map_err(|error| match app.evaluate(&state) {
        Ok(now) => error.context(format!("instead there are {now}")),
        Err(_) => error,
    })
}

fn drop_and_keep(app: &App, file: &Path) -> Result<()> {
    app.drop_files(&[file])?;
    app.wait_for(&heading("to import from"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))
}

#[test]
#[ignore = "opens a window"]
fn pictures_and_sounds_load_in_study_in_the_hall_and_in_explanations() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    paper::settle_in(&app)?;
    paper::suspend_all(&app)?;

    let cards = with_media(dir.path(), "cards", CARD)?;
    let package = package_of(&cards, &dir.path().join("cards.apkg"))?;
    drop_and_keep(&app, &package)?;
    app.press("Enter")?;
    app.wait_for(&button("Show answer"))?;
    app.wait_for_text(&css(".front"), "vexillite")?;
    loaded(&app, ".front", 1)?;
    app.assert_accessible("a card with a sound")?;
    app.press("Space")?;
    app.wait_for(&button("Good"))?;
    app.press("R")?; // again
    app.wait_until("the sound to play", |app| {
        Ok(app.evaluate("document.querySelector('audio').currentTime > 0")? == true)
    })?;
    app.press("Escape")?;
    app.wait_gone(&button("Good"))?;

    drop_and_keep(&app, &with_media(dir.path(), "drawn", QUESTIONS)?)?;
    paper::begin(&app, TITLE)?;
    let drawn = |app: &App| -> Result<bool> { Ok(app.count(&css(".stem img"))? == 1) };
    if !drawn(&app)? {
        app.press("Right")?;
        app.wait_for(&css(".stem img"))?;
    }
    loaded(&app, ".stem", 1)?;
    app.assert_accessible("a question with a sound")?;
    let number = if app.page()?.contains("Question 1") { 1 } else { 2 };
    // Left and come back to: drawn anew, loaded anew.
    let (there, back) = if number == 1 { ("Right", "Left") } else { ("Left", "Right") };
    app.press(there)?;
    app.wait_gone(&css(".stem img"))?;
    app.press(back)?;
    app.wait_for(&css(".stem img"))?;
    loaded(&app, ".stem", 1)?;
    paper::end(&app)?;
    app.press("1")?;
    app.wait_until("both questions", |app| Ok(app.count(&css("[data-row]"))? == 2))?;
    app.press("J")?;
    app.press("Enter")?;
    app.wait_for(&css("article .stem"))?;
    if !drawn(&app)? {
        app.press("J")?;
        app.wait_for(&css(".stem img"))?;
    }
    loaded(&app, "article", 2)?;
    ensure!(app.page()?.contains("Look at it again."), "the reason is shown");
    app.assert_accessible("an explanation with a sound")
}
