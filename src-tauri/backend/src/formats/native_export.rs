//! Native Markdown in a zip: a folder for each deck with `deck.md` and the files that it shows.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::path::Path;

use percent_encoding::percent_decode_str;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::made::Slugs;
use super::markdown::{self, MAX_FILE};
use super::package::inside;
use super::written::{ExportError, NotHeld, Written, cards_in_markdown, save};
use super::{ExportDeck, ExportItem, MediaBytes, Work};
use crate::deck::{Deck, DeckMeta, Item, ItemBody, ItemSlug};

/// Longest title of a deck, in bytes, as the native format has it.
const MAX_TITLE: usize = 300;

/// Writes decks as native Markdown in a zip. What the format cannot hold is told in words and
/// left out; the rest reads back as it is.
///
/// # Errors
/// [`ExportError`]; then the file that stood there before is as it was.
pub fn write(
    decks: &[ExportDeck],
    media: &MediaBytes<'_>,
    target: &Path,
    work: &dyn Work,
) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let mut not_held = NotHeld::default();
    save(target, |file| {
        let failed = |source| ExportError::Io { file: target.display().to_string(), source };
        let mut zip = ZipWriter::new(std::io::BufWriter::new(file));
        let mut folders = Slugs::default();
        for (deck, done) in decks.iter().zip(0u64..) {
            if work.cancelled() {
                return Err(ExportError::Cancelled);
            }
            work.step(done, decks.len() as u64);
            let Some(native) = native(deck, &mut folders, &mut not_held) else { continue };
            let folder = native.meta.slug.to_string();
            let Some(files) = sound_files(native, &mut not_held, &mut written) else { continue };
            let mut put = |name: &str, bytes: &[u8]| -> std::io::Result<()> {
                zip.start_file(format!("{folder}/{name}"), SimpleFileOptions::default())?;
                zip.write_all(bytes)
            };
            for (name, text) in &files.texts {
                put(name, text.as_bytes()).map_err(failed)?;
            }
            let known: HashMap<&str, &str> =
                deck.media.iter().map(|file| (file.name.as_str(), file.hash.as_str())).collect();
            for name in files.shown {
                match bytes_of(&name, &known, media).filter(|_| is_path(&name)) {
                    Some(bytes) => {
                        put(&name, &bytes).map_err(failed)?;
                        written.media += 1;
                    }
                    None => not_held.add("pictures and sounds that are not there", &name),
                }
            }
            written.decks += 1;
        }
        if written.decks == 0 {
            return Err(ExportError::Nothing);
        }
        let mut file = zip.finish().map_err(|why| failed(why.into()))?;
        file.flush().map_err(failed)
    })?;
    written.not_held = not_held.words();
    Ok(written)
}

/// A name that can stand in a zip beside `deck.md` as it is.
fn is_path(name: &str) -> bool {
    inside(name).is_some_and(|path| path == name && !path.ends_with(".md"))
}

/// The bytes of a file by its address in Markdown, which may be written with `%20` for a blank.
fn bytes_of(name: &str, known: &HashMap<&str, &str>, media: &MediaBytes<'_>) -> Option<Vec<u8>> {
    let plain = percent_decode_str(name).decode_utf8_lossy();
    let hash = known.get(name).or_else(|| known.get(&*plain))?;
    media(hash)
}

/// The texts of a deck by the names of their files, and what they show.
struct Files {
    texts: Vec<(String, String)>,
    shown: Vec<String>,
}

/// The files of a deck, without the items that the format cannot hold.
fn sound_files(mut deck: Deck, not_held: &mut NotHeld, written: &mut Written) -> Option<Files> {
    let limit = MAX_FILE / 2;
    let texts = markdown::write_files(&deck, limit).or_else(|_| {
        // One item after the other, to find those that are at fault.
        let alone = |item: &Item| {
            let mut item = item.clone();
            if let ItemBody::Question(question) = &mut item.body {
                question.enemies.clear();
            }
            let (meta, introduction) = (deck.meta.clone(), String::new());
            Deck { meta, introduction, items: vec![item], media: Vec::new() }
        };
        let sound: HashSet<ItemSlug> = deck
            .items
            .iter()
            .filter(|item| match markdown::write(&alone(item)) {
                Ok(_) => true,
                Err(why) => {
                    not_held.add("left out", &format!("{} ({why})", item.slug));
                    false
                }
            })
            .map(|item| item.slug.clone())
            .collect();
        deck.items.retain(|item| sound.contains(&item.slug));
        for item in &mut deck.items {
            if let ItemBody::Question(question) = &mut item.body {
                question.enemies.retain(|enemy| sound.contains(enemy));
            }
        }
        markdown::write_files(&deck, limit)
    });
    match texts {
        Ok(texts) => {
            written.items += deck.items.len();
            let shown = markdown::shown_files(&deck.items).into_keys().collect();
            Some(Files { texts, shown })
        }
        Err(why) => {
            not_held.add("left out", &format!("the deck {} ({why})", deck.meta.slug));
            None
        }
    }
}

/// A deck as the native format has it.
fn native(deck: &ExportDeck, folders: &mut Slugs, not_held: &mut NotHeld) -> Option<Deck> {
    let mut items = Vec::with_capacity(deck.items.len());
    let mut taken: HashSet<ItemSlug> =
        deck.items.iter().map(|exported| exported.item.slug.clone()).collect();
    for exported in &deck.items {
        push_items(exported, &mut items, &mut taken, not_held);
    }
    let title = deck.path.join(" / ");
    if deck.path.len() > 1 {
        not_held.add("decks under others are written with both titles", &title);
    }
    let mut meta = meta(deck, title, folders, not_held)?;
    if meta.blueprint.is_some() && items.iter().any(|item| item.task.is_none()) {
        not_held.add("the exam of a deck in which items have no task", &meta.title);
        meta.blueprint = None;
    }
    let introduction = deck.introduction.clone();
    Some(Deck { meta, introduction, items, media: Vec::new() })
}

fn meta(
    deck: &ExportDeck,
    title: String,
    folders: &mut Slugs,
    not_held: &mut NotHeld,
) -> Option<DeckMeta> {
    let slug = folders.of(&deck.slug, &deck.slug)?;
    let slug = String::from(slug).parse().ok()?;
    if let Some(meta) = &deck.meta {
        return Some(DeckMeta { slug, title: meta.title.clone(), ..meta.clone() });
    }
    not_held.add("decks of which no licence is known", &title);
    let mut end = title.len().min(MAX_TITLE);
    while !title.is_char_boundary(end) {
        end -= 1;
    }
    let title = title[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    Some(DeckMeta {
        slug,
        title,
        version: semver::Version::new(1, 0, 0),
        license: "unknown".to_owned(),
        authors: Vec::new(),
        blueprint: None,
        language: "en".to_owned(),
    })
}

/// An item in Markdown; of a card made from a template, one for each of its sides.
fn push_items(
    exported: &ExportItem,
    items: &mut Vec<Item>,
    taken: &mut HashSet<ItemSlug>,
    not_held: &mut NotHeld,
) {
    let item = &exported.item;
    if !exported.study.is_empty() {
        not_held.add("reviews and intervals", item.slug.as_str());
    }
    let ItemBody::Card(card) = &item.body else {
        items.push(item.clone());
        return;
    };
    if card.style == crate::deck::CardStyle::Faces {
        not_held.add("templates: their cards are written as they are", item.slug.as_str());
    }
    for (number, card) in (1..).zip(cards_in_markdown(card)) {
        let Some(slug) = numbered(&item.slug, number, taken) else { continue };
        items.push(Item { slug, body: ItemBody::Card(card), ..item.clone() });
    }
}

/// The slug itself for the first, and one that is free for each other.
fn numbered(slug: &ItemSlug, number: usize, taken: &mut HashSet<ItemSlug>) -> Option<ItemSlug> {
    if number == 1 {
        return Some(slug.clone());
    }
    let short = slug.as_str().get(..64).unwrap_or(slug.as_str()).trim_end_matches('-');
    let free = (number..)
        .filter_map(|number| format!("{short}-{number}").parse::<ItemSlug>().ok())
        .find(|slug| !taken.contains(slug))?;
    taken.insert(free.clone());
    Some(free)
}

#[cfg(test)]
#[path = "native_export_tests.rs"]
mod tests;
