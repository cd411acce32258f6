//! Comparing a typed answer with the right one.
//!
//! Case, accents and the amount of blanks do not count. The comparison is by grapheme, what a
//! reader takes for one letter, so that no accent is torn from its letter.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Longest text that is compared, in graphemes; what is longer is cut.
const MAX_GRAPHEMES: usize = 1_000;
/// After this the comparison gets coarser, so that it ends.
const LONGEST: Duration = Duration::from_millis(200);

/// A stretch of text, and whether the other text has it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// As it was written, blanks collapsed.
    pub text: String,
    /// Whether it stands in both.
    pub shared: bool,
}

/// A typed answer beside the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether they are the same but for case, accents and blanks.
    pub right: bool,
    /// What was typed.
    pub typed: Vec<Stretch>,
    /// The right answer.
    pub answer: Vec<Stretch>,
}

/// Compares.
pub fn compare(typed: &str, answer: &str) -> Comparison {
    let (typed, answer) = (collapse(typed), collapse(answer));
    let (typed, answer) = (graphemes(&typed), graphemes(&answer));
    let fold = |all: &[&str]| all.iter().map(|grapheme| folded(grapheme)).collect::<Vec<_>>();
    let (left, right) = (fold(&typed), fold(&answer));
    let deadline = Some(Instant::now() + LONGEST);
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &left, &right, deadline);
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    for op in ops {
        let shared = matches!(op, DiffOp::Equal { .. });
        push(&mut mine, &typed[op.old_range()], shared);
        push(&mut theirs, &answer[op.new_range()], shared);
    }
    Comparison { right: left == right && !right.is_empty(), typed: mine, answer: theirs }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn graphemes(text: &str) -> Vec<&str> {
    text.graphemes(true).take(MAX_GRAPHEMES).collect()
}

/// A grapheme without case and accents. What is nothing but accents stays as it is.
fn folded(grapheme: &str) -> String {
    let folded: String =
        grapheme.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    if folded.is_empty() { grapheme.to_owned() } else { folded }
}

fn push(stretches: &mut Vec<Stretch>, graphemes: &[&str], shared: bool) {
    if !graphemes.is_empty() {
        stretches.push(Stretch { text: graphemes.concat(), shared });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(stretches: &[Stretch]) -> String {
        let show = |s: &Stretch| if s.shared { s.text.clone() } else { format!("({})", s.text) };
        stretches.iter().map(show).collect()
    }

    #[test]
    fn case_accents_and_blanks_do_not_count() {
        for (typed, answer) in [
            ("recall", "Recall"),
            ("  amazon   s3 ", "Amazon S3"),
            ("Poincare", "Poincaré"),
            ("POINCARE\u{301}", "poincaré"),
            ("Ｓ３", "S3"),
        ] {
            assert!(compare(typed, answer).right, "{typed} {answer}");
        }
        for (typed, answer) in [("", "a"), ("a", ""), ("", ""), ("recal", "recall"), ("a.", "a")] {
            assert!(!compare(typed, answer).right, "{typed} {answer}");
        }
    }

    #[test]
    fn what_is_missing_and_what_is_wrong_is_shown_letter_by_letter() {
        let it = compare("firhose steam", "Firehose stream");
        assert_eq!(written(&it.typed), "firhose steam");
        assert_eq!(written(&it.answer), "Fir(e)hose st(r)eam");
        let it = compare("naïvee", "naive Bayes");
        assert_eq!(written(&it.answer), "naive( Bayes)".replace("( Bayes)", "( Bay)e(s)"));
        assert_eq!(it.typed.iter().map(|s| s.text.as_str()).collect::<String>(), "naïvee");
        let it = compare("", "all");
        assert_eq!((it.typed.len(), written(&it.answer).as_str()), (0, "(all)"));
    }

    proptest! {
        #[test]
        fn nothing_of_either_text_is_lost(typed in ".{0,40}", answer in ".{0,40}") {
            let it = compare(&typed, &answer);
            let whole = |all: &[Stretch]| all.iter().map(|s| s.text.as_str()).collect::<String>();
            prop_assert_eq!(whole(&it.typed), collapse(&typed));
            prop_assert_eq!(whole(&it.answer), collapse(&answer));
            prop_assert!(!it.right || it.typed.iter().chain(&it.answer).all(|s| s.shared));
        }
    }
}
