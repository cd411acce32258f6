//! Pictures and sounds that stand beside a deck, by the addresses the window knows them under.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::marks;

/// Where the window serves files from; WebView2 gives schemes of its own a host instead.
const BASE: &str = if cfg!(windows) { "http://media.localhost/" } else { "media://localhost/" };

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
