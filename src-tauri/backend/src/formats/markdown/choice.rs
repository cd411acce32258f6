//! One option with its reason and, in a matching question, the prompt before it.

use std::borrow::Cow;

use super::card::open_fence;
use super::question::bounded;
use super::report::{Lines, Report, excerpt};
use super::text::{self, Fences, Level};
use crate::deck::Choice;

/// An option as it is written.
#[derive(Debug)]
pub(super) struct Written {
    /// The number of a step.
    pub(super) number: Option<u16>,
    /// The text before the arrow.
    pub(super) prompt: Option<String>,
    /// The option, which is what follows the arrow where there is one.
    pub(super) choice: Choice,
}

/// Reads the lines of an option, its marker first.
pub(super) fn read(lines: Lines<'_>, report: &mut Report) -> Option<Written> {
    let text::Marker { number, key, rest } = text::option_marker(lines.all[0])?;
    let mut inner: Vec<Cow<'_, str>> = vec![rest.trim_start_matches(text::BLANKS).into()];
    let width = if number.is_some() { 3 } else { 2 };
    inner.extend(lines.all[1..].iter().map(|line| text::dedent(line, width)));
    let fences = Fences::of(&inner, 1);
    for &open in &fences.open {
        open_fence(lines, open, report);
    }
    let bullet = (1..inner.len()).find(|&i| !fences.code[i] && text::bullet(&inner[i]).is_some());
    let end = bullet.unwrap_or(inner.len());
    let arrows: Vec<usize> =
        (1..end).filter(|&i| !fences.code[i] && text::arrow(&inner[i]).is_some()).collect();
    if let Some(&second) = arrows.get(1) {
        let hint = "give each prompt one response; write a backslash before => in a text";
        report.error(lines.at(second), "two-responses", "the prompt has two responses", hint);
        return None;
    }
    let arrow = arrows.first().copied();
    let prompt = match arrow {
        Some(arrow) => Some(part(&inner[..arrow], "prompt", lines, report)?),
        None => None,
    };
    let option = match arrow {
        Some(arrow) => {
            let first = text::arrow(&inner[arrow])?.trim_start_matches(text::BLANKS).to_owned();
            inner[arrow] = first.into();
            part(&inner[arrow..end], "response", lines.slice(arrow, end), report)?
        }
        None => part(&inner[..end], "option", lines, report)?,
    };
    let reason = match bullet {
        Some(at) => reason(&inner[at..], lines.slice(at, lines.all.len()), report)?,
        None => String::new(),
    };
    Some(Written { number, prompt, choice: Choice { text: option, key, reason } })
}

/// A text whose first line has its marker taken off.
fn part(
    inner: &[Cow<'_, str>],
    what: &str,
    lines: Lines<'_>,
    report: &mut Report,
) -> Option<String> {
    let text = text::join(text::unshield(inner, 1, Level::Choice).into_iter());
    let text = bounded(text, what, lines.at(0), report)?;
    if text.is_empty() {
        let message = format!("the {what} is empty");
        let hint = "write a prompt and an option behind [ ] or [x], a response behind =>";
        report.error(lines.at(0), "empty-option", message, hint);
        return None;
    }
    Some(text)
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
