//! Decks of ours as an `.apkg` that every Anki from 2.1 on opens.

use std::collections::{HashMap, HashSet};
use std::io::{Seek, Write};
use std::path::Path;

use prost::Message as _;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::proto::PackageMetadata;
use super::write_kinds::{self, KindOf};
use super::{AnkiError, alone};
use crate::deck::MediaKind;
use crate::formats::written::{self, Steps};
use crate::formats::{DraftState, DraftStudy, ExportDeck, ExportItem, MediaBytes, Work};
use crate::rich_text::{self, Showing};
use crate::store::anki::{AnkiWriter, NewCard, NewCollection, NewNote, NewReview};
use crate::study::Phase;

const DAY_S: i64 = 86_400;
/// How far the first day of the collection lies back, so that no day of it is negative.
const DAYS_BACK: i64 = 3_650;
/// The ease that Anki gives where FSRS keeps none.
const EASE: i64 = 2_500;
/// Version of a package with the collection in `collection.anki21`.
const VERSION: u32 = 2;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Decks.
    pub decks: u64,
    /// Notes, one for each item.
    pub notes: u64,
    /// Their cards.
    pub cards: u64,
    /// Entries of the review log.
    pub reviews: u64,
    /// Pictures and sounds.
    pub media: u64,
    /// Files that the text shows and that are not kept any more.
    pub missing: Vec<String>,
}

impl From<Written> for written::Written {
    fn from(written: Written) -> Self {
        let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let gone = |name: String| format!("“{name}” is not kept any more, so it is missing.");
        Self {
            decks: count(written.decks),
            items: count(written.notes),
            media: count(written.media),
            not_held: written.missing.into_iter().map(gone).collect(),
        }
    }
}

/// Writes decks to a package at `to`; what stood there is replaced when it is whole, and stays
/// when it fails. `now_ms` is the time, Unix milliseconds.
///
/// # Errors
/// [`AnkiError`] when it cannot be written, or is cancelled.
pub fn write(
    decks: &[ExportDeck],
    media: &MediaBytes<'_>,
    to: &Path,
    now_ms: i64,
    work: &dyn Work,
) -> Result<Written, AnkiError> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut package =
        NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(AnkiError::Temporary)?;
    let database = NamedTempFile::new().map_err(AnkiError::Temporary)?;
    let mut written = Written { decks: decks.len() as u64, ..Written::default() };
    let mut zip = ZipWriter::new(package.as_file_mut());
    let mut steps = Steps::of(decks, work);
    let files = Files::write(decks, media, &mut zip, &mut written, &mut steps)?;
    let path = database.path();
    let count = &mut written;
    alone(async move { Notes::write(decks, &files, path, now_ms, steps, count).await })?;
    if work.cancelled() {
        return Err(AnkiError::Cancelled);
    }
    let deflated = SimpleFileOptions::default();
    start(&mut zip, "collection.anki21", deflated)?;
    let mut collection = std::fs::File::open(path).map_err(AnkiError::Temporary)?;
    std::io::copy(&mut collection, &mut zip).map_err(AnkiError::Temporary)?;
    start(&mut zip, "meta", deflated)?;
    let meta = PackageMetadata { version: VERSION }.encode_to_vec();
    zip.write_all(&meta).map_err(AnkiError::Temporary)?;
    zip.finish().map_err(zip_failed)?;
    package.as_file().sync_all().map_err(AnkiError::Temporary)?;
    package.persist(to).map_err(|failed| AnkiError::Temporary(failed.error))?;
    Ok(written)
}

fn start<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    options: SimpleFileOptions,
) -> Result<(), AnkiError> {
    zip.start_file(name, options).map_err(zip_failed)
}

fn zip_failed(why: zip::result::ZipError) -> AnkiError {
    AnkiError::Temporary(std::io::Error::other(why))
}

/// The files of all decks under names that are flat, as Anki wants them.
struct Files {
    /// Flat name and what it is, by deck and name there.
    names: HashMap<(usize, String), (Showing, String)>,
}

impl Files {
    /// Writes the files and the list of them.
    fn write<W: Write + Seek>(
        decks: &[ExportDeck],
        media: &MediaBytes<'_>,
        zip: &mut ZipWriter<W>,
        written: &mut Written,
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnkiError> {
        let mut list: Vec<(String, String)> = Vec::new();
        let mut names = HashMap::new();
        let mut by_hash: HashMap<&str, (Showing, String)> = HashMap::new();
        let mut taken: HashSet<String> = HashSet::new();
        // Pictures and sounds are compressed by themselves.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let all = decks.iter().enumerate().flat_map(|(at, d)| d.media.iter().map(move |f| (at, f)));
        for (deck, file) in all {
            steps.take(1).map_err(|_| AnkiError::Cancelled)?;
            let key = (deck, file.name.clone());
            if let Some(known) = by_hash.get(file.hash.as_str()) {
                names.insert(key, known.clone());
                continue;
            }
            let Some(bytes) = media(&file.hash) else {
                written.missing.push(file.name.clone());
                continue;
            };
            let number = list.len().to_string();
            start(zip, &number, stored)?;
            zip.write_all(&bytes).map_err(AnkiError::Temporary)?;
            let mut flat = file.name.rsplit('/').next().unwrap_or_default().to_owned();
            if flat.is_empty() || !taken.insert(flat.to_lowercase()) {
                flat = format!("{}-{flat}", file.hash.get(..12).unwrap_or(&number));
                taken.insert(flat.to_lowercase());
            }
            let sound = MediaKind::of(&bytes).is_some_and(MediaKind::is_sound);
            let it = (if sound { Showing::Sound } else { Showing::Picture }, flat.clone());
            by_hash.insert(&file.hash, it.clone());
            names.insert(key, it);
            list.push((number, flat));
            written.media += 1;
        }
        start(zip, "media", SimpleFileOptions::default())?;
        let list: serde_json::Map<_, _> =
            list.into_iter().map(|(number, name)| (number, name.into())).collect();
        let list = serde_json::Value::Object(list).to_string();
        zip.write_all(list.as_bytes()).map_err(AnkiError::Temporary)?;
        Ok(Self { names })
    }
}

/// The notes with their cards.
struct Notes<'a> {
    database: AnkiWriter,
    files: &'a Files,
    written: &'a mut Written,
    /// Identities of notes and times of reviews that are taken.
    guids: HashSet<String>,
    times: HashSet<i64>,
    next_note: i64,
    next_card: i64,
    created: i64,
    now_s: i64,
}

impl<'a> Notes<'a> {
    async fn write(
        decks: &[ExportDeck],
        files: &'a Files,
        path: &Path,
        now_ms: i64,
        mut steps: Steps<'_>,
        written: &'a mut Written,
    ) -> Result<(), AnkiError> {
        let seconds = now_ms.div_euclid(1_000);
        let created = (seconds.div_euclid(DAY_S) - DAYS_BACK) * DAY_S;
        let kinds = write_kinds::kinds(decks);
        let collection = NewCollection {
            created,
            now_ms,
            settings: write_kinds::SETTINGS.into(),
            notetypes: write_kinds::notetypes(&kinds, seconds),
            decks: write_kinds::decks(decks, seconds),
            options: write_kinds::OPTIONS.into(),
        };
        let mut notes = Self {
            database: AnkiWriter::create(path, &collection).await?,
            files,
            written,
            guids: HashSet::new(),
            times: HashSet::new(),
            next_note: now_ms,
            next_card: now_ms,
            created,
            now_s: seconds,
        };
        for (place, deck) in decks.iter().enumerate() {
            for item in &deck.items {
                steps.take(1).map_err(|_| AnkiError::Cancelled)?;
                notes.note(place, deck, item).await?;
            }
        }
        Ok(notes.database.finish().await?)
    }

    async fn note(
        &mut self,
        place: usize,
        deck: &ExportDeck,
        it: &ExportItem,
    ) -> Result<(), AnkiError> {
        let own = format!("{}/{}", deck.slug, it.item.slug);
        let known = it.source_id.clone().filter(|id| !self.guids.contains(id));
        let guid = known.unwrap_or(own);
        self.guids.insert(guid.clone());
        let names = |name: &str| self.files.names.get(&(place, name.to_owned())).cloned();
        let KindOf { kind, fields, ordinals } = write_kinds::fields(&it.item.body, &names);
        let sort = rich_text::plain_text_of_html(fields.first().map_or("", String::as_str));
        let id = self.next_note;
        self.next_note += 1;
        let changed = it.changed_ms.div_euclid(1_000);
        let tags =
            it.item.tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_"));
        let tags = tags.fold(String::new(), |all, tag| all + " " + &tag);
        let note = NewNote {
            id,
            guid: &guid,
            notetype: kind.id(),
            changed,
            tags: if tags.is_empty() { tags } else { tags + " " },
            fields: fields
                .iter()
                .map(|field| field.replace('\u{1f}', " "))
                .collect::<Vec<_>>()
                .join("\u{1f}"),
            sort,
        };
        self.database.note(&note).await?;
        self.written.notes += 1;
        let home = write_kinds::deck_id(&deck.path);
        for ordinal in ordinals {
            let study = it.study.iter().find(|study| study.ordinal == ordinal);
            self.card(id, home, ordinal, study).await?;
        }
        Ok(())
    }

    async fn card(
        &mut self,
        note: i64,
        deck: i64,
        ord: u32,
        study: Option<&DraftStudy>,
    ) -> Result<(), AnkiError> {
        let id = self.next_card;
        self.next_card += 1;
        let state = study.and_then(|study| study.state);
        let (kind, queue, due) = self.place(state.as_ref());
        let memory = state.and_then(|state| state.memory);
        let data = memory.map_or_else(
            || "{}".to_owned(),
            |memory| {
                serde_json::json!({ "s": memory.stability, "d": memory.difficulty }).to_string()
            },
        );
        let card = NewCard {
            id,
            note,
            deck,
            ord,
            changed: self.now_s,
            kind,
            queue: if study.is_some_and(|study| study.suspended) { -1 } else { queue },
            due,
            interval: state.map_or(0, |state| state.interval),
            factor: if state.is_some() { EASE } else { 0 },
            reviews: state.map_or(0, |state| state.reviews),
            lapses: state.map_or(0, |state| state.lapses),
            flags: study.map_or(0, |study| study.flag),
            data,
        };
        self.database.card(&card).await?;
        self.written.cards += 1;
        for review in study.iter().flat_map(|study| &study.reviews) {
            let mut at = review.at_ms;
            while !self.times.insert(at) {
                at += 1;
            }
            let kind = match review.before {
                Phase::New | Phase::Learning => 0,
                Phase::Review => 1,
                Phase::Relearning => 2,
            };
            let entry = NewReview {
                at,
                card: id,
                ease: review.grade.rating(),
                interval: review.interval,
                factor: EASE,
                taken: review.taken_ms,
                kind,
            };
            self.database.review(&entry).await?;
            self.written.reviews += 1;
        }
        Ok(())
    }

    /// Type, queue and due date of a card: a new one in the order of the file, one in review by
    /// the day, one in steps by the second.
    fn place(&self, state: Option<&DraftState>) -> (i64, i64, i64) {
        let Some(state) = state else {
            return (0, 0, i64::try_from(self.written.cards).unwrap_or(0) + 1);
        };
        let due_s = state.due_ms.div_euclid(1_000);
        match state.phase {
            Phase::New => (0, 0, 0),
            Phase::Learning => (1, 1, due_s),
            Phase::Relearning => (3, 1, due_s),
            // The learner's day may begin hours away from this collection's.
            Phase::Review => (2, 2, (due_s - self.created + DAY_S / 2).div_euclid(DAY_S)),
        }
    }
}

/// A number above a billion that stays the same for the same words.
pub(super) fn stable_id(words: &str) -> i64 {
    let hash = Sha256::digest(words.as_bytes());
    let number = hash.iter().take(6).fold(0i64, |number, byte| (number << 8) | i64::from(*byte));
    1_000_000_000_000 + number % 500_000_000_000
}
