//! From a file to its items: headings, what belongs to each, and what belongs to none.

use std::borrow::Cow;

use super::fields::{Fields, Kind, Unsound};
use super::report::{Lines, Report, excerpt};
use super::text::{self, Level};
use super::{MAX_ITEM, MAX_ITEMS, MAX_TEXT, Place, SourceMap, card, case, question};
use crate::deck::{Case, Item, ItemBody, ItemSlug};

/// The sound items read so far, and the names of all.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) items: Vec<Item>,
    pub(super) places: SourceMap,
    /// The scenarios of the case studies.
    pub(super) cases: case::Cases,
    /// Every slug seen with its place, sound item or not.
    seen: std::collections::HashMap<ItemSlug, (String, u32)>,
    count: usize,
}

/// Reads the items of a file; gives the lines before the first one.
pub(super) fn read<'a>(
    body: Lines<'a>,
    needs_task: bool,
    collected: &mut Collected,
    report: &mut Report,
) -> Lines<'a> {
    let headings: Vec<usize> =
        (0..body.all.len()).filter(|&index| text::is_item_heading(body.all[index])).collect();
    let first = headings.first().copied().unwrap_or(body.all.len());
    for (index, &start) in headings.iter().enumerate() {
        let end = headings.get(index + 1).copied().unwrap_or(body.all.len());
        collected.count += 1;
        if collected.count > MAX_ITEMS {
            let message = format!("the deck has more than {MAX_ITEMS} items");
            report.error(body.at(start), "too-many-items", message, "split it into several decks");
            break;
        }
        item(body.slice(start, end), needs_task, collected, report);
    }
    body.slice(0, first)
}

/// Reads one item, its heading first.
fn item(lines: Lines<'_>, needs_task: bool, collected: &mut Collected, report: &mut Report) {
    let heading = lines.all[0]["## ".len()..].trim_matches(text::BLANKS);
    let (kind, name) = heading.split_once(text::BLANKS).unwrap_or((heading, ""));
    let kind = match kind {
        "Card" => Kind::Card,
        "Case" => Kind::Case,
        _ => Kind::Question,
    };
    let slug = slug(name.trim_start_matches(text::BLANKS), lines, collected, report);
    if lines.size() > MAX_ITEM {
        let message = format!("the item has more than {MAX_ITEM} bytes");
        report.error(lines.at(0), "item-too-large", message, "shorten it or split it");
        return;
    }
    let rest = &lines.all[1..];
    let end = 1 + rest.iter().position(|line| text::is_blank(line)).unwrap_or(rest.len());
    let fields = Fields::read(lines.slice(1, end), kind, report);
    if matches!(fields, Err(Unsound::Prose)) {
        return; // Reading on would only blame the stem for being taken as fields.
    }
    let fields = fields.ok().and_then(|f| f.complete(kind, needs_task, lines.at(0), report));
    let style = fields.as_ref().map(|fields| fields.style).unwrap_or_default();
    let body = lines.slice(end, lines.all.len());
    let read = match kind {
        Kind::Question => question::read(body, lines.at(0), report),
        Kind::Card => card::read(body, style, lines.at(0), report)
            .map(|card| (ItemBody::Card(card), Place::of(lines.at(0)))),
        Kind::Case => {
            if let (Some(slug), Some(text)) = (slug, case::read(body, lines.at(0), report)) {
                collected.cases.insert(slug, (text, Place::of(lines.at(0))));
            }
            return;
        }
    };
    let (Some(slug), Some(fields), Some((mut body, place))) = (slug, fields, read) else {
        return;
    };
    if let ItemBody::Question(question) = &mut body {
        question.difficulty = fields.difficulty.unwrap_or(question.difficulty);
        question.enemies = fields.enemies;
        // The scenario is filled in when all files are read.
        question.case = fields.case.map(|slug| Case { slug, scenario: String::new() });
    }
    collected.places.insert(slug.clone(), place);
    let Fields { task, tags, also, checked, .. } = fields;
    collected.items.push(Item { slug, task, tags, also, checked, body });
}

fn slug(
    name: &str,
    lines: Lines<'_>,
    collected: &mut Collected,
    report: &mut Report,
) -> Option<ItemSlug> {
    let at = lines.at(0);
    let slug = match name.parse::<ItemSlug>() {
        Ok(slug) => slug,
        Err(error) => {
            let hint = "write ## Question some-name: lower-case letters, digits, single hyphens";
            report.error(at, "bad-slug", error.to_string(), hint);
            return None;
        }
    };
    if let Some((file, line)) = collected.seen.get(&slug) {
        let message = format!("“{slug}” is taken by the item at {file}:{line}");
        report.error(at, "duplicate-slug", message, "give each item a name of its own");
        return None;
    }
    collected.seen.insert(slug.clone(), (lines.file.to_owned(), lines.first));
    Some(slug)
}

/// The text before the first item of the file with the front matter.
pub(super) fn introduction(lead: Lines<'_>, report: &mut Report) -> String {
    let raw: Vec<Cow<'_, str>> = lead.all.iter().map(|line| Cow::Borrowed(*line)).collect();
    let text = text::join(text::unshield(&raw, 0, Level::Introduction).into_iter());
    if text.len() > MAX_TEXT {
        let message = format!("the introduction has more than {MAX_TEXT} bytes");
        report.error(lead.at(0), "text-too-long", message, "shorten it");
    }
    text
}

/// Outside the deck's first file, only titles may stand before the first item.
pub(super) fn only_titles(lead: Lines<'_>, report: &mut Report) {
    stray(lead, 0, report);
}

/// Reports the first line from `from` on that is neither blank nor a first-level heading.
pub(super) fn stray(lines: Lines<'_>, from: usize, report: &mut Report) {
    let title = |line: &str| text::is_heading(line) && !line.starts_with("##");
    let found = (from..lines.all.len())
        .find(|&index| !text::is_blank(lines.all[index]) && !title(lines.all[index]));
    if let Some(index) = found {
        let line = lines.all[index];
        if line.starts_with("##") && text::is_heading(line) {
            unknown_heading(lines, index, report);
        } else {
            let message = format!("“{}” belongs to no item", excerpt(line));
            let hint = "begin items with ## Question, ## Card or ## Case and a slug; titles with a single #";
            report.error(lines.at(index), "stray-text", message, hint);
        }
    }
}

/// Reports a second-level heading that begins no item.
pub(super) fn unknown_heading(lines: Lines<'_>, index: usize, report: &mut Report) {
    let message = format!("“{}” begins no item", excerpt(lines.all[index]));
    let hint = "write ## Question, ## Card or ## Case and a slug; inside an item use ### or lower";
    report.error(lines.at(index), "unknown-heading", message, hint);
}
