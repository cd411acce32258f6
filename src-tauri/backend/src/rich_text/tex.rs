//! Formulas: finding TeX in Markdown, and MathML of it.
//!
//! A formula stands in `$…$`, `$$…$$`, `\(…\)` or `\[…\]` within one paragraph, heading, cell or
//! list entry. A `$` is a price unless it touches the formula on the inside, and neither a letter
//! nor a digit on the outside (as in pandoc, and a little stricter).

use std::ops::Range;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd, html as renderer};

use super::marks;

/// Longest formula that is rendered, in bytes.
const MAX_TEX: usize = 2_000;
/// Deepest nesting of the MathML that is shown.
const MAX_DEPTH: usize = 64;
/// Name of the threads that convert formulas. A panic of theirs ends there: the formula is shown as
/// the TeX that it is.
pub const CONTAINED: &str = "formula";
/// The converter descends once for each command, so it gets a stack that a formula of the longest
/// length cannot exhaust: over twenty times what was measured, without optimisation.
const STACK: usize = 64 * 1024 * 1024;

/// A formula in a source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    /// Where it stands, delimiters included.
    pub(super) place: Range<usize>,
    /// Where its TeX stands.
    pub(super) tex: Range<usize>,
    /// Whether it is set on a line of its own.
    pub(super) display: bool,
}

/// The formulas of a Markdown text, in order.
pub(super) fn find(markdown: &str) -> Vec<Formula> {
    if !markdown.contains('$') && !markdown.contains("\\(") && !markdown.contains("\\[") {
        return Vec::new();
    }
    let mut formulas = Vec::new();
    let mut run = Run::default();
    let mut last_text = 0;
    for (event, range) in super::parser(markdown).into_offset_iter() {
        match event {
            Event::Text(_) if run.verbatim => {}
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => {
                last_text = range.end;
                run.extend(markdown, range);
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => {
                run.hole(range);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                run.extend(markdown, range);
            }
            Event::Start(Tag::Link { link_type, .. }) => {
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    run.hole(range);
                } else {
                    last_text = range.start;
                }
            }
            // The address and title, behind the words of the link.
            Event::End(TagEnd::Link) => run.hole(last_text.min(range.end)..range.end),
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image,
            ) => {}
            other => {
                run.finish(markdown, &mut formulas);
                run.verbatim = matches!(other, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock));
            }
        }
    }
    run.finish(markdown, &mut formulas);
    formulas
}

/// A stretch of text that a formula may stand in.
#[derive(Debug, Default)]
struct Run {
    range: Option<Range<usize>>,
    /// Code, tags and addresses, in order; no formula reaches into them.
    holes: Vec<Range<usize>>,
    /// Inside a block of code or HTML.
    verbatim: bool,
}

impl Run {
    fn extend(&mut self, markdown: &str, range: Range<usize>) {
        // The backslash before an escaped bracket belongs to no event.
        let escaped = range.start > 0 && markdown.as_bytes()[range.start - 1] == b'\\';
        let start = range.start - usize::from(escaped);
        self.range = Some(match self.range.take() {
            Some(known) => known.start.min(start)..known.end.max(range.end),
            None => start..range.end,
        });
    }

    fn hole(&mut self, range: Range<usize>) {
        self.holes.push(range);
    }

    fn finish(&mut self, markdown: &str, formulas: &mut Vec<Formula>) {
        self.holes.sort_by_key(|hole| hole.start);
        if let Some(range) = self.range.take() {
            scan(markdown, range, &self.holes, formulas);
        }
        self.holes.clear();
    }
}

/// The formulas of a piece of a text, but for those that reach into a hole.
pub(super) fn scan(
    text: &str,
    range: Range<usize>,
    holes: &[Range<usize>],
    formulas: &mut Vec<Formula>,
) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    let mut holes = holes.iter().peekable();
    while at < range.end {
        while holes.next_if(|hole| hole.end <= at).is_some() {}
        let limit = match holes.peek() {
            Some(hole) if hole.start <= at => {
                at = hole.end;
                continue;
            }
            Some(hole) => hole.start.min(range.end),
            None => range.end,
        };
        let rest = &text[at..limit];
        let found = match bytes[at] {
            b'\\' if rest.starts_with("\\(") => closed(rest, "\\)").map(|l| (2, l, false)),
            b'\\' if rest.starts_with("\\[") => closed(rest, "\\]").map(|l| (2, l, true)),
            b'$' if rest.starts_with("$$") => closed(rest, "$$").map(|l| (2, l, true)),
            b'$' => dollar(text, at, limit).map(|length| (1, length, false)),
            _ => None,
        };
        if let Some((width, length, display)) = found {
            let end = at + width + length;
            let place = at..end + width;
            at = place.end;
            formulas.push(Formula { tex: place.start + width..end, place, display });
        } else {
            at += match bytes[at] {
                b'\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
                b'$' if rest.starts_with("$$") => 2,
                _ => text[at..].chars().next().map_or(1, char::len_utf8),
            };
        }
    }
}

/// Length of what stands between a two-byte opener and its closer, unless it is empty or longer
/// than any formula.
fn closed(rest: &str, closer: &str) -> Option<usize> {
    let inside = &rest[2..];
    let mut bound = inside.len().min(MAX_TEX + closer.len());
    while !inside.is_char_boundary(bound) {
        bound -= 1;
    }
    let length = inside[..bound].find(closer)?;
    (!inside[..length].trim().is_empty()).then_some(length)
}

/// Length of what stands between a `$` and the next one, if these two make a formula.
fn dollar(text: &str, at: usize, limit: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    let inside = &text[at + 1..limit];
    if before.is_some_and(char::is_alphanumeric) || inside.starts_with(char::is_whitespace) {
        return None;
    }
    let mut escaped = false;
    let length = inside.bytes().take(MAX_TEX + 1).position(|byte| {
        let closes = byte == b'$' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    let tex = &inside[..length];
    let touches = !tex.is_empty() && !tex.ends_with(char::is_whitespace);
    let after = text[at + 1 + length + 1..].chars().next();
    (touches && !after.is_some_and(|c| c.is_alphanumeric() || c == '$')).then_some(length)
}

/// The events of a formula: MathML, or its source when it is no TeX that can be set.
pub(super) fn push(out: &mut Vec<Event<'_>>, tex: &str, display: bool) {
    let marked = marks::any(tex);
    let plain = marks::to_tex(tex);
    // Marks cannot stand inside MathML; they are shown around all of it.
    if marked {
        out.push(Event::InlineHtml("<span class=\"cloze\">".into()));
    }
    if let Some(mathml) = mathml(&plain, display) {
        out.push(Event::InlineHtml(mathml.into()));
    } else {
        let mark = if display { "$$" } else { "$" };
        out.push(Event::Code(format!("{mark}{plain}{mark}").into()));
        out.push(Event::InlineHtml(" <span class=\"missing\">".into()));
        out.push(Event::Text("(this formula cannot be set)".into()));
        out.push(Event::InlineHtml("</span>".into()));
    }
    if marked {
        out.push(Event::InlineHtml("</span>".into()));
    }
}

/// HTML of a formula, not cleaned yet.
pub(super) fn html(tex: &str, display: bool) -> String {
    let mut events = Vec::new();
    push(&mut events, tex, display);
    let mut html = String::new();
    renderer::push_html(&mut html, events.into_iter());
    html
}

/// MathML of a formula; none when it is no TeX, or too long or deep.
fn mathml(tex: &str, display: bool) -> Option<String> {
    if tex.len() > MAX_TEX {
        return None;
    }
    let tex = tex.to_owned();
    let convert = move || {
        let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let converter = LatexToMathML::new(MathCoreConfig::default()).ok()?;
        let result = converter.convert_with_local_state(&tex, display).ok()?;
        Some(result.mathml)
    };
    // A thread of its own: for its stack, and so that a fault in the converter ends here.
    let thread = std::thread::Builder::new().name(CONTAINED.to_owned()).stack_size(STACK);
    let thread = thread.spawn(convert).ok()?;
    let mathml = thread.join().ok()??;
    (depth(&mathml) <= MAX_DEPTH).then(|| align(&mathml))
}

/// How deeply the tags of serialised MathML nest.
fn depth(mathml: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for tag in mathml.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag);
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.ends_with('/') {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Cells are aligned by styles, which the window's policy does not allow; classes do the same.
fn align(mathml: &str) -> String {
    ["left", "right", "center"].into_iter().fold(mathml.to_owned(), |html, side| {
        html.replace(
            &format!("<mtd style=\"text-align: {side};"),
            &format!("<mtd class=\"{side}\" style=\""),
        )
    })
}
