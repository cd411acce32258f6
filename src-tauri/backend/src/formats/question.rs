//! From what a file says of a question to a question that can be asked, or to what is wrong.

use std::collections::{HashMap, HashSet};

use super::markdown::{MAX_TEXT, OPTIONS, normalise};
use super::notes::{Notes, excerpt};
use super::{DraftContent, DraftItem, Place};
use crate::deck::{Choice, Difficulty, Interaction, Question, Reference, is_https};

/// Most references of a question; as many as the native format has room for.
const MAX_REFERENCES: usize = 20;

/// A question as a file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) stem: String,
    pub(super) options: Vec<Choice>,
    pub(super) explanation: String,
    pub(super) references: Vec<Reference>,
    /// How many options the stem asks for, where it says.
    pub(super) choose: Option<usize>,
    pub(super) difficulty: Option<Difficulty>,
    /// Pairs of a matching question go another way.
    pub(super) interaction: Interaction,
}

impl Found {
    /// The question, unless it cannot be asked: then what is wrong is an error.
    pub(super) fn finish(mut self, place: &Place, notes: &mut Notes) -> Option<Question> {
        for text in [&mut self.stem, &mut self.explanation] {
            *text = normalise(text);
        }
        for option in &mut self.options {
            option.text = normalise(&option.text);
            option.reason = normalise(&option.reason);
        }
        self.references.truncate(MAX_REFERENCES);
        if self.interaction.is_choice() {
            self.mend_options(place, notes);
        }
        if let Some((code, message, hint)) = self.fault() {
            let message = format!("“{}” {message}", excerpt(&self.stem));
            notes.error(place, code, message, hint);
            return None;
        }
        let keys = self.options.iter().filter(|option| option.key).count();
        if let Some(choose) = self.choose
            && self.interaction.is_choice()
            && choose != keys
        {
            let message = format!("the stem asks for {choose}, and {keys} are marked as right");
            notes.warning(place, "key-count", message, "look up which are right, and edit it");
        }
        Some(Question {
            difficulty: self.difficulty.unwrap_or(Difficulty::Medium),
            stem: self.stem,
            options: self.options,
            explanation: self.explanation,
            references: self.references,
            enemies: Vec::new(),
            interaction: self.interaction,
            case: None,
        })
    }

    /// Takes out what can be missed: empty distractors, and distractors that stand there twice.
    fn mend_options(&mut self, place: &Place, notes: &mut Notes) {
        let before = self.options.len();
        self.options.retain(|option| option.key || !option.text.is_empty());
        if self.options.len() < before {
            let message = format!("{} empty options are left out", before - self.options.len());
            notes.warning(place, "empty-option", message, "look whether something is missing");
        }
        let mut keys = HashMap::new();
        for option in &self.options {
            *keys.entry(option.text.clone()).or_insert(false) |= option.key;
        }
        let mut seen = HashSet::new();
        let before = self.options.len();
        self.options.retain(|option| {
            let harmless = !keys.get(&option.text).copied().unwrap_or(true);
            !harmless || seen.insert(option.text.clone())
        });
        if self.options.len() < before {
            let message = "an option stands there twice; it is kept once";
            notes.warning(place, "duplicate-option", message, "look whether one is mistyped");
        }
    }

    fn fault(&self) -> Option<(&'static str, String, &'static str)> {
        let texts = self.options.iter().flat_map(|option| [&option.text, &option.reason]);
        let long = texts.chain([&self.stem, &self.explanation]).any(|t| t.len() > MAX_TEXT);
        let mut seen = HashSet::new();
        let keys = self.options.iter().filter(|option| option.key).count();
        let choice = self.interaction.is_choice();
        let count = self.options.len();
        let (code, message, hint) = if self.stem.is_empty() {
            ("no-stem", "is a question without words".into(), "write what it asks")
        } else if long {
            let message = format!("has a text of more than {MAX_TEXT} bytes");
            ("text-too-long", message, "shorten it")
        } else if count < *OPTIONS.start() {
            let message = format!("has {count} options");
            ("too-few-options", message, "a question needs two at least")
        } else if count > *OPTIONS.end() {
            let message = format!("has {count} options");
            ("too-many-options", message, "ten are the most; leave out the weakest")
        } else if self.options.iter().any(|option| option.text.is_empty()) {
            ("empty-option", "has an option without words".into(), "write what it says")
        } else if !self.options.iter().all(|option| seen.insert(&option.text)) {
            let hint = "one of the two is mistyped: mend it in the file";
            ("duplicate-option", "has the key among its options twice".into(), hint)
        } else if choice && keys == 0 {
            (
                "no-key",
                "says nowhere which option is right".into(),
                "mark the right one in the file",
            )
        } else if choice && keys == count {
            ("no-distractor", "marks every option as right".into(), "mark the right ones only")
        } else {
            return None;
        };
        Some((code, message, hint))
    }
}

/// A draft of an item with nothing but its content.
pub(super) fn item(place: Place, body: DraftContent) -> DraftItem {
    DraftItem {
        source_id: None,
        place,
        tags: Vec::new(),
        task: None,
        changed_ms: None,
        body,
        also: Vec::new(),
        checked: None,
        study: Vec::new(),
    }
}

/// An option without a reason.
pub(super) fn option(text: impl Into<String>, key: bool) -> Choice {
    Choice { text: text.into(), key, reason: String::new() }
}

/// Markdown of plain text: what Markdown would read as more than text is escaped.
pub(super) fn of_plain(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    crate::rich_text::markdown_of(&escaped.trim().replace('\n', "<br>"))
}

/// How many options a stem asks for: “(Choose TWO.)”, “Select three”, “pick 2”.
pub(super) fn asked_for(stem: &str) -> Option<usize> {
    const NUMBERS: [&str; 9] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let lower = stem.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).rev().chain(words.windows(2).rev()).find_map(|window| {
        let asks = matches!(window[0], "choose" | "select" | "pick" | "chose" | "mark");
        let ([_, number] | [_, "any" | "the" | "exactly", number]) = window else { return None };
        let value = NUMBERS.iter().position(|name| name == number).map(|at| at + 1);
        let value = value.or_else(|| number.parse().ok().filter(|n| (1..10).contains(n)))?;
        asks.then_some(value)
    })
}

/// References of the addresses a text names that can be opened: `https` only.
pub(super) fn references(addresses: impl IntoIterator<Item = (String, String)>) -> Vec<Reference> {
    let mut seen = HashSet::new();
    addresses
        .into_iter()
        .filter(|(_, url)| is_https(url))
        .filter(|(_, url)| seen.insert(url.clone()))
        .map(|(title, url)| {
            // On one line, as it is written.
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let named = !title.is_empty() && title.len() <= 500;
            Reference { title: if named { title } else { url.clone() }, url }
        })
        .take(MAX_REFERENCES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: &[(&str, bool)]) -> (Option<usize>, Vec<String>) {
        let mut notes = Notes::default();
        let place = Place { file: "a.md".into(), line: 7 };
        let options = options.iter().map(|(text, key)| option(*text, *key)).collect();
        let found = Found { stem: "Which?".into(), options, ..Found::default() };
        let question = found.finish(&place, &mut notes);
        let codes = notes.finish().1.into_iter().map(|p| format!("{}:{}", p.severity, p.code));
        (question.map(|question| question.options.len()), codes.collect())
    }

    #[test]
    fn what_can_be_asked_is_a_question_and_what_cannot_is_an_error() {
        assert_eq!(read(&[("a", true), ("b", false)]), (Some(2), vec![]));
        let one = |code: &str| vec![code.to_owned()];
        assert_eq!(read(&[("a", true)]), (None, one("error:too-few-options")));
        assert_eq!(read(&[("a", false), ("b", false)]), (None, one("error:no-key")));
        assert_eq!(read(&[("a", true), ("b", true)]), (None, one("error:no-distractor")));
        let twice = [("a", true), ("a", false), ("b", false)];
        assert_eq!(read(&twice), (None, one("error:duplicate-option")));
        let harmless = [("a", true), ("b", false), ("b", false)];
        assert_eq!(read(&harmless), (Some(2), one("warning:duplicate-option")));
        let empty = [("a", true), ("", false), ("b", false)];
        assert_eq!(read(&empty), (Some(2), one("warning:empty-option")));
    }

    #[test]
    fn references_are_such_as_can_be_written() {
        let named = |title: &str, url: &str| {
            let found = references([(title.to_owned(), url.to_owned())]);
            found.into_iter().map(|found| found.title).next()
        };
        assert_eq!(named(" a\n b ", "https://a.b").as_deref(), Some("a b"));
        assert_eq!(named("\u{a0}", "https://a.b").as_deref(), Some("https://a.b"));
        assert_eq!(named("a", "https://a.b/\u{1}"), None);
    }

    #[test]
    fn the_number_that_a_stem_asks_for_is_read() {
        for (stem, number) in [
            ("Which two? (Choose TWO.)", Some(2)),
            ("Select the three steps", Some(3)),
            ("Pick 2 answers", Some(2)),
            ("Choose the best answer", None),
            ("Which is it?", None),
        ] {
            assert_eq!(asked_for(stem), number, "{stem}");
        }
    }
}
