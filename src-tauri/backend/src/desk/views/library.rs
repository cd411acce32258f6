//! The library: decks as a tree, with what is due in each, and how each is studied.

use serde::{Deserialize, Serialize};

use crate::study::StudyOptions;

/// Where a deck came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum DeckOrigin {
    /// Shipped with Sitwell.
    Bundled,
    /// Imported from a file.
    File,
    /// Made here.
    Made,
}

/// A share that was counted, with the interval that the count allows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CountedShare {
    /// How many.
    pub hits: u32,
    /// Of how many.
    pub of: u32,
    /// Ends of the 95 % interval (Wilson), in [0, 1].
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub low: f64,
    /// Upper end.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub high: f64,
}

/// A deck in the library. Counts include the decks below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DeckRow {
    /// Identity; never shown.
    pub slug: String,
    /// Last part of its name.
    pub title: String,
    /// How deep it hangs, 0 for the top. A deck follows the one it hangs under.
    pub depth: u32,
    /// Where it came from.
    pub origin: DeckOrigin,
    /// `1.3.0`
    pub version: String,
    /// SPDX identifier.
    pub license: String,
    /// Names.
    pub authors: Vec<String>,
    /// Code of the exam it is for.
    pub blueprint: Option<String>,
    /// Cards, suspended ones included.
    pub cards: u32,
    /// Questions.
    pub questions: u32,
    /// Cards due today, those within steps included.
    pub due: u32,
    /// Cards never seen.
    pub new: u32,
    /// Cards taken out of study.
    pub suspended: u32,
    /// Reviews of the last 30 days that were recalled; none when there were none.
    pub recall: Option<CountedShare>,
    /// The recall aimed for, in (0, 1).
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub desired: f64,
    /// When it was last changed.
    pub updated_ms: i64,
    /// Whether it has options of its own.
    pub own_options: bool,
}

/// The library.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LibraryView {
    /// In the order of the tree.
    pub decks: Vec<DeckRow>,
    /// Cards in all.
    pub cards: u32,
    /// Questions in all.
    pub questions: u32,
}

/// How a deck is studied.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DeckOptionsView {
    /// Slug; none for what holds where no deck says otherwise.
    pub deck: Option<String>,
    /// What holds for it.
    pub options: StudyOptions,
    /// Whether it says so itself; otherwise it inherits.
    pub own: bool,
    /// Title of the deck it inherits from; none for the defaults.
    pub from: Option<String>,
}

/// How far an optimisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OptimiseProgress {
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while that is not known.
    pub of: u32,
}

/// How well parameters predict the reviews.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Fit {
    /// Mean log loss; smaller is better.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub log_loss: f64,
    /// Root of the mean squared error over bins of like cards; smaller is better.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Number))]
    pub rmse: f64,
}

/// How an optimisation ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "ended")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum OptimiseView {
    /// There are too few reviews to learn from.
    TooFew {
        /// Reviews that count: in review, on another day than the one before.
        have: u32,
        /// How many it takes.
        need: u32,
    },
    /// The learner stopped it; nothing was changed.
    Cancelled,
    /// New parameters were found; they are not in use yet.
    Found {
        /// Reviews learned from.
        reviews: u32,
        /// With the parameters in use.
        before: Fit,
        /// With the new ones.
        after: Fit,
        /// The new parameters.
        #[cfg_attr(feature = "bindings", specta(type = Vec<specta_typescript::Number>))]
        parameters: Vec<f32>,
        /// Whether they predict better; when not, keep the old.
        better: bool,
    },
}
