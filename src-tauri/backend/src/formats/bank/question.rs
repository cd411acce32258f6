//! From what a block says to a question.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::html::to_markdown;
use super::key::{self, Key};
use super::lines::{self, Marker};
use super::reader::{Said, Written};
use crate::deck::Choice;
use crate::formats::Place;
use crate::formats::markdown::normalise;
use crate::formats::notes::Notes;
use crate::formats::question::{Found, asked_for, option, references};

/// The question that a block makes; none when it has no options at all. `later` is the key that a
/// list at the end of the file gives.
pub(super) fn question(
    mut said: Said,
    later: Option<&Vec<usize>>,
    place: &Place,
    notes: &mut Notes,
) -> Option<Found> {
    if said.options.is_empty()
        && (said.answer.is_some() || later.is_some() || marks_one(&said.stem))
    {
        listed(&mut said);
    }
    if said.options.is_empty() {
        return None;
    }
    let stem = to_markdown(&normalise(&said.stem.join("\n")));
    let mut explanation = normalise(&said.explanation.join("\n"));
    let boxes = said.marker == Some(Marker::Box);
    let lettered = boxes && unlettered(&mut said.options);
    let mut options: Vec<Choice> = said.options.iter().map(choice).collect();
    if !options.iter().any(|option| option.key) {
        let answer = said
            .answer
            .clone()
            .or_else(|| later.map(|places| Key::Places(places.clone(), String::new())));
        match answer {
            Some(answer) => apply(&answer, &mut options, &mut explanation, place, notes),
            None => ticked(&said.options, &mut options),
        }
    } else if let (Some(Key::Places(places, _)), true) = (&said.answer, lettered || boxes) {
        let marked: Vec<usize> = (0..options.len()).filter(|at| options[*at].key).collect();
        let mut named = places.clone();
        named.sort_unstable();
        if marked != named {
            let message = "the boxes and the answer name different options; the boxes hold";
            notes.warning(place, "two-keys", message, "look up which is right, and edit it");
        }
    }
    let mut addresses = addresses(&said.references.join("\n"));
    let only = addresses_alone(&explanation);
    if let Some(found) = only {
        addresses.extend(found);
        explanation.clear();
    }
    Some(Found {
        choose: asked_for(&stem),
        stem,
        options,
        explanation: to_markdown(&explanation),
        references: references(addresses),
        ..Found::default()
    })
}

/// Whether a question is followed by a list in which one entry is ticked, or alone is bold.
fn marks_one(stem: &[String]) -> bool {
    let entries = stem.iter().filter(|line| {
        lines::opening(line).is_some_and(|opening| opening.marker == Marker::Bullet)
    });
    let bold = entries.clone().filter(|line| lines::is_bold(line)).count();
    let ticks = entries.filter(|line| lines::is_ticked(line)).count();
    (ticks > 0 || bold == 1) && stem.iter().any(|line| line.trim_end().ends_with('?'))
}

/// Takes the last list of the stem as the options.
fn listed(said: &mut Said) {
    let opening = lines::opening;
    let is_entry =
        |line: &String, marker: Marker| opening(line).is_some_and(|o| o.marker == marker);
    let Some(last) = said
        .stem
        .iter()
        .rposition(|line| is_entry(line, Marker::Bullet) || is_entry(line, Marker::Number))
    else {
        return;
    };
    let marker = opening(&said.stem[last]).map_or(Marker::Bullet, |opening| opening.marker);
    let indent = opening(&said.stem[last]).map_or(0, |opening| opening.indent);
    let mut first = last;
    for at in (0..last).rev() {
        let line = &said.stem[at];
        let (columns, rest) = lines::indented(line);
        match opening(line) {
            Some(entry) if entry.marker == marker && entry.indent == indent => first = at,
            _ if rest.is_empty() || columns > indent => {}
            _ => break,
        }
    }
    let tail = said.stem.split_off(first);
    for line in tail {
        match opening(&line).filter(|entry| entry.marker == marker && entry.indent == indent) {
            Some(entry) => {
                let (bold, text) = (lines::is_bold(&line), entry.text.to_owned());
                said.options.push(Written::new(text, bold, entry.inside));
            }
            None => {
                if let Some(option) = said.options.last_mut() {
                    option.push(&line);
                }
            }
        }
    }
    said.marker = Some(marker);
    if said.options.len() < 2 {
        let lines = said.options.drain(..).flat_map(|option| option.lines);
        said.stem.extend(lines);
    }
}

/// Takes letters off options that have boxes too, when all of them have one and in order.
fn unlettered(options: &mut [Written]) -> bool {
    let lone = options.iter().zip(b'A'..).all(|(option, letter)| {
        option.lines[0].trim().eq_ignore_ascii_case(&char::from(letter).to_string())
            && option.lines[1..].iter().any(|line| !line.trim().is_empty())
    });
    if lone {
        for option in options.iter_mut() {
            option.lines[0].clear();
        }
        return true;
    }
    let letter = |option: &Written| {
        lines::opening(&option.lines[0])
            .filter(|o| matches!(o.marker, Marker::Letter(_)))
            .map(|o| (o.marker, o.text.to_owned()))
    };
    let all: Option<Vec<_>> = options.iter().map(letter).collect();
    let Some(all) = all else { return false };
    let in_order = all.iter().zip(0u8..).all(|((marker, _), at)| *marker == Marker::Letter(at));
    if in_order {
        for (option, (_, text)) in options.iter_mut().zip(all) {
            option.lines[0] = text;
        }
    }
    in_order
}

/// The option that is written; a nested bullet that says why is its reason.
fn choice(written: &Written) -> Choice {
    let is_reason = |line: &String| {
        let entry = lines::opening(line).filter(|o| o.marker == Marker::Bullet);
        let lower = entry.map(|entry| key::plain(entry.text).to_lowercase());
        lower.is_some_and(|lower| {
            ["explanation", "reason", "why", "correct", "incorrect", "wrong", "right"].iter().any(
                |word| {
                    lower
                        .strip_prefix(word)
                        .is_some_and(|rest| rest.starts_with([':', '.', ',', ' ', '-']))
                },
            )
        })
    };
    let at = written.lines.iter().skip(1).position(is_reason).map(|at| at + 1);
    let (text, reason) = written.lines.split_at(at.unwrap_or(written.lines.len()));
    let mut reason = reason.to_vec();
    if let Some(first) = reason.first_mut() {
        *first = lines::opening(first).map_or_else(String::new, |entry| entry.text.to_owned());
        for line in reason.iter_mut().skip(1) {
            *line = super::reader::dedent(line, 2);
        }
    }
    Choice {
        reason: to_markdown(&normalise(&reason.join("\n"))),
        ..option(to_markdown(&normalise(&text.join("\n"))), written.key)
    }
}

/// Marks the options that an answer names.
fn apply(
    answer: &Key,
    options: &mut [Choice],
    explanation: &mut String,
    place: &Place,
    notes: &mut Notes,
) {
    match answer {
        Key::Places(places, behind) => {
            let count = options.len();
            for place in places.iter().filter(|place| **place < count) {
                options[*place].key = true;
            }
            if places.iter().any(|place| *place >= count) {
                let message = "the answer names an option that is not there";
                notes.warning(place, "unknown-key", message, "look up which is right, and edit it");
            }
            let words = fold(behind);
            let repeats = !words.is_empty()
                && options.iter().any(|option| option.key && fold(&option.text) == words);
            if !behind.is_empty() && !repeats {
                *explanation = normalise(&format!("{behind}\n\n{explanation}"));
            }
        }
        Key::Words(words) => {
            let parts = words.split([';', '\n']).chain([words.as_str()]).map(fold);
            let parts: HashSet<String> = parts.filter(|part| !part.is_empty()).collect();
            let mut found = false;
            for option in options.iter_mut() {
                let named = parts.contains(&fold(&option.text));
                option.key |= named;
                found |= named;
            }
            if !found {
                *explanation = normalise(&format!("{words}\n\n{explanation}"));
            }
        }
    }
}

/// A text as it is compared: its letters and digits, small.
fn fold(text: &str) -> String {
    let plain = crate::rich_text::plain_text(text);
    plain.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Marks what is ticked, or else what alone is bold.
fn ticked(written: &[Written], options: &mut [Choice]) {
    for option in options.iter_mut() {
        for tick in lines::TICKS {
            if let Some(text) = option.text.strip_suffix(tick).or(option.text.strip_prefix(tick)) {
                option.text = text.trim().to_owned();
                option.key = true;
                break;
            }
        }
    }
    let wholly = |at: usize, option: &Choice| {
        let inner = option.text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
        written[at].bold || inner.is_some_and(|inner| !inner.contains("**"))
    };
    let bold: Vec<usize> = (0..options.len()).filter(|at| wholly(*at, &options[*at])).collect();
    if options.iter().any(|option| option.key) || bold.is_empty() || bold.len() * 2 > options.len()
    {
        return;
    }
    for at in bold {
        options[at].key = true;
        options[at].text = normalise(options[at].text.trim_matches('*').trim());
    }
}

/// Titles and addresses that a text links to or names.
fn addresses(markdown: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut title = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                title = Some((String::new(), dest_url.to_string()));
            }
            Event::End(TagEnd::Link) => found.extend(title.take()),
            Event::Text(text) | Event::Code(text) => match &mut title {
                Some((title, _)) => title.push_str(&text),
                None => found.extend(
                    text.split([' ', '<', '>', '(', ')', ','])
                        .filter(|word| word.starts_with("https://"))
                        .map(|word| word.trim_end_matches(['.', ';']).to_owned())
                        .map(|word| (word.clone(), word)),
                ),
            },
            _ => {}
        }
    }
    found
}

/// The addresses of a text that is nothing but addresses that can be opened.
fn addresses_alone(markdown: &str) -> Option<Vec<(String, String)>> {
    if markdown.len() > 4096 || !markdown.contains("https://") {
        return None;
    }
    let mut in_link = false;
    let alone = Parser::new(markdown).all(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            in_link = true;
            dest_url.starts_with("https://")
        }
        Event::End(TagEnd::Link) => {
            in_link = false;
            true
        }
        Event::Text(text) => {
            in_link || text.split_whitespace().all(|word| word.starts_with("https://"))
        }
        Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item)
        | Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        _ => in_link,
    });
    alone.then(|| addresses(markdown))
}

/// The keys that lists at the end of a file give, by the number of the question.
pub(super) type Keys = HashMap<u32, Vec<usize>>;
