//! Questions that nothing begins: paragraphs with options and an answer, one after the other.

use super::labels::{Label, label};
use super::lines::{self, Marker};
use super::sheet::{Block, Sheet};

/// Splits a block that holds several questions without headings or numbers of their own. Each
/// begins with the paragraph behind the answer of the one before.
pub(super) fn split(sheet: &Sheet, block: Block) -> Vec<Block> {
    let starts = starts(sheet, &block);
    if starts.len() < 2 {
        return vec![block];
    }
    let mut blocks = Vec::new();
    // The heading above them is none of them.
    if block.titled && block.level.is_some() {
        blocks.push(Block { end: starts[0], ..block.clone() });
    }
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(block.end);
        let first = at == 0 && block.titled && block.level.is_none();
        if first {
            blocks.push(Block { end, ..block.clone() });
            continue;
        }
        blocks.push(Block {
            start: *start,
            end,
            level: None,
            number: None,
            inside: 0,
            title: String::new(),
            named: false,
            titled: false,
        });
    }
    blocks
}

/// The lines at which the questions of a block begin; at most one when it is a single question.
fn starts(sheet: &Sheet, block: &Block) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    // First line of the paragraphs since the last answer or blank line behind one.
    let mut paragraph = None;
    let mut blank = true;
    let mut answered = true;
    let mut in_options = false;
    let mut answers = 0;
    for at in block.start + usize::from(block.titled)..block.end {
        let line = &sheet.lines[at];
        if sheet.code[at] {
            continue;
        }
        if line.trim().is_empty() || lines::is_noise(line) {
            blank = true;
            continue;
        }
        let marker = lines::opening(line).map(|opening| opening.marker);
        let labelled = label(line).map(|(kind, _)| kind);
        let answer = labelled == Some(Label::Answer) || sheet.hidden[at];
        if answer {
            answers += u32::from(!answered);
            answered = true;
            in_options = false;
            paragraph = None;
        } else if labelled.is_some() {
            paragraph = None;
        } else if matches!(marker, Some(Marker::Letter(0) | Marker::Box)) && answered {
            starts.extend(paragraph.take());
            answered = false;
            in_options = true;
        } else if !in_options && paragraph.is_none() && blank {
            paragraph = Some(at);
        }
        blank = false;
    }
    // Letters behind an answer may explain the options again; then the answers are fewer.
    let whole = usize::try_from(answers).unwrap_or(usize::MAX);
    if starts.len() > whole { Vec::new() } else { starts }
}
