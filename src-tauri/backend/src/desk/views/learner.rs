//! The learner: what they prepare for, how they like the window, what today holds.

use serde::{Deserialize, Serialize};

use super::{ExamView, SittingSummary};

/// What the learner prepares for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Profile {
    /// Code of the exam; none before the first run is done.
    pub exam: Option<String>,
    /// The day of the exam, or the goal for a retired one, `2026-12-17`.
    pub exam_date: Option<String>,
}

/// How the window looks and answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Preferences {
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// Text size in percent, 90 to 130.
    pub text_size: u16,
    /// Whether single-letter keys act (WCAG 2.1.4).
    pub letter_keys: bool,
    /// Whether an exam asks how sure you are.
    pub ask_confidence: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { theme: Theme::System, text_size: 100, letter_keys: true, ask_confidence: false }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The Today screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TodayView {
    /// Today's date where the learner is, `2026-11-24`.
    pub date: String,
    /// What they prepare for.
    pub profile: Profile,
    /// Days from today to the exam date; negative when it is past.
    pub days_left: Option<i32>,
    /// The exam, when one is chosen.
    pub exam: Option<ExamView>,
    /// A sitting that is still running.
    pub running: Option<SittingSummary>,
    /// Finished sittings, newest first.
    pub finished: Vec<SittingSummary>,
}
