//! Keys: which options an answer names, by letter, by number or in words.

use std::collections::HashMap;

use super::lines::indented;

/// Which options an answer names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) enum Key {
    /// By letter or number, from 0, with the words behind them.
    Places(Vec<usize>, String),
    /// In words.
    Words(String),
}

/// Reads an answer.
pub(in crate::formats) fn key(text: &str) -> Key {
    letters(text)
        .or_else(|| numbers(text))
        .map_or_else(|| Key::Words(plain(text)), |(places, rest)| Key::Places(places, rest))
}

/// A text without emphasis, code marks and tags.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_tag = false;
    // Hidden until it is clicked: `||B||`.
    let hidden = text.contains("||");
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            '*' | '`' | '_' => {}
            '|' if hidden => {}
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// The letters that a text begins with: `B`, `A, C`, `(b) and (d)`, `ACD`, `B. the words`; and what
/// stands behind them.
pub(super) fn letters(text: &str) -> Option<(Vec<usize>, String)> {
    let plain = plain(text);
    let mut rest = plain.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([".contains(c));
    for word in ["options", "option", "choices", "choice", "answers", "answer"] {
        if rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            rest = rest[word.len()..].trim_start();
        }
    }
    if let Some(found) = run(rest) {
        return Some(found);
    }
    let mut places = Vec::new();
    loop {
        let bracketed = rest.strip_prefix(['(', '[']);
        let inner = bracketed.unwrap_or(rest);
        let first = inner.chars().next().filter(char::is_ascii_alphabetic)?;
        let place = (first.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
        if place > 9 {
            return None;
        }
        let mut after = &inner[1..];
        if bracketed.is_some() {
            after = after.strip_prefix([')', ']'])?;
        }
        if !places.contains(&place) {
            places.push(place);
        }
        let Some(next) = separated(after) else {
            let ends = after.is_empty()
                || after.starts_with(['.', ')', ':', '-', '–', '(', '\u{2014}'])
                || after.starts_with(" -")
                || after.starts_with(" –")
                || after.starts_with(" (")
                || after.starts_with(" :")
                || after.starts_with(" is ")
                || after.starts_with(" because");
            let behind = after.trim_start_matches([' ', '.', ')', ':', '-', '–', '\u{2014}']);
            return ends.then(|| (places, behind.trim().to_owned()));
        };
        rest = next;
    }
}

/// Several capital letters without anything between, in order: `ACD`.
fn run(text: &str) -> Option<(Vec<usize>, String)> {
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text[length..].trim_start_matches(['.', ' ', ')']);
    let places: Vec<usize> = text[..length].bytes().map(|b| usize::from(b - b'A')).collect();
    let sorted = places.windows(2).all(|pair| pair[0] < pair[1]);
    let short = (2..=6).contains(&length) && places.iter().all(|place| *place < 8);
    (short && sorted && rest.is_empty()).then(|| (places, String::new()))
}

/// What stands behind a separator, when another letter follows it.
fn separated(text: &str) -> Option<&str> {
    let trimmed = text.trim_start_matches([' ', '.', ')']);
    let word = ["and ", "und ", "y ", "& "].into_iter().find_map(|word| trimmed.strip_prefix(word));
    let after = trimmed.strip_prefix([',', ';', '/', '&', '+', '、']).map(str::trim_start);
    let after = after.map(|rest| rest.strip_prefix("and ").unwrap_or(rest)).or(word);
    // Blanks alone separate letters that stand alone: `A C`.
    let blank = text.strip_prefix(' ').map(str::trim_start);
    let next = after.map(str::trim_start).or(blank)?;
    let letter = next.strip_prefix(['(', '[']).unwrap_or(next);
    let mut chars = letter.chars();
    let first = chars.next()?;
    let alone = !chars.next().is_some_and(char::is_alphanumeric);
    let valid = ('a'..='j').contains(&first.to_ascii_lowercase());
    let upper = after.is_some() || first.is_ascii_uppercase();
    (valid && alone && upper).then_some(next)
}

/// The numbers that a text begins with, counted from 1 there and from 0 here.
fn numbers(text: &str) -> Option<(Vec<usize>, String)> {
    let plain = plain(text);
    let mut rest = plain.as_str();
    for word in ["options", "option"] {
        if rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            rest = rest[word.len()..].trim_start();
        }
    }
    let mut places = Vec::new();
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            return None;
        }
        places.push(rest[..digits].parse::<usize>().ok()?.checked_sub(1)?);
        let after = &rest[digits..];
        let next = after.trim_start().trim_start_matches([',', '&', ';']);
        let next = next.trim_start().strip_prefix("and ").unwrap_or(next).trim_start();
        if next.is_empty() {
            return Some((places, String::new()));
        }
        if next.len() == after.len() {
            let behind = after.strip_prefix(['.', ')', ':'])?;
            let apart = behind.starts_with(char::is_whitespace);
            return apart.then(|| (places, behind.trim().to_owned()));
        }
        rest = next;
    }
}

/// The number of a question and its key in one entry of a list of keys: `12. B`, `| 3 | A, C |`.
fn entry(line: &str) -> Option<(u32, Vec<usize>)> {
    let plain = plain(indented(line).1);
    let rest = plain.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = ["Question", "question", "Q", "q"]
        .into_iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest)
        .trim_start_matches([' ', '#', '.']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = (1..=4).contains(&digits).then(|| rest[..digits].parse().ok())??;
    let behind = rest[digits..].trim_start_matches([' ', '.', ')', ':', '-', '–', '|', '=', '\t']);
    let behind = behind.trim_end_matches(['|', ' ']);
    let (places, _) = letters(behind)?;
    (rest.len() > digits).then_some((number, places))
}

/// A list of keys: lines of numbers and letters, several on a line perhaps.
pub(super) fn list(lines: &[String]) -> HashMap<u32, Vec<usize>> {
    let mut keys = HashMap::new();
    for line in lines {
        for part in parts(&plain(line)) {
            if let Some((number, places)) = entry(&part) {
                keys.entry(number).or_insert(places);
            }
        }
    }
    keys
}

/// A line cut before each of its numbers: `1. B  2. C, D  3. A`.
fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in line.split_whitespace() {
        let numbered = word.trim_start_matches(['(', '[', 'Q', 'q', '#']);
        if numbered.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(word);
            part.push(' ');
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_name_options_in_many_ways() {
        let places = |text: &str| match key(text) {
            Key::Places(places, behind) => (places, behind),
            Key::Words(words) => (vec![99], words),
        };
        let none = String::new();
        for (text, expected) in [
            ("B", vec![1]),
            ("**B**", vec![1]),
            ("A, C", vec![0, 2]),
            ("A,C", vec![0, 2]),
            ("A and D", vec![0, 3]),
            ("(b), (d)", vec![1, 3]),
            ("A, B and D", vec![0, 1, 3]),
            ("ACD", vec![0, 2, 3]),
            ("A C", vec![0, 2]),
            ("Option D", vec![3]),
            ("2", vec![1]),
            ("1, 3", vec![0, 2]),
            ("d", vec![3]),
            ("C.", vec![2]),
            ("A. & C.", vec![0, 2]),
        ] {
            assert_eq!(places(text), (expected, none.clone()), "{text}");
        }
        assert_eq!(places("B. Amazon S3"), (vec![1], "Amazon S3".into()));
        assert_eq!(places("B - because"), (vec![1], "because".into()));
        assert_eq!(places("Amazon S3"), (vec![99], "Amazon S3".into()));
        assert_eq!(places("A company"), (vec![99], "A company".into()));
        assert_eq!(places("3.5 GB"), (vec![99], "3.5 GB".into()));
    }

    #[test]
    fn keys_at_the_end_are_found_by_number() {
        let lines =
            ["1. B", "2) A, C", "| 3 | D |", "- **4**: b", "5. A  6. C", "see 7", "2020 was"];
        let keys = list(&lines.map(str::to_owned));
        assert_eq!(keys.len(), 6, "{keys:?}");
        assert_eq!(keys[&2], [0, 2]);
        assert_eq!(keys[&6], [2]);
    }
}
