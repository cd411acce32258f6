//! From the rows of a collection to a draft.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::archive::MediaMap;
use super::cards::{self, Note};
use super::decks::{self, Deck, Shelf};
use super::notetype::{self, Notetype};
use super::problems::Problems;
use super::{AnkiError, study};
use crate::deck::{Card, MediaKind};
use crate::formats::{
    Draft, DraftContent, DraftItem, DraftStudy, FileName, Format, Package, PackageError, Place,
    Work,
};
use crate::rich_text;
use crate::store::anki::{AnkiDatabase, CardRow, MAX_FIELDS, NoteRow, ReviewRow};

/// Most rows of each table.
const MAX_NOTES: u64 = 2_000_000;
const MAX_CARDS: u64 = 5_000_000;
const MAX_REVIEWS: u64 = 50_000_000;
/// Longest fields of a note, together, in bytes.
pub(super) const MAX_NOTE: usize = 4 * 1024 * 1024;
/// Longest text of all cards, in bytes: templates may repeat what the notes say once.
const MAX_TEXT: usize = 1024 * 1024 * 1024;
/// How much of a media file tells what it is, in bytes.
const MEDIA_HEAD: u64 = 4 * 1024;
/// Notes between two questions whether the work is still wanted.
const ASK_EVERY: u64 = 1_024;

pub(super) struct Reader<'a> {
    package: &'a Package,
    media: MediaMap,
    work: &'a dyn Work,
    format: Format,
    types: HashMap<i64, Notetype>,
    decks: HashMap<i64, Deck>,
    /// By note and ordinal.
    cards: Vec<CardRow>,
    /// Which of the cards comes next: notes come in the same order.
    next_card: usize,
    created: i64,
    shelf: Shelf,
    problems: Problems,
    /// The collection's path in the package.
    file: FileName,
    /// Notes read, and how many there are.
    read: u64,
    of: u64,
    text: usize,
    /// Media that were looked for, by deck and name.
    seen: HashSet<(usize, String)>,
    /// What files hold that decks show, by their path in the package.
    kinds: HashMap<String, Option<MediaKind>>,
    /// Of cards with something to tell: their id, and the deck, item and place there.
    learned: Vec<(i64, [usize; 3])>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        package: &'a Package,
        media: MediaMap,
        entry: &'static str,
        format: Format,
        work: &'a dyn Work,
    ) -> Self {
        Self {
            package,
            media,
            work,
            format,
            types: HashMap::new(),
            decks: HashMap::new(),
            cards: Vec::new(),
            next_card: 0,
            created: 0,
            shelf: Shelf::default(),
            problems: Problems::new(entry),
            file: entry.into(),
            read: 0,
            of: 0,
            text: 0,
            seen: HashSet::new(),
            kinds: HashMap::new(),
            learned: Vec::new(),
        }
    }

    /// Reads it all.
    pub(super) async fn read(mut self, database: &mut AnkiDatabase) -> Result<Draft, AnkiError> {
        self.kinds(database).await?;
        let [notes, cards, reviews] = database.counts().await?;
        for (what, count, limit) in [
            ("notes", notes, MAX_NOTES),
            ("cards", cards, MAX_CARDS),
            ("reviews", reviews, MAX_REVIEWS),
        ] {
            if count > limit {
                return Err(AnkiError::TooMuch { what, limit });
            }
        }
        self.of = notes;
        let mut after = i64::MIN;
        while let Some(last) = database.cards(after, &mut |card| self.cards.push(card)).await? {
            after = last;
            self.still_wanted()?;
        }
        self.cards.sort_unstable_by_key(|card| (card.note, card.ord, card.id));
        self.notes(database).await?;
        self.cards = Vec::new();
        for deck in &mut self.shelf.decks {
            deck.items.shrink_to_fit();
        }
        self.reviews(database).await?;
        self.work.step(self.of, self.of);
        Ok(Draft {
            format: self.format,
            made_with: None,
            decks: self.shelf.decks,
            passed_over: Vec::new(),
            problems: self.problems.done(),
        })
    }

    /// Note types and decks.
    async fn kinds(&mut self, database: &mut AnkiDatabase) -> Result<(), AnkiError> {
        let collection = database.collection().await?;
        self.created = collection.created;
        self.types = match database.notetypes().await? {
            Some(rows) => notetype::of_rows(rows)?,
            None => notetype::of_json(&collection.models)?,
        };
        self.decks = match database.decks().await? {
            Some(rows) => decks::of_rows(rows)?,
            None => decks::of_json(&collection.decks)?,
        };
        for notetype in self.types.values() {
            for template in &notetype.templates {
                let names = template.front.unknown.iter().chain(&template.back.unknown);
                for name in names {
                    self.problems.unknown_name(name, &template.name, &notetype.name);
                }
            }
        }
        Ok(())
    }

    fn still_wanted(&self) -> Result<(), AnkiError> {
        if self.work.cancelled() { Err(AnkiError::Cancelled) } else { Ok(()) }
    }

    async fn notes(&mut self, database: &mut AnkiDatabase) -> Result<(), AnkiError> {
        let mut batch = database.notes(i64::MIN).await;
        loop {
            let mut long = Vec::new();
            let last = batch.last();
            let mut take = |note: NoteRow<'_>| {
                self.read += 1;
                let (number, cards) = (self.read, self.skip(note.id));
                if note.size > MAX_FIELDS {
                    let owned = |text: Cow<'_, str>| text.into_owned().into();
                    let (guid, tags, fields) = (owned(note.guid), owned(note.tags), "".into());
                    long.push((number, cards, NoteRow { guid, tags, fields, ..note }));
                } else {
                    self.note(&note, number, cards);
                }
            };
            // The next are fetched on a thread of their own while these are taken apart.
            let (next, taken) = tokio::join!(
                async {
                    match last {
                        Some(last) => Some(database.notes(last).await),
                        None => None,
                    }
                },
                async move { batch.take(&mut take) }
            );
            let (Some(_), Some(next)) = (taken?, next) else { break };
            batch = next;
            for (number, cards, mut note) in long {
                if note.size <= i64::try_from(MAX_NOTE).unwrap_or(i64::MAX) {
                    note.fields = database.fields(note.id).await?.into();
                }
                self.note(&note, number, cards);
            }
            if self.text > MAX_TEXT {
                return Err(AnkiError::TooMuch { what: "bytes of text", limit: MAX_TEXT as u64 });
            }
            if self.read % ASK_EVERY < 256 {
                self.still_wanted()?;
                self.work.step(self.read, self.of);
            }
        }
        let orphans = self.cards.len() - self.next_card;
        self.problems.cards_without_note(orphans);
        Ok(())
    }

    /// Where the cards of this note stand; those before it belong to no note.
    fn skip(&mut self, note: i64) -> std::ops::Range<usize> {
        let before =
            self.cards[self.next_card..].iter().take_while(|card| card.note < note).count();
        self.problems.cards_without_note(before);
        let start = self.next_card + before;
        let count = self.cards[start..].iter().take_while(|card| card.note == note).count();
        self.next_card = start + count;
        start..self.next_card
    }

    /// Takes a note with its cards.
    fn note(&mut self, row: &NoteRow<'_>, number: u64, cards: std::ops::Range<usize>) {
        // The whole batch is too much then, as is told behind it.
        if self.text > MAX_TEXT {
            return;
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if row.fields.is_empty() && row.size > MAX_FIELDS {
            self.problems.too_long(number);
            return;
        }
        let Some(notetype) = self.types.get(&row.notetype) else {
            self.problems.no_note_type(number);
            return;
        };
        let mut fields: Vec<&str> = row.fields.split('\u{1f}').collect();
        if fields.len() != notetype.fields.len() {
            self.problems.field_count(number, fields.len(), notetype.fields.len());
            fields.resize(notetype.fields.len().max(1), "");
        }
        let mut rows = self.cards[cards].to_vec();
        rows.dedup_by_key(|card| card.ord);
        let home = |card: &CardRow| if card.home == 0 { card.deck } else { card.home };
        let deck = rows.first().map_or(1, home);
        let place = self.shelf.place(deck, &self.decks);
        let path = self.shelf.decks[place].path.join("::");
        let note = Note { notetype, fields: &fields, tags: row.tags.trim(), deck: &path };
        let ordinals: Vec<(u32, u8)> = match rows.as_slice() {
            [] => cards::ordinals(note).into_iter().map(|ordinal| (ordinal, 0)).collect(),
            rows => rows.iter().map(|card| (card.ord, card.flags)).collect(),
        };
        if ordinals.is_empty() {
            self.problems.no_cards(number);
            return;
        }
        match cards::card(note, &ordinals) {
            Ok(card) => self.item(row, number, place, card, &rows),
            Err(super::render::TooLong) => self.problems.too_long(number),
        }
    }

    fn item(
        &mut self,
        row: &NoteRow<'_>,
        number: u32,
        place: usize,
        mut card: Card,
        rows: &[CardRow],
    ) {
        self.text += rich_text::texts(&card).map(str::len).sum::<usize>();
        self.files(number, place, &card);
        let mut tags: Vec<String> = Vec::new();
        for tag in row.tags.split_whitespace() {
            let tag = tag.to_lowercase();
            if tags.len() < 500 && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        // There may be a million items, nearly all with fewer tags than a list has room for, and
        // texts that grew as templates were filled.
        tags.shrink_to_fit();
        card.front.shrink_to_fit();
        card.back.shrink_to_fit();
        for face in &mut card.faces {
            face.front.shrink_to_fit();
            face.back.shrink_to_fit();
        }
        let mut studied: Vec<DraftStudy> = Vec::new();
        let item = self.shelf.decks[place].items.len();
        for card in rows {
            if let Some(study) = study::study(card, self.created) {
                self.learned.push((card.id, [place, item, studied.len()]));
                studied.push(study);
            }
        }
        self.shelf.decks[place].items.push(DraftItem {
            source_id: Some(row.guid.trim()).filter(|id| !id.is_empty()).map(str::to_owned),
            place: Place { file: self.file.clone(), line: number },
            tags,
            task: None,
            changed_ms: row.changed.checked_mul(1_000),
            body: DraftContent::Card(Box::new(card)),
            also: Vec::new(),
            checked: None,
            study: studied,
        });
    }

    /// Finds the files that a card shows.
    fn files(&mut self, number: u32, place: usize, card: &Card) {
        for name in rich_text::shown_files(card) {
            let key = (place, name);
            if self.seen.contains(&key) {
                continue;
            }
            let (place, name) = (key.0, key.1.clone());
            self.seen.insert(key);
            let Some(file) = self.media.find(self.package, &name) else {
                self.problems.missing_file(number, &name);
                continue;
            };
            if self.media.is_large(&file) {
                self.problems.large_file(number, &name);
                continue;
            }
            let kind = match self.kinds.get(&file.entry) {
                Some(kind) => Ok(*kind),
                None => self.kind(&file.entry, file.zstd),
            };
            if let Ok(kind) = kind {
                self.kinds.insert(file.entry.clone(), kind);
            }
            match kind {
                Ok(Some(_)) => self.shelf.decks[place].media.push(file),
                Ok(None) => self.problems.unknown_file(number, &name),
                Err(why) => self.problems.damaged_file(number, &name, &why),
            }
        }
    }

    fn kind(&self, entry: &str, zstd: bool) -> Result<Option<MediaKind>, PackageError> {
        use std::io::Read;
        let mut head = Vec::new();
        self.package.with(entry, &mut |read| {
            let damaged = |why: std::io::Error| PackageError::Damaged {
                what: entry.to_owned(),
                why: why.to_string(),
            };
            if zstd {
                let read = zstd::Decoder::new(read).map_err(damaged)?;
                read.take(MEDIA_HEAD).read_to_end(&mut head).map_err(damaged)?;
            } else {
                read.take(MEDIA_HEAD).read_to_end(&mut head).map_err(damaged)?;
            }
            Ok(())
        })?;
        Ok(MediaKind::of(&head))
    }

    /// Puts the review log beside the cards.
    async fn reviews(&mut self, database: &mut AnkiDatabase) -> Result<(), AnkiError> {
        self.learned.sort_unstable_by_key(|(card, _)| *card);
        let mut after = i64::MIN;
        loop {
            let (learned, decks) = (&self.learned, &mut self.shelf.decks);
            let mut take = |row: ReviewRow| {
                let Ok(found) = learned.binary_search_by_key(&row.card, |(card, _)| *card) else {
                    return;
                };
                let [deck, item, place] = learned[found].1;
                let reviews = &mut decks[deck].items[item].study[place].reviews;
                reviews.extend(study::review(&row, reviews.is_empty()));
            };
            let Some(last) = database.reviews(after, &mut take).await? else { return Ok(()) };
            after = last;
            self.still_wanted()?;
        }
    }
}
