//! What the front desk shows: one struct for each thing a screen or a script reads. Times are
//! Unix milliseconds, durations milliseconds; both fit a JavaScript number.

mod backup;
mod browse;
mod exam;
mod forecast;
mod import;
mod item_report;
mod learner;
mod library;
mod plan;
mod practice;
mod result;
mod sitting;
mod statistics;
mod study;
mod updates;

pub use backup::{
    BackupHolds, BackupKind, BackupRow, BackupsView, Everything, RepairView, RestoreChange,
    RestorePreview,
};
pub use browse::{
    BrowseAction, BrowseColumn, BrowseDone, BrowseOrder, BrowseRow, BrowseView, DraftBody,
    EditorView, ItemDraft, MemoryView, PreviewSides, PreviewView, QueryProblem, QuerySpan,
    RecallPoint, ReviewPoint, RowId, Selection,
};
pub use exam::{DomainView, ExamView, GrantedTime, Successor, TaskView};
pub use forecast::{
    ActionKind, AuditBin, AuditView, Chance, DomainForecast, EvidenceView, ForecastPoint,
    ForecastView, NextAction, PaperMark, RealResult, StudyPlan, WhatIfView,
};
pub use import::{
    ColumnChoice, ColumnRole, ColumnsView, ExportFormat, ExportOptions, ExportProgress, Exported,
    ImportChoices, ImportCounts, ImportDeck, ImportOptions, ImportPreview, ImportProgress,
    ImportStage, ImportTarget, ImportWarning, Imported, ItemFate, MappedItem, MappedTask,
    MappingConfidence, MappingView, MatchChoice, MatchKind, MatchView, PassedOverView, Resolve,
    TaskChoice, WarningGroup,
};
pub use item_report::{ItemReport, ReportFormat, ReportReason};
pub use learner::{Preferences, Profile, Theme, TodayView};
pub use library::{
    CountedShare, DeckOptionsView, DeckOrigin, DeckRow, Fit, LibraryView, OptimiseProgress,
    OptimiseView,
};
pub use plan::{PlanView, PlannedDay, PlannedDrill, TaskName};
pub use practice::{
    CountedName, CustomPaper, CustomView, DrillPool, PaperOutline, PoolCounts, Practice,
};
pub use result::{
    AnswerChange, Beforehand, ChangesOverMocks, EarlierPaper, ExplainedOption, ExplainedPlace,
    ExplanationView, KeyChange, MomentKind, MomentView, PlacedOption, RanOut, RemarkView,
    ResultFormat, ResultLine, ResultView, SimilarQuestion, Sureness,
};
pub use sitting::{
    Ack, CellView, ClockView, OptionView, Outcome, QuestionView, Remarked, SittingState,
    SittingSummary, SittingView,
};
pub use statistics::{Bin, CardCounts, DayCount, PredictedRecall, RetentionRow, StatisticsView};
pub use study::{CardView, GradeView, MadeCard, StudyView, TypedView, Wait};
pub use updates::UpdateSettings;
