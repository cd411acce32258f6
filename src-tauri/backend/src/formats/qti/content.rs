//! What an item shows, from its XHTML to Markdown.
//!
//! The HTML made here is read by [`rich_text::markdown_of`] alone and never shown.

use quick_xml::escape::escape;

use crate::formats::Place;
use crate::formats::findings::{Findings, LeftOut, excerpt};
use crate::formats::mathml;
use crate::formats::shown_files::{Shown, ShownFiles};
use crate::formats::xml::{Element, Node};
use crate::rich_text;

/// Elements of XHTML that are passed on, without attributes.
const PASSED: [&str; 47] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "ul",
    "var",
];
/// Elements that say nothing to a reader, or that are read on their own.
const SILENT: [&str; 11] = [
    "catalogInfo",
    "endAttemptInteraction",
    "gapImg",
    "gapText",
    "script",
    "simpleAssociableChoice",
    "simpleChoice",
    "simpleMatchSet",
    "style",
    "stylesheet",
    "track",
];
/// Where an answer is to be written, or a gap to be filled.
const BLANK: &str = "\\_\\_\\_\\_";

/// Reads the content of one item.
pub(super) struct Content<'a, 'p> {
    files: &'a mut ShownFiles<'p>,
    findings: &'a mut Findings,
    place: &'a Place,
    folder: &'a str,
    gaps: usize,
    /// What is shown only afterwards, in Markdown.
    asides: Vec<String>,
}

impl<'a, 'p> Content<'a, 'p> {
    /// Of an item in a file of this folder.
    pub(super) fn new(
        files: &'a mut ShownFiles<'p>,
        findings: &'a mut Findings,
        place: &'a Place,
        folder: &'a str,
    ) -> Self {
        Self { files, findings, place, folder, gaps: 0, asides: Vec::new() }
    }

    /// Markdown of what an element holds.
    pub(super) fn markdown(&mut self, element: &Element) -> String {
        let mut html = String::new();
        self.inside(element, &mut html);
        // Blanks are written as text that no converter reads as structure.
        rich_text::markdown_of(&html).replace(GAP, BLANK)
    }

    /// What was found since the last call that is shown only afterwards.
    pub(super) fn take_asides(&mut self) -> Vec<String> {
        std::mem::take(&mut self.asides)
    }

    fn inside(&mut self, element: &Element, html: &mut String) {
        for node in &element.children {
            match node {
                Node::Text(text) => html.push_str(&escape(text.replace(GAP, " "))),
                Node::Element(element) => self.push(element, html),
            }
        }
    }

    fn push(&mut self, element: &Element, html: &mut String) {
        match element.name.as_str() {
            name if SILENT.contains(&name) => {}
            "textEntryInteraction" => html.push(GAP),
            "gap" => {
                self.gaps += 1;
                html.push_str(&format_gap(self.gaps));
                html.push(GAP);
            }
            "gapMatchInteraction" | "prompt" => self.wrapped("div", element, html),
            name if name.ends_with("Interaction") => {
                if let Some(prompt) = element.child("prompt") {
                    self.wrapped("div", prompt, html);
                }
            }
            "rubricBlock" => self.rubric(element, html),
            "feedbackInline" | "feedbackBlock" | "modalFeedback" => {
                let aside = self.aside(element);
                self.asides.push(aside);
            }
            "math" => self.formula(element, html),
            "img" => {
                let words = element.attribute("alt").unwrap_or_default();
                self.file(element.attribute("src").unwrap_or_default(), words, html);
            }
            "audio" | "video" | "object" | "embed" | "iframe" | "include" => {
                self.player(element, html);
            }
            "br" | "hr" => {
                html.push('<');
                html.push_str(&element.name);
                html.push('>');
            }
            "a" => self.link(element, html),
            name if PASSED.contains(&name) => self.wrapped(name, element, html),
            _ => self.inside(element, html),
        }
    }

    fn wrapped(&mut self, tag: &str, element: &Element, html: &mut String) {
        html.push('<');
        html.push_str(tag);
        html.push('>');
        self.inside(element, html);
        html.push_str("</");
        html.push_str(tag);
        html.push('>');
    }

    /// What is shown apart, with gaps counted on their own.
    fn aside(&mut self, element: &Element) -> String {
        let gaps = std::mem::take(&mut self.gaps);
        let markdown = self.markdown(element);
        self.gaps = gaps;
        markdown
    }

    /// Instructions for candidates stand in the text; those for others are shown afterwards.
    fn rubric(&mut self, element: &Element, html: &mut String) {
        if is_for_candidates(element) {
            self.wrapped("div", element, html);
        } else {
            let aside = self.aside(element);
            self.asides.push(aside);
        }
    }

    fn formula(&mut self, math: &Element, html: &mut String) {
        let Some(tex) = mathml::tex(math) else {
            let text = math.text();
            let message = format!("a formula is shown as its characters: “{}”", excerpt(&text));
            let hint = "write it in TeX, between \\( and \\), after the import";
            self.warn("formula", message, hint);
            html.push_str(&escape(text));
            return;
        };
        let block = math.attribute("display") == Some("block");
        let (open, close) = if block { ("<p>$$", "$$</p>") } else { ("\\(", "\\)") };
        html.push_str(open);
        html.push_str(&escape(tex));
        html.push_str(close);
    }

    fn link(&mut self, element: &Element, html: &mut String) {
        let open = |href: &&str| href.starts_with("https://") || href.starts_with("http://");
        match element.attribute("href").filter(open) {
            Some(href) => {
                html.push_str("<a href=\"");
                html.push_str(&escape(href));
                html.push_str("\">");
                self.inside(element, html);
                html.push_str("</a>");
            }
            None => self.inside(element, html),
        }
    }

    /// A picture or sound, or the words that stand for it.
    fn file(&mut self, address: &str, words: &str, html: &mut String) {
        let why = match self.files.address(self.folder, address) {
            Shown::File(name) => {
                for part in ["<img src=\"", &name, "\" alt=\"", &escape(words), "\">"] {
                    html.push_str(part);
                }
                return;
            }
            Shown::Missing(why) => why,
            Shown::Elsewhere => "is not in the package, and nothing is fetched",
        };
        let message = format!("“{}”, which this item shows, {why}", excerpt(address));
        self.warn("missing-media", message, "put it into the package, and read that again");
        html.push_str(&escape(words));
    }

    /// Sounds are taken, and pictures that stand in an `object`; of the rest, what stands for it.
    fn player(&mut self, element: &Element, html: &mut String) {
        let kind = element.attribute("type").unwrap_or_default();
        let source = || element.child("source").and_then(|source| source.attribute("src"));
        let address = match element.name.as_str() {
            "audio" => element.attribute("src").or_else(source),
            "object" | "embed" if kind.starts_with("image/") || kind.starts_with("audio/") => {
                element.attribute("data").or_else(|| element.attribute("src"))
            }
            _ => None,
        };
        if let Some(address) = address {
            self.file(address, &element.text(), html);
        } else {
            let message = format!("“{}” is not shown, only the words in it", element.name);
            self.warn("missing-media", message, "describe it in words after the import");
            self.inside(element, html);
        }
    }

    /// Something to be looked at.
    pub(super) fn warn(&mut self, code: &'static str, message: String, hint: &'static str) {
        self.findings.warn(self.place, LeftOut::new(code, message, hint));
    }
}

/// Stands for a blank until the text is Markdown; a private character that no text keeps.
const GAP: char = '\u{f8f0}';

fn format_gap(number: usize) -> String {
    format!("({number}) ")
}

/// The name of a gap, as its text shows it.
pub(super) fn gap_name(number: usize) -> String {
    format!("({number})")
}

/// Whether those who sit the exam see it.
pub(super) fn is_for_candidates(rubric: &Element) -> bool {
    rubric
        .attribute("view")
        .is_none_or(|view| view.split_whitespace().any(|view| view == "candidate"))
}
