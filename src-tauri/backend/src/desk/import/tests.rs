//! Imports of drafts made by hand: what they leave in the collection, whole or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::clock::Clock as _;
use crate::deck::{Card, CardStyle, Choice, Difficulty, Interaction, Question};
use crate::desk::tests::Machine;
use crate::desk::views::{BrowseColumn, BrowseOrder, MatchKind};
use crate::formats::{
    DraftContent, DraftDeck, DraftItem, DraftMedia, DraftReview, DraftState, DraftStudy, Format,
    Place,
};
use crate::store::{OperationKind, Store};
use crate::study::memory::rebuild;
use crate::study::{Grade, Phase};

const DAY: i64 = 86_400_000;

pub(super) fn quiet(_: ImportProgress) {}

pub(super) fn card(guid: &str, front: &str, back: &str) -> DraftItem {
    DraftItem {
        source_id: Some(guid.into()),
        place: Place { file: "c.anki2".into(), line: 1 },
        tags: vec!["imported".into()],
        task: None,
        changed_ms: None,
        body: DraftContent::Card(Box::new(Card::basic(front, back))),
        also: Vec::new(),
        checked: None,
        study: Vec::new(),
    }
}

pub(super) fn question(guid: &str, stem: &str) -> DraftItem {
    let choice = |text: &str, key| Choice { text: text.into(), key, reason: String::new() };
    let question = Question {
        difficulty: Difficulty::Medium,
        stem: stem.into(),
        options: vec![choice("Right", true), choice("Wrong", false)],
        explanation: String::new(),
        references: Vec::new(),
        enemies: Vec::new(),
        interaction: Interaction::Choice,
        case: None,
    };
    DraftItem { body: DraftContent::Question(Box::new(question)), ..card(guid, "", "") }
}

pub(super) fn draft(items: Vec<DraftItem>) -> Draft {
    let deck =
        DraftDeck { path: vec!["Cloud".into(), "Storage".into()], items, ..DraftDeck::default() };
    Draft {
        format: Format::Apkg,
        made_with: None,
        decks: vec![deck],
        passed_over: Vec::new(),
        problems: Vec::new(),
    }
}

/// A card that was learned elsewhere: graded good three times, days apart.
pub(super) fn learned(at_ms: i64) -> DraftStudy {
    let review = |days: i64, before, interval| DraftReview {
        at_ms: at_ms - days * DAY,
        grade: Grade::Good,
        taken_ms: 4_000,
        before,
        interval,
    };
    let state = DraftState {
        phase: Phase::Review,
        due_ms: at_ms + 9 * DAY,
        interval: 10,
        memory: None,
        reviews: 3,
        lapses: 0,
    };
    DraftStudy {
        ordinal: 0,
        suspended: false,
        flag: 2,
        state: Some(state),
        reviews: vec![
            review(6, Phase::New, 0),
            review(5, Phase::Learning, 4),
            review(1, Phase::Review, 10),
        ],
    }
}

pub(super) fn package(files: &[(&str, &[u8])]) -> Arc<Package> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    Arc::new(Package::of_bytes("sample.apkg", bytes).unwrap())
}

pub(super) async fn shown(desk: &Sitwell, package: Arc<Package>, draft: Draft) -> ImportPreview {
    let mut held = desk.import.pending.lock().await;
    let watch = desk.watch(&quiet);
    let pending = desk.hold(package, 1, draft, &watch).await.unwrap();
    let shown = preview::preview(desk, &pending).await.unwrap();
    *held = Some(pending);
    shown
}

pub(super) async fn preview_of(desk: &Sitwell, draft: Draft) -> ImportPreview {
    shown(desk, package(&[]), draft).await
}

pub(super) async fn import_of(desk: &Sitwell, draft: Draft) -> crate::desk::views::ImportCounts {
    preview_of(desk, draft).await;
    match desk.import(&quiet).await.unwrap() {
        Imported::Done { counts, .. } => counts,
        Imported::Cancelled => panic!("cancelled"),
    }
}

/// What a learner can see of a collection, without what is only kept for the past.
pub(super) async fn seen(desk: &Sitwell) -> (BTreeMap<String, String>, String) {
    let order = BrowseOrder { column: BrowseColumn::Text, descending: false };
    let rows = desk.browse("tag:imported", order, 0, 500).await.unwrap().rows;
    let mut items = BTreeMap::new();
    for row in rows {
        let card = match row.id.card {
            Some(card) => format!("{:?}", desk.store.card(card).await.unwrap()),
            None => String::new(),
        };
        let key = format!("{} {:?}", row.id.item, row.id.card);
        items.insert(key, format!("{} {:?} {card}", row.text, row.task));
    }
    let library = desk.library().await.unwrap();
    (items, format!("{library:?}"))
}

async fn count_of(store: &Store, table: &str) -> i64 {
    store.count(table).await
}

pub(super) async fn check_counts(desk: &Sitwell) {
    assert_eq!(desk.store.miscounted().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_import_brings_decks_cards_questions_and_tags_and_is_found() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = vec![
        card("a", "What is Zanzibarite?", "A mineral"),
        DraftItem {
            body: DraftContent::Card(Box::new(Card::of(
                CardStyle::Cloze,
                "{{c2::Quuxite}} and {{c3::Frobnium}}",
                "",
            ))),
            ..card("b", "", "")
        },
        question("c", "Which blorptium is right?"),
    ];
    let shown = preview_of(&desk, draft(items.clone())).await;
    assert_eq!((shown.counts.new, shown.counts.cards, shown.counts.questions), (3, 3, 1));
    assert_eq!(shown.decks[0].title, "Cloud::Storage");
    let before = count_of(&desk.store, "items").await;
    let counts = import_of(&desk, draft(items)).await;
    assert_eq!(counts.new, 3);
    assert_eq!(count_of(&desk.store, "items").await, before + 3);
    let order = BrowseOrder { column: BrowseColumn::Text, descending: false };
    for (query, rows) in [("zanzibarite", 1), ("quuxite tag:imported", 2), ("blorptium", 1)] {
        assert_eq!(desk.browse(query, order, 0, 9).await.unwrap().total, rows, "{query}");
    }
    let library = desk.library().await.unwrap();
    let made = library.decks.iter().find(|deck| deck.slug == "cloud-storage").unwrap();
    assert_eq!((made.cards, made.questions, made.new), (3, 1, 3));
    check_counts(&desk).await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut learned_card = card("a", "Front of one", "Back");
    learned_card.study = vec![learned(machine.clock.now().wall_ms)];
    let mut nameless = card("", "A front without a name", "Back");
    nameless.source_id = None;
    let file = draft(vec![learned_card, nameless, question("c", "Which?")]);
    import_of(&desk, file.clone()).await;
    let (before, versions) = (seen(&desk).await, count_of(&desk.store, "item_versions").await);
    let reviews = count_of(&desk.store, "reviews").await;
    let shown = preview_of(&desk, file.clone()).await;
    assert_eq!((shown.counts.new, shown.counts.updated, shown.counts.unchanged), (0, 0, 3));
    assert!(shown.decks[0].exists && shown.matches.is_empty());
    import_of(&desk, file).await;
    assert_eq!(seen(&desk).await, before);
    assert_eq!(count_of(&desk.store, "item_versions").await, versions);
    assert_eq!(count_of(&desk.store, "reviews").await, reviews);
    check_counts(&desk).await;
}

#[tokio::test]
async fn new_words_keep_progress_and_undo_brings_the_old_ones_back() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, draft(vec![card("a", "What is S3?", "A store of objects")])).await;
    let id = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0).id;
    let record = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
    desk.grade_card(record.cards[0], Grade::Easy, 1_000).await.unwrap();
    let state = desk.store.card(record.cards[0]).await.unwrap().unwrap().state;
    let before = seen(&desk).await;
    let file = draft(vec![card("a", "What is S3?", "A store of objects of any size")]);
    let shown = preview_of(&desk, file).await;
    assert_eq!((shown.counts.new, shown.counts.updated), (0, 1));
    let found = &shown.matches[0];
    assert_eq!((found.kind, found.same_front), (MatchKind::Same, true));
    assert!(found.file_back_html.contains("<ins>"), "{}", found.file_back_html);
    desk.import(&quiet).await.unwrap();
    let after = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
    assert_ne!(after.item, record.item);
    assert_eq!(desk.store.card(record.cards[0]).await.unwrap().unwrap().state, state);
    let updated = seen(&desk).await;
    assert_eq!(desk.undo().await.unwrap(), Some(OperationKind::Import));
    assert_eq!(seen(&desk).await, before);
    desk.redo().await.unwrap().unwrap();
    assert_eq!(seen(&desk).await, updated);
    check_counts(&desk).await;
}

#[tokio::test]
async fn what_was_learned_elsewhere_comes_along_and_goes_with_undo() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let empty = seen(&desk).await;
    let now = machine.clock.now().wall_ms;
    let mut items: Vec<DraftItem> =
        (0..9).map(|n| card(&format!("g{n}"), &format!("Front number {n}"), "Back")).collect();
    for item in items.iter_mut().take(5) {
        item.study = vec![learned(now)];
    }
    items[7].study =
        vec![DraftStudy { suspended: true, state: None, reviews: Vec::new(), ..learned(now) }];
    let counts = import_of(&desk, draft(items.clone())).await;
    assert_eq!(counts.reviews, 15);
    check_counts(&desk).await;
    let day = desk.study_day().await.unwrap();
    let model = &day.schedules.defaults().model;
    for n in 0..5 {
        let guid = format!("g{n}");
        let id = desk.store.known_items("anki", &[&guid]).await.unwrap().remove(0).id;
        let record = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
        let card = desk.store.card(record.cards[0]).await.unwrap().unwrap();
        assert_eq!((card.flag, card.state.phase, card.state.interval), (2, Phase::Review, 10));
        let log = desk.store.card_reviews(card.id).await.unwrap();
        assert_eq!((log.len(), card.state), (3, rebuild(&log, model).unwrap()));
        assert!(card.state.memory.is_some());
    }
    let imported = seen(&desk).await;
    desk.undo().await.unwrap().unwrap();
    assert_eq!(seen(&desk).await, empty);
    check_counts(&desk).await;
    desk.redo().await.unwrap().unwrap();
    assert_eq!(seen(&desk).await, imported);
    check_counts(&desk).await;
    desk.undo().await.unwrap().unwrap();
    // Undone, the file comes in as if it had never been here.
    assert_eq!(import_of(&desk, draft(items)).await.new, 9);
    assert_eq!(seen(&desk).await, imported);
    check_counts(&desk).await;
}

#[tokio::test]
async fn without_scheduling_all_is_new_and_nothing_suspended() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut item = card("a", "Front of a", "Back");
    item.study = vec![DraftStudy { suspended: true, ..learned(machine.clock.now().wall_ms) }];
    let shown = preview_of(&desk, draft(vec![item])).await;
    assert!(shown.has_scheduling);
    let options = ImportOptions { scheduling: false, ..shown.options };
    desk.change_import(options, ImportChoices::default(), &quiet).await.unwrap();
    desk.import(&quiet).await.unwrap();
    let id = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0).id;
    let record = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
    let card = desk.store.card(record.cards[0]).await.unwrap().unwrap();
    assert_eq!((card.state.phase, card.suspended, card.flag), (Phase::New, false, 0));
    assert_eq!(count_of(&desk.store, "reviews").await, 0);
}

#[tokio::test]
async fn a_failure_or_a_stop_in_the_middle_leaves_nothing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items: Vec<DraftItem> =
        (0..1_200).map(|n| card(&format!("g{n}"), &format!("Front number {n}"), "Back")).collect();
    let mut file = draft(items);
    let png = b"\x89PNG\r\n\x1a\n....".as_slice();
    let media = |name: &str| DraftMedia { name: name.into(), entry: name.into(), zstd: false };
    file.decks[0].media = vec![media("a.png"), DraftMedia { zstd: true, ..media("b.png") }];
    let before = seen(&desk).await;
    let tables = ["items", "item_versions", "operations", "media_files", "item_sources", "decks"];
    let mut rows = Vec::new();
    for table in tables {
        rows.push(count_of(&desk.store, table).await);
    }
    // The second file is no zstd: it fails when all items are written already.
    let broken = package(&[("a.png", png), ("b.png", png)]);
    shown(&desk, broken, file.clone()).await;
    assert_eq!(desk.import(&quiet).await.unwrap_err().code(), "unreadable_file");
    file.decks[0].media.truncate(1);
    shown(&desk, package(&[("a.png", png)]), file.clone()).await;
    let stop = |step: ImportProgress| {
        if step.stage == ImportStage::Keeping && step.done >= 1_000 {
            desk.cancel_import();
        }
    };
    assert_eq!(desk.import(&stop).await.unwrap(), Imported::Cancelled);
    assert_eq!(desk.import(&quiet).await.unwrap_err().code(), "no_file");
    // The app goes away while it is kept.
    drop(desk.store.begin_import(1, 10_000).await.unwrap());
    assert_eq!(seen(&desk).await, before);
    for (table, rows) in tables.iter().zip(rows) {
        assert_eq!(count_of(&desk.store, table).await, rows, "{table}");
    }
    check_counts(&desk).await;
    // And the same file comes in whole afterwards.
    shown(&desk, package(&[("a.png", png)]), file).await;
    assert!(matches!(desk.import(&quiet).await.unwrap(), Imported::Done { .. }));
    assert_eq!(desk.store.files_beside("cloud-storage").await.unwrap().len(), 1);
    check_counts(&desk).await;
}

/// Items of one identity have one style: a card that a wording makes no more is kept out of study
/// and stays in the list, as everywhere.
fn any_item() -> impl Strategy<Value = DraftItem> {
    let words = "[a-c]{1,2}( [a-c]{1,2}){0,4}";
    (0u8..6, words, words, any::<bool>()).prop_map(|(guid, front, back, study)| {
        let mut item = card(&format!("g{guid}"), &front, &back);
        let styles = [CardStyle::Basic, CardStyle::Reversed, CardStyle::Cloze, CardStyle::Typed];
        let style = styles[usize::from(guid % 4)];
        let front =
            if style == CardStyle::Cloze { format!("{{{{c1::{front}}}}} x") } else { front };
        item.body = DraftContent::Card(Box::new(Card::of(style, front, back)));
        if guid == 0 {
            item.source_id = None;
        }
        if study {
            item.study = vec![learned(1_763_000_000_000)];
        }
        item
    })
}

async fn session(files: Vec<Vec<DraftItem>>) {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut line = vec![seen(&desk).await];
    for items in files {
        let before = desk.store.as_of().await.unwrap();
        let counts = import_of(&desk, draft(items.clone())).await;
        let all = counts.new + counts.updated + counts.unchanged + counts.skipped;
        assert_eq!(all as usize, items.len());
        check_counts(&desk).await;
        // What changes nothing is no step.
        if desk.store.as_of().await.unwrap() == before {
            assert_eq!(line.last(), Some(&seen(&desk).await));
        } else {
            line.push(seen(&desk).await);
        }
    }
    for before in line.iter().rev().skip(1) {
        desk.undo().await.unwrap().unwrap();
        check_counts(&desk).await;
        assert_eq!(&seen(&desk).await, before);
    }
    for after in line.iter().skip(1) {
        desk.redo().await.unwrap().unwrap();
        check_counts(&desk).await;
        assert_eq!(&seen(&desk).await, after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]
    #[test]
    fn any_files_are_counted_right_and_undone_and_redone_step_by_step(
        files in proptest::collection::vec(proptest::collection::vec(any_item(), 0..7), 1..4),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(session(files));
    }
}
