//! The text of a GIFT file as entries: comments taken out, escapes held back, braces found.

/// Stand for characters that a backslash frees from their meaning while the text is taken apart.
const ESCAPES: [(char, char, char); 8] = [
    (':', '\u{e100}', ':'),
    ('#', '\u{e101}', '#'),
    ('=', '\u{e102}', '='),
    ('{', '\u{e103}', '{'),
    ('}', '\u{e104}', '}'),
    ('~', '\u{e105}', '~'),
    ('n', '\u{e106}', '\n'),
    ('\\', '\u{e107}', '\\'),
];

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextFormat {
    /// HTML whose line ends count.
    Moodle,
    Html,
    Markdown,
    Plain,
}

/// One entry of a file. Texts are still escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// From 1.
    pub(super) line: u32,
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) format: TextFormat,
    pub(super) before: String,
    /// What stands between the braces; none without braces.
    pub(super) answers: Option<String>,
    pub(super) after: String,
}

/// What a file holds, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Category(Vec<String>),
    Entry(Entry),
    /// Braces that do not close.
    Open {
        line: u32,
        text: String,
    },
}

/// Takes a file apart.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = Open::default();
    for (line, number) in text.split('\n').zip(1u32..) {
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix("//") {
            marks(comment, &mut open.id, &mut open.tags);
            continue;
        }
        let names = trimmed.strip_prefix("$CATEGORY:");
        let begins = names.is_some() || (trimmed.starts_with("::") && !open.text.is_empty());
        if begins || (trimmed.is_empty() && !open.in_braces) {
            parts.extend(open.close());
        }
        if let Some(names) = names {
            parts.push(Part::Category(category(names)));
        } else if !trimmed.is_empty() || !open.text.is_empty() {
            open.push(line, number);
        }
    }
    parts.extend(open.close());
    parts
}

/// An entry that is being read.
#[derive(Default)]
struct Open {
    line: u32,
    text: String,
    in_braces: bool,
    id: Option<String>,
    tags: Vec<String>,
}

impl Open {
    fn push(&mut self, line: &str, number: u32) {
        if self.text.is_empty() {
            self.line = number;
        }
        let line = escaped(line);
        for c in line.chars() {
            match c {
                '{' => self.in_braces = true,
                '}' => self.in_braces = false,
                _ => {}
            }
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn close(&mut self) -> Option<Part> {
        if self.text.trim().is_empty() {
            return None;
        }
        let Self { line, text, id, tags, .. } = std::mem::take(self);
        Some(entry(line, &text, id, tags))
    }
}

/// The marks in a comment: `[id:x]` and `[tag:y]`, as Moodle writes them.
fn marks(comment: &str, id: &mut Option<String>, tags: &mut Vec<String>) {
    for mark in comment.split('[').skip(1).filter_map(|rest| rest.split_once(']')) {
        if let Some(value) = mark.0.strip_prefix("id:") {
            *id = Some(value.trim().to_owned()).filter(|id| !id.is_empty());
        } else if let Some(tag) = mark.0.strip_prefix("tag:") {
            let tag = tag.trim().to_lowercase();
            if !tag.is_empty() && !tags.contains(&tag) && tags.len() < 100 {
                tags.push(tag);
            }
        }
    }
}

/// The names of a category, outermost first, without those that Moodle puts above all others. A
/// slash in a name is written twice.
fn category(path: &str) -> Vec<String> {
    let held = path.replace("//", "\u{e108}");
    let names = held.split('/').map(|name| name.replace('\u{e108}', "/").trim().to_owned());
    let names = names.filter(|name| {
        !(name.is_empty() || name == "top" || (name.starts_with('$') && name.ends_with('$')))
    });
    names.take(10).collect()
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let held = chars.peek().filter(|_| c == '\\').and_then(|next| {
            ESCAPES.iter().find(|(sign, ..)| sign == next).map(|(_, held, _)| *held)
        });
        match held {
            Some(held) => {
                chars.next();
                out.push(held);
            }
            None if ('\u{e100}'..='\u{e108}').contains(&c) => {}
            None => out.push(c),
        }
    }
    out
}

/// A text with what its escapes stand for.
pub(super) fn unescaped(text: &str) -> String {
    let meant = |c: char| ESCAPES.iter().find(|(_, held, _)| *held == c).map_or(c, |e| e.2);
    text.chars().map(meant).collect()
}

fn entry(line: u32, text: &str, id: Option<String>, tags: Vec<String>) -> Part {
    let mut rest = text.trim();
    let mut name = None;
    if let Some((first, behind)) = rest.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
        name = Some(unescaped(first).trim().to_owned()).filter(|name| !name.is_empty());
        rest = behind.trim_start();
    }
    let (format, rest) = format(rest);
    let format = format.unwrap_or(TextFormat::Moodle);
    let (before, answers, after) = match rest.split_once('{') {
        None => (rest, None, ""),
        Some((before, behind)) => match behind.split_once('}') {
            Some((answers, after)) => (before, Some(answers), after),
            None => return Part::Open { line, text: unescaped(rest) },
        },
    };
    Part::Entry(Entry {
        line,
        name,
        id,
        tags,
        format,
        before: before.trim().to_owned(),
        answers: answers.map(|answers| answers.trim().to_owned()),
        after: after.trim().to_owned(),
    })
}

/// The format that a text begins with, and what stands behind it.
pub(super) fn format(text: &str) -> (Option<TextFormat>, &str) {
    let known = [
        ("[html]", TextFormat::Html),
        ("[moodle]", TextFormat::Moodle),
        ("[plain]", TextFormat::Plain),
        ("[markdown]", TextFormat::Markdown),
    ];
    let trimmed = text.trim_start();
    known
        .iter()
        .find_map(|(mark, format)| Some((Some(*format), trimmed.strip_prefix(mark)?)))
        .unwrap_or((None, text))
}
