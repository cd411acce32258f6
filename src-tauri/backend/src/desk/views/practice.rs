//! What can be practised beside mocks.

use serde::{Deserialize, Serialize};

/// Which questions a drill draws from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum DrillPool {
    /// Every question.
    All,
    /// Those never seen in a sitting.
    Unseen,
    /// Those whose latest answer was wrong.
    Missed,
    /// Those flagged in the latest sitting that asked them.
    Flagged,
    /// Those where the latest answer was said to be a guess or fairly sure.
    Unsure,
    /// Those on the learner's list.
    Listed,
}

/// A sitting other than a mock, to be begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "mode")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Practice {
    /// A first look over all domains.
    Diagnostic,
    /// A part of the exam at its pace.
    Section {
        /// Id of a domain or a task.
        part: String,
        /// How many questions; as many as a mock has of it when none is given.
        items: Option<u32>,
    },
    /// Questions with the reasons after each answer.
    Drill {
        /// Ids of tasks; all of them when empty.
        tasks: Vec<String>,
        /// How many questions at most, 1 to 100.
        items: u32,
        /// Which questions.
        pool: DrillPool,
    },
}

/// How many questions each pool of a drill holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PoolCounts {
    /// Every question.
    pub all: u32,
    /// Those never seen.
    pub unseen: u32,
    /// Those missed.
    pub missed: u32,
    /// Those flagged.
    pub flagged: u32,
    /// Those answered without being sure.
    pub unsure: u32,
    /// Those on the learner's list.
    pub listed: u32,
}
