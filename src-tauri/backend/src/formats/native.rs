//! Sitwell's own format as a draft: a file, or all decks of a folder or zip.

use std::collections::BTreeMap;

use super::markdown::{self, MAX_FILE, MAX_FILES, Reading};
use super::notes::Notes;
use super::{
    Draft, DraftContent, DraftDeck, DraftItem, DraftMedia, Format, Package, PackageError, Place,
    Source, file_title,
};
use crate::deck::{Item, ItemBody};

/// Reads the native decks of a package; each `deck.md` begins one, with what lies below it.
///
/// # Errors
/// [`PackageError`] when a file cannot be read or is too large.
pub fn read(package: &Package) -> Result<Draft, PackageError> {
    let mut notes = Notes::default();
    let mut decks = Vec::new();
    for (folder, files) in groups(package)? {
        let sources: Result<Vec<Source>, PackageError> = files
            .iter()
            .map(|file| Ok(Source::new(file.clone(), package.read(file, MAX_FILE as u64)?)))
            .collect();
        let Reading { root, meta, introduction, items, places, problems } =
            markdown::read(&sources?);
        for problem in problems {
            notes.add(problem);
        }
        let mut media = Vec::new();
        for (name, slug) in markdown::shown_files(&items) {
            let entry = format!("{folder}{}", name.strip_prefix("./").unwrap_or(&name));
            if package.has(&entry) {
                media.push(DraftMedia { name, entry, zstd: false });
            } else {
                notes.add(markdown::media_problem(&name, "is not there", slug, &places));
            }
        }
        let items = items.into_iter().map(|item| {
            let place = places.get(&item.slug);
            let place =
                place.map(|place| Place { file: place.file.as_str().into(), line: place.line });
            draft_item(item, place.unwrap_or_else(|| Place { file: root.as_str().into(), line: 1 }))
        });
        let mut deck = DraftDeck { introduction, media, ..DraftDeck::default() };
        deck.items = items.collect();
        match meta {
            Some(meta) => {
                let parts = meta.title.split("::").map(|part| part.trim().to_owned());
                deck.path = parts.filter(|part| !part.is_empty()).collect();
                deck.source_id = Some(meta.slug.to_string());
                deck.license = Some(meta.license);
                deck.authors = meta.authors;
                deck.version = Some(meta.version);
                deck.blueprint = meta.blueprint;
                deck.language = Some(meta.language);
            }
            None => deck.path = vec![file_title(&root)],
        }
        if deck.path.is_empty() {
            deck.path = vec![file_title(&root)];
        }
        decks.push(deck);
    }
    decks.sort_by(|a, b| a.path.cmp(&b.path));
    let (passed_over, problems) = notes.finish();
    Ok(Draft { format: Format::Markdown, made_with: None, decks, passed_over, problems })
}

/// The Markdown files of each deck, by the deck's folder with its `/`.
fn groups(package: &Package) -> Result<BTreeMap<String, Vec<String>>, PackageError> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if package.is_file() {
        groups.insert(String::new(), package.entries().to_vec());
        return Ok(groups);
    }
    let is_markdown = |path: &&String| path.to_ascii_lowercase().ends_with(".md");
    let files: Vec<&String> = package.entries().iter().filter(is_markdown).collect();
    if files.len() > MAX_FILES {
        return Err(PackageError::TooMany(package.name().to_owned()));
    }
    let folder = |path: &str| path.rfind('/').map_or("", |at| &path[..=at]).to_owned();
    for file in &files {
        if file.rsplit('/').next() == Some("deck.md") {
            groups.insert(folder(file), Vec::new());
        }
    }
    // Without any, a single file with front matter may lie in it.
    if groups.is_empty() {
        groups = files.iter().map(|file| (folder(file), Vec::new())).collect();
    }
    for file in files {
        let own = groups.keys().filter(|folder| file.starts_with(*folder)).max_by_key(|f| f.len());
        if let Some(own) = own.cloned()
            && let Some(files) = groups.get_mut(&own)
        {
            files.push(file.clone());
        }
    }
    Ok(groups)
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
        also: item.also,
        checked: item.checked,
        study: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;

    use super::*;

    const DECK: &str = "---\ndeck: a\ntitle: All::A\nversion: 1.2.0\nlicense: MIT\n---\n\n\
        ## Card one\ntags: x\n\n![](media/a.png)\n\n---\n\n![](gone.png)\n";

    fn zip(files: &[(&str, &[u8])]) -> Package {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        Package::of_bytes("x.sitwell.zip", zip.finish().unwrap().into_inner()).unwrap()
    }

    #[test]
    fn a_zip_of_decks_is_read_with_what_it_shows() {
        let package = zip(&[
            ("a/deck.md", DECK.as_bytes()),
            ("a/more.md", b"## Card two\n\nfront\n\n---\n\nback\n\n## Card three\n"),
            ("a/media/a.png", b"\x89PNG\r\n\x1a\n...."),
            ("b/deck.md", DECK.replace("All::A", "B").replace("deck: a", "deck: b").as_bytes()),
        ]);
        let draft = read(&package).unwrap();
        assert_eq!(draft.format, Format::Markdown);
        assert_eq!(draft.decks[0].path, ["All", "A"]);
        assert_eq!(draft.decks[0].source_id.as_deref(), Some("a"));
        let ids = draft.decks[0].items.iter().map(|item| item.source_id.as_deref().unwrap());
        assert_eq!(ids.collect::<Vec<_>>(), ["one", "two"]);
        let media = &draft.decks[0].media;
        assert_eq!((media.len(), media[0].entry.as_str()), (1, "a/media/a.png"));
        assert_eq!(draft.decks[1].path, ["B"]);
        let mut codes: Vec<&str> = draft.problems.iter().map(|problem| &*problem.code).collect();
        codes.dedup();
        assert!(codes.contains(&"missing-media"), "{codes:?}");
        let three = |p: &&super::super::Problem| p.file == "a/more.md" && p.line >= 7;
        assert!(draft.problems.iter().any(|p| three(&p)), "{:?}", draft.problems);
    }

    #[test]
    fn tasks_of_other_exams_and_the_day_of_the_last_check_come_along() {
        let text = "---\ndeck: a\ntitle: A\nversion: 1.0.0\nlicense: MIT\nblueprint: MLS-C01\n---\n\n\
            ## Card one\ntask: 1.2 · also: AIF-C01 2.1 · checked: 2026-05-04\n\nfront\n\n---\n\nback\n";
        let draft = read(&Package::of_bytes("a.md", text.as_bytes().to_vec()).unwrap()).unwrap();
        let item = &draft.decks[0].items[0];
        assert_eq!(item.also.len(), 1, "{:?}", draft.problems);
        assert_eq!(item.also[0].exam, "AIF-C01");
        assert_eq!(item.checked.map(|day| day.to_string()).as_deref(), Some("2026-05-04"));
    }

    #[test]
    fn a_single_file_is_a_deck() {
        let draft = read(&Package::of_bytes("a.md", DECK.as_bytes().to_vec()).unwrap()).unwrap();
        assert_eq!(draft.decks[0].items.len(), 1);
        assert_eq!(draft.decks[0].version, Some(semver::Version::new(1, 2, 0)));
    }
}
