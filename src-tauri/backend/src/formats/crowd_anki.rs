//! `CrowdAnki`: a folder with `deck.json` and `media/`, as the add-on writes it for sharing decks on
//! forges. Notes become the cards that an Anki package would give.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::anki::{self, Notetype, TooLong};
use super::findings::{Findings, LeftOut};
use super::made_decks::{Decks, title_of};
use super::shown_files::folder_of;
use super::{
    Draft, DraftContent, DraftItem, DraftMedia, Format, Package, PackageError, Place, Work,
};
use crate::deck::Card;
use crate::rich_text;

/// Largest `deck.json`, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Most notes of a deck with those under it.
const MAX_NOTES: usize = 500_000;
/// Most tags of a note.
const MAX_TAGS: usize = 500;
const DECK: &str = "deck.json";

/// Why nothing of a folder is read.
#[derive(Debug, thiserror::Error)]
pub enum CrowdAnkiError {
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// No `deck.json`.
    #[error("{0} holds no deck.json, which CrowdAnki writes: export the deck again")]
    NoDeck(String),
    /// It is no JSON, or not that of a deck.
    #[error("{file} cannot be read: {source}. Export the deck again")]
    Json {
        /// Its path.
        file: String,
        /// What is wrong, with line and column.
        source: serde_json::Error,
    },
    /// A note type that cannot be read.
    #[error("the note type “{name}” cannot be read: {source}")]
    Notetype {
        /// Its name.
        name: String,
        /// Why.
        source: Box<anki::AnkiError>,
    },
    /// More than is read.
    #[error("{0} holds more than {MAX_NOTES} notes: export its decks one by one")]
    TooMany(String),
    /// It is no longer wanted.
    #[error("reading was cancelled")]
    Cancelled,
}

#[derive(Deserialize)]
struct Deck {
    #[serde(default)]
    name: String,
    #[serde(default)]
    crowdanki_uuid: Option<String>,
    #[serde(default)]
    desc: String,
    #[serde(default)]
    children: Vec<Deck>,
    #[serde(default)]
    notes: Vec<Note>,
    #[serde(default)]
    note_models: Vec<Model>,
}

#[derive(Deserialize)]
struct Note {
    #[serde(default)]
    guid: String,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(rename = "note_model_uuid")]
    model: String,
}

#[derive(Deserialize)]
struct Model {
    crowdanki_uuid: String,
    name: String,
    #[serde(default)]
    r#type: i64,
    #[serde(default)]
    flds: Vec<Field>,
    #[serde(default)]
    tmpls: Vec<Template>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    ord: Option<i64>,
}

#[derive(Deserialize)]
struct Template {
    name: String,
    #[serde(default)]
    ord: Option<i64>,
    #[serde(default)]
    qfmt: String,
    #[serde(default)]
    afmt: String,
}

/// Reads a deck with those under it.
///
/// # Errors
/// [`CrowdAnkiError`] when nothing of it can be read; what is wrong with single notes is in the
/// draft.
pub fn read(package: &Package, work: &dyn Work) -> Result<Draft, CrowdAnkiError> {
    let is_deck = |path: &&String| path.rsplit('/').next() == Some(DECK);
    let file = package
        .entries()
        .iter()
        .filter(is_deck)
        .min_by_key(|path| path.matches('/').count())
        .or_else(|| package.entries().first().filter(|_| package.is_file()))
        .ok_or_else(|| CrowdAnkiError::NoDeck(package.name().to_owned()))?;
    let bytes = package.read(file, MAX_FILE)?;
    let mut deck: Deck = serde_json::from_slice(&bytes)
        .map_err(|source| CrowdAnkiError::Json { file: file.clone(), source })?;
    drop(bytes);
    let of = count(&deck);
    if of > MAX_NOTES {
        return Err(CrowdAnkiError::TooMany(package.name().to_owned()));
    }
    let mut types = HashMap::new();
    take_types(&mut deck, &mut types)?;
    let mut reader = Reader {
        package,
        file,
        work,
        types,
        findings: Findings::default(),
        decks: Decks::default(),
        missing: HashSet::new(),
        read: 0,
        of: of as u64,
    };
    if deck.name.trim().is_empty() {
        deck.name = title_of(package.name());
    }
    reader.deck(&deck, &[])?;
    let (problems, passed_over) = reader.findings.finish();
    let decks = reader.decks.finish();
    Ok(Draft { format: Format::CrowdAnki, made_with: None, decks, passed_over, problems })
}

fn count(deck: &Deck) -> usize {
    deck.notes.len() + deck.children.iter().map(count).sum::<usize>()
}

/// The note types of a deck and those under it, by their identity.
fn take_types(
    deck: &mut Deck,
    types: &mut HashMap<String, Notetype>,
) -> Result<(), CrowdAnkiError> {
    for mut model in std::mem::take(&mut deck.note_models) {
        model.flds.sort_by_key(|field| field.ord);
        model.tmpls.sort_by_key(|template| template.ord);
        let fields = model.flds.into_iter().map(|field| field.name).collect();
        let templates = model.tmpls.into_iter().map(|t| (t.name, t.qfmt, t.afmt)).collect();
        let name = model.name.clone();
        let notetype = Notetype::new(model.name, model.r#type == 1, fields, templates)
            .map_err(|why| CrowdAnkiError::Notetype { name, source: Box::new(why) })?;
        types.insert(model.crowdanki_uuid, notetype);
    }
    deck.children.iter_mut().try_for_each(|child| take_types(child, types))
}

struct Reader<'p> {
    package: &'p Package,
    file: &'p str,
    work: &'p dyn Work,
    types: HashMap<String, Notetype>,
    findings: Findings,
    decks: Decks,
    /// Files that are not there, each told once.
    missing: HashSet<String>,
    read: u32,
    of: u64,
}

impl Reader<'_> {
    fn deck(&mut self, deck: &Deck, above: &[String]) -> Result<(), CrowdAnkiError> {
        let mut path = above.to_vec();
        // Old exports write the whole path of a child.
        let joined = format!("{}::", above.join("::"));
        let name = deck.name.strip_prefix(&joined).unwrap_or(&deck.name);
        path.extend(name.split("::").map(|part| part.trim().to_owned()).filter(|p| !p.is_empty()));
        if path.is_empty() {
            path.push(title_of(self.package.name()));
        }
        let draft = self.decks.deck(&path);
        draft.source_id.clone_from(&deck.crowdanki_uuid);
        draft.introduction = rich_text::markdown_of(&deck.desc);
        for note in &deck.notes {
            if self.work.cancelled() {
                return Err(CrowdAnkiError::Cancelled);
            }
            self.work.step(u64::from(self.read), self.of);
            self.read += 1;
            let place = Place { file: self.file.into(), line: self.read };
            match self.card(note, &place, &path) {
                Ok(card) => self.item(note, place, card, &path),
                Err(why) => self.findings.left_out(&place, why),
            }
        }
        deck.children.iter().try_for_each(|child| self.deck(child, &path))
    }

    fn card(&mut self, note: &Note, place: &Place, path: &[String]) -> Result<Card, LeftOut> {
        let Some(notetype) = self.types.get(&note.model) else {
            let hint = "export the deck again with its note types";
            return Err(LeftOut::new("no-note-type", "the note type is not in the file", hint));
        };
        let tags = note.tags.join(" ");
        let deck = path.join("::");
        let mut fields: Vec<&str> = note.fields.iter().map(String::as_str).collect();
        let wants = notetype.fields.len();
        if fields.len() != wants {
            let message = format!("the note has {} fields, its type {wants}", fields.len());
            let hint = "look whether the card is whole";
            self.findings.warn(place, LeftOut::new("field-count", message, hint));
            fields.resize(wants, "");
        }
        let note = anki::Note { notetype, fields: &fields, tags: &tags, deck: &deck };
        let ordinals: Vec<(u32, u8)> =
            anki::ordinals(note).into_iter().map(|ordinal| (ordinal, 0)).collect();
        if ordinals.is_empty() {
            let hint = "fill in the field that its front shows, or a deletion";
            return Err(LeftOut::new("no-cards", "the note makes no card", hint));
        }
        anki::card(note, &ordinals)
            .map_err(|TooLong| LeftOut::new("text-too-long", "the note is too long", "shorten it"))
    }

    fn item(&mut self, note: &Note, place: Place, card: Card, path: &[String]) {
        let mut tags: Vec<String> = Vec::new();
        for tag in note.tags.iter().map(|tag| tag.trim().to_lowercase()) {
            if !tag.is_empty() && tags.len() < MAX_TAGS && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let media = self.media(&place, &card);
        let item = DraftItem {
            source_id: Some(note.guid.trim()).filter(|id| !id.is_empty()).map(str::to_owned),
            place,
            tags,
            task: None,
            changed_ms: None,
            body: DraftContent::Card(Box::new(card)),
            also: Vec::new(),
            checked: None,
            study: Vec::new(),
        };
        self.decks.add(path, item, media);
    }

    /// The files that a card shows, from the folder beside the deck.
    fn media(&mut self, place: &Place, card: &Card) -> Vec<DraftMedia> {
        let folder = match folder_of(self.file) {
            "" => "media".to_owned(),
            folder => format!("{folder}/media"),
        };
        let mut media = Vec::new();
        for name in rich_text::shown_files(card) {
            let entry = format!("{folder}/{name}");
            if self.package.has(&entry) {
                media.push(DraftMedia { name, entry, zstd: false });
            } else if self.missing.insert(name.clone()) {
                let message = format!("“{name}”, which this note shows, is not in {folder}");
                let hint = "put it there and read the folder again";
                self.findings.warn(place, LeftOut::new("missing-media", message, hint));
            }
        }
        media
    }
}

#[cfg(test)]
#[path = "crowd_anki_tests.rs"]
mod tests;
