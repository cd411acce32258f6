//! How each deck is studied: its own options, or those of the nearest deck above that has some.

use std::collections::HashMap;
use std::sync::Arc;

use super::budget::Budget;
use super::views::{DeckOptionsView, Profile};
use super::{DeskError, Sitwell};
use crate::store::{Changed, DeckState, DecksChange, SettingKey, StudiedDeck};
use crate::study::memory::replay;
use crate::study::tree::parts;
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

impl StudiedDeck {
    fn state(&self) -> DeckState {
        let (id, title, options) = (self.id, self.title.clone(), self.options.clone());
        DeckState { id, title, deleted_ms: None, options }
    }
}

/// How study is arranged: what changes seldom and every verb asks.
pub(super) struct Arranged {
    pub(super) schedules: Arc<Schedules>,
    pub(super) profile: Profile,
    pub(super) budget: Option<Budget>,
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

    /// How decks would be studied after a change. Decks that it makes have no cards yet and play
    /// no part.
    fn after(&self, change: &DecksChange) -> Result<Self, DeskError> {
        let mut decks = self.decks.clone();
        for Changed { after, .. } in &change.decks {
            if after.deleted_ms.is_some() {
                decks.remove(&after.id);
            } else if let Some(deck) = decks.get_mut(&after.id) {
                deck.title.clone_from(&after.title);
                deck.options.clone_from(&after.options);
            }
        }
        let defaults = change.defaults.as_ref().map(|defaults| &defaults.after);
        let defaults = defaults.unwrap_or(&self.defaults().options).clone();
        Self::new(decks.into_values().collect(), defaults)
    }

    /// Refuses a title that a deck other than these has.
    pub(super) fn check_free(&self, title: &str, but: &[i64]) -> Result<(), DeskError> {
        let mut others = self.decks.values().filter(|deck| !but.contains(&deck.id));
        match others.find(|deck| parts(&deck.title) == parts(title)) {
            Some(deck) => Err(DeskError::TitleTaken(deck.title.clone())),
            None => Ok(()),
        }
    }

    /// The deck and all below it as they are, the deck first; refused when one is bundled.
    pub(super) fn own_subtree(&self, deck: i64) -> Result<Vec<DeckState>, DeskError> {
        let decks = self.tree.subtree(deck).into_iter().filter_map(|deck| self.deck(deck));
        decks
            .map(|deck| {
                if deck.bundled {
                    return Err(DeskError::BundledDeck(deck.title.clone()));
                }
                Ok(deck.state())
            })
            .collect()
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
    pub(super) async fn schedules(&self) -> Result<Arc<Schedules>, DeskError> {
        Ok(Arc::clone(&self.arranged().await?.schedules))
    }

    /// How study is arranged; read again only when something of it changed.
    pub(super) async fn arranged(&self) -> Result<Arc<Arranged>, DeskError> {
        // The stamp comes first: what changes meanwhile is read, and once more the next time.
        let stamp = self.store.arrangement().await?;
        self.arranged_at(stamp).await
    }

    /// As [`Self::arranged`], with a stamp that was just read.
    pub(super) async fn arranged_at(&self, stamp: i64) -> Result<Arc<Arranged>, DeskError> {
        let mut held = self.study.arranged.lock().await;
        if let Some((known, arranged)) = &*held
            && *known == stamp
        {
            return Ok(Arc::clone(arranged));
        }
        let defaults = self.store.setting(SettingKey::Study).await?;
        let schedules = Schedules::new(self.store.studied_decks().await?, defaults)?;
        let arranged = Arc::new(Arranged {
            schedules: Arc::new(schedules),
            profile: self.store.setting(SettingKey::Profile).await?,
            budget: self.store.setting(SettingKey::Budget).await?,
        });
        *held = Some((stamp, Arc::clone(&arranged)));
        Ok(arranged)
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
        let mut change = DecksChange::default();
        if let Some(deck) = deck.and_then(|deck| before.deck(deck)) {
            let state = deck.state();
            let after = DeckState { options, ..state.clone() };
            change.decks.push(Changed { before: state, after });
        } else {
            let after = options.unwrap_or_default();
            let before = before.defaults().options.clone();
            change.defaults = Some(Changed { before, after });
        }
        Ok(self.change(&before, change).await?.view(deck))
    }

    /// Carries out a change of decks, with the memories that it changes; says how decks are
    /// studied then.
    pub(super) async fn change(
        &self,
        before: &Schedules,
        change: DecksChange,
    ) -> Result<Arc<Schedules>, DeskError> {
        let after = before.after(&change)?;
        let models = retuned(before, &after);
        self.store.change_decks(&change, self.clock.now().wall_ms, models).await?;
        self.schedules().await
    }

    /// Computes the memories of all cards anew whose parameters differ between two schedules.
    pub(super) async fn retune_after(&self, before: &Schedules) -> Result<(), DeskError> {
        let after = self.schedules().await?;
        self.store.retune(retuned(before, &after)).await?;
        Ok(())
    }

    /// Computes the memories of these cards anew: undo brings them back as they were, and the
    /// parameters may have changed since.
    pub(super) async fn refresh_memories(&self, cards: &[i64]) -> Result<(), DeskError> {
        let schedules = self.schedules().await?;
        for id in cards {
            let Some(row) = self.store.card(*id).await? else { continue };
            let model = &schedules.of(self.store.deck_of(*id).await?).model;
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
