//! The result of a sitting.

use serde::{Deserialize, Serialize};

/// A central interval of the scaled score, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Interval {
    /// Lower end, scaled.
    pub low: u16,
    /// Upper end, scaled.
    pub high: u16,
}

/// The marks of a domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DomainReport {
    /// Domain of the blueprint.
    pub domain: String,
    /// Items of the paper.
    pub items: u32,
    /// Those answered right.
    pub correct: u32,
    /// Items that count.
    pub scored_items: u32,
    /// Those of them answered right.
    pub scored_correct: u32,
    /// Scaled score by the map of the whole paper; the scale's minimum when nothing counts here.
    pub scaled: u16,
    /// Where the score that ability in this domain is expected to give lies with 95 %, going by
    /// this domain's scored items alone, which are few. Widened where needed to hold `scaled`.
    pub interval_95: Interval,
    /// Whether `scaled` reaches the pass mark. Says nothing about passing: the exam is
    /// compensatory.
    pub meets_competencies: bool,
}

/// The marks of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskReport {
    /// Domain of the blueprint.
    pub domain: String,
    /// Task of the blueprint.
    pub task: String,
    /// Items of the paper.
    pub items: u32,
    /// Those answered right.
    pub correct: u32,
    /// Items that count.
    pub scored_items: u32,
    /// Those of them answered right.
    pub scored_correct: u32,
    /// One mark for each item, the right ones first.
    pub marks: Vec<bool>,
}

/// The result of a paper. `correct` of `items` counts the whole paper; all that is scaled counts
/// the scored items only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Report {
    /// [`SCORER_VERSION`](super::score::SCORER_VERSION) of what made it.
    pub scorer_version: u32,
    /// Items of the paper.
    pub items: u32,
    /// Those answered right.
    pub correct: u32,
    /// Those left blank.
    pub blank: u32,
    /// Items that count.
    pub scored_items: u32,
    /// Those of them answered right.
    pub scored_correct: u32,
    /// Scaled score, by Sitwell's estimate of the map.
    pub scaled: u16,
    /// Whether the scaled score reaches the pass mark.
    pub passed: bool,
    /// Where the score that ability is expected to give lies with 95 %, ability and required
    /// share both uncertain. Widened where needed to hold `scaled`.
    pub interval_95: Interval,
    /// The same with 50 %, not widened.
    pub interval_50: Interval,
    /// Chance in [0, 1] that a fresh paper of the same size and difficulty is passed.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub chance_parallel_passes: f64,
    /// Standard error of measurement: how far the score of one paper lies, on average (root mean
    /// square), from the score that ability is expected to give; scaled points.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub sem: f64,
    /// In the order of the blueprint; all of its domains.
    pub domains: Vec<DomainReport>,
    /// In the order of the blueprint; all of its tasks.
    pub tasks: Vec<TaskReport>,
}
