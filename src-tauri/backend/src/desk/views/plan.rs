//! What today holds, in cards and minutes.

use serde::Serialize;

/// A task by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskName {
    /// `1.2`
    pub id: String,
    /// As the exam guide words it.
    pub title: String,
    /// Place of its domain in the blueprint, from 0.
    pub domain_index: u32,
}

/// A few questions for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlannedDrill {
    /// How many.
    pub questions: u32,
    /// The task they are of: the one most worth it.
    pub task: TaskName,
    /// Minutes they take at the exam's pace, though no clock runs.
    pub minutes: u32,
}

/// A day between now and the exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlannedDay {
    /// `2026-11-24`
    pub date: String,
    /// Reviews expected on it: due by then, and those that new cards bring.
    pub reviews: u32,
    /// New cards planned for it.
    pub new: u32,
    /// Minutes they take, by this learner's own pace.
    pub minutes: u32,
}

/// The plan of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PlanView {
    /// Gradings done today.
    pub done: u32,
    /// Of those, how many were recalled.
    pub recalled: u32,
    /// Minutes spent today, rounded.
    pub minutes_done: u32,
    /// Cards due: in review and within steps.
    pub due: u32,
    /// Of those, how many were due before today.
    pub overdue: u32,
    /// Minutes they take, rounded up.
    pub due_minutes: u32,
    /// New cards for today.
    pub new: u32,
    /// Minutes they take, rounded up.
    pub new_minutes: u32,
    /// The task that most of them belong to.
    pub new_task: Option<TaskName>,
    /// A few questions; none when a drill was begun today, or there are none to ask.
    pub drill: Option<PlannedDrill>,
    /// Seconds that a review takes this learner; a usual figure until there are enough.
    pub seconds_per_review: u32,
    /// When the day was shortened: minutes it may take in all.
    pub budget_minutes: Option<u32>,
    /// The days up to the exam, today first; empty without a date ahead. At most 120.
    pub days: Vec<PlannedDay>,
}
