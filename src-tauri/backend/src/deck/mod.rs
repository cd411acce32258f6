//! What a deck is: a titled, versioned, licensed list of items. An item is a question or a card.

mod cloze;
pub mod guess;
mod ids;
mod item;
pub mod lint;
mod media;
mod response;
mod vocabulary;

pub use cloze::{Cloze, MAX_NUMBER, Shown};
pub use ids::{ContentHash, DeckSlug, IdError, ItemId, ItemSlug};
pub use item::{
    Card, CardStyle, Choice, Difficulty, Face, Item, ItemBody, Markup, Question, Reference,
    ResponseKind, is_https,
};
pub use media::{MAX_MEDIA, MAX_MEDIA_FILE, MediaFault, MediaFile, MediaKind};
pub use response::{AlsoTask, Answer, Case, Interaction, Places, Prompt};

use serde::{Deserialize, Serialize};

/// What a deck says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeckMeta {
    /// First half of every item's id; never changes over a deck's life.
    pub slug: DeckSlug,
    /// What people see.
    pub title: String,
    /// Version of the deck as a whole.
    pub version: semver::Version,
    /// SPDX identifier.
    pub license: String,
    /// Names, in the order given.
    pub authors: Vec<String>,
    /// Code of the exam whose tasks the items name, if any.
    pub blueprint: Option<String>,
    /// BCP 47 language tag.
    pub language: String,
}

/// A deck with its items in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// Front matter.
    pub meta: DeckMeta,
    /// Markdown between the front matter and the first item; empty when there is none.
    pub introduction: String,
    /// Items, ids unique.
    pub items: Vec<Item>,
    /// The files that they show, names unique.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaFile>,
}

impl Deck {
    /// The questions of the deck with their items, in reading order.
    pub fn questions(&self) -> impl Iterator<Item = (&Item, &Question)> {
        self.items.iter().filter_map(|item| match &item.body {
            ItemBody::Question(question) => Some((item, question)),
            ItemBody::Card(_) => None,
        })
    }

    /// The cards of the deck with their items, in reading order.
    pub fn cards(&self) -> impl Iterator<Item = (&Item, &Card)> {
        self.items.iter().filter_map(|item| match &item.body {
            ItemBody::Card(card) => Some((item, card)),
            ItemBody::Question(_) => None,
        })
    }
}
