//! Marking again when a deck mends a key.

use super::tests::{EXAM, Machine, keys};
use super::views::Profile;
use super::*;
use crate::deck::{Deck, ItemBody, ItemId, Question};
use crate::exam::conditions::{Banks, Conditions};

/// The bundled decks with one question changed.
fn changed(item: &ItemId, change: impl Fn(&mut Question)) -> Vec<Deck> {
    let mut decks = bundled::decks().unwrap();
    for deck in &mut decks {
        let slug = deck.meta.slug.clone();
        for known in deck.items.iter_mut().filter(|known| known.id(&slug) == *item) {
            if let ItemBody::Question(question) = &mut known.body {
                change(question);
            }
        }
    }
    decks
}

async fn bring(desk: &Sitwell, decks: &[Deck]) {
    for deck in decks {
        desk.store.put_deck(deck, DeckSource::Bundled, 0).await.unwrap();
    }
}

/// The key moves on by one option.
fn mend(question: &mut Question) {
    let mut keys: Vec<bool> = question.options.iter().map(|option| option.key).collect();
    keys.rotate_right(1);
    for (option, key) in question.options.iter_mut().zip(keys) {
        option.key = key;
    }
}

/// A mock answered right, and a question of it with one key.
async fn sat(desk: &Sitwell, machine: &Machine) -> (String, u32, ItemId) {
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    let keys = keys(desk, &paper.id).await;
    for (position, shown) in &keys {
        desk.see(&paper.id, *position).await.unwrap();
        desk.choose(&paper.id, *position, shown).await.unwrap();
    }
    machine.clock.advance(3_600_000);
    desk.end_exam(&paper.id).await.unwrap();
    let form = desk.load(&paper.id).await.unwrap().record.form;
    let single = |position: &u32| {
        let place = &form.items[*position as usize];
        place.scored && keys[position].len() == 1
    };
    let position = keys.keys().copied().find(single).unwrap();
    (paper.id, position, form.items[position as usize].id.clone())
}

#[tokio::test]
async fn a_mended_key_is_marked_beside_the_first_result_with_the_reason() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let (id, position, item) = sat(&desk, &machine).await;
    let first = desk.result(&id).await.unwrap();
    assert_eq!(first.remark, None);
    assert_eq!(desk.drill_pools(EXAM, &[], Banks::default()).await.unwrap().missed, 0);
    bring(&desk, &changed(&item, mend)).await;

    let result = desk.result(&id).await.unwrap();
    assert_eq!((&result.report, &result.lines), (&first.report, &first.lines), "the old one stays");
    let remark = result.remark.unwrap();
    assert_eq!(remark.report.correct, first.report.correct - 1);
    assert!(remark.report.scaled < first.report.scaled);
    let [change] = &remark.changes[..] else { panic!("{:?}", remark.changes) };
    assert_eq!((change.position, change.was_right, change.is_right), (position, true, false));
    assert_eq!((&change.was, change.was == change.now), (&change.chosen, false));
    assert!(!change.deck.is_empty() && !change.deck_version.is_empty());

    let history = desk.history(EXAM).await.unwrap();
    assert_eq!(history[0].correct, Some(first.report.correct));
    let again = history[0].remark.as_ref().unwrap();
    assert_eq!(again.correct, remark.report.correct);
    assert_eq!(again.outcome.as_ref().unwrap().scaled, remark.report.scaled);

    // What the learner knows is told by the key that stands now.
    assert_eq!(desk.drill_pools(EXAM, &[], Banks::default()).await.unwrap().missed, 1);
    let missed = desk.latest_answers(EXAM).await.unwrap();
    assert!(!missed[&item].right);

    let later = machine.clock.now().wall_ms;
    machine.clock.advance(86_400_000);
    let kept = desk.result(&id).await.unwrap().remark.unwrap();
    assert_eq!((kept.made_ms, kept.report), (later, remark.report), "it is kept as it was made");
}

#[tokio::test]
async fn when_the_key_is_as_it_was_the_first_result_stands_alone_again() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let (id, _, item) = sat(&desk, &machine).await;
    bring(&desk, &changed(&item, mend)).await;
    assert!(desk.result(&id).await.unwrap().remark.is_some());
    bring(&desk, &bundled::decks().unwrap()).await;
    assert_eq!(desk.result(&id).await.unwrap().remark, None);
    assert_eq!(desk.drill_pools(EXAM, &[], Banks::default()).await.unwrap().missed, 0);
}

#[tokio::test]
async fn another_question_or_other_reasons_mark_nothing_again() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let (id, _, item) = sat(&desk, &machine).await;
    let changes: [fn(&mut Question); 4] = [
        |question| question.explanation.push_str(" More."),
        |question| {
            mend(question);
            question.stem.push_str(" Now?");
        },
        |question| {
            mend(question);
            question.options[0].text.push_str(" too");
        },
        |question| question.options.iter_mut().for_each(|option| option.key = true),
    ];
    for change in changes {
        bring(&desk, &changed(&item, change)).await;
        assert_eq!(desk.result(&id).await.unwrap().remark, None);
    }
}
