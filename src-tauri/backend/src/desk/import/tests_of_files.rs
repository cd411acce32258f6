//! Files through the whole flow: read, shown, kept, exported and read again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::tests::{card, check_counts, draft, import_of, question, quiet};
use super::*;
use crate::desk::tests::Machine;
use crate::desk::views::{ExportFormat, ExportOptions, Exported};
use crate::store::OperationKind;

/// Decks of others to try, where they lie beside the project.
fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("SITWELL_CORPUS").map(PathBuf::from);
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus"));
    let folder = given.unwrap_or_else(beside);
    folder.join("MANIFEST.tsv").is_file().then_some(folder)
}

/// The window waits for its commands on any thread.
#[tokio::test]
async fn importing_can_be_waited_for_on_any_thread() {
    fn on_any_thread<T: Send>(waiting: T) {
        drop(waiting);
    }
    let machine = Machine::new();
    let desk = machine.open().await;
    let path = std::path::Path::new("none");
    let options = ExportOptions { deck: None, format: ExportFormat::Csv, scheduling: false };
    on_any_thread(desk.preview_import(path, &quiet));
    on_any_thread(desk.import(&quiet));
    on_any_thread(desk.export(options, path));
}

#[tokio::test]
async fn every_file_of_the_corpus_comes_in_with_its_counts_and_goes_out_again() {
    let Some(folder) = corpus() else {
        eprintln!("skipped: no corpus beside the project");
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    for line in manifest.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, _, _, _, questions, notes, cards, ..] = columns[..] else {
            panic!("a line without counts: {line}");
        };
        let expected = [questions, notes, cards].map(|count| count.parse::<u32>().unwrap());
        let machine = Machine::new();
        let desk = machine.open().await;
        let shown = desk.preview_import(&folder.join(file), &quiet).await.unwrap();
        let counts = shown.counts;
        assert_eq!([counts.questions, counts.notes, counts.cards], expected, "{file}");
        assert_eq!(counts.new, counts.questions + counts.notes, "{file}");
        let Imported::Done { counts: kept, decks } = desk.import(&quiet).await.unwrap() else {
            panic!("{file} was not kept");
        };
        assert_eq!(kept.new, counts.new, "{file}");
        assert!(!decks.is_empty(), "{file}");
        check_counts(&desk).await;
        let again = desk.preview_import(&folder.join(file), &quiet).await.unwrap().counts;
        assert_eq!((again.new, again.updated, again.unchanged), (0, 0, counts.new), "{file}");
        assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import), "{file}");
        let gone = desk.preview_import(&folder.join(file), &quiet).await.unwrap().counts;
        assert_eq!(gone.new, counts.new, "{file}: undone, so all of it is new again");
    }
}

/// What a deck exports to, read by a new collection.
async fn there_and_back(format: ExportFormat, name: &str) -> (Exported, ImportPreview) {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = vec![
        card("a", "What keeps objects?", "S3"),
        card("b", "What streams them?", "Firehose"),
        question("c", "Which one is right?"),
    ];
    import_of(&desk, draft(items)).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join(name);
    let options = ExportOptions { deck: None, format, scheduling: true };
    let exported = desk.export(options, &target).await.unwrap();
    let elsewhere = Machine::new();
    let other = elsewhere.open().await;
    let shown = other.preview_import(&target, &quiet).await.unwrap();
    other.import(&quiet).await.unwrap();
    check_counts(&other).await;
    (exported, shown)
}

#[tokio::test]
async fn what_is_exported_natively_or_as_a_table_reads_back_as_it_was() {
    for (format, name) in
        [(ExportFormat::Markdown, "mine.sitwell.zip"), (ExportFormat::Csv, "mine.csv")]
    {
        let (exported, shown) = there_and_back(format, name).await;
        assert_eq!((exported.cards, exported.questions), (2, 1), "{name}");
        let counts = shown.counts;
        assert_eq!((counts.cards, counts.questions, counts.skipped), (2, 1, 0), "{name}");
    }
}

#[tokio::test]
async fn an_anki_package_has_a_card_for_each_question_too() {
    let (exported, shown) = there_and_back(ExportFormat::Apkg, "mine.apkg").await;
    assert_eq!((exported.decks, exported.cards, exported.questions), (1, 2, 1));
    assert_eq!((shown.counts.cards, shown.counts.questions), (3, 0));
    let titles: BTreeMap<_, _> =
        shown.decks.iter().map(|deck| (deck.title.as_str(), deck.cards)).collect();
    assert_eq!(titles.get("Cloud::Storage"), Some(&3), "{titles:?}");
}

#[tokio::test]
async fn an_export_that_cannot_be_written_leaves_what_stood_there() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, draft(vec![card("a", "Front", "Back")])).await;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("gone").join("mine.apkg");
    for format in [ExportFormat::Apkg, ExportFormat::Csv, ExportFormat::Markdown] {
        let options = ExportOptions { deck: None, format, scheduling: false };
        let error = desk.export(options, &target).await.unwrap_err();
        assert_eq!(error.code(), "not_written");
        assert!(!target.exists());
    }
}
