//! Importing and exporting: what is in a file, what will happen to it, and what happened.

use serde::{Deserialize, Serialize};

pub use crate::formats::delimited::{ColumnChoice, ColumnRole, ColumnsView};
use crate::formats::{Format, Place, Severity};

/// How an item of a file stands to what is in the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ItemFate {
    /// Not here yet.
    New,
    /// Here with other words.
    Updated,
    /// Here with the same words.
    Unchanged,
    /// It cannot be read, or the learner leaves it out.
    Skipped,
}

/// What to do with an item that is here with other words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Resolve {
    /// Use the words of the file; progress stays.
    #[default]
    File,
    /// Keep mine.
    Mine,
    /// Keep both: the file's becomes an item of its own.
    Both,
}

/// Where the items go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "into")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ImportTarget {
    /// Decks of the file's own names.
    #[default]
    Own,
    /// All into this deck.
    Deck {
        /// Its slug.
        slug: String,
    },
}

/// How to bring a file in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportOptions {
    /// Where to.
    pub target: ImportTarget,
    /// What happens to items that are here with other words, unless said of one of them.
    pub existing: Resolve,
    /// Whether reviews, intervals, suspensions and flags come along.
    pub scheduling: bool,
    /// Code of the exam to whose tasks items are matched; none: they are not.
    pub exam: Option<String>,
    /// How a delimited file is read; none where it is not one.
    pub columns: Option<ColumnChoice>,
}

/// What is said of single items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportChoices {
    /// Of matches, by their number.
    pub matches: Vec<MatchChoice>,
    /// Of tasks, by the number of the item.
    pub tasks: Vec<TaskChoice>,
}

/// What to do with one match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MatchChoice {
    /// Number of the match.
    pub id: u32,
    /// What to do.
    pub resolve: Resolve,
}

/// The task of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskChoice {
    /// Number of the item in the file.
    pub item: u32,
    /// Its task; none for no task.
    pub task: Option<String>,
}

/// A deck of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportDeck {
    /// Its title with those it hangs under.
    pub title: String,
    /// Whether it is here already.
    pub exists: bool,
    /// Cards that its items make.
    pub cards: u32,
    /// Questions.
    pub questions: u32,
}

/// Counts of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportCounts {
    /// Decks.
    pub decks: u32,
    /// Items that make cards.
    pub notes: u32,
    /// Cards.
    pub cards: u32,
    /// Questions.
    pub questions: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// Reviews.
    pub reviews: u32,
    /// Items not here yet.
    pub new: u32,
    /// Items here with other words.
    pub updated: u32,
    /// Items here with the same words.
    pub unchanged: u32,
    /// Items that cannot be read or are left out.
    pub skipped: u32,
}

/// Something to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportWarning {
    /// How bad it is: an error left its item out.
    pub severity: Severity,
    /// Stable name.
    pub code: String,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Warnings of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct WarningGroup {
    /// Stable name.
    pub code: String,
    /// How bad they are.
    pub severity: Severity,
    /// How many.
    pub count: u32,
    /// The first of them, at most 200.
    pub first: Vec<ImportWarning>,
}

/// Something in the file that is no item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PassedOverView {
    /// Stable name of the reason.
    pub code: String,
    /// Where.
    pub place: Place,
    /// Its first words.
    pub text: String,
}

/// Why an item of the file is held against one that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum MatchKind {
    /// The same identity with other words.
    Same,
    /// Another identity with the same words.
    Exact,
    /// Another identity with nearly the same words.
    Near,
}

/// An item of the file beside one that is here. Sides are clean HTML.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MatchView {
    /// Its number.
    pub id: u32,
    /// Why.
    pub kind: MatchKind,
    /// How much of the words they share, in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub similarity: f64,
    /// Whether what asks is the same in both.
    pub same_front: bool,
    /// What mine asks.
    pub mine_front_html: String,
    /// What mine answers.
    pub mine_back_html: String,
    /// Deck of mine.
    pub mine_deck: String,
    /// When mine was last changed.
    pub mine_changed_ms: Option<i64>,
    /// What the file's asks, with what it has other than mine marked as `<ins>`.
    pub file_front_html: String,
    /// What the file's answers, with what it has other than mine marked as `<ins>`.
    pub file_back_html: String,
    /// When the file's was last changed.
    pub file_changed_ms: Option<i64>,
    /// What happens unless something is chosen.
    pub resolve: Resolve,
}

/// How sure a match to a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum MappingConfidence {
    /// The file or its tags name it.
    Named,
    /// Its words are those of the task.
    Likely,
    /// A guess by its words.
    Unsure,
}

/// An item with the task it was matched to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MappedItem {
    /// Its number in the file.
    pub item: u32,
    /// Its first words.
    pub text: String,
    /// The task; none when it was matched to none.
    pub task: Option<String>,
    /// How sure that is; none without a task.
    pub confidence: Option<MappingConfidence>,
    /// Chance that it is right, in [0, 1]; none without a task.
    #[cfg_attr(feature = "bindings", specta(type = Option<specta_typescript::Number>))]
    pub chance: Option<f64>,
}

/// How items were matched to the tasks of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MappingView {
    /// Code of the exam.
    pub exam: String,
    /// Items matched, by task, in the exam's order; tasks without any are there too.
    pub tasks: Vec<MappedTask>,
    /// Items matched to a task.
    pub matched: u32,
    /// Items left without one; they can be studied and drilled by deck.
    pub unmatched: u32,
    /// Those without a task and those matched without being sure, at most 500.
    pub to_check: Vec<MappedItem>,
}

/// How many items were matched to a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MappedTask {
    /// Id of the task.
    pub task: String,
    /// Its title.
    pub title: String,
    /// Items matched to it.
    pub items: u32,
}

/// What is in a file and what will happen. Nothing has been changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportPreview {
    /// Name of the file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it is.
    pub format: Format,
    /// What made it, where it says so.
    pub made_with: Option<String>,
    /// Licences that it names.
    pub licenses: Vec<String>,
    /// Authors that it names.
    pub authors: Vec<String>,
    /// Addresses it says it came from.
    pub sources: Vec<String>,
    /// What holds for this preview.
    pub options: ImportOptions,
    /// Its decks, at most 200.
    pub decks: Vec<ImportDeck>,
    /// Counts, with the choices made so far.
    pub counts: ImportCounts,
    /// Warnings by kind, worst first.
    pub warnings: Vec<WarningGroup>,
    /// How much was passed over.
    pub passed_over: u32,
    /// The first of it, at most 200.
    pub passed_over_first: Vec<PassedOverView>,
    /// Items held against ones that are here, at most 500, the most alike first.
    pub matches: Vec<MatchView>,
    /// How many there are.
    pub matches_total: u32,
    /// How items were matched to tasks; none when they were not.
    pub mapping: Option<MappingView>,
    /// Whether the file has scheduling.
    pub has_scheduling: bool,
    /// How a delimited file was understood.
    pub columns: Option<ColumnsView>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportProgress {
    /// What is being done.
    pub stage: ImportStage,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while that is not known.
    pub of: u32,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ImportStage {
    /// Reading the file.
    Reading,
    /// Holding it against the collection.
    Comparing,
    /// Keeping it.
    Keeping,
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase", tag = "ended")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Imported {
    /// It is in the collection; undo takes it out whole.
    Done {
        /// What came in.
        counts: ImportCounts,
        /// Slugs of the decks that were touched.
        decks: Vec<String>,
    },
    /// The learner stopped it; nothing was changed.
    Cancelled,
}

/// What to export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportOptions {
    /// Slug of a deck, with those below it; none: all that are not bundled.
    pub deck: Option<String>,
    /// As what.
    pub format: ExportFormat,
    /// Whether reviews, intervals, suspensions and flags go along; only an `.apkg` holds them.
    pub scheduling: bool,
}

/// A format that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ExportFormat {
    /// Native Markdown in a zip, `.sitwell.zip`.
    Markdown,
    /// An Anki package.
    Apkg,
    /// Comma-separated values.
    Csv,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExportProgress {
    /// Items, pictures and sounds written.
    pub done: u32,
    /// How many there are; 0 while that is not known.
    pub of: u32,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Exported {
    /// Where it is.
    pub path: String,
    /// Decks.
    pub decks: u32,
    /// Items that make cards.
    pub notes: u32,
    /// Cards.
    pub cards: u32,
    /// Questions.
    pub questions: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// What the format cannot hold, in words; empty when nothing was lost.
    pub left_out: Vec<String>,
}
