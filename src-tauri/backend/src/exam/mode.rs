//! Ways to sit.

use serde::{Deserialize, Serialize};

/// How a paper is sat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Mode {
    /// A paper in the exam's proportions, against the clock.
    Mock,
    /// A first look over all domains, untimed; each question's level follows the answers so far.
    Diagnostic,
    /// A domain or a task alone, at the exam's pace.
    Section,
    /// Practice with the reasons after each answer.
    Drill,
    /// A paper of the learner's own making.
    Custom,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Mock, Self::Diagnostic, Self::Section, Self::Drill, Self::Custom];

    /// As it is stored. Never rename: collections are for ever.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mock => "mock",
            Self::Diagnostic => "diagnostic",
            Self::Section => "section",
            Self::Drill => "drill",
            Self::Custom => "custom",
        }
    }

    /// The mode stored under a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Whether its result is a score on the exam's scale. Only a paper in the exam's proportions,
    /// against the clock, may claim one.
    pub fn scaled(self) -> bool {
        self == Self::Mock
    }
}
