//! Decks put together item by item.

use std::collections::{HashMap, HashSet};

use super::{DraftDeck, DraftItem, DraftMedia};

/// Decks by their paths, in the order in which they were first named.
#[derive(Debug, Default)]
pub(super) struct Decks {
    decks: Vec<DraftDeck>,
    by_path: HashMap<Vec<String>, usize>,
    /// Deck and name of the files that are there.
    shown: HashSet<(usize, String)>,
}

impl Decks {
    /// The deck of this path.
    pub(super) fn deck(&mut self, path: &[String]) -> &mut DraftDeck {
        let index = self.index(path);
        &mut self.decks[index]
    }

    /// Adds an item to the deck of this path, with the files that it shows.
    pub(super) fn add(&mut self, path: &[String], item: DraftItem, media: Vec<DraftMedia>) {
        self.show(path, media);
        self.deck(path).items.push(item);
    }

    /// Adds files that the text of the deck shows.
    pub(super) fn show(&mut self, path: &[String], media: Vec<DraftMedia>) {
        let index = self.index(path);
        for media in media {
            if self.shown.insert((index, media.name.clone())) {
                self.decks[index].media.push(media);
            }
        }
    }

    /// All decks, each after those that it hangs under.
    pub(super) fn finish(self) -> Vec<DraftDeck> {
        let mut decks = self.decks;
        decks.sort_by_key(|deck| deck.path.len());
        decks
    }

    fn index(&mut self, path: &[String]) -> usize {
        if let Some(&index) = self.by_path.get(path) {
            return index;
        }
        self.decks.push(DraftDeck { path: path.to_vec(), ..DraftDeck::default() });
        self.by_path.insert(path.to_vec(), self.decks.len() - 1);
        self.decks.len() - 1
    }
}

/// The title of a package of this name: without what tells its format.
pub(super) fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (if stem.is_empty() { name } else { stem }).to_owned()
}
