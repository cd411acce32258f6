//! What a result tells besides its marks, and what is told of one question.

use super::tests::{EXAM, Machine, keys};
use super::views::{MomentKind, Practice, Profile, ResultFormat};
use super::*;
use crate::exam::conditions::Conditions;
use crate::exam::sitting::Confidence;

const MINUTE: i64 = 60_000;

async fn prepared(machine: &Machine) -> Sitwell {
    let desk = machine.open().await;
    desk.choose_exam(Profile { exam: Some(EXAM.into()), exam_date: None }).await.unwrap();
    desk
}

/// Sits a mock: every `wrong`-th question is left blank, the others are answered right and said to
/// be sure.
async fn sit(desk: &Sitwell, machine: &Machine, wrong: u32) -> String {
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    for (position, shown) in keys(desk, &paper.id).await {
        desk.see(&paper.id, position).await.unwrap();
        if position % wrong != 0 {
            desk.choose(&paper.id, position, &shown).await.unwrap();
            desk.sure(&paper.id, position, Some(Confidence::Sure)).await.unwrap();
        }
    }
    machine.clock.advance(60 * MINUTE);
    desk.end_exam(&paper.id).await.unwrap();
    machine.clock.advance(24 * 60 * MINUTE);
    paper.id
}

#[tokio::test]
async fn a_paper_is_compared_with_earlier_mocks_and_with_no_other_mode() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let first = sit(&desk, &machine, 2).await;
    let section = Practice::Section { part: "1".into(), items: None };
    let section = desk.start_practice(EXAM, section, Conditions::default()).await.unwrap();
    desk.end_exam(&section.id).await.unwrap();
    machine.clock.advance(MINUTE);
    let second = sit(&desk, &machine, 9).await;
    let third = sit(&desk, &machine, 9).await;
    assert!(desk.result(&first).await.unwrap().earlier.is_empty());
    assert!(desk.result(&section.id).await.unwrap().earlier.is_empty());
    let result = desk.result(&third).await.unwrap();
    let ids: Vec<&str> = result.earlier.iter().map(|paper| paper.id.as_str()).collect();
    assert_eq!(ids, [second.as_str(), first.as_str()]);
    let [near, far] = [&result.earlier[0], &result.earlier[1]];
    assert!(far.difference.clear && far.difference.low > 0, "{far:?}");
    assert!(!near.difference.clear, "{near:?}");
    assert_eq!(
        far.difference.points,
        i32::from(result.report.scaled) - i32::from(far.outcome.scaled)
    );
}

#[tokio::test]
async fn changed_answers_and_what_was_said_are_summed_over_sittings() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let first = sit(&desk, &machine, 5).await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    let keys = keys(&desk, &paper.id).await;
    let single: Vec<u32> = keys.iter().filter(|(_, key)| key.len() == 1).map(|(p, _)| *p).collect();
    for position in &single[..6] {
        let key = keys[position][0];
        desk.choose(&paper.id, *position, &[u8::from(key == 0)]).await.unwrap();
        desk.choose(&paper.id, *position, &[key]).await.unwrap();
        desk.sure(&paper.id, *position, Some(Confidence::Guess)).await.unwrap();
    }
    desk.end_exam(&paper.id).await.unwrap();
    let result = desk.result(&paper.id).await.unwrap();
    let changes = result.changes;
    assert_eq!((changes.mocks, changes.wrong_to_right, changes.right_to_wrong), (2, 6, 0));
    assert!(changes.clear, "six gains and no loss are more than chance");
    let said: Vec<_> = result.sureness.iter().map(|row| (row.said, row.here.is_some())).collect();
    assert_eq!(said, [(Some(Confidence::Sure), false), (Some(Confidence::Guess), true)]);
    let guesses = result.sureness[1].here.unwrap();
    assert_eq!((guesses.hits, guesses.of), (6, 6));
    let answered = desk.result(&first).await.unwrap().report;
    let sure = result.sureness[0].all.unwrap();
    assert_eq!((sure.hits, sure.of), (answered.correct, answered.items - answered.blank));
    assert!(sure.low < 1.0 && sure.high <= 1.0);
}

#[tokio::test]
async fn where_time_ran_out_is_told_only_when_it_did() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let done = sit(&desk, &machine, 5).await;
    assert_eq!(desk.result(&done).await.unwrap().ran_out, None);
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    for position in 0..12 {
        desk.see(&paper.id, position).await.unwrap();
    }
    desk.choose(&paper.id, 3, &[0]).await.unwrap();
    machine.clock.advance(24 * 60 * MINUTE);
    let result = desk.result(&paper.id).await.unwrap();
    let ran_out = result.ran_out.unwrap();
    let items = result.report.items;
    assert_eq!((ran_out.position, ran_out.unseen, ran_out.blank), (11, items - 12, items - 1));
}

#[tokio::test]
async fn a_question_tells_what_was_done_to_it_and_what_was_expected() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let first = sit(&desk, &machine, 4).await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.see(&paper.id, 0).await.unwrap();
    machine.clock.advance(MINUTE);
    desk.choose(&paper.id, 0, &[1]).await.unwrap();
    desk.flag(&paper.id, 0, true).await.unwrap();
    machine.clock.advance(MINUTE);
    desk.choose(&paper.id, 0, &[]).await.unwrap();
    desk.end_exam(&paper.id).await.unwrap();
    let view = desk.explanation(&paper.id, 0).await.unwrap();
    let told: Vec<_> =
        view.timeline.iter().map(|m| (m.at_ms, m.what, m.letters.as_str())).collect();
    assert_eq!(
        told,
        [
            (0, MomentKind::Seen, ""),
            (MINUTE, MomentKind::Answered, "B"),
            (MINUTE, MomentKind::Flagged, ""),
            (2 * MINUTE, MomentKind::Cleared, ""),
        ]
    );
    let expected = view.beforehand.unwrap();
    assert!(expected.low90 < expected.p && expected.p < expected.high90, "{expected:?}");
    assert_eq!(expected.answers, desk.result(&first).await.unwrap().report.items);
    assert!(!expected.repeated);
    let before = desk.explanation(&first, 0).await.unwrap();
    assert_eq!(before.beforehand, None, "the first paper had nothing before it");
}

#[tokio::test]
async fn a_question_leads_to_others_like_it_and_to_the_list() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let paper = sit(&desk, &machine, 4).await;
    let mut found = 0;
    for position in 0..8 {
        let view = desk.explanation(&paper, position).await.unwrap();
        assert!(view.similar.len() <= 5 && view.similar.iter().all(|q| q.item != view.line.item));
        let own = view.similar.iter().filter(|other| other.task == view.line.task).count();
        found += view.similar.len();
        assert!(own * 2 >= view.similar.len(), "{} finds {:?}", view.line.item, view.similar);
    }
    assert!(found >= 8, "{found}");
    let view = desk.explanation(&paper, 0).await.unwrap();
    desk.list_for_drill(&view.line.item, true).await.unwrap();
    let other = view.similar[0].item.clone();
    desk.list_for_drill(&other, true).await.unwrap();
    let view = desk.explanation(&paper, 0).await.unwrap();
    assert!(view.listed && view.similar.iter().any(|q| q.item == other && q.listed));
}

#[tokio::test]
async fn a_result_is_written_as_csv_and_as_json() {
    let machine = Machine::new();
    let desk = prepared(&machine).await;
    let paper = sit(&desk, &machine, 4).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("result.csv");
    desk.export_result(&paper, ResultFormat::Csv, &path).await.unwrap();
    let result = desk.result(&paper).await.unwrap();
    let mut csv = csv::Reader::from_path(&path).unwrap();
    let columns: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), result.lines.len());
    for (record, line) in records.iter().zip(&result.lines) {
        assert_eq!(record[at("item")], *line.item);
        assert_eq!(record[at("correct")] == *"1", line.correct);
        assert_eq!(record[at("blank")] == *"1", line.chosen.is_empty());
        assert_eq!(record[at("confidence")] == *"sure", line.confidence.is_some());
    }
    let path = folder.path().join("result.json");
    desk.export_result(&paper, ResultFormat::Json, &path).await.unwrap();
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(json["report"]["scaled"], result.report.scaled);
    let nowhere = folder.path().join("none/result.csv");
    let error = desk.export_result(&paper, ResultFormat::Csv, &nowhere).await.unwrap_err();
    assert_eq!(
        (error.code(), error.location()),
        ("not_written", Some(nowhere.display().to_string()))
    );
}
