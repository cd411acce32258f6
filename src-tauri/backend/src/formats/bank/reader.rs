//! Walks over the lines of one block and sorts them into stem, options, answer, explanation.

use super::key::{self, Key};
use super::labels::{Label, label};
use super::lines::{self, Marker, Opening};
use super::sheet::{Block, Sheet};

/// An option as it is written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) key: bool,
    pub(super) bold: bool,
    pub(super) lines: Vec<String>,
    inside: usize,
}

impl Written {
    pub(super) fn new(text: String, bold: bool, inside: usize) -> Self {
        Self { key: false, bold, lines: vec![text], inside }
    }

    /// Adds a line that goes on with it.
    pub(super) fn push(&mut self, line: &str) {
        self.lines.push(dedent(line, self.inside));
    }
}

/// What a block says.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) stem: Vec<String>,
    pub(super) options: Vec<Written>,
    pub(super) marker: Option<Marker>,
    pub(super) answer: Option<Key>,
    pub(super) explanation: Vec<String>,
    pub(super) references: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Stem,
    Options,
    Answer,
    Explanation,
    References,
}

struct Reader<'a> {
    sheet: &'a Sheet,
    block: &'a Block,
    said: Said,
    part: Part,
    /// An answer was announced and follows.
    expects: bool,
    /// Between `<summary>` and its end.
    in_summary: bool,
    /// Text behind an option that may still belong to it.
    trail: Vec<String>,
    /// Columns before the first option.
    indent: usize,
}

/// Sorts the lines of a block.
pub(super) fn read(sheet: &Sheet, block: &Block) -> Said {
    let mut reader = Reader {
        sheet,
        block,
        said: Said::default(),
        part: Part::Stem,
        expects: false,
        in_summary: false,
        trail: Vec::new(),
        indent: 0,
    };
    if !block.title.is_empty() {
        reader.said.stem.push(block.title.clone());
        if block.level.is_some() {
            reader.said.stem.push(String::new());
        }
    }
    for at in block.start + usize::from(block.titled)..block.end {
        reader.line(at);
    }
    reader.finish()
}

impl Reader<'_> {
    fn line(&mut self, at: usize) {
        let raw = &self.sheet.lines[at];
        if self.sheet.code[at] {
            self.text(at, raw);
            return;
        }
        let was_summary = self.in_summary;
        let stripped = without_details(raw, &mut self.in_summary);
        let (line, summary) = match &stripped {
            Some((line, summary)) => (line.as_str(), summary.as_str()),
            None => (raw.as_str(), ""),
        };
        if was_summary || !summary.is_empty() {
            self.summary(if was_summary && summary.is_empty() { line } else { summary });
            if was_summary {
                return;
            }
        }
        let ends = stripped.is_some() && raw.to_ascii_lowercase().contains("</details");
        if !line.trim().is_empty() && !lines::is_noise(line) {
            self.content(at, line);
        } else if stripped.is_none() && line.trim().is_empty() {
            self.blank();
        }
        // What was hidden before the options was a hint.
        if ends && self.said.options.is_empty() && self.said.answer.is_none() {
            self.part = Part::Stem;
            self.expects = false;
        }
    }

    /// The words on a closed `<details>` may give the answer themselves.
    fn summary(&mut self, words: &str) {
        if let Some((Label::Answer, rest)) = label(words) {
            self.part = Part::Answer;
            if rest.is_empty() || rest.starts_with('<') {
                self.expects = self.said.answer.is_none();
            } else {
                self.answer(&rest);
            }
        }
    }

    fn blank(&mut self) {
        match self.part {
            Part::Options if !self.trail.is_empty() => self.trail.push(String::new()),
            Part::Options => {
                if let Some(option) = self.said.options.last_mut() {
                    option.lines.push(String::new());
                }
            }
            Part::Stem => self.said.stem.push(String::new()),
            Part::Answer | Part::Explanation => self.said.explanation.push(String::new()),
            Part::References => {}
        }
    }

    fn content(&mut self, at: usize, line: &str) {
        let headed = lines::heading(line);
        let text = headed.map_or(line, |(_, text)| text);
        let boxed = lines::opening(line).filter(|opening| opening.marker == Marker::Box);
        if boxed.is_none()
            && let Some((kind, rest)) = label(text)
            && self.labelled(kind, &rest)
        {
            return;
        }
        if self.expects && self.expected(text) {
            return;
        }
        if let Some(opening) = lines::opening(line)
            && self.begins_option(at, &opening)
        {
            self.option(line, &opening);
            return;
        }
        let hidden = self.sheet.hidden[at];
        if hidden
            && self.said.answer.is_none()
            && matches!(self.part, Part::Stem | Part::Options | Part::Answer)
            && !self.said.options.is_empty()
        {
            if let Key::Places(places, behind) = key::key(text) {
                self.said.answer = Some(Key::Places(places, behind));
                self.part = Part::Answer;
                return;
            }
            self.part = Part::Explanation;
        }
        self.text(at, if headed.is_some() && self.part == Part::Stem { text } else { line });
    }

    /// Takes a label; false when it announces nothing here.
    fn labelled(&mut self, kind: Label, rest: &str) -> bool {
        // `Reasons:` in a stem that goes on with its options is a part of the stem.
        if self.said.options.is_empty() && matches!(kind, Label::Explanation | Label::Reference) {
            return false;
        }
        match kind {
            Label::Options => {
                if !self.said.options.is_empty() || !rest.is_empty() {
                    return false;
                }
            }
            Label::Answer => {
                if self.part == Part::Explanation && rest.is_empty() {
                    return false;
                }
                self.part = Part::Answer;
                if rest.is_empty() {
                    self.expects = self.said.answer.is_none();
                } else if self.said.answer.is_none() {
                    self.answer(rest);
                } else {
                    self.said.explanation.push(rest.to_owned());
                }
            }
            Label::Explanation => {
                self.part = Part::Explanation;
                self.expects = false;
                self.said.explanation.push(rest.to_owned());
            }
            Label::Reference => {
                self.part = Part::References;
                self.said.references.push(rest.to_owned());
            }
        }
        true
    }

    fn answer(&mut self, text: &str) {
        self.said.answer = Some(key::key(text));
        self.expects = false;
    }

    /// The line behind an answer that was announced.
    fn expected(&mut self, text: &str) -> bool {
        let bare = lines::opening(text)
            .filter(|opening| matches!(opening.marker, Marker::Bullet | Marker::Box))
            .map_or(text, |opening| opening.text);
        if self.said.options.is_empty() && lines::opening(text).is_some() {
            return false;
        }
        self.answer(bare);
        true
    }

    /// Whether a line begins an option of this block.
    fn begins_option(&self, at: usize, opening: &Opening<'_>) -> bool {
        if !matches!(self.part, Part::Stem | Part::Options) || self.sheet.hidden[at] {
            return false;
        }
        let count = self.said.options.len();
        match (self.said.marker, opening.marker) {
            (None, Marker::Box) => true,
            (Some(Marker::Box), Marker::Box) => opening.indent < self.indent + 4,
            // The first option has a second one behind it.
            (None, Marker::Letter(0)) => self.next_letter(at + 1),
            (Some(Marker::Letter(_)), Marker::Letter(letter)) => usize::from(letter) == count,
            _ => false,
        }
    }

    fn next_letter(&self, from: usize) -> bool {
        (from..self.block.end).filter(|at| !self.sheet.code[*at]).any(|at| {
            let opening = lines::opening(&self.sheet.lines[at]);
            opening.is_some_and(|opening| opening.marker == Marker::Letter(1))
        })
    }

    fn option(&mut self, line: &str, opening: &Opening<'_>) {
        if self.said.options.is_empty() {
            self.indent = opening.indent;
        }
        // What stood between belongs to the option before.
        let trail = std::mem::take(&mut self.trail);
        if let Some(last) = self.said.options.last_mut() {
            last.lines.extend(trail);
        }
        self.part = Part::Options;
        self.said.marker = Some(opening.marker);
        self.said.options.push(Written {
            key: opening.key,
            bold: lines::is_bold(line),
            lines: vec![opening.text.to_owned()],
            inside: opening.inside,
        });
    }

    /// A line that begins nothing.
    fn text(&mut self, at: usize, line: &str) {
        match self.part {
            Part::Stem => {
                let inside = if self.block.titled { self.block.inside } else { 0 };
                self.said.stem.push(dedent(line, inside));
            }
            Part::Options => self.behind_option(at, line),
            Part::Answer | Part::Explanation => self.said.explanation.push(line.to_owned()),
            Part::References => self.said.references.push(line.to_owned()),
        }
    }

    fn behind_option(&mut self, at: usize, line: &str) {
        let Some(option) = self.said.options.last_mut() else { return };
        let after_blank = self.sheet.lines[at - 1].trim().is_empty();
        let deeper = lines::indented(line).0 > self.indent;
        let empty = option.lines.iter().all(|line| line.trim().is_empty());
        let open = !after_blank && self.trail.is_empty();
        let in_code = self.sheet.code[at] && self.sheet.code[at - 1] && self.trail.is_empty();
        if (deeper || open || empty || in_code) && self.trail.is_empty() {
            option.push(line);
        } else {
            self.trail.push(line.to_owned());
        }
    }

    fn finish(mut self) -> Said {
        let trail = std::mem::take(&mut self.trail);
        if !trail.is_empty() {
            self.said.explanation.splice(0..0, trail);
        }
        self.said
    }
}

/// A line without up to `by` columns of blanks.
pub(super) fn dedent(line: &str, by: usize) -> String {
    crate::formats::markdown::dedent(line, by).into_owned()
}

/// A line without the tags of `<details>`, and the words of its summary; none when it has none of
/// them.
fn without_details(line: &str, in_summary: &mut bool) -> Option<(String, String)> {
    let lower = line.to_ascii_lowercase();
    if !*in_summary
        && !lower.contains("<details")
        && !lower.contains("</details")
        && !lower.contains("<summary")
    {
        return None;
    }
    let (mut kept, mut summary) = (String::new(), String::new());
    let mut at = 0;
    while at < line.len() {
        let rest = &lower[at..];
        let tag = ["<details", "</details", "<summary", "</summary"]
            .into_iter()
            .find(|tag| rest.starts_with(tag));
        if let Some(tag) = tag {
            match tag {
                "<summary" => *in_summary = true,
                "</summary" => *in_summary = false,
                _ => {}
            }
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
        } else {
            let end = rest[1..].find('<').map_or(rest.len(), |end| end + 1);
            let end = (1..=end).rev().find(|end| line.is_char_boundary(at + end)).unwrap_or(end);
            if *in_summary { &mut summary } else { &mut kept }.push_str(&line[at..at + end]);
            at += end;
        }
    }
    Some((kept, summary))
}
