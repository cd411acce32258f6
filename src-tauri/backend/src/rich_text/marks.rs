//! Marks that others put into Markdown, and that become tags where the text is shown.
//!
//! They are characters for private use. Whoever writes them by hand gets the same harmless tags.

use pulldown_cmark::Event;

/// Begins a deletion that is shown.
pub const CLOZE: &str = "\u{e000}";
/// Begins a deletion that is asked for: what follows is no part of the text.
pub const CLOZE_ASKED: &str = "\u{e000}\u{e004}";
/// Ends a deletion.
pub const CLOZE_END: &str = "\u{e001}";

pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';
const ASKED: char = '\u{e004}';
pub(super) const ALL: [char; 3] = [OPEN, CLOSE, ASKED];

pub(super) const FORMULA: char = '\u{e002}';
pub(super) const FORMULA_END: char = '\u{e003}';

pub(super) fn any(text: &str) -> bool {
    text.contains(ALL)
}

/// The text without marks.
pub(super) fn strip(text: &str) -> String {
    text.replace(ALL, "")
}

/// Text with its marks as tags.
pub(super) fn push(out: &mut Vec<Event<'_>>, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(ALL) {
        if at > 0 {
            out.push(Event::Text(rest[..at].to_owned().into()));
        }
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some(OPEN) => out.push(Event::InlineHtml("<span class=\"cloze\">".into())),
            Some(CLOSE) => out.push(Event::InlineHtml("</span>".into())),
            _ => {}
        }
        rest = chars.as_str();
    }
    if !rest.is_empty() {
        out.push(Event::Text(rest.to_owned().into()));
    }
}

/// TeX with what is asked for as words in it, and without marks.
pub(super) fn to_tex(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(CLOZE_ASKED) {
        out.push_str(&rest[..at]);
        rest = &rest[at + CLOZE_ASKED.len()..];
        let end = rest.find(CLOSE).unwrap_or(rest.len());
        let words: String = rest[..end].chars().filter(|c| !"\\{}$#%&_^~".contains(*c)).collect();
        out.push_str("\\text{");
        out.push_str(&words);
        out.push('}');
        rest = &rest[end..];
    }
    out.push_str(rest);
    strip(&out)
}
