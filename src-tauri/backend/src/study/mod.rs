//! Study: spaced repetition with FSRS that knows the exam date.

pub mod calibration;
pub mod card;
pub mod day;
pub mod exam_date;
mod fuzz;
pub mod memory;
pub mod options;
pub mod pace;
pub mod projection;
pub mod queue;
pub mod schedule;
pub mod simulate;
#[cfg(test)]
mod tests;
pub mod training;
pub mod tree;
pub mod typed;

pub use card::{CardState, Due, Grade, Memory, Phase};
pub use day::Calendar;
pub use exam_date::{ExamDate, HeldBack};
pub use options::{OptionsError, StudyOptions};
pub use schedule::{BadMemory, Context, Outcome, grade, outcomes};
pub use tree::{Allowance, DeckTree};
