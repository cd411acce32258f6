//! The values that queries bind: no SQL.

use crate::search::{Node, State, Term};

/// Days over stability at which recall has fallen so far; the inverse of the forgetting curve of
/// FSRS-6, R = (1 + f·t/S)^(-d) with f = 0.9^(-1/d) - 1.
pub(super) fn age_at(recall: f64, decay: f64) -> f64 {
    let factor = 0.9_f64.powf(-1.0 / decay) - 1.0;
    if recall <= 0.0 {
        return f64::MAX;
    }
    (recall.powf(-1.0 / decay) - 1.0) / factor
}

/// What FTS5 is asked for words; none when the node is about anything else.
pub(super) fn match_text(node: &Node) -> Option<String> {
    match node {
        Node::Term(term) => match_term(term),
        Node::And(nodes) => {
            let words: Option<Vec<String>> = nodes.iter().map(match_text).collect();
            words.filter(|words| !words.is_empty()).map(|words| words.join(" AND "))
        }
        Node::Or(nodes) => {
            let words: Option<Vec<String>> = nodes.iter().map(match_text).collect();
            words.filter(|words| !words.is_empty()).map(|words| format!("({})", words.join(" OR ")))
        }
        Node::Not(_) => None,
    }
}

/// Whether a query asks nothing of cards, so that all rows of an item are found or none.
pub(super) fn of_items(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(of_items),
        Node::Not(node) => of_items(node),
        Node::Term(term) => match term {
            Term::Is(state) => matches!(state, State::Question | State::Card | State::Edited),
            Term::Flag(_) | Term::Compare(..) | Term::Rated { .. } => false,
            _ => true,
        },
    }
}

/// Whether a query asks only what the indexes that give an order hold of an item.
pub(super) fn of_columns(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(of_columns),
        Node::Not(node) => of_columns(node),
        Node::Term(term) => matches!(
            term,
            Term::Deck(_)
                | Term::Domain { .. }
                | Term::Task(_)
                | Term::Is(State::Question | State::Card)
        ),
    }
}

/// What FTS5 is asked for a word or a phrase.
pub(super) fn match_term(term: &Term) -> Option<String> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    match term {
        Term::Prefix(word) => Some(quoted(word) + " *"),
        Term::Phrase(text) => Some(quoted(text)),
        _ => None,
    }
}

/// Whether a query is likely to find a small part of all rows, so that going over them once is
/// quicker than counting them and then reading them in the order of an index.
pub(super) fn narrows(node: &Node) -> bool {
    match node {
        Node::And(nodes) => nodes.iter().any(narrows),
        Node::Or(nodes) => nodes.iter().all(narrows),
        Node::Not(_) => false,
        Node::Term(term) => match term {
            Term::Is(state) => !matches!(
                state,
                State::Question | State::Card | State::New | State::Review | State::Edited
            ),
            Term::Added(_) | Term::Level(_) | Term::Tag(None) => false,
            _ => true,
        },
    }
}

/// A text with `*` as a pattern of LIKE.
pub(super) fn like(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '*' => pattern.push('%'),
            '%' | '_' | '\\' => pattern.extend(['\\', c]),
            _ => pattern.push(c),
        }
    }
    pattern
}
