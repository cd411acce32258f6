//! Carrying a plan out, in one transaction.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::identity;
use super::plan::{Fate, Plan, Planned};
use super::schedule::{number, scheduled};
use super::watch::Watch;
use super::{ImportError, Pending};
use crate::deck::{DeckMeta, DeckSlug, MAX_MEDIA};
use crate::desk::views::ImportStage;
use crate::desk::{DeskError, Sitwell};
use crate::formats::{DraftDeck, DraftMedia, Package, PackageError};
use crate::store::{AddedItems, AddedNames, ImportedDeck, Importing, ScheduledCard};

/// Longest name of a licence that is kept, in characters.
const MAX_LICENSE: usize = 200;
/// Cards scheduled in one go.
const CHUNK: usize = 500;
/// Items made ready in one go.
const GIVE_WAY: usize = 8;

/// Keeps a file as it was planned; gives the slugs of the decks that it touched.
pub(super) async fn keep(
    desk: &Sitwell,
    pending: &Pending,
    watch: &Watch<'_>,
) -> Result<Vec<String>, DeskError> {
    // What is studied stands still meanwhile.
    let _turn = desk.study.turn.lock().await;
    let cards = learned(desk, pending).await?;
    let mut positions = BTreeMap::new();
    for deck in &pending.plan.decks {
        if let Some(known) = &deck.known {
            positions.insert(deck.slug.clone(), desk.store.next_position(known.id).await?);
        }
    }
    let new = |planned: &&Planned| matches!(planned.fate, Fate::New(_));
    let coming = pending.plan.items.iter().filter(new).count();
    let import = desk.store.begin_import(desk.clock.now().wall_ms, coming).await?;
    let media: usize = pending.draft.decks.iter().map(|deck| deck.media.len()).sum();
    let mut keeper = Keeper {
        pending,
        watch,
        import,
        positions,
        media: HashMap::new(),
        done: 0,
        of: pending.plan.items.len() + media,
    };
    let kept = keeper.run(&cards).await;
    // Whatever went wrong: nothing is left, before anybody is told.
    match kept {
        Ok(slugs) => {
            keeper.import.finish().await?;
            Ok(slugs)
        }
        Err(error) => {
            keeper.import.give_up().await?;
            Err(error)
        }
    }
}

/// The cards with what was learned of them elsewhere.
async fn learned(desk: &Sitwell, pending: &Pending) -> Result<Vec<ScheduledCard>, DeskError> {
    if !pending.options.scheduling {
        return Ok(Vec::new());
    }
    let day = desk.study_day().await?;
    let mut cards = Vec::new();
    for planned in &pending.plan.items {
        let (id, new) = match &planned.fate {
            Fate::New(id) => (id, true),
            Fate::Unchanged(id) => (id, false),
            Fate::Reworded(reworded) => (&reworded.id, reworded.back),
            Fate::Skipped => continue,
        };
        let known = pending.plan.decks[planned.deck].known.as_ref();
        let set = day.schedules.of_scope(known.map(|known| known.id));
        for study in &pending.draft.decks[planned.deck].items[planned.place].study {
            let seen = study.state.is_some();
            // Of a card that is here and was not seen elsewhere, nothing is known better there.
            if seen || new && (study.suspended || study.flag > 0) {
                cards.push(scheduled(id, study, day.calendar, &set.model));
            }
        }
    }
    number(&mut cards);
    Ok(cards)
}

struct Keeper<'a> {
    pending: &'a Pending,
    watch: &'a Watch<'a>,
    import: Importing,
    /// Where the next item goes, by slug of the deck.
    positions: BTreeMap<DeckSlug, i64>,
    /// Files that were kept, by their path in the package: hash and size.
    media: HashMap<String, (String, u64)>,
    done: usize,
    of: usize,
}

impl Keeper<'_> {
    async fn run(&mut self, cards: &[ScheduledCard]) -> Result<Vec<String>, DeskError> {
        let (draft, plan) = (&self.pending.draft, &self.pending.plan);
        let mut new: Vec<Vec<u32>> = vec![Vec::new(); plan.decks.len()];
        let mut touched = vec![false; plan.decks.len()];
        for (planned, number) in plan.items.iter().zip(0u32..) {
            if matches!(planned.fate, Fate::New(_)) {
                new[planned.deck].push(number);
            }
            touched[planned.deck] |= matches!(planned.fate, Fate::New(_) | Fate::Reworded(_));
        }
        let mut ids: Vec<Option<i64>> = Vec::with_capacity(plan.decks.len());
        let mut slugs = Vec::new();
        for (place, deck) in draft.decks.iter().enumerate() {
            let touched = touched[place];
            let id = if touched { Some(self.deck(place, deck).await?) } else { None };
            let slug = plan.decks[place].slug.as_str();
            if touched && !slugs.iter().any(|known| known == slug) {
                slugs.push(slug.to_owned());
            }
            ids.push(id);
        }
        let mut places = Vec::with_capacity(new.iter().map(Vec::len).sum());
        for (id, new) in ids.iter().zip(&new) {
            if let Some(id) = id {
                self.place(new, *id, &mut places);
            }
        }
        drop(new);
        self.items(&places).await?;
        drop(places);
        self.names().await?;
        for (place, id) in ids.iter().enumerate() {
            if let Some(id) = id {
                self.files(&draft.decks[place], *id).await?;
            }
        }
        for cards in cards.chunks(CHUNK) {
            self.import.schedule(cards).await?;
            self.watch.step(ImportStage::Keeping, self.done, self.of)?;
        }
        while self.import.put_back().await? {
            self.watch.step(ImportStage::Keeping, self.done, self.of)?;
        }
        self.import.added().await?;
        self.reword(plan).await?;
        self.watch.step(ImportStage::Keeping, self.of, self.of)?;
        Ok(slugs)
    }

    /// Makes a deck, or uses the one that is here.
    async fn deck(&mut self, place: usize, deck: &DraftDeck) -> Result<i64, DeskError> {
        let planned = &self.pending.plan.decks[place];
        let scheme = identity::scheme(self.pending.draft.format);
        let exam = planned.exam.as_deref();
        let id = if let Some(known) = &planned.known {
            let mapped = self.pending.plan.mapping.is_some() || deck.blueprint.is_some();
            self.import.use_deck(known.id, exam.filter(|_| mapped)).await?;
            known.id
        } else {
            let meta = meta(deck, planned);
            let introduction = deck.introduction.clone();
            self.import.add_deck(&ImportedDeck { meta, introduction }).await?
        };
        self.import.name_deck(id, scheme, &planned.guid).await?;
        Ok(id)
    }

    /// Gives the new items of a deck their places.
    fn place(&mut self, numbers: &[u32], deck: i64, places: &mut Vec<NewPlace>) {
        let plan = &self.pending.plan;
        let Some(first) = numbers.first().map(|number| &plan.items[*number as usize]) else {
            return;
        };
        let position = self.positions.entry(plan.decks[first.deck].slug.clone()).or_insert(0);
        let before = places.len();
        for number in numbers {
            places.push(NewPlace { deck, position: *position, number: *number });
            *position += 1;
        }
        // The tables are kept in this order, and are written fastest in it.
        let id = |place: &NewPlace| key(&plan.items[place.number as usize]);
        places[before..].sort_unstable_by(|a, b| id(a).cmp(id(b)));
    }

    /// Adds the items that are new: while some are written, the next are made ready.
    async fn items(&mut self, places: &[NewPlace]) -> Result<(), DeskError> {
        let pending = self.pending;
        let mut chunks = places.chunks(Importing::BATCH);
        let mut search = self.import.first_search();
        let mut next = || {
            let chunk = chunks.next().unwrap_or_default();
            let first = search;
            search += i64::try_from(chunk.len()).unwrap_or(0);
            ready(pending, chunk, first)
        };
        let mut items = next().await?;
        while !items.is_empty() {
            self.done += items.len();
            let (written, then) = tokio::join!(self.import.add_items(items), next());
            written?;
            items = then?;
            self.watch.step(ImportStage::Keeping, self.done, self.of)?;
        }
        Ok(self.import.all_added().await?)
    }

    /// Remembers what the file calls the items that are new.
    async fn names(&mut self) -> Result<(), DeskError> {
        let Pending { draft, plan, .. } = self.pending;
        let numbered = plan.items.iter().zip(0u32..);
        let new = numbered.filter(|(planned, _)| matches!(planned.fate, Fate::New(_)));
        let mut new: Vec<_> =
            new.map(|(planned, number)| (beginning(planned.guid(draft)), number)).collect();
        // The table is kept in this order. Most are told apart without looking at what they name.
        let guid = |number: &u32| plan.items[*number as usize].guid(draft);
        new.sort_unstable_by(|(a, one), (b, other)| {
            a.cmp(b).then_with(|| guid(one).cmp(guid(other)))
        });
        let mut chunks = new.chunks(Importing::BATCH);
        let mut next = || {
            let chunk = chunks.next().unwrap_or_default();
            let mut names = AddedNames::default();
            for (_, number) in chunk {
                let planned = &plan.items[*number as usize];
                if let Fate::New(id) = &planned.fate {
                    names.push(planned.scheme, planned.guid(draft), id)?;
                }
            }
            Ok::<_, DeskError>(names)
        };
        let mut names = next()?;
        while !names.is_empty() {
            let (written, then) = tokio::join!(self.import.name_items(names), async { next() });
            written?;
            names = then?;
            self.watch.step(ImportStage::Keeping, self.done, self.of)?;
        }
        Ok(())
    }

    /// Keeps the files of a deck, one in memory at a time. What is no picture or sound, or is not
    /// in the package, is passed over: the text shows that it is missing.
    async fn files(&mut self, deck: &DraftDeck, id: i64) -> Result<(), DeskError> {
        let mut size = 0u64;
        let mut names = Vec::with_capacity(deck.media.len());
        for media in &deck.media {
            if !self.media.contains_key(&media.entry) {
                let Some(file) = file(&self.pending.package, media).await? else { continue };
                self.import.add_media(&file).await?;
                let kept = (file.hash.as_str().to_owned(), file.bytes.len() as u64);
                self.media.insert(media.entry.clone(), kept);
                self.watch.step(ImportStage::Keeping, self.done, self.of)?;
            }
            let length = self.media.get(&media.entry).map_or(0, |(_, length)| *length);
            size += length;
            if size > MAX_MEDIA {
                return Err(ImportError::TooMuchMedia(deck.path.join("::")).into());
            }
            names.push(media);
            self.done += 1;
        }
        let hash = |media: &&DraftMedia| self.media.get(&media.entry).map(|(hash, _)| &**hash);
        let names: Vec<_> =
            names.iter().filter_map(|media| Some((id, &*media.name, hash(media)?))).collect();
        self.import.name_media(&names).await?;
        self.watch.step(ImportStage::Keeping, self.done, self.of)?;
        Ok(())
    }

    async fn reword(&mut self, plan: &Plan) -> Result<(), DeskError> {
        for planned in &plan.items {
            if let Fate::Reworded(reworded) = &planned.fate {
                let source = (planned.scheme, planned.guid(&self.pending.draft));
                self.import.reword(&reworded.id, &reworded.item, &reworded.wording, source).await?;
                self.done += 1;
                self.watch.step(ImportStage::Keeping, self.done.min(self.of), self.of)?;
            }
        }
        Ok(())
    }
}

fn key(planned: &Planned) -> &str {
    match &planned.fate {
        Fate::New(id) => id.as_str(),
        _ => "",
    }
}

/// The first twelve bytes of an identity, in its order.
fn beginning(guid: &str) -> [u32; 3] {
    let mut numbers = [0; 3];
    for (number, bytes) in numbers.iter_mut().zip(guid.as_bytes().chunks(4)) {
        let mut four = [0; 4];
        four[..bytes.len()].copy_from_slice(bytes);
        *number = u32::from_be_bytes(four);
    }
    numbers
}

/// Where an item goes that comes in.
#[derive(Debug, Clone, Copy)]
struct NewPlace {
    /// Its deck in the store.
    deck: i64,
    position: i64,
    number: u32,
}

/// Items with all that can be made of them before they are written. It gives way now and then, so
/// that what is written meanwhile goes on.
async fn ready(
    pending: &Pending,
    places: &[NewPlace],
    first_search: i64,
) -> Result<AddedItems, DeskError> {
    let (draft, plan) = (&pending.draft, &pending.plan);
    let mut items = AddedItems::default();
    for (NewPlace { deck, position, number }, search) in places.iter().zip(first_search..) {
        if items.len() % GIVE_WAY == GIVE_WAY - 1 {
            tokio::task::yield_now().await;
        }
        let planned = &plan.items[*number as usize];
        let Fate::New(id) = &planned.fate else { continue };
        let slug = id.as_str().split_once('/').and_then(|(_, slug)| slug.parse().ok());
        let slug = slug.ok_or_else(|| DeskError::NoSuchItem(id.to_string()))?;
        let file = &draft.decks[planned.deck].items[planned.place];
        let item = plan.item(draft, file, (planned.deck, *number), slug, None);
        items.push((id, search), item, (*deck, *position))?;
    }
    Ok(items)
}

/// A file of the package, read on a thread that may wait for the disk.
async fn file(
    package: &Arc<Package>,
    media: &DraftMedia,
) -> Result<Option<crate::deck::MediaFile>, ImportError> {
    let (package, named) = (Arc::clone(package), media.clone());
    let read = tokio::task::spawn_blocking(move || package.media(&named)).await;
    match read.map_err(|_| ImportError::Broken(media.name.clone()))? {
        Ok(file) => Ok(Some(file)),
        Err(
            PackageError::Missing(_) | PackageError::Media { .. } | PackageError::TooLarge { .. },
        ) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a deck that the file brings says about itself.
fn meta(deck: &DraftDeck, planned: &super::decks::PlannedDeck) -> DeckMeta {
    let license = deck.license.as_deref().unwrap_or("NOASSERTION"); // as SPDX writes it
    DeckMeta {
        slug: planned.slug.clone(),
        title: planned.title.clone(),
        version: deck.version.clone().unwrap_or_else(|| semver::Version::new(1, 0, 0)),
        license: license.chars().take(MAX_LICENSE).collect(),
        authors: deck.authors.clone(),
        blueprint: planned.exam.clone(),
        language: deck.language.clone().unwrap_or_else(|| "en".into()),
    }
}
