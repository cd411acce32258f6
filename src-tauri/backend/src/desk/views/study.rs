//! Study on screen.

use serde::Serialize;

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
    /// Cards within steps, due now or later today.
    pub steps: u32,
    /// Cards in review still due today.
    pub review: u32,
    /// Gradings done today.
    pub done: u32,
    /// When the next card within steps is due, Unix milliseconds, when none is due now.
    pub next_step_ms: Option<i64>,
    /// What undo would take back.
    pub undo: Option<OperationKind>,
    /// What redo would do again.
    pub redo: Option<OperationKind>,
}
