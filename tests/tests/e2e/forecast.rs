//! From a new learner's diagnostic to a forecast, a paper, a sharper forecast and another plan.

use anyhow::{Context, Result, ensure};
use tests::{App, button, css, heading, role};

use crate::hall::answer;
use crate::screens::Inspector;

/// Questions answered before the paper is ended.
const ANSWERED: usize = 6;

#[test]
#[ignore = "opens a window"]
fn a_diagnostic_makes_a_wide_forecast_and_a_paper_sharpens_it() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    app.wait_for(&heading("Know whether you are ready."))?;
    app.click(&role("radio", "MLS-C01"))?;
    // The parts of the field one after the other, as they stand in it.
    let soon = chrono::Local::now().date_naive() + chrono::Days::new(3);
    app.type_into(&css("input[type=date]"), &soon.format("%m-%d-%Y").to_string())?;
    app.click(&button("Begin with 20 questions"))?;
    app.wait_for(&heading("20 questions, without a clock."))?;
    inspector.look(&app, "exam-start-diagnostic")?;

    app.press("Enter")?;
    for number in 1..=20 {
        app.wait_for(&heading(format!("Question {number}")))?;
        answer(&app)?;
        if number == 10 {
            app.kill9()?;
            app.restart()?;
            app.wait_for(&button("Resume"))?;
            app.press("Enter")?;
            app.wait_for(&heading(format!("Question {number}")))?;
        }
        app.press("Right")?;
    }
    end(&app)?;
    app.wait_for_text(&css("h1"), "A first estimate")?;
    inspector.look(&app, "results-diagnostic")?;
    app.click(&button("See the forecast"))?;
    app.wait_for_text(&css("main h1"), "would")?;
    inspector.look(&app, "forecast-diagnostic")?;

    app.press("G")?;
    app.press("T")?;
    app.wait_for(&button("Start a mock exam"))?;
    let first = doubt(&app)?;
    app.press("M")?;
    app.wait_for(&heading("65 questions in 3 hours."))?;
    app.press("Enter")?;
    for number in 1..=ANSWERED {
        app.wait_for(&heading(format!("Question {number} of 65")))?;
        answer(&app)?;
        app.press("Right")?;
    }
    end(&app)?;
    app.wait_for_text(&css("h1"), "pass")?;
    app.press("G")?;
    app.press("F")?;
    app.wait_for_text(&css("main h1"), "would")?;
    app.wait_until("the paper on the axis", |app| Ok(app.page()?.contains("Mock 1")))?;
    what_if(&app)?;
    inspector.look(&app, "forecast-what-if")?;
    app.press("G")?;
    app.press("T")?;
    app.wait_for(&button("Start a mock exam"))?;
    let second = doubt(&app)?;
    ensure!(second <= first, "a paper leaves {second} points of doubt after {first}");
    inspector.verdict()
}

/// How many points apart the ends of the forecast on Today are.
fn doubt(app: &App) -> Result<u32> {
    app.wait_until("the forecast", |app| Ok(app.page()?.contains("anything from")))?;
    let page = app.page()?;
    let range = page.split("anything from").nth(1).context("a range")?;
    let mut ends = range.split(|c: char| !c.is_ascii_digit()).filter(|end| !end.is_empty());
    let mut end = || ends.next().context("an end of the range")?.parse::<u32>().context("points");
    let (low, high) = (end()?, end()?);
    high.checked_sub(low).context("the ends of the range are in order")
}

/// From a question to the end of the sitting.
fn end(app: &App) -> Result<()> {
    app.press("R")?;
    app.wait_for(&css("main h1"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("End the exam now?"))?;
    app.click(&button("End the exam"))
}

/// Another plan is answered beside the one in use.
fn what_if(app: &App) -> Result<()> {
    app.press("W")?;
    for _ in 0..4 {
        app.press("Right")?;
    }
    app.wait_until("an answer to the other plan", |app| Ok(app.page()?.contains("Back to plan")))
}
