//! What comes with Sitwell: blueprints and native decks, embedded at build time.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

use crate::blueprint::{self, Blueprint, LoadError};
use crate::deck::{Deck, MediaFile};
use crate::formats::{Problem, Source, markdown};

/// The folder `decks/` of the repository.
#[derive(RustEmbed)]
#[folder = "../../decks"]
struct Files;

/// A bundled deck is not sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{folder}: {} problems, the first: {}", problems.len(), .problems.first().map_or(String::new(), ToString::to_string))]
pub struct BundledError {
    /// Folder of the deck.
    pub folder: String,
    /// Everything that is wrong with it.
    pub problems: Vec<Problem>,
}

/// Files of one deck, for [`markdown::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundledDeck {
    /// Name of its folder.
    pub folder: String,
    /// Its Markdown files; paths begin with the folder.
    pub sources: Vec<Source>,
}

/// The blueprints, ordered by the name of their file.
///
/// # Errors
/// The errors of the first blueprint that does not load; a released build has none.
pub fn blueprints() -> Result<Vec<Blueprint>, LoadError> {
    let is_blueprint = |path: &String| {
        path.strip_prefix("blueprints/").is_some_and(|name| extension(name, "toml"))
    };
    paths()
        .into_iter()
        .filter(is_blueprint)
        .filter_map(|path| Some((Files::get(&path)?, path)))
        .map(|(file, path)| blueprint::load(&path, &file.data))
        .collect()
}

/// The decks, ordered by the name of their folder.
///
/// # Errors
/// The problems of the first deck that is not sound; a released build has none.
pub fn decks() -> Result<Vec<Deck>, BundledError> {
    let read = |BundledDeck { folder, sources }| {
        match markdown::parse(&sources) {
            Ok(parsed) => with_media(&folder, parsed),
            Err(problems) => Err(problems),
        }
        .map_err(|problems| BundledError { folder, problems })
    };
    deck_sources().into_iter().map(read).collect()
}

/// The decks' files, ordered by the name of their folder: every folder that holds a `deck.md`.
pub fn deck_sources() -> Vec<BundledDeck> {
    let mut folders: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for path in paths() {
        if let Some((folder, name)) = path.split_once('/')
            && extension(name, "md")
            && let Some(file) = Files::get(&path)
        {
            let sources = folders.entry(folder.to_owned()).or_default();
            sources.push(Source::new(path.clone(), file.data));
        }
    }
    folders
        .into_iter()
        .map(|(folder, sources)| BundledDeck { folder, sources })
        .filter(|deck| deck.sources.iter().any(|s| s.path == format!("{}/deck.md", deck.folder)))
        .collect()
}

/// The deck with the files that its items show, from its folder.
fn with_media(folder: &str, parsed: markdown::Parsed) -> Result<Deck, Vec<Problem>> {
    let markdown::Parsed { mut deck, places } = parsed;
    let (mut media, mut problems) = (Vec::new(), Vec::new());
    for (name, slug) in markdown::shown_files(&deck.items) {
        let file = Files::get(&format!("{folder}/{name}")).ok_or_else(|| "is not there".to_owned());
        let file = file.and_then(|file| {
            MediaFile::new(&*name, &*file.data).map_err(|fault| fault.to_string())
        });
        match file {
            Ok(file) => media.push(file),
            Err(why) => problems.push(markdown::media_problem(&name, &why, slug, &places)),
        }
    }
    deck.media = media;
    if problems.is_empty() { Ok(deck) } else { Err(problems) }
}

fn paths() -> Vec<String> {
    let mut paths: Vec<String> = Files::iter().map(|path| path.replace('\\', "/")).collect();
    paths.sort();
    paths
}

fn extension(name: &str, extension: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::Status;

    #[test]
    fn every_bundled_blueprint_loads_and_codes_are_unique() {
        let blueprints = blueprints().unwrap();
        let codes: Vec<&str> = blueprints.iter().map(|blueprint| blueprint.code.as_str()).collect();
        assert_eq!(codes, ["AIF-C01", "AIP-C01", "MLA-C01", "MLS-C01"]);
    }

    #[test]
    fn the_main_exam_has_its_published_figures() {
        let blueprints = blueprints().unwrap();
        let exam = blueprints.iter().find(|blueprint| blueprint.code == "MLS-C01").unwrap();
        assert_eq!((exam.minutes, exam.items, exam.scored_items), (180, 65, 50));
        assert_eq!((exam.scale.min, exam.scale.pass, exam.scale.max), (100, 750, 1000));
        let weights: Vec<f64> = exam.domains.iter().map(|domain| domain.weight).collect();
        assert_eq!(weights, [20.0, 24.0, 36.0, 20.0]);
        assert_eq!(exam.tasks().count(), 15);
        assert!(matches!(exam.status, Status::Retired { .. }));
    }

    #[test]
    fn every_bundled_deck_is_sound_and_names_a_bundled_blueprint() {
        let blueprints = blueprints().unwrap();
        for deck in decks().unwrap() {
            let code = deck.meta.blueprint.as_ref().unwrap();
            let exam = blueprints.iter().find(|blueprint| blueprint.code == *code).unwrap();
            for item in &deck.items {
                assert!(exam.task(item.task.as_ref().unwrap()).is_some(), "{}", item.slug);
            }
        }
    }
}
