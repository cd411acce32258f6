//! Lines: normal form, indentation, fences, and the backslash that makes structure text.
//!
//! The grammar is one of lines, so that a file can be read in one pass and one item's mistake
//! never swallows the next. A line of text that would read as structure is written with a
//! backslash before it, and reading takes one backslash off again; both sides agree on which
//! lines these are ([`Level`]), so any text survives the round trip.

use std::borrow::Cow;

/// Text as fields hold it: `\n` line ends, no blank lines and no blanks around it, nothing but
/// the line end on blank lines. Everything the reader returns is in this form.
pub fn normalise(text: &str) -> String {
    let text = unify_line_ends(text);
    let lines: Vec<&str> = text.split('\n').collect();
    join(lines.iter().map(|line| Cow::Borrowed(*line)))
}

/// One kind of line end; no NUL; no byte-order mark, which stands within a text where files were
/// put together.
pub(super) fn unify_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\0', '\u{feff}']) {
        let unified = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
        Cow::Owned(unified.replace('\u{feff}', ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Joins lines into a text in normal form.
pub(super) fn join<'a>(lines: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut text = String::new();
    let mut blank_lines = 0usize;
    for line in lines {
        if is_blank(&line) {
            blank_lines += usize::from(!text.is_empty());
            continue;
        }
        if !text.is_empty() {
            text.extend(std::iter::repeat_n('\n', blank_lines + 1));
        }
        blank_lines = 0;
        text.push_str(&line);
    }
    text.truncate(text.trim_end_matches(BLANKS).len());
    text
}

/// The characters that Markdown calls blank.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// Whether a line holds nothing but blanks.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim_start_matches(BLANKS).is_empty()
}

/// Width of the leading blanks, tabs counted to stops of four.
pub(in crate::formats) fn indentation(line: &str) -> usize {
    let mut column = 0;
    for c in line.chars() {
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

/// The line without up to `by` columns of leading blanks.
pub(in crate::formats) fn dedent(line: &str, by: usize) -> Cow<'_, str> {
    let mut column = 0;
    for (index, c) in line.char_indices() {
        if column >= by {
            // A tab that reaches beyond the cut leaves its rest as spaces.
            let rest = " ".repeat(column - by);
            return if rest.is_empty() {
                line[index..].into()
            } else {
                (rest + &line[index..]).into()
            };
        }
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => return line[index..].into(),
        }
    }
    "".into()
}

/// Which lines are structure; see `docs/deck-format.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Between the front matter and the first item.
    Introduction,
    /// Stem and explanation of a question.
    Question,
    /// Front and back of a card.
    Card,
    /// Scenario of a case.
    Case,
    /// Text of an option, its indentation taken off.
    Choice,
}

/// Whether a line begins an item, wherever it stands.
pub(super) fn is_item_heading(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("## ") else { return false };
    let rest = rest.trim_start_matches(BLANKS);
    ["Question", "Card", "Case"]
        .iter()
        .filter_map(|kind| rest.strip_prefix(kind))
        .any(|after| after.is_empty() || after.starts_with(BLANKS))
}

/// Whether a line is a first- or second-level heading.
pub(super) fn is_heading(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else { return false };
    let rest = rest.strip_prefix('#').unwrap_or(rest);
    rest.is_empty() || rest.starts_with(BLANKS)
}

/// What begins an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'a> {
    /// The number before it, for a step of an order; none for a bullet.
    pub(super) number: Option<u16>,
    /// Whether the box is crossed.
    pub(super) key: bool,
    /// What stands behind it.
    pub(super) rest: &'a str,
}

/// The marker of an option: `- [ ]`, `- [x]`, or with a number, `1. [x]`.
pub(super) fn option_marker(line: &str) -> Option<Marker<'_>> {
    let (number, rest) = if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        (None, rest)
    } else {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=3).contains(&digits).then(|| line[..digits].parse().ok())??;
        (Some(number), line[digits..].strip_prefix('.')?)
    };
    let rest = rest.strip_prefix(BLANKS)?.trim_start_matches(BLANKS);
    let (key, rest) = match rest.strip_prefix("[ ]") {
        Some(rest) => (false, rest),
        None => (true, rest.strip_prefix("[x]").or_else(|| rest.strip_prefix("[X]"))?),
    };
    let whole = rest.is_empty() || rest.starts_with(BLANKS);
    whole.then_some(Marker { number, key, rest })
}

/// What stands behind a bullet, wherever it is indented by fewer than four spaces.
pub(super) fn bullet(line: &str) -> Option<&str> {
    behind(line, |text| text.strip_prefix(['-', '*', '+']))
}

/// What stands behind the arrow between a prompt and its response, likewise.
pub(super) fn arrow(line: &str) -> Option<&str> {
    behind(line, |text| text.strip_prefix("=>"))
}

fn behind(line: &str, strip: impl Fn(&str) -> Option<&str>) -> Option<&str> {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let rest = strip(&line[spaces..])?;
    (spaces < 4 && (rest.is_empty() || rest.starts_with(BLANKS))).then_some(rest)
}

/// Whether a line ends the front of a card.
pub(super) fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(is_blank)
}

impl Level {
    /// Whether a line outside code is structure.
    fn is_structure(self, line: &str) -> bool {
        match self {
            Self::Introduction => is_item_heading(line),
            Self::Question => {
                is_heading(line)
                    || option_marker(line).is_some()
                    || line.starts_with("Why:")
                    || line.starts_with("Reference:")
            }
            Self::Card => is_heading(line) || is_separator(line),
            Self::Case => is_heading(line),
            Self::Choice => bullet(line).is_some() || arrow(line).is_some(),
        }
    }

    /// Whether code fences hide structure here.
    fn has_fences(self) -> bool {
        self != Self::Introduction
    }

    /// Whether item headings are structure even inside code.
    fn has_headings(self) -> bool {
        self != Self::Choice
    }

    /// Splits off the backslashes of a line that without them would be structure: where they
    /// begin. Bullets may be indented; everything else stands in the first column.
    fn shielded(self, line: &str, in_code: bool) -> Option<usize> {
        let start =
            if self == Self::Choice { line.len() - line.trim_start_matches(' ').len() } else { 0 };
        let core = line[start..].trim_start_matches('\\');
        let structure = if in_code {
            self.has_headings() && is_item_heading(core)
        } else if self == Self::Choice {
            start < 4 && self.is_structure(core) && !core.starts_with(' ')
        } else {
            self.is_structure(core)
        };
        let fence = !in_code && self.has_fences() && start == 0 && fence_opener(core).is_some();
        (structure || fence).then_some(start)
    }
}

/// Character and length of a line that could open a fence.
fn fence_opener(line: &str) -> Option<(u8, usize)> {
    let first = *line.as_bytes().first()?;
    if first != b'`' && first != b'~' {
        return None;
    }
    let length = line.bytes().take_while(|&b| b == first).count();
    let opens = length >= 3 && (first == b'~' || !line[length..].contains('`'));
    opens.then_some((first, length))
}

/// Whether a line closes the fence opened with this character and length.
fn closes(line: &str, (character, length): (u8, usize)) -> bool {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[spaces..];
    let run = rest.bytes().take_while(|&b| b == character).count();
    spaces < 4 && run >= length && is_blank(&rest[run..])
}

/// Which lines are code, and which open a fence that nothing closes.
#[derive(Debug)]
pub(super) struct Fences {
    /// One entry for each line: whether it is inside a fenced block, fences included.
    pub(super) code: Vec<bool>,
    /// Indices of lines that open a fence without an end; they hide nothing.
    pub(super) open: Vec<usize>,
}

impl Fences {
    /// Looks through lines from `from` on; those before are text whatever they hold.
    pub(super) fn of<S: AsRef<str>>(lines: &[S], from: usize) -> Self {
        let mut fences = Self { code: vec![false; lines.len()], open: Vec::new() };
        // Shortest run of each character known to have no end: what is at least as long and
        // comes later has none either, so nobody looks twice.
        let mut endless = [usize::MAX; 2];
        let mut at = from;
        while at < lines.len() {
            let Some(fence) = fence_opener(lines[at].as_ref()) else {
                at += 1;
                continue;
            };
            let known = &mut endless[usize::from(fence.0 == b'~')];
            let end = (fence.1 < *known)
                .then(|| (at + 1..lines.len()).find(|&i| closes(lines[i].as_ref(), fence)))
                .flatten();
            if let Some(end) = end {
                fences.code[at..=end].fill(true);
                at = end + 1;
            } else {
                *known = (*known).min(fence.1);
                fences.open.push(at);
                at += 1;
            }
        }
        fences
    }
}

/// Takes one backslash off every shielded line; lines before `from` stay as they are.
pub(super) fn unshield<'a>(lines: &[Cow<'a, str>], from: usize, level: Level) -> Vec<Cow<'a, str>> {
    let code = code_lines(lines, from, level);
    let mut plain = lines.to_vec();
    for (index, line) in plain.iter_mut().enumerate().skip(from) {
        if let Some(start) = level.shielded(line, code[index])
            && line[start..].starts_with('\\')
        {
            *line = format!("{}{}", &line[..start], &line[start + 1..]).into();
        }
    }
    plain
}

/// Puts a backslash before every line that would be structure, and before those that
/// [`unshield`] would take one from; lines before `from` stay as they are.
pub(super) fn shield<'a>(lines: &[Cow<'a, str>], from: usize, level: Level) -> Vec<Cow<'a, str>> {
    let fences = Fences::of(lines, from);
    let mut shielded = lines.to_vec();
    for (index, line) in shielded.iter_mut().enumerate().skip(from) {
        let in_code = level.has_fences() && fences.code[index];
        if let Some(start) = level.shielded(line, in_code) {
            *line = format!("{}\\{}", &line[..start], &line[start..]).into();
        }
    }
    shielded
}

fn code_lines<S: AsRef<str>>(lines: &[S], from: usize, level: Level) -> Vec<bool> {
    if level.has_fences() { Fences::of(lines, from).code } else { vec![false; lines.len()] }
}
