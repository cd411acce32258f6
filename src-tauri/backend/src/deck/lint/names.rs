//! Rules about names of services that were renamed, ended or closed.

use std::collections::HashSet;

use super::{Findings, Subject, Weight};
use crate::deck::vocabulary::{NOTES, RENAMED, RETIRED};
use crate::deck::{Item, ItemBody};
use crate::rich_text::plain_text;

/// Texts that are read together.
struct Part {
    subject: Subject,
    text: String,
    /// The part of it that has to be known to answer right.
    answer: Option<String>,
}

pub(super) fn check(item: &Item, findings: &mut Findings) {
    let parts = parts(item);
    renamed(&parts, findings);
    retired(&parts, findings);
}

/// At first mention, a renamed service has both names.
fn renamed(parts: &[Part], findings: &mut Findings) {
    let mut seen = HashSet::new();
    for part in parts {
        let names = RENAMED.find(&part.text);
        for name in &names {
            let both = names.iter().any(|n| n.service == name.service && n.now != name.now);
            if seen.insert(name.service) && !both && !name.alone {
                let message = format!("“{}” stands without “{}”", name.name, name.other);
                let hint = "give both names at first mention: X (formerly Y)";
                let subject = part.subject.clone();
                findings.push(Weight::Warning, "renamed-service", subject, message, hint);
            }
        }
    }
}

/// An answer that nobody can follow any more says so.
fn retired(parts: &[Part], findings: &mut Findings) {
    if parts.iter().any(|part| !NOTES.find(&part.text).is_empty()) {
        return;
    }
    for part in parts {
        let answer = part.answer.as_deref().unwrap_or_default();
        if let Some(service) = RETIRED.find(answer).first() {
            let message = format!("the answer is “{}”, which {}", service.name, service.state);
            let hint = "say so in the item, or ask about what took its place";
            let subject = part.subject.clone();
            findings.push(Weight::Warning, "retired-service", subject, message, hint);
        }
    }
}

/// The parts of an item in reading order; an option with its reason is one.
fn parts(item: &Item) -> Vec<Part> {
    let whole = |text: &str, is_answer: bool| {
        let text = plain_text(text);
        let answer = is_answer.then(|| text.clone());
        Part { subject: Subject::Item(item.slug.clone()), text, answer }
    };
    match &item.body {
        ItemBody::Card(card) => vec![whole(&card.front, false), whole(&card.back, true)],
        ItemBody::Question(question) => {
            let option = |(index, option): (usize, &crate::deck::Choice)| {
                let (text, reason) = (plain_text(&option.text), plain_text(&option.reason));
                Part {
                    subject: Subject::Choice(item.slug.clone(), index),
                    text: format!("{text}\n{reason}"),
                    answer: option.key.then_some(text),
                }
            };
            let scenario = question.case.iter().map(|case| whole(&case.scenario, false));
            let mut parts: Vec<Part> = scenario.collect();
            parts.push(whole(&question.stem, false));
            parts.extend(question.prompts().iter().enumerate().map(|(index, prompt)| {
                let (text, reason) = (plain_text(&prompt.text), plain_text(&prompt.reason));
                let subject = Subject::Prompt(item.slug.clone(), index);
                Part { subject, text: format!("{text}\n{reason}"), answer: None }
            }));
            parts.extend(question.options.iter().enumerate().map(option));
            parts.push(whole(&question.explanation, false));
            parts
        }
    }
}
