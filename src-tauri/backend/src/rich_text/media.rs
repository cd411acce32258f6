//! Pictures and sounds that stand beside a deck, by the addresses the window knows them under.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html as renderer};
use unicode_normalization::UnicodeNormalization as _;

use super::marks;

/// Where the window serves files from; WebView2 gives schemes of its own a host instead.
const BASE: &str = if cfg!(windows) { "http://media.localhost/" } else { "media://localhost/" };

/// Longest name of a missing file that is shown, in characters.
const MAX_NAME: usize = 120;

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// As a picture.
    Picture,
    /// With a player.
    Sound,
}

/// The files beside a deck: their names as its text writes them, and where the window finds them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    files: HashMap<String, (Showing, String)>,
}

impl Media {
    /// No files at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a file of this name; `hash` is the SHA-256 of its bytes, in hexadecimal.
    pub fn add(&mut self, name: &str, hash: &str, showing: Showing) {
        let safe: String = name
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' })
            .collect();
        self.files.insert(name.to_owned(), (showing, format!("{BASE}{hash}/{safe}")));
    }
}

impl Media {
    /// The name under which a file is known that an HTML text may write percent-encoded or in
    /// another normal form of Unicode.
    fn known_name(&self, name: &str) -> Option<&str> {
        let find = |name: &str| self.files.get_key_value(name).map(|(known, _)| known.as_str());
        find(name).or_else(|| {
            let decoded = percent_decode_str(name).decode_utf8().ok()?;
            find(&decoded).or_else(|| find(&decoded.nfc().collect::<String>()))
        })
    }
}

/// Whether the window serves this address itself: a hash and a plain name.
pub(super) fn is_served(address: &str) -> bool {
    let Some((hash, name)) = address.strip_prefix(BASE).and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    hash.len() == 64
        && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// HTML of a picture or sound in a text that is written in HTML, by the name that stands there:
/// itself, or that it is missing.
pub(super) fn show_file(media: &Media, name: &str, words: &str) -> String {
    let mut out = Vec::new();
    match media.known_name(name) {
        Some(known) => push(&mut out, media, known, words),
        // What is no name of a file may be long: a picture can stand in the text itself.
        None => push(&mut out, media, &name.chars().take(MAX_NAME).collect::<String>(), words),
    }
    let mut html = String::new();
    renderer::push_html(&mut html, out.into_iter());
    html
}

/// What stands for a picture or sound: itself, or that it is missing.
pub(super) fn push(out: &mut Vec<Event<'_>>, media: &Media, name: &str, words: &str) {
    match media.files.get(name) {
        Some((Showing::Picture, address)) => {
            out.push(Event::Start(Tag::Image {
                link_type: LinkType::Inline,
                dest_url: address.clone().into(),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
            out.push(Event::Text(marks::strip(words).into()));
            out.push(Event::End(TagEnd::Image));
        }
        Some((Showing::Sound, address)) => {
            // Holds nothing that needs escaping; see `is_served`.
            let player = format!("<audio controls src=\"{address}\"></audio>");
            out.push(Event::InlineHtml(player.into()));
        }
        None => {
            out.push(Event::InlineHtml("<span class=\"missing\">".into()));
            out.push(Event::Text(format!("picture missing: {name}").into()));
            out.push(Event::InlineHtml("</span>".into()));
        }
    }
}
