//! Items of a file beside those that are here: the same words, or nearly.

use std::collections::HashMap;

use super::words::{SKETCH, Words};
use crate::deck::ItemId;
use crate::desk::views::MatchKind;
use crate::desk::{DeskError, Sitwell};

/// Items read in one go.
const PAGE: u32 = 1_000;
/// Most items remembered for a triple: those of stock phrases occur everywhere and tell nothing.
const MAX_POSTINGS: usize = 64;
/// Hashes of a sketch that two items must share to be looked at.
const SHARED: usize = SKETCH / 2;
/// Share of common triples from which two items are nearly the same.
const ALIKE: f64 = 0.6;
/// Most near matches that are shown; they are looked at one by one.
const MAX_NEAR: usize = 500;

/// An item of a file that is held against one that is here.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    /// Number of the file's item, and of the match.
    pub(super) item: u32,
    pub(super) kind: MatchKind,
    pub(super) mine: ItemId,
    /// How much of the words they share, in [0, 1].
    pub(super) similarity: f64,
}

/// The items that are here, by their words.
pub(super) struct Here {
    ids: Vec<ItemId>,
    exact: HashMap<u64, u32>,
    triples: HashMap<u64, Vec<u32>>,
}

/// What was found for the words of an item.
pub(super) enum Found {
    Exact(ItemId),
    /// To be looked at.
    Near(ItemId),
}

impl Here {
    /// Reads the items that are here.
    pub(super) async fn read(desk: &Sitwell) -> Result<Self, DeskError> {
        let mut here = Self { ids: Vec::new(), exact: HashMap::new(), triples: HashMap::new() };
        let mut after = String::new();
        loop {
            let page = desk.store.words_after(&after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(here) };
            last.id.as_str().clone_into(&mut after);
            for item in page {
                here.add(item.id, &Words::of(&item.item.body));
            }
        }
    }

    fn add(&mut self, id: ItemId, words: &Words) {
        let Ok(place) = u32::try_from(self.ids.len()) else { return };
        self.ids.push(id);
        self.exact.entry(words.hash()).or_insert(place);
        for hash in words.sketch() {
            let places = self.triples.entry(hash).or_default();
            if places.len() < MAX_POSTINGS {
                places.push(place);
            }
        }
    }

    /// The item that says the same, or perhaps nearly; `hash` is that of the words.
    pub(super) fn find(&self, hash: u64, words: &Words) -> Option<Found> {
        if let Some(place) = self.exact.get(&hash) {
            return Some(Found::Exact(self.ids[*place as usize].clone()));
        }
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for hash in words.sketch() {
            for place in self.triples.get(&hash).into_iter().flatten() {
                *shared.entry(*place).or_default() += 1;
            }
        }
        let most =
            shared.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)));
        let (place, _) = most.filter(|(_, count)| *count >= SHARED)?;
        Some(Found::Near(self.ids[place as usize].clone()))
    }
}

/// Looks at near matches: keeps those that share enough of their words.
pub(super) async fn confirm(
    desk: &Sitwell,
    candidates: Vec<(u32, ItemId, Words)>,
) -> Result<Vec<Match>, DeskError> {
    let mut matches = Vec::new();
    for (item, mine, words) in candidates {
        if matches.len() == MAX_NEAR {
            break;
        }
        let here = Words::of(&desk.store.words_of(&mine).await?.item.body);
        let similarity = words.similarity(&here);
        if similarity >= ALIKE {
            matches.push(Match { item, kind: MatchKind::Near, mine, similarity });
        }
    }
    Ok(matches)
}
