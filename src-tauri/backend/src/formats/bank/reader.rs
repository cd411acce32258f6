//! Walks over the lines of one block and sorts them into stem, options, answer, explanation.

use super::details::without_details;
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
    /// A list of keys of all questions began.
    ended: bool,
    /// The last line of the block that a second option could begin.
    last_second: Option<usize>,
}

/// Sorts the lines of a block.
pub(super) fn read(sheet: &Sheet, block: &Block) -> Said {
    let is_second = |at: &usize| {
        let opening = lines::opening(&sheet.lines[*at]).filter(|_| !sheet.code[*at]);
        opening.is_some_and(|opening| opening.marker == Marker::Letter(1))
    };
    let mut reader = Reader {
        sheet,
        block,
        said: Said::default(),
        part: Part::Stem,
        expects: false,
        in_summary: false,
        trail: Vec::new(),
        indent: 0,
        ended: false,
        last_second: (block.start..block.end).rev().find(is_second),
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
        if self.ended {
            return;
        }
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
            Part::Options if !self.trail.is_empty() => push_blank(&mut self.trail),
            Part::Options => {
                if let Some(option) = self.said.options.last_mut() {
                    push_blank(&mut option.lines);
                }
            }
            Part::Stem => push_blank(&mut self.said.stem),
            Part::Answer | Part::Explanation => push_blank(&mut self.said.explanation),
            Part::References => {}
        }
    }

    fn content(&mut self, at: usize, line: &str) {
        let headed = lines::heading(line);
        let text = headed.map_or(line, |(_, text)| text);
        let boxed = lines::opening(line).filter(|opening| opening.marker == Marker::Box);
        if boxed.is_none()
            && let Some((kind, rest)) =
                label(text).filter(|(kind, rest)| !self.explains(line, *kind, rest))
            && self.labelled(at, kind, &rest)
        {
            return;
        }
        if (self.expects && self.expected(text)) || self.adds_key(text) {
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

    /// Whether a label only begins an entry below an option: why that one is right or wrong.
    fn explains(&self, line: &str, kind: Label, rest: &str) -> bool {
        let below = lines::opening(line)
            .is_some_and(|entry| entry.marker == Marker::Bullet && entry.indent > self.indent);
        let names = kind == Label::Answer && key::letters(rest).is_some();
        self.part == Part::Options && below && !names
    }

    /// Takes a label; false when it announces nothing here.
    fn labelled(&mut self, at: usize, kind: Label, rest: &str) -> bool {
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
                if rest.is_empty() && self.sheet.lists_keys(at + 1) {
                    self.ended = true;
                    return true;
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

    /// Adds a letter that stands alone on the line behind an answer to it.
    fn adds_key(&mut self, text: &str) -> bool {
        let Some(Key::Places(places, behind)) = &mut self.said.answer else { return false };
        let listed = lines::opening(text).filter(|opening| opening.marker == Marker::Bullet);
        let alone = listed.and_then(|opening| key::letters(opening.text));
        let Some((more, _)) = alone.filter(|(_, words)| {
            self.part == Part::Answer
                && behind.is_empty()
                && words.is_empty()
                && self.said.explanation.iter().all(|line| line.trim().is_empty())
        }) else {
            return false;
        };
        places.extend(more);
        true
    }

    /// Whether a line begins an option of this block.
    fn begins_option(&self, at: usize, opening: &Opening<'_>) -> bool {
        // A box beside the others is one of them, whatever stands between.
        let beside = self.said.marker == Some(Marker::Box) && opening.indent == self.indent;
        let beside = beside && opening.marker == Marker::Box;
        let open = matches!(self.part, Part::Stem | Part::Options) || beside;
        if !open || self.sheet.hidden[at] {
            return false;
        }
        let count = self.said.options.len();
        match (self.said.marker, opening.marker) {
            (None, Marker::Box) => true,
            (Some(Marker::Box), Marker::Box) => opening.indent < self.indent + 4,
            // The first option has a second one behind it.
            (None, Marker::Letter(0)) => self.last_second.is_some_and(|last| last > at),
            (Some(Marker::Letter(_)), Marker::Letter(letter)) => usize::from(letter) == count,
            _ => false,
        }
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

    /// Where the other options go on behind a blank line with code or a picture, the last one does
    /// too.
    fn settle(&mut self) {
        let begins = |line: &String| lines::fence(line).is_some() || line.trim().starts_with("![");
        let Some((_, others)) = self.said.options.split_last() else { return };
        let alike = !others.is_empty() && others.iter().all(|o| o.lines.iter().skip(1).any(begins));
        let filled = self.trail.iter().position(|line| !line.trim().is_empty());
        let Some(first) = filled.filter(|first| alike && begins(&self.trail[*first])) else {
            return;
        };
        let fenced = lines::fence(&self.trail[first]).is_some();
        let close = self.trail.iter().skip(first + 1).position(|line| lines::fence(line).is_some());
        let end = if fenced { close.map_or(first, |at| first + 1 + at) } else { first };
        let own: Vec<String> = self.trail.drain(..=end).collect();
        if let Some(last) = self.said.options.last_mut() {
            last.lines.push(String::new());
            last.lines.extend(own);
        }
    }

    fn finish(mut self) -> Said {
        self.settle();
        let trail = std::mem::take(&mut self.trail);
        if !trail.is_empty() {
            self.said.explanation.splice(0..0, trail);
        }
        self.said
    }
}

/// Adds a blank line, unless there is one: lines are looked back at, and one says as much as many.
fn push_blank(lines: &mut Vec<String>) {
    if !lines.last().is_some_and(String::is_empty) {
        lines.push(String::new());
    }
}

/// A line without up to `by` columns of blanks.
pub(super) fn dedent(line: &str, by: usize) -> String {
    crate::formats::markdown::dedent(line, by).into_owned()
}
