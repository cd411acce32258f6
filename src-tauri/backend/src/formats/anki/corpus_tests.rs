//! Real packages, where there are some: in the folder named by `SITWELL_CORPUS`, or in
//! `shared/corpus` beside the repository.

use std::path::PathBuf;

use super::read;
use crate::deck::CardStyle;
use crate::formats::{Draft, DraftContent, DraftItem, Package, Quiet};
use crate::rich_text::{self, Media};

fn corpus() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let folder = std::env::var_os("SITWELL_CORPUS").map_or_else(|| beside.into(), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no corpus at {}; nothing was read", folder.display());
    None
}

fn items(draft: &Draft) -> impl Iterator<Item = &DraftItem> {
    draft.decks.iter().flat_map(|deck| &deck.items)
}

fn draft(name: &str) -> Option<Draft> {
    let package = Package::open(&corpus()?.join(name)).expect("a package");
    Some(read(&package, &Quiet).expect("a draft"))
}

#[test]
fn every_package_gives_the_notes_and_cards_that_it_holds() {
    let Some(folder) = corpus() else { return };
    let list = std::fs::read_to_string(folder.join("MANIFEST.tsv")).expect("a list");
    let mut read_any = false;
    for line in list.lines().filter(|line| line.starts_with("anki/")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let wanted: (usize, usize) =
            (columns[5].parse().expect("notes"), columns[6].parse().expect("cards"));
        let draft = draft(columns[0]).expect("the corpus is there");
        let cards = |item: &DraftItem| match &item.body {
            DraftContent::Card(card) => card.ordinals().len(),
            DraftContent::Question(_) => 0,
        };
        let got = (items(&draft).count(), items(&draft).map(cards).sum::<usize>());
        assert_eq!(got, wanted, "{}: {:?}", columns[0], draft.problems);
        read_any = true;
    }
    assert!(read_any);
}

#[test]
fn what_was_learned_comes_along_from_either_generation() {
    for name in ["anki/made-legacy-sched.apkg", "anki/made-latest-sched.apkg"] {
        let Some(draft) = draft(name) else { return };
        let study = || items(&draft).flat_map(|item| &item.study);
        assert_eq!(study().map(|s| s.reviews.len()).sum::<usize>(), 12, "{name}");
        assert_eq!(study().filter(|s| s.suspended).count(), 2, "{name}");
        assert_eq!(study().filter(|s| s.flag > 0).count(), 2, "{name}");
        assert!(study().all(|s| s.state.is_none_or(|state| state.memory.is_some())), "{name}");
    }
}

#[test]
fn decks_nest_and_media_are_found_by_name() {
    let Some(draft) = draft("anki/made-latest.colpkg") else { return };
    let paths: Vec<String> = draft.decks.iter().map(|deck| deck.path.join("/")).collect();
    assert!(paths.contains(&"AWS ML/Data Engineering/Streaming".to_owned()), "{paths:?}");
    let names = draft.decks.iter().flat_map(|deck| &deck.media).map(|file| file.name.as_str());
    let names: std::collections::BTreeSet<&str> = names.collect();
    assert_eq!(
        names.into_iter().collect::<Vec<_>>(),
        ["beep.mp3", "confusion matrix é.png", "roc.png"]
    );
    let warned: Vec<&str> = draft.problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(warned, ["missing-media"]);
}

#[test]
fn stock_notes_can_be_edited_and_nothing_hostile_is_shown() {
    let Some(draft) = draft("anki/made-legacy-plain.apkg") else { return };
    let mut styles = std::collections::BTreeMap::new();
    for item in items(&draft) {
        let DraftContent::Card(card) = &item.body else { continue };
        *styles.entry(card.style.name()).or_insert(0) += 1;
        for ordinal in card.ordinals() {
            let sides = rich_text::sides(card, ordinal, &Media::none());
            let html = sides.front_html + &sides.back_html;
            for bad in ["<script", "onerror", "javascript:", "pwned"] {
                assert!(!html.contains(bad), "{html}");
            }
        }
    }
    let count = |style: CardStyle| styles.get(style.name()).copied().unwrap_or(0);
    assert_eq!(count(CardStyle::Basic), 21, "{styles:?}");
    assert_eq!(count(CardStyle::Reversed), 6);
    assert_eq!(count(CardStyle::Cloze), 6);
    assert_eq!(count(CardStyle::Typed), 1);
    assert_eq!(count(CardStyle::Faces), 1);
}
