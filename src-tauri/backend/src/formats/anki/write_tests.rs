//! Packages that are written, read back here and, where it is installed, by Anki itself.

use std::path::PathBuf;

use super::{Written, read, write};
use crate::deck::{
    Card, CardStyle, Choice, ContentHash, Difficulty, Face, Interaction, Item, ItemBody, Markup,
    Question,
};
use crate::formats::{
    Draft, DraftContent, DraftReview, DraftState, DraftStudy, ExportDeck, ExportItem, ExportMedia,
    Package, Quiet, Work,
};
use crate::study::{Grade, Memory, Phase};

const NOW_MS: i64 = 1_790_000_000_000;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";
const MP3: &[u8] = b"ID3.........";

fn item(slug: &str, body: ItemBody) -> ExportItem {
    let item = Item {
        slug: slug.parse().expect("a slug"),
        task: None,
        tags: vec!["aws::s3".into(), "two words".into()],
        also: Vec::new(),
        checked: None,
        body,
    };
    ExportItem { item, source_id: None, changed_ms: NOW_MS - 5_000, study: Vec::new() }
}

fn card(slug: &str, card: Card) -> ExportItem {
    item(slug, ItemBody::Card(card))
}

fn question() -> ItemBody {
    let choice =
        |text: &str, key, reason: &str| Choice { text: text.into(), key, reason: reason.into() };
    ItemBody::Question(Question {
        difficulty: Difficulty::Medium,
        stem: "Which store is *cheapest*?".into(),
        options: vec![
            choice("Amazon S3", true, "It is cheap."),
            choice("Amazon EFS", false, "It is not."),
        ],
        explanation: "Prices differ.".into(),
        references: Vec::new(),
        enemies: Vec::new(),
        interaction: Interaction::Choice,
        case: None,
    })
}

fn learned() -> DraftStudy {
    let review = |at_ms, before, interval| DraftReview {
        at_ms,
        grade: Grade::Good,
        taken_ms: 4_000,
        before,
        interval,
    };
    DraftStudy {
        ordinal: 0,
        suspended: true,
        flag: 3,
        state: Some(DraftState {
            phase: Phase::Review,
            due_ms: NOW_MS.div_euclid(86_400_000) * 86_400_000 + 6 * 86_400_000,
            interval: 8,
            memory: Some(Memory { stability: 8.5, difficulty: 5.25 }),
            reviews: 2,
            lapses: 0,
        }),
        reviews: vec![
            review(NOW_MS - 900_000_000, Phase::New, 0),
            review(NOW_MS - 200_000_000, Phase::Review, 8),
        ],
    }
}

fn decks() -> Vec<ExportDeck> {
    let basic = card(
        "basic",
        Card::basic("What is $x^{2_{3}}$? ![roc](media/roc.png)", "**It** ![](media/b.mp3)"),
    );
    let basic =
        ExportItem { source_id: Some("r]J`r5A07o".into()), study: vec![learned()], ..basic };
    let face = |ordinal, front: &str| Face {
        ordinal,
        front: front.into(),
        back: "<b>answer</b>".into(),
        typed: (ordinal == 2).then(|| "typed".into()),
    };
    let faces = Card {
        markup: Markup::Html,
        faces: vec![face(0, "one <script>x</script>"), face(2, "two")],
        ..Card::of(CardStyle::Faces, "", "")
    };
    let cloze = Card {
        markup: Markup::Html,
        ..Card::of(CardStyle::Cloze, r"{{c1::a <b>{{c2::b::h}}</b>}} \({{c3::x}}\)", "more")
    };
    let media = |name: &str, bytes| ExportMedia {
        name: name.into(),
        hash: ContentHash::of(bytes).as_str().into(),
    };
    let top = ExportDeck {
        slug: "top".into(),
        meta: None,
        path: vec!["AWS".into(), "Storage".into()],
        introduction: "About *storage*.".into(),
        items: vec![
            basic,
            card("reversed", Card::of(CardStyle::Reversed, "S3", "Object store")),
            card("typed", Card::of(CardStyle::Typed, "Name it", "Glue")),
        ],
        media: vec![
            media("media/roc.png", PNG),
            media("media/b.mp3", MP3),
            media("media/gone.png", b""),
        ],
    };
    let other = ExportDeck {
        slug: "other".into(),
        path: vec!["AWS".into()],
        items: vec![card("cloze", cloze), card("faces", faces), item("question", question())],
        ..ExportDeck::default()
    };
    vec![top, other]
}

fn bytes(hash: &str) -> Option<Vec<u8>> {
    [PNG, MP3].into_iter().find(|it| ContentHash::of(it).as_str() == hash).map(<[u8]>::to_vec)
}

fn cards(draft: &Draft) -> Vec<(String, Card, Vec<DraftStudy>)> {
    let items = draft.decks.iter().flat_map(|deck| &deck.items);
    items
        .filter_map(|item| match &item.body {
            DraftContent::Card(card) => Some((
                item.source_id.clone().unwrap_or_default(),
                (**card).clone(),
                item.study.clone(),
            )),
            DraftContent::Question(_) => None,
        })
        .collect()
}

#[test]
fn a_package_that_is_written_reads_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("out.apkg");
    let written = write(&decks(), &bytes, &to, NOW_MS, &Quiet).expect("written");
    let missing = vec!["media/gone.png".to_owned()];
    assert_eq!(written, Written { decks: 2, notes: 6, cards: 10, reviews: 2, media: 2, missing });
    let draft = read(&Package::open(&to).expect("a package"), &Quiet).expect("a draft");
    assert_eq!(draft.problems, []);
    let paths: Vec<String> = draft.decks.iter().map(|deck| deck.path.join("/")).collect();
    assert_eq!(paths, ["AWS", "AWS/Storage"]);
    assert_eq!(draft.decks[1].introduction, "About *storage*.");
    assert_eq!(draft.decks[0].items[0].tags, ["aws::s3", "two_words"]);
    insta::assert_json_snapshot!(
        cards(&draft).into_iter().map(|(id, card, _)| (id, card)).collect::<Vec<_>>()
    );
    let study: Vec<DraftStudy> = cards(&draft).into_iter().flat_map(|(.., study)| study).collect();
    assert_eq!(study, [learned()]);
}

#[test]
fn a_package_that_is_cancelled_leaves_what_was_there() {
    struct Never;
    impl Work for Never {
        fn step(&self, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("out.apkg");
    std::fs::write(&to, "before").expect("a file");
    assert!(write(&decks(), &bytes, &to, NOW_MS, &Never).is_err());
    assert_eq!(std::fs::read(&to).expect("it is there"), b"before");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

/// Leaves a package for `tests/anki/check_export.py`, in the folder that `cargo xtask anki` names.
#[test]
#[ignore = "cargo xtask anki runs it"]
fn a_package_is_left_for_anki_to_open() {
    let folder = PathBuf::from(std::env::var_os("SITWELL_ANKI").expect("a folder"));
    write(&decks(), &bytes, &folder.join("out.apkg"), NOW_MS, &Quiet).expect("written");
}
