//! Drills of what was missed, flagged, unsure or not seen yet, and the time that may be granted.

use anyhow::{Context, Result, ensure};
use tests::{App, button, css, heading, role};

use crate::made::{TITLE, deck};
use crate::paper::{self, arrow_to, enter_on, to_the_door};
use crate::screens::Inspector;

/// Questions of the deck, and how many of them the first paper asks.
const ALL: u32 = 8;
const ASKED: u32 = 5;

/// Questions whose key is told by its words.
fn items() -> String {
    let one = |number| {
        format!(
            "## Question number-{number}\ndifficulty: easy\n\nWhich is number {number}?\n\n\
             - [x] Right\n- [ ] Wrong\n- [ ] Off\n\n"
        )
    };
    (1..=ALL).map(one).collect()
}

/// Picks the option with these words.
fn pick(app: &App, words: &str) -> Result<()> {
    let options = app.texts(&css(".option .rich"))?;
    let place = options.iter().position(|option| option.trim() == words);
    let place = place.with_context(|| format!("{words} is not among {options:?}"))?;
    app.press(["A", "B", "C"][place])?;
    app.wait_for(&css(format!(".option:nth-child({}) [aria-checked=true]", place + 1)))
}

/// A paper of one's own drawn from one pool of the deck: as many questions as the pool holds.
fn draw(app: &App, pool: &str, count: u32) -> Result<()> {
    to_the_door(app)?;
    arrow_to(app, "How to sit", "Custom")?;
    app.wait_for(&role("spinbutton", "Questions"))?;
    arrow_to(app, "Drawn from", pool)?;
    app.wait_for(&role("radio", format!("{pool} {count}")).checked())?;
    app.wait_for(&button(format!("Begin with {count} question")))?;
    enter_on(app, ".start button")?;
    app.wait_for(&heading(format!("Question 1 of {count}")))
}

/// The stems of the paper on screen.
fn stems(app: &App, count: u32) -> Result<Vec<String>> {
    let mut stems = Vec::new();
    for number in 1..=count {
        app.wait_for(&heading(format!("Question {number} of {count}")))?;
        stems.push(app.text(&css(".stem"))?);
        app.press("Right")?;
    }
    stems.sort();
    Ok(stems)
}

#[test]
#[ignore = "opens a window"]
fn what_was_missed_flagged_unsure_or_not_seen_is_sat_again_by_keys_alone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let made = deck(dir.path(), "numbers", &items())?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    paper::settle_in(&app)?;
    app.press("Ctrl+,")?;
    app.wait_for(&heading("Settings"))?;
    app.click(&role("switch", "sure"))?;
    app.wait_for(&role("switch", "sure").checked())?;
    app.drop_files(&[&made])?;
    app.wait_for(&heading("8 questions to import"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))?;

    paper::set_up(&app, TITLE)?;
    app.type_into(&role("spinbutton", "Questions"), &ASKED.to_string())?;
    app.wait_for(&button("Begin with 5 questions"))?;
    inspector.look(&app, "exam-start-custom")?;
    enter_on(&app, ".start button")?;
    let mut asked = Vec::new();
    for number in 1..=ASKED {
        app.wait_for(&heading(format!("Question {number} of {ASKED}")))?;
        asked.push(app.text(&css(".stem"))?);
        pick(&app, if number == 1 { "Wrong" } else { "Right" })?;
        let (key, level) = match number {
            2 => ("7", "Guess"),
            3 => ("8", "Fairly"),
            _ => ("9", "Sure"),
        };
        app.press(key)?;
        app.wait_for(&role("radio", level).checked())?;
        if number == 4 {
            app.press("M")?;
            app.wait_for(&button("Flagged"))?;
            inspector.look(&app, "exam-sure")?;
        }
        app.press("Right")?;
    }
    paper::end_from_review(&app)?;
    app.wait_for_text(&css("main h1"), "4 of 5")?;
    inspector.look(&app, "results-sure")?;

    draw(&app, "Missed", 1)?;
    ensure!(stems(&app, 1)? == asked[..1], "what was missed is asked");
    paper::end_from_review(&app)?;
    draw(&app, "Flagged", 1)?;
    ensure!(stems(&app, 1)? == asked[3..4], "what was flagged is asked");
    paper::end_from_review(&app)?;
    draw(&app, "Not sure", 2)?;
    let mut unsure = asked[1..3].to_vec();
    unsure.sort();
    ensure!(stems(&app, 2)? == unsure, "guesses and what was fairly sure is asked");
    paper::end_from_review(&app)?;
    draw(&app, "Unseen", ALL - ASKED)?;
    let unseen = stems(&app, ALL - ASKED)?;
    ensure!(unseen.iter().all(|stem| !asked.contains(stem)), "only what is new is asked");
    paper::end_from_review(&app)?;

    to_the_door(&app)?;
    arrow_to(&app, "How to sit", "Custom")?;
    app.wait_for(&role("radio", "Unseen 0"))?;
    arrow_to(&app, "Drawn from", "Unseen")?;
    app.wait_for(&heading("No question fits."))?;
    inspector.look(&app, "exam-start-custom-none")?;
    inspector.verdict()
}

/// Seconds that a face shows: `2:59:58`.
fn seconds(face: &str) -> Result<u32> {
    let parts = face.trim().split(':').map(str::parse::<u32>);
    parts.into_iter().try_fold(0, |sum, part| Ok(60 * sum + part?))
}

#[test]
#[ignore = "opens a window"]
fn time_that_was_granted_is_on_the_clock_from_the_start() -> Result<()> {
    for (granted, title, minutes) in [
        ("30 minutes more", "65 questions in 3 hours 30 minutes.", 210),
        ("2 times the time", "65 questions in 6 hours.", 360),
    ] {
        let dir = tempfile::tempdir()?;
        let app = App::start(&dir.path().join("collection.sitwell"))?;
        app.wait_for(&role("radio", "MLS-C01"))?;
        app.click(&role("radio", "MLS-C01"))?;
        app.click(&button("Start a full mock"))?;
        app.wait_for(&heading("65 questions in 3 hours."))?;
        app.choose(&role("combobox", "Extra time"), granted)?;
        app.wait_for(&heading(title))?;
        app.assert_accessible("the door with granted time")?;
        app.click(&button("Start the exam"))?;
        app.wait_for(&heading("Question 1 of 65"))?;
        let left = seconds(&app.text(&role("timer", ""))?)?;
        ensure!(
            (60 * minutes - 60..=60 * minutes).contains(&left),
            "{granted}: {left} seconds are left of {minutes} minutes"
        );
    }
    Ok(())
}
