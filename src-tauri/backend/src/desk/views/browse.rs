//! Browse: the items of the collection in a table, found by a query, and the editor beside it.

use serde::{Deserialize, Serialize};

use crate::deck::{CardStyle, Difficulty, Markup};
use crate::store::OperationKind;
use crate::study::Phase;

/// What a row of the table is about: a card, or a question that makes no card.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RowId {
    /// The item.
    pub item: String,
    /// Which of its cards; none for a question.
    pub card: Option<i64>,
}

/// Columns that the table can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum BrowseColumn {
    /// The first words.
    Text,
    /// Title of the deck.
    Deck,
    /// Task of the exam.
    Task,
    /// Days until recall has fallen to 90 %.
    Stability,
    /// By FSRS, 1 to 10.
    Difficulty,
    /// Chance of recall today.
    Recall,
    /// When it is due.
    Due,
    /// How often it was seen.
    Reviews,
    /// How often it was forgotten.
    Lapses,
    /// When it came into the collection.
    Added,
}

/// How the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BrowseOrder {
    /// By which column; rows without a value come last either way.
    pub column: BrowseColumn,
    /// Largest first.
    pub descending: bool,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BrowseRow {
    /// What it is about.
    pub id: RowId,
    /// The words of the front or the stem, on one line.
    pub text: String,
    /// Title of the deck.
    pub deck: String,
    /// Task id, where it names one.
    pub task: Option<String>,
    /// Domain of the task in the exam chosen.
    pub domain_index: Option<u32>,
    /// Where the card stands; none for a question.
    pub phase: Option<Phase>,
    /// Days.
    #[cfg_attr(feature = "bindings", specta(type = Option<specta_typescript::Number>))]
    pub stability: Option<f64>,
    /// 1 to 10.
    #[cfg_attr(feature = "bindings", specta(type = Option<specta_typescript::Number>))]
    pub difficulty: Option<f64>,
    /// Chance of recall today, in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = Option<specta_typescript::Number>))]
    pub recall: Option<f64>,
    /// Study days until it is due, negative when late; none when new or a question.
    pub due_in_days: Option<i32>,
    /// How often it was seen.
    pub reviews: u32,
    /// How often it was forgotten.
    pub lapses: u32,
    /// Whether it is taken out of study.
    pub suspended: bool,
    /// Whether it is put off to the next day.
    pub buried: bool,
    /// Colour of its flag, 0 for none.
    pub flag: u8,
    /// The date it came into the collection, `2026-11-24`.
    pub added: String,
}

/// What is wrong in a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct QueryProblem {
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead.
    pub hint: String,
    /// First of the characters it is about, in UTF-16 units from 0.
    pub start: u32,
    /// Behind the last of them.
    pub end: u32,
}

/// A part of a query, for colouring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct QuerySpan {
    /// First character, in UTF-16 units from 0.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// Whether it is the name of a field with its colon, or an operator; words otherwise.
    pub syntax: bool,
}

/// What a query finds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BrowseView {
    /// Rows found in all.
    pub total: u32,
    /// Rows in the collection.
    pub of: u32,
    /// The rows asked for.
    pub rows: Vec<BrowseRow>,
    /// Why the query cannot be understood; there are no rows then.
    pub problem: Option<QueryProblem>,
    /// The parts of the query.
    pub spans: Vec<QuerySpan>,
    /// What undo would take back.
    pub undo: Option<OperationKind>,
    /// What redo would do again.
    pub redo: Option<OperationKind>,
}

/// The rows that an action is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "of", content = "what")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Selection {
    /// These.
    Rows(Vec<RowId>),
    /// All that a query finds.
    Query(String),
}

/// What can be done to rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do", content = "with")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum BrowseAction {
    /// Take cards out of study.
    Suspend,
    /// Put them back.
    Resume,
    /// Put cards off to the next day.
    Bury,
    /// Flag cards with a colour from 1 to 7, or take the flag away with 0.
    Flag(u8),
    /// Make cards new again; their reviews stay in the log.
    Reset,
    /// Give items a tag.
    AddTag(String),
    /// Take a tag away.
    RemoveTag(String),
    /// Take items out of the collection (undo brings them back).
    Delete,
}

/// What an action did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BrowseDone {
    /// Rows that it changed; those that already were so do not count.
    pub changed: u32,
}

/// What can be written of a card or a question; an editor's state and what it sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ItemDraft {
    /// The item; none for a new one.
    pub item: Option<String>,
    /// Slug of its deck.
    pub deck: String,
    /// Task of the deck's blueprint.
    pub task: Option<String>,
    /// Lower-case.
    pub tags: Vec<String>,
    /// Its text.
    pub body: DraftBody,
}

/// The text of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum DraftBody {
    /// A card.
    Card {
        /// How it asks.
        style: CardStyle,
        /// Markdown of the side that asks; of a cloze, the whole text.
        front: String,
        /// Markdown of the side that answers; of a cloze, what is shown besides.
        back: String,
        /// How both are written. A card that is there keeps its own.
        #[serde(default)]
        markup: Markup,
    },
    /// A question, in the native Markdown below its fields: stem, options, reasons, why,
    /// references.
    Question {
        /// Native Markdown.
        markdown: String,
        /// `easy`, `medium` or `hard`.
        difficulty: Difficulty,
    },
}

/// An item in the editor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EditorView {
    /// As it is kept.
    pub draft: ItemDraft,
    /// Title of its deck.
    pub deck_title: String,
    /// Domain of its task.
    pub domain_index: Option<u32>,
    /// The task as the exam guide words it.
    pub task_title: Option<String>,
    /// Whether the learner's words differ from those the deck came with.
    pub edited: bool,
    /// The question that a card was made from: its item.
    pub source: Option<String>,
    /// Its cards with their memory.
    pub cards: Vec<MemoryView>,
}

/// The memory of one card over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MemoryView {
    /// Identity of the card.
    pub card: i64,
    /// Where it stands.
    pub phase: Phase,
    /// Whether it is taken out of study.
    pub suspended: bool,
    /// Colour of its flag, 0 for none.
    pub flag: u8,
    /// Reviews in order.
    pub reviews: Vec<ReviewPoint>,
    /// How often it was forgotten.
    pub lapses: u32,
    /// Chance of recall now, in [0, 1]; none before the first review.
    #[cfg_attr(feature = "bindings", specta(type = Option<specta_typescript::Number>))]
    pub recall: Option<f64>,
    /// The recall aimed for, in (0, 1).
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub desired: f64,
    /// The curve of recall as drawn: pieces between reviews, each from the top down.
    pub curve: Vec<RecallPoint>,
}

/// One review in the memory of a card.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ReviewPoint {
    /// When.
    pub at_ms: i64,
    /// 1 (again) to 4 (easy).
    pub grade: u8,
}

/// A point on the curve of recall.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecallPoint {
    /// When.
    pub at_ms: i64,
    /// In [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub recall: f64,
    /// Whether a new piece begins here, after a review.
    pub starts: bool,
}

/// A draft as it would be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PreviewView {
    /// One for each card it makes, or one for a question.
    pub sides: Vec<PreviewSides>,
    /// What keeps it from being saved, each in a sentence with what to do.
    pub problems: Vec<String>,
}

/// Both sides of a card, or stem and options with the explanation of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PreviewSides {
    /// Clean HTML.
    pub front_html: String,
    /// Clean HTML.
    pub back_html: String,
}
