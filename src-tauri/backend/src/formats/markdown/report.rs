//! Problems as they are found, with a ceiling on their number.

use crate::formats::{Problem, Severity};

/// Most problems kept of one deck; a file that is not a deck at all has one for every line.
const MAX_PROBLEMS: usize = 500;

/// A place in a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) file: &'a str,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// Consecutive lines of a file that know where they stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) file: &'a str,
    /// Number of the first line, from 1.
    pub(super) first: u32,
    pub(super) all: &'a [&'a str],
}

impl<'a> Lines<'a> {
    /// The start of the line with this index.
    pub(super) fn at(&self, index: usize) -> At<'a> {
        At { file: self.file, line: self.number(index), column: 1 }
    }

    /// The line number of the line with this index.
    pub(super) fn number(&self, index: usize) -> u32 {
        self.first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The lines from `start` up to `end`.
    pub(super) fn slice(&self, start: usize, end: usize) -> Self {
        Self { first: self.number(start), all: &self.all[start..end], ..*self }
    }

    /// Bytes in all.
    pub(super) fn size(&self) -> usize {
        self.all.iter().map(|line| line.len() + 1).sum()
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: Vec<Problem>,
    errors: bool,
    left_out: usize,
}

impl Report {
    /// Notes an error.
    pub(super) fn error(
        &mut self,
        at: At<'_>,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.errors = true;
        if self.problems.len() >= MAX_PROBLEMS {
            self.left_out += 1;
            return;
        }
        self.problems.push(Problem {
            severity: Severity::Error,
            code: code.into(),
            file: at.file.to_owned(),
            line: at.line,
            column: at.column,
            message: message.into(),
            hint: hint.into(),
        });
    }

    /// Whether an error was noted.
    pub(super) fn has_errors(&self) -> bool {
        self.errors
    }

    /// All problems in the order of their place; the last one says how many were left out.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        if self.left_out > 0
            && let Some(last) = self.problems.last().cloned()
        {
            self.problems.push(Problem {
                code: "too-many-problems".into(),
                message: format!("{} more problems are not listed", self.left_out),
                hint: "mend the ones above first".into(),
                ..last
            });
        }
        self.problems
    }
}

/// A short piece of a line for messages.
pub(super) fn excerpt(line: &str) -> String {
    let line = line.trim();
    let short: String = line.chars().take(40).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}
