//! Orders, matches and cases in the hall and in the result.

use super::tests::Machine;
use super::views::{Ack, SittingView};
use super::*;
use crate::deck::ResponseKind;
use crate::exam::Conditions;
use crate::formats::{Source, markdown};
use crate::store::DeckSource;

const EXAM: &str = "AIF-C01";

/// A deck for an exam that asks all kinds and has no other questions; two of each task.
fn deck() -> crate::deck::Deck {
    let mut text = String::from(
        "---\ndeck: kinds\ntitle: Kinds\nversion: 1.0.0\nlicense: CC0-1.0\nblueprint: AIF-C01\n---\n\n\
         ## Case shop\n\nA **shop** sells tea.\n\n",
    );
    let exams = crate::bundled::blueprints().unwrap();
    let exam = exams.iter().find(|exam| exam.code == EXAM).unwrap();
    for (number, (_, task)) in exam.tasks().enumerate() {
        let head = |kind: &str, more: &str| {
            format!("## Question {kind}-{number}\ntask: {} · difficulty: easy{more}\n\n", task.id)
        };
        text += &head("order", if number < 9 { " · case: shop" } else { "" });
        text += "Order.\n\n1. [x] one\n   - first\n2. [x] two\n3. [x] three\n- [ ] never\n\n";
        text += &head("match", "");
        text +=
            "Match.\n\n- [x] alpha\n  => a\n  - Greek\n- [x] beta\n  => b\n- [x] gamma\n  => c\n\n";
    }
    markdown::parse(&[Source::new("deck.md", text.into_bytes())]).unwrap().deck
}

async fn start(machine: &Machine) -> (Sitwell, SittingView) {
    let desk = machine.open().await;
    desk.store.put_deck(&deck(), DeckSource::File, 0).await.unwrap();
    let paper = desk.start_exam(EXAM, Some(12), Conditions::default()).await.unwrap();
    (desk, paper)
}

/// The places shown that make the answer right.
fn right(ack: &Ack) -> Vec<Option<u8>> {
    let words: &[&str] = match ack.question.kind {
        ResponseKind::Ordering => &["one", "two", "three"],
        _ => &["a", "b", "c"],
    };
    let shown = |word: &&str| {
        let place = ack.question.options.iter().position(|option| option.html == *word);
        Some(u8::try_from(place.unwrap()).unwrap())
    };
    words.iter().map(shown).collect()
}

#[tokio::test]
async fn a_paper_of_orders_and_matches_is_answered_marked_and_explained() {
    let machine = Machine::new();
    let (desk, paper) = start(&machine).await;
    let positions = 0..u32::try_from(paper.cells.len()).unwrap();
    for position in positions.clone() {
        let ack = desk.see(&paper.id, position).await.unwrap();
        assert_eq!(ack.question.arrangement, [None; 3]);
        assert!(!ack.question.reuse);
        let mut places = right(&ack);
        if position == 0 {
            places.swap(0, 1);
        }
        let ack = desk.arrange(&paper.id, position, &places).await.unwrap();
        assert_eq!(ack.question.arrangement, places);
        assert!(ack.cell.answered);
    }
    desk.end_exam(&paper.id).await.unwrap();
    let result = desk.result(&paper.id).await.unwrap();
    assert_eq!((result.report.correct, result.report.blank), (11, 0));
    for position in positions {
        let explained = desk.explanation(&paper.id, position).await.unwrap();
        assert_eq!(explained.line.correct, position > 0);
        assert_eq!(explained.places.len(), 3);
        let right: Vec<bool> = explained.places.iter().map(|place| place.correct).collect();
        assert_eq!(right, [position > 0, position > 0, true]);
        let matching = explained.kind == ResponseKind::Matching;
        let first = &explained.places[0];
        assert_eq!(first.prompt_html, if matching { "alpha" } else { "" });
        let reason = if matching { "Greek" } else { "first" };
        assert!(first.reason_html.contains(reason), "{}", first.reason_html);
        assert_eq!(explained.line.key.len(), 3);
    }
}

#[tokio::test]
async fn an_arrangement_with_gaps_survives_a_restart_and_is_wrong() {
    let machine = Machine::new();
    let (desk, paper) = start(&machine).await;
    desk.see(&paper.id, 2).await.unwrap();
    let before = desk.arrange(&paper.id, 2, &[None, Some(1), None]).await.unwrap();
    drop(desk); // no close: as if it was killed
    let desk = machine.open().await;
    let after = desk.see(&paper.id, 2).await.unwrap();
    assert_eq!(after.question, before.question);
    desk.end_exam(&paper.id).await.unwrap();
    let result = desk.result(&paper.id).await.unwrap();
    let line = &result.lines[2];
    assert_eq!((line.chosen.as_str(), line.correct), ("–B–", false));
    assert_eq!(result.report.blank, 11);
}

#[tokio::test]
async fn what_does_not_fit_an_arrangement_is_refused() {
    let machine = Machine::new();
    let (desk, paper) = start(&machine).await;
    for places in [&[Some(0), Some(0), None][..], &[Some(9), None, None], &[Some(0)], &[None; 300]]
    {
        let refused = desk.arrange(&paper.id, 0, places).await.unwrap_err();
        assert_eq!(refused.code(), "out_of_range");
    }
    assert_eq!(desk.choose(&paper.id, 0, &[0]).await.unwrap_err().code(), "out_of_range");
}

#[tokio::test]
async fn questions_of_a_case_show_its_scenario_side_by_side() {
    let machine = Machine::new();
    let (desk, paper) = start(&machine).await;
    let mut in_case = Vec::new();
    for position in 0..u32::try_from(paper.cells.len()).unwrap() {
        let question = desk.see(&paper.id, position).await.unwrap().question;
        if let Some(html) = question.case_html {
            assert!(html.contains("<strong>shop</strong>"), "{html}");
            in_case.push(position);
        }
    }
    assert!(in_case.len() > 1);
    assert!(in_case.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{in_case:?}");
}
