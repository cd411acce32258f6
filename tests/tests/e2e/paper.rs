//! Papers of one's own, drawn from a deck that was brought in, and the keys to sit them.

use anyhow::Result;
use tests::{App, By, button, css, heading, role};

/// Chooses the exam with which a new collection begins and comes to Today.
pub(crate) fn settle_in(app: &App) -> Result<()> {
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Skip for now"))?;
    app.wait_for(&button("Start with the new cards"))
}

/// Takes the cards that Sitwell brings out of study, so that those of a test come at once.
pub(crate) fn suspend_all(app: &App) -> Result<()> {
    app.press("G")?;
    app.press("B")?;
    app.wait_until("rows", |app| Ok(app.count(&css("[role=gridcell]"))? > 0))?;
    let all = app.text(&css(".found"))?;
    app.type_into(&role("searchbox", ""), "kind:card")?;
    app.wait_until("the cards alone", |app| Ok(app.text(&css(".found"))? != all))?;
    app.press("Escape")?;
    app.press("Ctrl+A")?;
    app.press("S")?;
    app.wait_until("the rows to be suspended", |app| Ok(app.page()?.contains("Suspended")))
}

/// Most stops of the Tab key on a screen.
const STOPS: usize = 60;

/// Goes on by Tab until something has the focus.
pub(crate) fn tab_to(app: &App, selector: &str) -> Result<()> {
    let focused = css(format!("{selector}:focus"));
    for _ in 0..STOPS {
        if app.count(&focused)? == 1 {
            return Ok(());
        }
        app.press("Tab")?;
    }
    anyhow::bail!("Tab does not come to {selector}")
}

/// Goes on by Tab until something has the focus, then presses Enter there.
pub(crate) fn enter_on(app: &App, selector: &str) -> Result<()> {
    tab_to(app, selector)?;
    app.press("Enter")
}

/// Moves in a group of choices by arrow keys until the one that begins so is chosen.
pub(crate) fn arrow_to(app: &App, group: &str, choice: &str) -> Result<()> {
    let radios = format!("[role=radiogroup][aria-label='{group}'] [role=radio]");
    tab_to(app, &format!("{radios}[tabindex='0']"))?;
    for _ in 0..10 {
        let at = app.text(&css(format!("{radios}[aria-checked=true]")))?;
        if at.starts_with(choice) {
            return Ok(());
        }
        app.press("Right")?;
        app.wait_until("the choice to move", |app| {
            Ok(app.text(&css(format!("{radios}[aria-checked=true]")))? != at)
        })?;
    }
    anyhow::bail!("{group} offers no {choice}")
}

/// From any screen to the door of the hall, by keys.
pub(crate) fn to_the_door(app: &App) -> Result<()> {
    app.press("G")?;
    app.press("E")?;
    app.wait_for(&heading("Exams"))?;
    app.wait_for(&button("Start a mock exam"))?;
    app.press("Enter")?;
    app.wait_for(&role("radio", "Custom"))
}

/// Begins a paper of all questions of a deck, told at the end.
pub(crate) fn begin(app: &App, deck: &str) -> Result<()> {
    set_up(app, deck)?;
    enter_on(app, ".start button")?;
    app.wait_for(&heading("Question 1 of"))
}

/// Makes up such a paper at the door of the hall.
pub(crate) fn set_up(app: &App, deck: &str) -> Result<()> {
    to_the_door(app)?;
    arrow_to(app, "How to sit", "Custom")?;
    app.wait_for(&role("spinbutton", "Questions"))?;
    arrow_to(app, "Reasons", "At the end")?;
    choose_deck(app, deck)
}

/// Ticks a deck, unless it was in the paper of last time. A long list is folded away at first.
pub(crate) fn choose_deck(app: &App, deck: &str) -> Result<()> {
    let here = "(() => {
        const at = document.activeElement;
        if (at.matches('summary')) return at.parentElement.open ? '' : at.textContent;
        return at.matches('[type=checkbox]') ? at.closest('label').textContent : '';
    })()";
    for _ in 0..STOPS {
        let words = app.evaluate(here)?;
        let words = words.as_str().unwrap_or_default();
        if words.starts_with("Decks") {
            app.press("Enter")?;
        } else if words.contains(deck) {
            if app.evaluate("document.activeElement.checked")? == false {
                app.press("Space")?;
            }
            // One rule more tells of questions without a task.
            return app.wait_until("the deck to be counted", |app| {
                Ok(app.count(&css(".rules li"))? == 5)
            });
        }
        app.press("Tab")?;
    }
    anyhow::bail!("Tab does not come to the deck {deck}")
}

/// Ends the sitting on screen by keys and waits for its result.
pub(crate) fn end(app: &App) -> Result<()> {
    app.press("R")?;
    end_from_review(app)
}

/// Ends the sitting by keys, once its review screen is there, and waits for its result.
pub(crate) fn end_from_review(app: &App) -> Result<()> {
    app.wait_for(&role("group", "Questions of this paper"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&css("dialog:modal"))?;
    enter_on(app, "dialog button:last-of-type")?;
    app.wait_for_text(&css("main h1"), "correct")
}

/// The cell of a question in the navigator or on the review screen.
pub(crate) fn cell(number: usize, state: &str) -> By {
    button(format!("Question {number}, {state}"))
}
