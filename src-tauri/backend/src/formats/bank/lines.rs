//! What a line of a bank is, by how it begins. People write the same thing in many ways; each
//! function here knows the ways of one thing.

/// How an option is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `- [ ]` or `- [x]`.
    Box,
    /// `A.`, `b)`, `(C)`, with or without a bullet; from 0.
    Letter(u8),
    /// A bullet.
    Bullet,
    /// A number.
    Number,
}

/// The beginning of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening<'a> {
    pub(super) marker: Marker,
    /// Columns before it.
    pub(super) indent: usize,
    /// Columns before its text.
    pub(super) inside: usize,
    /// Whether a box is crossed.
    pub(super) key: bool,
    pub(super) text: &'a str,
}

/// Columns of leading blanks, and the rest.
pub(super) fn indented(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '\t']);
    (crate::formats::markdown::indentation(line), rest)
}

/// Level and text of a heading.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let (indent, rest) = indented(line);
    let level = rest.bytes().take_while(|byte| *byte == b'#').count();
    let text = &rest[level..];
    if indent > 3
        || !(1..=6).contains(&level)
        || !(text.is_empty() || text.starts_with([' ', '\t']))
    {
        return None;
    }
    Some((u8::try_from(level).ok()?, text.trim().trim_end_matches('#').trim_end()))
}

/// What stands behind a bullet.
fn bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '*', '+', '•', '◦', '–'])?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// Number and text behind `1.` or `1)`.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let value = (1..=4).contains(&digits).then(|| text[..digits].parse().ok())??;
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    // `1.What` is a number, `1.5` is not.
    let word = rest.starts_with(|c: char| c.is_alphabetic() || c == '*');
    (apart || word).then(|| (value, rest.trim_start()))
}

/// The option that a line begins, if it can be one; whether it is one, its neighbours tell.
pub(super) fn opening(line: &str) -> Option<Opening<'_>> {
    let (indent, rest) = indented(line);
    let made = |marker, key, text: &'_ str| {
        let width = line.chars().count() - text.chars().count();
        (marker, key, width)
    };
    let listed = bullet(rest);
    let numbered = number(rest);
    let inner = listed.or(numbered.map(|(_, text)| text));
    let (marker, key, text) = if let Some((key, text)) = checkbox(inner.unwrap_or(rest)) {
        (Marker::Box, key, text)
    } else if let Some((letter, text)) = letter(listed.unwrap_or(rest)) {
        (Marker::Letter(letter), false, text)
    } else if let Some(text) = listed {
        (Marker::Bullet, false, text)
    } else {
        (Marker::Number, false, numbered?.1)
    };
    let (marker, key, width) = made(marker, key, text);
    let inside = indent + width - (line.len() - rest.len());
    Some(Opening { marker, indent, inside, key, text })
}

/// A box and what stands behind it.
fn checkbox(text: &str) -> Option<(bool, &str)> {
    let inner = text.strip_prefix('[')?;
    let (mark, rest) = inner.split_once(']')?;
    let key = match mark.trim() {
        "" => false,
        "x" | "X" | "✓" | "✔" | "✅" | "*" => true,
        _ => return None,
    };
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let joined = !rest.starts_with(['(', ':', '[']);
    (apart || joined).then(|| (key, rest.trim_start()))
}

/// A letter from A to J and what stands behind it. Bold around the letter is taken off; bold
/// around the whole option is left to its text.
fn letter(text: &str) -> Option<(u8, &str)> {
    let opened = text.trim_start_matches(['*', '_', '`']);
    let marks = &text[..text.len() - opened.len()];
    let bracketed = opened.strip_prefix(['(', '[']);
    let inner = bracketed.unwrap_or(opened);
    let first = inner.chars().next()?;
    if !first.is_ascii_alphabetic() || !('a'..='j').contains(&first.to_ascii_lowercase()) {
        return None;
    }
    let index = u8::try_from(u32::from(first.to_ascii_lowercase()) - u32::from('a')).ok()?;
    let mut rest = &inner[1..];
    let inner_marks = rest.len() - rest.trim_start_matches(['*', '_', '`']).len();
    if !marks.is_empty() && rest[..inner_marks] == *marks {
        rest = &rest[inner_marks..];
        let rest = rest.strip_prefix(['.', ')', ':', ']', '、', '．'])?;
        return Some((index, rest.trim_start()));
    }
    let closed = match bracketed {
        Some(_) => rest.strip_prefix([')', ']'])?,
        None => match rest.strip_prefix(['.', ')', ':', '、', '．', '：']) {
            Some(rest) => rest.strip_prefix(')').unwrap_or(rest),
            None => rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – "))?,
        },
    };
    if !marks.is_empty() && closed.starts_with(marks) {
        return Some((index, closed[marks.len()..].trim_start()));
    }
    let apart = closed.is_empty() || closed.starts_with(char::is_whitespace);
    // `A.Text` is an option, `A.I.` and `e.g.` are not.
    let mut next = closed.chars();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let joined = rest.starts_with([')', '、', '．'])
        || (first.is_ascii_uppercase() && word(next.next()) && word(next.next()));
    if !(apart || joined || closed.starts_with(' ') || rest.starts_with(" -")) {
        return None;
    }
    let text = closed.trim_start();
    // Bold around all of it ends at the end of the line.
    let text =
        if marks.is_empty() { text } else { text.trim_end().trim_end_matches(['*', '_', '`']) };
    Some((index, text))
}

/// Whether the whole of an option is bold, beginning before its letter: `**B. text**`.
pub(super) fn is_bold(line: &str) -> bool {
    let rest = indented(line).1;
    let rest = bullet(rest).unwrap_or(rest).trim_end();
    let inner = rest.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"))
}

/// The beginning of a numbered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Starter {
    pub(super) number: Option<u32>,
    /// Whether it says that it is a question: `Q1`, `Question 1`.
    pub(super) named: bool,
    /// Columns before its text.
    pub(super) inside: usize,
    pub(super) text: String,
}

/// `1. …`, `**2) …**`, `Q3: …`, `Question #4`, `**Question 5.** …`.
pub(super) fn starter(line: &str) -> Option<Starter> {
    let (indent, rest) = indented(line);
    if indent > 3 {
        return None;
    }
    let found = numbered(rest)?;
    let width = line.chars().count() - found.text.chars().count();
    Some(Starter { inside: width.min(8), ..found })
}

/// The number that a text begins with, as a line or as a heading.
pub(super) fn numbered(text: &str) -> Option<Starter> {
    let opened = text.trim_start_matches(['*', '_']);
    let marks = &text[..text.len() - opened.len()];
    let named = ["question", "ques", "q"].into_iter().find_map(|word| {
        let head = opened.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        let rest = &opened[head.len()..];
        let next = rest.trim_start_matches([' ', '.', '#', '-', '\u{a0}']);
        let bare = rest.starts_with(':') || rest.starts_with("**:");
        (next.starts_with(|c: char| c.is_ascii_digit()) || bare).then_some(next)
    });
    let rest = named.unwrap_or(opened);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 4 || (digits == 0 && named.is_none()) {
        return None;
    }
    let number = rest[..digits].parse().ok();
    let mut after = &rest[digits..];
    let mut closed = !marks.is_empty() && after.starts_with(marks);
    if closed {
        after = &after[marks.len()..];
    }
    let separated = after
        .strip_prefix(['.', ')', ':', '、', '．'])
        .map(|rest| rest.strip_prefix(['.', ')', ':']).unwrap_or(rest));
    after = match separated {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => return None,
        Some(rest) => rest,
        None if named.is_some() => after.trim_start_matches([' ', '-', '–', '|', ']']),
        None => return None,
    };
    if !closed && !marks.is_empty() && after.starts_with(marks) {
        after = &after[marks.len()..];
        closed = true;
    }
    let mut text = after.trim().to_owned();
    if !marks.is_empty() && !closed {
        match text.strip_suffix(marks) {
            Some(plain) if !plain.contains(marks) => text = plain.trim_end().to_owned(),
            _ if text.is_empty() => {}
            // The bold that began before the number ends inside the text.
            _ => text.insert_str(0, marks),
        }
    }
    Some(Starter { number, named: named.is_some(), inside: 0, text })
}

/// A line that is bold as a whole, and its words.
pub(super) fn bold_line(line: &str) -> Option<&str> {
    let (indent, rest) = indented(line);
    let rest = rest.trim_end();
    let inner = rest.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"))?;
    (indent <= 3 && !inner.trim().is_empty() && !inner.contains("**")).then(|| inner.trim())
}

/// Whether a line only leads elsewhere or divides: back to the top, an anchor, a rule.
pub(super) fn is_noise(line: &str) -> bool {
    let rest = line.trim();
    let lower = rest.to_ascii_lowercase();
    let top =
        lower.len() < 200 && (lower.contains("back to top") || lower.contains("back to the top"));
    let anchor = (lower.starts_with("<a name=") || lower.starts_with("<a id="))
        && lower.ends_with("</a>")
        && !lower.contains("href");
    let marks: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let rule =
        marks.len() >= 3 && ['-', '*', '_'].iter().any(|mark| marks.chars().all(|c| c == *mark));
    let line_break = matches!(lower.as_str(), "<br>" | "<br/>" | "<br />" | "<hr>" | "<hr/>");
    top || anchor || rule || line_break
}

/// Whether a line could open or close a fence, and with what.
pub(super) fn fence(line: &str) -> Option<(char, usize, bool)> {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let first = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = rest.chars().take_while(|c| *c == first).count();
    let info = rest[length..].trim();
    (length >= 3 && !(first == '`' && info.contains('`'))).then_some((
        first,
        length,
        info.is_empty(),
    ))
}

/// Which lines are inside a fenced block, fences included. One without an end hides nothing.
pub(super) fn code(lines: &[String]) -> Vec<bool> {
    let mut code = vec![false; lines.len()];
    let mut open: Option<(usize, char, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some((mark, length, bare)) = fence(line) else { continue };
        match open {
            None => open = Some((at, mark, length)),
            Some((start, opened, least)) if mark == opened && length >= least && bare => {
                code[start..=at].fill(true);
                open = None;
            }
            Some(_) => {}
        }
    }
    code
}
