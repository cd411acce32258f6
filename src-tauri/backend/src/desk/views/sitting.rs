//! A sitting as it is shown while it runs. Nothing here tells a key, but for the feedback of a
//! drill, which comes after the answer.

use serde::Serialize;

use super::ExplanationView;
use crate::deck::ResponseKind;
use crate::exam::Mode;
use crate::exam::sitting::Confidence;

/// Where a sitting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum SittingState {
    /// The clock runs.
    Running,
    /// The candidate ended it.
    Ended,
    /// Time ran out.
    Expired,
    /// The candidate gave it up; it has no result.
    Abandoned,
}

/// A sitting in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SittingSummary {
    /// Identity.
    pub id: String,
    /// How it is sat.
    pub mode: Mode,
    /// `Mock 4`, `Section test: Modeling`
    pub title: String,
    /// Code of the exam.
    pub exam: String,
    /// When it began.
    pub started_ms: i64,
    /// Where it stands.
    pub state: SittingState,
    /// Items in the paper.
    pub items: u32,
    /// Items answered.
    pub answered: u32,
    /// Whether a clock runs.
    pub timed: bool,
    /// Time left; 0 when it is over or no clock runs.
    pub remaining_ms: i64,
    /// Items answered right, when it is over.
    pub correct: Option<u32>,
    /// The outcome of a mock that is over; nothing else is on the exam's scale.
    pub outcome: Option<Outcome>,
    /// What mended keys make of it, when there are some.
    pub remark: Option<Remarked>,
}

/// A sitting that was marked again, in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Remarked {
    /// Items answered right.
    pub correct: u32,
    /// The outcome of a mock.
    pub outcome: Option<Outcome>,
}

/// The outcome of a finished sitting, in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Outcome {
    /// Scaled score.
    pub scaled: u16,
    /// Ends of its 95 % interval.
    pub low: u16,
    /// Upper end.
    pub high: u16,
    /// Cut score.
    pub pass: u16,
    /// Whether the scaled score reaches the cut.
    pub passed: bool,
}

/// The exam clock, to be shown; Rust keeps the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ClockView {
    /// Time left now.
    pub remaining_ms: i64,
    /// Sitting time in all.
    pub total_ms: i64,
    /// Whether a clock runs; without one the times mean nothing.
    pub timed: bool,
    /// Whether it stands now: during a break that stops it, or while reasons are read.
    pub stands: bool,
    /// Where the sitting stands.
    pub state: SittingState,
}

/// One cell of the navigator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CellView {
    /// Whether it has been on screen.
    pub seen: bool,
    /// Whether anything is chosen.
    pub answered: bool,
    /// Whether it is flagged.
    pub flagged: bool,
}

/// A sitting on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SittingView {
    /// Identity.
    pub id: String,
    /// How it is sat.
    pub mode: Mode,
    /// `Mock 4`, `Section test: Modeling`
    pub title: String,
    /// Code of the exam.
    pub exam: String,
    /// Questions in all. A paper that is drawn while it is sat has fewer cells until its end.
    pub items: u32,
    /// The clock.
    pub clock: ClockView,
    /// One for each question in the order of the paper.
    pub cells: Vec<CellView>,
    /// The question last on screen, from 0.
    pub current: u32,
    /// Whether each answer is explained at once.
    pub explained: bool,
    /// Whether the clock stands during a break.
    pub stop_clock: bool,
    /// Whether the candidate is on a break.
    pub on_break: bool,
}

/// One option on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OptionView {
    /// `A`, by its place on screen.
    pub letter: String,
    /// Clean HTML.
    pub html: String,
    /// The same as plain text, for where HTML cannot stand.
    pub text: String,
    /// Whether it is chosen, or placed.
    pub chosen: bool,
    /// Whether it is struck out.
    pub struck: bool,
}

/// A question on screen during a sitting: nothing in it tells the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct QuestionView {
    /// From 0.
    pub position: u32,
    /// How it is answered.
    pub kind: ResponseKind,
    /// How many options to choose, or places to fill.
    pub select: u32,
    /// Clean HTML of the scenario it shares with other questions of its case.
    pub case_html: Option<String>,
    /// Clean HTML; the lead-in has class `lead-in`.
    pub stem_html: String,
    /// In the order shown. In an order or a match, the responses to be placed.
    pub options: Vec<OptionView>,
    /// Clean HTML of what is to be matched, one for each place; empty in other questions.
    pub prompts: Vec<String>,
    /// For each place the index among `options` of the response there; empty where options are
    /// chosen.
    pub arrangement: Vec<Option<u8>>,
    /// Whether one response may stand in several places.
    pub reuse: bool,
    /// Whether it is flagged.
    pub flagged: bool,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
    /// What the candidate wrote about it, plain text; empty when nothing.
    pub comment: String,
}

/// What a sitting answers to every action, once it is durable.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Ack {
    /// The clock.
    pub clock: ClockView,
    /// The question as it now stands.
    pub question: QuestionView,
    /// Its cell in the navigator.
    pub cell: CellView,
    /// Its key and its reasons, in a drill once the answer was given for good; never before.
    pub feedback: Option<ExplanationView>,
}
