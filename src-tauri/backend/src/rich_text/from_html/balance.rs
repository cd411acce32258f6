//! The first step from HTML to Markdown: balanced tags that Markdown knows, bounded in depth and
//! length, and text with what Markdown would misread held back.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::escape::{attribute, is_entity, line_marker, push_attribute, push_escaped};
use crate::rich_text::marks::{FORMULA, FORMULA_END};
use crate::rich_text::tex;

/// Most bytes that are looked at; pictures inside the text make it long.
const MAX_INPUT: usize = 16 * 1024 * 1024;
/// Most bytes that are converted: four times the longest text of an item.
const MAX_HTML: usize = 128 * 1024;
/// Most tags open at once; of those inside, the words are kept.
const MAX_OPEN: usize = 32;
/// Most rows of tables; the converter pads all of them to the longest cell.
const MAX_ROWS: usize = 200;

/// A `[` that begins no link, and is not escaped: `\[` begins a formula.
pub(super) const BRACKET: char = '\u{e010}';
/// A `[` that Markdown would take for the beginning of a link.
pub(super) const LINK_BRACKET: char = '\u{e011}';
/// A line end inside a cell.
pub(super) const BREAK: char = '\u{e012}';
/// An `&` that Markdown would take for the beginning of an entity.
pub(super) const ENTITY: char = '\u{e013}';

/// A `~`, which strikes words out in pairs.
pub(super) const TILDE: char = '\u{e014}';
/// Before a character that would make the line it begins a heading, a quotation, a list or a table.
pub(super) const ESCAPE: char = '\u{e015}';

/// What HTML takes for space; a space that does not break is a word.
const SPACES: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// HTML that is safe to convert.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Balanced {
    pub(super) html: String,
    /// Formulas with their delimiters; the text has their numbers.
    pub(super) formulas: Vec<String>,
}

/// Balances HTML.
pub(super) fn balance(html: &str) -> Balanced {
    let sink = Sink(RefCell::default());
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut bound = html.len().min(MAX_INPUT);
    while !html.is_char_boundary(bound) {
        bound -= 1;
    }
    input.push_back(StrTendril::from(&html[..bound]));
    // The sink never asks to wait for a script.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut state = tokenizer.sink.0.into_inner();
    state.flush();
    while state.close_last() {}
    state.done
}

struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return state.tag(&tag),
            Token::CharacterTokens(text) if state.hidden.is_none() => state.text.push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct State {
    done: Balanced,
    /// Since the last tag.
    text: String,
    open: Vec<&'static str>,
    /// The element whose content is not shown.
    hidden: Option<String>,
    rows: usize,
    /// Whether the current table has a first row already.
    has_header: bool,
    /// Whether something stands in the current cell.
    in_cell: bool,
    /// Whether something stands in the current line. Spaces before it are not shown.
    in_line: bool,
}

/// What Markdown can say, with the name under which the converter knows it.
fn kept(name: &str) -> Option<&'static str> {
    const SAME: [&str; 31] = [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ];
    match name {
        "section" | "article" | "figure" | "figcaption" | "header" | "footer" | "main"
        | "center" | "address" | "dl" | "dt" | "dd" | "caption" | "details" | "summary" => {
            Some("div")
        }
        "tt" | "samp" => Some("code"),
        "strike" => Some("s"),
        "audio" | "video" | "source" | "embed" | "object" => Some("img"),
        _ => SAME.into_iter().find(|same| *same == name),
    }
}

fn is_block(name: &str) -> bool {
    matches!(name, "blockquote" | "div" | "hr" | "li" | "ol" | "p" | "pre" | "table" | "ul")
        || (name.len() == 2 && name.starts_with('h'))
}

fn breaks_line(name: &str) -> bool {
    is_block(name) || matches!(name, "br" | "tr" | "td" | "th")
}

impl State {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if let Some(hidden) = &self.hidden {
            if tag.kind == TagKind::EndTag && name == hidden {
                self.hidden = None;
            }
            return TokenSinkResult::Continue;
        }
        let raw = match name {
            "script" => Some(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ => None,
        };
        if let Some(raw) = raw {
            if tag.kind == TagKind::EndTag {
                return TokenSinkResult::Continue;
            }
            self.hidden = Some(name.to_owned());
            return TokenSinkResult::RawData(raw);
        }
        if let Some(name) = kept(name) {
            self.flush();
            match tag.kind {
                TagKind::StartTag => self.start(name, tag),
                TagKind::EndTag => self.end(name),
            }
        }
        TokenSinkResult::Continue
    }

    fn inside(&self, name: &str) -> bool {
        self.open.contains(&name)
    }

    fn start(&mut self, name: &'static str, tag: &Tag) {
        let in_table = self.inside("td") || self.inside("th");
        match name {
            "li" => self.close_within("li", &["ul", "ol"]),
            "tr" | "td" | "th" => self.close_within(name, &["table"]),
            _ if is_block(name) && self.open.last() == Some(&"p") => self.end("p"),
            _ => {}
        }
        match name {
            "br" if in_table => self.push_break(),
            "tr" => self.row(),
            "td" | "th" => self.cell(),
            // A cell holds one line.
            _ if in_table && is_block(name) => self.push_break(),
            "img" => self.picture(&tag.attrs),
            "br" | "hr" => self.push_tag(name, ""),
            "table" => {
                self.has_header = false;
                self.open_tag(name, "");
            }
            "a" => self.open_tag(name, &attribute(&tag.attrs, "href")),
            "ol" => self.open_tag(name, &attribute(&tag.attrs, "start")),
            "code" | "pre" => self.open_tag(name, &attribute(&tag.attrs, "class")),
            _ => self.open_tag(name, ""),
        }
    }

    /// Opens a row of the table that is open.
    fn row(&mut self) {
        if self.open.last() == Some(&"table") && self.rows < MAX_ROWS {
            self.rows += 1;
            self.open_tag("tr", "");
        }
    }

    /// Opens a cell of the row that is open. The first row names the columns, as Markdown has it.
    fn cell(&mut self) {
        if self.open.last() == Some(&"tr") {
            self.open_tag(if self.has_header { "td" } else { "th" }, "");
            self.in_cell = false;
        } else {
            self.text.push(' ');
        }
    }

    fn picture(&mut self, attributes: &[Attribute]) {
        let value = |name: &str| {
            attributes.iter().find(|attribute| &*attribute.name.local == name).map(|a| &*a.value)
        };
        let Some(source) = value("src").or_else(|| value("data")) else { return };
        // What stands in the text itself is not kept.
        if source.trim_start().get(..5).is_some_and(|head| head.eq_ignore_ascii_case("data:")) {
            return;
        }
        let mut tag = String::new();
        for (name, value) in [("src", Some(source)), ("alt", value("alt"))] {
            if let Some(value) = value {
                push_attribute(&mut tag, name, value);
            }
        }
        self.push_tag("img", &tag);
    }

    fn push_break(&mut self) {
        if self.in_cell {
            self.push_escaped(&BREAK.to_string());
        }
    }

    fn open_tag(&mut self, name: &'static str, attributes: &str) {
        // Two stretches of bold that touch are one; the converter takes long to join many.
        let touches = matches!(name, "b" | "strong" | "i" | "em" | "code" | "del" | "s")
            && self.done.html.ends_with(&format!("</{name}>"));
        if touches {
            self.done.html.truncate(self.done.html.len() - name.len() - "</>".len());
            self.open.push(name);
            return;
        }
        let room = self.done.html.len() + attributes.len() < MAX_HTML;
        if self.open.len() < MAX_OPEN && room {
            self.push_tag(name, attributes);
            self.open.push(name);
        }
    }

    fn push_tag(&mut self, name: &str, attributes: &str) {
        if self.done.html.len() + attributes.len() < MAX_HTML {
            self.in_cell = true;
            self.in_line = !breaks_line(name) && (self.in_line || name == "img");
            self.done.html.push('<');
            self.done.html.push_str(name);
            self.done.html.push_str(attributes);
            self.done.html.push('>');
        }
    }

    fn end(&mut self, name: &str) {
        let name = if name == "td" || name == "th" { self.cell_name() } else { name };
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            // What stands in a cell cannot close what is around its table.
            let fence = self.open.iter().rposition(|open| matches!(*open, "td" | "th"));
            let leaves = fence.is_some_and(|fence| fence > at);
            if leaves && !matches!(name, "tr" | "table") {
                return;
            }
            while self.open.len() > at && self.close_last() {}
            if name == "table" {
                self.has_header = false;
            }
        }
    }

    fn cell_name(&self) -> &'static str {
        if self.inside("th") { "th" } else { "td" }
    }

    /// Closes an element that cannot hold another of its kind, unless a list or table is between.
    fn close_within(&mut self, name: &str, fences: &[&str]) {
        let from = self.open.iter().rposition(|open| fences.contains(open)).map_or(0, |at| at + 1);
        let cell = matches!(name, "td" | "th");
        let same = |open: &&str| *open == name || (cell && matches!(*open, "td" | "th"));
        if let Some(at) = self.open[from..].iter().position(same) {
            while self.open.len() > from + at && self.close_last() {}
        }
    }

    /// Closes what was opened last; false when nothing is open.
    fn close_last(&mut self) -> bool {
        let Some(name) = self.open.pop() else { return false };
        self.has_header |= name == "tr";
        self.in_line &= !breaks_line(name);
        self.done.html.push_str("</");
        self.done.html.push_str(name);
        self.done.html.push('>');
        true
    }

    /// Writes the text since the last tag.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() || self.done.html.len() + text.len() > MAX_HTML {
            return;
        }
        // Between rows there is nothing to read.
        if matches!(self.open.last(), Some(&("table" | "tr"))) && text.trim().is_empty() {
            return;
        }
        self.in_cell |= !text.trim().is_empty();
        let text: String =
            text.chars().filter(|c| !('\u{e000}'..='\u{e01f}').contains(c)).collect();
        if self.inside("code") || self.inside("pre") {
            self.in_line = true;
            self.push_escaped(&text);
            return;
        }
        let begins = !self.in_line;
        let text = if begins { text.trim_start_matches(SPACES) } else { &*text };
        self.in_line |= !text.is_empty();
        let mut formulas = Vec::new();
        tex::scan(text, 0..text.len(), &[], &mut formulas);
        let mut from = 0;
        for formula in formulas {
            self.push_words(&text[from..formula.place.start], begins && from == 0);
            from = formula.place.end;
            let number = self.done.formulas.len();
            let source = &text[formula.place];
            let in_table = self.inside("td") || self.inside("th");
            self.done.formulas.push(if in_table {
                source.replace('|', "\\vert ").replace('\n', " ")
            } else {
                source.to_owned()
            });
            let stand_in = format!("{FORMULA}{number}{FORMULA_END}");
            self.done.html.push_str(&stand_in);
        }
        self.push_words(&text[from..], begins && from == 0);
    }

    /// Writes text, with what Markdown would misread held back.
    fn push_words(&mut self, text: &str, begins_line: bool) {
        let marker = if begins_line { line_marker(text) } else { None };
        let link = text.contains("](") || text.contains("]:") || text.contains("][");
        let mut held = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if marker == Some(at) {
                held.push(ESCAPE);
            }
            held.push(match c {
                '[' if link => LINK_BRACKET,
                '[' => BRACKET,
                '~' => TILDE,
                '&' if is_entity(&text[at..]) => ENTITY,
                other => other,
            });
        }
        self.push_escaped(&held);
    }

    fn push_escaped(&mut self, text: &str) {
        push_escaped(&mut self.done.html, text);
    }
}
