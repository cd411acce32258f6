//! What can be practised beside mocks.

use serde::{Deserialize, Serialize};

use crate::exam::custom::{OwnTime, PaperSelection};

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
        /// Whether a clock runs, at the exam's time for each question.
        paced: bool,
    },
    /// A paper of the learner's own making.
    Custom {
        /// What it is made of.
        paper: CustomPaper,
    },
}

/// A paper of the learner's own making.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CustomPaper {
    /// How many questions at most, 1 to 100.
    pub items: u32,
    /// Which questions.
    pub selection: PaperSelection,
    /// Which of them, by their latest answers.
    pub pool: DrillPool,
    /// Its clock.
    pub time: OwnTime,
    /// Whether each answer is explained at once; at the end otherwise.
    pub explained: bool,
}

impl Default for CustomPaper {
    fn default() -> Self {
        Self {
            items: 20,
            selection: PaperSelection::default(),
            pool: DrillPool::All,
            time: OwnTime::None,
            explained: true,
        }
    }
}

/// What a sitting would come to if it were begun now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PaperOutline {
    /// Questions it would have; 0 when it cannot be begun.
    pub items: u32,
    /// Its minutes, granted ones included; none without a clock.
    pub minutes: Option<u32>,
    /// Why it would have none, in a sentence.
    pub problem: Option<String>,
    /// Questions of the longest faithful paper instead, where there is one.
    pub largest: Option<u32>,
}

/// Something that questions can be chosen by, with how many it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CountedName {
    /// A slug of a deck, or a tag.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Questions.
    pub questions: u32,
}

/// What a paper of one's own can be made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CustomView {
    /// What was asked about, or the paper that was last begun.
    pub paper: CustomPaper,
    /// The decks with questions, by title.
    pub decks: Vec<CountedName>,
    /// The tags of the questions of these decks and tasks, the most used first; at most 60.
    pub tags: Vec<CountedName>,
    /// How many of the selection each pool holds.
    pub pools: PoolCounts,
    /// What it would come to.
    pub outline: PaperOutline,
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
