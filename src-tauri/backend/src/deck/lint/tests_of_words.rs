//! Tests of the rules about lengths, names and concepts.

use super::tests::{codes, codes_with, sound, with};
use super::*;
use crate::deck::Card;

fn card(slug: &str, front: &str, back: &str) -> Item {
    let body = ItemBody::Card(Card::basic(front, back));
    Item { body, ..sound(slug) }
}

fn stem(question: &mut Question, text: &str) {
    question.stem = format!("{text}\n\nWhich solution meets the requirements?");
}

#[test]
fn an_option_far_longer_than_another_is_noticed() {
    let long = "Use the second service with each of its features on.";
    assert_eq!(codes_with(|q| q.options[1].text = long.into()), ["option-spread"]);
    assert_eq!(codes_with(|q| q.options[1].text.push_str(" And then some more.")), [""; 0]);
    // Many times as long, but a word more.
    let short = codes_with(|q| {
        for (option, text) in q.options.iter_mut().zip(["1", "2", "Logistic regression", "4"]) {
            option.text = text.into();
        }
    });
    assert_eq!(short, [""; 0]);
}

#[test]
fn stems_that_take_too_long_to_read_are_noticed() {
    assert_eq!(codes_with(|q| stem(q, &"word ".repeat(116))), ["long-stem"]);
    assert_eq!(codes_with(|q| stem(q, &"word ".repeat(115))), [""; 0]);
    let table = "It has:\n\n| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(100);
    assert_eq!(codes_with(|q| stem(q, &table)), [""; 0]);
}

#[test]
fn a_renamed_service_has_both_names_at_first_mention() {
    let both = "A team uses Amazon Data Firehose (formerly Kinesis Data\nFirehose).";
    assert_eq!(codes_with(|q| stem(q, both)), [""; 0]);
    for one in
        ["It uses Amazon Data Firehose.", "It uses Kinesis Data Firehose.", "SageMaker AI runs."]
    {
        assert_eq!(codes_with(|q| stem(q, one)), ["renamed-service"], "{one}");
    }
    // Later mentions are free.
    let later = codes_with(|q| {
        stem(q, both);
        q.options[0].text = "Use Amazon Data Firehose.".into();
    });
    assert_eq!(later, [""; 0]);
    // An option and its reason are read together.
    let in_reason = codes_with(|q| {
        q.options[0].text = "Use Amazon Data Firehose.".into();
        q.options[0].reason = "Formerly Kinesis Data Firehose, it delivers.".into();
    });
    assert_eq!(in_reason, [""; 0]);
    assert_eq!(codes(&[card("a", "What is SageMaker AI?", "A service.")]), ["renamed-service"]);
}

#[test]
fn old_renames_matter_only_where_the_old_name_stands() {
    assert_eq!(codes_with(|q| stem(q, "It uses Amazon EventBridge.")), [""; 0]);
    assert_eq!(codes_with(|q| stem(q, "It uses CloudWatch Events.")), ["renamed-service"]);
}

#[test]
fn a_name_inside_another_is_not_that_name() {
    for text in ["SageMaker Canvas builds it.", "Amazon SageMaker Feature Store has it."] {
        assert_eq!(codes_with(|q| stem(q, text)), [""; 0], "{text}");
    }
}

#[test]
fn a_key_that_nobody_can_begin_to_use_says_so() {
    let key = |q: &mut Question| q.options[0].text = "Use Amazon Kendra.".into();
    let finding = &lint(&[with(key)], None)[0];
    assert_eq!(finding.code, "retired-service");
    assert_eq!(finding.subject, Subject::Choice("a".parse().unwrap(), 0));
    assert_eq!(finding.message, "the answer is “Amazon Kendra”, which is closed to new customers");
    let noted = codes_with(|q| {
        key(q);
        q.explanation = "It is closed to new customers; this one is not.".into();
    });
    assert_eq!(noted, [""; 0]);
    // As a distractor it may stand.
    assert_eq!(codes_with(|q| q.options[1].text = "Use Amazon Kendra.".into()), [""; 0]);
    assert_eq!(codes(&[card("a", "Which?", "Amazon Kendra.")]), ["retired-service"]);
}

#[test]
fn a_concept_takes_no_more_than_a_fifth_of_a_task() {
    let bank = |tagged: usize| -> Vec<Item> {
        let tag = |n: usize| if n < tagged { vec!["spark".to_owned()] } else { vec![] };
        (0..11).map(|n| Item { tags: tag(n), ..sound(&format!("q{n}")) }).collect()
    };
    // A fifth of 11 is 2.2: three are within reach of it.
    assert_eq!(codes(&bank(3)), [""; 0]);
    let findings = lint(&bank(4), None);
    assert_eq!(findings[0].message, "4 of 11 questions of task 1.1 are “spark”");
    assert_eq!((findings.len(), &findings[0].subject), (1, &Subject::Deck));
}

#[test]
fn decks_given_together_may_not_repeat_each_other() {
    let a = [sound("a"), card("c", "When would you pick X over Y?", "Now.")];
    let b = [sound("b"), card("d", "When would you pick X over Y?", "Never."), sound("a")];
    let decks = [("first".to_owned(), a.as_slice()), ("second".to_owned(), b.as_slice())];
    let found = across(&decks);
    assert_eq!(found[0], []);
    let found: Vec<_> = found[1].iter().map(|f| (f.code, f.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("duplicate-front", "the front is that of “first/c”"),
            ("near-duplicate", "100 % of the text is that of “first/a”"),
        ]
    );
    assert_eq!(across(&[("one".to_owned(), [sound("a"), sound("a")].as_slice())]), [vec![]]);
}
