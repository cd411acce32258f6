//! From events to HTML: what Markdown leaves to us.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html as renderer};

use super::{Media, clean, code, marks, media, tex};

/// What a piece of text is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As it is.
    Plain,
    /// It should be there: `<ins>`.
    Missing,
    /// It should not: `<del>`.
    Wrong,
}

/// HTML of plain text in pieces, each with its mark.
pub fn marked_html<'a>(pieces: impl IntoIterator<Item = (Mark, &'a str)>) -> String {
    let mut out = Vec::new();
    for (mark, text) in pieces {
        let tags = match mark {
            Mark::Plain => ("", ""),
            Mark::Missing => ("<ins>", "</ins>"),
            Mark::Wrong => ("<del>", "</del>"),
        };
        out.push(Event::InlineHtml(tags.0.into()));
        out.push(Event::Text(text.into()));
        out.push(Event::InlineHtml(tags.1.into()));
    }
    let mut html = String::new();
    renderer::push_html(&mut html, out.into_iter());
    clean::clean(&html)
}

/// Clean HTML of events.
pub(super) fn render(events: Vec<Event<'_>>, media: &Media) -> String {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        match event {
            Event::InlineMath(tex) => tex::push(&mut out, &tex, false),
            Event::DisplayMath(tex) => tex::push(&mut out, &tex, true),
            Event::Start(Tag::CodeBlock(kind)) => {
                let code = collect(&mut events, TagEnd::CodeBlock);
                out.push(Event::Start(Tag::CodeBlock(kind.clone().into_static())));
                code::push(&mut out, &kind, &code);
                out.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let words = collect(&mut events, TagEnd::Image);
                media::push(&mut out, media, &dest_url, &words);
            }
            Event::Text(text) if marks::any(&text) => marks::push(&mut out, &text),
            Event::Code(text) if marks::any(&text) => {
                out.push(Event::InlineHtml(CowStr::Borrowed("<code>")));
                marks::push(&mut out, &text);
                out.push(Event::InlineHtml(CowStr::Borrowed("</code>")));
            }
            other => out.push(other),
        }
    }
    let mut html = String::new();
    renderer::push_html(&mut html, out.into_iter());
    clean::clean(&html)
}

/// The text up to the end of a tag whose beginning was just read.
pub(super) fn collect<'a>(events: &mut impl Iterator<Item = Event<'a>>, end: TagEnd) -> String {
    let mut text = String::new();
    let mut depth = 0usize;
    for event in events {
        match event {
            Event::Start(tag) if tag.to_end() == end => depth += 1,
            Event::End(tag) if tag == end && depth == 0 => break,
            Event::End(tag) if tag == end => depth -= 1,
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
