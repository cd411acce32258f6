//! The types of questions, and what each becomes.

use std::collections::HashSet;

use super::flag;
use super::text::{Texts, plain};
use crate::deck::{CardStyle, Choice, Difficulty};
use crate::formats::DraftContent;
use crate::formats::findings::LeftOut;
use crate::formats::made::{self, Response, Responses};
use crate::formats::xml::Element;

/// The share that earns all points, in per cent, less what rounding takes.
const FULL: f64 = 99.999;
const TYPES: &str =
    "multichoice, truefalse, matching, ordering, shortanswer and numerical are read";

/// The content of a question of this type, or why it is left out.
pub(super) fn read(
    kind: &str,
    question: &Element,
    texts: &mut Texts<'_, '_>,
) -> Result<DraftContent, LeftOut> {
    let responses = match kind {
        "multichoice" => multichoice(question, texts),
        "truefalse" => true_or_false(question, texts),
        "matching" | "match" | "ddmatch" => matching(question, texts),
        "ordering" => ordering(question, texts),
        "shortanswer" | "numerical" => return card(kind, question, texts),
        other => {
            let message = format!("questions of type “{other}” are not read");
            return Err(LeftOut::new("unsupported-type", message, TYPES));
        }
    }?;
    let stem = texts.of(question, "questiontext");
    let explanation = texts.of(question, "generalfeedback");
    let question = made::question(&stem, &explanation, responses, Difficulty::Medium, None)?;
    Ok(DraftContent::Question(Box::new(question)))
}

/// The share of the points that an answer earns, in per cent.
fn fraction(answer: &Element) -> f64 {
    let share = answer.attribute("fraction").and_then(|share| share.trim().parse().ok());
    share.filter(|share: &f64| share.is_finite()).unwrap_or(0.0)
}

fn multichoice(question: &Element, texts: &mut Texts<'_, '_>) -> Result<Responses, LeftOut> {
    let answers: Vec<&Element> = question.named("answer").collect();
    let shares: Vec<f64> = answers.iter().map(|answer| fraction(answer)).collect();
    // Without a word on it, one answer is to be given.
    let single = question.child("single").is_none() || flag(question, "single");
    let most = shares.iter().copied().fold(0.0, f64::max);
    let is_key = |share: f64| share > 0.0 && (!single || share >= most);
    if single {
        let keys = shares.iter().filter(|share| is_key(**share)).count();
        if keys > 1 {
            let message = "several answers are right where one is to be given";
            return Err(LeftOut::new("several-right", message, "give it one right answer"));
        }
        if shares.iter().any(|share| *share > 0.0 && !is_key(*share)) || (most > 0.0 && most < FULL)
        {
            let message =
                "points for parts of the answer are not kept: only the best answer is right";
            let hint = "look whether the key is what you mean";
            texts.warn("partial-credit", message.into(), hint);
        }
    }
    let options = answers.into_iter().zip(shares).map(|(answer, share)| Choice {
        text: texts.markdown(answer),
        key: is_key(share),
        reason: texts.of(answer, "feedback"),
    });
    made::choice(options.collect())
}

fn true_or_false(question: &Element, texts: &mut Texts<'_, '_>) -> Result<Responses, LeftOut> {
    let option = |answer: &Element| {
        let truth = answer.child("text").map(Element::text).unwrap_or_default();
        let text = match truth.to_lowercase().as_str() {
            "true" => "True".to_owned(),
            "false" => "False".to_owned(),
            _ => plain(&truth),
        };
        let reason = texts.of(answer, "feedback");
        Choice { text, key: fraction(answer) > 0.0, reason }
    };
    made::choice(question.named("answer").map(option).collect())
}

fn matching(question: &Element, texts: &mut Texts<'_, '_>) -> Result<Responses, LeftOut> {
    let mut prompts = Vec::new();
    let mut responses: Vec<Response> = Vec::new();
    let mut ids = HashSet::new();
    for pair in question.named("subquestion") {
        let answer = pair.child("answer");
        let id = answer.map(Element::text).unwrap_or_default();
        if id.is_empty() {
            continue; // Moodle leaves pairs empty that nobody filled in.
        }
        let text = texts.markdown(pair);
        if ids.insert(id.clone()) {
            let (id, text) = (id.clone(), plain(&id));
            responses.push(Response { id, text, reason: String::new() });
        }
        // A response without a prompt is one that is not needed.
        if !text.is_empty() {
            let prompt = Response { id: String::new(), text, reason: String::new() };
            prompts.push((prompt, id));
        }
    }
    made::matching(&prompts, &responses)
}

/// Answers in the right order; their fractions, where there are any, are their places.
fn ordering(question: &Element, texts: &mut Texts<'_, '_>) -> Result<Responses, LeftOut> {
    let mut answers: Vec<&Element> = question.named("answer").collect();
    answers.sort_by(|a, b| fraction(a).total_cmp(&fraction(b)));
    let response = |(id, answer): (u32, &Element)| Response {
        id: id.to_string(),
        text: texts.markdown(answer),
        reason: texts.of(answer, "feedback"),
    };
    let responses: Vec<Response> = (0..).zip(answers).map(response).collect();
    let steps: Vec<String> = responses.iter().map(|response| response.id.clone()).collect();
    made::order(&responses, &steps)
}

/// A card that is typed where one text alone is right, and otherwise one that is turned over.
fn card(
    kind: &str,
    question: &Element,
    texts: &mut Texts<'_, '_>,
) -> Result<DraftContent, LeftOut> {
    let answers: Vec<&Element> = question.named("answer").collect();
    let right = answers.iter().filter(|answer| fraction(answer) >= FULL).map(|answer| {
        let text = answer.child("text").map(Element::text).unwrap_or_default();
        let tolerance = answer.child("tolerance").map(Element::text).unwrap_or_default();
        let exact =
            tolerance.parse::<f64>().is_ok_and(|width| width == 0.0) || tolerance.is_empty();
        (text, (!exact).then_some(tolerance))
    });
    let right: Vec<(String, Option<String>)> = right.filter(|(text, _)| !text.is_empty()).collect();
    let front = texts.of(question, "questiontext");
    let explanation = texts.of(question, "generalfeedback");
    let exact = |(text, tolerance): &(String, Option<String>)| {
        tolerance.is_none() && (kind == "numerical" || !text.contains('*'))
    };
    let style = match right.as_slice() {
        [] => {
            let hint = "give it an answer that earns all points";
            return Err(LeftOut::new("no-key", "no answer earns all points", hint));
        }
        [only] if exact(only) => CardStyle::Typed,
        _ => CardStyle::Basic,
    };
    let shown = right.iter().map(|(text, tolerance)| match tolerance {
        Some(tolerance) => plain(&format!("{text} ± {tolerance}")),
        None => plain(text),
    });
    // Of a typed card, the first paragraph is what is to be typed; what follows explains it.
    let back = made::joined(shown.chain([explanation]));
    if style == CardStyle::Basic {
        let message = "more than one text is right, so the card is turned over and not typed";
        texts.warn("not-typed", message.into(), "make it a typed card after the import");
    }
    let card = made::card(style, &front, &back)?;
    Ok(DraftContent::Card(Box::new(card)))
}
