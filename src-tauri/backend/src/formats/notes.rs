//! What readers of outside formats note while they read, with a ceiling on it.

use super::{PassedOver, Place, Problem, Severity};

/// Most problems, and most things passed over, that are kept of one file.
const MAX_NOTES: usize = 20_000;
/// Most characters of what was passed over that are shown.
const MAX_WORDS: usize = 80;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    problems: Vec<Problem>,
    passed_over: Vec<PassedOver>,
    left_out: usize,
}

impl Notes {
    /// Notes something that cannot be used and is left out.
    pub(super) fn error(
        &mut self,
        place: &Place,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problem(Severity::Error, place, code, message.into(), hint.into());
    }

    /// Notes something that can be used and should be looked at.
    pub(super) fn warning(
        &mut self,
        place: &Place,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problem(Severity::Warning, place, code, message.into(), hint.into());
    }

    fn problem(
        &mut self,
        severity: Severity,
        place: &Place,
        code: &'static str,
        message: String,
        hint: String,
    ) {
        let problem = Problem {
            severity,
            code: code.into(),
            file: place.file.to_string(),
            line: place.line,
            column: 1,
            message,
            hint,
        };
        self.add(problem);
    }

    /// Notes a problem that is put in words already.
    pub(super) fn add(&mut self, problem: Problem) {
        if self.problems.len() < MAX_NOTES {
            self.problems.push(problem);
        } else {
            self.left_out += 1;
        }
    }

    /// Notes something that is no item.
    pub(super) fn pass_over(&mut self, place: &Place, code: &'static str, text: &str) {
        if self.passed_over.len() >= MAX_NOTES {
            self.left_out += 1;
            return;
        }
        let text = excerpt(text);
        self.passed_over.push(PassedOver { code: code.into(), place: place.clone(), text });
    }

    /// Everything that was noted; the last problem says how much was left out.
    pub(super) fn finish(mut self) -> (Vec<PassedOver>, Vec<Problem>) {
        if self.left_out > 0
            && let Some(last) = self.problems.last().cloned()
        {
            self.problems.push(Problem {
                code: "too-many-problems".into(),
                message: format!("{} more are not listed", self.left_out),
                hint: "mend the ones above first".into(),
                ..last
            });
        }
        (self.passed_over, self.problems)
    }
}

/// The first words of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    // Words enough for any excerpt, so that a long text is not gone through.
    let line = text.split_whitespace().take(MAX_WORDS).collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(MAX_WORDS).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}
