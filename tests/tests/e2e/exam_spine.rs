//! From the first start to the explanation of an answer, through a whole paper and a power cut.

use anyhow::{Result, ensure};
use tests::{App, button, css, heading, role, shots};

use crate::hall::{ITEMS, answer, answer_by_mouse, at_question, cell, read_clock};
use crate::screens::{Inspector, NARROW, WIDE};

/// Answered with the mouse.
const BY_MOUSE: usize = 2;
/// Struck out and flagged by keys.
const BY_KEYS: usize = 3;
/// Struck out and flagged with the mouse.
const BY_BUTTONS: usize = 4;
/// Left without an answer.
const BLANK: usize = 7;
/// Left without an answer at first.
const LATE: usize = 30;
/// On the table when the power goes.
const CUT: usize = 20;

#[test]
#[ignore = "opens a window"]
fn a_whole_paper_survives_a_power_cut_and_is_explained() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    choose_exam(&app, &mut inspector)?;
    start_mock(&app, &mut inspector)?;
    for number in 1..CUT {
        sit(&app, number, &mut inspector)?;
        app.press("Right")?;
    }

    at_question(&app, CUT)?;
    answer(&app)?;
    let before = read_clock(&app)?;
    app.kill9()?;
    app.restart()?;
    resume(&app, &mut inspector)?;
    before.agrees_with(&read_clock(&app)?)?;
    kept(&app)?;

    for number in CUT + 1..=ITEMS {
        app.press("Right")?;
        sit(&app, number, &mut inspector)?;
    }
    app.press("Right")?;
    review(&app, &mut inspector)?;
    results(&app, &mut inspector)?;
    explanation(&app, &mut inspector)?;

    app.kill9()?;
    app.restart()?;
    afterwards(&app, &mut inspector)?;
    inspector.verdict()
}

fn choose_exam(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for(&heading("Know whether you are ready."))?;
    app.wait_for(&role("radio", "MLS-C01"))?;
    inspector.look(app, "welcome")?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))
}

fn start_mock(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for(&heading("65 questions in 3 hours."))?;
    inspector.look(app, "exam-start")?;
    app.press("Enter")?;
    at_question(app, 1)?;
    inspector.look(app, "exam")?;

    inspector.look_at(app, "exam-narrow", NARROW)?;
    app.press("N")?;
    app.wait_for(&cell(1, "unanswered"))?;
    inspector.look_at(app, "exam-questions", NARROW)?;
    app.press("Escape")?;
    app.wait_gone(&cell(1, "unanswered"))?;
    app.set_window(WIDE.0, WIDE.1)
}

/// Deals with a question on its own terms.
fn sit(app: &App, number: usize, inspector: &mut Inspector) -> Result<()> {
    at_question(app, number)?;
    match number {
        BLANK | LATE => return Ok(()),
        BY_MOUSE => answer_by_mouse(app)?,
        BY_KEYS => {
            answer(app)?;
            app.press("Shift+D")?;
            app.wait_for(&button("Restore D"))?;
            app.press("M")?;
            app.wait_for(&cell(BY_KEYS, "answered, flagged"))?;
        }
        BY_BUTTONS => {
            answer(app)?;
            app.click(&button("Strike out C"))?;
            app.wait_for(&button("Restore C"))?;
            app.click(&button("Flag"))?;
            inspector.look(app, "exam-answered")?;
        }
        _ => answer(app)?,
    }
    app.wait_for(&cell(number, "answered"))
}

/// Finds the way back into the paper that was running.
fn resume(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for(&heading("is running."))?;
    inspector.look(app, "today-running")?;
    app.wait_for(&button("Resume"))?;
    app.press("Enter")?;
    at_question(app, CUT)
}

/// Everything done before the power cut is there.
fn kept(app: &App) -> Result<()> {
    for number in (1..=CUT).filter(|number| *number != BLANK) {
        let flagged = number == BY_KEYS || number == BY_BUTTONS;
        app.wait_for(&cell(number, if flagged { "answered, flagged" } else { "answered" }))?;
    }
    app.wait_for(&cell(BLANK, "unanswered"))?;
    ensure!(app.count(&button(", not yet seen"))? == ITEMS - CUT, "later questions were not seen");

    app.click(&cell(BY_KEYS, "answered, flagged"))?;
    at_question(app, BY_KEYS)?;
    app.wait_for(&button("Restore D"))?;
    app.wait_for(&button("Flagged"))?;
    app.wait_for(&css(".option:first-child [aria-checked=true]"))?;
    app.click(&cell(CUT, "answered"))?;
    at_question(app, CUT)
}

fn review(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for(&heading("Two questions have no answer."))?;
    inspector.look(app, "exam-review")?;
    app.click(&cell(LATE, "unanswered"))?;
    at_question(app, LATE)?;
    answer(app)?;
    app.press("R")?;
    app.wait_for(&heading("One question has no answer."))?;

    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("End the exam now?"))?;
    inspector.look(app, "exam-end")?;
    app.click(&button("End the exam"))
}

fn results(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for_text(&css("h1"), "pass")?;
    inspector.look(app, "results")?;
    ensure!(app.page()?.contains("of 65 correct"), "the result counts every question");
    app.press("1")?;
    app.wait_until("every question to be listed", |app| {
        Ok(app.count(&css("[data-row]"))? == ITEMS)
    })?;
    app.wait_for_text(&css(format!("tr:has([data-row='{}'])", BLANK - 1)), "Blank")?;
    app.press("T")?;
    app.wait_for(&role("cell", "750"))?;
    inspector.look(app, "results-tables")?;
    app.press("T")
}

fn explanation(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.click(&css(format!("[data-row='{}']", BY_KEYS - 1)))?;
    app.wait_for(&heading(format!("Question {BY_KEYS}")))?;
    app.wait_for_text(&css("article"), "Correct answer")?;
    inspector.look(app, "explanation")?;
    pages(app)?;
    app.press("Escape")?;
    app.wait_for_text(&css("h1"), "pass")
}

/// Goes through the questions that follow, and keeps a picture of the first page of each task.
fn pages(app: &App) -> Result<()> {
    let mut tasks = std::collections::BTreeSet::new();
    for number in BY_KEYS + 1..=ITEMS {
        app.press("J")?;
        app.wait_for(&heading(format!("Question {number}")))?;
        let page = app.page()?;
        let task = page.split_whitespace().find(|word| is_task(word)).unwrap_or_default();
        if tasks.insert(task.to_owned()) {
            app.screenshot(&shots().join(format!("page-of-task-{task}.png")))?;
        }
    }
    ensure!(tasks.len() >= 15, "every task of the exam has a question: {tasks:?}");
    Ok(())
}

/// `3.4`
fn is_task(word: &str) -> bool {
    let part = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('.').is_some_and(|(domain, task)| part(domain) && part(task))
}

/// The result outlives the app, and the other screens know of it.
fn afterwards(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.wait_for(&button("Mock 1"))?;
    inspector.look(app, "today")?;
    app.press("G")?;
    app.press("E")?;
    app.wait_for(&heading("Exams"))?;
    inspector.look(app, "exams")?;
    forecast(app, inspector)?;
    app.press("Ctrl+,")?;
    app.wait_for(&heading("Settings"))?;
    inspector.look(app, "settings")
}

/// One paper makes a forecast; a date and another plan make another.
fn forecast(app: &App, inspector: &mut Inspector) -> Result<()> {
    app.press("Ctrl+,")?;
    app.wait_for(&heading("Settings"))?;
    app.press("G")?;
    app.press("F")?;
    app.wait_for_text(&css("main h1"), "fall short")?;
    inspector.look(app, "forecast")?;
    app.press("T")?;
    app.wait_until("the tables", |app| Ok(app.count(&css("main table"))? > 3))?;
    inspector.look(app, "forecast-tables")?;
    app.press("T")
}
