//! The state of one card: what its reviews have made of it.

use serde::{Deserialize, Serialize};

/// What FSRS keeps of a memory.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Days until the chance of recall has fallen to 90 %.
    pub stability: f32,
    /// 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

impl From<fsrs::MemoryState> for Memory {
    fn from(state: fsrs::MemoryState) -> Self {
        Self { stability: state.stability, difficulty: state.difficulty }
    }
}

impl From<Memory> for fsrs::MemoryState {
    fn from(memory: Memory) -> Self {
        Self { stability: memory.stability, difficulty: memory.difficulty }
    }
}

/// How the learner recalled a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Grade {
    /// Not at all.
    Again,
    /// With trouble.
    Hard,
    /// Well.
    Good,
    /// At once.
    Easy,
}

impl Grade {
    /// All grades, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The number that FSRS uses, 1 to 4.
    pub fn rating(self) -> u32 {
        self as u32 + 1
    }
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Phase {
    /// Never seen.
    New,
    /// In its first steps.
    Learning,
    /// Seen again after days.
    Review,
    /// In the steps after a lapse.
    Relearning,
}

/// When a card is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Due {
    /// Whenever new cards are introduced.
    Introduction,
    /// At this time, Unix milliseconds: a step within the day.
    At(i64),
    /// On this study day.
    Day(i64),
}

/// The state of a card.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CardState {
    /// Where it stands.
    pub phase: Phase,
    /// Index of the step it waits for, while learning or relearning.
    pub step: u32,
    /// What FSRS keeps; none before the first review.
    pub memory: Option<Memory>,
    /// When it was last seen, Unix milliseconds.
    pub last_seen_ms: Option<i64>,
    /// The study day it was last seen on.
    pub last_day: Option<i64>,
    /// When it is to be seen.
    pub due: Due,
    /// Days between its last review and the next, 0 within steps.
    pub interval: u32,
    /// How often it was seen.
    pub reviews: u32,
    /// How often it was forgotten in review.
    pub lapses: u32,
}

impl CardState {
    /// A card that was never seen.
    pub const NEW: Self = Self {
        phase: Phase::New,
        step: 0,
        memory: None,
        last_seen_ms: None,
        last_day: None,
        due: Due::Introduction,
        interval: 0,
        reviews: 0,
        lapses: 0,
    };

    /// Whole study days since it was last seen; 0 when it never was, or the clock was set back.
    pub fn days_since(&self, today: i64) -> u32 {
        super::memory::days_between(self.last_day, today)
    }
}
