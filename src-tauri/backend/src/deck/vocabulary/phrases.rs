//! Finding phrases of one or more words in a text, in one pass.

use std::collections::HashMap;

use super::words;

/// Whether capitals matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::deck) enum Case {
    /// They do: “Glue” is a service, “glue” is not.
    Kept,
    /// They do not.
    Folded,
}

/// Phrases, each with what is known of it.
#[derive(Debug)]
pub(in crate::deck) struct Phrases<T> {
    case: Case,
    /// By their first word; the rest of each in words, longest first.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Phrases<T> {
    /// Takes phrases in. Where two are the same, the earlier one counts.
    pub(super) fn new<'a>(case: Case, phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, value) in phrases {
            let mut parts = words(phrase).map(|word| case.fold(word));
            if let Some(first) = parts.next() {
                by_first.entry(first).or_default().push((parts.collect(), value));
            }
        }
        for rests in by_first.values_mut() {
            rests.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { case, by_first }
    }

    /// What is known of the phrases in a text, in their order. Where several begin, the longest
    /// counts; none begins inside another.
    pub(in crate::deck) fn find(&self, text: &str) -> Vec<&T> {
        let words: Vec<String> = words(text).map(|word| self.case.fold(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let behind = &words[at + 1..];
            let rests = self.by_first.get(word).map(Vec::as_slice).unwrap_or_default();
            let longest = rests.iter().find(|(rest, _)| behind.starts_with(rest));
            at += 1;
            if let Some((rest, value)) = longest {
                found.push(value);
                at += rest.len();
            }
        }
        found
    }
}

impl Case {
    fn fold(self, word: &str) -> String {
        match self {
            Self::Kept => word.to_owned(),
            Self::Folded => word.to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_phrase_counts_and_none_begins_inside_another() {
        let phrases = Phrases::new(Case::Kept, [("A", 1), ("A B", 2), ("B C", 3)]);
        assert_eq!(phrases.find("A, A-B; (A\nB) C."), [&1, &2]);
        assert_eq!(phrases.find("B C a"), [&3]);
    }

    #[test]
    fn capitals_matter_when_asked_to() {
        assert_eq!(Phrases::new(Case::Kept, [("Glue", ())]).find("glue").len(), 0);
        assert_eq!(Phrases::new(Case::Folded, [("Glue", ())]).find("gLue").len(), 1);
    }

    proptest! {
        #[test]
        fn a_phrase_is_found_wherever_it_stands(
            before in "[a-z ]{0,20}", phrase in "[A-Z]{1,5}( [A-Z]{1,5}){0,3}", after in "[a-z ]{0,20}",
        ) {
            let phrases = Phrases::new(Case::Kept, [(phrase.as_str(), ())]);
            let text = format!("{before} {phrase} {after}");
            prop_assert_eq!(phrases.find(&text).len(), 1);
        }
    }
}
