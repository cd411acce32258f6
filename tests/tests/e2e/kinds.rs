//! Orders, matches, cases and multiple responses: answered, changed, left, reviewed and explained,
//! once by keys alone and once by roles and names alone.

use anyhow::{Context, Result, ensure};
use tests::{App, By, button, css, heading, role};

use crate::made::{TITLE, deck};
use crate::paper::{self, cell};
use crate::screens::Inspector;

const ITEMS: &str = "\
## Question bring-a-model-into-production
difficulty: medium

Put the steps of the pipeline in the right order. (Select and order THREE.)

1. [x] Register the model.
   - Only what is registered has a version that can be approved.
2. [x] Approve the version.
   - Approval is what starts the deployment.
3. [x] Update the endpoint.
   - A few requests show whether the new version holds.
- [ ] Delete the old endpoint.
  - Updating the endpoint replaces the old version.

Why: A version is known before it is approved, and approved before it serves.

## Question storage-for-each-need
difficulty: easy

Match each need with the service that meets it. Each is used once or not at all.

- [x] Share features.
  => Feature Store
  - It keeps an online and an offline copy.
- [x] Read small files from many instances.
  => Lustre
  - A parallel file system.
- [x] Keep raw data cheaply.
  => Deep Archive
  - Retrieval takes hours.
- [ ] EBS
  - A volume is attached to one instance.

Why: Each need has one property that only one of these services has.

## Case tea-shop

A company sells tea in 40 countries. Each shop keeps its own sales records.

## Question tea-shop-forecast
difficulty: hard · case: tea-shop

Which model suits the first forecast of a new shop?

- [x] One that is trained on all shops.
  - It has seen shops like this one.
- [ ] One for each shop alone.
  - A new shop has no past.

## Question tea-shop-store
difficulty: hard · case: tea-shop

Where do the records of all shops belong?

- [x] In one bucket.
  - One place to read from.
- [ ] On each laptop.
  - Nobody else can read it.

## Question which-two-stream
difficulty: easy

Which two take in streams of records? (Select TWO.)

- [x] Kinesis
  - It does.
- [x] MSK
  - It does.
- [ ] Glacier
  - It keeps archives.
- [ ] Athena
  - It queries files.
";

/// Questions of the deck.
const COUNT: usize = 5;

/// What a question is about, told by its stem.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum About {
    Order,
    Match,
    Case,
    Two,
}

fn about(app: &App) -> Result<About> {
    let stem = app.text(&css(".stem"))?;
    Ok(match stem {
        stem if stem.contains("right order") => About::Order,
        stem if stem.contains("Match each") => About::Match,
        stem if stem.contains("take in streams") => About::Two,
        _ => About::Case,
    })
}

/// The app, with the deck brought in.
fn start(folder: &std::path::Path) -> Result<App> {
    let made = deck(folder, "kinds", ITEMS)?;
    let app = App::start(&folder.join("collection.sitwell"))?;
    paper::settle_in(&app)?;
    app.drop_files(&[&made])?;
    app.wait_for(&heading("5 questions to import"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))?;
    Ok(app)
}

/// The letter of the option with these words.
fn letter(app: &App, options: &str, words: &str) -> Result<&'static str> {
    let shown = app.texts(&css(options))?;
    let place = shown.iter().position(|option| option.trim() == words);
    let place = place.with_context(|| format!("{words} is not among {shown:?}"))?;
    ["A", "B", "C", "D", "E"].get(place).copied().context("too many options")
}

/// Waits until the line under the options says this.
fn says(app: &App, words: &str) -> Result<()> {
    app.wait_for_text(&css(".count"), words)
}

/// The questions of the paper in turn; each is answered by what is given.
fn each(
    app: &App,
    mut answer: impl FnMut(About) -> Result<()>,
    next: impl Fn() -> Result<()>,
) -> Result<Vec<About>> {
    let mut kinds = Vec::new();
    for number in 1..=COUNT {
        app.wait_for(&heading(format!("Question {number} of {COUNT}")))?;
        let kind = about(app)?;
        answer(kind)?;
        kinds.push(kind);
        app.wait_for(&cell(number, "answered"))?;
        next()?;
    }
    let at = |kind| kinds.iter().position(|one| *one == kind).unwrap_or(COUNT);
    let case = at(About::Case);
    ensure!(kinds.get(case + 1) == Some(&About::Case), "a case stays together: {kinds:?}");
    Ok(kinds)
}

fn order_by_keys(app: &App) -> Result<()> {
    let key = |words| letter(app, ".step .rich", words);
    let (first, second, third) =
        (key("Register the model.")?, key("Approve the version.")?, key("Update the endpoint.")?);
    let unused = key("Delete the old endpoint.")?;
    says(app, "0 of 3 placed.")?;
    app.press(second)?;
    says(app, "1 of 3 placed.")?;
    app.press(first)?;
    says(app, "2 of 3 placed.")?;
    app.press(third)?;
    says(app, &format!("Your order: {second}, {first}, {third}."))?;
    app.press(unused)?;
    says(app, "All three places are taken already.")?;
    app.press(&format!("Shift+{first}"))?; // one place earlier
    says(app, &format!("Your order: {first}, {second}, {third}."))
}

fn match_by_keys(app: &App) -> Result<()> {
    let key = |words| letter(app, ".responses .rich", words);
    let wanted = [key("Feature Store")?, key("Lustre")?, key("Deep Archive")?];
    let unused = key("EBS")?;
    says(app, "0 of 3 matched.")?;
    // The first is put beside the wrong prompt, and taken away again.
    app.press(unused)?;
    says(app, "1 of 3 matched.")?;
    app.press(unused)?;
    says(app, "0 of 3 matched.")?;
    for (place, letter) in wanted.into_iter().enumerate() {
        app.press(letter)?;
        says(app, &format!("{} of 3 matched.", place + 1))?;
    }
    app.press(unused)?;
    says(app, "All three places are taken already.")
}

/// Picks one of two, is told, and may go on so.
fn two_by_keys(app: &App) -> Result<()> {
    says(app, "0 of 2 selected.")?;
    for (letter, told) in
        [("A", "1 of 2"), ("B", "2 of 2"), ("C", "Two are chosen already."), ("B", "1 of 2")]
    {
        app.press(letter)?;
        says(app, told)?;
    }
    Ok(())
}

fn case_by_keys(app: &App) -> Result<()> {
    ensure!(app.text(&css("details"))?.contains("sells tea"), "the scenario is shown");
    let right = ["One that is trained on all shops.", "In one bucket."];
    let shown = app.texts(&css(".option .rich"))?;
    let place = shown.iter().position(|option| right.contains(&option.trim()));
    let place = place.with_context(|| format!("no key among {shown:?}"))?;
    // The wrong one first, then the right one in its place.
    for place in [1 - place, place] {
        app.press(["A", "B"][place])?;
        app.wait_for(&css(format!(".option:nth-child({}) [aria-checked=true]", place + 1)))?;
    }
    Ok(())
}

#[test]
#[ignore = "opens a window"]
fn every_kind_of_question_is_answered_changed_reviewed_and_explained_by_keys_alone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = start(dir.path())?;
    let mut inspector = Inspector::default();
    paper::begin(&app, TITLE)?;
    let answer = |kind| match kind {
        About::Order => order_by_keys(&app),
        About::Match => match_by_keys(&app),
        About::Two => two_by_keys(&app),
        About::Case => case_by_keys(&app),
    };
    let kinds = each(&app, answer, || app.press("Right"))?;
    app.wait_for(&heading("Every question has an answer."))?;

    // Back to each from the review screen, with what was answered.
    let mut looked = Vec::new();
    for (index, kind) in kinds.iter().enumerate() {
        open_from_review(&app, index + 1)?;
        app.wait_for(&heading(format!("Question {} of {COUNT}", index + 1)))?;
        ensure!(about(&app)? == *kind, "the paper keeps its order");
        match kind {
            About::Order => says(&app, "Your order:")?,
            About::Match => says(&app, "3 of 3 matched.")?,
            About::Two => says(&app, "1 of 2 selected.")?,
            About::Case => app.wait_for(&css(".option [aria-checked=true]"))?,
        }
        if !looked.contains(kind) {
            looked.push(*kind);
            inspector.look(&app, &format!("exam-kind-{kind:?}").to_lowercase())?;
        }
        app.press("R")?;
    }
    app.wait_for(&role("group", "Questions of this paper"))?;
    inspector.look(&app, "exam-review-kinds")?;
    paper::end_from_review(&app)?;
    app.wait_for_text(&css("main h1"), "4 of 5 questions correct")?;
    inspector.look(&app, "results-custom")?;
    explained(&app, &kinds, &mut inspector)?;
    inspector.verdict()
}

/// Opens a question from the review screen, by arrow keys.
fn open_from_review(app: &App, number: usize) -> Result<()> {
    app.wait_for(&role("group", "Questions of this paper"))?;
    // The focus follows a key a little later; a step too far is taken back.
    app.wait_until(&format!("the arrow keys to come to question {number}"), |app| {
        let name = app.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")?;
        let name = name.as_str().unwrap_or_default();
        let at = name.strip_prefix("Question ").and_then(|rest| rest.split(',').next());
        match at.and_then(|at| at.parse::<usize>().ok()) {
            Some(at) if at == number => return Ok(true),
            Some(at) => app.press(if at < number { "Right" } else { "Left" })?,
            None => app.press("Tab")?,
        }
        Ok(false)
    })?;
    app.press("Enter")
}

/// Reads what is said of each question afterwards.
fn explained(app: &App, kinds: &[About], inspector: &mut Inspector) -> Result<()> {
    app.press("1")?;
    app.wait_until("all questions", |app| Ok(app.count(&css("[data-row]"))? == COUNT))?;
    app.press("J")?;
    app.press("Enter")?;
    for (index, kind) in kinds.iter().enumerate() {
        app.wait_for(&heading(format!("Question {}", index + 1)))?;
        let words = app.text(&css("article"))?;
        let reasons: &[&str] = match kind {
            About::Order => &[
                "Only what is registered",
                "Updating the endpoint replaces",
                "known before it is approved",
            ],
            About::Match => {
                &["Share features.", "A parallel file system.", "one property that only one"]
            }
            About::Two => &["It queries files."],
            About::Case => &["sells tea"],
        };
        for reason in reasons {
            ensure!(words.contains(reason), "{kind:?} says “{reason}”: {words}");
        }
        inspector.look(app, &format!("explanation-kind-{kind:?}").to_lowercase())?;
        if index + 1 < COUNT {
            app.press("J")?;
        }
    }
    Ok(())
}

/// The button of a response to be put in order.
fn step(words: &str) -> By {
    button(words)
}

fn order_by_names(app: &App) -> Result<()> {
    for words in ["Approve the version.", "Register the model.", "Update the endpoint."] {
        app.click(&step(&format!("Not placed. {words}")))?;
        app.wait_gone(&step(&format!("Not placed. {words}")))?;
    }
    app.wait_for(&step("In place 1 of 3. Approve the version."))?;
    let letter = app.text(&step("In place 2 of 3. Register the model."))?;
    let letter = letter.chars().find(|letter| ('A'..='D').contains(letter)).context("a letter")?;
    app.click(&button(format!("Move {letter} earlier")))?;
    app.wait_for(&step("In place 1 of 3. Register the model."))?;
    app.wait_for(&step("In place 3 of 3. Update the endpoint."))
}

fn match_by_names(app: &App) -> Result<()> {
    let pairs = [
        ("Share features.", "Feature Store"),
        ("Read small files", "Lustre"),
        ("Keep raw data", "Deep Archive"),
    ];
    // Put wrong at first: a response leaves the place it had.
    let shown = app.texts(&css(".responses .rich"))?;
    let option = |words: &str| -> Result<String> {
        let place = shown.iter().position(|one| one.trim() == words);
        let place = place.with_context(|| format!("{words} is not among {shown:?}"))?;
        Ok(format!("{}. {words}", ["A", "B", "C", "D"][place]))
    };
    app.choose(&role("combobox", "Share features."), &option("Deep Archive")?)?;
    says(app, "1 of 3 matched.")?;
    for (prompt, response) in pairs {
        app.choose(&role("combobox", prompt), &option(response)?)?;
    }
    says(app, "3 of 3 matched.")
}

#[test]
#[ignore = "opens a window"]
fn every_kind_of_question_is_answered_by_roles_and_names_alone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let app = start(dir.path())?;
    app.click(&button("Exams"))?;
    app.click(&button("Start a mock exam"))?;
    app.click(&role("radio", "Custom"))?;
    app.click(&role("radio", "Imported"))?;
    app.click(&role("radio", "At the end"))?;
    app.click(&role("checkbox", TITLE))?;
    app.click(&button("Begin with 5 questions"))?;
    let answer = |kind| match kind {
        About::Order => order_by_names(&app),
        About::Match => match_by_names(&app),
        About::Two => {
            app.click(&role("checkbox", "Kinesis"))?;
            app.click(&role("checkbox", "MSK"))?;
            app.wait_for(&role("checkbox", "MSK").checked())
        }
        About::Case => {
            let words = app.text(&css(".stem"))?;
            let key =
                if words.contains("records") { "In one bucket." } else { "One that is trained" };
            app.click(&role("radio", key))?;
            app.wait_for(&role("radio", key).checked())
        }
    };
    let mut asked = 0;
    let next = std::cell::Cell::new(0);
    each(
        &app,
        |kind| {
            asked += 1;
            app.assert_accessible(&format!("{kind:?}"))?;
            answer(kind)
        },
        || {
            next.set(next.get() + 1);
            app.click(&button(if next.get() == COUNT { "Review" } else { "Next" }))
        },
    )?;
    ensure!(asked == COUNT, "all were asked");
    app.wait_for(&heading("Every question has an answer."))?;
    app.click(&button("End it here"))?;
    app.click(&button("End the exam"))?;
    app.wait_for(&heading("5 of 5 questions correct"))
}
