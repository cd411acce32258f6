//! What hangs about the hall once some papers were sat: the history, a result beside earlier ones,
//! answers that were changed, a result on paper, and a report of a question.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, ensure};
use sitwell_backend::clock::FixedClock;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::desk::views::Profile;
use sitwell_backend::exam::Conditions;
use tests::{App, button, css, heading, role};

use crate::paper::enter_on;
use crate::screens::Inspector;

const CODE: &str = "MLS-C01";
/// 20 November 2025.
const BEGAN_MS: i64 = 1_763_600_000_000;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// A collection with two mocks, of which every fifth answer was changed, and one given up.
fn collection(path: &Path) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(BEGAN_MS));
        let desk = Sitwell::open(path, clock.clone(), Arc::new(|| 7)).await?;
        let profile = Profile { exam: Some(CODE.to_owned()), ..Profile::default() };
        desk.choose_exam(profile).await?;
        for first in [0u8, 1] {
            let sitting = desk.start_exam(CODE, None, Conditions::default()).await?;
            for position in 0..sitting.items {
                let seen = desk.see(&sitting.id, position).await?;
                let select = u8::try_from(seen.question.select)?;
                if position % 5 == 0 {
                    let before: Vec<u8> = (0..select).map(|place| place + 2 - select / 2).collect();
                    desk.choose(&sitting.id, position, &before).await?;
                    clock.advance(MINUTE_MS / 2);
                }
                let chosen: Vec<u8> = (0..select).map(|place| place + first).collect();
                desk.choose(&sitting.id, position, &chosen).await?;
                clock.advance(2 * MINUTE_MS);
            }
            desk.end_exam(&sitting.id).await?;
            clock.advance(DAY_MS);
        }
        let given_up = desk.start_exam(CODE, None, Conditions::default()).await?;
        desk.abandon_exam(&given_up.id).await?;
        desk.close().await;
        Ok(())
    })
}

/// The app at the list of the three papers of such a collection.
fn at_the_papers(folder: &Path) -> Result<App> {
    let path = folder.join("collection.sitwell");
    collection(&path)?;
    let app = App::start(&path)?;
    app.wait_for(&button("Mock 2"))?;
    app.press("G")?;
    app.press("E")?;
    app.wait_for(&heading("Exams"))?;
    app.wait_until("three papers", |app| Ok(app.count(&css("main [data-row]"))? == 3))?;
    Ok(app)
}

#[test]
#[ignore = "opens a window"]
fn the_history_a_comparison_a_printed_result_and_a_report_are_looked_at() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = at_the_papers(dir.path())?;
    let mut inspector = Inspector::default();
    inspector.look(&app, "exams-history")?;

    app.click(&button("Mock 2"))?;
    app.wait_for_text(&css("main h1"), "pass")?;
    let page = app.page()?;
    ensure!(page.contains("Answers you changed"), "changed answers are counted");
    ensure!(page.contains("Mock 1"), "the paper before stands beside it");
    app.evaluate("document.querySelector('main').scrollTo(0, 700)")?;
    inspector.look(&app, "results-compared")?;
    app.press("E")?;
    app.wait_for(&css("dialog:modal"))?;
    inspector.look(&app, "results-export")?;
    app.press("Escape")?;

    // Its style sheet for paper, on the screen.
    app.evaluate(
        "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])\
         .filter((rule) => rule instanceof CSSMediaRule && /print|screen/.test(rule.media.mediaText))\
         .map((rule) => (rule.media.mediaText =\
             rule.media.mediaText === 'print' ? 'all' : 'not all')).length",
    )?;
    app.wait_until("the rail to be left out", |app| Ok(app.count(&css("nav.rail"))? == 0))?;
    app.evaluate(
        "document.querySelectorAll('html, body, main').forEach((it) => it.scrollTo(0, 0))",
    )?;
    let widths = app.evaluate("[document.querySelector('main').clientWidth, innerWidth]")?;
    ensure!(widths[0] == widths[1], "the page is as wide as the paper: {widths}");
    inspector.look(&app, "results-printed")?;
    inspector.verdict()
}

#[test]
#[ignore = "opens a window"]
fn a_question_is_reported_by_keys_alone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = at_the_papers(dir.path())?;
    let mut inspector = Inspector::default();
    app.press("J")?;
    app.press("J")?;
    app.press("Enter")?;
    app.wait_for_text(&css("main h1"), "pass")?;
    app.press("J")?;
    app.press("Enter")?;
    app.wait_for(&css("article .stem"))?;
    enter_on(&app, ".notes button")?;
    app.wait_for(&css("dialog:modal"))?;
    inspector.look(&app, "explanation-report")?;
    app.type_into(&role("textbox", "In your words"), "B, says the manual")?;
    enter_on(&app, "dialog button:last-of-type")?;
    app.wait_gone(&css("dialog:modal"))?;
    app.press("Ctrl+,")?;
    app.wait_for(&heading("Reported questions"))?;
    app.wait_until("the report", |app| Ok(app.page()?.contains("“B, says the manual”")))?;
    inspector.look(&app, "settings-reports")?;
    inspector.verdict()
}
