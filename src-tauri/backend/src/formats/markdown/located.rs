//! Findings about a deck as problems of its files.

use super::SourceMap;
use crate::deck::lint::{Finding, Subject, Weight};
use crate::formats::{Problem, Severity};

/// Gives findings their places, and brings them into the order of these. What is about the whole
/// deck stands at the first line of `root`, the file with the front matter.
pub fn locate(findings: Vec<Finding>, places: &SourceMap, root: &str) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        findings.into_iter().map(|finding| problem(finding, places, root)).collect();
    problems.sort_by(|a, b| (&a.file, a.line, &a.code).cmp(&(&b.file, b.line, &b.code)));
    problems
}

fn problem(finding: Finding, places: &SourceMap, root: &str) -> Problem {
    let place = match &finding.subject {
        Subject::Deck => None,
        Subject::Item(slug) => places.get(slug).map(|place| (place, place.line)),
        Subject::Choice(slug, index) => places
            .get(slug)
            .map(|place| (place, place.options.get(*index).copied().unwrap_or(place.line))),
        Subject::Prompt(slug, index) => places
            .get(slug)
            .map(|place| (place, place.prompts.get(*index).copied().unwrap_or(place.line))),
    };
    let (file, line) = place.map_or((root, 1), |(place, line)| (place.file.as_str(), line));
    Problem {
        severity: match finding.weight {
            Weight::Error => Severity::Error,
            Weight::Warning => Severity::Warning,
        },
        code: finding.code.into(),
        file: file.to_owned(),
        line,
        column: 1,
        message: finding.message,
        hint: finding.hint.into(),
    }
}
