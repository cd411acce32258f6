//! Reports of items at the desk.

use super::tests::{EXAM, Machine};
use super::views::{DrillPool, Practice, ReportFormat, ReportReason};
use super::*;
use crate::exam::Conditions;

async fn drilled(machine: &Machine) -> (Sitwell, String) {
    let desk = machine.open().await;
    let drill = Practice::Drill { tasks: Vec::new(), items: 3, pool: DrillPool::All, paced: false };
    let id = desk.start_practice(EXAM, drill, Conditions::default()).await.unwrap().id;
    (desk, id)
}

#[tokio::test]
async fn a_report_names_item_wording_and_deck_and_survives_a_restart() {
    let machine = Machine::new();
    let (desk, id) = drilled(&machine).await;
    desk.report_item(&id, 0, ReportReason::Key, " B, says the manual ").await.unwrap();
    desk.report_item(&id, 0, ReportReason::Key, "B, says the manual").await.unwrap();
    desk.report_item(&id, 1, ReportReason::Outdated, "").await.unwrap();
    drop(desk);
    let desk = machine.open().await;
    let form = desk.load(&id).await.unwrap().record.form;
    let reports = desk.item_reports().await.unwrap();
    assert_eq!(reports.len(), 2, "the same is not kept twice");
    let first = reports.iter().find(|report| report.reason == ReportReason::Key).unwrap();
    assert_eq!(first.item, form.items[0].id.as_str());
    assert_eq!(first.version, form.items[0].version.as_str());
    assert_eq!(first.deck, form.items[0].id.deck());
    assert_eq!(first.words, "B, says the manual");
    assert!(!first.text.is_empty() && !first.deck_title.is_empty());
    assert_eq!(first.date, "2025-11-24");
    let left = desk.remove_item_report(first.id).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(desk.remove_item_report(first.id).await.unwrap_err().code(), "no_such_report");
}

#[tokio::test]
async fn another_reason_needs_words_and_no_report_is_endless() {
    let machine = Machine::new();
    let (desk, id) = drilled(&machine).await;
    let long = "x".repeat(2_001);
    for (reason, words) in [(ReportReason::Other, " "), (ReportReason::Key, long.as_str())] {
        let refused = desk.report_item(&id, 0, reason, words).await.unwrap_err();
        assert_eq!(refused.code(), "bad_report");
    }
    let beyond = desk.report_item(&id, 9, ReportReason::Key, "").await.unwrap_err();
    assert_eq!(beyond.code(), "out_of_range");
    assert!(desk.item_reports().await.unwrap().is_empty());
}

#[tokio::test]
async fn reports_are_written_out_for_people_and_for_programs() {
    let machine = Machine::new();
    let (desk, id) = drilled(&machine).await;
    desk.report_item(&id, 0, ReportReason::Other, "# no heading\nsecond line").await.unwrap();
    let markdown = desk.item_reports_text(ReportFormat::Markdown).await.unwrap();
    let item = desk.item_reports().await.unwrap().remove(0).item;
    assert!(markdown.contains(&format!("\n### {item}\n")), "{markdown}");
    assert!(markdown.contains("\n> # no heading\n> second line\n"), "{markdown}");
    assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), 1);
    let json = desk.item_reports_text(ReportFormat::Json).await.unwrap();
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list[0]["reason"], "other");
    assert_eq!(list[0]["item"], item);
}
