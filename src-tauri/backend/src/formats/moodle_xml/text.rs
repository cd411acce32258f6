//! Texts of Moodle in their formats, to Markdown, with the files that stand beside them.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use quick_xml::escape::escape;

use crate::formats::Place;
use crate::formats::findings::{Findings, LeftOut, excerpt};
use crate::formats::shown_files::{Shown, ShownFiles};
use crate::formats::xml::Element;
use crate::rich_text;

/// What stands before the name of a file beside a text.
const BESIDE: &str = "@@PLUGINFILE@@";

/// Reads the texts of one question.
pub(super) struct Texts<'a, 'p> {
    files: &'a mut ShownFiles<'p>,
    findings: &'a mut Findings,
    place: &'a Place,
}

impl<'a, 'p> Texts<'a, 'p> {
    /// Of the question at this place.
    pub(super) fn new(
        files: &'a mut ShownFiles<'p>,
        findings: &'a mut Findings,
        place: &'a Place,
    ) -> Self {
        Self { files, findings, place }
    }

    /// Markdown of an element with a text, a format and files.
    pub(super) fn markdown(&mut self, element: &Element) -> String {
        let text = element.child("text").map(Element::text).unwrap_or_default();
        let text = self.with_files(element, &text);
        match element.attribute("format") {
            Some("markdown") => text,
            Some("plain_text" | "plain") => plain(&text),
            Some("html") => rich_text::markdown_of(&self.with_sources(&text)),
            // The format of old files, which keeps lines apart.
            _ => rich_text::markdown_of(&with_lines(&self.with_sources(&text))),
        }
    }

    /// Markdown of the child of this name; empty when there is none.
    pub(super) fn of(&mut self, element: &Element, name: &str) -> String {
        element.child(name).map(|child| self.markdown(child)).unwrap_or_default()
    }

    /// Something to be looked at.
    pub(super) fn warn(&mut self, code: &'static str, message: String, hint: &'static str) {
        self.findings.warn(self.place, LeftOut::new(code, message, hint));
    }

    /// The text with names in place of the addresses of files beside it.
    fn with_files(&mut self, element: &Element, text: &str) -> String {
        if !text.contains(BESIDE) {
            return text.to_owned();
        }
        let path = |file: &Element| {
            let folder = file.attribute("path").unwrap_or_default().trim_matches('/').to_owned();
            let name = file.attribute("name").unwrap_or_default();
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
        };
        let beside: HashMap<String, &Element> =
            element.named("file").map(|file| (path(file), file)).collect();
        let mut known: HashMap<String, String> = HashMap::new();
        let mut parts = text.split(BESIDE);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(['"', '\'', ')', '<', '>', ' ', '\n']).unwrap_or(part.len());
            let (address, rest) = part.split_at(end);
            // What follows a question mark only tells browsers not to keep an old file.
            let address = address.split('?').next().unwrap_or_default().trim_start_matches('/');
            let address = address.replace("&amp;", "&");
            let address = percent_decode_str(&address).decode_utf8_lossy();
            let name = if let Some(name) = known.get(&*address) {
                name.clone()
            } else {
                let name = self.file_beside(&address, &beside);
                known.insert(address.into_owned(), name.clone());
                name
            };
            out.push_str(&name);
            out.push_str(rest);
        }
        out
    }

    /// The name of a file beside a text; its address when it cannot be kept.
    fn file_beside(&mut self, address: &str, beside: &HashMap<String, &Element>) -> String {
        let why = match beside.get(address) {
            None => "is not in the file",
            Some(file) if file.attribute("encoding").is_some_and(|code| code != "base64") => {
                "is not written in Base64"
            }
            Some(file) => match self.files.keep(address, &file.text()) {
                Ok(path) => match self.files.file(&path) {
                    Shown::File(name) => return name,
                    Shown::Missing(_) | Shown::Elsewhere => "is not in the file",
                },
                Err(why) => why,
            },
        };
        self.missing(address, why);
        // An address that nothing has, in characters that no format reads.
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-/".contains(c) { c } else { '_' };
        address.chars().take(200).map(plain).collect()
    }

    /// HTML with names in place of data; what is elsewhere is a warning.
    fn with_sources(&mut self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((before, quote, after)) = next_source(rest) {
            out.push_str(before);
            let (address, behind) = after.split_once(quote).unwrap_or((after, ""));
            match address.trim_start().get(..5).map(str::to_ascii_lowercase).as_deref() {
                Some("data:") => match self.files.address("", address) {
                    Shown::File(name) => out.push_str(&name),
                    Shown::Missing(why) => self.missing("data", why),
                    Shown::Elsewhere => {}
                },
                Some("http:" | "https") => {
                    self.missing(address, "is not in the file, and nothing is fetched");
                    out.push_str(address);
                }
                _ => out.push_str(address),
            }
            out.push(quote);
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn missing(&mut self, address: &str, why: &str) {
        let message = format!("“{}”, which this question shows, {why}", excerpt(address));
        self.warn("missing-media", message, "add the picture to the question after the import");
    }
}

/// What stands up to the value of the next `src="…"`, its quotation mark, and what follows that.
fn next_source(html: &str) -> Option<(&str, char, &str)> {
    let bytes = html.as_bytes();
    let mut from = 0;
    loop {
        let at = from + html.get(from..)?.find("src")?;
        let mut end = at + 3;
        while bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
            end += 1;
        }
        if bytes.get(end) == Some(&b'=') {
            end += 1;
            while bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
                end += 1;
            }
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(end) {
                return Some((&html[..=end], char::from(*quote), &html[end + 1..]));
            }
        }
        from = at + 3;
    }
}

/// Markdown of text without any markup.
pub(super) fn plain(text: &str) -> String {
    rich_text::markdown_of(&with_lines(&escape(text)))
}

/// HTML that keeps the lines and paragraphs of a text.
fn with_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{}</p>", paragraph.trim().replace('\n', "<br>")))
        .collect();
    paragraphs.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_in_both_quotation_marks() {
        let html = "src <img alt='src' src = \"a.png\"><img src='b.png'> src=c";
        let (before, quote, after) = next_source(html).unwrap();
        assert!(before.ends_with("src = \"") && quote == '"' && after.starts_with("a.png\""));
        let (before, quote, after) = next_source(after).unwrap();
        assert!(before.ends_with("src='") && quote == '\'' && after.starts_with("b.png'"));
        assert_eq!(next_source(after), None);
    }

    #[test]
    fn lines_and_paragraphs_stay_apart() {
        assert_eq!(with_lines("a\r\nb\n\n\n\nc"), "<p>a<br>b</p><p>c</p>");
    }
}
