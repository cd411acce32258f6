//! `sitwell-cli search` as scripts see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sitwell_backend::clock::FixedClock;
use sitwell_backend::formats::markdown;
use sitwell_backend::store::{DeckSource, Store};

/// A collection with the sound deck of the fixtures.
fn collection(folder: &Path) -> PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sound");
    let deck = markdown::parse(&markdown::read_folder(&fixture).unwrap()).unwrap().deck;
    let path = folder.join("c.sitwell");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&path, &FixedClock::at(1_764_000_000_000)).await.unwrap();
        store.put_deck(&deck, DeckSource::File, 1_764_000_000_000).await.unwrap();
        store.close().await;
    });
    path
}

fn search(collection: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli"))
        .env("TZ", "UTC")
        .args(["search", "--collection", collection.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn json_holds_the_rows_and_how_many_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let output = search(&collection(folder.path()), &["deck:sound", "--json", "--sort", "text"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // Grows with the decks that come with Sitwell.
    let of = json["of"].take();
    assert!(of.as_u64().unwrap() > 2);
    for row in json["rows"].as_array_mut().unwrap() {
        let card = row["id"]["card"].take();
        assert!(card.is_null() || card.is_i64());
    }
    insta::assert_json_snapshot!(json);
}

#[test]
fn rows_are_lines_and_the_limit_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let output = search(&path, &["deck:sound", "--limit", "1"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.lines().count(), 2, "{printed}");
    assert!(printed.contains("\n2 of "), "{printed}");
    let negated = search(&path, &["-deck:sound", "--limit", "1000", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&negated.stdout).unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len() as u64, json["total"].as_u64().unwrap());
}

#[test]
fn what_cannot_be_asked_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let output = search(&path, &["one stabilty:<4"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("at 4 to 13") && said.contains("“stabilty”"), "{said}");
    let json = search(&path, &["one stabilty:<4", "--json"]);
    assert_eq!(json.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["problem"]["start"], 4);
    assert_eq!(search(&path, &["x", "--sort", "colour"]).status.code(), Some(2));
    assert_eq!(search(&folder.path().join("none"), &["x"]).status.code(), Some(2));
}

#[test]
fn a_collection_that_is_open_elsewhere_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let lock = std::fs::File::create(folder.path().join("c.sitwell.lock")).unwrap();
    lock.try_lock().unwrap();
    let output = search(&path, &["x"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is open in Sitwell") && said.contains("close it"), "{said}");
}
