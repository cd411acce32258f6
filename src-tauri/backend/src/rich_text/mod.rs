//! Markdown or HTML in, clean HTML out. The only place that makes HTML.
//!
//! Two locks on one door. First, HTML that came with an import is written anew tag by tag
//! ([`shown_html`]), and raw HTML in Markdown is shown as the text it is, but for a
//! few tags without attributes ([`SIMPLE_TAGS`]); so `<my-bucket>` is not lost, and nothing can
//! nest without bound. Then `ammonia` passes only what is on a short list: no scripts, styles,
//! frames or handlers, nothing loaded from elsewhere.
//!
//! Formulas become MathML ([`tex`]), the code of known languages gets classes ([`code`]), and
//! pictures and sounds the addresses that the window serves them from ([`Media`]).

mod cards;
mod clean;
mod code;
mod formulas;
mod from_html;
mod marks;
mod masks;
mod media;
mod portable;
mod scan;
mod show;
mod shown_html;
mod sides;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_hostile;
#[cfg(test)]
mod tests_of_html;
#[cfg(test)]
mod tests_of_parts;
mod tex;
mod words;

pub use cards::{first_paragraph, shown_files, texts, typed_answer, words_of_card};
pub use from_html::markdown_of;
pub use marks::{CLOZE, CLOZE_ASKED, CLOZE_END};
pub use masks::{Mask, MaskKind, MaskShape, masked_picture};
pub use media::{Media, Showing};
pub use portable::{FileNames, portable_html};
pub use show::{Mark, marked_html};
pub use sides::{Sides, sides};
pub use tex::CONTAINED;
pub use words::{markdown_of_words, pictures_of_html, plain_text_of_html, without_tags};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::deck::Markup;

/// Deepest nesting that is rendered; below it, only the words are kept. Browsers and sanitisers
/// take quadratic time over nesting, and no reader wants more.
const MAX_DEPTH: usize = 32;

/// Raw tags that are passed on.
const SIMPLE_TAGS: [&str; 8] = ["b", "br", "code", "em", "i", "kbd", "sub", "sup"];

/// HTML of a text of any length, without files beside it.
pub fn html(markdown: &str) -> String {
    With(&Media::none()).html(markdown)
}

/// HTML of a stem, without files beside it: its last paragraph, the question itself, has the class
/// `lead-in`.
pub fn stem_html(markdown: &str) -> String {
    With(&Media::none()).stem_html(markdown)
}

/// HTML without a paragraph around it when the text is a single paragraph, and without files
/// beside it: for options and labels.
pub fn inline_html(markdown: &str) -> String {
    With(&Media::none()).inline_html(markdown)
}

/// Makes HTML of texts that have files beside them.
#[derive(Debug, Clone, Copy)]
pub struct With<'a>(pub &'a Media);

impl With<'_> {
    /// HTML of a text of any length.
    pub fn html(self, markdown: &str) -> String {
        show::render(events(markdown), self.0)
    }

    /// HTML of a card's text.
    fn of(self, markup: Markup, text: &str) -> String {
        match markup {
            Markup::Markdown => self.html(text),
            Markup::Html => shown_html::html(text, self.0),
        }
    }

    /// HTML of a stem, as [`stem_html`] makes it.
    pub fn stem_html(self, markdown: &str) -> String {
        show::render(with_lead_in(events(markdown)), self.0)
    }

    /// HTML of an option or a label, as [`inline_html`] makes it.
    pub fn inline_html(self, markdown: &str) -> String {
        show::render(without_paragraph(events(markdown)), self.0).trim_end().to_owned()
    }
}

fn with_lead_in(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut depth = 0usize;
    let mut last = None;
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                if depth == 0 && *tag == Tag::Paragraph {
                    last = Some(index);
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let end = last.and_then(|start| {
        let is_end = |event: &Event<'_>| *event == Event::End(TagEnd::Paragraph);
        events[start..].iter().position(is_end).map(|length| (start, start + length))
    });
    if let Some((start, end)) = end {
        events[start] = Event::Html("<p class=\"lead-in\">".into());
        events[end] = Event::Html("</p>\n".into());
    }
    events
}

fn without_paragraph(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let paragraphs = events.iter().filter(|event| **event == Event::Start(Tag::Paragraph)).count();
    let single = paragraphs == 1
        && events.first() == Some(&Event::Start(Tag::Paragraph))
        && events.last() == Some(&Event::End(TagEnd::Paragraph));
    if single {
        events.pop();
        events.remove(0);
    }
    events
}

/// The words alone, on one line: for lists and search.
pub fn plain_text(markdown: &str) -> String {
    words(&events(markdown))
}

/// The words of the last block of a text when that block is a paragraph: of a stem, its lead-in.
pub fn last_paragraph(markdown: &str) -> Option<String> {
    let events = events(markdown);
    let mut depth = 0usize;
    let mut last = 0;
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(_) => {
                last = if depth == 0 { index } else { last };
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Rule if depth == 0 => last = index,
            _ => {}
        }
    }
    (events.get(last)? == &Event::Start(Tag::Paragraph)).then(|| words(&events[last..]))
}

/// The addresses a text links to.
pub fn links(markdown: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    events(markdown).into_iter().filter_map(link).collect()
}

/// The addresses of the pictures and sounds beside a deck that a text shows.
pub fn pictures(markdown: &str) -> Vec<String> {
    let picture = |event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    // Few texts show one, and decks are long.
    if !markdown.contains("![") {
        return Vec::new();
    }
    events(markdown).into_iter().filter_map(picture).collect()
}

fn words(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => words.push_str(&marks::strip(text)),
            Event::InlineHtml(tag) if &**tag != "<br>" => {}
            Event::Start(tag) if is_inline(tag) => {}
            Event::End(tag) if is_inline_end(*tag) => {}
            _ => words.push(' '),
        }
    }
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

fn is_inline_end(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    matches!(tag, Emphasis | Image | Link | Strikethrough | Strong)
}

/// The events of a text, with its formulas, and made harmless.
fn events(markdown: &str) -> Vec<Event<'_>> {
    match formulas::hold(markdown) {
        None => harmless(markdown),
        Some(held) => held.release(harmless(held.markdown())),
    }
}

/// The events of a text, with raw HTML, images from elsewhere and deep nesting made harmless.
fn harmless(markdown: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut kept_images = Vec::new();
    let mut comment = None;
    for event in shallow(markdown) {
        let event = match event {
            Event::InlineHtml(raw) if raw.starts_with("<!--") => continue,
            Event::InlineHtml(raw) => inline(raw),
            Event::Start(Tag::HtmlBlock) => {
                comment = None;
                continue;
            }
            Event::Html(raw) => match comment {
                None => {
                    let hidden = raw.trim_start().starts_with("<!--");
                    comment = Some(hidden);
                    if hidden {
                        continue;
                    }
                    events.push(Event::Start(Tag::Paragraph));
                    Event::Text(raw)
                }
                Some(true) => continue,
                Some(false) => Event::Text(raw),
            },
            Event::End(TagEnd::HtmlBlock) if comment == Some(false) => {
                Event::End(TagEnd::Paragraph)
            }
            Event::End(TagEnd::HtmlBlock) => continue,
            Event::Start(Tag::Image { ref dest_url, .. }) => {
                kept_images.push(clean::is_relative(dest_url));
                if !clean::is_relative(dest_url) {
                    continue;
                }
                event
            }
            Event::End(TagEnd::Image) => {
                if kept_images.pop() != Some(true) {
                    continue;
                }
                event
            }
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
            other => other,
        };
        events.push(event);
    }
    events
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The events of a text without the tags that nest too deeply.
fn shallow(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let mut depth = 0usize;
    // Simple raw tags that are open; nobody says that they are closed in order, or at all.
    let mut raw_depth = 0usize;
    parser(markdown).filter(move |event| match event {
        Event::InlineHtml(raw) => match simple_tag(raw) {
            None | Some("br") => true,
            Some(_) if raw.starts_with("</") => {
                raw_depth = raw_depth.saturating_sub(1);
                raw_depth < MAX_DEPTH
            }
            Some(_) => {
                raw_depth += 1;
                raw_depth <= MAX_DEPTH
            }
        },
        Event::Start(_) => {
            depth += 1;
            depth <= MAX_DEPTH
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < MAX_DEPTH
        }
        _ => true,
    })
}

/// Headings one and two belong to the page, not to a text on it.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H3)
}

/// A simple tag, or the text it looks like.
fn inline(raw: CowStr<'_>) -> Event<'_> {
    if simple_tag(&raw).is_some() { Event::InlineHtml(raw) } else { Event::Text(raw) }
}

/// The name of a simple tag that opens or closes.
fn simple_tag(raw: &str) -> Option<&'static str> {
    let name = raw.trim_start_matches('<').trim_end_matches('>');
    let name = name.strip_prefix('/').unwrap_or(name).trim_end_matches('/').trim_end();
    SIMPLE_TAGS.into_iter().find(|tag| tag.eq_ignore_ascii_case(name))
}
