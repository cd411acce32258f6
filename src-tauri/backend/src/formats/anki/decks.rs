//! The decks of a collection, and which of them are in the draft.

use std::collections::{BTreeMap, HashMap};

use prost::Message as _;
use serde::Deserialize;

use super::AnkiError;
use super::proto::DeckKind;
use crate::formats::DraftDeck;
use crate::rich_text;
use crate::store::anki::DeckRow;

/// Most decks of a collection, and deepest nesting.
const MAX_DECKS: usize = 50_000;
const MAX_DEPTH: usize = 32;
/// Longest part of a name that is kept, in characters, and longest description, in bytes.
const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 64 * 1024;
/// Where cards go whose deck is not in the file.
const NO_NAME: &str = "Anki";

/// A deck as the collection has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deck {
    /// Outermost first.
    pub(super) path: Vec<String>,
    introduction: String,
}

#[derive(Deserialize)]
struct JsonDeck {
    name: String,
    #[serde(default)]
    desc: Option<String>,
    #[serde(default)]
    md: Option<bool>,
}

/// The decks of the JSON in `col`, by id.
pub(super) fn of_json(json: &str) -> Result<HashMap<i64, Deck>, AnkiError> {
    let decks: BTreeMap<String, JsonDeck> =
        serde_json::from_str(json).map_err(|why| AnkiError::damaged("decks", &why))?;
    bounded(decks.len())?;
    let deck = |(id, deck): (String, JsonDeck)| {
        let markdown = deck.md == Some(true);
        let introduction = introduction(&deck.desc.unwrap_or_default(), markdown);
        Some((id.parse().ok()?, Deck { path: path(&deck.name, "::"), introduction }))
    };
    Ok(decks.into_iter().filter_map(deck).collect())
}

/// The decks of the table, by id.
pub(super) fn of_rows(rows: Vec<DeckRow>) -> Result<HashMap<i64, Deck>, AnkiError> {
    bounded(rows.len())?;
    let mut decks = HashMap::with_capacity(rows.len());
    for row in rows {
        let kind = DeckKind::decode(&*row.kind).map_err(|why| AnkiError::damaged("decks", &why))?;
        let normal = kind.normal.unwrap_or_default();
        let introduction = introduction(&normal.description, normal.markdown_description);
        decks.insert(row.id, Deck { path: path(&row.name, "\u{1f}"), introduction });
    }
    Ok(decks)
}

fn bounded(decks: usize) -> Result<(), AnkiError> {
    if decks > MAX_DECKS {
        return Err(AnkiError::TooMuch { what: "decks", limit: MAX_DECKS as u64 });
    }
    Ok(())
}

fn path(name: &str, between: &str) -> Vec<String> {
    let parts = name.split(between).map(|part| part.trim().chars().take(MAX_NAME).collect());
    let mut path: Vec<String> = parts.filter(|part: &String| !part.is_empty()).collect();
    path.truncate(MAX_DEPTH);
    if path.is_empty() {
        path.push(NO_NAME.to_owned());
    }
    path
}

fn introduction(description: &str, markdown: bool) -> String {
    if description.len() > MAX_DESCRIPTION {
        return String::new();
    }
    if markdown {
        description.trim().to_owned()
    } else {
        rich_text::markdown_of_words(&rich_text::plain_text_of_html(description))
    }
}

/// The decks that the draft gets: those that have items, with those they hang under.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) decks: Vec<DraftDeck>,
    /// By path.
    places: HashMap<Vec<String>, usize>,
    /// By id.
    found: HashMap<i64, usize>,
    /// The least id of the decks of a path, once one is asked for.
    ids: HashMap<Vec<String>, i64>,
}

impl Shelf {
    /// The place of the deck of this id.
    pub(super) fn place(&mut self, id: i64, known: &HashMap<i64, Deck>) -> usize {
        if let Some(place) = self.found.get(&id) {
            return *place;
        }
        if self.ids.is_empty() {
            for (id, deck) in known {
                let least = self.ids.entry(deck.path.clone()).or_insert(*id);
                *least = (*id).min(*least);
            }
        }
        let fallback = Deck { path: vec![NO_NAME.to_owned()], introduction: String::new() };
        let deck = known.get(&id).unwrap_or(&fallback);
        let place = self.place_of(&deck.path, known);
        self.found.insert(id, place);
        place
    }

    fn place_of(&mut self, path: &[String], known: &HashMap<i64, Deck>) -> usize {
        if let Some(place) = self.places.get(path) {
            return *place;
        }
        if path.len() > 1 {
            self.place_of(&path[..path.len() - 1], known);
        }
        let id = self.ids.get(path).copied();
        // Every collection has a deck of number 1, so that number names none of them.
        let source_id = id.filter(|id| *id > 1).map(|id| id.to_string());
        let deck = id.and_then(|id| known.get(&id));
        let introduction = deck.map(|deck| deck.introduction.clone()).unwrap_or_default();
        let path = path.to_vec();
        self.places.insert(path.clone(), self.decks.len());
        self.decks.push(DraftDeck { path, source_id, introduction, ..DraftDeck::default() });
        self.decks.len() - 1
    }
}
