//! Rules about orders, matches, cases and other exams.

use super::tests::{codes, codes_with, exam, sound, with};
use super::*;
use crate::blueprint::QuestionType;
use crate::deck::{AlsoTask, Case, Interaction, Prompt};

fn order(q: &mut Question) {
    q.interaction = Interaction::Order;
    q.options[1].key = true;
    q.options[2].key = true;
    q.stem = "A team trains a model.\n\nPut the steps in order.".into();
}

fn matched(q: &mut Question) {
    let prompt =
        |option: u8| Prompt { text: format!("Prompt {option}"), option, reason: "It fits.".into() };
    q.interaction = Interaction::Match { prompts: (0..3).map(prompt).collect() };
    for option in &mut q.options[..3] {
        option.key = true;
        option.reason.clear();
    }
    q.stem = "A team trains a model.\n\nMatch each need with a service.".into();
}

#[test]
fn orders_and_matches_need_no_question_mark_and_no_count() {
    assert_eq!(codes_with(order), [""; 0]);
    assert_eq!(codes_with(matched), [""; 0]);
}

#[test]
fn each_pair_has_a_reason() {
    let item = with(|q| {
        matched(q);
        let Interaction::Match { prompts } = &mut q.interaction else { unreachable!() };
        prompts[1].reason.clear();
    });
    let found = lint(&[item], None);
    assert_eq!(found[0].code, "missing-reason");
    assert_eq!(found[0].subject, Subject::Prompt("a".parse().unwrap(), 1));
}

#[test]
fn kinds_have_the_exams_shapes() {
    let mut exam = exam();
    let codes = |item: Item, exam: &Blueprint| -> Vec<&str> {
        lint(&[item], Some(exam)).into_iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(with(order), &exam), ["foreign-kind"]);
    exam.question_types.extend([QuestionType::Ordering, QuestionType::Matching]);
    assert_eq!(codes(with(order), &exam), [""; 0]);
    assert_eq!(codes(with(matched), &exam), [""; 0]);
    let short = with(|q| {
        order(q);
        q.options.truncate(2);
    });
    assert_eq!(codes(short, &exam), ["option-shape"]);
}

#[test]
fn a_case_has_two_questions() {
    let case = || Case { slug: "c".parse().unwrap(), scenario: "A company sells tea.".into() };
    let mut items = vec![sound("a"), sound("b")];
    for (item, in_case) in items.iter_mut().zip([true, false]) {
        let ItemBody::Question(question) = &mut item.body else { unreachable!() };
        question.case = in_case.then(case);
    }
    assert_eq!(codes(&items), ["lone-case"]);
    let ItemBody::Question(question) = &mut items[1].body else { unreachable!() };
    question.case = Some(case());
    assert_eq!(codes(&items), [""; 0]);
}

#[test]
fn tasks_of_other_exams_are_theirs() {
    let also = |exam: &str, task: &str| {
        let mut item = sound("a");
        item.also = vec![AlsoTask { exam: exam.into(), task: task.into() }];
        let found = super::also(&[item], Some("OWN-1"), &[self::exam()]);
        found.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    let code = exam().code;
    assert_eq!(also(&code, "1.1"), [""; 0]);
    assert_eq!(also(&code, "9.9"), ["unknown-task"]);
    assert_eq!(also("OTHER-1", "1.1"), ["unknown-blueprint"]);
    assert_eq!(also("OWN-1", "1.1"), ["own-exam"]);
}

#[test]
fn kinds_are_counted_and_keys_of_choices_only() {
    let stats = Stats::of(&[with(order), with(matched), sound("b")]);
    assert_eq!((stats.by_kind["ordering"], stats.by_kind["matching"]), (1, 1));
    assert_eq!(stats.key_positions.len(), 1);
    assert_eq!(stats.key_positions[0].questions, 1);
    assert_eq!(crate::deck::guess::guess(&[with(order), with(matched)]).questions, 0);
}
