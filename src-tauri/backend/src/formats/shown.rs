//! The pictures and sounds that the Markdown of a draft shows, looked up in its package.

use std::collections::HashMap;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::notes::Notes;
use super::{DraftMedia, Package, Place};
use crate::deck::Question;
use crate::rich_text;

/// Most files of one deck.
const MAX_SHOWN: usize = 20_000;

/// Collects the files that the items of one deck show.
pub(super) struct Shown<'a> {
    package: &'a Package,
    /// Folder of the deck's file inside the package, with its `/`; empty at the top.
    folder: String,
    /// By the name that the text uses; none when there is no such file.
    known: HashMap<String, Option<DraftMedia>>,
    order: Vec<String>,
}

impl<'a> Shown<'a> {
    /// For the deck of this file.
    pub(super) fn of(package: &'a Package, file: &str) -> Self {
        let folder = file.rfind('/').map_or("", |at| &file[..=at]).to_owned();
        Self { package, folder, known: HashMap::new(), order: Vec::new() }
    }

    /// Looks up what a question shows. What is missing is a warning; pictures from elsewhere
    /// become links to them, because nothing is fetched.
    pub(super) fn question(&mut self, question: &mut Question, place: &Place, notes: &mut Notes) {
        let options = question.options.iter_mut().flat_map(|o| [&mut o.text, &mut o.reason]);
        let mut texts: Vec<&mut String> = options.collect();
        texts.extend([&mut question.stem, &mut question.explanation]);
        for text in texts {
            self.text(text, place, notes);
        }
    }

    /// Looks up what one text shows.
    pub(super) fn text(&mut self, text: &mut String, place: &Place, notes: &mut Notes) {
        if !text.contains("![") {
            return;
        }
        if let Some(linked) = link_remote(text) {
            *text = linked;
            let message = "a picture from the web is shown as a link to it";
            let hint = "save the picture beside the file to have it in the deck";
            notes.warning(place, "remote-picture", message, hint);
        }
        for name in rich_text::pictures(text) {
            if self.known.contains_key(&name) || self.order.len() >= MAX_SHOWN {
                continue;
            }
            let found = self.find(&name);
            if found.is_some() {
                self.order.push(name.clone());
            } else {
                let message = format!("“{name}”, which this item shows, is not there");
                let hint = "put the file where its name says, beside the file that shows it";
                notes.warning(place, "missing-media", message, hint);
            }
            self.known.insert(name, found);
        }
    }

    fn find(&self, name: &str) -> Option<DraftMedia> {
        let plain = name.split(['?', '#']).next().unwrap_or(name);
        let decoded = percent_decoded(plain);
        // Some banks write paths from the root of the repository.
        let candidates = [
            resolve(&self.folder, plain),
            resolve(&self.folder, &decoded),
            resolve("", decoded.trim_start_matches('/')),
        ];
        let entry = candidates.into_iter().flatten().find(|path| self.package.has(path))?;
        Some(DraftMedia { name: name.to_owned(), entry, zstd: false })
    }

    /// The files, in the order in which they are first shown.
    pub(super) fn finish(mut self) -> Vec<DraftMedia> {
        let known = &mut self.known;
        self.order.iter().filter_map(|name| known.remove(name).flatten()).collect()
    }
}

/// A path relative to a folder, without `.` and `..`; none when it leads out.
fn resolve(folder: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The text with links in place of pictures from the web; none when there are none.
fn link_remote(markdown: &str) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    let mut words = String::new();
    let mut remote = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) if remote.is_none() => {
                let scheme = dest_url.split_once(':').map_or("", |(scheme, _)| scheme);
                let web = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
                if web || dest_url.starts_with("//") {
                    words.clear();
                    remote = Some((dest_url.to_string(), range));
                }
            }
            Event::Text(text) | Event::Code(text) if remote.is_some() => words.push_str(&text),
            Event::End(TagEnd::Image) => {
                let Some((url, place)) = remote.take_if(|(_, place)| place.end == range.end) else {
                    continue;
                };
                let words: String = words.chars().filter(|c| !"[]\\".contains(*c)).collect();
                let words = if words.trim().is_empty() { "picture" } else { words.trim() };
                out.push_str(&markdown[from..place.start]);
                out.push_str(&format!("[{words}](<{}>)", url.replace(['<', '>', '\n'], "")));
                from = place.end;
            }
            _ => {}
        }
    }
    (from > 0).then(|| out + &markdown[from..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(resolve("a/b/", "./c/../d.png"), Some("a/b/d.png".into()));
        assert_eq!(resolve("a/", "../../x"), None);
        assert_eq!(resolve("", "a\\b.png"), Some("a/b.png".into()));
        assert_eq!(percent_decoded("a%20b%zz%"), "a b%zz%");
    }

    #[test]
    fn pictures_from_the_web_become_links() {
        let linked = link_remote("See ![a *b*](https://example.org/x.png \"t\") and ![](y.png).");
        assert_eq!(
            linked.as_deref(),
            Some("See [a b](<https://example.org/x.png>) and ![](y.png).")
        );
        assert_eq!(link_remote("![](y.png) `![](https://a.b/c)`"), None);
    }
}
