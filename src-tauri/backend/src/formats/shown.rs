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
        let mut remote = false;
        let mut lost = Vec::new();
        let changed = with_pictures(text, |address, words| match Address::of(address) {
            Address::Beside => None,
            Address::Web => {
                remote = true;
                let words = if words.is_empty() { "picture" } else { words };
                Some(format!("[{words}](<{}>)", address.replace(['<', '>', '\n'], "")))
            }
            Address::Odd => {
                if let Some(entry) = self.find(address) {
                    Some(format!("![{words}]({})", self.named(entry)))
                } else {
                    lost.push(address.to_owned());
                    None
                }
            }
        });
        if let Some(changed) = changed {
            *text = changed;
        }
        if remote {
            let message = "a picture from the web is shown as a link to it";
            let hint = "save the picture beside the file to have it in the deck";
            notes.warning(place, "remote-picture", message, hint);
        }
        for name in lost {
            missing(&name, place, notes);
        }
        for name in rich_text::pictures(text) {
            if self.known.contains_key(&name) || self.order.len() >= MAX_SHOWN {
                continue;
            }
            let found = self.find(&name);
            if found.is_some() {
                self.order.push(name.clone());
            } else {
                missing(&name, place, notes);
            }
            let found = found.map(|entry| DraftMedia { name: name.clone(), entry, zstd: false });
            self.known.insert(name, found);
        }
    }

    /// A name that a text can show for a file which its own address cannot.
    fn named(&mut self, entry: String) -> String {
        let plain = |c: char| if c.is_alphanumeric() || "._-/".contains(c) { c } else { '_' };
        let mut name = format!("up/{}", entry.chars().map(plain).collect::<String>());
        let other = |known: &Option<DraftMedia>| known.as_ref().is_none_or(|m| m.entry != entry);
        while self.known.get(&name).is_some_and(other) {
            name.insert_str(0, "up/");
        }
        if !self.known.contains_key(&name) {
            self.order.push(name.clone());
            let media = DraftMedia { name: name.clone(), entry, zstd: false };
            self.known.insert(name.clone(), Some(media));
        }
        name
    }

    fn find(&self, name: &str) -> Option<String> {
        let plain = name.split(['?', '#']).next().unwrap_or(name);
        let decoded = percent_decoded(plain);
        // Some banks write paths from the root of the repository.
        let candidates = [
            resolve(&self.folder, plain),
            resolve(&self.folder, &decoded),
            resolve("", decoded.trim_start_matches('/')),
        ];
        candidates.into_iter().flatten().find(|path| self.package.has(path))
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

fn missing(name: &str, place: &Place, notes: &mut Notes) {
    let message = format!("“{name}”, which this item shows, is not there");
    let hint = "put the file where its name says, beside the file that shows it";
    notes.warning(place, "missing-media", message, hint);
}

/// Where a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Address {
    /// A name that a deck can have.
    Beside,
    /// A name that leads up, or has characters that a deck's names have not.
    Odd,
    Web,
}

impl Address {
    fn of(address: &str) -> Self {
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        if matches!(scheme.as_str(), "http" | "https") || address.starts_with("//") {
            return Self::Web;
        }
        let odd = |c: char| matches!(c, ':' | '\\' | '%' | '?' | '#') || c.is_whitespace();
        let up = address.starts_with('/') || address.split('/').any(|part| part == "..");
        if up || address.contains(odd) { Self::Odd } else { Self::Beside }
    }
}

/// The text with what `with` gives for the address and words of a picture in its place; none when
/// it gives nothing for any.
fn with_pictures(
    markdown: &str,
    mut with: impl FnMut(&str, &str) -> Option<String>,
) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    let mut words = String::new();
    let mut open = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) if open.is_none() => {
                words.clear();
                open = Some((dest_url.to_string(), range));
            }
            Event::Text(text) | Event::Code(text) if open.is_some() => words.push_str(&text),
            Event::End(TagEnd::Image) => {
                let Some((address, place)) = open.take_if(|(_, place)| place.end == range.end)
                else {
                    continue;
                };
                words.retain(|c| !"[]\\".contains(c));
                if let Some(text) = with(&address, words.trim()) {
                    out.push_str(&markdown[from..place.start]);
                    out.push_str(&text);
                    from = place.end;
                }
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
    fn pictures_are_told_by_where_they_are() {
        let text = "See ![a *b*](https://example.org/x.png \"t\"), ![c](../y.png), ![](z.png).";
        let mut seen = Vec::new();
        let changed = with_pictures(text, |address, words| {
            seen.push((Address::of(address), words.to_owned()));
            (Address::of(address) != Address::Beside).then(|| format!("<{words}>"))
        });
        assert_eq!(changed.as_deref(), Some("See <a b>, <c>, ![](z.png)."));
        let kinds: Vec<Address> = seen.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Address::Web, Address::Odd, Address::Beside]);
        assert_eq!(with_pictures("`![](https://a.b/c)`", |_, _| Some(String::new())), None);
    }
}
