//! What every writer of an outside format takes: decks with their items, what was learned of
//! them, and the files that their text shows.

use super::DraftStudy;
use crate::deck::{DeckMeta, Item};

/// A deck as it leaves the collection.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExportDeck {
    /// Its slug.
    pub slug: String,
    /// Its title with those it hangs under, outermost first; never empty.
    pub path: Vec<String>,
    /// Markdown about it; empty when there is none.
    pub introduction: String,
    /// What it says about itself, where it is a native deck or came with its licence.
    pub meta: Option<DeckMeta>,
    /// In the order of the deck.
    pub items: Vec<ExportItem>,
    /// The files that its text shows.
    pub media: Vec<ExportMedia>,
}

/// An item as it leaves the collection.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportItem {
    /// Its words, with its tags and its task.
    pub item: Item,
    /// The identity it came with from another program.
    pub source_id: Option<String>,
    /// When its words were last changed, Unix milliseconds.
    pub changed_ms: i64,
    /// What was learned of its cards, by ordinal; empty to leave that out.
    pub study: Vec<DraftStudy>,
}

/// A file that the text of a deck shows; its bytes are asked for when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportMedia {
    /// As the text writes it.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
}

/// Gives the bytes of a file by its hash; none when it is not kept any more.
pub type MediaBytes<'a> = dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'a;
