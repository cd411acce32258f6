//! Study on screen.

use serde::Serialize;

use crate::deck::CardStyle;
use crate::store::OperationKind;
use crate::study::{Grade, HeldBack, Phase};

/// How soon a card would come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "unit", content = "count")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Wait {
    /// Minutes, within steps.
    Minutes(u32),
    /// Study days.
    Days(u32),
}

/// What one grade would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GradeView {
    /// The grade.
    pub grade: Grade,
    /// How soon the card would come back.
    pub wait: Wait,
    /// Why that is sooner than its memory alone asks for.
    pub held_back: Option<HeldBack>,
}

/// A card on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CardView {
    /// Identity.
    pub id: i64,
    /// Task id, where it names one.
    pub task: Option<String>,
    /// As the exam guide words it.
    pub task_title: Option<String>,
    /// Domain of the task.
    pub domain_index: Option<u32>,
    /// Where it stands.
    pub phase: Phase,
    /// The item it belongs to.
    pub item: String,
    /// How it asks.
    pub style: CardStyle,
    /// Whether the answer is to be typed before it is shown.
    pub typed: bool,
    /// The sitting's question it was made from, as an item.
    pub source: Option<String>,
    /// How often it was seen.
    pub seen: u32,
    /// How often it was recalled of the times it was seen in review.
    pub recalled: u32,
    /// How often it was seen in review.
    pub reviewed: u32,
    /// Clean HTML.
    pub front_html: String,
    /// Clean HTML.
    pub back_html: String,
    /// Colour of its flag, 0 for none.
    pub flag: u8,
    /// What each grade would do, worst first.
    pub grades: Vec<GradeView>,
}

/// Study on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StudyView {
    /// The card to answer now.
    pub card: Option<CardView>,
    /// New cards still to be introduced today.
    pub new: u32,
    /// Cards within steps that are due now.
    pub steps: u32,
    /// Cards within steps that are due later today.
    pub steps_later: u32,
    /// Cards in review still due today.
    pub review: u32,
    /// Gradings done today.
    pub done: u32,
    /// Different cards seen today.
    pub done_cards: u32,
    /// Time spent on them today.
    pub done_ms: i64,
    /// When the day was shortened: time left of it; negative when it is used up.
    pub budget_left_ms: Option<i64>,
    /// Whether the grade just given made the card a leech, so that it was taken out of study.
    pub leech: bool,
    /// When the next card within steps is due, Unix milliseconds, when none is due now.
    pub next_step_ms: Option<i64>,
    /// What undo would take back.
    pub undo: Option<OperationKind>,
    /// What redo would do again.
    pub redo: Option<OperationKind>,
}

/// A typed answer beside the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TypedView {
    /// Whether they are the same but for case, blanks and marks.
    pub right: bool,
    /// What was typed, clean HTML: `<del>` around what does not belong there.
    pub typed_html: String,
    /// The right answer, clean HTML: `<ins>` around what was missing.
    pub answer_html: String,
}

/// A card made from a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MadeCard {
    /// The new item.
    pub item: String,
    /// Whether it had been made before; nothing was changed then.
    pub existed: bool,
}
