//! How each deck is studied: its own options, or those of the nearest deck above that has some.

use std::collections::HashMap;

use super::views::DeckOptionsView;
use super::{DeskError, Sitwell};
use crate::store::{OptionsChange, SettingKey, StudiedDeck};
use crate::study::memory::replay;
use crate::study::{DeckTree, StudyOptions};

/// Options with what is made of them, once for all decks that share them.
pub(super) struct OptionSet {
    pub(super) options: StudyOptions,
    pub(super) model: fsrs::FSRS,
    /// The deck that says so; none for the defaults.
    pub(super) from: Option<i64>,
}

impl OptionSet {
    fn new(options: StudyOptions, from: Option<i64>) -> Result<Self, DeskError> {
        Ok(Self { model: options.model()?, options, from })
    }
}

/// How all decks are studied.
pub(super) struct Schedules {
    pub(super) tree: DeckTree,
    decks: HashMap<i64, StudiedDeck>,
    /// The defaults first.
    sets: Vec<OptionSet>,
    set_of: HashMap<i64, usize>,
}

impl Schedules {
    fn new(decks: Vec<StudiedDeck>, defaults: StudyOptions) -> Result<Self, DeskError> {
        let tree = DeckTree::new(decks.iter().map(|deck| (deck.id, deck.title.as_str())));
        let mut sets = vec![OptionSet::new(defaults, None)?];
        let mut set_of = HashMap::new();
        let decks: HashMap<i64, StudiedDeck> =
            decks.into_iter().map(|deck| (deck.id, deck)).collect();
        // In the order of the tree, so that the deck above has its set already.
        for node in tree.nodes() {
            let above = node.parent.and_then(|place| tree.nodes().get(place));
            let inherited = above.and_then(|above| set_of.get(&above.deck)).copied().unwrap_or(0);
            let set = match decks.get(&node.deck).and_then(|deck| deck.options.clone()) {
                Some(own) => {
                    sets.push(OptionSet::new(own, Some(node.deck))?);
                    sets.len() - 1
                }
                None => inherited,
            };
            set_of.insert(node.deck, set);
        }
        Ok(Self { tree, decks, sets, set_of })
    }

    /// What holds for a deck.
    pub(super) fn of(&self, deck: i64) -> &OptionSet {
        &self.sets[self.set_of.get(&deck).copied().unwrap_or(0)]
    }

    /// What holds where no deck says otherwise.
    pub(super) fn defaults(&self) -> &OptionSet {
        &self.sets[0]
    }

    /// What holds for a deck, or the defaults without one.
    pub(super) fn of_scope(&self, deck: Option<i64>) -> &OptionSet {
        deck.map_or_else(|| self.defaults(), |deck| self.of(deck))
    }

    pub(super) fn deck(&self, deck: i64) -> Option<&StudiedDeck> {
        self.decks.get(&deck)
    }

    /// Identity of the deck with this slug.
    pub(super) fn by_slug(&self, slug: &str) -> Result<i64, DeskError> {
        let known = self.decks.values().find(|deck| deck.slug == slug);
        known.map(|deck| deck.id).ok_or_else(|| DeskError::NoSuchDeck(slug.to_owned()))
    }

    /// The deck with all below it; none for all decks.
    pub(super) fn scope(&self, slug: Option<&str>) -> Result<Option<Vec<i64>>, DeskError> {
        slug.map(|slug| Ok(self.tree.subtree(self.by_slug(slug)?))).transpose()
    }

    fn view(&self, deck: Option<i64>) -> DeckOptionsView {
        let set = self.of_scope(deck);
        let known = deck.and_then(|deck| self.deck(deck));
        let own = deck.is_none() || set.from == deck;
        let from = set.from.filter(|_| !own).and_then(|from| self.deck(from));
        DeckOptionsView {
            deck: known.map(|deck| deck.slug.clone()),
            options: set.options.clone(),
            own,
            from: from.map(|deck| deck.title.clone()),
        }
    }
}

impl Sitwell {
    pub(super) async fn schedules(&self) -> Result<Schedules, DeskError> {
        let defaults = self.store.setting(SettingKey::Study).await?;
        Schedules::new(self.store.studied_decks().await?, defaults)
    }

    /// How a deck is studied; without one, what holds where no deck says otherwise.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck or the collection cannot be read.
    pub async fn deck_options(&self, deck: Option<&str>) -> Result<DeckOptionsView, DeskError> {
        let schedules = self.schedules().await?;
        let deck = deck.map(|slug| schedules.by_slug(slug)).transpose()?;
        Ok(schedules.view(deck))
    }

    /// Keeps how a deck is studied; without options it inherits again, and the defaults become
    /// those of Sitwell. Where the parameters of FSRS change, the memories of the cards concerned
    /// are computed anew from their reviews; when they are due does not change.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck, an option is out of its range, or it cannot be
    /// kept; nothing is changed then.
    pub async fn set_deck_options(
        &self,
        deck: Option<&str>,
        options: Option<StudyOptions>,
    ) -> Result<DeckOptionsView, DeskError> {
        if let Some(options) = &options {
            options.check()?;
        }
        let _turn = self.study.turn.lock().await;
        let before = self.schedules().await?;
        let deck = deck.map(|slug| before.by_slug(slug)).transpose()?;
        let mut decks: Vec<StudiedDeck> = before.decks.values().cloned().collect();
        let mut defaults = before.defaults().options.clone();
        match deck {
            Some(id) => decks.iter_mut().filter(|d| d.id == id).for_each(|d| {
                d.options.clone_from(&options);
            }),
            None => defaults = options.clone().unwrap_or_default(),
        }
        let after = Schedules::new(decks, defaults)?;
        let change = OptionsChange { deck, options };
        self.store.retune(Some(&change), retuned(&before, &after)).await?;
        Ok(after.view(deck))
    }

    /// Computes the memories of all cards anew whose parameters differ between two schedules.
    pub(super) async fn retune_after(&self, before: &Schedules) -> Result<(), DeskError> {
        let after = self.schedules().await?;
        self.store.retune(None, retuned(before, &after)).await?;
        Ok(())
    }

    /// Computes the memories of these cards anew: undo brings them back as they were, and the
    /// parameters may have changed since.
    pub(super) async fn refresh_memories(&self, cards: &[i64]) -> Result<(), DeskError> {
        let schedules = self.schedules().await?;
        for id in cards {
            let Some(row) = self.store.card(*id).await? else { continue };
            let model = &schedules.of(self.store.deck_of(&row.item).await?).model;
            let log = self.store.card_reviews(*id).await?;
            let memory = replay(log.iter().map(|review| (review.day, review.grade)), model)?;
            if memory != row.state.memory {
                self.store.put_memory(*id, memory).await?;
            }
        }
        Ok(())
    }
}

/// Decks whose parameters differ, with the model they go by now.
fn retuned(before: &Schedules, after: &Schedules) -> HashMap<i64, fsrs::FSRS> {
    let changed =
        |deck: &&i64| before.of(**deck).options.parameters != after.of(**deck).options.parameters;
    after.decks.keys().filter(changed).map(|deck| (*deck, after.of(*deck).model.clone())).collect()
}
