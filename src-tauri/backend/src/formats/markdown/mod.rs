//! The native deck format: Markdown with a grammar of lines (`docs/deck-format.md`).

mod card;
mod case;
mod choice;
mod fields;
mod folder;
mod front_matter;
mod items;
mod located;
mod media;
mod question;
mod reference;
mod report;
mod responses;
mod single;
mod text;
mod write;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

pub use folder::{FolderError, read_folder};
pub use located::locate;
pub(crate) use media::problem as media_problem;
pub use media::{read_media, shown_files};
pub use single::{question_text, read_question};
pub use text::normalise;
pub(super) use text::{dedent, indentation};
pub use write::{WriteError, write, write_files};

use super::{Problem, Source};
use crate::deck::{Deck, DeckMeta, Item, ItemBody, ItemSlug, Question};
use report::{At, Lines, Report};

/// Largest file, in bytes.
pub const MAX_FILE: usize = 4 * 1024 * 1024;
/// Most files of a deck.
pub const MAX_FILES: usize = 2_000;
/// Largest deck over all its files, in bytes.
pub const MAX_DECK: usize = 64 * 1024 * 1024;
/// Most items of a deck.
pub const MAX_ITEMS: usize = 50_000;
/// Largest item, in bytes.
pub const MAX_ITEM: usize = 256 * 1024;
/// Longest text of an item (stem, option, reason, explanation, side of a card), in bytes.
pub const MAX_TEXT: usize = 32 * 1024;
/// Fewest and most options of a question.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=10;

/// Where an item stands in the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path of the source.
    pub file: String,
    /// Line of the item's heading, from 1.
    pub line: u32,
    /// Line of each option in the author's order; empty for a card.
    pub options: Vec<u32>,
    /// Line of each prompt of a matching question.
    pub prompts: Vec<u32>,
}

impl Place {
    fn of(heading: At<'_>) -> Self {
        let file = heading.file.to_owned();
        Self { file, line: heading.line, options: Vec::new(), prompts: Vec::new() }
    }
}

/// Where every item of a deck stands.
pub type SourceMap = HashMap<ItemSlug, Place>;

/// A deck with the places of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The deck.
    pub deck: Deck,
    /// Where its items stand.
    pub places: SourceMap,
}

/// What can be read of the sources, whole or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Path of the file with the front matter; of the first file when there is none.
    pub root: String,
    /// The front matter, when it is sound.
    pub meta: Option<DeckMeta>,
    /// Text between the front matter and the first item.
    pub introduction: String,
    /// The items that are sound.
    pub items: Vec<Item>,
    /// Where they stand.
    pub places: SourceMap,
    /// Everything that is wrong, in the order of its place.
    pub problems: Vec<Problem>,
}

/// Reads a deck from its files.
///
/// One source is a deck by itself; of several, the one named `deck.md` nearest to the root
/// carries the front matter. Items come in the order of the files' paths.
///
/// # Errors
/// Every problem of the sources, each with file, line and column. None is returned when the deck
/// is sound.
pub fn parse(sources: &[Source]) -> Result<Parsed, Vec<Problem>> {
    let Reading { meta, introduction, items, places, problems, .. } = read(sources);
    match meta {
        Some(meta) if problems.is_empty() => {
            let deck = Deck { meta, introduction, items, media: Vec::new() };
            Ok(Parsed { deck, places })
        }
        _ => Err(problems),
    }
}

/// Reads as much of a deck as is sound, with everything that is wrong. For tools that show an
/// author all problems at once; to use a deck, [`parse`] it.
pub fn read(sources: &[Source]) -> Reading {
    let mut report = Report::default();
    let mut collected = items::Collected::default();
    let mut meta = None;
    let mut introduction = String::new();
    let mut root_path = sources.first().map_or_else(String::new, |source| source.path.clone());
    if let Some((root, sources)) = arrange(sources, &mut report) {
        root_path.clone_from(&root.path);
        let texts: Vec<(&Source, String)> =
            sources.into_iter().filter_map(|s| Some((s, decode(s, &mut report)?))).collect();
        let mut bodies = Vec::new();
        for (source, text) in &texts {
            let lines: Vec<&str> = text.split('\n').collect();
            bodies.push((*source, lines));
        }
        // The root first: whether items must name a task depends on it.
        let mut start = 0;
        if let Some((source, lines)) = bodies.iter().find(|(source, _)| source.path == root.path) {
            let all = Lines { file: &source.path, first: 1, all: lines };
            (meta, start) = front_matter::read(all, &mut report);
        }
        let needs_task = meta.as_ref().is_some_and(|m: &DeckMeta| m.blueprint.is_some());
        for (source, lines) in &bodies {
            let is_root = source.path == root.path;
            let skip = if is_root { start } else { 0 };
            let all = Lines { file: &source.path, first: 1, all: lines };
            let body = all.slice(skip, lines.len());
            let lead = items::read(body, needs_task, &mut collected, &mut report);
            if is_root {
                introduction = items::introduction(lead, &mut report);
            } else {
                items::only_titles(lead, &mut report);
            }
        }
    }
    let items::Collected { mut items, places, cases, .. } = collected;
    case::resolve(&mut items, &cases, &places, &mut report);
    check_enemies(&items, &places, &mut report);
    debug_assert!(meta.is_some() || report.has_errors(), "no deck without an error");
    let problems = report.into_problems();
    Reading { root: root_path, meta, introduction, items, places, problems }
}

/// Picks the file with the front matter, orders the files and checks their number and sizes.
fn arrange<'a>(
    sources: &'a [Source],
    report: &mut Report,
) -> Option<(&'a Source, Vec<&'a Source>)> {
    let top = At { file: sources.first().map_or("", |s| s.path.as_str()), line: 1, column: 1 };
    let size: usize = sources.iter().map(|source| source.bytes.len()).sum();
    if sources.len() > MAX_FILES || size > MAX_DECK {
        let message = format!("the deck has {} files of {size} bytes in all", sources.len());
        let hint = format!("split it: {MAX_FILES} files and {MAX_DECK} bytes are the most");
        report.error(top, "deck-too-large", message, hint);
        return None;
    }
    let mut ordered: Vec<&Source> = sources.iter().collect();
    ordered.sort_by(|a, b| a.path.cmp(&b.path));
    let mut seen = HashSet::new();
    for source in &ordered {
        if !seen.insert(&source.path) {
            let at = At { file: &source.path, line: 1, column: 1 };
            report.error(at, "duplicate-file", "two files have this path", "rename one of them");
            return None;
        }
    }
    let depth = |source: &Source| source.path.matches('/').count();
    let named = |source: &&&Source| source.path.rsplit('/').next() == Some("deck.md");
    let root = match sources {
        [only] => Some(only),
        _ => ordered.iter().filter(named).min_by_key(|source| depth(source)).copied(),
    };
    if root.is_none() {
        let message = "no file named deck.md carries the deck's front matter";
        let hint = "add deck.md; docs/deck-format.md shows how it begins";
        report.error(top, "no-deck-file", message, hint);
    }
    Some((root?, ordered))
}

/// The text of a source, with one kind of line end.
fn decode(source: &Source, report: &mut Report) -> Option<String> {
    let at = At { file: &source.path, line: 1, column: 1 };
    if source.bytes.len() > MAX_FILE {
        let message = format!("the file has {} bytes", source.bytes.len());
        let hint = format!("split it into files of at most {MAX_FILE} bytes");
        report.error(at, "file-too-large", message, hint);
        return None;
    }
    match std::str::from_utf8(&source.bytes) {
        Ok(text) => Some(text::unify_line_ends(text).into_owned()),
        Err(error) => {
            let before = &source.bytes[..error.valid_up_to()];
            let line = before.split(|&byte| byte == b'\n').count();
            let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |i| i + 1);
            let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
            let at = At { line: number(line), column: number(column), ..at };
            report.error(at, "not-utf-8", "the file is not UTF-8 here", "save it as UTF-8");
            None
        }
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Enemies are other questions of the deck.
fn check_enemies(items: &[Item], places: &SourceMap, report: &mut Report) {
    if report.has_errors() {
        return; // Items are missing because of other errors: saying so again helps nobody.
    }
    let questions: HashMap<&ItemSlug, &Question> = items
        .iter()
        .filter_map(|item| match &item.body {
            ItemBody::Question(question) => Some((&item.slug, question)),
            ItemBody::Card(_) => None,
        })
        .collect();
    for item in items {
        let (Some(question), Some(place)) = (questions.get(&item.slug), places.get(&item.slug))
        else {
            continue;
        };
        for enemy in &question.enemies {
            let message = if *enemy == item.slug {
                "the item is its own enemy".to_owned()
            } else if questions.contains_key(enemy) {
                continue;
            } else {
                format!("the enemy “{enemy}” is no question of this deck")
            };
            let at = At { file: &place.file, line: place.line, column: 1 };
            report.error(at, "unknown-enemy", message, "name slugs of other questions, or none");
        }
    }
}
