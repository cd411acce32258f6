//! Statistics of study.

use serde::Serialize;

use super::CountedShare;

/// A count on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DayCount {
    /// `2026-11-24`
    pub date: String,
    /// How many.
    pub count: u32,
    /// Time spent or expected, milliseconds.
    pub ms: i64,
}

/// A count between two values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Bin {
    /// Lower end.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub from: f64,
    /// Upper end.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub to: f64,
    /// How many.
    pub count: u32,
}

/// What was recalled in reviews of the last days.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RetentionRow {
    /// How many days back; none for all.
    pub days: Option<u32>,
    /// Cards with an interval below 21 days.
    pub young: Option<CountedShare>,
    /// Cards with one of 21 days or more.
    pub mature: Option<CountedShare>,
    /// Both.
    pub all: Option<CountedShare>,
}

/// Reviews by the recall that was predicted for them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PredictedRecall {
    /// Mean predicted recall, in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub predicted: f64,
    /// What was recalled.
    pub happened: CountedShare,
}

/// Cards by where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CardCounts {
    /// Never seen.
    pub new: u32,
    /// In steps.
    pub learning: u32,
    /// In review, with an interval below 21 days.
    pub young: u32,
    /// In review, with one of 21 days or more.
    pub mature: u32,
    /// Taken out of study.
    pub suspended: u32,
}

/// The Statistics screen, for all decks or for one with those below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StatisticsView {
    /// Slug of the deck; none for all.
    pub deck: Option<String>,
    /// Today, `2026-11-24`.
    pub today: String,
    /// The day of the exam, when one is ahead.
    pub exam_date: Option<String>,
    /// The recall aimed for, in (0, 1).
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub desired: f64,
    /// Cards by where they stand.
    pub cards: CardCounts,
    /// Reviews due on each of the next 30 days, today with what is late, and the time they take.
    pub ahead: Vec<DayCount>,
    /// True retention over 30 and 90 days and in all.
    pub retention: Vec<RetentionRow>,
    /// Reviews by the recall that was predicted.
    pub predicted: Vec<PredictedRecall>,
    /// Reviews and time on each of the last 365 days that had any, oldest first.
    pub days: Vec<DayCount>,
    /// Stability in days, in bins that double.
    pub stability: Vec<Bin>,
    /// Difficulty, in bins of one.
    pub difficulty: Vec<Bin>,
}
