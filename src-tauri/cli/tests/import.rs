//! `sitwell-cli import` and `export` as scripts see them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const TABLE: &str = "front,back,tags\n\
    What is a zanzibarite?,A mineral,imported\n\
    What is a frobnium?,A metal,imported\n";

fn cli(arguments: &[&str]) -> Output {
    let command = env!("CARGO_BIN_EXE_sitwell-cli");
    Command::new(command).env("TZ", "UTC").args(arguments).output().unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_file_is_looked_at_brought_in_brought_in_again_and_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let (file, collection) = (folder.path().join("t.csv"), folder.path().join("c.sitwell"));
    std::fs::write(&file, TABLE).unwrap();
    let dry = json(&cli(&["import", text(&file), "--dry-run", "--json"]));
    assert_eq!((&dry["new"], &dry["format"]), (&Value::from(2), &Value::from("csv")));
    assert!(!collection.exists());
    let import = ["import", text(&file), "--collection", text(&collection), "--json"];
    let first = json(&cli(&import));
    for (field, value) in [("decks", 1), ("cards", 2), ("questions", 0), ("new", 2), ("updated", 0)]
    {
        assert_eq!(first[field], Value::from(value), "{field}: {first}");
    }
    let second = json(&cli(&import));
    assert_eq!((&second["new"], &second["unchanged"]), (&Value::from(0), &Value::from(2)));
    let found = cli(&["search", "--collection", text(&collection), "frobnium", "--json"]);
    assert_eq!(json(&found)["total"], Value::from(1));
    let out = folder.path().join("out.sitwell.zip");
    let export = ["export", "--all", "--format", "markdown", "--to", text(&out), "--collection"];
    let exported = json(&cli(&[&export[..], &[text(&collection), "--json"]].concat()));
    assert_eq!((&exported["cards"], &exported["decks"]), (&Value::from(2), &Value::from(1)));
    // What was written comes in anywhere, and is known where it came from.
    let back = json(&cli(&["import", text(&out), "--dry-run", "--json"]));
    assert_eq!(back["new"], Value::from(2));
    let known =
        cli(&["import", text(&out), "--dry-run", "--collection", text(&collection), "--json"]);
    assert_eq!(json(&known)["unchanged"], Value::from(2));
}

#[test]
fn what_cannot_be_read_is_said_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.bin");
    std::fs::write(&file, b"\x7fELF\0\0\0").unwrap();
    let output = cli(&["import", text(&file), "--dry-run", "--json"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    let gone =
        cli(&["export", "x", "--format", "csv", "--to", "y.csv", "--collection", "/nowhere"]);
    assert_eq!(gone.status.code(), Some(2));
}
