use std::fmt::Write as _;

use proptest::prelude::*;

use super::read;
use crate::deck::Question;
use crate::formats::{Draft, DraftContent, Package};

fn bank(name: &str, text: &str) -> Draft {
    read(&Package::of_bytes(name, text.as_bytes().to_vec()).unwrap()).unwrap()
}

fn questions(draft: &Draft) -> Vec<&Question> {
    let items = draft.decks.iter().flat_map(|deck| &deck.items);
    items
        .map(|item| match &item.body {
            DraftContent::Question(question) => &**question,
            DraftContent::Card(_) => panic!("a bank has no cards"),
        })
        .collect()
}

/// What was read, in a form that shows at a glance what is wrong with it.
fn digest(draft: &Draft) -> String {
    let mut out = String::new();
    for deck in &draft.decks {
        writeln!(out, "deck {}", deck.path.join(" :: ")).unwrap();
        for item in &deck.items {
            let DraftContent::Question(question) = &item.body else { continue };
            writeln!(out, "\n{}: {}", item.place.line, question.stem).unwrap();
            for option in &question.options {
                let mark = if option.key { 'x' } else { ' ' };
                writeln!(out, "  [{mark}] {}", option.text.replace('\n', "\n      ")).unwrap();
                if !option.reason.is_empty() {
                    writeln!(out, "      ({})", option.reason).unwrap();
                }
            }
            if !question.explanation.is_empty() {
                writeln!(out, "  why: {}", question.explanation).unwrap();
            }
            for reference in &question.references {
                writeln!(out, "  see: {} {}", reference.title, reference.url).unwrap();
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
fn questions_under_headings_with_boxes() {
    insta::assert_snapshot!(digest(&bank("headings.md", include_str!("fixtures/headings.md"))));
}

#[test]
fn numbered_questions_with_letters_and_hidden_answers() {
    insta::assert_snapshot!(digest(&bank("letters.md", include_str!("fixtures/letters.md"))));
}

#[test]
fn keys_in_a_list_at_the_end() {
    insta::assert_snapshot!(digest(&bank("key.md", include_str!("fixtures/key-at-end.md"))));
}

#[test]
fn bold_stems_plain_lists_and_sub_headings() {
    insta::assert_snapshot!(digest(&bank("shapes.md", include_str!("fixtures/shapes.md"))));
}

#[test]
fn options_that_are_blocks_of_code() {
    insta::assert_snapshot!(digest(&bank("code.md", include_str!("fixtures/code.md"))));
}

#[test]
fn paragraphs_that_nothing_begins() {
    insta::assert_snapshot!(digest(&bank("loose.md", include_str!("fixtures/loose.md"))));
}

#[test]
fn a_folder_is_a_tree_of_decks_with_its_pictures_and_licence() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("README.md", b"# The bank\n\nWords.\n");
    write("LICENSE", b"MIT License\n\nPermission is hereby granted, free of charge, to any");
    write(
        "one/a.md",
        b"### ![x](../img/a%20b.png) Which?\n\n- [x] <img src=\"gone.png\">\n- [ ] b\n",
    );
    write("two.md", b"# Two\n\n### Which?\n\n- [x] a\n- [ ] b\n");
    write("img/a b.png", b"\x89PNG\r\n\x1a\n....");
    let package = Package::open(folder.path()).unwrap();
    let draft = read(&package).unwrap();
    let paths: Vec<String> = draft.decks.iter().map(|deck| deck.path.join("::")).collect();
    assert_eq!(paths, ["The bank::a", "The bank::Two"]);
    assert!(draft.decks.iter().all(|deck| deck.license.as_deref() == Some("MIT")));
    let media = &draft.decks[0].media;
    assert_eq!((media.len(), media[0].entry.as_str()), (1, "img/a b.png"));
    assert_eq!(media[0].name, "up/img/a_b.png");
    assert_eq!(questions(&draft)[0].stem, "![x](up/img/a_b.png) Which?");
    assert!(package.media(&media[0]).is_ok());
    let codes: Vec<&str> = draft.problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["missing-media"]);
    assert_eq!(&*draft.passed_over[0].place.file, "README.md");
}

#[test]
fn many_of_anything_cost_little() {
    let n = 4_000;
    for text in [
        "### Q?\n".repeat(n),
        "- [x] a\n".repeat(n),
        "1. x\n".repeat(n),
        "**x?**\n".repeat(n),
        "A. x\nB. y\n".repeat(n),
        "<details>\n".repeat(n),
        "```\n".repeat(n),
        "<!--\n".repeat(n),
        "1. Q?\nA. x\nB. y\nAnswer: A\n".repeat(n / 4),
        "[".repeat(n),
        "#### Answer\n".repeat(n),
    ] {
        let _ = bank("a.md", &text);
    }
}

fn words() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,9}( [a-z]{3,9}){0,4}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&Package::of_bytes("a.md", bytes).unwrap());
    }

    #[test]
    fn any_lines_are_read(lines in prop::collection::vec(prop::sample::select(vec![
        "# A", "### Q?", "Question 1", "1. Q?", "2) Q?", "**Q3.** x", "- [x] a", "- [ ] b",
        "A. a", "B) b", "- C. c", "Answer: A", "**Answer**", "B", "<details><summary>Answer</summary>",
        "</details>", "```", "---", "", "Explanation: x", "Reference: https://a.b", "text", "<br>", "![](a.png)",
        "| 1 | B |", "Answers", "> Answer: B", "    code", "<summary>", "===",
    ]), 0..40)) {
        let _ = bank("a.md", &lines.join("\n"));
    }

    /// The same questions in every shape that a bank has: all of them are found, with their keys.
    #[test]
    fn all_questions_of_a_bank_are_found_in_every_shape(
        asked in prop::collection::vec((words(), prop::collection::btree_set(words(), 3..6), 0usize..6), 1..6),
        shape in 0usize..7,
    ) {
        let mut text = String::from("# Bank\n\n");
        let mut keys = String::from("\n## Answer key\n\n");
        for (at, (stem, options, key)) in asked.iter().enumerate() {
            let (number, key) = (at + 1, key % options.len());
            let letter = char::from(b'A' + u8::try_from(key).unwrap());
            let head = match shape {
                0 => format!("### {stem}?"),
                1 => format!("{number}. {stem}?"),
                2 => format!("## Question {number}\n\n{stem}?"),
                3 => format!("**{number}. {stem}?**"),
                4 => format!("Q{number}: {stem}?"),
                5 => format!("{stem}?"),
                _ => format!("{number}) {stem}?"),
            };
            writeln!(text, "{head}\n").unwrap();
            for (at, option) in options.iter().enumerate() {
                let letter = char::from(b'A' + u8::try_from(at).unwrap());
                match shape {
                    0 => writeln!(text, "- [{}] {option}", if at == key { 'x' } else { ' ' }),
                    1 => writeln!(text, "    - {letter}. {option}"),
                    2 | 4 | 5 => writeln!(text, "{letter}. {option}"),
                    3 => writeln!(text, "- {letter}) {option}"),
                    _ => writeln!(text, "   {}) {option}", letter.to_ascii_lowercase()),
                }.unwrap();
            }
            match shape {
                1 => writeln!(text, "\n    <details><summary>Answer</summary>\n      Correct answer: {letter}\n    </details>\n"),
                2 | 5 => writeln!(text, "\n**Answer: {letter}**\n"),
                3 => writeln!(text, "\n<details>\n<summary>Show</summary>\n\n{letter}\n\n</details>\n"),
                4 => writeln!(text, "\nCorrect Answer: {letter}. {}\n", options.iter().nth(key).unwrap()),
                _ => writeln!(text),
            }.unwrap();
            writeln!(keys, "{number}. {letter}").unwrap();
        }
        if shape == 6 && asked.len() > 1 {
            text.push_str(&keys);
        }
        let draft = bank("a.md", &text);
        if shape != 6 || asked.len() > 1 {
            let found = questions(&draft);
            prop_assert_eq!(found.len(), asked.len(), "{}\n{:?}", text, draft.problems);
            for (question, (stem, options, key)) in found.iter().zip(&asked) {
                prop_assert_eq!(&question.stem, &format!("{stem}?"), "{}", text);
                let texts: Vec<&String> = question.options.iter().map(|o| &o.text).collect();
                prop_assert_eq!(texts, options.iter().collect::<Vec<_>>(), "{}", text);
                prop_assert!(question.options[key % options.len()].key && question.key_count() == 1);
                prop_assert_eq!(&question.explanation, "");
            }
        }
    }
}

#[test]
fn hidden_answers_stand_behind_any_words() {
    let text = "### Which?\n\nA. é\nB. b\n\n答案：<details><summary>看</summary>A</details>\n";
    assert!(questions(&bank("a.md", text))[0].options[0].key);
}

/// Each took more than minutes while every line was held against all others.
#[test]
fn lines_in_numbers_are_read_one_after_the_other() {
    let many = 40_000;
    for text in [
        "A. only\n".repeat(many),
        format!("# T\n\n### Which?\n\n- [ ]{}", "\n".repeat(many) + &"x\n".repeat(many)),
        format!(
            "### Which?\n\n- [x] a\n- [ ] b\n\nAnswer: A\n{}{}",
            "\n".repeat(many),
            "- A\n".repeat(many)
        ),
        format!("### Which?\n\nA. a\nB. b\n\nAnswer: {}\n", "a|b;".repeat(many)),
    ] {
        assert_eq!(bank("a.md", &text).decks.len(), 1);
    }
}
