//! Cards: a front, a line of three hyphens, a back. A cloze may do without the last two.

use std::borrow::Cow;

use super::items;
use super::question::bounded;
use super::report::{At, Lines, Report};
use super::text::{self, Fences, Level};
use crate::deck::{Card, CardStyle};

/// Reads what stands below a card's fields.
pub(super) fn read(
    body: Lines<'_>,
    style: CardStyle,
    heading: At<'_>,
    report: &mut Report,
) -> Option<Card> {
    let fences = Fences::of(body.all, 0);
    for &open in &fences.open {
        open_fence(body, open, report);
    }
    let headings =
        (0..body.all.len()).filter(|&i| !fences.code[i] && text::is_heading(body.all[i]));
    let mut end = body.all.len();
    for index in headings {
        if body.all[index].starts_with("##") {
            items::unknown_heading(body, index, report);
        } else {
            end = index;
            items::stray(body, index, report);
            break;
        }
    }
    let separator = (0..end).find(|&i| !fences.code[i] && text::is_separator(body.all[i]));
    let whole = style == CardStyle::Cloze;
    if separator.is_none() && !whole {
        let hint = "between front and back, write a line of ---";
        report.error(heading, "no-back", "the card has no back", hint);
        return None;
    }
    let front = side(body.slice(0, separator.unwrap_or(end)), report)?;
    let back = match separator {
        Some(separator) => side(body.slice(separator + 1, end), report)?,
        None => String::new(),
    };
    if front.is_empty() || (back.is_empty() && !whole) {
        let message = "a side of the card is empty";
        report.error(heading, "empty-side", message, "write something on both sides of ---");
        return None;
    }
    Some(Card::of(style, front, back))
}

fn side(lines: Lines<'_>, report: &mut Report) -> Option<String> {
    let raw: Vec<Cow<'_, str>> = lines.all.iter().map(|line| Cow::Borrowed(*line)).collect();
    let text = text::join(text::unshield(&raw, 0, Level::Card).into_iter());
    bounded(text, "side of the card", lines.at(0), report)
}

/// Reports a fence that nothing closes.
pub(super) fn open_fence(lines: Lines<'_>, index: usize, report: &mut Report) {
    let hint = "close it with a line of the same marks, or write a backslash before it";
    report.error(lines.at(index), "open-fence", "this code block does not end in its item", hint);
}
