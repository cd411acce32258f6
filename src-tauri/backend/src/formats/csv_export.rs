//! Comma-separated values: one row for each question and card, under names of columns that the
//! reader of delimited files knows.

use std::path::Path;

use super::written::{ExportError, NotHeld, Steps, Written, cards_in_markdown, save};
use super::{ExportDeck, ExportItem, Work};
use crate::deck::{Difficulty, Item, ItemBody, Question, Reference, ResponseKind};

/// Names of options by their place.
const LETTERS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

/// Which columns there are: only those that something is written in.
#[derive(Debug, Default, Clone, Copy)]
struct Columns {
    cards: bool,
    /// Most options of a question; 0 without questions.
    options: usize,
    tasks: bool,
}

/// Writes decks as comma-separated values in UTF-8. Texts are Markdown.
///
/// # Errors
/// [`ExportError`]; then the file that stood there before is as it was.
pub fn write(decks: &[ExportDeck], target: &Path, work: &dyn Work) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let mut not_held = NotHeld::default();
    let columns = Columns::of(decks);
    save(target, |file| {
        let failed = |source: csv::Error| ExportError::Io {
            file: target.display().to_string(),
            source: source.into(),
        };
        let mut csv = csv::Writer::from_writer(file);
        csv.write_record(columns.names()).map_err(failed)?;
        let mut steps = Steps::of(decks, work);
        for deck in decks {
            let before = written.items;
            for exported in &deck.items {
                steps.take(1)?;
                for row in rows(deck, exported, columns, &mut not_held) {
                    csv.write_record(row).map_err(failed)?;
                    written.items += 1;
                }
            }
            written.decks += usize::from(written.items > before);
            if let Some(media) = deck.media.first() {
                not_held.add("pictures and sounds of decks", &media.name);
            }
        }
        if written.items == 0 {
            return Err(ExportError::Nothing);
        }
        csv.flush().map_err(|source| failed(source.into()))
    })?;
    written.not_held = not_held.words();
    Ok(written)
}

impl Columns {
    fn of(decks: &[ExportDeck]) -> Self {
        let mut columns = Self::default();
        for item in decks.iter().flat_map(|deck| &deck.items).map(|exported| &exported.item) {
            columns.tasks |= item.task.is_some();
            match &item.body {
                ItemBody::Card(_) => columns.cards = true,
                ItemBody::Question(question) if is_choice(question) => {
                    columns.options = columns.options.max(question.options.len());
                }
                ItemBody::Question(_) => {}
            }
        }
        columns
    }

    fn names(self) -> Vec<String> {
        let mut names = vec!["deck".to_owned(), "guid".to_owned()];
        let mut add = |more: &[&str]| names.extend(more.iter().map(|name| (*name).to_owned()));
        if self.cards {
            add(&["notetype", "front", "back"]);
        }
        if self.options > 0 {
            add(&["stem"]);
            let options: Vec<String> = (1..=self.options).map(|n| format!("option {n}")).collect();
            add(&options.iter().map(String::as_str).collect::<Vec<_>>());
            add(&["key", "explanation", "difficulty", "reference"]);
        }
        if self.tasks {
            add(&["task"]);
        }
        add(&["tags"]);
        names
    }
}

fn is_choice(question: &Question) -> bool {
    matches!(question.kind(), ResponseKind::Single | ResponseKind::Multiple)
}

/// The rows of an item: none when the format cannot hold it.
fn rows(
    deck: &ExportDeck,
    exported: &ExportItem,
    columns: Columns,
    not_held: &mut NotHeld,
) -> Vec<Vec<String>> {
    let item = &exported.item;
    let slug = item.slug.as_str();
    if !exported.study.is_empty() {
        not_held.add("reviews and intervals", slug);
    }
    let guid = exported.source_id.clone().unwrap_or_else(|| slug.to_owned());
    let row = |guid: String, card: Option<[String; 3]>, question: Option<&Question>| {
        let mut row = vec![deck.path.join("::"), guid];
        if columns.cards {
            row.extend(card.unwrap_or_default());
        }
        if columns.options > 0 {
            push_question(&mut row, question, columns.options);
        }
        if columns.tasks {
            row.push(item.task.clone().unwrap_or_default());
        }
        row.push(tags(item));
        row
    };
    match &item.body {
        ItemBody::Question(question) if is_choice(question) => {
            if question.options.iter().any(|option| !option.reason.is_empty()) {
                not_held.add("reasons of options", slug);
            }
            if question.case.is_some() {
                not_held.add("scenarios as such: they are written into the stems", slug);
            }
            vec![row(guid, None, Some(question))]
        }
        ItemBody::Question(_) => {
            not_held.add("questions of order and of matching", slug);
            Vec::new()
        }
        ItemBody::Card(card) => {
            let cards = cards_in_markdown(card);
            let several = cards.len() > 1;
            let named = |(number, card): (usize, crate::deck::Card)| {
                let guid = if several { format!("{guid}-{number}") } else { guid.clone() };
                row(guid, Some([card.style.name().to_owned(), card.front, card.back]), None)
            };
            (1..).zip(cards).map(named).collect()
        }
    }
}

fn push_question(row: &mut Vec<String>, question: Option<&Question>, options: usize) {
    let Some(question) = question else {
        row.extend(std::iter::repeat_n(String::new(), options + 5));
        return;
    };
    row.push(match &question.case {
        Some(case) => format!("{}\n\n{}", case.scenario, question.stem),
        None => question.stem.clone(),
    });
    let texts = question.options.iter().map(|option| option.text.clone());
    row.extend(texts.chain(std::iter::repeat(String::new())).take(options));
    let keys: Vec<&str> = LETTERS
        .into_iter()
        .zip(&question.options)
        .filter(|(_, option)| option.key)
        .map(|(letter, _)| letter)
        .collect();
    row.push(keys.join(", "));
    row.push(question.explanation.clone());
    row.push(
        match question.difficulty {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
        .to_owned(),
    );
    let addresses = question.references.iter().map(|Reference { url, .. }| url.as_str());
    row.push(addresses.collect::<Vec<_>>().join(" "));
}

/// Tags in one cell; without a comma, blanks would part them.
fn tags(item: &Item) -> String {
    match item.tags.as_slice() {
        [only] if only.contains(' ') => format!("{only},"),
        tags => tags.join(", "),
    }
}

#[cfg(test)]
#[path = "csv_export_tests.rs"]
mod tests;
