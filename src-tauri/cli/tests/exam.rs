//! `sitwell-cli exam` as scripts see it: its JSON, its words and its exit status.
#![expect(clippy::unwrap_used, clippy::format_push_string, reason = "tests are plain")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli")).args(arguments).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A deck of `count` questions of each task; the first option of each is the key.
fn deck(folder: &Path, count: usize) -> String {
    let mut text = String::from(
        "---\ndeck: small\ntitle: Small\nversion: 1.0.0\nlicense: CC0-1.0\nauthors: [Nobody]\n\
         blueprint: MLS-C01\nlanguage: en\n---\n",
    );
    let tasks = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5"];
    for task in tasks.into_iter().chain(["4.1", "4.2", "4.3", "4.4"]) {
        for number in 0..count {
            let slug = format!("q-{}-{number}", task.replace('.', "-"));
            text.push_str(&format!(
                "\n## Question {slug}\ntask: {task} · difficulty: medium\n\nWhich one?\n\n\
                 - [x] This.\n- [ ] That.\n- [ ] The other.\n- [ ] None of it.\n\nWhy: Because.\n"
            ));
        }
    }
    let path = folder.join("small.md");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn write(folder: &Path, text: &str) -> String {
    let path = folder.join("paper.json");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A deck with an order and a match for each task of MLA-C01, lent to it by a deck for nobody.
fn deck_of_all_kinds(folder: &Path) -> String {
    let mut text = String::from(
        "---\ndeck: kinds\ntitle: Kinds\nversion: 1.0.0\nlicense: CC0-1.0\nblueprint: MLS-C01\n---\n",
    );
    let tasks =
        ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3"];
    for task in tasks {
        for number in 0..4 {
            let slug = format!("{}-{number}", task.replace('.', "-"));
            let fields = format!("task: 1.1 · difficulty: medium · also: MLA-C01 {task}");
            text.push_str(&format!(
                "\n## Question order-{slug}\n{fields}\n\nOrder.\n\n\
                 1. [x] One.\n2. [x] Two.\n3. [x] Three.\n- [ ] Never.\n\n\
                 ## Question match-{slug}\n{fields}\n\nMatch.\n\n\
                 - [x] a\n  => One.\n- [x] b\n  => Two.\n- [x] c\n  => One.\n"
            ));
        }
    }
    let path = folder.join("kinds.md");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn orders_and_matches_are_drawn_for_an_exam_that_a_deck_serves_too_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let deck = deck_of_all_kinds(folder.path());
    let assemble = ["exam", "assemble", "--blueprint", "MLA-C01", "--seed", "3", "--deck", &deck];
    let output = run(&[&assemble[..], &["--json"]].concat());
    assert!(output.status.success(), "{}", errors(&output));
    let mut paper = json_of(&output);
    assert_eq!(paper["items"].as_array().unwrap().len(), 65);
    for (place, item) in paper["items"].as_array_mut().unwrap().iter_mut().enumerate() {
        let matching = item["kind"] == "matching";
        assert_eq!(item["places"], json!({ "count": 3, "reuse": matching }));
        let order = item["options"].as_array().unwrap().clone();
        let letter = |index: u8| {
            let shown = order.iter().position(|option| *option == json!(index)).unwrap();
            char::from(b'A' + u8::try_from(shown).unwrap()).to_string()
        };
        item["answer"] = match (place, matching) {
            (0, _) => json!([]),
            (1, _) => json!([letter(0), null, null]),
            (_, true) => json!([letter(0), letter(1), letter(0)]),
            (_, false) => json!([letter(0), letter(1), letter(2)]),
        };
    }
    let file = write(folder.path(), &paper.to_string());
    let output = run(&["exam", "score", &file, "--deck", &deck, "--json"]);
    assert!(output.status.success(), "{}", errors(&output));
    let report = json_of(&output);
    assert_eq!((&report["correct"], &report["blank"]), (&json!(63), &json!(1)));

    paper["items"][0]["answer"] = json!(["A"]);
    let file = write(folder.path(), &paper.to_string());
    let output = run(&["exam", "score", &file, "--deck", &deck]);
    assert!(errors(&output).contains("items[0]"), "{}", errors(&output));
    assert!(errors(&output).contains("3 letters or nulls"), "{}", errors(&output));
}

#[test]
fn a_paper_is_drawn_answered_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let deck = deck(folder.path(), 6);
    let assemble = ["exam", "assemble", "--blueprint", "MLS-C01", "--seed", "3", "--deck", &deck];
    let output = run(&[&assemble[..], &["--json"]].concat());
    assert!(output.status.success(), "{}", errors(&output));
    let mut paper = json_of(&output);
    assert_eq!(paper["items"].as_array().unwrap().len(), 65);
    assert_eq!(paper["quotas"]["domains"][2], json!({ "id": "3", "quota": 23, "scored": 18 }));

    // Answer the key everywhere but in the first item, which is left blank.
    for item in &mut paper["items"].as_array_mut().unwrap()[1..] {
        let place = item["options"].as_array().unwrap().iter().position(|o| o == 0).unwrap();
        let letter = ["A", "B", "C", "D"][place];
        item["answer"] = json!([letter]);
        item["seconds"] = json!(61.5);
    }
    let file = write(folder.path(), &paper.to_string());
    let output = run(&["exam", "score", &file, "--deck", &deck, "--json"]);
    assert!(output.status.success(), "{}", errors(&output));
    let report = json_of(&output);
    assert_eq!((&report["correct"], &report["items"]), (&json!(64), &json!(65)));
    assert_eq!((&report["blank"], &report["passed"]), (&json!(1), &json!(true)));
    let words = run(&["exam", "score", &file, "--deck", &deck]);
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.contains("correct: 64 of 65, 1 left blank"), "{words}");
}

#[test]
fn the_same_seed_prints_the_same_paper() {
    let draw = |seed| {
        run(&["exam", "assemble", "--blueprint", "MLS-C01", "--seed", seed, "--json"]).stdout
    };
    assert_eq!(draw("12"), draw("12"));
    assert_ne!(draw("12"), draw("13"));
}

#[test]
fn a_short_bank_is_refused_with_the_longest_paper() {
    let folder = tempfile::tempdir().unwrap();
    let deck = deck(folder.path(), 2);
    let assemble = ["exam", "assemble", "--blueprint", "MLS-C01", "--seed", "3", "--deck", &deck];
    let output = run(&[&assemble[..], &["--json"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let longest = &json_of(&output)["shortfall"]["largest"]["items"];
    assert!(errors(&output).contains("too few questions for a paper of 65"));
    let items = longest.to_string();
    assert!(run(&[&assemble[..], &["--items", &items]].concat()).status.success());
}

#[test]
fn bad_papers_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let deck = deck(folder.path(), 6);
    let refused = |text: &str, why: &str| {
        let file = write(folder.path(), text);
        let output = run(&["exam", "score", &file, "--deck", &deck]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(errors(&output).contains(why), "{} for {text}", errors(&output));
    };
    refused("{\n  \"blueprint\": 7", "paper.json:2:16: invalid type");
    refused("", "paper.json:1:0: EOF");
    refused(r#"{"blueprint": "NO-1", "seed": 1, "items": []}"#, "there is no exam “NO-1”");
    let item = |id: &str, answer: &str| {
        format!(
            r#"{{"blueprint": "MLS-C01", "seed": 1, "items": [{{"id": "{id}", "domain": "1",
            "task": "1.1", "difficulty": "easy", "kind": "single", "scored": true,
            "options": [0, 1, 2, 3], "version": "0", "answer": {answer}}}]}}"#
        )
    };
    refused(&item("small/none", "[]"), "items[0], small/none: there is no such question");
    refused(&item("small/q-1-1-0", "[]"), "reworded");
    refused(&item("small/q-1-1-0", "[\"b\"]"), "paper.json:3:68: “b” is not a letter");
}

#[test]
fn usage_and_missing_files_have_their_own_status() {
    assert_eq!(run(&["exam", "score", "/no/such/file.json"]).status.code(), Some(2));
    assert_eq!(run(&["exam", "assemble", "--blueprint", "MLS-C01"]).status.code(), Some(2));
    let output = run(&["exam", "assemble", "--blueprint", "NO-1", "--seed", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("MLS-C01"));
}

#[test]
fn papers_of_the_bundled_bank_are_parallel() {
    let output = run(&["exam", "forms", "--blueprint", "mls-c01", "--count", "20", "--json"]);
    assert!(output.status.success(), "{}", errors(&output));
    let forms = json_of(&output);
    assert_eq!(forms["all_quotas_ok"], json!(true));
    assert_eq!(forms["forms"].as_array().unwrap().len(), 20);
    assert!(forms["assembled"]["sd"].as_f64().unwrap() <= 0.6);
    assert!(forms["assembled"]["sd"].as_f64() < forms["random_within_domain"]["sd"].as_f64());
}
