//! Disks that are full and files that cannot be written: what is refused says so, what was
//! confirmed stays, and all goes on when there is room again.

use super::tests::{EXAM, Machine};
use super::views::SittingState;
use super::*;
use crate::exam::Conditions;
use crate::exam::sitting::MAX_COMMENT;
use crate::study::Grade;

fn told(error: &DeskError) -> (&'static str, String, &'static str) {
    (error.code(), error.to_string(), error.hint().unwrap_or_default())
}

const ROOM: &str = "What was confirmed before is safe. Make room on the disk, then try again.";

/// Writes comments of the longest kind until the disk is full; says which question's was refused,
/// and how.
async fn write_until_full(desk: &Sitwell, id: &str) -> (u32, DeskError) {
    for (round, position) in (0..6).flat_map(|round| (0..60).map(move |at| (round, at))) {
        let text = round.to_string().repeat(MAX_COMMENT);
        if let Err(error) = desk.comment(id, position, &text).await {
            return (position, error);
        }
    }
    panic!("the disk does not fill up");
}

#[tokio::test]
async fn on_a_full_disk_an_answer_is_refused_and_taken_once_there_is_room() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.store.fill_disk(true).await;
    let (position, error) = write_until_full(&desk, &paper.id).await;
    let message = "keeping your answer failed: the disk is full".to_owned();
    assert_eq!(told(&error), ("disk_full", message, ROOM));
    for done in 0..position {
        let comment = desk.see(&paper.id, done).await;
        let comment = comment.map(|ack| ack.question.comment.len());
        // To look at a question is kept too, so it may be refused as well.
        assert!(comment.map_or_else(|why| why.code() == "disk_full", |len| len == MAX_COMMENT));
    }
    desk.store.fill_disk(false).await;
    desk.comment(&paper.id, position, &"x".repeat(MAX_COMMENT)).await.unwrap();
    desk.choose(&paper.id, position, &[1]).await.unwrap();
    drop(desk);
    let desk = machine.open().await;
    for done in 0..=position {
        let ack = desk.see(&paper.id, done).await.unwrap();
        assert_eq!(
            (ack.question.comment.len(), ack.cell.answered),
            (MAX_COMMENT, done == position)
        );
    }
}

#[tokio::test]
async fn on_a_full_disk_no_half_of_a_paper_is_begun_and_a_grade_is_all_or_nothing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let card = desk.study().await.unwrap().card.unwrap().id;
    desk.store.fill_disk(true).await;
    let mut graded = 0;
    let error = loop {
        match desk.grade_card(card, Grade::Again, 1_000).await {
            Ok(_) => graded += 1,
            Err(error) => break error,
        }
        assert!(graded < 2_000, "the disk does not fill up");
    };
    let (code, message, hint) = told(&error);
    assert_eq!((code, hint), ("disk_full", ROOM));
    assert!(message.ends_with("failed: the disk is full"), "{message}");
    assert_eq!(desk.store.card_reviews(card).await.unwrap().len(), graded);
    let refused = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap_err();
    assert_eq!(told(&refused).0, "disk_full");
    assert_eq!(desk.history(EXAM).await.unwrap(), []);

    desk.store.fill_disk(false).await;
    desk.grade_card(card, Grade::Good, 1_000).await.unwrap();
    assert_eq!(desk.store.card_reviews(card).await.unwrap().len(), graded + 1);
    desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    assert_eq!(desk.store.faults().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_collection_that_becomes_read_only_says_so_and_goes_on_when_it_can_be_written() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.choose(&paper.id, 0, &[1]).await.unwrap();
    desk.store.protect(true).await;
    let error = desk.choose(&paper.id, 0, &[2]).await.unwrap_err();
    let (code, message, hint) = told(&error);
    assert_eq!(code, "read_only");
    assert_eq!(message, "keeping your answer failed: the file or its folder cannot be written");
    assert!(hint.starts_with("What is in the collection is safe."), "{hint}");
    desk.store.protect(false).await;
    let ack = desk.see(&paper.id, 0).await.unwrap();
    assert!(ack.question.options[1].chosen, "what was confirmed stands");
    assert!(desk.choose(&paper.id, 0, &[2]).await.unwrap().question.options[2].chosen);
}

#[tokio::test]
async fn time_that_runs_out_on_a_full_disk_ends_the_paper_at_its_deadline_all_the_same() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.store.fill_disk(true).await;
    write_until_full(&desk, &paper.id).await;
    desk.store.protect(true).await;
    machine.clock.advance(paper.clock.total_ms + 60_000);
    assert_eq!(told(&desk.exam_clock(&paper.id).await.unwrap_err()).0, "read_only");
    desk.store.protect(false).await;
    desk.store.fill_disk(false).await;
    assert_eq!(desk.exam_clock(&paper.id).await.unwrap().state, SittingState::Expired);
    let result = desk.result(&paper.id).await.unwrap();
    assert_eq!(result.used_ms, result.total_ms);
}

#[tokio::test]
async fn a_second_sitwell_is_told_which_collection_is_open_and_what_to_do() {
    let machine = Machine::new();
    let _first = machine.open().await;
    let path = machine.collection();
    let second = Sitwell::open(&path, machine.clock.clone(), Arc::new(|| 0)).await;
    let error = second.err().unwrap();
    let message = format!("{} is open in another Sitwell", path.display());
    assert_eq!(
        told(&error),
        ("open_elsewhere", message, "Close the other window, then try again.")
    );
    assert_eq!(error.location(), Some(path.display().to_string()));
}
