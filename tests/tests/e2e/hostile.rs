//! A deck of attacks, opened item by item in the real window: nothing runs, nobody is asked for
//! anything, and what is around an item stays in reach.

use std::fmt::Write as _;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use tests::{App, button, css, heading, role};

use crate::paper::{self, arrow_to, enter_on, to_the_door};

#[expect(clippy::expect_used, reason = "a list that is no list fails the test")]
#[path = "../../hostile/payloads.rs"]
mod list;

use list::{CANARY, Payload, payloads};

/// Longest text that is also tried as an option, bytes.
const OPTION: usize = 2_000;
const QUESTIONS: &str = "Hostile questions";

/// Counts who comes to the address that the attacks name.
struct Listener {
    origin: String,
    visits: Arc<AtomicUsize>,
}

impl Listener {
    fn open() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        let visits = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&visits);
        // Ends with the test's process.
        thread::spawn(move || {
            for mut visitor in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = visitor.read(&mut [0; 512]);
            }
        });
        Ok(Self { origin, visits })
    }
}

/// The attacks as cards, as Anki's text export has them.
fn cards(folder: &Path, attacks: &[Payload]) -> Result<std::path::PathBuf> {
    let mut table = "#separator:tab\n#html:true\n#deck:Hostile cards\n".to_owned();
    for (number, Payload { name, text }) in attacks.iter().enumerate() {
        let text = text.replace('"', "\"\"");
        writeln!(table, "\"<p>Attack {number}, {name}.</p>{text}\"\t\"Answer {number}.{text}\"")?;
    }
    let file = folder.join("hostile.txt");
    std::fs::write(&file, table)?;
    Ok(file)
}

/// The attacks as questions, as Moodle writes them, in every text that a question has.
fn questions(folder: &Path, attacks: &[Payload]) -> Result<std::path::PathBuf> {
    let told = |words: &str| {
        let words: String =
            words.chars().map(|c| if c < ' ' && c != '\n' { ' ' } else { c }).collect();
        let words = words.replace("]]>", "]]]]><![CDATA[>");
        format!("<text><![CDATA[{words}]]></text>")
    };
    let mut quiz = format!(
        "<quiz><question type=\"category\"><category><text>{QUESTIONS}</text></category></question>"
    );
    for (number, Payload { name, text }) in attacks.iter().enumerate() {
        let option = if text.len() < OPTION { text } else { "" };
        write!(
            quiz,
            "<question type=\"multichoice\"><name><text>{number}</text></name>\
             <questiontext format=\"html\">{}</questiontext>\
             <generalfeedback format=\"html\">{}</generalfeedback><single>true</single>\
             <answer fraction=\"100\" format=\"html\">{}<feedback format=\"html\">{}</feedback></answer>\
             <answer fraction=\"0\" format=\"html\">{}</answer>\
             <answer fraction=\"0\" format=\"html\">{}</answer></question>",
            told(&format!("<p>Attack {number}, {name}: what comes of it?</p>{text}")),
            told(&format!("Because {number}.{text}")),
            told(&format!("Nothing{option}")),
            told(&format!("So it is.{option}")),
            told("Something"),
            told("Everything"),
        )?;
    }
    quiz.push_str("</quiz>");
    let file = folder.join("hostile.xml");
    std::fs::write(&file, quiz)?;
    Ok(file)
}

/// Brings a file in; how many items it has.
fn bring_in(app: &App, file: &Path) -> Result<usize> {
    app.drop_files(&[file])?;
    app.wait_for(&heading("to import from"))?;
    let count = first_number(&app.text(&css("main h1"))?)?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("imported"))?;
    Ok(count)
}

fn first_number(told: &str) -> Result<usize> {
    let count = told.split(' ').next().and_then(|word| word.parse().ok());
    count.with_context(|| format!("“{told}” begins with no number"))
}

/// Has the page note what its policy refuses.
const WATCH: &str = "(() => {
    window.refusedByPolicy = [];
    document.addEventListener('securitypolicyviolation', (it) =>
        window.refusedByPolicy.push(it.effectiveDirective + ' ' + it.blockedURI));
    return true;
})()";

/// Nothing came of the item on screen, and a control beside it can still be clicked on.
fn unharmed(app: &App, listener: &Listener, control: &str) -> Result<()> {
    let state = format!(
        "(() => {{
            const at = document.querySelector('{control}').getBoundingClientRect();
            const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
            return {{
                ran: window.hostileRan ?? null,
                refused: window.refusedByPolicy,
                named: document.querySelectorAll('.rich [id], .rich [name]').length,
                wide: document.documentElement.scrollWidth > innerWidth,
                covered: top?.closest('{control}') === null,
            }};
        }})()"
    );
    let state = app.evaluate(&state)?;
    let wanted = json!({ "ran": null, "refused": [], "named": 0, "wide": false, "covered": false });
    ensure!(state == wanted, "the page is {state}, showing: {}", app.page()?);
    let visits = listener.visits.load(Ordering::SeqCst);
    ensure!(visits == 0, "{visits} requests were made, showing: {}", app.page()?);
    Ok(())
}

/// Opens every card in the editor with its preview, by keys.
fn browse(app: &App, listener: &Listener, items: usize) -> Result<()> {
    app.press("G")?;
    app.press("B")?;
    app.wait_until("rows", |app| Ok(app.count(&css("[role=gridcell]"))? > 0))?;
    app.type_into(&role("searchbox", ""), "deck:\"Hostile cards\"")?;
    app.wait_until("the cards alone", |app| {
        let rows = "[...document.querySelectorAll('[role=row]:has([role=gridcell])')]";
        Ok(app.evaluate(&format!("{rows}.every((it) => it.textContent.includes('Attack '))"))?
            == true)
    })?;
    // A text with several gaps is several cards.
    let rows = first_number(&app.text(&css(".found"))?)?;
    ensure!(rows >= items, "{rows} rows of {items} cards");
    app.press("Escape")?;
    for number in 0..rows {
        app.press("J")?;
        app.press("Enter")?;
        app.wait_for(&css("aside footer"))?;
        if app.count(&css("aside footer [aria-pressed=true]"))? == 0 {
            app.click(&button("Preview"))?;
        }
        app.wait_until("how it will be seen", |app| {
            let front = "document.querySelector('.preview .front')?.textContent ?? ''";
            Ok(app.evaluate(&format!("({front}).includes('Attack ')"))? == true)
        })?;
        unharmed(app, listener, "aside header button:last-of-type")
            .with_context(|| format!("row {number}"))?;
        app.press("Escape")?;
        app.wait_gone(&css("aside footer"))?;
    }
    Ok(())
}

/// Answers every question of a paper of them, and reads why.
fn sit(app: &App, listener: &Listener, count: usize) -> Result<()> {
    to_the_door(app)?;
    arrow_to(app, "How to sit", "Custom")?;
    app.wait_for(&role("spinbutton", "Questions"))?;
    arrow_to(app, "Reasons", "After each")?;
    paper::choose_deck(app, QUESTIONS)?;
    app.type_into(&role("spinbutton", "Questions"), &count.to_string())?;
    app.wait_for(&button(format!("Begin with {count} questions")))?;
    enter_on(app, ".start button")?;
    for number in 1..=count {
        app.wait_for(&heading(format!("Question {number} of {count}")))?;
        unharmed(app, listener, "footer .move").with_context(|| format!("question {number}"))?;
        app.press("A")?;
        app.wait_for(&css(".option [aria-checked=true]"))?;
        app.press("Enter")?;
        app.wait_for(&css(".mark"))?;
        unharmed(app, listener, "footer .move").with_context(|| format!("reason {number}"))?;
        app.press("Right")?;
    }
    Ok(())
}

#[test]
#[ignore = "opens a window"]
fn a_deck_of_attacks_runs_nothing_asks_nobody_and_hides_nothing() -> Result<()> {
    let listener = Listener::open()?;
    let attacks = payloads(&listener.origin);
    ensure!(attacks.iter().any(|it| it.text.contains(CANARY)), "the list has no scripts");
    let dir = tempfile::tempdir()?;
    let app = App::start(&dir.path().join("collection.sitwell"))?;
    paper::settle_in(&app)?;
    app.evaluate(WATCH)?;

    let found = bring_in(&app, &cards(dir.path(), &attacks)?)?;
    ensure!(found == attacks.len(), "{found} of {} cards came in", attacks.len());
    browse(&app, &listener, found)?;

    let found = bring_in(&app, &questions(dir.path(), &attacks)?)?;
    // Many links in one another make a longer stem than there may be.
    ensure!(found + 1 == attacks.len(), "{found} of {} questions came in", attacks.len());
    sit(&app, &listener, found)?;

    // What was watched for would have been seen.
    app.evaluate(&format!("(new Image().src = '{}/watched.png')", listener.origin))?;
    app.wait_until("the policy to refuse a picture from elsewhere", |app| {
        Ok(app.evaluate("window.refusedByPolicy.length")? == 1)
    })?;
    ensure!(listener.visits.load(Ordering::SeqCst) == 0, "the policy lets pictures through");
    std::net::TcpStream::connect(listener.origin.trim_start_matches("http://"))?;
    app.wait_until("the listener to count", |_| Ok(listener.visits.load(Ordering::SeqCst) == 1))
}
