//! Sitting a paper, as a candidate does it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tests::{App, By, button, css, heading, role};

/// Questions in a whole paper.
pub(crate) const ITEMS: usize = 65;

/// Waits for a question, counted from 1, to be on the table.
pub(crate) fn at_question(app: &App, number: usize) -> Result<()> {
    app.wait_for(&heading(format!("Question {number} of {ITEMS}")))
}

/// The cell of a question in the navigator, in this state: "answered", "answered, flagged".
pub(crate) fn cell(number: usize, state: &str) -> By {
    button(format!("Question {number}, {state}"))
}

/// Chooses the first options, as many as are asked for, by their keys; waits for each to be kept.
pub(crate) fn answer(app: &App) -> Result<()> {
    let wanted = select(app)?;
    for (index, letter) in ["A", "B", "C", "D"].into_iter().take(wanted).enumerate() {
        app.press(letter)?;
        chosen(app, index + 1)?;
    }
    Ok(())
}

/// The same, with the mouse.
pub(crate) fn answer_by_mouse(app: &App) -> Result<()> {
    let wanted = select(app)?;
    for index in 0..wanted {
        app.click(&css(format!(".option:nth-child({}) .pick", index + 1)))?;
        chosen(app, index + 1)?;
    }
    Ok(())
}

/// Waits for this many options to show as chosen, which says that they are kept.
pub(crate) fn chosen(app: &App, count: usize) -> Result<()> {
    app.wait_until(&format!("{count} chosen options"), |app| {
        Ok(app.count(&css("[aria-checked=true]"))? == count)
    })
}

/// How many options are to be chosen, as the group of them says.
fn select(app: &App) -> Result<usize> {
    let label = app.attribute(&css(".options"), "aria-label")?.unwrap_or_default();
    match label.rsplit(' ').next() {
        Some("one") => Ok(1),
        Some("two") => Ok(2),
        Some("three") => Ok(3),
        _ => bail!("how many options are to be chosen? “{label}”"),
    }
}

/// The exam clock, read at a moment.
pub(crate) struct Reading {
    left: Duration,
    at: Instant,
}

pub(crate) fn read_clock(app: &App) -> Result<Reading> {
    let face = app.text(&role("timer", ""))?;
    let seconds =
        face.split(':').try_fold(0, |sum, part| Some(60 * sum + part.parse::<u64>().ok()?));
    let seconds = seconds.with_context(|| format!("“{face}” is not a time"))?;
    Ok(Reading { left: Duration::from_secs(seconds), at: Instant::now() })
}

impl Reading {
    /// Fails unless as much time is gone from the clock as passed outside.
    pub(crate) fn agrees_with(&self, later: &Self) -> Result<()> {
        let passed = later.at - self.at;
        let gone = self.left.checked_sub(later.left).context("the exam clock went backwards")?;
        // The face is in whole seconds, drawn once a second.
        if gone.abs_diff(passed) > Duration::from_secs(3) {
            bail!("{passed:?} passed, but {gone:?} went from the exam clock");
        }
        Ok(())
    }
}
