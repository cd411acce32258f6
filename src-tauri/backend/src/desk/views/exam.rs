//! Exams as they are shown.

use serde::Serialize;

use crate::exam::{Banks, ExtraTime};

/// A task statement of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskView {
    /// `1.2`
    pub id: String,
    /// As the exam guide words it.
    pub title: String,
    /// Questions in the collection.
    pub questions: u32,
    /// Questions of a section test, as many as a mock has of it.
    pub quota: u32,
    /// Their time at the exam's pace.
    pub minutes: u32,
}

/// A domain of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DomainView {
    /// `1`
    pub id: String,
    /// Place in the blueprint from 0; picks the domain's colour and shape.
    pub index: u32,
    /// As the exam guide words it.
    pub title: String,
    /// Percent of the scored items.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub weight: f64,
    /// Questions of a section test, as many as a mock has of it.
    pub quota: u32,
    /// Their time at the exam's pace.
    pub minutes: u32,
    /// In order.
    pub tasks: Vec<TaskView>,
}

/// An exam that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExamView {
    /// `MLS-C01`
    pub code: String,
    /// Full name.
    pub title: String,
    /// Who gives it.
    pub provider: String,
    /// Items in a paper.
    pub items: u32,
    /// Items that count.
    pub scored_items: u32,
    /// Sitting time.
    pub minutes: u32,
    /// Extra minutes that may be granted.
    pub extra_minutes: u32,
    /// What the longest paper that can be drawn now takes: without further time, then with each
    /// that may be granted.
    pub granted: Vec<GrantedTime>,
    /// Whether the clock stands during a break, for everybody.
    pub breaks_stop_clock: bool,
    /// Whether breaks during which the clock stands may be granted.
    pub stop_clock_breaks: bool,
    /// Ends of the score scale and the cut score.
    pub scale_min: u16,
    /// Highest scaled score.
    pub scale_max: u16,
    /// Lowest scaled score that passes.
    pub pass: u16,
    /// Last day it was offered, `2026-03-31`, when retired.
    pub last_sitting: Option<String>,
    /// What to look at instead: code and title.
    pub successors: Vec<Successor>,
    /// In order.
    pub domains: Vec<DomainView>,
    /// Questions in the collection that can serve in a paper.
    pub questions: u32,
    /// The banks that were asked about.
    pub banks: Banks,
    /// Questions for this exam that come with Sitwell, whatever was asked about.
    pub bundled: u32,
    /// Questions for it that the learner brought or wrote.
    pub imported: u32,
    /// Items of the largest faithful paper that can be drawn now; 0 when none can.
    pub largest_paper: u32,
    /// Questions of a diagnostic; 0 when there are none.
    pub diagnostic: u32,
    /// Why a full paper cannot be drawn, in a sentence.
    pub shortfall: Option<String>,
    /// Where its facts come from and when they were checked.
    pub source: String,
    /// `2026-11-24`
    pub checked: String,
}

/// Further time that may be granted, and what the paper takes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GrantedTime {
    /// Which.
    pub extra: ExtraTime,
    /// Minutes of the paper with it.
    pub minutes: u32,
}

/// A successor of a retired exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Successor {
    /// `MLA-C01`
    pub code: String,
    /// Full name where Sitwell knows it, else the code.
    pub title: String,
}
