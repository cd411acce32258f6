//! A finished sitting: marks, lines, explanations.

use serde::Serialize;

use super::{ExamView, SittingState};
use crate::deck::{Difficulty, Reference, ResponseKind};
use crate::exam::Mode;
use crate::exam::report::Report;
use crate::exam::sitting::Confidence;

/// One line of the question list of a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ResultLine {
    /// From 0.
    pub position: u32,
    /// The beginning of the stem as plain text.
    pub text: String,
    /// Domain id.
    pub domain: String,
    /// Task id.
    pub task: String,
    /// Whether it counts.
    pub scored: bool,
    /// Whether it was answered right.
    pub correct: bool,
    /// Letters chosen, `C` or `AD`; those placed, in the order of the places, with `–` for each
    /// that was left empty; nothing for a blank.
    pub chosen: String,
    /// Letters of the key, likewise.
    pub key: String,
    /// Whether it was flagged at the end.
    pub flagged: bool,
    /// How the first complete answer compares with the last.
    pub change: Option<AnswerChange>,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
    /// Time it was on screen.
    pub spent_ms: i64,
}

/// An answer that was changed during the sitting, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum AnswerChange {
    /// It paid.
    WrongToRight,
    /// It cost.
    RightToWrong,
    /// It made no difference.
    WrongToWrong,
}

/// The result of a finished sitting.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ResultView {
    /// Identity of the sitting.
    pub id: String,
    /// How it was sat.
    pub mode: Mode,
    /// `Mock 4`, `Section test: Modeling`
    pub title: String,
    /// The exam.
    pub exam: ExamView,
    /// When it began.
    pub started_ms: i64,
    /// Time used.
    pub used_ms: i64,
    /// Sitting time in all; the time used where no clock ran.
    pub total_ms: i64,
    /// Ended or expired.
    pub state: SittingState,
    /// Marks and intervals.
    pub report: Report,
    /// One for each question in the order of the paper.
    pub lines: Vec<ResultLine>,
    /// The longest time on one question that an even share allows.
    pub even_share_ms: i64,
}

/// One option in an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExplainedOption {
    /// By its place on screen.
    pub letter: String,
    /// Clean HTML.
    pub html: String,
    /// Clean HTML: why it is right or wrong here; empty when the author gave none.
    pub reason_html: String,
    /// Whether it is a key.
    pub key: bool,
    /// Whether it was chosen at the end.
    pub chosen: bool,
}

/// A response in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlacedOption {
    /// By its place on screen.
    pub letter: String,
    /// Clean HTML.
    pub html: String,
}

/// One place of an order or a match in an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExplainedPlace {
    /// Clean HTML of the prompt; empty in an order.
    pub prompt_html: String,
    /// What belongs here.
    pub key: PlacedOption,
    /// What was placed here at the end.
    pub given: Option<PlacedOption>,
    /// Whether the two are the same.
    pub correct: bool,
    /// Clean HTML: why it belongs here; empty when the author gave no reason.
    pub reason_html: String,
}

/// A question of a finished sitting, explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExplanationView {
    /// Its line in the result.
    pub line: ResultLine,
    /// Domain of the question.
    pub domain_index: u32,
    /// As the exam guide words it.
    pub task_title: String,
    /// How it was answered.
    pub kind: ResponseKind,
    /// The author's level.
    pub difficulty: Difficulty,
    /// Clean HTML of the scenario it shares with other questions of its case.
    pub case_html: Option<String>,
    /// Clean HTML.
    pub stem_html: String,
    /// Keys first, then what was chosen, then the rest, each in the order shown.
    pub options: Vec<ExplainedOption>,
    /// The places of an order or a match; empty in other questions.
    pub places: Vec<ExplainedPlace>,
    /// Clean HTML.
    pub explanation_html: String,
    /// Where to read more.
    pub references: Vec<Reference>,
    /// Date its facts were last checked, `2026-11-24`.
    pub checked: Option<String>,
    /// Complete answers in the order given, as letters, the last one included.
    pub answers: Vec<String>,
    /// What the candidate wrote about it, plain text; empty when nothing.
    pub comment: String,
}
