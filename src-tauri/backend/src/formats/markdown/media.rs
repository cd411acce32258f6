//! The pictures and sounds that a deck's text shows, read from beside it.

use std::collections::{BTreeMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::SourceMap;
use crate::deck::{Item, ItemBody, ItemSlug, MAX_MEDIA, MAX_MEDIA_FILE, MediaFile};
use crate::formats::{Problem, Severity};
use crate::rich_text;

/// Most files of a deck.
const MAX_MEDIA_FILES: usize = 20_000;

/// Reads the files that items show from the deck's folder: the one that holds `deck.md`, or the
/// single file. What is missing, or cannot be used, is a warning at the first item that shows it.
pub fn read_media(
    deck: &Path,
    items: &[Item],
    places: &SourceMap,
) -> (Vec<MediaFile>, Vec<Problem>) {
    let folder = if deck.is_dir() { deck } else { deck.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut size = 0u64;
    for (name, slug) in shown_files(items) {
        let full = files.len() >= MAX_MEDIA_FILES || size > MAX_MEDIA;
        let read = if full {
            Err("is one too many: the deck has too many files".into())
        } else {
            file(folder, &name)
        };
        match read {
            Ok(file) => {
                size += file.bytes.len() as u64;
                files.push(file);
            }
            Err(why) => problems.push(problem(&name, &why, slug, places)),
        }
    }
    (files, problems)
}

/// The addresses of the files that items show, each with the first item that does.
pub fn shown_files(items: &[Item]) -> BTreeMap<String, &ItemSlug> {
    let mut shown = BTreeMap::new();
    let mut seen = HashSet::new();
    for item in items {
        for address in files(item) {
            if seen.insert(address.clone()) {
                shown.insert(address, &item.slug);
            }
        }
    }
    shown
}

fn files(item: &Item) -> Vec<String> {
    match &item.body {
        ItemBody::Card(card) => rich_text::shown_files(card),
        ItemBody::Question(question) => {
            let options = question.options.iter().flat_map(|o| [o.text.as_str(), &o.reason]);
            let texts = [question.stem.as_str(), &question.explanation].into_iter().chain(options);
            texts.flat_map(rich_text::pictures).collect()
        }
    }
}

/// Reads a file, wherever links lead, as long as that is inside the folder.
fn file(folder: &Path, name: &str) -> Result<MediaFile, String> {
    let inside = |path: PathBuf| -> std::io::Result<Option<PathBuf>> {
        let (path, folder) = (path.canonicalize()?, folder.canonicalize()?);
        Ok(path.starts_with(&folder).then_some(path))
    };
    let path = match inside(folder.join(name)) {
        Ok(Some(path)) => path,
        Ok(None) => return Err("is a link out of the deck's folder".into()),
        Err(_) => return Err("is not there".into()),
    };
    if !path.is_file() {
        return Err("is no file".into());
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that just fits.
    let limit = MAX_MEDIA_FILE as u64 + 1;
    let opened = std::fs::File::open(&path).map_err(|error| format!("cannot be read: {error}"))?;
    opened
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be read: {error}"))?;
    MediaFile::new(name, bytes).map_err(|fault| fault.to_string())
}

/// A warning at the item that shows a file which is missing or cannot be used.
pub(crate) fn problem(name: &str, why: &str, slug: &ItemSlug, places: &SourceMap) -> Problem {
    let place = places.get(slug);
    Problem {
        severity: Severity::Warning,
        code: "missing-media".into(),
        file: place.map_or_else(String::new, |place| place.file.clone()),
        line: place.map_or(1, |place| place.line),
        column: 1,
        message: format!("“{name}”, which this item shows, {why}"),
        hint: "put it beside deck.md, or in a folder below it, under this name".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

    fn deck(folder: &Path) -> (Vec<MediaFile>, Vec<(u32, String)>) {
        let text = "---\ndeck: a\ntitle: A\nversion: 1.0.0\nlicense: MIT\n---\n\n\
            ## Card one\n\n![](media/a.png)\n\n---\n\n![](b.mp3) ![](../out.png)\n\n\
            ## Card two\n\n![](gone.png) ![](media/a.png)\n\n---\n\n![](c.png) ![](link.png)\n";
        std::fs::write(folder.join("deck.md"), text).unwrap();
        let parsed = markdown::parse(&markdown::read_folder(folder).unwrap()).unwrap();
        let (files, problems) = read_media(folder, &parsed.deck.items, &parsed.places);
        let problems = problems.into_iter().map(|problem| (problem.line, problem.message));
        (files, problems.collect())
    }

    #[test]
    fn files_that_items_show_are_read_and_others_are_warnings_at_the_item() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.png"), PNG).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("media")).unwrap();
        std::fs::write(folder.path().join("media/a.png"), PNG).unwrap();
        std::fs::write(folder.path().join("media/unused.png"), PNG).unwrap();
        std::fs::write(folder.path().join("b.mp3"), b"ID3.........").unwrap();
        std::fs::write(folder.path().join("c.png"), b"<html>").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            outside.path().join("secret.png"),
            folder.path().join("link.png"),
        )
        .unwrap();
        let (files, problems) = deck(folder.path());
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["b.mp3", "media/a.png"]);
        assert!(files[0].kind.is_sound() && !files[1].kind.is_sound());
        assert_eq!(problems.len(), 3, "{problems:?}");
        for ((line, message), name) in problems.iter().zip(["c.png", "gone.png", "link.png"]) {
            assert!(*line == 16 && message.contains(name), "{line} {message}");
        }
    }
}
