//! Questions: stem, options with reasons, why, references, in this order.

use std::borrow::Cow;

use super::card::open_fence;
use super::choice;
use super::items;
use super::report::{At, Lines, Report, excerpt};
use super::responses::{self, Responses};
use super::text::{self, Fences, Level};
use super::{MAX_TEXT, Place, reference};
use crate::deck::{Difficulty, ItemBody, Question, Reference};

/// Where the reader stands in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Stem,
    Options,
    Why,
    References,
    After,
}

/// Line ranges of the parts of a question.
#[derive(Debug, Default)]
struct Outline {
    stem_end: usize,
    options: Vec<(usize, usize)>,
    why: Option<(usize, usize)>,
    references: Vec<(usize, usize)>,
}

/// Reads what stands below a question's fields; also gives its place with the lines of its options.
/// Difficulty, enemies and case are the caller's to fill in.
pub(super) fn read(
    body: Lines<'_>,
    heading: At<'_>,
    report: &mut Report,
) -> Option<(ItemBody, Place)> {
    let outline = Outliner::run(body, report);
    let raw: Vec<Cow<'_, str>> = body.all.iter().map(|line| Cow::Borrowed(*line)).collect();
    let stem = text::join(text::unshield(&raw[..outline.stem_end], 0, Level::Question).into_iter());
    let stem = bounded(stem, "stem", heading, report).filter(|stem| {
        if stem.is_empty() {
            let hint = "write the scenario and the question between the fields and the options";
            report.error(heading, "no-stem", "the question has no stem", hint);
        }
        !stem.is_empty()
    });
    let written = outline
        .options
        .iter()
        .map(|&(start, end)| (body.at(start), choice::read(body.slice(start, end), report)))
        .collect();
    let responses = responses::assemble(written, heading, report);
    let explanation = outline.why.map_or(Some(String::new()), |(start, end)| {
        let at = body.at(start);
        bounded(explanation(&raw[start..end]), "explanation", at, report)
    });
    let references: Vec<Option<Reference>> = outline
        .references
        .iter()
        .map(|&(start, end)| reference::read(body.slice(start, end), report))
        .collect();
    if references.len() > reference::MAX_REFERENCES {
        let message = format!("more than {} references", reference::MAX_REFERENCES);
        report.error(heading, "too-many-references", message, "keep the best of them");
    }
    let Responses { options, interaction, lines, prompt_lines } = responses?;
    let question = Question {
        difficulty: Difficulty::Medium,
        stem: stem?,
        options,
        explanation: explanation?,
        references: references.into_iter().collect::<Option<_>>()?,
        enemies: Vec::new(),
        interaction,
        case: None,
    };
    let place = Place { options: lines, prompts: prompt_lines, ..Place::of(heading) };
    Some((ItemBody::Question(question), place))
}

/// The lines from `Why:` on without that word.
fn explanation(lines: &[Cow<'_, str>]) -> String {
    let first = lines[0]["Why:".len()..].trim_start_matches(text::BLANKS);
    let mut plain = text::unshield(lines, 1, Level::Question);
    plain[0] = first.into();
    text::join(plain.into_iter())
}

/// The text, unless it is too long.
pub(super) fn bounded(text: String, what: &str, at: At<'_>, report: &mut Report) -> Option<String> {
    if text.len() <= MAX_TEXT {
        return Some(text);
    }
    let message = format!("the {what} has more than {MAX_TEXT} bytes");
    report.error(at, "text-too-long", message, "shorten it");
    None
}

/// Walks over the lines once and notes where the parts are.
struct Outliner<'a, 'r> {
    body: Lines<'a>,
    report: &'r mut Report,
    outline: Outline,
    part: Part,
    /// Where the current option, explanation or reference began.
    start: usize,
    /// Whether lines are passed over because what they belong to stands in the wrong place.
    lost: bool,
}

impl<'a, 'r> Outliner<'a, 'r> {
    fn run(body: Lines<'a>, report: &'r mut Report) -> Outline {
        let fences = Fences::of(body.all, 0);
        for &open in &fences.open {
            open_fence(body, open, report);
        }
        let outline = Outline::default();
        let mut outliner = Self { body, report, outline, part: Part::Stem, start: 0, lost: false };
        for index in 0..body.all.len() {
            let inside = index > 0 && fences.code[index] && fences.code[index - 1];
            if outliner.part == Part::After || inside {
                continue;
            }
            outliner.line(index, fences.code[index]);
        }
        outliner.finish(body.all.len());
        outliner.outline
    }

    fn line(&mut self, index: usize, code: bool) {
        let line = self.body.all[index];
        if text::is_blank(line) {
            return;
        }
        if !code && text::is_heading(line) {
            if line.starts_with("##") {
                items::unknown_heading(self.body, index, self.report);
            } else {
                self.finish(index);
                self.part = Part::After;
                items::stray(self.body, index, self.report);
            }
        } else if !code && text::option_marker(line).is_some() {
            self.begin(Part::Options, index, "an option", "list all options before Why:");
        } else if !code && line.starts_with("Why:") {
            self.begin(Part::Why, index, "Why:", "give it once, after the options");
        } else if !code && line.starts_with("Reference:") {
            self.begin(Part::References, index, "a reference", "give references at the end");
        } else {
            self.text(index, code);
        }
    }

    /// Begins a part, which must not come before the one that is open.
    fn begin(&mut self, part: Part, index: usize, what: &str, hint: &str) {
        let repeats = part == Part::Options || part == Part::References;
        let early = self.part == Part::Stem && part != Part::Options;
        if early || part < self.part || (part == self.part && !repeats) {
            let message = format!("{what} cannot stand here");
            self.report.error(self.body.at(index), "out-of-order", message, hint);
            self.finish(index);
            self.lost = true;
            return;
        }
        self.finish(index);
        self.lost = false;
        self.part = part;
        self.start = index;
    }

    /// Closes the open part before the line given.
    fn finish(&mut self, end: usize) {
        match self.part {
            _ if self.lost => {}
            Part::Stem => self.outline.stem_end = end,
            Part::Options => self.outline.options.push((self.start, end)),
            Part::Why => self.outline.why = Some((self.start, end)),
            Part::References => self.outline.references.push((self.start, end)),
            Part::After => {}
        }
    }

    /// A line that begins nothing. What belongs nowhere is passed over up to the next part.
    fn text(&mut self, index: usize, code: bool) {
        let line = self.body.all[index];
        let follows = !text::is_blank(self.body.all[index - 1]);
        let at = self.body.at(index);
        let (code, message, hint) = match self.part {
            _ if self.lost => return,
            Part::Options if text::indentation(line) > 0 => return,
            Part::Options if text::bullet(line).is_some() => (
                "not-an-option",
                format!("“{}” is neither an option nor a reason", excerpt(line)),
                "start options with [ ] or [x]; indent reasons by two spaces",
            ),
            Part::Options if !follows || code => (
                "stray-text",
                format!("“{}” belongs to no option", excerpt(line)),
                "indent it by two spaces, or begin the explanation with Why:",
            ),
            Part::References if !follows || code => (
                "stray-text",
                format!("“{}” stands behind the references", excerpt(line)),
                "put it before the first Reference:, or write Reference: before it",
            ),
            _ => return,
        };
        self.report.error(at, code, message, hint);
        self.finish(index);
        self.lost = true;
    }
}
