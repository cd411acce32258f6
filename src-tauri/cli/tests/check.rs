//! `sitwell-cli check` as scripts and authors see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))
        .arg("check")
        .args(arguments)
        .output()
        .unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_sound_deck_passes() {
    let output = check(&["sound"]);
    assert_eq!(status(&output), 0);
    assert_eq!(printed(&output), "sound: 1 questions, 1 cards\n0 errors, 0 warnings\n");
}

#[test]
fn the_deck_to_copy_passes_without_a_warning() {
    let output = check(&["../../../../docs/example-deck"]);
    let printed = printed(&output);
    assert_eq!(status(&output), 0, "{printed}");
    assert!(printed.ends_with("4 questions, 4 cards\n0 errors, 0 warnings\n"), "{printed}");
}

#[test]
fn warnings_alone_pass() {
    let folder = tempfile::tempdir().unwrap();
    let deck = folder.path().join("deck.md");
    let text = std::fs::read_to_string("tests/fixtures/sound/deck.md").unwrap();
    std::fs::write(&deck, text.replace("Reference: https://example.org/metrics\n", "")).unwrap();
    let output = check(&[deck.to_str().unwrap()]);
    assert_eq!(status(&output), 0);
    let printed = printed(&output);
    assert!(printed.contains("deck.md:9:1: warning[missing-reference]: "), "{printed}");
    assert!(printed.ends_with("0 errors, 1 warnings\n"), "{printed}");
}

#[test]
fn tasks_of_other_exams_are_looked_up_in_the_blueprints_that_come_with_sitwell() {
    let folder = tempfile::tempdir().unwrap();
    let deck = folder.path().join("deck.md");
    let card = |slug: &str, also: &str| {
        format!("## Card {slug}\ntask: 1.1 · also: {also}\n\nFront {slug}\n\n---\n\nBack\n\n")
    };
    let head =
        "---\ndeck: d\ntitle: D\nversion: 1.0.0\nlicense: CC0-1.0\nblueprint: MLS-C01\n---\n\n";
    let good = card("a", "MLA-C01 1.2, AIP-C01 2.1");
    std::fs::write(&deck, format!("{head}{good}{}", card("b", "MLA-C01 9.9"))).unwrap();
    let output = check(&[deck.to_str().unwrap()]);
    assert_eq!(status(&output), 1);
    let printed = printed(&output);
    assert!(
        printed.contains("deck.md:18:1: error[unknown-task]: MLA-C01 has no task"),
        "{printed}"
    );
    assert!(printed.ends_with("1 errors, 0 warnings\n"), "{printed}");
}

#[test]
fn errors_fail_and_stand_with_their_place_and_a_hint() {
    let output = check(&["faulty", "bad.toml"]);
    assert_eq!(status(&output), 1);
    insta::assert_snapshot!(printed(&output));
}

#[test]
fn json_holds_problems_and_numbers() {
    let output = check(&["--json", "sound", "faulty", "bad.toml"]);
    assert_eq!(status(&output), 1);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_json_snapshot!(json);
}

#[test]
fn folders_are_searched_for_decks_and_blueprints() {
    let output = check(&["--json", "."]);
    assert_eq!(status(&output), 1);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["decks"].as_array().unwrap().len(), 3);
    assert_eq!(json["blueprints"][0]["path"], "./bad.toml");
}

#[test]
fn guessers_are_shown_in_tables_that_are_markdown() {
    let output = check(&["--guess", "guessable"]);
    assert_eq!(status(&output), 0);
    insta::assert_snapshot!(printed(&output));
}

#[test]
fn json_holds_what_guessers_get_right() {
    let output = check(&["--guess", "--json", "guessable"]);
    assert_eq!(status(&output), 0);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_json_snapshot!(json);
}

#[test]
fn nobody_guesses_unless_asked_to() {
    let output = check(&["--json", "guessable"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["decks"][0].get("guess").is_none());
    let problems = json["problems"].as_array().unwrap();
    assert!(problems.iter().all(|problem| problem["code"] != "guessable"));
}

#[test]
fn decks_given_together_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.md");
    std::fs::copy("tests/fixtures/sound/deck.md", &copy).unwrap();
    let output = check(&["sound", copy.to_str().unwrap()]);
    let printed = printed(&output);
    assert!(printed.contains("copy.md:9:1: warning[near-duplicate]: "), "{printed}");
    assert!(printed.contains("that of “sound/which-metric”"), "{printed}");
    assert!(printed.contains("warning[duplicate-front]: "), "{printed}");
}

#[test]
fn what_cannot_be_asked_is_neither_sound_nor_faulty() {
    for arguments in [&[][..], &["--unknown"], &["missing"], &["../check.rs"]] {
        let output = check(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(!output.stderr.is_empty());
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(status(&check(&[empty.path().to_str().unwrap()])), 2);
}
