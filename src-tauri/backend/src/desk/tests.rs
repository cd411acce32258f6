use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::views::{Profile, SittingState, SittingView};
use super::*;
use crate::clock::FixedClock;
use crate::deck::ItemBody;
use crate::exam::{Conditions, ExtraTime};

const MINUTE: i64 = 60_000;
/// When a machine is new, Unix milliseconds.
const START_MS: i64 = 1_764_000_000_000;
pub(super) const EXAM: &str = "MLS-C01";

/// A learner's machine: a folder, a clock, and an app that can be closed and opened.
pub(super) struct Machine {
    folder: tempfile::TempDir,
    pub(super) clock: Arc<FixedClock>,
    seeds: Arc<AtomicU64>,
}

impl Machine {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(FixedClock::at(START_MS)),
            seeds: Arc::new(AtomicU64::new(1)),
        }
    }

    pub(super) fn collection(&self) -> PathBuf {
        self.folder.path().join("data/c.sitwell")
    }

    pub(super) async fn open(&self) -> Sitwell {
        if self.clock.now().wall_ms == START_MS && !self.collection().exists() {
            std::fs::create_dir_all(self.collection().parent().unwrap()).unwrap();
            std::fs::write(self.collection(), opened_once()).unwrap();
        }
        self.open_as_it_is().await
    }

    /// As [`Self::open`], but a new collection is made and not copied.
    pub(super) async fn open_as_it_is(&self) -> Sitwell {
        let seeds = Arc::clone(&self.seeds);
        let seeds = Arc::new(move || seeds.fetch_add(1, Ordering::SeqCst));
        Sitwell::open(&self.collection(), self.clock.clone(), seeds).await.unwrap()
    }
}

/// A collection that was opened once on a new machine, and closed. Putting the bundled decks into
/// a new one takes longer than most tests, so that is done once for all in a process.
fn opened_once() -> &'static [u8] {
    static COLLECTION: OnceLock<Vec<u8>> = OnceLock::new();
    let open_and_close = || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let machine = Machine::new();
            machine.open_as_it_is().await.close().await;
            std::fs::read(machine.collection()).unwrap()
        })
    };
    // On a thread of its own: a test has a runtime already.
    COLLECTION.get_or_init(|| std::thread::spawn(open_and_close).join().unwrap())
}

/// Shown places of the keys of every question of a sitting.
pub(super) async fn keys(desk: &Sitwell, id: &str) -> BTreeMap<u32, Vec<u8>> {
    let sitting = desk.load(id).await.unwrap();
    let places = sitting.record.form.items.iter().zip(&sitting.items).zip(0..);
    places
        .map(|((place, item), position)| {
            let ItemBody::Question(question) = &item.body else { panic!("a card in a paper") };
            let shown = place.option_order.iter().zip(0u8..);
            let keys = shown.filter(|(i, _)| question.options[usize::from(**i)].key);
            (position, keys.map(|(_, shown)| shown).collect())
        })
        .collect()
}

async fn start(desk: &Sitwell) -> SittingView {
    desk.start_exam(EXAM, None, Conditions::default()).await.unwrap()
}

#[tokio::test]
async fn a_whole_paper_answered_right_scores_the_top_of_the_scale() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    let exam = desk.exam_view(EXAM).await.unwrap();
    assert_eq!(paper.cells.len(), exam.items as usize);
    assert_eq!(paper.clock.total_ms, i64::from(exam.minutes) * MINUTE);
    for (position, shown) in keys(&desk, &paper.id).await {
        desk.see(&paper.id, position).await.unwrap();
        machine.clock.advance(MINUTE);
        let ack = desk.choose(&paper.id, position, &shown).await.unwrap();
        assert!(ack.cell.answered);
    }
    let ended = desk.end_exam(&paper.id).await.unwrap();
    assert_eq!(ended.clock.state, SittingState::Ended);
    let result = desk.result(&paper.id).await.unwrap();
    assert_eq!(result.report.scaled, exam.scale_max);
    assert!(result.report.passed && result.lines.iter().all(|line| line.correct));
    assert_eq!(result.lines.iter().filter(|line| line.scored).count(), exam.scored_items as usize);
    assert!(result.lines.iter().all(|line| line.spent_ms == MINUTE));
    assert_eq!(result.used_ms, i64::from(exam.items) * MINUTE);
}

#[tokio::test]
async fn a_blank_paper_scores_the_bottom_of_the_scale() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    desk.end_exam(&paper.id).await.unwrap();
    let result = desk.result(&paper.id).await.unwrap();
    assert_eq!(result.report.scaled, result.exam.scale_min);
    assert!(!result.report.passed);
}

#[tokio::test]
async fn answers_and_time_survive_the_app() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    desk.see(&paper.id, 3).await.unwrap();
    machine.clock.advance(5 * MINUTE);
    let before = desk.choose(&paper.id, 3, &[1]).await.unwrap();
    desk.flag(&paper.id, 3, true).await.unwrap();
    drop(desk); // no close: as if it was killed

    machine.clock.advance(20 * MINUTE);
    let desk = machine.open().await;
    let today = desk.today().await.unwrap();
    assert!(today.running.is_none(), "no exam is chosen yet");
    let back = desk.sitting(&paper.id).await.unwrap();
    assert_eq!(back.clock.remaining_ms, 155 * MINUTE);
    assert_eq!(back.current, 3);
    let after = desk.see(&paper.id, 3).await.unwrap();
    assert_eq!(after.question.options, before.question.options);
    assert!(after.question.flagged && after.question.options[1].chosen);
}

#[tokio::test]
async fn a_paper_that_ran_out_while_closed_ended_at_its_deadline() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    let key = keys(&desk, &paper.id).await[&0].clone();
    desk.choose(&paper.id, 0, &key).await.unwrap();
    drop(desk);
    machine.clock.advance(24 * 60 * MINUTE);

    let desk = machine.open().await;
    let profile = Profile { exam: Some(EXAM.into()), exam_date: None };
    let today = desk.choose_exam(profile).await.unwrap();
    assert!(today.running.is_none());
    assert_eq!(today.finished[0].state, SittingState::Expired);
    assert_eq!(desk.choose(&paper.id, 1, &[0]).await.unwrap_err().code(), "sitting_over");
    let result = desk.result(&paper.id).await.unwrap();
    assert_eq!(result.used_ms, result.total_ms);
    assert!(result.lines[0].correct && !result.lines[1].correct);
}

#[tokio::test]
async fn time_running_out_between_two_looks_at_today_does_not_disturb_the_open_sitting() {
    let machine = Machine::new();
    let desk = machine.open().await;
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    let paper = start(&desk).await;
    machine.clock.advance(181 * MINUTE);
    assert_eq!(desk.today().await.unwrap().finished.len(), 1);
    assert_eq!(desk.exam_clock(&paper.id).await.unwrap().state, SittingState::Expired);
    assert_eq!(desk.choose(&paper.id, 0, &[0]).await.unwrap_err().code(), "sitting_over");
}

#[tokio::test]
async fn nothing_a_sitting_shows_tells_a_key() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    let ack = desk.see(&paper.id, 0).await.unwrap();
    let json = serde_json::to_value(&ack).unwrap();
    for option in json["question"]["options"].as_array().unwrap() {
        let fields: Vec<&str> = option.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["chosen", "html", "letter", "struck", "text"]);
    }
    assert_eq!(desk.result(&paper.id).await.unwrap_err().code(), "not_over");
    assert_eq!(desk.explanation(&paper.id, 0).await.unwrap_err().code(), "not_over");
}

#[tokio::test]
async fn one_paper_at_a_time_and_the_next_repeats_nothing_while_there_is_unseen() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = start(&desk).await;
    let refused = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap_err();
    assert_eq!(refused.code(), "still_running");
    for position in 0..first.cells.len() {
        desk.see(&first.id, u32::try_from(position).unwrap()).await.unwrap();
    }
    desk.end_exam(&first.id).await.unwrap();
    let second = start(&desk).await;
    assert_eq!(second.title, "Mock 2");
    let ids = |sitting: &OpenSitting| {
        sitting.record.form.items.iter().map(|item| item.id.clone()).collect::<Vec<_>>()
    };
    let seen = ids(&desk.load(&first.id).await.unwrap());
    let fresh = ids(&desk.load(&second.id).await.unwrap());
    let repeated = fresh.iter().filter(|id| seen.contains(id)).count();
    assert_eq!(repeated, 0);
}

#[tokio::test]
async fn extra_time_is_the_blueprints() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let exam = desk.exam_view(EXAM).await.unwrap();
    let extra = Conditions { extra: ExtraTime::Minutes, ..Conditions::default() };
    let paper = desk.start_exam(EXAM, None, extra).await.unwrap();
    assert_eq!(paper.clock.total_ms, i64::from(exam.minutes + exam.extra_minutes) * MINUTE);
}

#[tokio::test]
async fn an_explanation_shows_the_words_that_were_asked_after_the_deck_changed() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    let asked = desk.see(&paper.id, 0).await.unwrap().question.stem_html;
    desk.end_exam(&paper.id).await.unwrap();
    for mut deck in bundled::decks().unwrap() {
        for item in &mut deck.items {
            if let ItemBody::Question(question) = &mut item.body {
                question.stem = "Other words?".into();
            }
        }
        desk.store.put_deck(&deck, DeckSource::Bundled, 0).await.unwrap();
    }
    let explained = desk.explanation(&paper.id, 0).await.unwrap();
    assert_eq!(explained.stem_html, asked);
    assert!(explained.options[0].key, "keys come first");
    assert!(!explained.references.is_empty());
}

#[tokio::test]
async fn a_changed_answer_is_told_by_its_first_and_last() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = start(&desk).await;
    let keys = keys(&desk, &paper.id).await;
    let (position, key) = keys.iter().find(|(_, key)| key.len() == 1).unwrap();
    let wrong = (key[0] + 1) % 4;
    desk.choose(&paper.id, *position, &[wrong]).await.unwrap();
    desk.choose(&paper.id, *position, key).await.unwrap();
    desk.end_exam(&paper.id).await.unwrap();
    let result = desk.result(&paper.id).await.unwrap();
    let line = &result.lines[*position as usize];
    assert_eq!(line.change, Some(views::AnswerChange::WrongToRight));
    assert_eq!(line.chosen, line.key);
    let explained = desk.explanation(&paper.id, *position).await.unwrap();
    assert_eq!(explained.answers.len(), 2);
}

#[tokio::test]
async fn a_collection_is_open_in_one_place_at_a_time() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let seeds: SeedSource = Arc::new(|| 0);
    let second = Sitwell::open(&machine.collection(), machine.clock.clone(), seeds.clone()).await;
    assert_eq!(second.err().map(|error| error.code()), Some("open_elsewhere"));
    drop(desk);
    assert!(Sitwell::open(&machine.collection(), machine.clock.clone(), seeds).await.is_ok());
}

#[tokio::test]
async fn an_exam_without_questions_says_what_is_missing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let exams = desk.exams().await.unwrap();
    let empty = exams.iter().find(|exam| exam.questions == 0).expect("an exam without a bank");
    assert!(empty.shortfall.is_some() && empty.largest_paper == 0);
    let refused = desk.start_exam(&empty.code, None, Conditions::default()).await.unwrap_err();
    assert_eq!(refused.code(), "bank_too_short");
}

#[tokio::test]
async fn preferences_out_of_range_and_dates_that_are_none_are_refused() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let huge = views::Preferences { text_size: 400, ..views::Preferences::default() };
    assert_eq!(desk.set_preferences(huge).await.unwrap_err().code(), "bad_text_size");
    let profile = Profile { exam: None, exam_date: Some("17 December".into()) };
    assert_eq!(desk.choose_exam(profile).await.unwrap_err().code(), "bad_date");
    let profile = Profile { exam: Some("NOPE".into()), exam_date: None };
    assert_eq!(desk.choose_exam(profile).await.unwrap_err().code(), "no_such_exam");
}
