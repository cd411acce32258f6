//! Orders, matches and cases in papers.

use super::*;
use crate::blueprint::QuestionType;
use crate::deck::Places;

/// A bank with orders and matches, and every tenth question in a case of two.
fn bank_of_all_kinds(blueprint: &Blueprint, seed: u64) -> Vec<BankItem> {
    let mut bank = sample::bank(blueprint, 325, seed);
    for (number, item) in bank.iter_mut().enumerate() {
        if number % 6 == 0 {
            item.kind = ResponseKind::Ordering;
            item.options = 4;
            item.places = Some(Places { count: 3, reuse: false });
        } else if number % 6 == 1 {
            item.kind = ResponseKind::Matching;
            item.options = 4;
            item.places = Some(Places { count: 4, reuse: false });
        }
    }
    for number in (0..bank.len()).step_by(10) {
        let case: ItemId = format!("deck/case-{}", number / 20).parse().unwrap();
        bank[number].case = Some(case);
    }
    bank
}

fn asking_all_kinds() -> Blueprint {
    let mut blueprint = sample::blueprint();
    blueprint.question_types.extend([QuestionType::Ordering, QuestionType::Matching]);
    blueprint
}

#[test]
fn kinds_are_near_the_shares_that_the_blueprint_gives() {
    let mut blueprint = asking_all_kinds();
    (blueprint.ordering_share, blueprint.matching_share) = (Some(0.05), Some(0.1));
    let bank = bank_of_all_kinds(&blueprint, 15);
    for seed in 0..20 {
        let form = assemble(&blueprint, &bank, full(&blueprint), seed).unwrap();
        let count = |kind| form.items.iter().filter(|item| item.kind == kind).count();
        let (ordering, matching) = (count(ResponseKind::Ordering), count(ResponseKind::Matching));
        assert!((2..=5).contains(&ordering), "{ordering} orders");
        assert!((5..=8).contains(&matching), "{matching} matches");
    }
}

#[test]
fn an_exam_that_does_not_ask_a_kind_has_none_of_it() {
    let blueprint = sample::blueprint();
    let bank = bank_of_all_kinds(&blueprint, 16);
    let form = assemble(&blueprint, &bank, full(&blueprint), 1).unwrap();
    assert!(form.items.iter().all(|item| item.places.is_none()));
}

#[test]
fn the_order_shown_is_never_that_of_the_key() {
    let blueprint = asking_all_kinds();
    let bank = bank_of_all_kinds(&blueprint, 17);
    for seed in 0..40 {
        for item in assemble(&blueprint, &bank, full(&blueprint), seed).unwrap().items {
            let Some(places) = item.places else { continue };
            let keys: Vec<u8> =
                item.option_order.iter().copied().filter(|o| *o < places.count).collect();
            assert!(!keys.is_sorted(), "{} shows {:?}", item.id, item.option_order);
        }
    }
}

#[test]
fn questions_of_a_case_stand_together() {
    let blueprint = asking_all_kinds();
    let bank = bank_of_all_kinds(&blueprint, 18);
    let known = by_id(&bank);
    let (mut pairs, mut questions) = (0, 0);
    for seed in 0..40 {
        let drawn = draw(&blueprint, &bank, full(&blueprint), seed).unwrap();
        check(&blueprint, &bank, &drawn);
        let cases: Vec<_> = drawn.form.items.iter().map(|i| known[&i.id].case.as_ref()).collect();
        questions += cases.iter().flatten().count();
        for (place, case) in cases.iter().enumerate().filter(|(_, case)| case.is_some()) {
            if let Some(other) = (place + 1..cases.len()).find(|&other| cases[other] == *case) {
                assert_eq!(other, place + 1);
                pairs += 1;
            }
        }
    }
    // By chance one in five stands with the other of its case.
    println!("{} of {questions} questions of cases stand alone", questions - 2 * pairs);
    assert!(pairs > 20 && 2 * pairs > questions / 2, "{pairs} pairs of {questions} questions");
}
