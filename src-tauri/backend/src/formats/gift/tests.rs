use std::fmt::Write as _;

use proptest::prelude::*;

use super::read;
use crate::deck::Interaction;
use crate::formats::{Draft, DraftContent, Package};

fn gift(text: &str) -> Draft {
    read(&Package::of_bytes("quiz.gift", text.as_bytes().to_vec()).unwrap()).unwrap()
}

fn digest(draft: &Draft) -> String {
    let mut out = String::new();
    for deck in &draft.decks {
        writeln!(out, "deck {}", deck.path.join(" :: ")).unwrap();
        for item in &deck.items {
            let (line, id) = (item.place.line, item.source_id.as_deref().unwrap_or("-"));
            write!(out, "\n{line} {id} {:?}: ", item.tags).unwrap();
            match &item.body {
                DraftContent::Card(card) => {
                    writeln!(out, "{:?}\n{}\n--\n{}", card.style, card.front, card.back).unwrap();
                }
                DraftContent::Question(question) => {
                    writeln!(out, "{}", question.stem).unwrap();
                    for prompt in question.prompts() {
                        writeln!(out, "  {} -> {}", prompt.text, prompt.option).unwrap();
                    }
                    for option in &question.options {
                        let mark = if option.key { 'x' } else { ' ' };
                        writeln!(out, "  [{mark}] {} ({})", option.text, option.reason).unwrap();
                    }
                    writeln!(out, "  why: {}", question.explanation).unwrap();
                }
            }
        }
    }
    for passed in &draft.passed_over {
        writeln!(out, "passed over {}:{} {}", passed.code, passed.place.line, passed.text).unwrap();
    }
    for problem in &draft.problems {
        writeln!(out, "{problem}").unwrap();
    }
    out
}

#[test]
fn every_kind_of_the_manual_is_read_or_listed() {
    insta::assert_snapshot!(digest(&gift(include_str!("fixtures/kinds.gift"))));
}

#[test]
fn a_matching_question_has_its_keys_first() {
    let draft = gift("M? { =a -> 1 =b -> 2 =c -> 1 = -> 3 }");
    let DraftContent::Question(question) = &draft.decks[0].items[0].body else { panic!() };
    let Interaction::Match { prompts } = &question.interaction else { panic!() };
    assert_eq!(prompts.iter().map(|prompt| prompt.option).collect::<Vec<_>>(), [0, 1, 0]);
    let keys: Vec<bool> = question.options.iter().map(|option| option.key).collect();
    assert_eq!(keys, [true, true, false]);
}

#[test]
fn many_of_anything_cost_little() {
    let n = 10_000;
    for text in [
        "{".repeat(n),
        "{\n\n".repeat(n),
        "::a".repeat(n),
        "Q {=x".repeat(n),
        format!("Q {{{}}}", "~a".repeat(n)),
        "$CATEGORY: a/b\n\nQ? {T}\n\n".repeat(n / 10),
        "\\".repeat(n),
    ] {
        let _ = gift(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&Package::of_bytes("a.gift", bytes).unwrap());
    }

    #[test]
    fn any_signs_are_read(text in "([{}~=#%:\\\\ \n>a1-]|->|::|####|//|\\[html\\]|\\$CATEGORY: ){0,60}") {
        let _ = gift(&text);
    }

    #[test]
    fn what_is_written_in_it_is_read(
        asked in prop::collection::vec(("[a-z]{3,9}[~=#{}:]?[a-z]{2,5}", 2usize..6, 0usize..6), 1..6),
    ) {
        let escape = |text: &str| {
            text.chars().fold(String::new(), |mut out, c| {
                if "~=#{}:".contains(c) {
                    out.push('\\');
                }
                out.push(c);
                out
            })
        };
        let mut text = String::new();
        for (at, (stem, options, key)) in asked.iter().enumerate() {
            writeln!(text, "::q{at}:: {} {{", escape(stem)).unwrap();
            for option in 0..*options {
                let mark = if option == key % options { '=' } else { '~' };
                writeln!(text, "  {mark}{}{option}", escape(stem)).unwrap();
            }
            writeln!(text, "}}\n").unwrap();
        }
        let draft = gift(&text);
        prop_assert_eq!(draft.problems.len(), 0, "{:?}", draft.problems);
        prop_assert_eq!(draft.decks[0].items.len(), asked.len());
        for (item, (stem, options, key)) in draft.decks[0].items.iter().zip(&asked) {
            let DraftContent::Question(question) = &item.body else { panic!() };
            prop_assert_eq!(crate::rich_text::plain_text(&question.stem), stem.clone());
            prop_assert_eq!(question.options.len(), *options);
            prop_assert!(question.options[key % options].key);
        }
    }
}

#[test]
fn a_category_comes_after_the_one_above_it() {
    let draft = gift("$CATEGORY: a/b\n\nQ? {T}\n\n$CATEGORY: a\n\nR? {F}\n");
    let paths: Vec<_> = draft.decks.iter().map(|deck| deck.path.join("::")).collect();
    assert_eq!(paths, ["a", "a::b"]);
}
