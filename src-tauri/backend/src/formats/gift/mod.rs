//! Moodle's GIFT, with its whole documented grammar (docs.moodle.org, GIFT format).
//!
//! Multiple choice, true and false, and matching become questions. Short answers and numbers are
//! typed or recalled, so they become cards. Essays and descriptions are listed.

mod answers;
mod syntax;
#[cfg(test)]
mod tests;

use super::decode::decode;
use super::made_decks::ordered;
use super::notes::Notes;
use super::question::of_plain;
use super::shown::Shown;
use super::{
    Draft, DraftContent, DraftDeck, DraftItem, Format, Package, PackageError, Place, file_title,
    texts,
};
use crate::rich_text::markdown_of;
use syntax::{Entry, Part, TextFormat, unescaped};

/// Largest file, in bytes.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Most questions of a file.
pub const MAX_QUESTIONS: usize = 50_000;
/// Most categories of a file.
pub const MAX_CATEGORIES: usize = 2_000;
/// Stands for the gap in a sentence until its text is Markdown.
const GAP: char = '\u{e109}';

/// Reads GIFT files; each category is a deck.
///
/// # Errors
/// [`PackageError`] when one cannot be read or is too large.
pub fn read(package: &Package) -> Result<Draft, PackageError> {
    let mut notes = Notes::default();
    let mut decks = Vec::new();
    for file in texts(package) {
        let decoded = decode(&package.read(&file, MAX_FILE)?, None);
        decoded.check(&file, &mut notes);
        decks.extend(read_file(package, &file, &decoded.text, &mut notes));
    }
    let (passed_over, problems) = notes.finish();
    Ok(Draft { format: Format::Gift, made_with: None, decks, passed_over, problems })
}

fn read_file(package: &Package, file: &str, text: &str, notes: &mut Notes) -> Vec<DraftDeck> {
    let mut decks: Vec<(DraftDeck, Shown<'_>)> = Vec::new();
    let mut path = vec![file_title(file)];
    let mut count = 0;
    for part in syntax::parts(text) {
        let place = |line: u32| Place { file: file.into(), line };
        match part {
            Part::Category(names) if !names.is_empty() => path = names,
            Part::Category(_) => {}
            Part::Open { line, text } => {
                let message =
                    format!("the braces of “{}” do not close", super::notes::excerpt(&text));
                let hint = "write } behind the answers, and \\{ for a brace in the text";
                notes.error(&place(line), "open-brace", message, hint);
            }
            Part::Entry(entry) => {
                let place = place(entry.line);
                let Some(content) = answers::content(&entry, &place, notes) else { continue };
                if count >= MAX_QUESTIONS {
                    let message = format!("the file has more than {MAX_QUESTIONS} questions");
                    notes.error(&place, "too-many-questions", message, "split the file");
                    break;
                }
                count += 1;
                let at = deck_of(&mut decks, &path, || Shown::of(package, file));
                let Some((deck, shown)) = decks.get_mut(at) else { continue };
                deck.items.push(item(entry, place, content, shown, notes));
            }
        }
    }
    let finished =
        |(deck, shown): (DraftDeck, Shown<'_>)| DraftDeck { media: shown.finish(), ..deck };
    ordered(decks.into_iter().map(finished).collect())
}

/// Whether a text looks like GIFT.
pub(super) fn is_gift(text: &str) -> bool {
    let answered = |part: &Part| match part {
        Part::Category(_) => true,
        Part::Entry(Entry { name, answers: Some(answers), .. }) => {
            name.is_some()
                || answers.starts_with(['=', '~', '#'])
                || ["T", "F", "TRUE", "FALSE", ""].contains(&answers.to_ascii_uppercase().as_str())
        }
        Part::Entry(_) | Part::Open { .. } => false,
    };
    text.contains(['{', '$']) && syntax::parts(text).iter().any(answered)
}

/// Where the deck of a category is; beyond the most that are made, the last one.
fn deck_of<'a>(
    decks: &mut Vec<(DraftDeck, Shown<'a>)>,
    path: &[String],
    shown: impl FnOnce() -> Shown<'a>,
) -> usize {
    // Files keep to a category for long, so the last is looked at first.
    let found = decks.iter().rposition(|(deck, _)| deck.path == path);
    found.unwrap_or_else(|| {
        if decks.len() < MAX_CATEGORIES {
            decks.push((DraftDeck { path: path.to_vec(), ..DraftDeck::default() }, shown()));
        }
        decks.len() - 1
    })
}

fn item(
    entry: Entry,
    place: Place,
    mut body: DraftContent,
    shown: &mut Shown<'_>,
    notes: &mut Notes,
) -> DraftItem {
    match &mut body {
        DraftContent::Question(question) => shown.question(question, &place, notes),
        DraftContent::Card(card) => {
            shown.text(&mut card.front, &place, notes);
            shown.text(&mut card.back, &place, notes);
        }
    }
    DraftItem { source_id: entry.id, tags: entry.tags, ..super::question::item(place, body) }
}

/// A text as Markdown. It may say itself how it is written.
fn markdown(text: &str, format: TextFormat) -> String {
    let (own, text) = syntax::format(text);
    let text = unescaped(text.trim());
    let markdown = match own.unwrap_or(format) {
        TextFormat::Moodle => markdown_of(&text.trim().replace('\n', "<br>")),
        TextFormat::Html => markdown_of(&text),
        TextFormat::Plain => of_plain(&text),
        TextFormat::Markdown => super::markdown::normalise(&text),
    };
    markdown.replace(GAP, "\\_\\_\\_\\_\\_")
}
