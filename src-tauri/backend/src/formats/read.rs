//! The door for whatever a learner brings in: tells what a file is, and has it read.

use super::markdown::{self, MAX_FILE, MAX_FILES, Reading};
use super::{
    Draft, DraftContent, DraftDeck, DraftItem, DraftMedia, Format, Package, PackageError, Place,
    Source, Work,
};
use crate::deck::{Item, ItemBody};
use crate::desk::views::ColumnChoice;

/// Why a file cannot be read as what it is.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// Nothing that is known.
    #[error("“{0}” is in no format that Sitwell reads")]
    Unknown(String),
    /// It is no longer wanted.
    #[error("reading was cancelled")]
    Cancelled,
}

/// What a package is, by what is in it.
///
/// # Errors
/// [`ReadError`] when it cannot be read or is nothing that is known.
pub fn detect(package: &Package) -> Result<Format, ReadError> {
    let native = |path: &&String| path.to_ascii_lowercase().ends_with(".md");
    for path in package.entries().iter().filter(native).take(MAX_FILES) {
        let text = package.read(path, MAX_FILE as u64)?;
        if text.starts_with(b"---") && text.windows(6).take(4_096).any(|part| part == b"\ndeck:") {
            return Ok(Format::Markdown);
        }
    }
    Err(ReadError::Unknown(package.name().to_owned()))
}

/// Reads a package as the format given; of a delimited file, the columns as chosen.
///
/// # Errors
/// [`ReadError`] when nothing of it can be read. What is wrong with parts of it is in the draft.
pub fn read(
    package: &Package,
    format: Format,
    columns: &ColumnChoice,
    work: &dyn Work,
) -> Result<Draft, ReadError> {
    let _ = columns;
    if work.cancelled() {
        return Err(ReadError::Cancelled);
    }
    match format {
        Format::Markdown => native(package),
        _ => Err(ReadError::Unknown(package.name().to_owned())),
    }
}

/// One native deck: a file, or all Markdown of a folder or zip.
fn native(package: &Package) -> Result<Draft, ReadError> {
    let is_markdown = |path: &&String| path.to_ascii_lowercase().ends_with(".md");
    let mut sources = Vec::new();
    for path in package.entries().iter().filter(is_markdown).take(MAX_FILES) {
        sources.push(Source::new(path.clone(), package.read(path, MAX_FILE as u64)?));
    }
    let Reading { root, meta, introduction, items, places, mut problems } =
        markdown::read(&sources);
    let folder = root.rfind('/').map_or("", |at| &root[..=at]);
    let mut media = Vec::new();
    for (name, slug) in markdown::shown_files(&items) {
        let entry = format!("{folder}{name}");
        if package.has(&entry) {
            media.push(DraftMedia { name, entry, zstd: false });
        } else {
            problems.push(markdown::media_problem(&name, "is not there", slug, &places));
        }
    }
    let items = items.into_iter().map(|item| {
        let place = places.get(&item.slug);
        let place = place.map(|place| Place { file: place.file.clone(), line: place.line });
        draft_item(item, place.unwrap_or_else(|| Place { file: root.clone(), line: 1 }))
    });
    let mut deck =
        DraftDeck { introduction, media, items: items.collect(), ..DraftDeck::default() };
    deck.path = vec![package.name().to_owned()];
    if let Some(meta) = meta {
        deck.path = crate::study::tree::parts(&meta.title).into_iter().map(str::to_owned).collect();
        deck.source_id = Some(meta.slug.to_string());
        deck.license = Some(meta.license);
        deck.authors = meta.authors;
        deck.version = Some(meta.version);
        deck.blueprint = meta.blueprint;
        deck.language = Some(meta.language);
    }
    let format = Format::Markdown;
    Ok(Draft { format, made_with: None, decks: vec![deck], passed_over: Vec::new(), problems })
}

fn draft_item(item: Item, place: Place) -> DraftItem {
    DraftItem {
        source_id: Some(item.slug.to_string()),
        place,
        tags: item.tags,
        task: item.task,
        changed_ms: None,
        body: match item.body {
            ItemBody::Question(question) => DraftContent::Question(Box::new(question)),
            ItemBody::Card(card) => DraftContent::Card(Box::new(card)),
        },
        study: Vec::new(),
    }
}
