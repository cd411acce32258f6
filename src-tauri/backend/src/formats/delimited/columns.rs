//! How the columns of a delimited file are read.

use serde::{Deserialize, Serialize};

/// How the columns of a delimited file are read. What is none is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ColumnChoice {
    /// One character; none: found out.
    pub delimiter: Option<String>,
    /// WHATWG name of the encoding; none: found out.
    pub encoding: Option<String>,
    /// Whether the first row names the columns; none: found out.
    pub header: Option<bool>,
    /// What each column holds; empty: found out.
    pub roles: Vec<ColumnRole>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ColumnRole {
    /// Nothing that is imported.
    Ignore,
    /// The side of a card that asks.
    Front,
    /// The side that answers.
    Back,
    /// The stem of a question.
    Stem,
    /// An option.
    Option,
    /// Letters or numbers of the keys, or their text.
    Key,
    /// Why the key is the key.
    Explanation,
    /// Task of an exam.
    Task,
    /// Tags.
    Tags,
    /// Deck.
    Deck,
    /// Identity.
    Guid,
    /// Kind of note.
    NoteType,
    /// Easy, medium or hard.
    Difficulty,
    /// An address to look it up.
    Reference,
}

/// A delimited file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ColumnsView {
    /// One character.
    pub delimiter: String,
    /// WHATWG name.
    pub encoding: String,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Names of the columns, or their first values.
    pub names: Vec<String>,
    /// What each holds.
    pub roles: Vec<ColumnRole>,
    /// The first rows, at most five.
    pub rows: Vec<Vec<String>>,
}
