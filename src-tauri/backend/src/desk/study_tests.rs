use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;

use super::made_cards_tests::shown;
use super::tests::Machine;
use super::views::{BrowseAction, DraftBody, Profile, RowId, Selection, StudyView, Wait};
use super::*;
use crate::deck::ItemBody;
use crate::store::{CardRow, DueCard, Graded, NewCard, SettingKey};
use crate::study::queue::{Order, TaskWorth};
use crate::study::{Due, Grade, HeldBack, StudyOptions};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn a_day_of_study_introduces_up_to_the_limit_and_ends() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut view = desk.study().await.unwrap();
    let limit = StudyOptions::default().new_per_day;
    assert_eq!(view.new, limit);
    let mut gradings = 0;
    while let Some(card) = view.card {
        view = desk.grade_card(card.id, Grade::Good, 3_000).await.unwrap();
        machine.clock.advance(30_000);
        gradings += 1;
        assert!(gradings < 200, "the day does not end");
    }
    assert_eq!((view.new, view.review, view.steps), (0, 0, 0));
    assert_eq!(view.done, 2 * limit, "two steps each");
    machine.clock.advance(4 * DAY);
    let later = desk.study().await.unwrap();
    assert!(later.review > 0 && later.card.is_some());
}

#[tokio::test]
async fn undo_brings_the_same_card_back_and_redo_grades_it_again_across_a_restart() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let before = desk.study().await.unwrap();
    let card = before.card.clone().unwrap();
    let after = desk.grade_card(card.id, Grade::Easy, 2_000).await.unwrap();
    assert_ne!(after.card.as_ref().map(|card| card.id), Some(card.id));
    drop(desk);
    let desk = machine.open().await;
    let undone = desk.undo_study().await.unwrap();
    assert_eq!(undone.card, before.card);
    assert_eq!(undone.done, 0);
    let redone = desk.redo_study().await.unwrap();
    assert_eq!(redone.card, after.card);
    assert_eq!((redone.done, redone.redo), (1, None));
}

#[tokio::test]
async fn before_an_exam_new_cards_are_paced_and_intervals_held_back() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let date = chrono::DateTime::from_timestamp_millis(machine.clock.now().wall_ms).unwrap();
    let date = date.date_naive() + chrono::Days::new(17);
    let profile = Profile { exam: Some("MLS-C01".into()), exam_date: Some(date.to_string()) };
    desk.choose_exam(profile).await.unwrap();
    let view = desk.study().await.unwrap();
    let cards: usize = bundled::decks().unwrap().iter().map(|deck| deck.cards().count()).sum();
    let waiting = u32::try_from(cards).unwrap();
    assert_eq!(view.new, waiting.div_ceil(10));
    let mut card = view.card.unwrap();
    for _ in 0..3 {
        let easy = card.grades[3];
        if let Wait::Days(days) = easy.wait {
            assert!(days < 17, "{easy:?}");
        }
        desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
        machine.clock.advance(DAY * 2);
        card = shown(&desk, card.id).await;
    }
    assert!(card.grades.iter().any(|grade| grade.held_back == Some(HeldBack::BeforeExam)));
}

#[tokio::test]
async fn a_suspended_or_buried_card_is_not_shown_and_undo_shows_it_again() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = desk.study().await.unwrap().card.unwrap().id;
    let view = desk.suspend_card(first, true).await.unwrap();
    assert_ne!(view.card.map(|card| card.id), Some(first));
    let view = desk.undo_study().await.unwrap();
    assert_eq!(view.card.map(|card| card.id), Some(first));
    let view = desk.bury_card(first).await.unwrap();
    assert_ne!(view.card.map(|card| card.id), Some(first));
    machine.clock.advance(DAY);
    assert_eq!(desk.study().await.unwrap().card.map(|card| card.id), Some(first));
    assert_eq!(desk.flag_card(first, 9).await.unwrap_err().code(), "no_such_flag");
}

#[tokio::test]
async fn a_grading_knows_what_changed_since_the_card_was_shown() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = desk.study().await.unwrap().card.unwrap();
    desk.grade_card(first.id, Grade::Again, 1_000).await.unwrap();
    machine.clock.advance(2 * 60_000);
    let shown = desk.study().await.unwrap().card.unwrap();
    let row = RowId { item: shown.item.clone(), card: Some(shown.id) };
    let flag = BrowseAction::Flag(3);
    desk.act_on_rows(&Selection::Rows(vec![row]), flag).await.unwrap();
    let options = StudyOptions { learning_steps: vec![7], ..StudyOptions::default() };
    desk.set_deck_options(None, Some(options)).await.unwrap();
    desk.grade_card(shown.id, Grade::Again, 1_000).await.unwrap();
    let graded = desk.store.card(shown.id).await.unwrap().unwrap();
    let in_7_minutes = machine.clock.now().wall_ms + 7 * 60_000;
    assert_eq!((graded.flag, graded.state.due), (3, Due::At(in_7_minutes)));
    desk.undo_study().await.unwrap();
    assert_eq!(desk.store.card(shown.id).await.unwrap().unwrap().flag, 3);
}

#[tokio::test]
async fn a_grading_computed_from_what_is_no_longer_so_is_refused() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let shown = desk.study().await.unwrap().card.unwrap();
    let today = desk.desktop().await.unwrap().today;
    let read = async || desk.store.card_to_grade(shown.id, today, 100).await.unwrap().unwrap();
    let graded = Graded { grade: Grade::Good, at_ms: 1, day: today, taken_ms: 1 };
    let before = read().await;
    let after = CardRow { flag: 0, suspended: true, ..before.row.clone() };
    let grade = async |as_of| desk.store.grade(&before.row, &after, vec![], graded, as_of).await;
    for nothing_else in [true, false] {
        let stamps = read().await.stamps;
        if !nothing_else {
            desk.flag_card(shown.id, 1).await.unwrap();
        }
        assert_eq!(grade(stamps).await.unwrap().is_some(), nothing_else);
    }
    assert_eq!(desk.store.card_reviews(shown.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_read_of_the_queue_gives_the_same_next_card_as_the_whole_queue() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let options = StudyOptions { new_per_day: 60, ..StudyOptions::default() };
    desk.store.set_setting(SettingKey::Study, &options).await.unwrap();
    for days in 1..4 {
        let mut view = desk.study().await.unwrap();
        for _ in 0..15 {
            let Some(card) = view.card else { break };
            view = desk.grade_card(card.id, Grade::Easy, 1_000).await.unwrap();
        }
        machine.clock.advance(DAY * days);
    }
    machine.clock.advance(60 * DAY);
    let tasks = HashMap::from([
        ("1.1".into(), TaskWorth { weight: 0.1, weakness: 0.5 }),
        ("2.1".into(), TaskWorth { weight: 0.6, weakness: 0.5 }),
        ("3.2".into(), TaskWorth { weight: 0.6, weakness: 0.5 }),
    ]);
    let today = desk.desktop().await.unwrap().today;
    for tasks in [HashMap::new(), tasks] {
        let order = Order { today, parameters: &[], tasks: &tasks };
        let worth = |card: &DueCard| order.worth(card.memory, card.last_day, card.task.as_deref());
        let all = desk.store.due_reviews(today).await.unwrap();
        let best_of_all = all.iter().map(worth).fold(0.0, f32::max);
        let day = desk.study_day().await.unwrap();
        let shelves = desk.queue(&day).await.unwrap().shelves;
        assert!(shelves.len() < all.len(), "{} of {}", shelves.len(), all.len());
        let worths = shelves.values().filter_map(|shelf| {
            let head = shelf.review?;
            Some(order.worth(head.memory, head.last_day, shelf.task.as_deref()))
        });
        // Equal to the last bit of a single; among such either will do.
        assert_eq!(best_of_all.to_bits(), worths.fold(0.0, f32::max).to_bits());
        let next = |cards: Vec<NewCard>| {
            let cards = cards.into_iter().map(|card| (card.id, card.task)).collect();
            order.introduce(cards, &HashMap::new())[0]
        };
        let all = next(desk.store.new_cards(today, u32::MAX).await.unwrap());
        let mut heads: Vec<_> = shelves.values().filter(|shelf| shelf.new.is_some()).collect();
        heads.sort_by_key(|shelf| (shelf.deck, shelf.new.map(|new| (new.position, new.ordinal))));
        let heads = heads.into_iter().filter_map(|shelf| {
            Some(NewCard { id: shelf.new?.id, deck: shelf.deck, task: shelf.task.clone() })
        });
        assert_eq!(all, next(heads.collect()));
    }
}

/// What a learner may do, and the app may suffer, between two looks.
#[derive(Debug, Clone)]
enum Act {
    Grade(Grade),
    Undo,
    Redo,
    Suspend,
    Edit,
    Rows(BrowseAction),
    Restart,
    Wait(i64),
}

fn any_act() -> impl Strategy<Value = Act> {
    let rows = proptest::sample::select(vec![
        BrowseAction::AddTag("own".into()),
        BrowseAction::RemoveTag("own".into()),
        BrowseAction::AddTag("other".into()),
        BrowseAction::Flag(2),
        BrowseAction::Reset,
        BrowseAction::Delete,
    ]);
    prop_oneof![
        4 => proptest::sample::select(Grade::ALL.to_vec()).prop_map(Act::Grade),
        4 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Suspend),
        2 => Just(Act::Edit),
        3 => rows.prop_map(Act::Rows),
        1 => Just(Act::Restart),
        2 => (0i64..3 * DAY).prop_map(Act::Wait),
    ]
}

/// What a learner sees of items: words and tags, or nothing of one that was deleted.
type Seen = BTreeMap<String, Option<(String, BTreeSet<String>)>>;

async fn seen(desk: &Sitwell, items: &BTreeSet<String>) -> Seen {
    let mut seen = Seen::new();
    for item in items {
        let record = desk.store.item_record(item).await.unwrap();
        let words = record.map(|record| {
            let ItemBody::Card(card) = &record.item.body else { panic!("a question") };
            (card.front.clone(), record.tags().into_iter().collect())
        });
        seen.insert(item.clone(), words);
    }
    seen
}

/// A line of what was seen, with the place on it; undo and redo go along it.
struct Line {
    seen: Vec<Seen>,
    place: usize,
}

impl Line {
    /// An item that had not been touched so far was always as it is.
    fn meet(&mut self, now: &Seen) {
        for seen in &mut self.seen {
            for (item, words) in now {
                seen.entry(item.clone()).or_insert_with(|| words.clone());
            }
        }
    }

    fn push(&mut self, now: Seen) {
        self.seen.truncate(self.place + 1);
        self.seen.push(now);
        self.place += 1;
    }
}

/// Does something; says whether it was kept as an operation.
async fn act(desk: &Sitwell, view: &StudyView, act: &Act, count: usize) -> bool {
    let Some(card) = view.card.as_ref() else { return false };
    match act {
        Act::Grade(grade) => {
            desk.grade_card(card.id, *grade, 1_000).await.unwrap();
        }
        Act::Suspend => {
            desk.suspend_card(card.id, true).await.unwrap();
        }
        Act::Edit => {
            let mut draft = desk.item_editor(&card.item).await.unwrap().draft;
            let DraftBody::Card { front, .. } = &mut draft.body else { panic!("a question") };
            *front = format!("edit {count}");
            desk.save_item(draft).await.unwrap();
        }
        Act::Rows(action) => {
            let row = RowId { item: card.item.clone(), card: Some(card.id) };
            let done = desk.act_on_rows(&Selection::Rows(vec![row]), action.clone()).await;
            return done.unwrap().changed > 0;
        }
        _ => return false,
    }
    true
}

async fn session(acts: Vec<Act>) {
    let machine = Machine::new();
    let mut desk = machine.open().await;
    let options: StudyOptions = desk.store.setting(SettingKey::Study).await.unwrap();
    let model = options.model().unwrap();
    let (mut cards, mut items) = (BTreeSet::new(), BTreeSet::new());
    let mut line = Line { seen: vec![Seen::new()], place: 0 };
    for (count, step) in acts.into_iter().enumerate() {
        let view = desk.study().await.unwrap();
        if let Some(card) = &view.card {
            cards.insert(card.id);
            items.insert(card.item.clone());
        }
        line.meet(&seen(&desk, &items).await);
        match step {
            Act::Undo => {
                let undone = desk.undo().await.unwrap();
                assert_eq!(undone.is_some(), line.place > 0);
                line.place -= usize::from(undone.is_some());
            }
            Act::Redo => {
                let redone = desk.redo().await.unwrap();
                assert_eq!(redone.is_some(), line.place + 1 < line.seen.len());
                line.place += usize::from(redone.is_some());
            }
            Act::Wait(ms) => machine.clock.advance(ms),
            Act::Restart => {
                drop(desk);
                desk = machine.open().await;
            }
            other => {
                let before = line.seen[line.place].clone();
                if act(&desk, &view, &other, count).await {
                    let now = seen(&desk, &items).await;
                    let words = matches!(other, Act::Edit | Act::Rows(_));
                    assert!(words || now == before, "{other:?} changed words");
                    line.push(now);
                }
            }
        }
        assert_eq!(seen(&desk, &items).await, line.seen[line.place]);
    }
    for card in cards {
        let row = desk.store.card(card).await.unwrap().unwrap();
        let log = desk.store.card_reviews(card).await.unwrap();
        let rebuilt = crate::study::memory::rebuild(&log, &model).unwrap();
        assert_eq!(row.state, rebuilt, "card {card}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_session_leaves_cards_equal_to_a_rebuild_from_the_log_and_items_as_on_their_line(
        acts in proptest::collection::vec(any_act(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(session(acts));
    }
}
