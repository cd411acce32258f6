//! `sitwell-cli backup` as scripts see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use sitwell_backend::clock::FixedClock;
use sitwell_backend::desk::Sitwell;

fn backup(collection: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli"))
        .args(["backup", "--collection", collection.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_backup_is_made_where_it_is_wanted_and_those_beside_the_collection_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sitwell");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(1_764_000_000_000));
        Sitwell::open(&path, clock, Arc::new(|| 1)).await.unwrap().close().await;
    });
    assert_eq!(json(&backup(&path, &["--list", "--json"])), serde_json::json!([]));
    let target = folder.path().join("copy.sitwell");
    let made = json(&backup(&path, &["--to", target.to_str().unwrap(), "--json"]));
    assert_eq!(made["path"], target.to_str().unwrap());
    assert_eq!(made["bytes"], std::fs::metadata(&target).unwrap().len());
    assert!(made["holds"]["cards"].as_u64().unwrap() > 100, "{made}");
    let told = String::from_utf8(backup(&path, &[]).stdout).unwrap();
    assert!(told.contains(" cards, 0 reviews, 0 sittings\n"), "{told}");
    let listed = json(&backup(&path, &["--list", "--json"]));
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(listed[0]["kind"], "manual");
}

#[test]
fn a_collection_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = backup(&folder.path().join("none"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("there is no collection at"));
}
