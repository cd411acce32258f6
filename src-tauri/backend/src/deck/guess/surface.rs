//! What somebody sees of options who understands none of them.

use std::collections::HashSet;

use crate::deck::Question;
use crate::deck::vocabulary::{ABSOLUTES, HEDGES, MANAGED, STOP, words};
use crate::rich_text::plain_text;

/// The surface of one option. Counts are `f64` because all that is done with them is arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Surface {
    /// Characters.
    pub(super) chars: f64,
    /// Words.
    pub(super) words: f64,
    /// Characters in a word, on average.
    pub(super) word_length: f64,
    /// Runs of digits.
    pub(super) numbers: f64,
    /// Commas and semicolons.
    pub(super) commas: f64,
    /// Words with a capital, apart from the first one unless it has a capital inside.
    pub(super) capitals: f64,
    /// Names of services.
    pub(super) services: f64,
    /// How much AWS does: the most that a phrase of the option promises, less what is to be done.
    pub(super) managed: f64,
    /// Share of its topic words that are in the stem.
    pub(super) overlap: f64,
    /// Share of its topic words that are in other options, averaged over these.
    pub(super) common: f64,
    /// Words without exceptions.
    pub(super) absolutes: f64,
    /// Words that leave a way out.
    pub(super) hedges: f64,
    /// Whether it ends with a full stop.
    pub(super) full_stop: f64,
}

impl Surface {
    /// The surface of each option, in the author's order.
    pub(super) fn of(question: &Question) -> Vec<Self> {
        let stem = topics(&plain_text(&question.stem));
        let texts: Vec<String> = question.options.iter().map(|o| plain_text(&o.text)).collect();
        let topics: Vec<HashSet<String>> = texts.iter().map(|text| topics(text)).collect();
        let surface = |(index, text): (usize, &String)| Self {
            overlap: share(&topics[index], &stem),
            common: common(index, &topics),
            ..Self::of_text(text)
        };
        texts.iter().enumerate().map(surface).collect()
    }

    fn of_text(text: &str) -> Self {
        let parts: Vec<&str> = words(text).collect();
        let letters: usize = parts.iter().map(|word| word.chars().count()).sum();
        let points = MANAGED.find(text);
        let named = |points: &&&i8| ***points > 0;
        let most = points.iter().map(|&&points| points).max().unwrap_or(0).max(0);
        let least = points.iter().map(|&&points| points).min().unwrap_or(0).min(0);
        Self {
            chars: text.chars().count() as f64,
            words: parts.len() as f64,
            word_length: letters as f64 / parts.len().max(1) as f64,
            numbers: runs_of_digits(text) as f64,
            commas: text.matches([',', ';']).count() as f64,
            capitals: parts.iter().enumerate().filter(|&(at, word)| capital(at, word)).count()
                as f64,
            services: points.iter().filter(named).count() as f64,
            managed: f64::from(most) + f64::from(least),
            overlap: 0.0,
            common: 0.0,
            absolutes: ABSOLUTES.find(text).len() as f64,
            hedges: HEDGES.find(text).len() as f64,
            full_stop: f64::from(u8::from(text.trim_end().ends_with('.'))),
        }
    }
}

fn capital(at: usize, word: &str) -> bool {
    word.chars().skip(usize::from(at == 0)).any(char::is_uppercase)
}

fn runs_of_digits(text: &str) -> usize {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .filter(|run| run.chars().any(|c| c.is_ascii_digit()))
        .count()
}

/// Words that carry a topic, without the endings of number and tense.
fn topics(text: &str) -> HashSet<String> {
    let lower = text.to_lowercase();
    words(&lower).filter(|word| !STOP.contains(word)).map(|word| stem(word).to_owned()).collect()
}

fn stem(word: &str) -> &str {
    ["ing", "es", "ed", "s"]
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= 4)
        .unwrap_or(word)
}

fn share(of: &HashSet<String>, among: &HashSet<String>) -> f64 {
    of.intersection(among).count() as f64 / of.len().max(1) as f64
}

fn common(index: usize, topics: &[HashSet<String>]) -> f64 {
    let others = topics.iter().enumerate().filter(|&(other, _)| other != index);
    let sum: f64 = others.map(|(_, other)| share(&topics[index], other)).sum();
    sum / topics.len().saturating_sub(1).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::guess::tests::question;

    #[test]
    fn words_and_marks_are_counted() {
        let text = "Use AWS Glue, then 3.5 GB; always.";
        let surface = Surface::of_text(text);
        assert_eq!((surface.words, surface.numbers, surface.commas), (8.0, 1.0, 2.0));
        assert_eq!((surface.capitals, surface.services), (3.0, 1.0), "AWS, Glue, GB");
        assert_eq!((surface.absolutes, surface.hedges, surface.full_stop), (1.0, 0.0, 1.0));
    }

    #[test]
    fn what_is_left_to_do_lowers_how_managed_an_option_is() {
        let managed = |text: &str| Surface::of_text(text).managed;
        assert!(managed("Amazon Comprehend") > managed("Amazon Comprehend, by a script"));
        assert!(managed("AWS Lambda") > managed("Amazon EC2"));
        assert!(managed("A decision tree").abs() < f64::EPSILON);
    }

    #[test]
    fn words_of_the_stem_are_recognised_in_another_form() {
        let surfaces = Surface::of(&question("Streams fail.", &["A stream fails", "Trees"], &[0]));
        assert!((surfaces[0].overlap - 1.0).abs() < f64::EPSILON);
        assert!(surfaces[1].overlap.abs() < f64::EPSILON);
    }
}
