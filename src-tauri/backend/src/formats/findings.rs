//! What a reader of an outside format notes while it goes through a file.

use super::{PassedOver, Place, Problem, Severity};

/// Most problems, and most passages passed over, that are kept of a file.
pub(super) const MAX_FINDINGS: usize = 10_000;
/// Longest excerpt, in characters.
const EXCERPT: usize = 80;

/// Problems, and what is no item.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<Problem>,
    pub(super) passed_over: Vec<PassedOver>,
    /// How many more there were.
    more: usize,
}

/// Why an item cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Stable name of the reason.
    pub(super) code: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: &'static str,
}

impl LeftOut {
    pub(super) fn new(code: &'static str, message: impl Into<String>, hint: &'static str) -> Self {
        Self { code, message: message.into(), hint }
    }
}

impl Findings {
    /// An item that is left out.
    pub(super) fn left_out(&mut self, place: &Place, why: LeftOut) {
        self.push(Severity::Error, place, why);
    }

    /// Something that should be looked at.
    pub(super) fn warn(&mut self, place: &Place, why: LeftOut) {
        self.push(Severity::Warning, place, why);
    }

    /// Something that is no item.
    pub(super) fn pass_over(&mut self, code: &'static str, place: Place, text: &str) {
        if self.passed_over.len() < MAX_FINDINGS {
            let text = excerpt(text);
            self.passed_over.push(PassedOver { code: code.into(), place, text });
        } else {
            self.more += 1;
        }
    }

    /// Everything, with how much more there was.
    pub(super) fn finish(mut self) -> (Vec<Problem>, Vec<PassedOver>) {
        if self.more > 0 {
            let file = self.problems.first().map_or_else(String::new, |p| p.file.clone());
            let message = format!("{} more findings are not listed", self.more);
            let hint = "mend those that are listed, and read the file again";
            self.problems.push(problem(
                Severity::Warning,
                &Place { file: file.as_str().into(), line: 1 },
                LeftOut::new("too-many-problems", message, hint),
            ));
        }
        (self.problems, self.passed_over)
    }

    fn push(&mut self, severity: Severity, place: &Place, why: LeftOut) {
        if self.problems.len() < MAX_FINDINGS {
            self.problems.push(problem(severity, place, why));
        } else {
            self.more += 1;
        }
    }
}

fn problem(severity: Severity, place: &Place, why: LeftOut) -> Problem {
    let LeftOut { code, message, hint } = why;
    Problem {
        severity,
        code: code.into(),
        file: place.file.to_string(),
        line: place.line,
        column: 1,
        message,
        hint: hint.into(),
    }
}

/// The first words of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let separator = if line.is_empty() { "" } else { " " };
        line.push_str(separator);
        let left = EXCERPT.saturating_sub(line.chars().count());
        if word.chars().count() > left {
            line.extend(word.chars().take(left));
            line.push('…');
            break;
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_and_short() {
        assert_eq!(excerpt(" a\n b\t c "), "a b c");
        assert_eq!(excerpt(&"x".repeat(1000)).chars().count(), EXCERPT + 1);
        assert_eq!(excerpt(""), "");
    }

    #[test]
    fn findings_beyond_the_bound_are_counted() {
        let mut findings = Findings::default();
        let place = Place { file: "a.xml".into(), line: 3 };
        for _ in 0..MAX_FINDINGS + 2 {
            findings.warn(&place, LeftOut::new("a", "b", "c"));
        }
        let (problems, _) = findings.finish();
        assert_eq!(problems.len(), MAX_FINDINGS + 1);
        assert_eq!(problems[MAX_FINDINGS].message, "2 more findings are not listed");
    }
}
