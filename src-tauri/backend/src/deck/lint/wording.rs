//! What words give away. All functions take plain text.

pub(super) use crate::deck::vocabulary::words;

/// The number of keys a lead-in asks for: “Select TWO.”
pub(super) fn asked_for(lead_in: &str) -> Option<usize> {
    let words: Vec<String> = words(lead_in).map(str::to_lowercase).collect();
    words.windows(2).find_map(|pair| match (pair[0].as_str(), pair[1].as_str()) {
        ("select" | "choose" | "pick", number) => match number {
            "two" | "2" => Some(2),
            "three" | "3" => Some(3),
            "four" | "4" => Some(4),
            "five" | "5" => Some(5),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a text ends as a question does: with a question mark, or with an instruction in
/// brackets behind one.
pub(super) fn asks(lead_in: &str) -> bool {
    let text = lead_in.trim_end();
    text.ends_with('?')
        || text.rsplit_once('(').is_some_and(|(question, instruction)| {
            instruction.ends_with(')') && question.trim_end().ends_with('?')
        })
}

/// The word that turns a lead-in into its opposite, if there is one.
pub(super) fn negation(lead_in: &str) -> Option<&str> {
    let negates = |word: &&str| matches!(*word, "NOT" | "EXCEPT" | "except" | "CANNOT");
    words(lead_in).find(negates).or_else(|| {
        // “Which of these is not …”: the question itself is negated. A condition is not.
        let lower = lead_in.to_lowercase();
        let question = lower.rsplit(". ").next()?;
        let words: Vec<&str> = words(question).take(8).collect();
        let verbs = ["is", "are", "does", "do", "would", "will", "can", "should"];
        let at = words.windows(2).position(|w| verbs.contains(&w[0]) && w[1] == "not")?;
        words[..at].starts_with(&["which"]).then_some("not")
    })
}

/// A phrase that refers to the other options, if there is one.
pub(super) fn refers_to_others(option: &str) -> Option<&'static str> {
    let lower = option.to_lowercase();
    [
        "all of the above",
        "none of the above",
        "both of the above",
        "any of the above",
        "all of these options",
        "none of these options",
        "all of the other options",
        "none of the other options",
    ]
    .into_iter()
    .find(|phrase| lower.contains(phrase))
}

/// A word so absolute that it gives an option away, if there is one.
pub(super) fn absolute(option: &str) -> Option<&str> {
    words(option).find(|word| {
        ["always", "never", "guarantees", "guaranteed", "impossible", "undoubtedly", "invariably"]
            .iter()
            .any(|absolute| word.eq_ignore_ascii_case(absolute))
    })
}
