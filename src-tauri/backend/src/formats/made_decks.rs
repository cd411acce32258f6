//! Decks put together item by item.

use std::collections::{HashMap, HashSet};

use super::{DraftDeck, DraftItem, DraftMedia};

/// Decks by their paths, in the order in which they were first named.
#[derive(Debug, Default)]
pub(super) struct Decks {
    made: Vec<DraftDeck>,
    by_path: HashMap<Vec<String>, usize>,
    /// Deck and name of the files that are there.
    shown: HashSet<(usize, String)>,
    /// Identities that items have.
    ids: HashSet<String>,
}

impl Decks {
    /// The deck of this path.
    pub(super) fn deck(&mut self, path: &[String]) -> &mut DraftDeck {
        let index = self.index(path);
        &mut self.made[index]
    }

    /// Adds an item to the deck of this path, with the files that it shows.
    /// One whose identity another has already loses it, and is known by its words.
    pub(super) fn add(&mut self, path: &[String], mut item: DraftItem, media: Vec<DraftMedia>) {
        item.source_id = item.source_id.filter(|id| self.ids.insert(id.clone()));
        self.show(path, media);
        self.deck(path).items.push(item);
    }

    /// Adds files that the text of the deck shows.
    pub(super) fn show(&mut self, path: &[String], media: Vec<DraftMedia>) {
        let index = self.index(path);
        for media in media {
            if self.shown.insert((index, media.name.clone())) {
                self.made[index].media.push(media);
            }
        }
    }

    /// All decks, each after those that it hangs under.
    pub(super) fn finish(self) -> Vec<DraftDeck> {
        ordered(self.made)
    }

    fn index(&mut self, path: &[String]) -> usize {
        if let Some(&index) = self.by_path.get(path) {
            return index;
        }
        self.made.push(DraftDeck { path: path.to_vec(), ..DraftDeck::default() });
        self.by_path.insert(path.to_vec(), self.made.len() - 1);
        self.made.len() - 1
    }
}

/// The same decks, each after those that it hangs under.
pub(super) fn ordered(decks: Vec<DraftDeck>) -> Vec<DraftDeck> {
    let places: HashMap<Vec<String>, usize> =
        decks.iter().zip(0..).map(|(deck, place)| (deck.path.clone(), place)).collect();
    let mut decks: Vec<Option<DraftDeck>> = decks.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(decks.len());
    for index in 0..decks.len() {
        let Some(path) = decks[index].as_ref().map(|deck| deck.path.clone()) else { continue };
        for length in 1..path.len() {
            let place = places.get(&path[..length]);
            ordered.extend(place.and_then(|&place| decks[place].take()));
        }
        ordered.extend(decks[index].take());
    }
    ordered
}

/// The title of a package of this name: without what tells its format.
pub(super) fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (if stem.is_empty() { name } else { stem }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Card;
    use crate::formats::{DraftContent, Place};

    fn item(id: &str) -> DraftItem {
        DraftItem {
            source_id: Some(id.into()),
            place: Place { file: "a".into(), line: 1 },
            tags: Vec::new(),
            task: None,
            changed_ms: None,
            body: DraftContent::Card(Box::new(Card::basic("a", "b"))),
            also: Vec::new(),
            checked: None,
            study: Vec::new(),
        }
    }

    #[test]
    fn decks_come_after_those_they_hang_under_and_no_identity_is_there_twice() {
        let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
        let file = DraftMedia { name: "a.png".into(), entry: "x/a.png".into(), zstd: false };
        let mut decks = Decks::default();
        decks.add(&path(&["a", "b"]), item("1"), vec![file.clone(), file.clone()]);
        decks.add(&path(&["a"]), item("1"), Vec::new());
        decks.add(&path(&["a", "b"]), item("2"), vec![file]);
        let decks = decks.finish();
        let shown: Vec<_> = decks
            .iter()
            .map(|deck| {
                let ids = deck.items.iter().map(|item| item.source_id.as_deref());
                (deck.path.join("/"), ids.collect::<Vec<_>>(), deck.media.len())
            })
            .collect();
        let expected =
            [("a".to_owned(), vec![None], 0), ("a/b".to_owned(), vec![Some("1"), Some("2")], 1)];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_title_is_the_name_without_its_ending() {
        assert_eq!(title_of("bank.v2.xml"), "bank.v2");
        assert_eq!(title_of(".xml"), ".xml");
        assert_eq!(title_of("bank"), "bank");
    }
}
