//! As much of what Sitwell shows as is held against what it acknowledged.

use serde::Deserialize;
use sitwell_backend::exam::sitting::Confidence;

/// The exam clock.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Clock {
    pub(super) remaining_ms: i64,
    pub(super) timed: bool,
    pub(super) stands: bool,
    pub(super) state: String,
}

/// A cell of the navigator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Cell {
    pub(super) seen: bool,
    pub(super) answered: bool,
    pub(super) flagged: bool,
}

/// A sitting on screen.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sitting {
    pub(super) id: String,
    pub(super) exam: String,
    pub(super) items: u32,
    pub(super) clock: Clock,
    pub(super) cells: Vec<Cell>,
    pub(super) explained: bool,
    pub(super) stop_clock: bool,
    pub(super) on_break: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ShownOption {
    pub(super) chosen: bool,
    pub(super) struck: bool,
}

/// A question on screen.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Question {
    pub(super) position: u32,
    pub(super) select: u32,
    pub(super) options: Vec<ShownOption>,
    pub(super) arrangement: Vec<Option<u8>>,
    pub(super) flagged: bool,
    pub(super) confidence: Option<Confidence>,
    pub(super) comment: String,
}

/// The answer to an action on a question.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Ack {
    pub(super) clock: Clock,
    pub(super) cell: Cell,
    pub(super) question: Question,
    pub(super) feedback: Option<serde_json::Value>,
}

/// A card on screen.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Card {
    pub(super) id: i64,
}

/// Study on screen.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Study {
    pub(super) card: Option<Card>,
}
