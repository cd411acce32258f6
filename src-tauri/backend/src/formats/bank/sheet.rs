//! A bank as lines, and where its questions begin.

use std::collections::HashSet;

use super::details::hidden;
use super::key;
use super::labels::{Label, label};
use super::lines::{self, Marker, Starter};

/// The lines of a file.
pub(super) struct Sheet {
    pub(super) lines: Vec<String>,
    /// Whether each is inside a fenced block.
    pub(super) code: Vec<bool>,
    /// Whether each is between `<details>` and its end, these included.
    pub(super) hidden: Vec<bool>,
}

/// Consecutive lines that belong to one heading, number or bold line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it begins; its words there are `title`.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Level of the heading that begins it; none when a number or bold line does, or nothing.
    pub(super) level: Option<u8>,
    pub(super) number: Option<u32>,
    /// Columns before the text of the first line.
    pub(super) inside: usize,
    /// Without number and marks; empty when the first line says nothing more.
    pub(super) title: String,
    /// Whether its first line says that it is a question.
    pub(super) named: bool,
    /// Whether `title` stands for the first line.
    pub(super) titled: bool,
}

/// What is counted up to each line, to know what stands between two of them.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    boxes: u32,
    first: u32,
    second: u32,
    bullets: u32,
    /// Ticked or bold entries of lists.
    marked: u32,
    answers: u32,
}

impl Counts {
    /// Whether options stand between.
    fn are_options(self, before: Self) -> bool {
        let boxes = self.boxes - before.boxes;
        let letters = (self.first - before.first).min(self.second - before.second);
        let bullets = self.bullets - before.bullets;
        let answers = self.answers - before.answers;
        let marked = self.marked - before.marked;
        boxes >= 1 || letters >= 1 || (bullets >= 2 && (answers >= 1 || marked >= 1))
    }
}

impl Sheet {
    /// The lines of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut lines: Vec<String> = text.split('\n').map(|l| l.trim_end().to_owned()).collect();
        let code = lines::code(&lines);
        drop_comments(&mut lines, &code);
        underlined(&mut lines, &code);
        let hidden = hidden(&lines, &code);
        Self { lines, code, hidden }
    }

    /// The title that front matter gives, and the line behind it; 0 when there is none.
    pub(super) fn front_matter(&self) -> (Option<String>, usize) {
        if self.lines.first().map(String::as_str) != Some("---") {
            return (None, 0);
        }
        let bound = self.lines.len().min(200);
        let Some(end) = (1..bound).find(|at| self.lines[*at] == "---") else { return (None, 0) };
        let title = self.lines[1..end].iter().find_map(|line| line.strip_prefix("title:"));
        let title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
        (title.filter(|title| !title.is_empty()), end + 1)
    }

    fn counts(&self) -> Vec<Counts> {
        let mut counts = Counts::default();
        let mut all = vec![counts];
        for (at, line) in self.lines.iter().enumerate() {
            if !self.code[at] {
                match lines::opening(line).map(|opening| opening.marker) {
                    Some(Marker::Box) => counts.boxes += 1,
                    Some(Marker::Letter(0)) if !self.hidden[at] => counts.first += 1,
                    Some(Marker::Letter(1)) if !self.hidden[at] => counts.second += 1,
                    Some(Marker::Bullet | Marker::Number) if !self.hidden[at] => {
                        counts.bullets += 1;
                        let marked = lines::is_ticked(line) || lines::is_bold(line);
                        counts.marked += u32::from(marked);
                    }
                    _ => {}
                }
                let answer = label(line).is_some_and(|(kind, _)| kind == Label::Answer);
                counts.answers += u32::from(answer || line.contains("<details"));
            }
            all.push(counts);
        }
        all
    }

    /// The blocks from a line on.
    pub(super) fn blocks(&self, from: usize) -> Vec<Block> {
        let counts = self.counts();
        let numbered = self.numbered(from, &counts);
        let mut blocks = Vec::new();
        let mut open = Block {
            start: from,
            end: from,
            level: None,
            number: None,
            inside: 0,
            title: String::new(),
            named: false,
            titled: false,
        };
        for at in from..self.lines.len() {
            if self.code[at] || self.hidden[at] {
                continue;
            }
            let has_options = counts[at].are_options(counts[open.start]);
            let begins = self
                .heading(at, &open, has_options)
                .or_else(|| numbered[at].clone().filter(|_| !open.waits(has_options)))
                .or_else(|| self.bold(at, &open, has_options, &counts));
            if let Some(block) = begins {
                let last = std::mem::replace(&mut open, block);
                blocks.push(Block { end: at, ..last });
            }
        }
        open.end = self.lines.len();
        blocks.push(open);
        blocks.retain(|block| block.titled || block.end > block.start);
        blocks
    }

    fn heading(&self, at: usize, open: &Block, has_options: bool) -> Option<Block> {
        let (level, text) = lines::heading(&self.lines[at])?;
        let answers = label(text).is_some_and(|(kind, rest)| {
            // A list of keys is a section of its own.
            !(kind == Label::Answer && rest.is_empty() && self.lists_keys(at + 1))
        });
        let deeper = open.level.is_none_or(|outer| level > outer);
        if answers && open.titled && (deeper || !has_options || open.level == Some(level)) {
            return None;
        }
        // `## Question 1`, then the question itself as a heading below it.
        if open.waits(has_options) && open.level.is_some_and(|outer| level > outer) {
            return None;
        }
        let starter = lines::numbered(text);
        let (number, named) = starter.as_ref().map_or((None, false), |s| (s.number, s.named));
        let title = starter.map_or_else(|| text.to_owned(), |starter| starter.text);
        Some(Block {
            start: at,
            end: at,
            level: Some(level),
            number,
            inside: 0,
            title,
            named,
            titled: true,
        })
    }

    /// Whether a list of keys follows.
    pub(super) fn lists_keys(&self, at: usize) -> bool {
        let end = self.lines.len().min(at + 12);
        key::list(&self.lines[at.min(end)..end]).len() >= 2
    }

    /// The lines at which a numbered question begins: those with options before the next number,
    /// and those between two such that continue the count.
    fn numbered(&self, from: usize, counts: &[Counts]) -> Vec<Option<Block>> {
        let mut found: Vec<(usize, Starter, bool)> = Vec::new();
        let mut last = self.lines.len();
        for at in (from..self.lines.len()).rev() {
            if self.code[at] || self.hidden[at] {
                continue;
            }
            if lines::heading(&self.lines[at]).is_some_and(|(_, text)| label(text).is_none()) {
                last = at;
                continue;
            }
            let boxed = lines::opening(&self.lines[at]).is_some_and(|o| o.marker == Marker::Box);
            let Some(starter) = lines::starter(&self.lines[at]).filter(|_| !boxed) else {
                continue;
            };
            let options = counts[last].are_options(counts[at + 1]);
            found.push((at, starter, options));
            last = at;
        }
        found.reverse();
        let mut starts = vec![None; self.lines.len()];
        let mut before = Some(0);
        let mut waiting: Vec<usize> = Vec::new();
        let mut bare = HashSet::new();
        for at in 0..found.len() {
            let (line, starter, options) = &found[at];
            if !options {
                waiting.push(at);
                continue;
            }
            let next = |number: Option<u32>| number.map(|number| number.saturating_add(1));
            let mut begin = at;
            if let (Some(number), Some(expected)) = (starter.number, next(before)) {
                let earlier = waiting.iter().find(|w| found[**w].1.number == Some(expected));
                match earlier {
                    // A numbered list inside the stem.
                    Some(earlier)
                        if number < expected || starter.indent > found[*earlier].1.indent =>
                    {
                        begin = *earlier;
                    }
                    // A question without options between two that have some.
                    Some(earlier) if number == expected.saturating_add(1) => {
                        bare.insert(found[*earlier].0);
                        starts[found[*earlier].0] =
                            Some(block_of(found[*earlier].0, &found[*earlier].1));
                    }
                    _ => {}
                }
            }
            waiting.clear();
            let (line, starter) =
                if begin == at { (*line, starter) } else { (found[begin].0, &found[begin].1) };
            before = starter.number.or(next(before));
            starts[line] = Some(block_of(line, starter));
        }
        self.keep_lists(from, &bare, &mut starts);
        starts
    }

    /// A list of steps in a stem is none of questions: below a heading that asks, one number alone
    /// begins nothing.
    fn keep_lists(&self, from: usize, bare: &HashSet<usize>, starts: &mut [Option<Block>]) {
        let mut asks = false;
        let mut found = Vec::new();
        for at in from..=self.lines.len() {
            let heading = self.lines.get(at).filter(|_| !self.code[at] && !self.hidden[at]);
            let heading = heading.and_then(|line| lines::heading(line));
            if heading.is_some() || at == self.lines.len() {
                if asks && found.iter().filter(|at| !bare.contains(at)).count() == 1 {
                    for at in &found {
                        starts[*at] = None;
                    }
                }
                found.clear();
                asks = heading.is_some_and(|(level, text)| asks_by_heading(level, text));
            } else if starts[at].as_ref().is_some_and(|block| !block.named) {
                found.push(at);
            }
        }
    }

    /// A bold line that is a question: the one before it has its options, and its own follow.
    fn bold(&self, at: usize, open: &Block, has_options: bool, counts: &[Counts]) -> Option<Block> {
        let text = lines::bold_line(&self.lines[at])?;
        if label(text).is_some() || lines::opening(text).is_some() || open.waits(has_options) {
            return None;
        }
        let asks = open.level.is_none_or(|level| asks_by_heading(level, &open.title));
        if open.titled && asks && !has_options {
            return None;
        }
        let ends = |line: &usize| {
            !self.code[*line]
                && (lines::bold_line(&self.lines[*line]).is_some_and(|t| label(t).is_none())
                    || lines::heading(&self.lines[*line]).is_some())
        };
        // No question is longer than this before its options.
        let bound = self.lines.len().min(at + 60);
        let end = (at + 1..bound).find(ends).unwrap_or(bound);
        counts[end].are_options(counts[at + 1]).then(|| Block {
            start: at,
            end: at,
            level: None,
            number: None,
            inside: 0,
            title: text.to_owned(),
            named: false,
            titled: true,
        })
    }
}

/// Whether a heading is a question by its words.
fn asks_by_heading(level: u8, text: &str) -> bool {
    let long = text.split_whitespace().count() >= 8 || text.ends_with(['.', ':', ')']);
    text.contains('?') || (level > 1 && long)
}

fn block_of(line: usize, starter: &Starter) -> Block {
    Block {
        start: line,
        end: line,
        level: None,
        number: starter.number,
        inside: starter.inside,
        title: starter.text.clone(),
        named: starter.named,
        titled: true,
    }
}

impl Block {
    /// Whether it is a question by name, and its words and options are still to come.
    fn waits(&self, has_options: bool) -> bool {
        self.named && self.level.is_some() && !has_options
    }
}

/// Takes out what stands between `<!--` and `-->`, but for an answer that is hidden so.
fn drop_comments(lines: &mut [String], code: &[bool]) {
    let mut inside = false;
    // A comment without an end hides nothing.
    let last_end = lines.iter().rposition(|line| line.contains("-->"));
    for (at, line) in lines.iter_mut().enumerate() {
        if code[at] || !(inside || line.contains("<!--")) || last_end.is_none_or(|end| at > end) {
            continue;
        }
        let mut kept = String::new();
        let mut rest = line.as_str();
        let inner = rest.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        if let Some((Label::Answer, _)) = inner.and_then(label) {
            *line = inner.unwrap_or_default().trim().to_owned();
            continue;
        }
        loop {
            let mark = if inside { "-->" } else { "<!--" };
            let Some((before, after)) = rest.split_once(mark) else { break };
            if !inside {
                kept.push_str(before);
            }
            inside = !inside;
            rest = after;
        }
        if !inside {
            kept.push_str(rest);
        }
        *line = kept;
    }
}

/// Writes headings that are underlined with the sign of headings.
fn underlined(lines: &mut [String], code: &[bool]) {
    for at in 1..lines.len() {
        let mark = lines[at].chars().next();
        let (Some(mark), true) = (mark, lines[at].len() >= 3) else { continue };
        if code[at] || !matches!(mark, '=' | '-') || !lines[at].chars().all(|c| c == mark) {
            continue;
        }
        let text = &lines[at - 1];
        let alone = at == 1 || lines[at - 2].is_empty();
        let plain = !text.is_empty()
            && text.len() <= 300
            && !text.starts_with([' ', '\t', '|', '#', '<', '>', '-', '!'])
            && !code[at - 1]
            && lines::opening(text).is_none()
            && label(text).is_none();
        if alone && plain {
            lines[at - 1] = format!("{} {text}", if mark == '=' { "#" } else { "##" });
            lines[at].clear();
        }
    }
}
