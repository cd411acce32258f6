//! References: `Reference: [title](https://…)` or `Reference: https://…`.

use super::report::{Lines, Report};
use super::text::BLANKS;
use crate::deck::{Reference, is_https};

pub(super) const MAX_REFERENCES: usize = 20;
const MAX_TITLE: usize = 500;

/// Reads one reference; it may run over several lines.
pub(super) fn read(lines: Lines<'_>, report: &mut Report) -> Option<Reference> {
    let joined: Vec<&str> = lines.all.iter().map(|line| line.trim_matches(BLANKS)).collect();
    let joined = joined.join(" ");
    let text = joined.strip_prefix("Reference:").unwrap_or(&joined).trim_matches(BLANKS);
    let reference = match split_link(text) {
        Some((title, url)) => {
            Reference { title: unescape(title.trim_matches(BLANKS)), url: url.into() }
        }
        None => Reference { title: text.into(), url: text.into() },
    };
    let Some(fault) = fault(&reference) else { return Some(reference) };
    let hint = "write Reference: [title](https://…) or Reference: https://…";
    report.error(lines.at(0), "bad-reference", fault, hint);
    None
}

/// What is wrong with a reference.
fn fault(reference: &Reference) -> Option<&'static str> {
    let Reference { title, url } = reference;
    if !is_https(url) {
        Some("the reference has no https address")
    } else if title != url && (title.is_empty() || title.len() > MAX_TITLE) {
        Some("the title of the reference is empty or longer than 500 bytes")
    } else {
        None
    }
}

/// Title (still escaped) and address of `[title](address)`.
fn split_link(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('[')?.strip_suffix(')')?;
    let mut escaped = false;
    for (index, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' if rest[index..].starts_with("](") => {
                return Some((&rest[..index], &rest[index + 2..]));
            }
            _ => {}
        }
    }
    None
}

/// Takes the backslashes off brackets and backslashes.
fn unescape(title: &str) -> String {
    let mut plain = String::with_capacity(title.len());
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(|next| "[]\\".contains(*next));
        plain.push(if escapes { chars.next().unwrap_or(c) } else { c });
    }
    plain
}

/// The reference as a line of a deck.
pub(super) fn write(reference: &Reference) -> String {
    let Reference { title, url } = reference;
    if title == url {
        return format!("Reference: {url}");
    }
    let mut escaped = String::with_capacity(title.len());
    for c in title.chars() {
        if "[]\\".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    format!("Reference: [{escaped}]({url})")
}
