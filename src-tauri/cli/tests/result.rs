//! `sitwell-cli exam result` as scripts see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use sitwell_backend::clock::FixedClock;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::exam::Conditions;

/// A collection with a mock whose first question was left blank, and another that was given up;
/// with the identities of both.
fn collection(folder: &Path) -> (PathBuf, String, String) {
    let path = folder.join("c.sitwell");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (ended, given_up) = runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(1_764_000_000_000));
        let desk = Sitwell::open(&path, clock.clone(), Arc::new(|| 1)).await.unwrap();
        let sitting = desk.start_exam("MLS-C01", None, Conditions::default()).await.unwrap();
        for position in 1..sitting.items {
            desk.see(&sitting.id, position).await.unwrap();
            desk.choose(&sitting.id, position, &[0]).await.unwrap();
            clock.advance(60_000);
        }
        desk.end_exam(&sitting.id).await.unwrap();
        let other = desk.start_exam("MLS-C01", None, Conditions::default()).await.unwrap();
        desk.abandon_exam(&other.id).await.unwrap();
        desk.close().await;
        (sitting.id, other.id)
    });
    (path, ended, given_up)
}

fn result(collection: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli"))
        .args(["exam", "result", "--collection", collection.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn a_result_is_printed_in_words_as_json_and_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id, _) = collection(folder.path());

    let output = result(&path, &[&id, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["id"], id.as_str());
    assert_eq!((&json["report"]["items"], &json["report"]["blank"]), (&65.into(), &1.into()));
    let last: Value = serde_json::from_slice(&result(&path, &["--last", "--json"]).stdout).unwrap();
    assert_eq!(last, json, "the one given up has no result");

    let words = String::from_utf8(result(&path, &["--last"]).stdout).unwrap();
    assert!(words.starts_with(&format!("Mock 1, {id}\n")), "{words}");
    let correct = &json["report"]["correct"];
    assert!(words.contains(&format!("correct: {correct} of 65, 1 left blank")), "{words}");

    let table = String::from_utf8(result(&path, &[&id, "--csv"]).stdout).unwrap();
    assert!(table.lines().count() > 65, "a line for each question under a head: {table}");
    assert_eq!(result(&path, &[&id, "--csv", "--json"]).status.code(), Some(2));
}

#[test]
fn what_has_no_result_is_bad_input_that_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _, given_up) = collection(folder.path());
    let told = |arguments: &[&str], status: i32| {
        let output = result(&path, arguments);
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let unknown = told(&["no-such-sitting"], 1);
    assert!(unknown.contains("no-such-sitting"), "{unknown}");
    let given_up = told(&[&given_up], 1);
    assert!(given_up.contains("given up"), "{given_up}");
    let neither = told(&[], 2);
    assert!(neither.contains("--last") || neither.contains("<ID>"), "{neither}");
}
