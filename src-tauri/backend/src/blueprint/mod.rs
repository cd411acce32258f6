//! What an exam is: domains and tasks with their weights, timing, item counts, score scale and
//! question types. An exam is data; nothing else in Sitwell knows an exam's numbers.

mod check;
mod load;
#[cfg(test)]
mod tests;

pub use load::{Fault, LoadError, LocatedFault, MAX_FILE, load};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether an exam can still be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum Status {
    /// It can be sat.
    Active,
    /// It can no longer be sat.
    Retired {
        /// Last day on which it was offered.
        last_sitting: NaiveDate,
    },
}

/// A question type that the real exam uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionType {
    /// One key among four options.
    MultipleChoice,
    /// Two or more keys among five or more options.
    MultipleResponse,
    /// Put steps in order.
    Ordering,
    /// Match prompts to responses.
    Matching,
    /// Two or more questions, of the other types, about one scenario.
    CaseStudy,
}

/// The published reporting scale, and Sitwell's prior for the map onto it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Lowest scaled score.
    pub min: u16,
    /// Highest scaled score.
    pub max: u16,
    /// Cut score: the lowest scaled score that passes.
    pub pass: u16,
    /// Share of scored items that reaches the cut, in (0, 1). Providers do not publish it: this
    /// is the mean of a prior.
    pub required_share: f64,
    /// Standard deviation of that prior.
    pub required_share_sd: f64,
}

/// A task statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// `1.2`
    pub id: String,
    /// As the exam guide words it.
    pub title: String,
    /// Weight inside its domain, relative to its siblings.
    pub weight: f64,
}

/// A content domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// `1`
    pub id: String,
    /// As the exam guide words it.
    pub title: String,
    /// Share of the scored items, in percent; a blueprint's weights sum to 100.
    pub weight: f64,
    /// At least one.
    pub tasks: Vec<Task>,
}

/// What a break does in the real exam.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breaks {
    /// Whether the clock stands while anyone is on a break.
    pub stop_clock: bool,
}

/// What the exam grants to candidates who ask for it and show why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accommodations {
    /// Further time that may be granted, in percent of the sitting time.
    pub extra_percent: Vec<u32>,
    /// Whether breaks during which the clock stands may be granted.
    pub stop_clock_breaks: bool,
}

/// An exam, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Blueprint {
    /// `MLS-C01`
    pub code: String,
    /// Full name.
    pub title: String,
    /// Who gives the exam.
    pub provider: String,
    /// Whether it can be booked.
    pub status: Status,
    /// Codes of the exams to look at when this one is retired.
    pub successors: Vec<String>,
    /// Sitting time.
    pub minutes: u32,
    /// Items in a paper.
    pub items: u32,
    /// Items in a paper that count.
    pub scored_items: u32,
    /// Reporting scale.
    pub scale: Scale,
    /// Types the real exam uses.
    pub question_types: Vec<QuestionType>,
    /// Share of items with multiple response that a form aims at, in [0, 1].
    pub multiple_response_share: f64,
    /// The same for orders; none leaves it to the bank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordering_share: Option<f64>,
    /// The same for matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching_share: Option<f64>,
    /// Extra minutes a candidate may be granted (for instance English as a second language).
    pub extra_minutes: u32,
    /// Breaks that everybody has.
    #[serde(default)]
    pub breaks: Breaks,
    /// What may be granted beside the extra minutes.
    #[serde(default)]
    pub accommodations: Accommodations,
    /// At least one; ids unique over domains, and over tasks.
    pub domains: Vec<Domain>,
    /// Where the facts come from.
    pub source: String,
    /// When they were last checked.
    pub checked: NaiveDate,
}

impl Blueprint {
    /// Items in a paper that do not count.
    pub fn unscored_items(&self) -> u32 {
        self.items - self.scored_items
    }

    /// The task with this id, and its domain.
    pub fn task(&self, id: &str) -> Option<(&Domain, &Task)> {
        self.domains
            .iter()
            .find_map(|domain| domain.tasks.iter().find(|task| task.id == id).map(|t| (domain, t)))
    }

    /// All tasks in order, with their domains.
    pub fn tasks(&self) -> impl Iterator<Item = (&Domain, &Task)> {
        self.domains.iter().flat_map(|domain| domain.tasks.iter().map(move |task| (domain, task)))
    }
}
