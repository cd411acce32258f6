//! Real files that people shared, where they are at hand: every question, note and card that the
//! list of them promises is found, or a problem says why it is not.
//!
//! The files are not part of the project. They are looked for in `$SITWELL_CORPUS`, and in
//! `shared/corpus` beside the workspace.

use std::path::{Path, PathBuf};

use sitwell_backend::formats::{self, Draft, DraftContent, Format, Package};

/// A row of the list.
struct Row {
    file: String,
    format: String,
    questions: usize,
    notes: usize,
    cards: usize,
}

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("SITWELL_CORPUS").map(PathBuf::from);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let above = workspace.ancestors().skip(1).map(|folder| folder.join("shared/corpus"));
    named.into_iter().chain(above.take(2)).find(|folder| folder.join("MANIFEST.tsv").is_file())
}

fn rows(folder: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut format = String::new();
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, kind, _, _, questions, notes, cards, ..] = cells[..] else {
            panic!("the list has a row of {} columns: {line}", cells.len());
        };
        if kind != "same" {
            kind.clone_into(&mut format);
        }
        rows.push(Row {
            file: file.to_owned(),
            format: format.clone(),
            questions: questions.parse().unwrap(),
            notes: notes.parse().unwrap(),
            cards: cards.parse().unwrap(),
        });
    }
    rows
}

/// What the reader of a row's format makes of its file; none for formats that are read elsewhere.
fn read(row: &Row, package: &Package) -> Option<Draft> {
    let found = formats::detect(package).unwrap();
    let kind = row.format.split([',', ' ']).next().unwrap_or_default();
    match kind {
        "markdown" => {
            assert_eq!(found, Format::Bank, "{}", row.file);
            Some(formats::bank::read(package).unwrap())
        }
        _ => None,
    }
}

/// Questions, notes and cards of a draft.
fn counts(draft: &Draft) -> (usize, usize, usize) {
    let mut counts = (0, 0, 0);
    for item in draft.decks.iter().flat_map(|deck| &deck.items) {
        match &item.body {
            DraftContent::Question(_) => counts.0 += 1,
            DraftContent::Card(card) => {
                counts.1 += 1;
                counts.2 += card.ordinals().len();
            }
        }
    }
    counts
}

#[test]
fn what_the_list_promises_is_found_or_explained() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no corpus in $SITWELL_CORPUS or in shared/corpus beside the workspace");
        return;
    };
    let mut wrong = Vec::new();
    for row in rows(&folder) {
        let package = Package::open(&folder.join(&row.file)).unwrap();
        let Some(draft) = read(&row, &package) else { continue };
        let (questions, notes, cards) = counts(&draft);
        let missing = row.questions.saturating_sub(questions) + row.notes.saturating_sub(notes);
        let explained = draft.problems.len()
            + draft.passed_over.iter().filter(|passed| passed.code != "heading").count();
        let more = questions > row.questions || notes > row.notes || cards > row.cards;
        if more || missing > explained {
            wrong.push(format!(
                "{}: {questions} questions, {notes} notes and {cards} cards for {}, {} and {}; \
                 {:?} {:?}",
                row.file, row.questions, row.notes, row.cards, draft.problems, draft.passed_over
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
