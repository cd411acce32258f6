//! Keeps formulas out of the way of Markdown: `_` and `*` in them are no emphasis.
//!
//! Before Markdown is read, each formula is replaced by its number between two characters for
//! private use; in the events it comes back as what it is.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::marks::{FORMULA, FORMULA_END};
use super::tex::{self, Formula};

/// A text whose formulas are held back.
pub(super) struct Held<'a> {
    source: &'a str,
    formulas: Vec<Formula>,
    markdown: String,
}

/// Holds back the formulas of a text; none when there are none.
pub(super) fn hold(source: &str) -> Option<Held<'_>> {
    let formulas = tex::find(source);
    if formulas.is_empty() && !source.contains([FORMULA, FORMULA_END]) {
        return None;
    }
    let mut markdown = String::with_capacity(source.len());
    let mut from = 0;
    for (number, formula) in formulas.iter().enumerate() {
        push_plain(&mut markdown, &source[from..formula.place.start]);
        markdown.push(FORMULA);
        markdown.push_str(&number.to_string());
        markdown.push(FORMULA_END);
        from = formula.place.end;
    }
    push_plain(&mut markdown, &source[from..]);
    Some(Held { source, formulas, markdown })
}

/// Text without the characters that stand for formulas.
fn push_plain(markdown: &mut String, text: &str) {
    markdown.extend(text.chars().filter(|c| ![FORMULA, FORMULA_END].contains(c)));
}

impl Held<'_> {
    /// The text to be read as Markdown.
    pub(super) fn markdown(&self) -> &str {
        &self.markdown
    }

    /// The events with the formulas in their places.
    pub(super) fn release<'b>(&self, events: Vec<Event<'_>>) -> Vec<Event<'b>> {
        let mut out = Vec::with_capacity(events.len());
        for event in events {
            match event.into_static() {
                Event::Text(text) => self.split(&text, &mut out),
                Event::Code(text) => out.push(Event::Code(self.restore(text))),
                Event::InlineHtml(raw) => out.push(Event::InlineHtml(self.restore(raw))),
                Event::Start(tag) => out.push(Event::Start(self.restore_tag(tag))),
                other => out.push(other),
            }
        }
        out
    }

    fn split(&self, text: &str, out: &mut Vec<Event<'_>>) {
        let mut rest = text;
        while let Some((before, formula, after)) = self.next(rest) {
            if !before.is_empty() {
                out.push(Event::Text(before.to_owned().into()));
            }
            if let Some(formula) = formula {
                let tex: CowStr<'_> = self.tex(formula).into();
                let display = formula.display;
                out.push(if display { Event::DisplayMath(tex) } else { Event::InlineMath(tex) });
            }
            rest = after;
        }
        if !rest.is_empty() {
            out.push(Event::Text(rest.to_owned().into()));
        }
    }

    /// The TeX of a formula, without what marks the lines of a quotation.
    fn tex(&self, formula: &Formula) -> String {
        let tex = &self.source[formula.tex.clone()];
        let lines = tex.split('\n').enumerate();
        let line = |(index, line): (usize, &str)| {
            if index == 0 {
                line.to_owned()
            } else {
                line.trim_start_matches([' ', '>']).to_owned()
            }
        };
        lines.map(line).collect::<Vec<_>>().join("\n")
    }

    fn restore_tag<'b>(&self, tag: Tag<'b>) -> Tag<'b> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                let (dest_url, title) = (self.restore(dest_url), self.restore(title));
                Tag::Link { link_type, dest_url, title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let (dest_url, title) = (self.restore(dest_url), self.restore(title));
                Tag::Image { link_type, dest_url, title, id }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(self.restore(info)))
            }
            other => other,
        }
    }

    /// The source of what is no text of its own.
    fn restore<'b>(&self, text: CowStr<'b>) -> CowStr<'b> {
        if !text.contains(FORMULA) {
            return text;
        }
        let mut restored = String::new();
        let mut rest: &str = &text;
        while let Some((before, formula, after)) = self.next(rest) {
            restored.push_str(before);
            restored.push_str(formula.map_or("", |formula| &self.source[formula.place.clone()]));
            rest = after;
        }
        restored.push_str(rest);
        restored.into()
    }

    /// What stands before the next formula, the formula, and what stands behind it.
    fn next<'t>(&self, text: &'t str) -> Option<(&'t str, Option<&Formula>, &'t str)> {
        let (before, rest) = text.split_once(FORMULA)?;
        let (number, after) = rest.split_once(FORMULA_END)?;
        let formula = number.parse::<usize>().ok().and_then(|number| self.formulas.get(number));
        Some((before, formula, after))
    }
}
