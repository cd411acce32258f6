use insta::assert_snapshot;

use super::*;
use crate::deck::{Card, CardStyle, Case, Choice, Face, Interaction, Markup};
use crate::formats::{ExportMedia, Quiet};

fn item(slug: &str, body: ItemBody) -> ExportItem {
    let slug = slug.parse().unwrap();
    let tags = vec!["s3".to_owned(), "data lake".to_owned()];
    let item = Item { slug, task: None, tags, also: Vec::new(), checked: None, body };
    ExportItem { item, source_id: None, changed_ms: 0, study: Vec::new() }
}

fn question(interaction: Interaction) -> ItemBody {
    let option =
        |text: &str, key, reason: &str| Choice { text: text.into(), key, reason: reason.into() };
    let reference = |title: &str, url: &str| Reference { title: title.into(), url: url.into() };
    ItemBody::Question(Question {
        difficulty: Difficulty::Hard,
        stem: "Which two, \"quoted\"?\nReally?".into(),
        options: vec![
            option("one", true, ""),
            option("two", false, "No."),
            option("three", true, ""),
        ],
        explanation: "So, it is.".into(),
        references: vec![
            reference("A", "https://example.org/a"),
            reference("B", "https://example.org/b"),
        ],
        enemies: Vec::new(),
        interaction,
        case: Some(Case { slug: "shop".parse().unwrap(), scenario: "A shop.".into() }),
    })
}

fn deck(items: Vec<ExportItem>) -> ExportDeck {
    ExportDeck { path: vec!["A".into(), "B".into()], items, ..ExportDeck::default() }
}

fn written(decks: &[ExportDeck]) -> (Written, String) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("decks.csv");
    let written = write(decks, &target, &Quiet).unwrap();
    (written, std::fs::read_to_string(target).unwrap())
}

#[test]
fn questions_and_cards_are_rows_under_names_of_columns() {
    let mut known = item("basic", ItemBody::Card(Card::basic("front", "back, and more")));
    known.source_id = Some("GUID=1".into());
    known.item.task = Some("1.2".into());
    let html = Card { markup: Markup::Html, ..Card::basic("<b>f</b>", "<p>b</p>") };
    let face =
        |ordinal| Face { ordinal, front: format!("f{ordinal}"), back: "b".into(), typed: None };
    let faces =
        Card { style: CardStyle::Faces, faces: vec![face(0), face(1)], ..Card::basic("", "") };
    let mut deck = deck(vec![
        item("choice", question(Interaction::Choice)),
        item("order", question(Interaction::Order)),
        known,
        item("cloze", ItemBody::Card(Card::of(CardStyle::Cloze, "{{c1::a}}", ""))),
        item("html", ItemBody::Card(html)),
        item("faces", ItemBody::Card(faces)),
    ]);
    deck.media.push(ExportMedia { name: "a.png".into(), hash: String::new() });
    let (written, text) = written(&[deck]);
    assert_eq!((written.decks, written.items, written.media), (1, 6, 0));
    assert_snapshot!(format!("{text}\n{}", written.not_held.join("\n")));
}

#[test]
fn rows_of_both_kinds_read_back_as_they_are() {
    use crate::formats::delimited::{ColumnChoice, read};
    use crate::formats::{DraftContent, Format, Package};
    let items = vec![
        item("choice", question(Interaction::Choice)),
        item("basic", ItemBody::Card(Card::basic("front **a**", "back, \"b\"\n\nmore"))),
        item("cloze", ItemBody::Card(Card::of(CardStyle::Cloze, "{{c1::a}} {{c2::b}}", ""))),
        item("reversed", ItemBody::Card(Card::of(CardStyle::Reversed, "f", "b"))),
        item("typed", ItemBody::Card(Card::of(CardStyle::Typed, "f", "b"))),
    ];
    let (_, text) = written(&[deck(items.clone())]);
    let package = Package::of_bytes("decks.csv", text.into_bytes()).unwrap();
    let draft = read(&package, Format::Csv, &ColumnChoice::default()).unwrap();
    assert_eq!(draft.problems, []);
    assert_eq!((draft.decks.len(), draft.decks[0].path.join("/")), (1, "A/B".to_owned()));
    for (read, exported) in draft.decks[0].items.iter().zip(&items) {
        assert_eq!(read.source_id.as_deref(), Some(exported.item.slug.as_str()));
        assert_eq!(read.tags, exported.item.tags);
        match (&read.body, &exported.item.body) {
            (DraftContent::Card(read), ItemBody::Card(card)) => assert_eq!(**read, *card),
            (DraftContent::Question(read), ItemBody::Question(question)) => {
                assert!(read.stem.ends_with(&question.stem), "{}", read.stem);
                let keys = |question: &Question| {
                    let options = question.options.iter();
                    options.map(|option| (option.text.clone(), option.key)).collect::<Vec<_>>()
                };
                assert_eq!(keys(read), keys(question));
                assert_eq!(
                    (read.difficulty, &read.explanation),
                    (question.difficulty, &question.explanation)
                );
                assert_eq!(read.references.len(), 2);
            }
            _ => panic!("{} came back as another kind", exported.item.slug),
        }
    }
    assert_eq!(draft.decks[0].items.len(), items.len());
}

#[test]
fn columns_without_values_are_not_written() {
    let cards = deck(vec![item("a", ItemBody::Card(Card::basic("f", "b")))]);
    assert!(written(&[cards]).1.starts_with("deck,guid,notetype,front,back,tags\n"));
    let questions = deck(vec![item("a", question(Interaction::Choice))]);
    let text = written(&[questions]).1;
    let names =
        "deck,guid,stem,option 1,option 2,option 3,key,explanation,difficulty,reference,tags\n";
    assert!(text.starts_with(names), "{text}");
}

#[test]
fn nothing_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("decks.csv");
    let only_order = deck(vec![item("order", question(Interaction::Order))]);
    assert!(matches!(write(&[only_order], &target, &Quiet), Err(ExportError::Nothing)));
    assert!(!target.exists());
}
