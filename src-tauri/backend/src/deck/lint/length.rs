//! Rules about how long texts are.

use super::{Findings, wording};
use crate::deck::{Item, Question};
use crate::rich_text::plain_text;

/// How many times longer than the shortest option the longest may be …
const MAX_SPREAD: usize = 2;
/// … and by how many characters, about a line: among short options a word makes a large share.
const MAX_GAP: usize = 30;
/// Most words of a stem, apart from tables, which are looked up and not read. They take half a
/// minute of the two or so that exams give for a question.
const MAX_STEM: usize = 120;

pub(super) fn check(item: &Item, question: &Question, findings: &mut Findings) {
    if question.interaction.is_choice() {
        spread(item, question, findings);
    }
    let prose: Vec<&str> = question.stem.lines().filter(|line| !line.starts_with('|')).collect();
    let words = wording::words(&plain_text(&prose.join("\n"))).count();
    if words > MAX_STEM {
        let message = format!("the stem has {words} words");
        let hint = "leave out what does not help to decide";
        findings.warning("long-stem", &item.slug, message, hint);
    }
}

/// Options of one length do not tell which one was written with care.
fn spread(item: &Item, question: &Question, findings: &mut Findings) {
    let lengths = || question.options.iter().map(|o| plain_text(&o.text).chars().count());
    let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    if longest >= MAX_SPREAD * shortest && longest >= shortest + MAX_GAP {
        let message = format!("options have from {shortest} to {longest} characters");
        let hint = "give all options the same detail";
        findings.warning("option-spread", &item.slug, message, hint);
    }
}
