//! Deciding what becomes of each item of a file.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::identity::{self, NATIVE, WORDS};
use super::matches::{Found, Here, Match, confirm};
use super::plan::{Fate, Plan, Planned, Reworded, Wanted};
use super::seen::Seen;
use super::together::together;
use super::words::Words;
use crate::deck::{Item, ItemId, ItemSlug};
use crate::desk::views::{MatchKind, Resolve};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{DraftContent, DraftItem, Problem, Severity};
use crate::store::{KnownItem, Wording};

/// Most items that are looked at for being nearly the same.
const MAX_CANDIDATES: usize = 2_000;

/// An item of the file by its number, and by its place in a deck.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub(super) number: u32,
    pub(super) deck: usize,
    pub(super) place: usize,
    pub(super) item: &'a DraftItem,
}

/// An item while it is looked at.
struct Looked<'a> {
    number: u32,
    deck: usize,
    place: usize,
    item: &'a DraftItem,
    /// How many it makes; of a question none.
    cards: usize,
    words: Words,
    hash: u64,
    scheme: &'static str,
    guid: Cow<'a, str>,
    /// Whether the file has another before it that is called so.
    repeated: bool,
}

/// Decides about the items of a file, some at a time.
pub(super) struct Planner<'a> {
    desk: &'a Sitwell,
    wanted: &'a Wanted<'a>,
    resolves: HashMap<u32, Resolve>,
    pub(super) plan: Plan,
    /// Identities of the file with the hash of their words.
    seen: Seen,
    here: Option<Here>,
    /// Schemes by which items here are known.
    schemes: Vec<&'static str>,
    near: Vec<(u32, ItemId, Words)>,
    /// Items that come in beside the one that is here.
    copies: HashSet<u32>,
}

impl<'a> Planner<'a> {
    /// Begins with a plan that has its decks and its tasks.
    pub(super) async fn new(
        desk: &'a Sitwell,
        wanted: &'a Wanted<'a>,
        plan: Plan,
    ) -> Result<Self, DeskError> {
        let resolves = wanted.choices.matches.iter().map(|choice| (choice.id, choice.resolve));
        let mut schemes = Vec::new();
        for scheme in [identity::scheme(wanted.draft.format), WORDS] {
            // Of the scheme `native`, items are known without being named.
            if scheme == NATIVE || desk.store.knows_scheme(scheme).await? {
                schemes.push(scheme);
            }
        }
        let coming = wanted.draft.decks.iter().map(|deck| deck.items.len()).sum();
        Ok(Self {
            desk,
            wanted,
            resolves: resolves.collect(),
            plan,
            seen: Seen::with_capacity(coming),
            here: None,
            schemes,
            near: Vec::new(),
            copies: HashSet::new(),
        })
    }

    fn look(&self, it: &Numbered<'a>) -> Looked<'a> {
        let Numbered { number, deck, place, item } = *it;
        let words = Words::of_draft(&item.body);
        let named = &self.plan.decks[deck].guid;
        let (scheme, guid) = identity::of_item(self.wanted.draft.format, named, item, &words);
        let cards = match &item.body {
            DraftContent::Card(card) => card.ordinals().len(),
            DraftContent::Question(_) => 0,
        };
        let (hash, repeated) = (words.hash(), false);
        Looked { number, deck, place, item, cards, words, hash, scheme, guid, repeated }
    }

    /// Decides about some items; most of the work is done for all of them at once.
    pub(super) async fn settle(&mut self, items: &[Numbered<'a>]) -> Result<(), DeskError> {
        let mut chunk = together(items, |item| self.look(item));
        for looked in &mut chunk {
            self.set_apart(looked);
        }
        let mut known = HashMap::new();
        for scheme in &self.schemes {
            let of = chunk.iter().filter(|looked| looked.scheme == *scheme);
            let asked: Vec<&Looked<'_>> = of.collect();
            let guids: Vec<&str> = asked.iter().map(|looked| &*looked.guid).collect();
            if guids.is_empty() {
                continue;
            }
            for item in self.desk.store.known_items(scheme, &guids).await? {
                if let Some(looked) = asked.get(item.place) {
                    known.insert(looked.number, item);
                }
            }
        }
        if self.here.is_none() && known.len() < chunk.len() {
            self.here = Some(Here::read(self.desk).await?);
        }
        let found = together(&chunk, |looked| {
            let here = self.here.as_ref().filter(|_| !known.contains_key(&looked.number));
            here.and_then(|here| here.find(looked.hash, &looked.words))
        });
        let mut new = Vec::new();
        for (looked, found) in chunk.into_iter().zip(found) {
            let number = looked.number;
            let known = known.remove(&number);
            let fate = self.decide(&looked, known, found).await?;
            let free = fate.is_none();
            let Looked { deck, place, cards, scheme, guid, .. } = looked;
            let fate = fate.unwrap_or(Fate::Skipped);
            let named = match guid {
                Cow::Owned(named) => Some(named.into()),
                Cow::Borrowed(_) => None,
            };
            self.plan.items.push(Planned { fate, deck, place, cards, scheme, named });
            if free {
                new.push(number as usize);
            }
        }
        self.name(&new).await
    }

    /// An identity that the file has twice is set apart, or the second item left out.
    fn set_apart(&mut self, looked: &mut Looked<'_>) {
        let hash = looked.hash;
        if looked.scheme == WORDS {
            let first = looked.guid.clone().into_owned();
            let mut turn = 2u32;
            while self.seen.words(WORDS, &looked.guid).is_some_and(|other| other != hash) {
                looked.guid = format!("{first}-{turn}").into();
                turn += 1;
            }
        }
        if !self.seen.insert(looked.scheme, &looked.guid, hash) {
            let message = "this item is in the file twice; the first is used".to_owned();
            self.warn(looked, "repeated-item", message, "remove one of the two");
            looked.repeated = true;
        }
    }

    fn warn(&mut self, looked: &Looked<'_>, code: &'static str, message: String, hint: &str) {
        let place = &looked.item.place;
        self.plan.problems.push(Problem {
            severity: Severity::Warning,
            code: code.into(),
            file: place.file.to_string(),
            line: place.line,
            column: 1,
            message,
            hint: hint.into(),
        });
    }

    /// What becomes of an item; none when it comes in under an id of its own.
    async fn decide(
        &mut self,
        looked: &Looked<'_>,
        known: Option<KnownItem>,
        found: Option<Found>,
    ) -> Result<Option<Fate>, DeskError> {
        if looked.repeated {
            return Ok(Some(Fate::Skipped));
        }
        if looked.cards == 0 && matches!(looked.item.body, DraftContent::Card(_)) {
            let message = "this item makes no card, so it is left out".to_owned();
            self.warn(looked, "no-card", message, "give it a deletion, or a front");
            return Ok(Some(Fate::Skipped));
        }
        if let Some(known) = known {
            return self.decide_known(looked, &known).await;
        }
        match found {
            None => Ok(None),
            Some(Found::Near(mine)) => {
                if self.near.len() < MAX_CANDIDATES {
                    self.near.push((looked.number, mine, looked.words.clone()));
                }
                Ok(None)
            }
            Some(Found::Exact(mine)) => {
                let usual = match self.wanted.options.existing {
                    Resolve::Both => Resolve::Both,
                    Resolve::File | Resolve::Mine => Resolve::Mine,
                };
                let kind = MatchKind::Exact;
                let found = Match { item: looked.number, kind, mine, similarity: 1.0 };
                let resolve = self.resolve(&found, usual);
                let mine = found.mine.clone();
                self.plan.matches.push((found, resolve));
                self.carry_out(looked.item, looked.deck, looked.number, &mine, resolve).await
            }
        }
    }

    fn resolve(&self, found: &Match, usual: Resolve) -> Resolve {
        self.resolves.get(&found.item).copied().unwrap_or(usual)
    }

    /// What is done about a match with an item of another identity.
    async fn carry_out(
        &self,
        item: &DraftItem,
        deck: usize,
        number: u32,
        mine: &ItemId,
        resolve: Resolve,
    ) -> Result<Option<Fate>, DeskError> {
        match resolve {
            Resolve::Mine => Ok(Some(Fate::Skipped)),
            Resolve::Both => Ok(None),
            Resolve::File => {
                let known = self.desk.store.known_items(NATIVE, &[mine.as_str()]).await?;
                let reworded = known.first().map(|known| self.reworded(item, deck, number, known));
                Ok(Some(reworded.unwrap_or(Fate::Skipped)))
            }
        }
    }

    async fn decide_known(
        &mut self,
        looked: &Looked<'_>,
        known: &KnownItem,
    ) -> Result<Option<Fate>, DeskError> {
        let fate = self.reworded(looked.item, looked.deck, looked.number, known);
        let Fate::Reworded(reworded) = &fate else { return Ok(Some(fate)) };
        if reworded.back {
            return Ok(Some(fate));
        }
        // What the learner wrote stays unless it is said of this item.
        let usual = match known.wording.own {
            Some(_) if !known.bundled => Resolve::Mine,
            _ => self.wanted.options.existing,
        };
        let similarity = looked.words.similarity(&Words::of(&known.deck_words.body));
        let kind = MatchKind::Same;
        let found = Match { item: looked.number, kind, mine: known.id.clone(), similarity };
        let resolve = self.resolve(&found, usual);
        self.plan.matches.push((found, resolve));
        match resolve {
            Resolve::File => Ok(Some(fate)),
            Resolve::Mine => Ok(Some(Fate::Skipped)),
            Resolve::Both => {
                self.copies.insert(looked.number);
                let copy = identity::of_copy(&looked.guid);
                let copies = self.desk.store.known_items(looked.scheme, &[&copy]).await?;
                let copy = copies.first();
                Ok(copy.map(|copy| self.reworded(looked.item, looked.deck, looked.number, copy)))
            }
        }
    }

    /// An item that is here with the words of the file, or unchanged when it has them.
    fn reworded(&self, file: &DraftItem, deck: usize, number: u32, known: &KnownItem) -> Fate {
        let kept = &known.deck_words;
        let item = self.item(file, deck, number, kept.slug.clone(), Some(kept));
        let hash = item.content_hash();
        let before = &known.wording;
        let back = before.deleted_ms.is_some() || before.retired_ms.is_some();
        let same = before.deck == hash || before.own.as_ref() == Some(&hash);
        if same && !back {
            return Fate::Unchanged(known.id.clone());
        }
        let (deck, own) = match (known.bundled, same) {
            (_, true) => (before.deck.clone(), before.own.clone()),
            // The deck's words are brought up to date at each start.
            (true, false) => (before.deck.clone(), Some(hash)),
            (false, false) => (hash, None),
        };
        let wording = Wording { deck, own, deleted_ms: None, retired_ms: None };
        Fate::Reworded(Box::new(Reworded { id: known.id.clone(), item, wording, back }))
    }

    fn item(
        &self,
        file: &DraftItem,
        deck: usize,
        number: u32,
        slug: ItemSlug,
        kept: Option<&Item>,
    ) -> Item {
        self.plan.item(self.wanted.draft, file, (deck, number), slug, kept)
    }

    /// Gives items that come in their ids.
    async fn name(&mut self, new: &[usize]) -> Result<(), DeskError> {
        self.name_copies(new);
        let mut left: Vec<usize> = new.to_vec();
        for turn in 0.. {
            let ids = together(&left, |number| self.id(*number, turn));
            let ids = ids.into_iter().collect::<Result<Vec<ItemId>, DeskError>>()?;
            // In a deck that is not here yet, none is taken.
            let there = left.iter().zip(&ids).filter(|(number, _)| {
                self.plan.decks[self.plan.items[**number].deck].known.is_some()
            });
            let asked: Vec<&str> = there.map(|(_, id)| id.as_str()).collect();
            let taken: HashSet<String> = match asked.as_slice() {
                [] => HashSet::new(),
                asked => self.desk.store.taken_ids(asked).await?.into_iter().collect(),
            };
            let mut again = Vec::new();
            for (number, id) in left.into_iter().zip(ids) {
                if taken.contains(id.as_str()) {
                    again.push(number);
                } else {
                    self.plan.items[number].fate = Fate::New(id);
                }
            }
            if again.is_empty() {
                return Ok(());
            }
            left = again;
        }
        Ok(())
    }

    /// Whether an item comes in beside the one that it is.
    fn is_copy(&self, number: usize) -> bool {
        u32::try_from(number).is_ok_and(|number| self.copies.contains(&number))
    }

    fn name_copies(&mut self, new: &[usize]) {
        for number in new {
            if self.is_copy(*number) {
                let planned = &mut self.plan.items[*number];
                let copy = identity::of_copy(planned.guid(self.wanted.draft));
                planned.named = Some(copy.into());
            }
        }
    }

    fn id(&self, number: usize, turn: u32) -> Result<ItemId, DeskError> {
        let matched = self.is_copy(number);
        let planned = &self.plan.items[number];
        let deck = &self.plan.decks[planned.deck];
        let source = &self.wanted.draft.decks[planned.deck].items[planned.place].source_id;
        let own = source.as_deref().filter(|_| {
            planned.scheme == NATIVE && turn == 0 && !matched && deck.slug.as_str() == deck.guid
        });
        let slug = own.and_then(|own| own.parse().ok());
        let guid = planned.guid(self.wanted.draft);
        let slug = slug.or_else(|| identity::slug(planned.scheme, guid, turn));
        let slug = slug.ok_or_else(|| DeskError::NoSuchItem(guid.to_owned()))?;
        Ok(ItemId::new(&deck.slug, &slug))
    }

    /// Looks at what may nearly be the same as something here. Both are kept unless it is said
    /// otherwise.
    pub(super) async fn settle_near(&mut self) -> Result<(), DeskError> {
        let near = std::mem::take(&mut self.near);
        for found in confirm(self.desk, near).await? {
            let resolve = self.resolve(&found, Resolve::Both);
            let planned = &self.plan.items[found.item as usize];
            let (deck, place) = (planned.deck, planned.place);
            let item = &self.wanted.draft.decks[deck].items[place];
            let fate = self.carry_out(item, deck, found.item, &found.mine, resolve).await?;
            if let Some(fate) = fate {
                self.plan.items[found.item as usize].fate = fate;
            }
            self.plan.matches.push((found, resolve));
        }
        Ok(())
    }
}
