//! Every way to sit, by keyboard alone, and one sitting by roles and names alone.

use anyhow::{Result, ensure};
use tests::{App, button, css, heading, role};

use crate::hall::answer;
use crate::paper::{end, enter_on};
use crate::screens::Inspector;

/// Chooses the exam on the welcome screen and comes to the door of the hall.
fn to_the_door(app: &App) -> Result<()> {
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))?;
    app.wait_for(&heading("65 questions in 3 hours."))
}

/// Chooses the way to sit that stands so many steps after the mock.
fn choose_way(app: &App, steps: usize) -> Result<()> {
    // Reading starts at the heading; the ways stand before it.
    app.press("Shift+Tab")?;
    for _ in 0..steps {
        app.press("Right")?;
    }
    Ok(())
}

/// Begins a way to sit, answers the first question and ends it.
fn sit(steps: usize, title: &str, explained: bool) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    to_the_door(&app)?;
    choose_way(&app, steps)?;
    app.wait_for(&heading(title))?;
    app.assert_accessible(title)?;
    enter_on(&app, ".start button")?;
    app.wait_for(&heading("Question 1 of"))?;
    answer(&app)?;
    if explained {
        app.press("Enter")?;
        app.wait_for(&button("Report this question"))?;
        app.assert_accessible("the reasons")?;
    }
    end(&app)
}

#[test]
#[ignore = "opens a window"]
fn a_diagnostic_is_sat_by_keyboard_alone() -> Result<()> {
    sit(1, "20 questions, without a clock.", false)
}

#[test]
#[ignore = "opens a window"]
fn a_section_test_is_sat_by_keyboard_alone() -> Result<()> {
    sit(2, "questions in", false)
}

#[test]
#[ignore = "opens a window"]
fn a_drill_is_sat_by_keyboard_alone() -> Result<()> {
    sit(3, "explained one by one.", true)
}

#[test]
#[ignore = "opens a window"]
fn a_paper_of_one_s_own_is_sat_by_keyboard_alone() -> Result<()> {
    sit(4, "without a clock.", true)
}

#[test]
#[ignore = "opens a window"]
fn a_break_outlives_a_power_cut() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    to_the_door(&app)?;
    app.click(&role("switch", "Breaks that stop the clock"))?;
    app.click(&button("Start the exam"))?;
    app.wait_for(&heading("Question 1 of"))?;
    app.press("P")?;
    app.wait_for(&heading("You are on a break."))?;
    let mut inspector = Inspector::default();
    inspector.look(&app, "exam-break")?;
    let before = app.text(&role("timer", ""))?;
    app.kill9()?;
    app.restart()?;
    app.wait_for(&button("Resume"))?;
    app.press("Enter")?;
    app.wait_for(&heading("You are on a break."))?;
    ensure!(app.text(&role("timer", ""))? == before, "the clock stood still");
    ensure!(app.count(&css(".stem"))? == 0, "no question is shown");
    app.press("P")?;
    app.wait_for(&heading("Question 1 of"))?;
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn a_sitting_is_begun_answered_commented_and_ended_by_roles_and_names_alone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    to_the_door(&app)?;
    app.click(&role("radio", "Drill"))?;
    app.click(&role("radio", "5"))?;
    app.wait_for(&heading("5 questions, explained one by one."))?;
    app.click(&button("Start the drill"))?;
    for number in 1..=5 {
        app.wait_for(&heading(format!("Question {number} of 5")))?;
        app.click(&button("Flag"))?;
        // The cells of questions that were flagged before are named so too.
        app.wait_until("the flag", |app| Ok(app.count(&button("Flagged"))? > 0))?;
        app.click(&button("Comment"))?;
        if number == 1 {
            inspector.look(&app, "exam-comment")?;
        }
        app.type_into(&role("textbox", "Your comment"), "To be read again")?;
        app.click(&button("Keep it"))?;
        app.wait_for(&button("Edit the comment"))?;
        let next = if number == 5 { "Review" } else { "Next" };
        app.click(&button(next))?;
    }
    app.wait_for(&heading("Five questions have no answer."))?;
    app.click(&button("End it here"))?;
    app.wait_for(&heading("now?"))?;
    app.click(&button("End the exam"))?;
    app.wait_for(&heading("0 of 5 questions correct"))?;
    app.assert_accessible("the result of a drill")?;
    inspector.verdict()
}
