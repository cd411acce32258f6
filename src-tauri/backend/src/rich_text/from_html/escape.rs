//! Text and attributes as HTML writes them.

use html5ever::Attribute;

/// Whether a text begins with what Markdown reads as an entity.
pub(super) fn is_entity(text: &str) -> bool {
    let name = text[1..].bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#');
    let length = name.count();
    length > 0 && text.as_bytes().get(length + 1) == Some(&b';')
}

/// The character at the beginning of a line that Markdown would take for the mark of a heading, a
/// quotation, a list or a table.
pub(super) fn line_marker(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    // What follows so many characters is a space, or nothing.
    let alone = |length: usize| line[length..].chars().next().is_none_or(char::is_whitespace);
    match first {
        '>' | '-' | '=' | '|' => Some(0),
        ':' => line.starts_with(":-").then_some(0),
        '#' | '+' => alone(line.len() - line.trim_start_matches(first).len()).then_some(0),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let ends = matches!(line.as_bytes().get(digits), Some(b'.' | b')'));
            (ends && alone(digits + 1)).then_some(digits)
        }
        _ => None,
    }
}

pub(super) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

/// An attribute as it is written, when the element has it.
pub(super) fn attribute(attributes: &[Attribute], name: &str) -> String {
    let mut out = String::new();
    if let Some(found) = attributes.iter().find(|attribute| &*attribute.name.local == name) {
        push_attribute(&mut out, name, &found.value);
    }
    out
}
