//! A finished sitting: marks, lines, explanations.

use serde::{Deserialize, Serialize};

use super::{CountedShare, ExamView, Outcome, SittingState};
use crate::deck::{Difficulty, Reference, ResponseKind};
use crate::exam::Mode;
use crate::exam::compare::Difference;
use crate::exam::report::Report;
use crate::exam::sitting::Confidence;

/// One line of the question list of a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ResultLine {
    /// From 0.
    pub position: u32,
    /// Identity of the question, `deck/question`
    pub item: String,
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
    /// Where time ran out, when it did.
    pub ran_out: Option<RanOut>,
    /// Answers that were changed in all mocks with a result.
    pub changes: ChangesOverMocks,
    /// What was said of answers, with how many were right.
    pub sureness: Vec<Sureness>,
    /// Earlier mocks on the same scale, newest first; none of another mode.
    pub earlier: Vec<EarlierPaper>,
    /// The same answers by mended keys, when a deck has mended some.
    pub remark: Option<RemarkView>,
}

/// Where time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RanOut {
    /// The question last on screen, from 0.
    pub position: u32,
    /// Questions that never came on screen.
    pub unseen: u32,
    /// Questions left without an answer.
    pub blank: u32,
}

/// Answers that were changed, over all mocks of an exam.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChangesOverMocks {
    /// Mocks with a result.
    pub mocks: u32,
    /// Changed from wrong to right.
    pub wrong_to_right: u32,
    /// Changed from right to wrong.
    pub right_to_wrong: u32,
    /// Changed from wrong to wrong.
    pub wrong_to_wrong: u32,
    /// Whether gains and losses differ by more than chance would give (sign test, 5 %).
    pub clear: bool,
}

/// Answers of which the same was said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Sureness {
    /// What was said; none where nothing was.
    pub said: Option<Confidence>,
    /// On this paper.
    pub here: Option<CountedShare>,
    /// In all sittings of the exam that have a result, this one included.
    pub all: Option<CountedShare>,
}

/// An earlier mock beside this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EarlierPaper {
    /// Identity of the sitting.
    pub id: String,
    /// `Mock 3`
    pub title: String,
    /// When it began.
    pub started_ms: i64,
    /// Its score.
    pub outcome: Outcome,
    /// How far this paper's score lies above it.
    pub difference: Difference,
}

/// A result by mended keys.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RemarkView {
    /// When it was first computed.
    pub made_ms: i64,
    /// Marks and intervals.
    pub report: Report,
    /// The keys that were mended, in the order of the paper.
    pub changes: Vec<KeyChange>,
}

/// How a result is written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ResultFormat {
    /// One line for each question.
    Csv,
    /// All of it.
    Json,
}

/// A key that was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct KeyChange {
    /// The question, from 0.
    pub position: u32,
    /// Title of the deck that mended it.
    pub deck: String,
    /// The deck's version.
    pub deck_version: String,
    /// Letters of the answer; nothing for a blank.
    pub chosen: String,
    /// Letters of the key that was asked.
    pub was: String,
    /// Letters of the key now.
    pub now: String,
    /// Whether the answer was right by the old key.
    pub was_right: bool,
    /// Whether it is by the new one.
    pub is_right: bool,
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
    /// What was done to the question, in order.
    pub timeline: Vec<MomentView>,
    /// What the forecast's model gave it before the paper; none without evidence from before.
    pub beforehand: Option<Beforehand>,
    /// Questions like it, the most alike first.
    pub similar: Vec<SimilarQuestion>,
    /// Whether it is on the list to drill.
    pub listed: bool,
}

/// What was done to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum MomentKind {
    /// It came on screen.
    Seen,
    /// The answer became this.
    Answered,
    /// The answer was taken back.
    Cleared,
    /// A flag was set.
    Flagged,
    /// The flag was taken away.
    Unflagged,
    /// Said to be a guess.
    Guess,
    /// Said to be fairly sure.
    Fairly,
    /// Said to be sure.
    Sure,
    /// What was said was taken back.
    Unsaid,
    /// The answer was given for good.
    Checked,
}

/// Something that was done to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MomentView {
    /// Exam time from the start.
    pub at_ms: i64,
    /// What.
    pub what: MomentKind,
    /// Letters of the answer; empty for the rest.
    pub letters: String,
}

/// The chance of a right answer that the forecast's model gave before the paper.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Beforehand {
    /// The chance in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub p: f64,
    /// Lower end of where it lies with 90 %, as far as ability is uncertain.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub low90: f64,
    /// Upper end.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub high90: f64,
    /// Answers that it was made from.
    pub answers: u32,
    /// Whether an earlier sitting had asked the question, so that it may be remembered.
    pub repeated: bool,
}

/// A question like another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SimilarQuestion {
    /// Identity, `deck/question`
    pub item: String,
    /// The beginning of the stem as plain text.
    pub text: String,
    /// Task id.
    pub task: String,
    /// Whether the latest answer to it was right; none when it was never asked.
    pub right: Option<bool>,
    /// Whether it is on the list to drill.
    pub listed: bool,
}
