//! What the front desk shows: one struct for each thing a screen or a script reads. Times are
//! Unix milliseconds, durations milliseconds; both fit a JavaScript number.

use serde::{Deserialize, Serialize};

use crate::deck::{Difficulty, Reference, ResponseKind};
use crate::exam::sitting::Confidence;

/// A task statement of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskView {
    /// `1.2`
    pub id: String,
    /// As the exam guide words it.
    pub title: String,
    /// Questions in the collection.
    pub questions: u32,
}

/// A domain of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DomainView {
    /// `1`
    pub id: String,
    /// Place in the blueprint from 0; picks the domain's colour and shape.
    pub index: u32,
    /// As the exam guide words it.
    pub title: String,
    /// Percent of the scored items.
    pub weight: f64,
    /// In order.
    pub tasks: Vec<TaskView>,
}

/// An exam that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExamView {
    /// `MLS-C01`
    pub code: String,
    /// Full name.
    pub title: String,
    /// Who gives it.
    pub provider: String,
    /// Items in a paper.
    pub items: u32,
    /// Items that count.
    pub scored_items: u32,
    /// Sitting time.
    pub minutes: u32,
    /// Extra minutes that may be granted.
    pub extra_minutes: u32,
    /// Ends of the score scale and the cut score.
    pub scale_min: u16,
    /// Highest scaled score.
    pub scale_max: u16,
    /// Lowest scaled score that passes.
    pub pass: u16,
    /// Last day it was offered, `2026-03-31`, when retired.
    pub last_sitting: Option<String>,
    /// What to look at instead: code and title.
    pub successors: Vec<Successor>,
    /// In order.
    pub domains: Vec<DomainView>,
    /// Questions in the collection that can serve in a paper.
    pub questions: u32,
    /// Items of the largest faithful paper that can be drawn now; 0 when none can.
    pub largest_paper: u32,
    /// Why a full paper cannot be drawn, in a sentence.
    pub shortfall: Option<String>,
    /// Where its facts come from and when they were checked.
    pub source: String,
    /// `2026-11-24`
    pub checked: String,
}

/// A successor of a retired exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Successor {
    /// `MLA-C01`
    pub code: String,
    /// Full name where Sitwell knows it, else the code.
    pub title: String,
}

/// What the learner prepares for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Profile {
    /// Code of the exam; none before the first run is done.
    pub exam: Option<String>,
    /// The day of the exam, or the goal for a retired one, `2026-12-17`.
    pub exam_date: Option<String>,
}

/// How the window looks and answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Preferences {
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// Text size in percent, 90 to 130.
    pub text_size: u16,
    /// Whether single-letter keys act (WCAG 2.1.4).
    pub letter_keys: bool,
    /// Whether an exam asks how sure you are.
    pub ask_confidence: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { theme: Theme::System, text_size: 100, letter_keys: true, ask_confidence: false }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The Today screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TodayView {
    /// Today's date where the learner is, `2026-11-24`.
    pub date: String,
    /// What they prepare for.
    pub profile: Profile,
    /// Days from today to the exam date; negative when it is past.
    pub days_left: Option<i32>,
    /// The exam, when one is chosen.
    pub exam: Option<ExamView>,
    /// A sitting that is still running.
    pub running: Option<SittingSummary>,
    /// Finished sittings, newest first.
    pub finished: Vec<SittingSummary>,
}

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
}

/// A sitting in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SittingSummary {
    /// Identity.
    pub id: String,
    /// `Mock 4`
    pub title: String,
    /// Code of the exam.
    pub exam: String,
    /// When it began.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub started_ms: i64,
    /// Where it stands.
    pub state: SittingState,
    /// Items in the paper.
    pub items: u32,
    /// Items answered.
    pub answered: u32,
    /// Time left; 0 when it is over.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub remaining_ms: i64,
    /// The outcome, when it is over.
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
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub remaining_ms: i64,
    /// Sitting time in all.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub total_ms: i64,
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
    /// `Mock 4`
    pub title: String,
    /// Code of the exam.
    pub exam: String,
    /// The clock.
    pub clock: ClockView,
    /// One for each question in the order of the paper.
    pub cells: Vec<CellView>,
    /// The question last on screen, from 0.
    pub current: u32,
}

/// One option on screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OptionView {
    /// `A`, by its place on screen.
    pub letter: String,
    /// Clean HTML.
    pub html: String,
    /// Whether it is chosen.
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
    /// Single or multiple response.
    pub kind: ResponseKind,
    /// How many options to choose.
    pub select: u32,
    /// Clean HTML; the lead-in has class `lead-in`.
    pub stem_html: String,
    /// In the order shown.
    pub options: Vec<OptionView>,
    /// Whether it is flagged.
    pub flagged: bool,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
}

/// What a sitting answers to every action, once it is durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Ack {
    /// The clock.
    pub clock: ClockView,
    /// The question as it now stands.
    pub question: QuestionView,
    /// Its cell in the navigator.
    pub cell: CellView,
}

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
    /// Letters chosen, `C` or `AD`; empty for a blank.
    pub chosen: String,
    /// Letters of the key.
    pub key: String,
    /// Whether it was flagged at the end.
    pub flagged: bool,
    /// How the first complete answer compares with the last.
    pub change: Option<AnswerChange>,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
    /// Time it was on screen.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
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
    /// `Mock 4`
    pub title: String,
    /// The exam.
    pub exam: ExamView,
    /// When it began.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub started_ms: i64,
    /// Time used.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub used_ms: i64,
    /// Sitting time in all.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
    pub total_ms: i64,
    /// Ended or expired.
    pub state: SittingState,
    /// Marks and intervals.
    pub report: crate::exam::report::Report,
    /// One for each question in the order of the paper.
    pub lines: Vec<ResultLine>,
    /// The longest time on one question that an even share allows.
    #[cfg_attr(feature = "bindings", specta(type = f64))]
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
    /// Single or multiple response.
    pub kind: ResponseKind,
    /// The author's level.
    pub difficulty: Difficulty,
    /// Clean HTML.
    pub stem_html: String,
    /// Keys first, then what was chosen, then the rest, each in the order shown.
    pub options: Vec<ExplainedOption>,
    /// Clean HTML.
    pub explanation_html: String,
    /// Where to read more.
    pub references: Vec<Reference>,
    /// Date its facts were last checked, `2026-11-24`.
    pub checked: Option<String>,
    /// Answers in the order given, as letters, the last one included.
    pub answers: Vec<String>,
}
