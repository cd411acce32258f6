//! What stands between the braces, by the rules with which Moodle tells its kinds apart
//! (`question/format/gift/format.php`).

use super::syntax::{Entry, TextFormat, unescaped};
use super::{GAP, markdown};
use crate::deck::{Card, CardStyle, Choice, Interaction, Prompt};
use crate::formats::markdown::{MAX_TEXT, OPTIONS};
use crate::formats::notes::Notes;
use crate::formats::question::{Found, asked_for, option};
use crate::formats::{DraftContent, Place};

/// An answer with its weight and feedback.
struct Answer<'a> {
    text: &'a str,
    /// Share of the points, in percent.
    weight: f64,
    feedback: &'a str,
}

/// The question or card of an entry; what makes none is noted.
pub(super) fn content(entry: &Entry, place: &Place, notes: &mut Notes) -> Option<DraftContent> {
    let label = entry.name.clone().unwrap_or_else(|| unescaped(&entry.before));
    let Some(answers) = &entry.answers else {
        notes.pass_over(place, "description", &label);
        return None;
    };
    let (answers, general) = answers.split_once("####").unwrap_or((answers, ""));
    let answers = answers.trim();
    let stem = if entry.after.is_empty() {
        entry.before.clone()
    } else {
        let gap = if entry.before.is_empty() { String::new() } else { format!(" {GAP} ") };
        // Punctuation follows the gap without a blank.
        let tight = entry.after.starts_with(['.', ',', ';', '?', '!', ')']);
        let gap = if tight { gap.trim_end().to_owned() } else { gap };
        format!("{}{gap}{}", entry.before, entry.after)
    };
    let asked = Asked {
        stem: markdown(&stem, entry.format),
        explanation: markdown(general, entry.format),
        format: entry.format,
    };
    if answers.is_empty() {
        notes.pass_over(place, "essay", &label);
        return None;
    }
    let found = if let Some(numbers) = answers.strip_prefix('#') {
        return asked.card(&numeric(numbers), place, notes);
    } else if answers.contains('~') {
        asked.choice(answers, place, notes)
    } else if answers.contains('=') && answers.contains("->") {
        asked.matching(answers, place, notes)?
    } else if let Some(found) = asked.true_false(answers) {
        found
    } else {
        let all: Vec<Answer<'_>> = split(answers).map(|(text, _)| answer(text, 100.0)).collect();
        let right: Vec<&Answer<'_>> = all.iter().filter(|answer| answer.weight >= 100.0).collect();
        let texts = right.iter().map(|answer| markdown(answer.text, asked.format));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        let notes_of = right.iter().map(|answer| markdown(answer.feedback, asked.format));
        let feedback: Vec<String> = notes_of.filter(|text| !text.is_empty()).collect();
        return asked.card(&Recalled { texts, feedback, exact: true }, place, notes);
    };
    found.finish(place, notes).map(|question| DraftContent::Question(Box::new(question)))
}

/// The parts of an answer: each with whether `=` began it.
fn split(answers: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut marks = answers.char_indices().filter(|(_, c)| matches!(c, '=' | '~')).peekable();
    // What stands before the first mark belongs to none, unless there is no mark at all.
    let lone = marks.peek().is_none().then_some((answers.trim(), true));
    let mut starts: Vec<(usize, bool)> = marks.map(|(at, c)| (at, c == '=')).collect();
    // `~=` is a right answer.
    starts.dedup_by(|next, last| {
        let joined = next.0 == last.0 + 1 && !last.1 && next.1;
        if joined {
            *last = *next;
        }
        joined
    });
    let ends: Vec<usize> =
        starts.iter().skip(1).map(|(at, _)| *at).chain([answers.len()]).collect();
    lone.into_iter().chain(starts.into_iter().zip(ends).map(|((at, right), end)| {
        (answers[at + 1..end].trim().trim_end_matches('~').trim_end(), right)
    }))
}

/// An answer with its weight, which is `unless` when it says none.
fn answer(text: &str, unless: f64) -> Answer<'_> {
    let weighed = text.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    let weighed = weighed.and_then(|(weight, rest)| Some((weight.trim().parse().ok()?, rest)));
    let (weight, rest) = weighed.unwrap_or((unless, text));
    let (text, feedback) = rest.split_once('#').unwrap_or((rest, ""));
    Answer { text: text.trim(), weight, feedback: feedback.trim() }
}

/// What is to be recalled.
struct Recalled {
    texts: Vec<String>,
    feedback: Vec<String>,
    /// Whether typing one of the texts is the answer.
    exact: bool,
}

/// Numbers: `3`, `3:2`, `1..5`, or several of them with weights.
fn numeric(text: &str) -> Recalled {
    let several = text.contains('=');
    let parts: Vec<&str> =
        if several { split(text).map(|(part, _)| part).collect() } else { vec![text] };
    let mut found = Recalled { texts: Vec::new(), feedback: Vec::new(), exact: true };
    for part in parts {
        let answer = answer(part, 100.0);
        if answer.weight < 100.0 {
            continue;
        }
        let number = unescaped(answer.text);
        let words = if let Some((low, high)) = number.split_once("..") {
            found.exact = false;
            format!("{} to {}", low.trim(), high.trim())
        } else if let Some((value, tolerance)) = number.split_once(':') {
            match tolerance.trim() {
                "0" | "" => value.trim().to_owned(),
                tolerance => {
                    found.exact = false;
                    format!("{} ± {tolerance}", value.trim())
                }
            }
        } else {
            number.trim().to_owned()
        };
        found.texts.push(words);
        found.feedback.extend(Some(unescaped(answer.feedback)).filter(|text| !text.is_empty()));
    }
    found
}

/// What asks.
struct Asked {
    stem: String,
    explanation: String,
    format: TextFormat,
}

impl Asked {
    fn found(&self, options: Vec<Choice>) -> Found {
        Found {
            stem: self.stem.clone(),
            options,
            explanation: self.explanation.clone(),
            choose: asked_for(&self.stem),
            ..Found::default()
        }
    }

    /// A choice of one where `=` marks it, of several by weight otherwise.
    fn choice(&self, answers: &str, place: &Place, notes: &mut Notes) -> Found {
        let all: Vec<(Answer<'_>, bool)> = split(answers)
            .map(|(text, right)| (answer(text, if right { 100.0 } else { 0.0 }), right))
            .collect();
        let single = all.iter().any(|(_, right)| *right);
        let is_key = |answer: &Answer<'_>| {
            if single { answer.weight >= 100.0 } else { answer.weight > 0.0 }
        };
        let keys = all.iter().filter(|(answer, _)| is_key(answer)).count();
        if single && keys > 1 {
            let message =
                "any one of several options is right there; here all of them are asked for";
            notes.warning(place, "several-keys", message, "say in the stem how many to choose");
        }
        let partly = all.iter().any(|(a, _)| single && a.weight > 0.0 && a.weight < 100.0);
        if partly {
            let message = "options that earn a part of the points count as wrong here";
            notes.warning(place, "partial-credit", message, "look whether that is meant");
        }
        let options = all.iter().map(|(answer, _)| Choice {
            reason: markdown(answer.feedback, self.format),
            ..option(markdown(answer.text, self.format), is_key(answer))
        });
        self.found(options.collect())
    }

    /// True or false; Moodle writes the feedback for a wrong answer first.
    fn true_false(&self, answers: &str) -> Option<Found> {
        let mut parts = answers.split('#');
        let value = parts.next().unwrap_or_default().trim().to_ascii_uppercase();
        let truth = match value.as_str() {
            "T" | "TRUE" => true,
            "F" | "FALSE" => false,
            _ => return None,
        };
        let wrong = markdown(parts.next().unwrap_or_default(), self.format);
        let right = markdown(parts.next().unwrap_or_default(), self.format);
        let made = |text: &str, key: bool| Choice {
            reason: if key { right.clone() } else { wrong.clone() },
            ..option(text, key)
        };
        Some(self.found(vec![made("True", truth), made("False", !truth)]))
    }

    /// Pairs; a response without a prompt is one that is not used.
    fn matching(&self, answers: &str, place: &Place, notes: &mut Notes) -> Option<Found> {
        let mut prompts: Vec<Prompt> = Vec::new();
        let mut options: Vec<Choice> = Vec::new();
        let mut unused = Vec::new();
        for (text, _) in split(answers) {
            let (prompt, response) =
                answer(text, 100.0).text.split_once("->").unwrap_or((text, ""));
            let prompt = markdown(prompt, self.format);
            let response = markdown(response, self.format);
            if response.is_empty() {
                let message = "a prompt has no response";
                notes.error(place, "no-response", message, "write -> and the response behind it");
                return None;
            }
            if prompt.is_empty() {
                unused.push(response);
                continue;
            }
            let known = options.iter().position(|option| option.text == response);
            let at = known.unwrap_or(options.len());
            if known.is_none() {
                options.push(option(response, true));
            }
            let option = u8::try_from(at).unwrap_or(u8::MAX);
            prompts.push(Prompt { text: prompt, option, reason: String::new() });
        }
        unused.retain(|response| !options.iter().any(|option| option.text == *response));
        unused.sort_unstable();
        unused.dedup();
        options.extend(unused.into_iter().map(|response| option(response, false)));
        if !OPTIONS.contains(&prompts.len()) {
            let message = format!("a matching question has {} prompts", prompts.len());
            notes.error(place, "prompts", message, "2 to 10 can be matched; split it");
            return None;
        }
        Some(Found { interaction: Interaction::Match { prompts }, ..self.found(options) })
    }

    /// A card: typed when one text alone is right and nothing more is said, recalled otherwise.
    fn card(&self, recalled: &Recalled, place: &Place, notes: &mut Notes) -> Option<DraftContent> {
        let Recalled { texts, feedback, exact } = recalled;
        if texts.is_empty() || self.stem.is_empty() {
            let message = format!("“{}” has no answer that is right", self.stem);
            notes.error(place, "no-key", message, "write = before the right answer");
            return None;
        }
        let wild = texts.iter().any(|text| text.contains('*'));
        let told = !feedback.is_empty() || !self.explanation.is_empty();
        let typed = *exact && texts.len() == 1 && !wild && !told;
        let mut back = vec![texts.join(" / ")];
        back.extend(feedback.iter().cloned());
        back.extend(Some(self.explanation.clone()).filter(|text| !text.is_empty()));
        let back = back.join("\n\n");
        if back.len() > MAX_TEXT || self.stem.len() > MAX_TEXT {
            let message = format!("a text has more than {MAX_TEXT} bytes");
            notes.error(place, "text-too-long", message, "shorten it");
            return None;
        }
        let style = if typed { CardStyle::Typed } else { CardStyle::Basic };
        Some(DraftContent::Card(Box::new(Card::of(style, self.stem.clone(), back))))
    }
}
