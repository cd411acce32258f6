//! Hostile texts, in every place where a text of a deck becomes HTML.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::*;
use crate::deck::{Card, CardStyle};

#[path = "../../../../tests/hostile/payloads.rs"]
mod list;

use list::{CANARY, payloads};

const ORIGIN: &str = "http://127.0.0.1:4242";

/// Most bytes of HTML for a text, beside what its own length accounts for.
const MAX_SIZE: usize = 64 * 1024;
/// Most bytes of HTML for each byte of a text: `&` and `<` become entities, a tag in Markdown
/// opens and closes, a cell has classes.
const MAX_GROWTH: usize = 40;

/// Most elements in one another: half of what browsers build.
const MAX_NESTED: usize = 256;

/// The tags of a page and its comments, as a browser reads them.
#[derive(Default)]
struct Page {
    tags: RefCell<Vec<Tag>>,
    odd: RefCell<Vec<String>>,
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tags.borrow_mut().push(tag),
            Token::CommentToken(words) => self.odd.borrow_mut().push(words.to_string()),
            Token::DoctypeToken(_) => self.odd.borrow_mut().push("doctype".to_owned()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn read(html: &str) -> Page {
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// What of a tag acts, loads, styles or takes a name; told apart without the cleaner's own lists.
fn harm(tag: &Tag) -> Option<String> {
    const ACTING: [&str; 38] = [
        "annotation-xml",
        "applet",
        "base",
        "bgsound",
        "body",
        "button",
        "embed",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "image",
        "input",
        "isindex",
        "link",
        "maction",
        "marquee",
        "masked-picture",
        "meta",
        "mglyph",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "picture",
        "plaintext",
        "portal",
        "script",
        "select",
        "source",
        "style",
        "template",
        "textarea",
        "title",
        "video",
        "xmp",
    ];
    let name = &*tag.name;
    // Masks are drawn over a picture that is there, and none of these has one.
    if ACTING.contains(&name) || name == "svg" {
        return Some(format!("<{name}>"));
    }
    tag.attrs.iter().find_map(|attribute| {
        let (key, value) = (&*attribute.name.local, attribute.value.to_lowercase());
        let allowed = match key {
            "href" => {
                name == "a"
                    && ["https://", "http://", "mailto:"].iter().any(|it| value.starts_with(it))
            }
            "class" => value.split(' ').all(|it| {
                ["lead-in", "masked", "missing", "cloze", "left", "center", "right"].contains(&it)
                    || it.starts_with("language-")
                    || code::is_class(it)
            }),
            "rel" => value == "noopener noreferrer nofollow",
            "src" | "id" | "name" | "style" | "srcset" | "srcdoc" | "background" | "action"
            | "ping" | "target" | "autofocus" | "tabindex" | "poster" | "is" | "slot" => false,
            key => {
                !key.starts_with("on") && !key.contains(':') && !key.starts_with("form")
                    || (key == "form" && name.starts_with('m'))
            }
        };
        (!allowed).then(|| format!("{key}={value} of <{name}>"))
    })
}

/// Fails unless this can be set into the page: nothing of it acts, and it is bounded.
fn assert_harmless(what: &str, source: &str, html: &str) {
    let page = read(html);
    for tag in page.tags.borrow().iter().filter(|tag| tag.kind == TagKind::StartTag) {
        assert_eq!(harm(tag), None, "{what}");
    }
    assert!(page.odd.borrow().is_empty(), "{what}: {:?}", page.odd.borrow());
    assert!(
        html.len() <= MAX_SIZE + MAX_GROWTH * source.len(),
        "{what}: {} bytes of {}",
        html.len(),
        source.len()
    );
    // A browser that read it and wrote it again would read the same once more.
    let again = clean::clean(html);
    assert_eq!(clean::clean(&again), again, "{what}");
    for tag in read(&again).tags.borrow().iter().filter(|tag| tag.kind == TagKind::StartTag) {
        assert_eq!(harm(tag), None, "{what}, read again");
    }
    assert!(depth(html) <= MAX_NESTED, "{what} is nested {} deep", depth(html));
}

/// How many elements stand in one another at most.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for tag in read(html).tags.borrow().iter() {
        let is_void = matches!(&*tag.name, "br" | "hr" | "img" | "wbr");
        match tag.kind {
            TagKind::StartTag if !is_void && !tag.self_closing => depth += 1,
            TagKind::StartTag => {}
            TagKind::EndTag => depth = depth.saturating_sub(1),
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[test]
fn the_list_of_hostile_texts_tries_to_run_and_to_load() {
    let list = payloads(ORIGIN);
    assert!(list.iter().filter(|it| it.text.contains(CANARY)).count() > 20);
    assert!(list.iter().filter(|it| it.text.contains(ORIGIN)).count() > 10);
    let acting = |text: &str| read(text).tags.borrow().iter().any(|tag| harm(tag).is_some());
    assert!(list.iter().filter(|it| acting(&it.text)).count() > 25, "harm is told from harmless");
}

#[test]
fn nothing_hostile_acts_in_a_question() {
    for payload in payloads(ORIGIN) {
        let (name, text) = (&payload.name, &payload.text);
        assert_harmless(&format!("{name}, text"), text, &html(text));
        assert_harmless(&format!("{name}, stem"), text, &stem_html(text));
        assert_harmless(&format!("{name}, option"), text, &inline_html(text));
    }
}

#[test]
fn nothing_hostile_acts_in_a_card() {
    for payload in payloads(ORIGIN) {
        for markup in [Markup::Markdown, Markup::Html] {
            for style in [CardStyle::Basic, CardStyle::Reversed, CardStyle::Cloze] {
                let card = Card { markup, ..Card::of(style, &payload.text, &payload.text) };
                let sides = sides(&card, 0, &Media::none());
                let what = format!("{}, {markup:?}, {style:?}", payload.name);
                // The back of a cloze holds both texts.
                let source = payload.text.repeat(2);
                assert_harmless(&what, &source, &sides.front_html);
                assert_harmless(&what, &source, &sides.back_html);
            }
        }
    }
}

#[test]
fn nothing_hostile_acts_after_html_became_markdown() {
    for payload in payloads(ORIGIN) {
        let markdown = markdown_of(&payload.text);
        assert_harmless(&payload.name, &payload.text, &html(&markdown));
    }
}

#[test]
fn nothing_hostile_acts_in_what_is_written_for_other_programs() {
    for payload in payloads(ORIGIN) {
        for markup in [Markup::Markdown, Markup::Html] {
            let html = portable_html(markup, &payload.text, &|_| None);
            for tag in read(&html).tags.borrow().iter().filter(|it| &*it.name != "img") {
                assert_eq!(harm(tag), None, "{}, {markup:?}", payload.name);
            }
        }
    }
}
