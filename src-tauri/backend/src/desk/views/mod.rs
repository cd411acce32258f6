//! What the front desk shows: one struct for each thing a screen or a script reads. Times are
//! Unix milliseconds, durations milliseconds; both fit a JavaScript number.

mod exam;
mod learner;
mod result;
mod sitting;
mod study;

pub use exam::{DomainView, ExamView, Successor, TaskView};
pub use learner::{Preferences, Profile, Theme, TodayView};
pub use result::{AnswerChange, ExplainedOption, ExplanationView, ResultLine, ResultView};
pub use sitting::{
    Ack, CellView, ClockView, OptionView, Outcome, QuestionView, SittingState, SittingSummary,
    SittingView,
};
pub use study::{CardView, GradeView, StudyView, Wait};
