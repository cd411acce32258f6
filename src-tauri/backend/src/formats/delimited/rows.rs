//! Rows to items.

use std::collections::HashMap;

use super::columns::ColumnRole;
use super::table::{Directives, Row};
use crate::deck::{Card, CardStyle, Choice, Difficulty, Markup};
use crate::formats::bank::key::{Key, key};
use crate::formats::markdown::{MAX_TEXT, normalise};
use crate::formats::notes::{Notes, excerpt};
use crate::formats::question::{Found, asked_for, item, option, references};
use crate::formats::{DraftContent, DraftItem, Place, aiken};
use crate::rich_text::markdown_of;

/// Most tags of an item.
const MAX_TAGS: usize = 100;
/// Longest tag, and longest name of a deck with those above it, in bytes.
const MAX_NAME: usize = 500;

/// How rows are read.
pub(super) struct Rows<'a> {
    pub(super) file: &'a str,
    pub(super) roles: &'a [ColumnRole],
    pub(super) directives: &'a Directives,
    pub(super) html: bool,
}

/// An item with the deck that its row names.
pub(super) struct Made {
    pub(super) deck: Option<Vec<String>>,
    pub(super) item: DraftItem,
}

impl Rows<'_> {
    /// The item of a row; what makes none is noted.
    pub(super) fn item(&self, row: &Row, notes: &mut Notes) -> Option<Made> {
        let place = Place { file: self.file.into(), line: row.line };
        // A table may hold both; then a row without a stem is a card.
        let filled = |role| self.cells(row, role).any(|cell| !cell.trim().is_empty());
        let asks = self.roles.contains(&ColumnRole::Stem)
            && (filled(ColumnRole::Stem) || !filled(ColumnRole::Front));
        let body =
            if asks { self.question(row, &place, notes) } else { self.card(row, &place, notes) };
        let body = body?;
        let first = |role| self.cells(row, role).next().map(str::trim).filter(|c| !c.is_empty());
        let deck = first(ColumnRole::Deck).map(deck_path).filter(|path| !path.is_empty());
        let mut made = item(place, body);
        made.source_id =
            first(ColumnRole::Guid).filter(|id| id.len() <= MAX_NAME).map(str::to_owned);
        made.task = first(ColumnRole::Task).filter(|t| t.len() <= MAX_NAME).map(str::to_owned);
        made.tags = self.tags(row);
        Some(Made { deck, item: made })
    }

    fn cells<'r>(&'r self, row: &'r Row, role: ColumnRole) -> impl Iterator<Item = &'r str> {
        let with = self.roles.iter().zip(&row.cells).filter(move |(own, _)| **own == role);
        with.map(|(_, cell)| cell.as_str())
    }

    fn joined(&self, row: &Row, role: ColumnRole) -> String {
        let between = if self.html { "<br><br>" } else { "\n\n" };
        let filled: Vec<&str> =
            self.cells(row, role).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        filled.join(between)
    }

    fn tags(&self, row: &Row) -> Vec<String> {
        let of_cells = self.cells(row, ColumnRole::Tags).flat_map(|cell| {
            let by: &[char] =
                if cell.contains([',', ';']) { &[',', ';'] } else { &[' ', '\t', '\n'] };
            cell.split(by)
        });
        let mut tags: Vec<String> = Vec::new();
        for tag in self.directives.tags.iter().map(String::as_str).chain(of_cells) {
            let tag = tag.trim().to_lowercase();
            let fits = !tag.is_empty() && tag.len() <= MAX_NAME && tags.len() < MAX_TAGS;
            if fits && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }

    /// A text as Markdown.
    fn markdown(&self, text: &str) -> String {
        if self.html { markdown_of(text) } else { normalise(text) }
    }

    fn card(&self, row: &Row, place: &Place, notes: &mut Notes) -> Option<DraftContent> {
        let (front, back) =
            (self.joined(row, ColumnRole::Front), self.joined(row, ColumnRole::Back));
        let note_type = self.cells(row, ColumnRole::NoteType).next();
        let note_type = note_type.or(self.directives.note_type.as_deref()).unwrap_or_default();
        let style = style(note_type, &front);
        if front.is_empty() {
            let message =
                format!("the row “{}” has nothing that asks", excerpt(&row.cells.join(" ")));
            notes.error(place, "no-front", message, "fill in the side that asks");
            return None;
        }
        if front.len() > MAX_TEXT || back.len() > MAX_TEXT {
            let message = format!("“{}” has a side of more than {MAX_TEXT} bytes", excerpt(&front));
            notes.error(place, "text-too-long", message, "shorten it");
            return None;
        }
        if back.is_empty() && style != CardStyle::Cloze {
            let message = format!("“{}” has nothing that answers", excerpt(&front));
            notes.warning(place, "no-back", message, "fill in the other side");
        }
        let mut card = Card::of(style, front, back);
        if self.html {
            card.markup = Markup::Html;
        } else {
            card.front = normalise(&card.front);
            card.back = normalise(&card.back);
        }
        Some(DraftContent::Card(Box::new(card)))
    }

    fn question(&self, row: &Row, place: &Place, notes: &mut Notes) -> Option<DraftContent> {
        let stem = self.markdown(&self.joined(row, ColumnRole::Stem));
        let cells: Vec<&str> = self.cells(row, ColumnRole::Option).collect();
        let mut options = options(&cells);
        for option in &mut options {
            option.text = self.markdown(&option.text);
        }
        let mut explanation = self.joined(row, ColumnRole::Explanation);
        let keys: Vec<&str> =
            self.cells(row, ColumnRole::Key).map(str::trim).filter(|k| !k.is_empty()).collect();
        for cell in keys {
            if let Some(more) = mark(cell, &mut options, self) {
                explanation = format!("{more}\n\n{explanation}");
            }
        }
        // Columns behind the last option of a row are empty.
        while options.last().is_some_and(|option| option.text.is_empty() && !option.key) {
            options.pop();
        }
        let addresses = self.cells(row, ColumnRole::Reference);
        let addresses = addresses.flat_map(|cell| cell.split([' ', '\n', ';', ',']));
        let addresses = addresses.map(|address| (String::new(), address.trim().to_owned()));
        let found = Found {
            choose: asked_for(&stem),
            stem,
            options,
            explanation: self.markdown(&explanation),
            references: references(addresses),
            difficulty: self.cells(row, ColumnRole::Difficulty).next().and_then(difficulty),
            ..Found::default()
        };
        let question = found.finish(place, notes)?;
        Some(DraftContent::Question(Box::new(question)))
    }
}

/// The names of a deck, outermost first.
pub(super) fn deck_path(name: &str) -> Vec<String> {
    let bounded = &name[..name.floor_char_boundary(MAX_NAME)];
    let parts = bounded.split("::").map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).take(10).collect()
}

fn style(note_type: &str, front: &str) -> CardStyle {
    let lower = note_type.to_lowercase();
    if lower.contains("cloze") || (front.contains("{{c") && front.contains("::")) {
        CardStyle::Cloze
    } else if lower.contains("type in") || lower == "typed" {
        CardStyle::Typed
    } else if lower.contains("reversed") {
        CardStyle::Reversed
    } else {
        CardStyle::Basic
    }
}

/// The options of the cells given, or of one cell that holds them all.
fn options(cells: &[&str]) -> Vec<Choice> {
    let parts: Vec<&str> = match cells {
        [all] => ["\n", "|", ";"]
            .into_iter()
            .map(|by| all.split(by).map(str::trim).filter(|part| !part.is_empty()).collect())
            .find(|parts: &Vec<&str>| parts.len() >= 2)
            .unwrap_or_else(|| vec![all]),
        several => several.iter().map(|cell| cell.trim()).collect(),
    };
    // Letters that only say which column it is.
    let lettered = parts.iter().zip(0u8..).all(|(part, at)| {
        part.is_empty() || aiken::opening(part).is_some_and(|(letter, _)| letter == at)
    });
    let text = |part: &&str| match aiken::opening(part) {
        Some((_, text)) if lettered => text.to_owned(),
        _ => (*part).to_owned(),
    };
    parts.iter().map(|part| option(text(part), false)).collect()
}

/// Marks the options that a key names. A right answer that is none of them becomes one. Words
/// behind a letter that are not the option's are given back.
fn mark(cell: &str, options: &mut Vec<Choice>, rows: &Rows<'_>) -> Option<String> {
    let fold = |text: &str| text.trim().to_lowercase();
    let by_text: HashMap<String, usize> =
        options.iter().enumerate().map(|(at, option)| (fold(&option.text), at)).collect();
    let named = |text: &str| by_text.get(&fold(&rows.markdown(text))).copied();
    if let Some(at) = named(cell) {
        options[at].key = true;
        return None;
    }
    let parts: Vec<Option<usize>> = cell.split(['|', ';', '\n']).map(named).collect();
    if parts.len() > 1 && parts.iter().all(Option::is_some) {
        for at in parts.into_iter().flatten() {
            options[at].key = true;
        }
        return None;
    }
    match key(cell) {
        Key::Places(places, behind) if places.iter().all(|place| *place < options.len()) => {
            let repeats = places.iter().any(|at| fold(&options[*at].text) == fold(&behind));
            for at in places {
                options[at].key = true;
            }
            (!behind.is_empty() && !repeats).then_some(behind)
        }
        Key::Places(..) => None,
        Key::Words(_) => {
            options.push(option(rows.markdown(cell), true));
            None
        }
    }
}

fn difficulty(cell: &str) -> Option<Difficulty> {
    match cell.trim().to_lowercase().as_str() {
        "easy" | "low" | "1" | "beginner" | "leicht" => Some(Difficulty::Easy),
        "medium" | "moderate" | "2" | "intermediate" | "mittel" => Some(Difficulty::Medium),
        "hard" | "difficult" | "high" | "3" | "advanced" | "schwer" => Some(Difficulty::Hard),
        _ => None,
    }
}
