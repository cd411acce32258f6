use super::*;
use crate::deck::{
    Card, CardStyle, Case, Choice, Difficulty, Face, Interaction, Markup, Prompt, Question,
};
use crate::formats::{ExportMedia, Package, Quiet, Source};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

fn item(slug: &str, body: ItemBody) -> ExportItem {
    let slug = slug.parse().unwrap();
    let (task, also, checked) = (None, Vec::new(), None);
    let item = Item { slug, task, tags: vec!["a b".into()], also, checked, body };
    ExportItem { item, source_id: None, changed_ms: 0, study: Vec::new() }
}

fn question(interaction: Interaction) -> Question {
    let option = |text: &str, key| Choice { text: text.into(), key, reason: "Because.".into() };
    Question {
        difficulty: Difficulty::Hard,
        stem: "Which one?\n\n![](media/a.png)".into(),
        options: vec![option("one", true), option("two", true), option("three", false)],
        explanation: "So it is.".into(),
        references: Vec::new(),
        enemies: Vec::new(),
        interaction,
        case: Some(Case { slug: "shop".parse().unwrap(), scenario: "A shop.".into() }),
    }
}

fn html_card() -> Card {
    Card {
        markup: Markup::Html,
        ..Card::basic("<b>front</b> <img src=\"b c.png\">", "<i>back</i>")
    }
}

fn faces() -> Card {
    let face = |ordinal: u32| Face {
        ordinal,
        front: format!("<p>f{ordinal}</p>"),
        back: format!("b{ordinal}"),
        typed: None,
    };
    let faces = vec![face(0), face(3)];
    Card { style: CardStyle::Faces, markup: Markup::Html, faces, ..Card::basic("", "") }
}

fn deck(slug: &str, items: Vec<ExportItem>) -> ExportDeck {
    let media = ["media/a.png", "b c.png"]
        .map(|name| ExportMedia { name: name.into(), hash: format!("hash of {name}") });
    ExportDeck {
        slug: slug.into(),
        path: vec!["Deck".into(), slug.to_uppercase()],
        introduction: "About it.".into(),
        items,
        media: media.into(),
        ..ExportDeck::default()
    }
}

fn written(decks: &[ExportDeck]) -> (Written, Package) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("decks.sitwell.zip");
    let media = |hash: &str| hash.starts_with("hash of").then(|| PNG.to_vec());
    let written = write(decks, &media, &target, &Quiet).unwrap();
    let package = Package::of_bytes("decks.sitwell.zip", std::fs::read(&target).unwrap()).unwrap();
    (written, package)
}

/// What the reader of native decks makes of it.
fn draft(package: &Package) -> crate::formats::Draft {
    crate::formats::native::read(package).unwrap()
}

fn read_back(package: &Package, folder: &str) -> Deck {
    let is_text = |path: &&String| {
        path.starts_with(folder) && Path::new(path).extension().is_some_and(|ending| ending == "md")
    };
    let source = |path: &String| Source::new(path.clone(), package.read(path, 1 << 22).unwrap());
    let sources: Vec<Source> = package.entries().iter().filter(is_text).map(source).collect();
    markdown::parse(&sources).unwrap().deck
}

#[test]
fn decks_read_back_as_they_are_with_their_pictures() {
    let prompts = [("p", 0), ("q", 1)].map(|(text, option)| Prompt {
        text: text.into(),
        option,
        reason: "Why not.".into(),
    });
    let mut matching = question(Interaction::Match { prompts: prompts.into() });
    for option in &mut matching.options[..2] {
        option.reason.clear();
    }
    let items = vec![
        item("choice", ItemBody::Question(question(Interaction::Choice))),
        item("order", ItemBody::Question(question(Interaction::Order))),
        item("match", ItemBody::Question(matching)),
        item("cloze", ItemBody::Card(Card::of(CardStyle::Cloze, "{{c1::a}} b", ""))),
    ];
    let (written, package) = written(&[deck("one", items.clone())]);
    assert_eq!((written.decks, written.items, written.media), (1, 4, 1));
    let read = read_back(&package, "one/");
    let expected: Vec<Item> = items.into_iter().map(|exported| exported.item).collect();
    assert_eq!(read.items, expected);
    assert_eq!((read.meta.title.as_str(), read.introduction.as_str()), ("Deck::ONE", "About it."));
    let draft = draft(&package);
    assert_eq!(draft.problems, []);
    assert_eq!((draft.decks[0].path.join("/"), draft.decks[0].items.len()), ("Deck/ONE".into(), 4));
    assert_eq!(draft.decks[0].media.len(), 1);
    assert_eq!(package.read("one/media/a.png", 100).unwrap(), PNG);
}

#[test]
fn html_becomes_markdown_and_templates_become_basic_cards() {
    let items = vec![
        item("html", ItemBody::Card(html_card())),
        item("faces", ItemBody::Card(faces())),
        item("faces-2", ItemBody::Card(Card::basic("x", "y"))),
    ];
    let (written, package) = written(&[deck("one", items)]);
    assert_eq!((written.items, written.media), (4, 1), "{:?}", written.not_held);
    let read = read_back(&package, "one/");
    let slugs: Vec<&str> = read.items.iter().map(|item| item.slug.as_str()).collect();
    assert_eq!(slugs, ["html", "faces", "faces-3", "faces-2"]);
    assert_eq!(package.read("one/b_c.png", 100).unwrap(), PNG);
    assert_eq!(draft(&package).decks[0].media[0].name, "b_c.png");
    let ItemBody::Card(card) = &read.items[2].body else { panic!("no card") };
    assert_eq!((card.front.as_str(), card.back.as_str()), ("f3", "b3"));
    assert!(written.not_held.iter().any(|words| words.starts_with("templates")));
}

#[test]
fn what_the_format_cannot_hold_is_left_out_and_told() {
    let mut bad = question(Interaction::Choice);
    bad.options.truncate(1);
    let mut gone = question(Interaction::Choice);
    gone.stem = "![](media/gone.png)".into();
    let items = vec![
        item("bad", ItemBody::Question(bad)),
        item("gone", ItemBody::Question(gone)),
        item("out", ItemBody::Card(Card::basic("![](../../out.png)", "b"))),
    ];
    let mut deck = deck("one", items);
    deck.media.push(ExportMedia { name: "../../out.png".into(), hash: "hash of x".into() });
    let (written, package) = written(&[deck]);
    assert_eq!((written.items, written.media), (2, 0));
    let told = written.not_held.join("\n");
    assert!(told.contains("left out: bad"), "{told}");
    assert!(told.contains("not there: media/gone.png"), "{told}");
    assert_eq!(package.entries(), ["one/deck.md"]);
}

#[test]
fn long_decks_are_several_files_that_are_one_deck() {
    let long = "word ".repeat(5_000);
    let card = |number: usize| {
        item(&format!("card-{number}"), ItemBody::Card(Card::basic(format!("{number}"), &long)))
    };
    let items: Vec<ExportItem> = (0..100).map(card).collect();
    let (written, package) = written(&[deck("one", items)]);
    assert_eq!(written.items, 100);
    assert_eq!(package.entries(), ["one/deck.md", "one/items-0001.md"]);
    assert_eq!(read_back(&package, "one/").items.len(), 100);
}

#[test]
fn nothing_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("decks.sitwell.zip");
    let written = write(&[], &|_: &str| None, &target, &Quiet);
    assert!(matches!(written, Err(ExportError::Nothing)));
    assert!(!target.exists());
}
