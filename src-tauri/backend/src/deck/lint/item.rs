//! Rules about one item.

use std::collections::HashMap;

use super::{Findings, Weight, kinds, wording};
use crate::blueprint::Blueprint;
use crate::deck::{Card, CardStyle, Item, ItemBody, ItemSlug, Question, ResponseKind};
use crate::rich_text::{last_paragraph, links, plain_text};

/// From how many words on the back of a card is long.
const LONG_BACK: usize = 30;

pub(super) fn check(item: &Item, blueprint: Option<&Blueprint>, findings: &mut Findings) {
    if let (Some(blueprint), Some(task)) = (blueprint, &item.task)
        && blueprint.task(task).is_none()
    {
        let message = format!("{} has no task “{task}”", blueprint.code);
        findings.error("unknown-task", &item.slug, message, "take the id from the blueprint");
    }
    match &item.body {
        ItemBody::Question(question) => self::question(&item.slug, question, blueprint, findings),
        ItemBody::Card(card) => self::card(&item.slug, card, findings),
    }
}

fn card(slug: &ItemSlug, card: &Card, findings: &mut Findings) {
    if card.ordinals().is_empty() {
        let hint = "write {{c1::words}} around what is to be recalled, or drop kind: cloze";
        findings.error("no-deletion", slug, "the cloze card deletes nothing", hint);
    }
    if card.style == CardStyle::Typed && card.back.contains('\n') {
        let hint = "only the first paragraph can be typed; one word or one line is best";
        findings.warning("long-typed", slug, "the answer to be typed has several lines", hint);
    }
    let count = wording::words(&plain_text(&card.back)).count();
    if count >= LONG_BACK {
        let message = format!("the back has {count} words");
        findings.warning("long-back", slug, message, "one fact on a card, in under 30 words");
    }
    plain_links(slug, [&card.front, &card.back], findings);
}

fn question(
    slug: &ItemSlug,
    question: &Question,
    blueprint: Option<&Blueprint>,
    findings: &mut Findings,
) {
    lead_in(slug, question, findings);
    options(slug, question, findings);
    kinds::prompts(slug, question, findings);
    if let Some(blueprint) = blueprint {
        kinds::shape(slug, question, blueprint, findings);
    }
    if question.explanation.is_empty() {
        let hint = "after the options, write Why: and two to five sentences";
        findings.warning("missing-why", slug, "the question has no explanation", hint);
    }
    if question.references.is_empty() {
        let hint = "add Reference: with the public address of official documentation";
        findings.warning("missing-reference", slug, "the question has no reference", hint);
    }
    let texts = question.options.iter().flat_map(|option| [&option.text, &option.reason]);
    let prompts = question.prompts().iter().flat_map(|prompt| [&prompt.text, &prompt.reason]);
    let scenario = question.case.iter().map(|case| &case.scenario);
    let whole = [&question.stem, &question.explanation].into_iter();
    plain_links(slug, whole.chain(texts).chain(prompts).chain(scenario), findings);
}

fn lead_in(slug: &ItemSlug, question: &Question, findings: &mut Findings) {
    let lead_in = last_paragraph(&question.stem);
    let is_choice = question.interaction.is_choice();
    // “Put the steps in order.” asks too.
    if is_choice && !lead_in.as_deref().is_some_and(wording::asks) {
        let hint = "end the stem with one clear question, in a paragraph of its own";
        findings.warning("no-lead-in", slug, "the stem does not end with a question", hint);
    }
    let lead_in = lead_in.unwrap_or_else(|| plain_text(&question.stem));
    if let Some(word) = wording::negation(&lead_in) {
        let message = format!("the question turns on “{word}”");
        findings.warning(
            "negative-stem",
            slug,
            message,
            "ask for what is true, not for what is not",
        );
    }
    if !is_choice {
        return; // The places to fill show how many there are.
    }
    let keys = question.key_count();
    let hint = "say in the lead-in how many to choose: (Select TWO.)";
    match wording::asked_for(&lead_in) {
        Some(asked) if asked != keys => {
            let there = if keys == 1 { "is 1 key".into() } else { format!("are {keys} keys") };
            let message = format!("the stem asks for {asked} options, but there {there}");
            findings.error("select-count", slug, message, hint);
        }
        None if question.kind() == ResponseKind::Multiple => {
            let message = format!("there are {keys} keys, but the stem does not say so");
            findings.error("select-count", slug, message, hint);
        }
        _ => {}
    }
}

fn options(slug: &ItemSlug, question: &Question, findings: &mut Findings) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, option) in question.options.iter().enumerate() {
        let text = plain_text(&option.text);
        let at = (slug, index);
        // In a match the pair gives the reason.
        let in_pair = option.key && !question.prompts().is_empty();
        if option.reason.is_empty() && !in_pair {
            let hint =
                "below the option, indented by two spaces, say why it is right or wrong here";
            findings.choice(
                Weight::Warning,
                "missing-reason",
                at,
                "the option has no reason",
                hint,
            );
        }
        if let Some(phrase) = wording::refers_to_others(&text) {
            let message = format!("“{phrase}” tests reading, not knowledge");
            let hint = "replace it by a distractor of its own";
            findings.choice(Weight::Error, "all-or-none", at, message, hint);
        }
        if let Some(word) = wording::absolute(&text) {
            let message = format!("“{word}” gives the option away");
            let hint = "say what the option does, without the absolute word";
            findings.choice(Weight::Warning, "absolute-word", at, message, hint);
        }
        // Case matters in code and units; only blanks and full stops do not.
        let same = text.trim_end_matches('.').to_owned();
        if let Some(first) = seen.insert(same, index) {
            let message = format!("options {} and {} are the same", first + 1, index + 1);
            findings.choice(Weight::Error, "same-option", at, message, "replace one of them");
        }
    }
}

fn plain_links<'a>(
    slug: &ItemSlug,
    texts: impl IntoIterator<Item = &'a String>,
    findings: &mut Findings,
) {
    for link in texts.into_iter().flat_map(|text| links(text)) {
        if !link.starts_with("https://") && !link.starts_with("mailto:") {
            let short: String = link.chars().take(60).collect();
            let message = format!("“{short}” is not an https address");
            findings.warning("odd-link", slug, message, "link to public pages by https");
        }
    }
}
