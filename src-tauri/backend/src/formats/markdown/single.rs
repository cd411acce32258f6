//! One question by itself, as an editor shows it: what stands below its fields.

use super::report::{At, Lines, Report};
use super::{MAX_ITEM, normalise, question, text, write};
use crate::deck::{Difficulty, ItemBody, Question};
use crate::formats::Problem;

/// Reads stem, options, reasons, explanation and references of a question. It has no enemies.
///
/// # Errors
/// Every problem, with the line in this text.
pub fn read_question(markdown: &str, difficulty: Difficulty) -> Result<Question, Vec<Problem>> {
    let mut report = Report::default();
    let top = At { file: "", line: 1, column: 1 };
    if markdown.len() > MAX_ITEM {
        let message = format!("the question has more than {MAX_ITEM} bytes");
        report.error(top, "item-too-large", message, "shorten it or split it");
        return Err(report.into_problems());
    }
    let unified = text::unify_line_ends(markdown);
    // The grammar has a blank line between the fields and the stem.
    let lines: Vec<&str> = std::iter::once("").chain(unified.split('\n')).collect();
    let body = question::read(Lines { file: "", first: 0, all: &lines }, top, &mut report);
    match body {
        Some((ItemBody::Question(question), _)) if !report.has_errors() => {
            Ok(Question { difficulty, ..question })
        }
        _ => Err(report.into_problems()),
    }
}

/// A question as [`read_question`] reads it back.
pub fn question_text(question: &Question) -> String {
    let mut text = String::new();
    write::push_question(&mut text, question);
    normalise(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Which is cold?\n\n- [x] Ice\n  - Below 0 °C.\n- [ ] Steam\n  - Hot.\n\n\
                        Why: water freezes.\n\nReference: https://example.org/ice";

    #[test]
    fn a_question_reads_back_as_it_is_written() {
        let question = read_question(TEXT, Difficulty::Hard).unwrap();
        assert_eq!(question.key_count(), 1);
        assert_eq!(question.difficulty, Difficulty::Hard);
        let again = read_question(&question_text(&question), Difficulty::Hard).unwrap();
        assert_eq!(again, question);
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let problems = read_question("Stem\n\n- [x] a\n- b", Difficulty::Easy).unwrap_err();
        assert!(problems.iter().any(|problem| problem.line == 4), "{problems:?}");
        assert!(read_question("", Difficulty::Easy).is_err());
        assert!(read_question("## Question other\n\nx", Difficulty::Easy).is_err());
        assert!(read_question(&"x".repeat(MAX_ITEM + 1), Difficulty::Easy).is_err());
    }
}
