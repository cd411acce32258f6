//! HTML of others in, clean HTML out.
//!
//! The text is read tag by tag and written anew: known tags without attributes but a few, properly
//! nested and never deeper than [`MAX_DEPTH`], so that neither the sanitiser behind it nor the
//! window can be brought to take long or to read it in another way. Words are never lost.

use super::masks::MaskedPicture;
use super::media::show_file;
use super::scan::{Attributes, Scanner, Token, decode, tex_of};
use super::{FileNames, MAX_DEPTH, Media, clean, marks, portable, tex};

/// Longest text that is shown, in bytes; what follows is left out.
const MAX_HTML: usize = 2 * 1024 * 1024;
/// Most formulas of a text that are set.
const MAX_FORMULAS: usize = 1_000;

/// Tags that are kept, with what they become.
const INLINE: [(&str, &str); 28] = [
    ("a", "a"),
    ("b", "b"),
    ("cite", "i"),
    ("code", "code"),
    ("del", "del"),
    ("dfn", "i"),
    ("em", "em"),
    ("i", "i"),
    ("ins", "ins"),
    ("kbd", "kbd"),
    ("mark", "mark"),
    ("q", "q"),
    ("rb", "rb"),
    ("rp", "rp"),
    ("rt", "rt"),
    ("ruby", "ruby"),
    ("s", "s"),
    ("samp", "code"),
    ("small", "small"),
    ("span", "span"),
    ("strike", "s"),
    ("strong", "strong"),
    ("sub", "sub"),
    ("summary", "summary"),
    ("sup", "sup"),
    ("tt", "code"),
    ("u", "u"),
    ("var", "i"),
];
const BLOCK: [(&str, &str); 34] = [
    ("address", "div"),
    ("article", "div"),
    ("aside", "div"),
    ("blockquote", "blockquote"),
    ("caption", "caption"),
    ("center", "div"),
    ("dd", "dd"),
    ("details", "details"),
    ("div", "div"),
    ("dl", "dl"),
    ("dt", "dt"),
    ("figcaption", "div"),
    ("figure", "div"),
    ("footer", "div"),
    ("h1", "h3"),
    ("h2", "h3"),
    ("h3", "h3"),
    ("h4", "h4"),
    ("h5", "h5"),
    ("h6", "h6"),
    ("header", "div"),
    ("li", "li"),
    ("main", "div"),
    ("ol", "ol"),
    ("p", "p"),
    ("pre", "pre"),
    ("section", "div"),
    ("table", "table"),
    ("tbody", "tbody"),
    ("td", "td"),
    ("tfoot", "tfoot"),
    ("th", "th"),
    ("thead", "thead"),
    ("tr", "tr"),
];
const UL: (&str, &str) = ("ul", "ul");
/// What a tag of the left closes when it opens, up to what holds it.
const CLOSES: [(&[&str], &[&str], &[&str]); 6] = [
    (&["li"], &["li"], &["ol", "ul"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
    (&["td", "th"], &["td", "th"], &["table"]),
    (&["tr"], &["tr"], &["table"]),
    (&["thead", "tbody", "tfoot"], &["thead", "tbody", "tfoot"], &["table"]),
    (&["rb", "rt", "rp"], &["rb", "rt", "rp"], &["ruby"]),
];
/// The element that marks a deletion.
const CLOZE: &str = "cloze";

/// What a tag becomes, and whether it stands in a block of its own.
fn known(name: &str) -> Option<(&'static str, bool)> {
    let lower = name.to_ascii_lowercase();
    let find = |all: &'static [(&str, &str)]| {
        all.iter().find(|(from, _)| *from == lower).map(|(_, to)| *to)
    };
    if let Some(to) = find(&INLINE) {
        return Some((to, false));
    }
    find(&BLOCK).or(find(&[UL])).map(|to| (to, true))
}

/// Whether a tag begins a new line.
pub(super) fn breaks_line(name: &str) -> bool {
    matches!(known(name), Some((_, true)))
        || name.eq_ignore_ascii_case("br")
        || name.eq_ignore_ascii_case("hr")
}

/// Whom a text is written for.
enum Target<'a> {
    /// The window, which serves the files.
    Window(&'a Media),
    /// Another program, which has its own names for them.
    Portable(&'a FileNames<'a>),
}

/// Clean HTML of HTML.
pub(super) fn html(source: &str, media: &Media) -> String {
    write(source, Target::Window(media))
}

/// Clean HTML of HTML for another program.
pub(super) fn portable(source: &str, files: &FileNames<'_>) -> String {
    write(source, Target::Portable(files))
}

fn write(source: &str, target: Target<'_>) -> String {
    let mut writer =
        Writer { target, out: String::new(), open: Vec::new(), formulas: 0, held: Vec::new() };
    for token in Scanner::new(beginning(source)) {
        match token {
            Token::Open(name, attributes) => writer.open(name, attributes),
            Token::Close(name) => writer.close(name),
            Token::Text(text) => writer.text(text),
            Token::Formula(raw, display) => writer.formula(raw, display),
            Token::Sound(name) => writer.sound(&decode(name)),
        }
    }
    writer.finish()
}

fn beginning(source: &str) -> &str {
    let mut end = source.len().min(MAX_HTML);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    &source[..end]
}

struct Writer<'a> {
    target: Target<'a>,
    out: String,
    /// The elements that are open, by what they became.
    open: Vec<&'static str>,
    formulas: usize,
    /// Put in behind the sanitiser, which knows neither drawings nor the files of others.
    held: Vec<String>,
}

impl Writer<'_> {
    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        match name.to_ascii_lowercase().as_str() {
            "br" => self.out.push_str("<br>"),
            "wbr" => self.out.push_str("<wbr>"),
            "hr" => {
                self.close_to(&["p"], &["td", "th", "li", "dd", "div", "details"]);
                self.out.push_str("<hr>");
            }
            "img" => {
                if let Some(name) = attributes.get("src") {
                    let words = attributes.get("alt").unwrap_or_default();
                    self.file(&name, &words);
                }
            }
            "audio" | "source" | "video" => {
                if let Some(name) = attributes.get("src") {
                    self.sound(&name);
                }
            }
            "masked-picture" => {
                let picture = MaskedPicture::read(attributes);
                let figure = picture.figure(&|name| self.written(name, ""));
                self.hold(figure);
            }
            name => {
                if let Some((to, block)) = known(name) {
                    self.element(to, block, attributes);
                }
            }
        }
    }

    fn element(&mut self, to: &'static str, block: bool, attributes: Attributes<'_>) {
        if block {
            self.close_to(&["p"], &["td", "th", "li", "dd", "blockquote", "div", "details"]);
        }
        if to == "a" {
            self.close_to(&["a"], &[]);
        }
        for (opens, closed, within) in CLOSES {
            if opens.contains(&to) {
                self.close_to(closed, within);
            }
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let is_cloze = to == "span" && attributes.get("class").is_some_and(|class| class == CLOZE);
        if to == "span" && !is_cloze {
            return;
        }
        self.out.push('<');
        self.out.push_str(to);
        for name in allowed(to) {
            if let Some(value) = attributes.get(name) {
                self.out.extend([" ", name, "=\"", &htmlize::escape_attribute(&value), "\""]);
            }
        }
        if is_cloze {
            self.out.push_str(" class=\"cloze\"");
        }
        self.out.push('>');
        self.open.push(if is_cloze { CLOZE } else { to });
    }

    fn close(&mut self, name: &str) {
        match known(name) {
            // A span is kept for a deletion alone, and one that is closed may have been another.
            Some(("span", _)) if self.open.last() == Some(&CLOZE) => self.close_to(&[CLOZE], &[]),
            Some(("span", _)) | None => {}
            Some((to, _)) => self.close_to(&[to], &["table"]),
        }
    }

    /// Closes the innermost element of one of these names, with what is open inside it; not when
    /// it holds one of `within` that is still open.
    fn close_to(&mut self, names: &[&str], within: &[&str]) {
        let mut inwards = self.open.iter().rev();
        let Some(above) = inwards.position(|open| names.contains(open) || within.contains(open))
        else {
            return;
        };
        let place = self.open.len() - 1 - above;
        if !names.contains(&self.open[place]) {
            return;
        }
        while self.open.len() > place {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some(name) = self.open.pop() {
            let name = if name == CLOZE { "span" } else { name };
            self.out.extend(["</", name, ">"]);
        }
    }

    fn text(&mut self, text: &str) {
        let words = decode(text);
        for part in words.split_inclusive(marks::ALL) {
            let mut chars = part.chars();
            let mark = chars.next_back().filter(|c| marks::ALL.contains(c));
            let words = if mark.is_some() { chars.as_str() } else { part };
            let words = words.replace([marks::FORMULA, marks::FORMULA_END], "");
            self.out.push_str(&htmlize::escape_text(&words));
            match mark {
                Some(marks::OPEN) if self.open.len() < MAX_DEPTH => {
                    self.out.push_str("<span class=\"cloze\">");
                    self.open.push(CLOZE);
                }
                Some(marks::CLOSE) => self.close_to(&[CLOZE], &[]),
                _ => {}
            }
        }
    }

    fn formula(&mut self, raw: &str, display: bool) {
        let tex = tex_of(raw);
        self.formulas += 1;
        if self.formulas > MAX_FORMULAS {
            self.text(raw);
        } else if !tex.is_empty() {
            let tex = tex.replace([marks::FORMULA, marks::FORMULA_END], "");
            let html = match self.target {
                Target::Window(_) => tex::html(&tex, display),
                Target::Portable(_) => {
                    htmlize::escape_text(portable::formula(&tex, display)).into_owned()
                }
            };
            self.out.push_str(&html);
        }
    }

    fn sound(&mut self, name: &str) {
        if !name.is_empty() {
            self.file(name, "");
        }
    }

    fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close_last();
        }
        portable::put_in(&clean::clean(&self.out), &self.held)
    }

    /// HTML of a picture or sound.
    fn written(&self, name: &str, words: &str) -> String {
        match self.target {
            Target::Window(media) => show_file(media, name, words),
            Target::Portable(files) => portable::file(files, name, words),
        }
    }

    fn file(&mut self, name: &str, words: &str) {
        let html = self.written(name, words);
        match self.target {
            Target::Window(_) => self.out.push_str(&html),
            Target::Portable(_) => self.hold(html),
        }
    }

    fn hold(&mut self, html: String) {
        self.out.push_str(&portable::held(self.held.len()));
        self.held.push(html);
    }
}

/// Attributes that an element keeps; the sanitiser looks at their values.
fn allowed(name: &str) -> &'static [&'static str] {
    match name {
        "a" => &["href"],
        "ol" => &["start"],
        "td" | "th" => &["colspan", "rowspan"],
        _ => &[],
    }
}
