//! Papers of one's own, and choosing among banks.

use super::tests::{EXAM, Machine};
use super::views::{CustomPaper, DrillPool, Practice, Profile};
use super::*;
use crate::deck::Difficulty;
use crate::exam::custom::{OwnTime, PaperSelection};
use crate::exam::{Banks, Conditions, ExtraTime, Mode};
use crate::formats::{Source, markdown};
use crate::store::DeckSource;

/// A deck that names no exam: its questions have no task.
fn loose() -> crate::deck::Deck {
    let mut text =
        String::from("---\ndeck: loose\ntitle: Loose\nversion: 1.0.0\nlicense: CC0-1.0\n---\n\n");
    for number in 0..6 {
        let level = if number < 2 { "hard" } else { "easy" };
        let item = format!(
            "## Question q-{number}\ndifficulty: {level} · tags: {}\n\nAsk {number}.\n\n- [x] yes\n- [ ] no\n- [ ] maybe\n- [ ] never\n\n",
            if number % 2 == 0 { "even" } else { "odd" },
        );
        text.push_str(&item);
    }
    markdown::parse(&[Source::new("deck.md", text.into_bytes())]).unwrap().deck
}

/// A deck for the exam with this many questions of each task.
fn mapped(each: usize) -> crate::deck::Deck {
    let mut text = format!(
        "---\ndeck: mapped\ntitle: Mapped\nversion: 1.0.0\nlicense: CC0-1.0\nblueprint: {EXAM}\n---\n\n",
    );
    let exams = crate::bundled::blueprints().unwrap();
    let exam = exams.iter().find(|exam| exam.code == EXAM).unwrap();
    for (number, (_, task)) in exam.tasks().enumerate() {
        for copy in 0..each {
            let item = format!(
                "## Question m-{number}-{copy}\ntask: {} · difficulty: easy\n\nAsk {number} {copy}.\n\n- [x] yes\n- [ ] no\n- [ ] maybe\n- [ ] never\n\n",
                task.id,
            );
            text.push_str(&item);
        }
    }
    markdown::parse(&[Source::new("deck.md", text.into_bytes())]).unwrap().deck
}

async fn with(machine: &Machine, brought: &crate::deck::Deck) -> Sitwell {
    let desk = machine.open().await;
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    desk.store.put_deck(brought, DeckSource::File, 0).await.unwrap();
    desk
}

fn of_loose() -> CustomPaper {
    let selection = PaperSelection { decks: vec!["loose".into()], ..PaperSelection::default() };
    CustomPaper { selection, ..CustomPaper::default() }
}

const IMPORTED: Conditions =
    Conditions { banks: Banks::Imported, extra: ExtraTime::None, stop_clock: false };

#[tokio::test]
async fn questions_without_a_task_are_drawn_by_their_deck_marked_and_left_out_of_the_forecast() {
    let machine = Machine::new();
    let desk = with(&machine, &loose()).await;
    let view = desk.custom(EXAM, Some(of_loose()), Conditions::default()).await.unwrap();
    assert_eq!((view.outline.items, view.outline.minutes, view.pools.all), (6, None, 6));
    assert!(view.decks.iter().any(|deck| deck.id == "loose" && deck.questions == 6));
    let tags: Vec<(&str, u32)> =
        view.tags.iter().map(|tag| (tag.name.as_str(), tag.questions)).collect();
    assert_eq!(tags, [("even", 3), ("odd", 3)]);
    let practice = Practice::Custom { paper: of_loose() };
    let begun = desk.start_practice(EXAM, practice, Conditions::default()).await.unwrap();
    assert_eq!((begun.mode, begun.cells.len(), begun.explained), (Mode::Custom, 6, true));
    let ack = desk.see(&begun.id, 0).await.unwrap();
    let yes = ack.question.options.iter().position(|option| option.text == "yes").unwrap();
    desk.choose(&begun.id, 0, &[u8::try_from(yes).unwrap()]).await.unwrap();
    assert!(desk.check(&begun.id, 0).await.unwrap().feedback.unwrap().line.correct);
    desk.end_exam(&begun.id).await.unwrap();
    let result = desk.result(&begun.id).await.unwrap();
    assert_eq!((result.report.items, result.report.correct), (6, 1));
    assert!(result.lines.iter().all(|line| line.domain.is_empty() && line.task.is_empty()));
    let summary = desk.today().await.unwrap().finished.remove(0);
    assert_eq!((summary.title.as_str(), summary.outcome), ("Custom paper", None));
    assert_eq!(desk.forecast().await.unwrap().evidence.answers, 0);
}

#[tokio::test]
async fn level_tags_pool_and_clock_narrow_a_paper_and_it_is_offered_again() {
    let machine = Machine::new();
    let desk = with(&machine, &loose()).await;
    let mut paper = of_loose();
    paper.selection.difficulties = vec![Difficulty::Easy];
    paper.selection.tags = vec!["odd".into()];
    paper.time = OwnTime::Minutes { minutes: 8 };
    paper.explained = false;
    let extra = Conditions { extra: ExtraTime::Percent { percent: 50 }, ..Conditions::default() };
    let view = desk.custom(EXAM, Some(paper.clone()), extra).await.unwrap();
    assert_eq!((view.outline.items, view.outline.minutes), (2, Some(12)));
    let practice = Practice::Custom { paper: paper.clone() };
    let begun = desk.start_practice(EXAM, practice, extra).await.unwrap();
    assert!(begun.clock.timed && !begun.explained);
    assert_eq!(begun.clock.total_ms, 12 * 60_000);
    desk.see(&begun.id, 0).await.unwrap();
    desk.choose(&begun.id, 0, &[0]).await.unwrap();
    assert_eq!(desk.check(&begun.id, 0).await.unwrap_err().code(), "out_of_range");
    desk.end_exam(&begun.id).await.unwrap();
    drop(desk);
    let desk = machine.open().await;
    let again = desk.custom(EXAM, None, Conditions::default()).await.unwrap();
    assert_eq!(again.paper, paper);
    paper.pool = DrillPool::Missed;
    paper.selection.tags = vec!["even".into()];
    let none = desk.custom(EXAM, Some(paper.clone()), Conditions::default()).await.unwrap();
    assert_eq!(none.outline.items, 0);
    assert!(none.outline.problem.unwrap().contains("no question"));
    paper.time = OwnTime::Minutes { minutes: 0 };
    let refused = desk.custom(EXAM, Some(paper), Conditions::default()).await.unwrap_err();
    assert_eq!(refused.code(), "bad_time");
}

#[tokio::test]
async fn a_mock_from_imported_decks_alone_needs_their_quotas_and_says_what_falls_short() {
    let machine = Machine::new();
    let desk = with(&machine, &mapped(2)).await;
    let all = desk.exam_view(EXAM).await.unwrap();
    let imported = desk.exam(EXAM, Banks::Imported).await.unwrap();
    assert_eq!(imported.questions, all.imported);
    assert_eq!(all.bundled + all.imported, all.questions);
    assert_eq!(desk.exam(EXAM, Banks::Bundled).await.unwrap().questions, all.bundled);
    assert!(imported.largest_paper > 0 && imported.largest_paper < all.items);
    let short = desk.start_exam(EXAM, None, IMPORTED).await.unwrap_err();
    assert_eq!(short.code(), "bank_too_short");
    assert_eq!(Some(short.to_string()), imported.shortfall);
    let begun = desk.start_exam(EXAM, Some(imported.largest_paper), IMPORTED).await.unwrap();
    let record = desk.load(&begun.id).await.unwrap().record;
    assert_eq!(record.terms.banks, Banks::Imported);
    assert!(record.form.items.iter().all(|item| item.id.deck() == "mapped"));
}

#[tokio::test]
async fn every_other_way_to_sit_keeps_to_its_banks() {
    let machine = Machine::new();
    let desk = with(&machine, &mapped(2)).await;
    let part = desk.exam_view(EXAM).await.unwrap().domains[0].id.clone();
    let drill = Practice::Drill { tasks: Vec::new(), items: 9, pool: DrillPool::All, paced: false };
    let section = Practice::Section { part: part.clone(), items: Some(4) };
    let custom = Practice::Custom { paper: CustomPaper::default() };
    for practice in [Practice::Diagnostic, section, drill, custom] {
        let begun = desk.start_practice(EXAM, practice, IMPORTED).await.unwrap();
        for position in 0..4 {
            desk.see(&begun.id, position).await.unwrap();
        }
        let record = desk.load(&begun.id).await.unwrap().record;
        assert!(record.form.items.iter().all(|item| item.id.deck() == "mapped"), "{record:?}");
        desk.end_exam(&begun.id).await.unwrap();
    }
    let long = Practice::Section { part, items: Some(60) };
    let outline = desk.outline(EXAM, long, IMPORTED).await.unwrap();
    assert_eq!(outline.items, 0);
    assert!(outline.problem.is_some() && outline.largest.is_some_and(|items| items > 3));
    let pools = desk.drill_pools(EXAM, &[], Banks::Imported).await.unwrap();
    assert_eq!(pools.all, desk.exam(EXAM, Banks::Imported).await.unwrap().questions);
}

#[tokio::test]
async fn a_day_proposes_ten_questions_until_a_drill_was_begun() {
    let machine = Machine::new();
    let desk = with(&machine, &loose()).await;
    let drill = desk.plan().await.unwrap().drill.unwrap();
    assert_eq!(drill.questions, 10);
    let tasks = vec![drill.task.id.clone()];
    let practice = Practice::Drill { tasks, items: 10, pool: DrillPool::All, paced: false };
    let begun = desk.start_practice(EXAM, practice, Conditions::default()).await.unwrap();
    assert_eq!(begun.title, format!("Drill: {}", drill.task.title));
    assert_eq!(desk.plan().await.unwrap().drill, None);
    machine.clock.advance(2 * 86_400_000);
    assert!(desk.plan().await.unwrap().drill.is_some());
}
