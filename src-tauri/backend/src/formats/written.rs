//! What writers of outside formats share: how a file is put in its place, and what they report.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use super::{ExportDeck, Work};
use crate::deck::{Card, CardStyle, Markup};
use crate::rich_text;

/// What was written, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Decks in the file.
    pub decks: usize,
    /// Items in the file, as they are there.
    pub items: usize,
    /// Pictures and sounds in the file.
    pub media: usize,
    /// What the format cannot hold, in words, each with how often.
    pub not_held: Vec<String>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The system refuses.
    #[error("{file} cannot be written: {source}. Choose another folder, or make room")]
    Io {
        /// Which file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing in these decks fits into the format.
    #[error("there is nothing that this format can hold")]
    Nothing,
    /// It is no longer wanted.
    #[error("writing was cancelled")]
    Cancelled,
}

/// Counts items and files while they are written, and asks whether that is still wanted.
pub(super) struct Steps<'a> {
    work: &'a dyn Work,
    done: u64,
    of: u64,
}

impl<'a> Steps<'a> {
    /// Of all that these decks hold.
    pub(super) fn of(decks: &[ExportDeck], work: &'a dyn Work) -> Self {
        let of = decks.iter().map(|deck| (deck.items.len() + deck.media.len()) as u64).sum();
        work.step(0, of);
        Self { work, done: 0, of }
    }

    /// So many more are written, or are about to be.
    pub(super) fn take(&mut self, count: usize) -> Result<(), ExportError> {
        if self.work.cancelled() {
            return Err(ExportError::Cancelled);
        }
        self.done = self.of.min(self.done + count as u64);
        self.work.step(self.done, self.of);
        Ok(())
    }
}

/// Writes a file under a temporary name beside its place, and renames it when it is whole: what
/// stood there before stays until then.
pub(super) fn save(
    target: &Path,
    write: impl FnOnce(&mut File) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let failed = |source| ExportError::Io { file: target.display().to_string(), source };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sitwell-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any other new file: the mask of the process takes off what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    write(file.as_file_mut())?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// What a format cannot hold, counted.
#[derive(Debug, Default)]
pub(super) struct NotHeld(BTreeMap<&'static str, (usize, String)>);

impl NotHeld {
    /// One more of this kind; `what` names the first of them.
    pub(super) fn add(&mut self, kind: &'static str, what: &str) {
        let (count, _) = self.0.entry(kind).or_insert_with(|| (0, what.to_owned()));
        *count += 1;
    }

    /// All of them in words.
    pub(super) fn words(self) -> Vec<String> {
        let words = |(kind, (count, first)): (&str, (usize, String))| match count {
            1 => format!("{kind}: {first}"),
            _ => format!("{kind}: {first} and {} more", count - 1),
        };
        self.0.into_iter().map(words).collect()
    }
}

/// A text in Markdown, whatever it was written in.
pub(super) fn in_markdown(text: &str, markup: Markup) -> String {
    match markup {
        Markup::Markdown => text.to_owned(),
        Markup::Html => rich_text::markdown_of(text),
    }
}

/// A card in Markdown, as several basic ones where it was made from a template.
pub(super) fn cards_in_markdown(card: &Card) -> Vec<Card> {
    if card.style == CardStyle::Faces {
        let basic = |face: &crate::deck::Face| {
            let front = in_markdown(&face.front, card.markup);
            Card::basic(front, in_markdown(&face.back, card.markup))
        };
        return card.faces.iter().map(basic).collect();
    }
    let front = in_markdown(&card.front, card.markup);
    vec![Card::of(card.style, front, in_markdown(&card.back, card.markup))]
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        std::fs::write(&target, "old").unwrap();
        let failed = save(&target, |file| {
            file.write_all(b"ne").unwrap();
            Err(ExportError::Cancelled)
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "old");
        save(&target, |file| {
            file.write_all(b"new").unwrap();
            Ok(())
        })
        .unwrap();
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        let nowhere = folder.path().join("none/a.csv");
        let error = save(&nowhere, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("a.csv cannot be written"), "{error}");
    }

    #[test]
    fn writing_counts_its_steps_and_stops_when_it_is_not_wanted() {
        use std::sync::atomic::{AtomicU64, Ordering};
        struct Until(u64, AtomicU64);
        impl Work for Until {
            fn step(&self, done: u64, of: u64) {
                assert!(done <= of && of == 3);
                self.1.store(done, Ordering::Relaxed);
            }
            fn cancelled(&self) -> bool {
                self.1.load(Ordering::Relaxed) >= self.0
            }
        }
        let file = |name: &str| super::super::ExportMedia { name: name.into(), hash: "0".into() };
        let media = ["a", "b", "c"].map(file).to_vec();
        let decks = [ExportDeck { media, ..ExportDeck::default() }];
        let work = Until(2, AtomicU64::new(0));
        let mut steps = Steps::of(&decks, &work);
        assert!(steps.take(1).is_ok() && steps.take(1).is_ok());
        assert!(matches!(steps.take(1), Err(ExportError::Cancelled)));
        assert_eq!(work.1.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn what_is_not_held_is_counted() {
        let mut not_held = NotHeld::default();
        for what in ["a", "b", "c"] {
            not_held.add("reviews are left out", what);
        }
        not_held.add("an order", "d");
        assert_eq!(not_held.words(), ["an order: d", "reviews are left out: a and 2 more"]);
    }
}
