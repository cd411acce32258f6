//! The readiness forecast on screen.

use serde::{Deserialize, Serialize};

use super::CountedShare;

/// A chance with the intervals that the data allow; all in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Chance {
    /// The chance itself.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub p: f64,
    /// Lower end of the 90 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub low90: f64,
    /// Lower end of the 50 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub low50: f64,
    /// Upper end of the 50 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub high50: f64,
    /// Upper end of the 90 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub high90: f64,
}

/// The chance of passing on a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ForecastPoint {
    /// `2026-11-24`
    pub date: String,
    /// The chance if one sat the exam that day.
    pub chance: Chance,
}

/// A paper on the time axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PaperMark {
    /// `2026-11-24`
    pub date: String,
    /// `Mock 4`
    pub title: String,
    /// Whether it lies ahead, as planned.
    pub planned: bool,
}

/// What a learner means to do until the exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StudyPlan {
    /// Minutes on a day of study, 0 to 240.
    pub minutes_per_day: u32,
    /// Days of study in a week, 0 to 7.
    pub days_per_week: u32,
    /// Papers to sit before the exam, 0 to 12.
    pub mocks: u32,
    /// The day of the exam, `2026-12-17`.
    pub date: String,
}

/// The ability in a domain, on the score scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DomainForecast {
    /// `1`
    pub id: String,
    /// Place in the blueprint from 0.
    pub index: u32,
    /// As the exam guide words it.
    pub title: String,
    /// Expected scaled score of a paper of this domain alone.
    pub score: u16,
    /// Lower end of the 90 % interval.
    pub low90: u16,
    /// Lower end of the 50 % interval.
    pub low50: u16,
    /// Upper end of the 50 % interval.
    pub high50: u16,
    /// Upper end of the 90 % interval.
    pub high90: u16,
}

/// What one could do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "do")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ActionKind {
    /// Study a task: its cards and questions.
    Task {
        /// `3.4`
        task: String,
        /// As the exam guide words it.
        title: String,
        /// Place of its domain in the blueprint from 0.
        domain_index: u32,
        /// Cards in it.
        cards: u32,
        /// Questions in it.
        questions: u32,
    },
    /// Sit a paper.
    Mock {
        /// `Mock 5`
        title: String,
    },
}

/// A next action with what it is worth, in points of the chance of passing (0 to 100).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct NextAction {
    /// What to do.
    pub kind: ActionKind,
    /// How long it takes.
    pub minutes: u32,
    /// Points gained.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub gain: f64,
    /// Half the width of its 50 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub plus_minus: f64,
    /// Points gained in an hour.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub per_hour: f64,
    /// Lower end of its 90 % interval.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub per_hour_low: f64,
    /// Upper end.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub per_hour_high: f64,
    /// By how much it narrows the 90 % interval of the forecast, as a share of its width.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub narrows: f64,
}

/// Predictions in one range of chance, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AuditBin {
    /// Mean predicted chance, in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub predicted: f64,
    /// How many came true.
    pub happened: CountedShare,
}

/// How far the forecast has been right about this learner.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AuditView {
    /// Answers that were predicted before they were given.
    pub answers: Vec<AuditBin>,
    /// Number of those answers.
    pub answer_count: u32,
    /// Forecasts of passing that a paper or the real exam has since decided.
    pub papers: Vec<AuditBin>,
    /// Number of those.
    pub paper_count: u32,
    /// Whether a real result was among them.
    pub real_results: u32,
}

/// What the forecast rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EvidenceView {
    /// Answers that count as fresh.
    pub answers: u32,
    /// Answers to questions seen before, which count for less.
    pub repeated: u32,
    /// Finished papers.
    pub mocks: u32,
    /// Cards with a memory.
    pub cards: u32,
}

/// The Forecast screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ForecastView {
    /// Code of the exam.
    pub exam: String,
    /// Today, `2026-11-24`.
    pub today: String,
    /// The day of the exam; none when none is set.
    pub date: Option<String>,
    /// Whether that day is a goal for practice: the exam is no longer given then.
    pub goal: bool,
    /// Cut score and the ends of the scale.
    pub pass: u16,
    /// Lowest scaled score.
    pub scale_min: u16,
    /// Highest scaled score.
    pub scale_max: u16,
    /// What it rests on.
    pub evidence: EvidenceView,
    /// The chance if one sat the exam today.
    pub today_chance: Chance,
    /// The chance on the day of the exam, on plan.
    pub date_chance: Option<Chance>,
    /// From the first evidence up to today, at most 60 points; ends with today.
    pub past: Vec<ForecastPoint>,
    /// From today to the exam, on plan; begins with today. Empty without a date ahead.
    pub ahead: Vec<ForecastPoint>,
    /// Papers sat and planned.
    pub papers: Vec<PaperMark>,
    /// In the order of the blueprint.
    pub domains: Vec<DomainForecast>,
    /// Twenty equally likely scores, lowest first: on the date, or today without one.
    pub scores: Vec<u16>,
    /// The plan in use; sliders start here.
    pub plan: StudyPlan,
    /// Best first, at most five; empty when nothing stands out from noise.
    pub actions: Vec<NextAction>,
    /// How far it has been right.
    pub audit: AuditView,
}

/// What another plan would give.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WhatIfView {
    /// The chance on its date.
    pub chance: Chance,
    /// From today to its date; begins with today.
    pub ahead: Vec<ForecastPoint>,
    /// Twenty equally likely scores, lowest first.
    pub scores: Vec<u16>,
}

/// The result of a real exam, as the learner enters it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RealResult {
    /// Code of the exam.
    pub exam: String,
    /// The day it was sat, `2026-12-17`.
    pub date: String,
    /// Whether it was passed.
    pub passed: bool,
    /// The scaled score, when known.
    pub scaled: Option<u16>,
}
