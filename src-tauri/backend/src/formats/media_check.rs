//! Which files of a draft will not be kept, told before it is.

use std::collections::HashSet;

use super::{Draft, Package, Problem, Severity};
use crate::deck::MAX_MEDIA_FILE;

/// Most files that are told of.
const MAX_TOLD: usize = 1_000;

/// Warns of files that are not in the package, or are larger than what is kept. A reader that
/// knows more, such as that of Anki's packed files, has told of those itself.
pub fn warn_of_media(package: &Package, draft: &mut Draft) {
    let mut seen = HashSet::new();
    let mut told = Vec::new();
    for media in draft.decks.iter().flat_map(|deck| &deck.media) {
        if told.len() == MAX_TOLD || !seen.insert(&media.entry) {
            continue;
        }
        let limit = MAX_MEDIA_FILE as u64;
        let (code, what, hint) = match package.size(&media.entry) {
            None => ("missing-media", "is not in the package", "export it again with its files"),
            Some(size) if size > limit => {
                ("large-media", "is larger than 20 MiB, so it is left out", "make it smaller")
            }
            Some(_) => continue,
        };
        told.push(Problem {
            severity: Severity::Warning,
            code: code.into(),
            file: media.entry.clone(),
            line: 1,
            column: 1,
            message: format!("“{}” {what}", media.name),
            hint: hint.into(),
        });
    }
    draft.problems.extend(told);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::outline::zip_of;
    use crate::formats::{DraftDeck, DraftMedia, Format};

    #[test]
    fn files_that_are_missing_or_too_large_are_told_of_once() {
        let large = vec![0; MAX_MEDIA_FILE + 1];
        let package = Package::of_bytes(
            "a.zip",
            zip_of(&[("small.png", b"\x89PNG\r\n\x1a\n"), ("large.png", &large)]),
        );
        let file = |name: &str| DraftMedia { name: name.into(), entry: name.into(), zstd: false };
        let media = ["small.png", "large.png", "gone.png"].map(file).to_vec();
        let deck = DraftDeck { path: vec!["A".into()], media, ..DraftDeck::default() };
        let mut draft = Draft {
            format: Format::Qti,
            made_with: None,
            decks: vec![deck.clone(), deck],
            passed_over: Vec::new(),
            problems: Vec::new(),
        };
        warn_of_media(&package.unwrap(), &mut draft);
        let told: Vec<(&str, &str)> =
            draft.problems.iter().map(|problem| (&*problem.code, &*problem.file)).collect();
        assert_eq!(told, [("large-media", "large.png"), ("missing-media", "gone.png")]);
    }
}
