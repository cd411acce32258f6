//! Reports of items, as they are shown and sent.

use serde::{Deserialize, Serialize};

/// What a learner holds against an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ReportReason {
    /// The key is wrong.
    Key,
    /// More than one answer can be defended, or none.
    Ambiguous,
    /// It was right once.
    Outdated,
    /// Something else; the words say what.
    Other,
}

impl ReportReason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Key, Self::Ambiguous, Self::Outdated, Self::Other];

    /// As it is stored. Never rename: collections are for ever.
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Ambiguous => "ambiguous",
            Self::Outdated => "outdated",
            Self::Other => "other",
        }
    }

    /// In words, for the author of a deck.
    pub fn words(self) -> &'static str {
        match self {
            Self::Key => "The key is wrong",
            Self::Ambiguous => "Ambiguous",
            Self::Outdated => "Out of date",
            Self::Other => "Something else",
        }
    }
}

/// A report of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ItemReport {
    /// Identity.
    pub id: i64,
    /// `deck/item`
    pub item: String,
    /// Hash of the wording it is about.
    pub version: String,
    /// Slug of its deck.
    pub deck: String,
    /// What the deck is called.
    pub deck_title: String,
    /// The deck's version now.
    pub deck_version: String,
    /// Beginning of the wording, as plain text.
    pub text: String,
    /// What is held against it.
    pub reason: ReportReason,
    /// The learner's words, plain text; may be empty.
    pub words: String,
    /// Local day, `2026-11-24`.
    pub date: String,
}

/// How reports are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ReportFormat {
    /// For people: a heading for each deck and question.
    Markdown,
    /// For programs: a list of [`ItemReport`].
    Json,
}
