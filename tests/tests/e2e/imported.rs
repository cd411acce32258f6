//! What was brought in is studied and sat, updated and taken back, and loses nothing on the way.

use std::path::Path;

use anyhow::{Result, ensure};
use tests::{App, button, css, heading, role};

use crate::package::package;
use crate::paper;
use crate::screens::Inspector;

const CARD: &str = "Where does a team keep zanzibarite objects of any size for a low price?";
const STEM: &str = "Which store keeps quuxite objects for years at the lowest price?";

/// A bank as it is shared on a forge; the key of the first question has these words.
fn bank(folder: &Path, key: &str) -> Result<std::path::PathBuf> {
    let file = folder.join("bank.md");
    let text = format!(
        "# Practice\n\n### {STEM}\n\n- [ ] EBS\n- [x] {key}\n- [ ] EFS\n\n\
         ### Which two of these stream records? (Choose TWO)\n\n\
         - [x] Kinesis\n- [x] MSK\n- [ ] Athena\n- [ ] DataSync\n"
    );
    std::fs::write(&file, text)?;
    Ok(file)
}

/// Lets go of a file over the window and keeps what is in it.
fn drop_and_keep(app: &App, file: &Path, title: &str) -> Result<()> {
    app.drop_files(&[file])?;
    app.wait_for(&heading(title))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))
}

/// Looks for something in Browse until this is found.
fn found(app: &App, query: &str, count: u32) -> Result<()> {
    app.press("G")?;
    app.press("B")?;
    app.wait_for(&role("searchbox", ""))?;
    app.type_into(&role("searchbox", ""), query)?;
    // `1 of 182`
    app.wait_until(&format!("{count} found by {query}"), |app| {
        Ok(app.text(&css(".found"))?.starts_with(&format!("{count} of ")))
    })?;
    app.press("Escape")
}

/// Studies the cards of the package, from where the import ended.
fn study(app: &App) -> Result<()> {
    app.press("Enter")?;
    for _ in 0..2 {
        app.wait_for(&button("Show answer"))?;
        let front = app.text(&css(".front"))?;
        app.press("Space")?;
        app.wait_for(&button("Easy"))?;
        let wanted = if front == CARD { "S3" } else { "EBS" };
        ensure!(app.text(&css(".answer"))?.contains(wanted), "the back of “{front}” is shown");
        app.press("4")?; // easy: done for days
        app.wait_gone(&css(".answer"))?;
    }
    app.wait_for(&button("Back to Today"))?;
    app.press("Enter")?;
    app.wait_for(&button("Start a mock exam"))
}

/// Sits all questions of the bank: the first answered right, two picked of the other.
fn sit(app: &App, key: &str) -> Result<()> {
    paper::begin(app, "Practice")?;
    for number in 1..=2 {
        app.wait_for(&heading(format!("Question {number} of 2")))?;
        let wanted: &[&str] =
            if app.text(&css(".stem"))?.contains("quuxite") { &[key] } else { &["Kinesis", "MSK"] };
        for words in wanted {
            let options = app.texts(&css(".option .rich"))?;
            let place = options.iter().position(|option| option.trim() == *words);
            let place = anyhow::Context::with_context(place, || format!("{words} in {options:?}"))?;
            app.press(["A", "B", "C", "D"][place])?;
            app.wait_for(&css(format!(".option:nth-child({}) [aria-checked=true]", place + 1)))?;
        }
        app.press("Right")?;
    }
    app.wait_for(&heading("Every question has an answer."))?;
    paper::end_from_review(app)?;
    app.wait_for_text(&css("main h1"), "2 of 2 questions correct")
}

/// Opens the result of the paper that was sat, and there the question of the bank.
fn explanation(app: &App) -> Result<String> {
    app.press("G")?;
    app.press("E")?;
    app.wait_for(&heading("Exams"))?;
    app.wait_for(&css("main [data-row]"))?;
    app.press("J")?;
    app.press("Enter")?;
    app.wait_for_text(&css("main h1"), "2 of 2 questions correct")?;
    app.press("1")?;
    app.wait_until("both questions", |app| Ok(app.count(&css("[data-row]"))? == 2))?;
    app.press("J")?;
    app.press("Enter")?;
    app.wait_for(&css("article .stem"))?;
    if !app.text(&css(".stem"))?.contains("quuxite") {
        // The one read last is opened first.
        let first = app.count(&heading("Question 1"))? == 1;
        app.press(if first { "J" } else { "K" })?;
        app.wait_for_text(&css(".stem"), "quuxite")?;
    }
    app.text(&css("article"))
}

#[test]
#[ignore = "opens a window"]
fn a_dropped_package_and_bank_are_studied_sat_updated_and_taken_back() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    let mut inspector = Inspector::default();
    paper::settle_in(&app)?;
    paper::suspend_all(&app)?;

    let cards = package(dir.path(), "cards", &[["g1", CARD, "S3"], ["g2", "And blocks?", "EBS"]])?;
    drop_and_keep(&app, &cards, "2 cards to import from cards.apkg")?;
    study(&app)?;
    found(&app, "zanzibarite rated:1", 1)?;

    // The same words under another identity: both are kept, and then one is taken back.
    let double = package(dir.path(), "double", &[["x1", CARD, "S3"], ["x2", "Streams?", "MSK"]])?;
    app.drop_files(&[&double])?;
    app.wait_for(&heading("Match 1 of 1"))?;
    app.press("3")?; // keep both
    app.wait_for(&heading("2 cards to import from double.apkg"))?;
    app.press("2")?; // keep mine
    app.wait_for(&heading("1 card to import from double.apkg"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))?;
    found(&app, "zanzibarite", 1)?;

    let questions = bank(dir.path(), "Deep Archive")?;
    drop_and_keep(&app, &questions, "2 questions to import from bank.md")?;
    sit(&app, "Deep Archive")?;
    inspector.look(&app, "results-imported")?;

    // Both files change; what was studied and sat stays as it was.
    let newer =
        package(dir.path(), "cards", &[["g1", CARD, "S3 now"], ["g2", "And blocks?", "EBS"]])?;
    drop_and_keep(&app, &newer, "1 card to import from cards.apkg")?;
    found(&app, "zanzibarite rated:1", 1)?;
    let changed = bank(dir.path(), "Glacier Deep Archive since its renaming")?;
    drop_and_keep(&app, &changed, "1 question to import from bank.md")?;
    found(&app, "renaming", 1)?;
    let words = explanation(&app)?;
    ensure!(words.contains("Deep Archive") && !words.contains("renaming"), "said then: {words}");
    inspector.look(&app, "explanation-imported")?;

    // The last import is taken back, and the one before it.
    app.press("G")?;
    app.press("L")?;
    app.wait_for(&heading("Library"))?;
    app.press("Z")?;
    app.wait_until("the bank to be as before", |app| Ok(app.page()?.contains("undone")))?;
    found(&app, "renaming", 0)?;
    found(&app, "quuxite", 1)?;
    app.press("Z")?;
    found(&app, "zanzibarite rated:1", 1)?;
    let words = explanation(&app)?;
    ensure!(words.contains("Deep Archive"), "the sitting outlives what it was drawn from: {words}");
    inspector.verdict()
}
