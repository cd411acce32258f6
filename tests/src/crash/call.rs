//! What is asked of Sitwell: the commands of the window, by the names they have there.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sitwell_backend::desk::views::{Practice, Profile};
use sitwell_backend::desk::{DeskError, Sitwell};
use sitwell_backend::exam::Conditions;
use sitwell_backend::exam::sitting::Confidence;
use sitwell_backend::study::Grade;

/// A command with its arguments, as the window sends them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", content = "args", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "named as the verbs of the front desk, which say what they do")]
pub enum Call {
    Preferences,
    ChooseExam { profile: Profile },
    StartExam { code: String, items: Option<u32>, conditions: Conditions },
    StartPractice { code: String, practice: Practice, conditions: Conditions },
    Sitting { id: String },
    See { id: String, position: u32 },
    Choose { id: String, position: u32, options: Vec<u8> },
    Arrange { id: String, position: u32, responses: Vec<Option<u8>> },
    Strike { id: String, position: u32, option: u8, struck: bool },
    Flag { id: String, position: u32, flagged: bool },
    Sure { id: String, position: u32, confidence: Option<Confidence> },
    Comment { id: String, position: u32, text: String },
    Check { id: String, position: u32 },
    Leave { id: String },
    Pause { id: String },
    ComeBack { id: String },
    EndExam { id: String },
    AbandonExam { id: String },
    Study,
    GradeCard { card: i64, grade: Grade, taken_ms: u32 },
    UndoStudy,
}

/// What came back: what is shown, or why nothing was done.
pub type Answer = Result<Value, Refused>;

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// A short stable name.
    pub code: String,
    /// In a sentence.
    pub message: String,
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string() }
    }
}

impl Call {
    /// The sitting it is about.
    pub fn sitting(&self) -> Option<&str> {
        match self {
            Self::Sitting { id }
            | Self::See { id, .. }
            | Self::Choose { id, .. }
            | Self::Arrange { id, .. }
            | Self::Strike { id, .. }
            | Self::Flag { id, .. }
            | Self::Sure { id, .. }
            | Self::Comment { id, .. }
            | Self::Check { id, .. }
            | Self::Leave { id }
            | Self::Pause { id }
            | Self::ComeBack { id }
            | Self::EndExam { id }
            | Self::AbandonExam { id } => Some(id),
            _ => None,
        }
    }

    /// Whether it begins a sitting.
    pub fn begins(&self) -> bool {
        matches!(self, Self::StartExam { .. } | Self::StartPractice { .. })
    }

    /// Has the front desk carry it out.
    pub async fn carry_out(self, desk: &Sitwell) -> Answer {
        match self {
            Self::Preferences => shown(desk.preferences().await),
            Self::ChooseExam { profile } => shown(desk.choose_exam(profile).await),
            Self::StartExam { code, items, conditions } => {
                shown(desk.start_exam(&code, items, conditions).await)
            }
            Self::StartPractice { code, practice, conditions } => {
                shown(desk.start_practice(&code, practice, conditions).await)
            }
            Self::Sitting { id } => shown(desk.sitting(&id).await),
            Self::See { id, position } => shown(desk.see(&id, position).await),
            Self::Choose { id, position, options } => {
                shown(desk.choose(&id, position, &options).await)
            }
            Self::Arrange { id, position, responses } => {
                shown(desk.arrange(&id, position, &responses).await)
            }
            Self::Strike { id, position, option, struck } => {
                shown(desk.strike(&id, position, option, struck).await)
            }
            Self::Flag { id, position, flagged } => shown(desk.flag(&id, position, flagged).await),
            Self::Sure { id, position, confidence } => {
                shown(desk.sure(&id, position, confidence).await)
            }
            Self::Comment { id, position, text } => shown(desk.comment(&id, position, &text).await),
            Self::Check { id, position } => shown(desk.check(&id, position).await),
            Self::Leave { id } => shown(desk.leave(&id).await),
            Self::Pause { id } => shown(desk.pause(&id).await),
            Self::ComeBack { id } => shown(desk.come_back(&id).await),
            Self::EndExam { id } => shown(desk.end_exam(&id).await),
            Self::AbandonExam { id } => shown(desk.abandon_exam(&id).await),
            Self::Study => shown(desk.study().await),
            Self::GradeCard { card, grade, taken_ms } => {
                shown(desk.grade_card(card, grade, taken_ms).await)
            }
            Self::UndoStudy => shown(desk.undo_study().await),
        }
    }
}

fn shown<T: Serialize>(answer: Result<T, DeskError>) -> Answer {
    serde_json::to_value(answer?)
        .map_err(|why| Refused { code: "unreadable".into(), message: why.to_string() })
}
