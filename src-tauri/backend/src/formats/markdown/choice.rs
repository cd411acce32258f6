//! One option with its reason.

use std::borrow::Cow;

use super::card::open_fence;
use super::question::bounded;
use super::report::{Lines, Report, excerpt};
use super::text::{self, Fences, Level};
use crate::deck::Choice;

/// Reads the lines of an option, its marker first.
pub(super) fn read(lines: Lines<'_>, report: &mut Report) -> Option<Choice> {
    let (key, first) = text::option_marker(lines.all[0])?;
    let mut inner: Vec<Cow<'_, str>> = vec![first.trim_start_matches(text::BLANKS).into()];
    inner.extend(lines.all[1..].iter().map(|line| text::dedent(line, 2)));
    let fences = Fences::of(&inner, 1);
    for &open in &fences.open {
        open_fence(lines, open, report);
    }
    let bullet = (1..inner.len()).find(|&i| !fences.code[i] && text::bullet(&inner[i]).is_some());
    let end = bullet.unwrap_or(inner.len());
    let option = text::join(text::unshield(&inner[..end], 1, Level::Choice).into_iter());
    let option = bounded(option, "option", lines.at(0), report)?;
    if option.is_empty() {
        let hint = "write the option behind [ ] or [x]";
        report.error(lines.at(0), "empty-option", "the option is empty", hint);
        return None;
    }
    let reason = match bullet {
        Some(at) => reason(&inner[at..], lines.slice(at, lines.all.len()), report)?,
        None => String::new(),
    };
    Some(Choice { text: option, key, reason })
}

/// The text of a nested bullet. A line that is indented less than that text must follow on a
/// line of it, as in any Markdown paragraph.
fn reason(inner: &[Cow<'_, str>], lines: Lines<'_>, report: &mut Report) -> Option<String> {
    let width = text::indentation(&inner[0]) + 2;
    let first = text::bullet(&inner[0])?.trim_start_matches(text::BLANKS);
    let mut plain: Vec<Cow<'_, str>> = vec![first.into()];
    for (index, line) in inner.iter().enumerate().skip(1) {
        if !text::is_blank(line) && text::indentation(line) < width {
            let second = text::bullet(line).is_some();
            if second || text::is_blank(&inner[index - 1]) {
                let message = format!("“{}” stands behind the reason", excerpt(line));
                let hint = "give one reason for each option, and indent all of it";
                report.error(lines.at(index), "stray-text", message, hint);
                return None;
            }
        }
        plain.push(text::dedent(line, width));
    }
    bounded(text::join(plain.into_iter()), "reason", lines.at(0), report)
}
