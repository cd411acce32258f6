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
use super::written::{ExportError, NotHeld, Steps, Written, cards_in_markdown, save};
use super::{ExportDeck, ExportItem, MediaBytes, Work};
use crate::deck::{CardStyle, Deck, DeckMeta, Item, ItemBody, ItemSlug, Markup};
use crate::rich_text;

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
        let mut steps = Steps::of(decks, work);
        for deck in decks {
            steps.take(0)?;
            let names = Names::of(deck);
            let native = native(deck, &names, &mut folders, &mut not_held);
            let Some(native) = native else { continue };
            let folder = native.meta.slug.to_string();
            let Some(files) = sound_files(native, &mut not_held, &mut written) else { continue };
            let mut put = |name: &str, bytes: &[u8]| -> std::io::Result<()> {
                zip.start_file(format!("{folder}/{name}"), SimpleFileOptions::default())?;
                zip.write_all(bytes)
            };
            for (name, text) in &files.texts {
                put(name, text.as_bytes()).map_err(failed)?;
            }
            steps.take(deck.items.len())?;
            for name in files.shown {
                steps.take(1)?;
                match names.bytes(&name, media) {
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

/// The names of the pictures and sounds of a deck: those that Markdown cannot hold get others.
struct Names<'d> {
    /// By the name that the deck has.
    written: HashMap<&'d str, String>,
    /// Hash of the bytes, by the name that is written.
    hashes: HashMap<String, &'d str>,
}

impl<'d> Names<'d> {
    fn of(deck: &'d ExportDeck) -> Self {
        let mut names = Self { written: HashMap::new(), hashes: HashMap::new() };
        // Names that stay as they are come first, so that no other takes theirs.
        let (clean, odd): (Vec<_>, Vec<_>) =
            deck.media.iter().partition(|media| plain(&media.name) == media.name);
        for media in clean.into_iter().chain(odd) {
            let base = plain(&media.name);
            let (stem, ending) = base.rsplit_once('.').unwrap_or((&base, ""));
            let mut name = base.clone();
            for number in 2.. {
                if !names.hashes.contains_key(&name) {
                    break;
                }
                name = format!("{stem}-{number}.{ending}");
            }
            names.written.insert(&media.name, name.clone());
            names.hashes.insert(name, &media.hash);
        }
        names
    }

    /// Markdown that was made of a card in HTML, with the names that are written.
    fn renamed(&self, mut text: String, shown: &[String]) -> String {
        for name in shown {
            let plain = percent_decode_str(name).decode_utf8_lossy();
            let written = self.written.get(name.as_str()).or_else(|| self.written.get(&*plain));
            let Some(written) = written.filter(|written| *written != name) else { continue };
            let escaped = name.replace('(', "\\(").replace(')', "\\)");
            text = text
                .replace(&format!("](<{escaped}>)"), &format!("]({written})"))
                .replace(&format!("]({escaped})"), &format!("]({written})"));
        }
        text
    }

    /// The bytes of a file by the name that is written, when it can stand beside `deck.md`.
    fn bytes(&self, name: &str, media: &MediaBytes<'_>) -> Option<Vec<u8>> {
        let safe = inside(name).is_some_and(|path| {
            path == name && Path::new(name).extension().is_none_or(|ending| ending != "md")
        });
        let hash = self.hashes.get(name).filter(|_| safe)?;
        media(hash)
    }
}

/// A name without characters that Markdown or a file system reads as something else.
fn plain(name: &str) -> String {
    let odd = |c: char| c.is_whitespace() || c.is_control() || ":\\%()<>\"'*?|&#`[]".contains(c);
    name.chars().map(|c| if odd(c) { '_' } else { c }).collect()
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
fn native(
    deck: &ExportDeck,
    names: &Names<'_>,
    folders: &mut Slugs,
    not_held: &mut NotHeld,
) -> Option<Deck> {
    let mut items = Vec::with_capacity(deck.items.len());
    let mut taken: HashSet<ItemSlug> =
        deck.items.iter().map(|exported| exported.item.slug.clone()).collect();
    for exported in &deck.items {
        push_items(exported, names, &mut items, &mut taken, not_held);
    }
    // The reader takes titles apart again.
    let title = deck.path.join("::");
    let mut meta = meta(deck, &title, folders, not_held)?;
    if meta.blueprint.is_some() && items.iter().any(|item| item.task.is_none()) {
        not_held.add("the exam of a deck in which items have no task", &meta.title);
        meta.blueprint = None;
    }
    let introduction = deck.introduction.clone();
    Some(Deck { meta, introduction, items, media: Vec::new() })
}

fn meta(
    deck: &ExportDeck,
    title: &str,
    folders: &mut Slugs,
    not_held: &mut NotHeld,
) -> Option<DeckMeta> {
    let slug = folders.of(&deck.slug, &deck.slug)?;
    let slug = String::from(slug).parse().ok()?;
    if let Some(meta) = &deck.meta {
        return Some(DeckMeta { slug, title: meta.title.clone(), ..meta.clone() });
    }
    not_held.add("decks of which no licence is known", title);
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
    names: &Names<'_>,
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
    if card.style == CardStyle::Faces {
        not_held.add("templates: their cards are written as they are", item.slug.as_str());
    }
    let shown = match card.markup {
        Markup::Html => rich_text::shown_files(card),
        Markup::Markdown => Vec::new(),
    };
    for (number, mut card) in (1..).zip(cards_in_markdown(card)) {
        card.front = names.renamed(card.front, &shown);
        card.back = names.renamed(card.back, &shown);
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
    let free = (number..=number + taken.len())
        .filter_map(|number| format!("{short}-{number}").parse::<ItemSlug>().ok())
        .find(|slug| !taken.contains(slug))?;
    taken.insert(free.clone());
    Some(free)
}

#[cfg(test)]
#[path = "native_export_tests.rs"]
mod tests;
