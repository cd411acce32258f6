//! HTML as a row of texts and tags, read once from front to back.
//!
//! It need not agree with a browser in every corner: what is made of it is written anew and
//! cleaned afterwards.

/// Elements whose content is no text to read.
const HIDDEN: [&str; 9] =
    ["script", "style", "template", "iframe", "noembed", "noframes", "title", "object", "head"];

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words, with their entities.
    Text(&'a str),
    /// A tag that opens, with its attributes as written.
    Open(&'a str, Attributes<'a>),
    /// A tag that closes.
    Close(&'a str),
    /// TeX, with tags and entities in it, and whether it is set on a line of its own.
    Formula(&'a str, bool),
    /// A sound, by the name of its file; empty for what only plays again.
    Sound(&'a str),
}

/// The attributes of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of an attribute, its entities decoded.
    pub(super) fn get(self, name: &str) -> Option<String> {
        let (_, value) = self.pairs().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(decode(value))
    }

    fn pairs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'));
            let end = end.unwrap_or(rest.len()).max(usize::from(rest.starts_with('=')));
            if rest.is_empty() {
                return None;
            }
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
                rest = after;
                return Some((name, ""));
            };
            let value = value.trim_ascii_start();
            let (value, after) = if let Some(quote @ ('"' | '\'')) = value.chars().next() {
                value[1..].split_once(quote).unwrap_or((&value[1..], ""))
            } else {
                let end = value.find(|c: char| c.is_ascii_whitespace());
                value.split_at(end.unwrap_or(value.len()))
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// Words with their entities decoded.
pub(super) fn decode(text: &str) -> String {
    if text.contains('&') { htmlize::unescape(text).into_owned() } else { text.to_owned() }
}

/// How a formula begins and ends, and whether it is set on a line of its own.
const FORMULAS: [(&str, &str, bool); 5] = [
    ("\\(", "\\)", false),
    ("\\[", "\\]", true),
    ("[$$]", "[/$$]", true),
    ("[$]", "[/$]", false),
    ("[latex]", "[/latex]", true),
];
/// Longest formula, with what is written around it, in bytes.
const MAX_FORMULA: usize = 16 * 1024;
/// Longest name of a sound, in bytes.
const MAX_SOUND: usize = 512;

/// The pieces of an HTML text. Comments, and what scripts and styles hold, are left out.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the next end of each kind of formula is, once it was looked for; so that a text of
    /// beginnings alone is searched once.
    ends: [Option<usize>; FORMULAS.len()],
    /// Whether no more `<anki-mathjax>` ends, for the same reason.
    endless: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { text: html, at: 0, ends: [None; FORMULAS.len()], endless: false }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on behind the end of the text given, which is a part of the whole.
    fn behind(&mut self, rest: &str) {
        self.at = self.text.len() - rest.len();
    }

    /// Reads on at a `<` that begins a tag or comment; nothing when it ends nowhere.
    fn tag(&mut self) -> Option<Token<'a>> {
        let inside = &self.rest()[1..];
        if let Some(comment) = inside.strip_prefix("!--") {
            self.behind(comment.find("-->").map_or("", |end| &comment[end + 3..]));
            return None;
        }
        let Some(end) = end_of_tag(inside) else {
            self.at = self.text.len();
            return None;
        };
        let tag = &inside[..end];
        self.behind(&inside[end + 1..]);
        if tag.starts_with(['!', '?']) {
            return None;
        }
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let length = tag.find(|c: char| c.is_ascii_whitespace() || c == '/');
        let (name, attributes) = tag.split_at(length.unwrap_or(tag.len()));
        if closes {
            return Some(Token::Close(name));
        }
        if HIDDEN.iter().any(|hidden| name.eq_ignore_ascii_case(hidden)) {
            self.behind(behind_close(self.rest(), name));
            return None;
        }
        let attributes = Attributes(attributes);
        if name.eq_ignore_ascii_case("anki-mathjax") {
            let display = attributes.get("block").is_some_and(|block| block == "true");
            let rest = if self.endless { "" } else { self.rest() };
            let parts = rest.split_once("</anki-mathjax>");
            self.endless = parts.is_none();
            let (tex, behind) = parts?;
            self.behind(behind);
            return Some(Token::Formula(tex, display));
        }
        Some(Token::Open(name, attributes))
    }

    /// What begins at a backslash or bracket, when it is more than words.
    fn special(&mut self, at: usize) -> Option<(Token<'a>, usize)> {
        let rest = &self.text[at..];
        let kind = FORMULAS.iter().position(|(open, ..)| rest.starts_with(open));
        if let Some(kind) = kind {
            let (open, close, display) = FORMULAS[kind];
            let from = at + open.len();
            let end = match self.ends[kind] {
                Some(end) if end >= from => end,
                _ => self.text[from..].find(close).map_or(usize::MAX, |end| from + end),
            };
            self.ends[kind] = Some(end);
            let sound = end != usize::MAX && end - from <= MAX_FORMULA;
            return sound
                .then(|| (Token::Formula(&self.text[from..end], display), end + close.len()));
        }
        let name = rest.strip_prefix("[sound:").or_else(|| rest.strip_prefix("[anki:"))?;
        let length = name.bytes().take(MAX_SOUND).position(|byte| byte == b']')?;
        let behind = self.text.len() - name.len() + length + 1;
        let sound = rest.starts_with("[sound:");
        Some((Token::Sound(if sound { &name[..length] } else { "" }), behind))
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.at < self.text.len() {
            if begins_tag(self.rest()) {
                if let Some(token) = self.tag() {
                    return Some(token);
                }
                continue;
            }
            let start = self.at;
            let mut from = start;
            let end = loop {
                let Some(mark) = self.text[from..].find(['<', '\\', '[']) else {
                    break self.text.len();
                };
                let at = from + mark;
                if begins_tag(&self.text[at..]) {
                    break at;
                }
                if let Some((token, behind)) = self.special(at) {
                    if at > start {
                        break at;
                    }
                    self.at = behind;
                    return Some(token);
                }
                from = at + 1;
            };
            self.at = end;
            return Some(Token::Text(&self.text[start..end]));
        }
        None
    }
}

/// The TeX of a formula in HTML: without tags, its entities decoded.
pub(super) fn tex_of(raw: &str) -> String {
    let mut tex = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) =
        rest.match_indices('<').map(|(at, _)| at).find(|at| begins_tag(&rest[*at..]))
    {
        tex.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let Some(end) = end_of_tag(inside) else {
            rest = "";
            break;
        };
        tex.push(' ');
        rest = &inside[end + 1..];
    }
    tex.push_str(rest);
    let tex = decode(&tex).replace('\u{a0}', " ");
    let tex = tex.trim();
    for (open, close, _) in [("$$", "$$", true), ("$", "$", false)].iter().chain(&FORMULAS[..2]) {
        let inside = tex.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| !inside.contains('$')) {
            return inside.trim().to_owned();
        }
    }
    tex.to_owned()
}

fn begins_tag(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'<')
        && match bytes.next() {
            Some(b'!' | b'?') => true,
            Some(b'/') => bytes.next().is_some_and(|b| b.is_ascii_alphabetic()),
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
}

/// Where a tag ends: at a `>` outside of quotes.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut value = false;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) => {
                if byte == open {
                    quote = None;
                    value = false;
                }
            }
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if value => quote = Some(byte),
            (None, b'=') => value = true,
            (None, byte) => value = value && byte.is_ascii_whitespace(),
        }
    }
    None
}

/// What stands behind the tag that closes `name`.
fn behind_close<'a>(text: &'a str, name: &str) -> &'a str {
    let closes = |at: &usize| {
        let tag = text.get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let Some(at) = text.match_indices("</").map(|(at, _)| at).find(closes) else { return "" };
    text[at..].split_once('>').map_or("", |(_, behind)| behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> String {
        let mut seen = String::new();
        for token in Scanner::new(html) {
            match token {
                Token::Text(text) => seen.push_str(text),
                Token::Open(name, attributes) => {
                    let pairs: Vec<_> =
                        attributes.pairs().map(|(name, value)| format!("{name}={value}")).collect();
                    seen.extend(["[", name, " ", &pairs.join(" "), "]"]);
                }
                Token::Close(name) => seen.extend(["[/", name, "]"]),
                Token::Formula(tex, display) => {
                    seen.extend(["[tex ", &display.to_string(), " ", &tex_of(tex), "]"]);
                }
                Token::Sound(name) => seen.extend(["[plays ", name, "]"]),
            }
        }
        seen
    }

    #[test]
    fn tags_and_words_come_apart() {
        for (html, wanted) in [
            ("a<b>c</b>d", "a[b ]c[/b]d"),
            ("1 < 2 <3> a<", "1 < 2 <3> a<"),
            ("<img src='a>b.png' alt=\"x\" hidden/>", "[img src=a>b.png alt=x hidden=]"),
            ("<a href=http://x.y/z>w</a >", "[a href=http://x.y/z]w[/a]"),
            ("x<!-- <b> -->y<!DOCTYPE z><?php w ?>", "xy"),
            ("<script>if (a<b) {}</SCRIPT>ok<style>x", "ok"),
            ("cut <b off", "cut "),
            (r"a \(x&lt;<b>y</b>\) b \[z\] \(w", r"a [tex false x< y] b [tex true z] \(w"),
            ("[$]x[/$][$$]y[/$$][latex]$z$[/latex][$]", "[tex false x][tex true y][tex true z][$]"),
            ("<anki-mathjax block=\"true\">x</anki-mathjax>.", "[tex true x]."),
            ("a [sound:b c.mp3] [anki:play:q:0] [sound:", "a [plays b c.mp3] [plays ] [sound:"),
        ] {
            assert_eq!(seen(html), wanted, "{html}");
        }
    }

    #[test]
    fn the_value_of_an_attribute_is_decoded() {
        let Some(Token::Open(_, attributes)) = Scanner::new("<img SRC='a &amp; b.png'>").next()
        else {
            panic!("a tag");
        };
        assert_eq!(attributes.get("src").as_deref(), Some("a & b.png"));
        assert_eq!(attributes.get("alt"), None);
    }
}
