//! Anki's templates: text with `{{Field}}`, filters, and sections that depend on fields.
//!
//! Read as Anki's manual tells, and as forgivingly as Anki does: what does not close is closed at
//! the end, what closes nothing is left out. Source: <https://docs.ankiweb.net/templates/>.

/// Deepest nesting of sections; deeper ones are flat.
const MAX_DEPTH: usize = 32;
/// Most parts of a template; what follows is left out.
const MAX_NODES: usize = 10_000;
/// Most names of a template that are told as unknown.
const MAX_UNKNOWN: usize = 100;
/// What says at the beginning that `<%` and `%>` take the place of the braces.
const OTHER_BRACES: &str = "{{=<% %>=}}";

/// What a tag names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// A field, by its place.
    Field(usize),
    /// What the front showed.
    FrontSide,
    /// The note's tags.
    Tags,
    /// Name of the note type.
    Type,
    /// Full name of the deck.
    Deck,
    /// Last part of the deck's name.
    Subdeck,
    /// Name of the template.
    Card,
    /// `flag` and the number of the card's flag.
    CardFlag,
    /// Whether this cloze is asked for: `c1`.
    Cloze(u32),
    /// Nothing that the note type has.
    Unknown,
}

impl Name {
    fn of(text: &str, fields: &[String]) -> Self {
        if let Some(place) = fields.iter().position(|field| field == text) {
            return Self::Field(place);
        }
        match text {
            "FrontSide" => Self::FrontSide,
            "Tags" => Self::Tags,
            "Type" => Self::Type,
            "Deck" => Self::Deck,
            "Subdeck" => Self::Subdeck,
            "Card" => Self::Card,
            "CardFlag" => Self::CardFlag,
            other => {
                let number = other.strip_prefix('c').and_then(|digits| digits.parse().ok());
                number.map_or(Self::Unknown, Self::Cloze)
            }
        }
    }
}

/// What is done with a field before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    /// Tags are left out.
    Text,
    /// It is typed.
    Type,
    /// Its deletions of the card's number are asked for.
    Cloze,
    /// Nothing but these deletions.
    ClozeOnly,
    /// It is shown when asked for.
    Hint,
    /// `漢字[かんじ]` with its reading above.
    Furigana,
    /// The reading alone.
    Kana,
    /// The characters alone.
    Kanji,
    /// Read aloud, and not shown.
    Speech,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// As it stands.
    Text(String),
    /// A field or a fact, through its filters, the one next to the name first.
    Value { name: Name, filters: Vec<Filter>, label: String },
    /// Shown when the name has a value, or, negated, when it has none.
    Section { name: Name, negated: bool, nodes: Vec<Node> },
}

/// One side of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) nodes: Vec<Node>,
    /// Names that the note type does not have.
    pub(super) unknown: Vec<String>,
}

impl Template {
    /// Reads a template of a note type with these fields.
    pub(super) fn parse(text: &str, fields: &[String]) -> Self {
        let (open, close, text) = match text.trim_start().strip_prefix(OTHER_BRACES) {
            Some(rest) => ("<%", "%>", rest),
            None => ("{{", "}}", text),
        };
        let mut parser = Parser {
            rest: text,
            open,
            close,
            fields,
            levels: vec![Level::default()],
            left: MAX_NODES,
            unknown: Vec::new(),
        };
        while parser.step() {}
        parser.finish()
    }
}

/// A section that is open; the outermost has no name.
#[derive(Debug, Default)]
struct Level {
    key: String,
    negated: bool,
    nodes: Vec<Node>,
}

struct Parser<'a> {
    rest: &'a str,
    open: &'static str,
    close: &'static str,
    fields: &'a [String],
    levels: Vec<Level>,
    left: usize,
    unknown: Vec<String>,
}

impl<'a> Parser<'a> {
    /// Reads the next piece; says whether there was one.
    fn step(&mut self) -> bool {
        let rest = self.rest;
        let mut marks = rest.match_indices(['{', '<']).map(|(at, _)| at);
        let begins = |at: &usize| [self.open, "<!--"].iter().any(|m| rest[*at..].starts_with(m));
        let Some(at) = marks.find(begins) else {
            self.text(rest);
            return false;
        };
        self.text(&rest[..at]);
        let from = &rest[at..];
        if from.starts_with("<!--") {
            let end = from.find("-->").map_or(from.len(), |end| end + 3);
            self.rest = &from[end..];
            return true;
        }
        let inside = &from[self.open.len()..];
        let Some(end) = inside.find(self.close) else {
            self.text(from);
            return false;
        };
        self.rest = &inside[end + self.close.len()..];
        self.tag(inside[..end].trim_start_matches('{').trim());
        self.left > 0
    }

    fn push(&mut self, node: Node) {
        if let (Some(left), Some(level)) = (self.left.checked_sub(1), self.levels.last_mut()) {
            self.left = left;
            level.nodes.push(node);
        }
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.push(Node::Text(text.to_owned()));
        }
    }

    fn tag(&mut self, tag: &'a str) {
        let rest = |sigil: char| tag.strip_prefix(sigil).map(str::trim);
        if let Some(key) = rest('#') {
            self.begin(key, false);
        } else if let Some(key) = rest('^') {
            self.begin(key, true);
        } else if let Some(key) = rest('/') {
            if self.levels[1..].iter().any(|level| level.key == key) {
                while self.levels.len() > 1 && self.end() != key {}
            }
        } else if !tag.starts_with(['!', '=']) {
            self.value(tag);
        }
    }

    fn begin(&mut self, key: &str, negated: bool) {
        // One that is too deep has no say, so that nothing of it is lost.
        if self.levels.len() <= MAX_DEPTH {
            self.levels.push(Level { key: key.to_owned(), negated, nodes: Vec::new() });
        }
    }

    /// Closes the innermost section; gives its key.
    fn end(&mut self) -> String {
        let Some(Level { key, negated, nodes }) = self.levels.pop() else { return String::new() };
        let name = self.name(&key);
        self.push(Node::Section { name, negated, nodes });
        key
    }

    fn name(&mut self, text: &str) -> Name {
        let name = Name::of(text, self.fields);
        let more = name == Name::Unknown && self.unknown.len() < MAX_UNKNOWN;
        if more && !self.unknown.iter().any(|known| known == text) {
            self.unknown.push(text.to_owned());
        }
        name
    }

    fn value(&mut self, tag: &str) {
        let mut parts = tag.split(':').rev().map(str::trim);
        let key = parts.next().unwrap_or_default();
        let filters: Vec<Filter> = parts.filter_map(filter).collect();
        if filters.contains(&Filter::Speech) || tag.starts_with("tts") {
            return;
        }
        let name = self.name(key);
        self.push(Node::Value { name, filters, label: key.to_owned() });
    }

    fn finish(mut self) -> Template {
        while self.levels.len() > 1 {
            self.end();
        }
        let nodes = self.levels.pop().map(|level| level.nodes).unwrap_or_default();
        Template { nodes, unknown: self.unknown }
    }
}

/// The filter of this name; none for one of an add-on, which passes the field as it is.
fn filter(name: &str) -> Option<Filter> {
    Some(match name {
        "text" => Filter::Text,
        "type" => Filter::Type,
        "cloze" => Filter::Cloze,
        "cloze-only" => Filter::ClozeOnly,
        "hint" => Filter::Hint,
        "furigana" => Filter::Furigana,
        "kana" => Filter::Kana,
        "kanji" => Filter::Kanji,
        other if other.starts_with("tts") => Filter::Speech,
        _ => return None,
    })
}
