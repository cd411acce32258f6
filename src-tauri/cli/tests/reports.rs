//! `sitwell-cli reports` as scripts see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use sitwell_backend::clock::FixedClock;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::desk::views::{DrillPool, Practice, ReportReason};
use sitwell_backend::exam::Conditions;

/// A collection in which one question was reported.
fn collection(folder: &Path) -> PathBuf {
    let path = folder.join("c.sitwell");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(1_764_000_000_000));
        let desk = Sitwell::open(&path, clock, Arc::new(|| 1)).await.unwrap();
        let drill =
            Practice::Drill { tasks: Vec::new(), items: 1, pool: DrillPool::All, paced: false };
        let sitting = desk.start_practice("MLS-C01", drill, Conditions::default()).await.unwrap();
        desk.report_item(&sitting.id, 0, ReportReason::Key, "B, says the manual").await.unwrap();
        desk.close().await;
    });
    path
}

fn reports(collection: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli"))
        .env("TZ", "UTC")
        .args(["reports", "--collection", collection.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn reports_are_printed_for_people_and_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let markdown = reports(&path, &[]);
    assert_eq!(markdown.status.code(), Some(0), "{markdown:?}");
    let markdown = String::from_utf8(markdown.stdout).unwrap();
    assert!(markdown.starts_with("# Reported questions\n"), "{markdown}");
    assert!(markdown.contains("\n> B, says the manual\n"), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_slice(&reports(&path, &["--json"]).stdout).unwrap();
    assert_eq!(json[0]["reason"], "key");
    assert_eq!(json[0]["words"], "B, says the manual");
    assert_eq!(json[0]["date"], "2025-11-24");
    assert_eq!(reports(&path, &["--json", "--markdown"]).status.code(), Some(2));
}

#[test]
fn a_collection_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = reports(&folder.path().join("none"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("there is no collection at"));
}
