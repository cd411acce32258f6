use proptest::prelude::{
    Just, ProptestConfig, Strategy as _, prop, prop_assert, prop_assert_eq, proptest,
};
use rand::SeedableRng as _;
use rand::seq::SliceRandom as _;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::deck::{Choice, Difficulty, Interaction};

/// A question of the options given, keys by index.
pub(super) fn question(stem: &str, options: &[&str], keys: &[usize]) -> Question {
    let option = |(index, text): (usize, &&str)| Choice {
        text: (*text).into(),
        key: keys.contains(&index),
        reason: String::new(),
    };
    Question {
        difficulty: Difficulty::Medium,
        stem: stem.into(),
        options: options.iter().enumerate().map(option).collect(),
        explanation: String::new(),
        references: vec![],
        enemies: vec![],
        interaction: Interaction::Choice,
        case: None,
    }
}

fn item(number: usize, question: Question) -> Item {
    Item {
        slug: format!("q{number}").parse().unwrap(),
        task: Some(format!("1.{}", number % 5 + 1)),
        tags: vec![],
        also: vec![],
        checked: None,
        body: ItemBody::Question(question),
    }
}

/// Questions whose keys stand anywhere; `key_text` is what the key says.
fn deck(count: usize, key_text: &str) -> Vec<Item> {
    let build = |number: usize| {
        let key = number * 7 % 4;
        let mut options = ["Red apples", "Hot coffee", "Old stones", "New carts"];
        if !key_text.is_empty() {
            options[key] = key_text;
        }
        item(number, question("Which one?", &options, &[key]))
    };
    (0..count).map(build).collect()
}

fn tally<'a>(guess: &'a Guess, name: &str) -> &'a Tally {
    guess.tallies().find(|tally| tally.guesser == name).unwrap()
}

#[test]
fn a_fair_deck_cannot_be_guessed() {
    let guess = guess(&deck(80, ""));
    assert_eq!(guess.findings(), []);
    assert!(guess.strategies.iter().all(|tally| (tally.chance - 0.25).abs() < 1e-9));
}

#[test]
fn long_keys_are_found_by_the_strategy_and_by_learning() {
    let guess = guess(&deck(80, "Green pears from the orchard"));
    let longest = tally(&guess, "longest");
    assert_eq!((longest.verdict, longest.items.len()), (Verdict::Guessable, 80));
    assert!((longest.difference - 0.75).abs() < 1e-9);
    assert_eq!(tally(&guess, "learned").verdict, Verdict::Guessable);
    assert_eq!(tally(&guess, "position-1").verdict, Verdict::Chance);
    let finding = guess.findings().into_iter().next().unwrap();
    assert_eq!((finding.code, finding.subject), ("guessable", Subject::Deck));
    let message =
        "the guesser “longest” gets 100.0 % of the questions right where chance gives 25.0 %";
    assert_eq!(finding.message, message);
}

#[test]
fn what_luck_could_do_is_no_finding() {
    let guess = guess(&deck(2, "Green pears from the orchard"));
    let longest = tally(&guess, "longest");
    assert!(longest.difference > 0.7);
    // 2 of 2 at 1 in 4: p = 0.0625.
    assert_eq!(longest.verdict, Verdict::Luck);
    assert_eq!(guess.findings(), []);
}

#[test]
fn several_keys_must_all_be_picked() {
    let options = ["Long as can be", "Longer than can be", "A", "B", "C"];
    let guess = guess(&[item(0, question("Which? (Select TWO.)", &options, &[0, 1]))]);
    let longest = tally(&guess, "longest");
    assert!((longest.rate - 1.0).abs() < 1e-9);
    assert!((longest.chance - 0.1).abs() < 1e-9);
    assert!(guess.learned.is_none());
}

#[test]
fn a_cue_that_only_one_task_has_is_not_learned_from_that_task() {
    // The key is the longest in one task of five: learned elsewhere, the cue is unknown there.
    let mut items = deck(80, "");
    for (number, item) in items.iter_mut().enumerate().filter(|(number, _)| number % 5 == 0) {
        let ItemBody::Question(question) = &mut item.body else { unreachable!() };
        question.options[number * 7 % 4].text = "Green pears from the orchard".into();
    }
    let guess = guess(&items);
    assert!(tally(&guess, "learned").difference < tally(&guess, "longest").difference + 1e-9);
}

#[test]
fn the_number_of_folds_is_that_of_tasks_and_bounded() {
    let mut items = deck(80, "");
    assert_eq!(guess(&items).learned.unwrap().folds, 5);
    for (number, item) in items.iter_mut().enumerate() {
        item.task = Some(format!("{number}"));
    }
    assert_eq!(guess(&items).learned.unwrap().folds, 20);
    for item in &mut items {
        item.task = None;
    }
    assert_eq!(guess(&items).learned.unwrap().folds, 5);
}

#[test]
fn no_questions_is_no_question() {
    let guess = guess(&[]);
    assert_eq!((guess.questions, guess.findings()), (0, vec![]));
}

/// The largest bundled deck, but which options are keys is drawn by lot.
#[test]
fn keys_drawn_by_lot_cannot_be_learned() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let decks = crate::bundled::decks().unwrap().into_iter();
    let mut items = decks.max_by_key(|deck| deck.items.len()).unwrap().items;
    let mut differences = Vec::new();
    for _ in 0..10 {
        for item in &mut items {
            let ItemBody::Question(question) = &mut item.body else { continue };
            let mut keys = keys(question);
            keys.shuffle(&mut rng);
            for (option, key) in question.options.iter_mut().zip(keys) {
                option.key = key;
            }
        }
        let tally = guess(&items).learned.unwrap().tally;
        assert_ne!(tally.verdict, Verdict::Guessable);
        differences.push(tally.difference);
    }
    let mean = differences.iter().sum::<f64>() / 10.0;
    assert!(mean.abs() < 0.03, "{differences:?}");
}

fn any_deck() -> impl proptest::strategy::Strategy<Value = Vec<Item>> {
    let drawn = (2_usize..7, "[a-zA-Z0-9,. ]{0,40}").prop_flat_map(|(n, stem)| {
        let texts = prop::collection::vec("[a-zA-Z0-9,. ]{1,30}", n);
        (Just(stem), texts, 1..n)
    });
    prop::collection::vec(drawn, 0..20).prop_map(|questions| {
        let build = |(number, (stem, texts, keys)): (usize, (String, Vec<String>, usize))| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let keys: Vec<usize> = (0..keys).collect();
            item(number, question(&stem, &texts, &keys))
        };
        questions.into_iter().enumerate().map(build).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn numbers_are_sane_and_the_same_twice(items in any_deck()) {
        let first = guess(&items);
        for tally in first.tallies() {
            prop_assert!((0.0..=1.0).contains(&tally.rate) && (0.0..=1.0).contains(&tally.p));
            prop_assert!(tally.decided <= first.questions);
            prop_assert_eq!(tally.verdict == Verdict::Chance, tally.difference <= tally.margin);
        }
        prop_assert_eq!(first, guess(&items));
    }

    /// The order of a question's options means nothing to strategies that do not go by it.
    #[test]
    fn turning_options_round_changes_only_what_goes_by_position(items in any_deck()) {
        let mut turned = items.clone();
        for item in &mut turned {
            let ItemBody::Question(question) = &mut item.body else { unreachable!() };
            question.options.reverse();
        }
        let rates = |items: &[Item]| -> Vec<(String, f64)> {
            let tallies = guess(items).strategies.into_iter();
            tallies.filter(|t| !t.guesser.starts_with("position")).map(|t| (t.guesser, t.rate)).collect()
        };
        for (a, b) in rates(&items).into_iter().zip(rates(&turned)) {
            prop_assert!((a.1 - b.1).abs() < 1e-9, "{}: {} and {}", a.0, a.1, b.1);
        }
    }
}
