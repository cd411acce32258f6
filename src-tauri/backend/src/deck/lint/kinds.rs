//! Rules about orders, matches, cases, and tasks of other exams.

use std::collections::BTreeMap;

use super::{Finding, Findings, Subject, Weight, questions};
use crate::blueprint::{Blueprint, QuestionType};
use crate::deck::{Item, ItemSlug, Question, ResponseKind};

/// The shapes that providers use: one key among four, several among five or more, three to five
/// responses in order, three to seven prompts.
pub(super) fn shape(
    slug: &ItemSlug,
    question: &Question,
    blueprint: &Blueprint,
    findings: &mut Findings,
) {
    let (options, prompts) = (question.options.len(), question.prompts().len());
    let kind = question.kind();
    let (kind_of_exam, fits, count, hint) = match kind {
        ResponseKind::Single => (
            QuestionType::MultipleChoice,
            options == 4,
            format!("{options} options"),
            "give four options for one key, five or six for several",
        ),
        ResponseKind::Multiple => (
            QuestionType::MultipleResponse,
            options >= 5,
            format!("{options} options"),
            "give four options for one key, five or six for several",
        ),
        ResponseKind::Ordering => (
            QuestionType::Ordering,
            (3..=5).contains(&options),
            format!("{options} responses"),
            "give three to five responses, those that are not used among them",
        ),
        ResponseKind::Matching => (
            QuestionType::Matching,
            (3..=7).contains(&prompts),
            format!("{prompts} prompts"),
            "give three to seven prompts",
        ),
    };
    let asked = blueprint.question_types.contains(&kind_of_exam);
    if asked && !fits {
        let message = format!("{count} are not the exam's shape of this question");
        findings.warning("option-shape", slug, message, hint);
    }
    let arranged = matches!(kind, ResponseKind::Ordering | ResponseKind::Matching);
    if arranged && !asked {
        let message = format!("{} asks no question of this kind", blueprint.code);
        let hint = "ask it as a choice, or leave it to decks of other exams";
        findings.warning("foreign-kind", slug, message, hint);
    }
}

/// Every pair has a reason.
pub(super) fn prompts(slug: &ItemSlug, question: &Question, findings: &mut Findings) {
    for (index, prompt) in question.prompts().iter().enumerate() {
        if prompt.reason.is_empty() {
            findings.push(
                Weight::Warning,
                "missing-reason",
                Subject::Prompt(slug.clone(), index),
                "the pair has no reason",
                "below the response, indented by two spaces, say why it is the one",
            );
        }
    }
}

/// A case is worth its reading time when it has two questions or more.
pub(super) fn cases(items: &[Item], findings: &mut Findings) {
    let mut cases: BTreeMap<&ItemSlug, (usize, &ItemSlug)> = BTreeMap::new();
    for (item, question) in questions(items) {
        if let Some(case) = &question.case {
            cases.entry(&case.slug).or_insert((0, &item.slug)).0 += 1;
        }
    }
    for (case, (count, item)) in cases {
        if count == 1 {
            let message = format!("it is the only question of the case “{case}”");
            let hint = "ask a second question about the scenario, or move it into the stem";
            findings.warning("lone-case", item, message, hint);
        }
    }
}

/// Checks the tasks of other exams that items say they serve, as far as these exams are known.
/// `own` is the code of the deck's own exam.
pub fn also(items: &[Item], own: Option<&str>, blueprints: &[Blueprint]) -> Vec<Finding> {
    let mut findings = Findings::default();
    for item in items {
        for also in &item.also {
            let blueprint = blueprints.iter().find(|known| known.code == also.exam);
            if own == Some(also.exam.as_str()) {
                let message = format!("{} is the deck's own exam", also.exam);
                findings.error("own-exam", &item.slug, message, "name its task by task: alone");
            } else if blueprint.is_some_and(|known| known.task(&also.task).is_none()) {
                let message = format!("{} has no task “{}”", also.exam, also.task);
                let hint = "take the id from the blueprint";
                findings.error("unknown-task", &item.slug, message, hint);
            } else if blueprint.is_none() {
                let message = format!("there is no blueprint “{}”", also.exam);
                let hint = "write the exam's code as its blueprint does, or give that as a path";
                findings.warning("unknown-blueprint", &item.slug, message, hint);
            }
        }
    }
    findings.all
}
