use super::tests::Machine;
use super::*;
use crate::deck::{Card, CardStyle, Deck, DeckMeta, Item, ItemBody, ItemId, MediaFile};
use crate::exam::Conditions;
use crate::store::{ShownCard, ToShow};
use crate::study::{Grade, StudyOptions};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

fn deck(cards: &[(&str, CardStyle, &str, &str)]) -> Deck {
    let item = |(slug, style, front, back): &(&str, CardStyle, &str, &str)| Item {
        slug: slug.parse().unwrap(),
        task: None,
        tags: Vec::new(),
        also: Vec::new(),
        checked: None,
        body: ItemBody::Card(Card::of(*style, *front, *back)),
    };
    Deck {
        meta: DeckMeta {
            slug: "own".parse().unwrap(),
            title: "Own".into(),
            version: semver::Version::new(1, 0, 0),
            license: "CC0-1.0".into(),
            authors: Vec::new(),
            blueprint: None,
            language: "en".into(),
        },
        introduction: String::new(),
        items: cards.iter().map(item).collect(),
        media: vec![MediaFile::new("a.png", PNG).unwrap()],
    }
}

/// Ids and ordinals of the cards of an item, and whether each is in study.
async fn cards_of(desk: &Sitwell, item: &str) -> Vec<(i64, u32, bool)> {
    let item: ItemId = item.parse().unwrap();
    let mut cards = Vec::new();
    for id in 1..=2_000 {
        match desk.store.card(id).await.unwrap() {
            Some(row) if row.item == item => cards.push((id, row.ordinal, !row.suspended)),
            _ => {}
        }
    }
    cards
}

async fn put(desk: &Sitwell, text: &str) {
    let cloze = deck(&[("cloze", CardStyle::Cloze, text, "")]);
    desk.store.put_deck(&cloze, DeckSource::File, 1).await.unwrap();
}

async fn told(desk: &Sitwell, card: i64) -> ShownCard {
    let today = desk.study_day().await.unwrap().today;
    desk.shown(ToShow { card, today, place: None, leaving: None }).await.unwrap()
}

pub(super) async fn shown(desk: &Sitwell, card: i64) -> super::views::CardView {
    let day = desk.study_day().await.unwrap();
    let load = desk.queue(&day).await.unwrap().load;
    desk.card_view(&told(desk, card).await, &day, &load).await.unwrap()
}

#[tokio::test]
async fn a_number_that_an_update_drops_leaves_study_and_comes_back_with_its_reviews() {
    let machine = Machine::new();
    let desk = machine.open().await;
    put(&desk, "{{c1::a}} {{c2::b}}").await;
    let before = cards_of(&desk, "own/cloze").await;
    assert_eq!(
        before.iter().map(|card| (card.1, card.2)).collect::<Vec<_>>(),
        [(0, true), (1, true)]
    );
    let second = before[1].0;
    desk.grade_card(second, Grade::Good, 1_000).await.unwrap();

    put(&desk, "{{c1::a}} b {{c3::c}}").await;
    let states: Vec<_> = cards_of(&desk, "own/cloze").await.iter().map(|c| (c.1, c.2)).collect();
    assert_eq!(states, [(0, true), (1, false), (2, true)]);
    assert_eq!(desk.store.card_reviews(second).await.unwrap().len(), 1);
    desk.suspend_card(second, false).await.unwrap();
    assert!(desk.store.card(second).await.unwrap().unwrap().suspended, "it asks for nothing now");

    put(&desk, "{{c1::a}} {{c2::b}}").await;
    let back = desk.store.card(second).await.unwrap().unwrap();
    assert_eq!((back.suspended, back.state.reviews), (false, 1));
}

#[tokio::test]
async fn a_card_that_was_suspended_before_it_was_dropped_stays_so() {
    let machine = Machine::new();
    let desk = machine.open().await;
    put(&desk, "{{c1::a}} {{c2::b}}").await;
    let second = cards_of(&desk, "own/cloze").await[1].0;
    desk.suspend_card(second, true).await.unwrap();
    put(&desk, "{{c1::a}}").await;
    put(&desk, "{{c1::a}} {{c2::b}}").await;
    assert!(desk.store.card(second).await.unwrap().unwrap().suspended);
}

#[tokio::test]
async fn each_card_of_an_item_shows_its_own_sides_and_files() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let items = [
        ("both", CardStyle::Reversed, "![](a.png)", "b"),
        ("type", CardStyle::Typed, "a?", "Recall"),
    ];
    desk.store.put_deck(&deck(&items), DeckSource::File, 1).await.unwrap();
    let both = cards_of(&desk, "own/both").await;
    assert_eq!(both.len(), 2);
    let (first, second) = (shown(&desk, both[0].0).await, shown(&desk, both[1].0).await);
    assert_eq!(first.front_html, second.back_html);
    assert_eq!(second.front_html, "<p>b</p>\n");
    let hash = crate::deck::ContentHash::of(PNG);
    assert!(first.front_html.contains(&format!("localhost/{}/a.png", hash.as_str())));
    let (kind, bytes) = desk.media_file(hash.as_str()).await.unwrap().unwrap();
    assert_eq!((kind.mime(), bytes.as_slice()), ("image/png", PNG));
    assert!(desk.media_file(&"0".repeat(64)).await.unwrap().is_none());

    let typed = cards_of(&desk, "own/type").await[0].0;
    let view = shown(&desk, typed).await;
    assert!(view.typed && view.style == CardStyle::Typed);
    let answer = desk.type_answer(typed, "recal<l").await.unwrap();
    assert!(!answer.right);
    assert_eq!(answer.typed_html, "recal<del>&lt;</del>l");
    assert_eq!(answer.answer_html, "Recall");
    assert!(desk.type_answer(typed, " RECALL").await.unwrap().right);
    assert_eq!(desk.type_answer(-1, "x").await.unwrap_err().code(), "no_such_card");
}

#[tokio::test]
async fn a_card_is_made_of_a_question_once_and_only_when_the_paper_is_over() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam("MLS-C01", None, Conditions::default()).await.unwrap().id;
    assert_eq!(desk.make_card(&paper, 0).await.unwrap_err().code(), "not_over");
    desk.end_exam(&paper).await.unwrap();
    let made = desk.make_card(&paper, 0).await.unwrap();
    assert!(!made.existed && made.item.starts_with("from-questions/"));
    let again = desk.make_card(&paper, 0).await.unwrap();
    assert!(again.existed && again.item == made.item);
    let other = desk.make_card(&paper, 1).await.unwrap();
    assert!(!other.existed && other.item != made.item);
    assert_eq!(desk.make_card(&paper, 999).await.unwrap_err().code(), "out_of_range");

    let sitting = desk.load(&paper).await.unwrap();
    let (asked, place) = (&sitting.items[0], &sitting.record.form.items[0]);
    let id: ItemId = made.item.parse().unwrap();
    let item = desk.store.item(&id).await.unwrap();
    assert_eq!((&item.task, &item.tags), (&asked.task, &asked.tags));
    let (ItemBody::Card(card), ItemBody::Question(question)) = (&item.body, &asked.body) else {
        panic!("the wrong kinds")
    };
    assert_eq!(card.front, question.stem);
    for key in question.options.iter().filter(|option| option.key) {
        assert!(card.back.contains(&key.text) && card.back.contains(&key.reason));
    }
    for option in question.options.iter().filter(|option| !option.key) {
        assert!(!card.back.contains(&option.text));
    }
    let view = shown(&desk, cards_of(&desk, &made.item).await[0].0).await;
    assert_eq!(view.source.as_deref(), Some(place.id.as_str()));
    assert!(view.back_html.contains("<a href=\"https://"), "{}", view.back_html);
    drop(desk);
    let desk = machine.open().await;
    assert!(desk.make_card(&paper, 1).await.unwrap().existed);
}

#[tokio::test]
async fn a_flagged_card_stays_on_screen_and_what_was_seen_of_it_is_counted() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = desk.study().await.unwrap().card.unwrap();
    assert_eq!((first.seen, first.recalled, first.reviewed), (0, 0, 0));
    desk.grade_card(first.id, Grade::Again, 1_000).await.unwrap();
    // It comes back within minutes: due first, but the card being read stays when flagged.
    let second = desk.study().await.unwrap().card.unwrap();
    machine.clock.advance(5 * 60_000);
    let view = desk.flag_card(second.id, 3).await.unwrap();
    let card = view.card.unwrap();
    assert_eq!((card.id, card.flag), (second.id, 3));
    assert_eq!(desk.study().await.unwrap().card.unwrap().id, first.id);
    assert_eq!(view.done_cards, 1);
    let view = desk.suspend_card(second.id, true).await.unwrap();
    assert_ne!(view.card.unwrap().id, second.id);
}

#[tokio::test]
async fn the_grade_that_makes_a_leech_says_so_and_no_other_does() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let options = StudyOptions::default();
    let card = desk.study().await.unwrap().card.unwrap().id;
    let mut leeches = 0;
    for _ in 0..=options.leech_lapses {
        for grade in [Grade::Easy, Grade::Again] {
            let view = desk.grade_card(card, grade, 1_000).await.unwrap();
            leeches += u32::from(view.leech);
            if view.leech {
                assert!(desk.store.card(card).await.unwrap().unwrap().suspended);
            }
            machine.clock.advance(86_400_000);
        }
    }
    assert_eq!(leeches, 1);
    let row = desk.store.card(card).await.unwrap().unwrap();
    let told = told(&desk, card).await;
    let (recalled, reviewed) = (told.recalled, told.reviewed);
    assert!(reviewed >= row.state.lapses && recalled < reviewed);
}
