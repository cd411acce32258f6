//! The library: the tree of decks, and making, renaming and taking out decks.

use std::collections::HashMap;

use super::deck_options::Schedules;
use super::views::{CountedShare, DeckOrigin, DeckRow, LibraryView};
use super::{DeskError, Sitwell};
use crate::deck::{DeckMeta, DeckSlug};
use crate::store::{Changed, DeckState, DecksChange, LibraryDeck, MadeDeck, SettingKey};
use crate::study::tree::{SEPARATOR, parts};

/// Longest title, in characters, with the decks it hangs under.
const MAX_TITLE: usize = 200;
/// Most parts of a title.
const MAX_DEPTH: usize = 10;
/// Longest slug that is made from a title; leaves room for a number.
const MAX_MADE_SLUG: usize = 60;

impl Sitwell {
    /// The decks, as a tree. Counts include the decks below. A deck whose parent is not there
    /// hangs under the nearest one that is and keeps the rest of its title; no row is made up.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn library(&self) -> Result<LibraryView, DeskError> {
        let day = self.study_day().await?;
        let schedules = &day.schedules;
        let decks = self.store.library(day.today, day.ends_ms()).await?;
        let decks: HashMap<i64, LibraryDeck> =
            decks.into_iter().map(|deck| (deck.id, deck)).collect();
        let own = |deck| decks.get(&deck).map_or_else(Default::default, |deck| deck.counts);
        let sums = schedules.tree.sums(own);
        let rows = schedules.tree.nodes().iter().zip(sums).filter_map(|(node, counts)| {
            let deck = decks.get(&node.deck)?;
            Some(DeckRow {
                slug: deck.meta.slug.as_str().to_owned(),
                title: node.name.clone(),
                depth: node.depth,
                origin: origin(&deck.source),
                version: deck.meta.version.to_string(),
                license: deck.meta.license.clone(),
                authors: deck.meta.authors.clone(),
                blueprint: deck.meta.blueprint.clone(),
                cards: counts.cards,
                questions: counts.questions,
                due: counts.due,
                new: counts.new,
                suspended: counts.suspended,
                recall: CountedShare::of(counts.recalled, counts.reviews),
                desired: f64::from(schedules.of(node.deck).options.desired_retention),
                updated_ms: deck.updated_ms,
                own_options: schedules.deck(node.deck).is_some_and(|deck| deck.options.is_some()),
            })
        });
        Ok(LibraryView {
            decks: rows.collect(),
            cards: decks.values().map(|deck| deck.counts.cards).sum(),
            questions: decks.values().map(|deck| deck.counts.questions).sum(),
        })
    }

    /// Makes a deck; `::` in its title hangs it under another, which is made too when it is not
    /// there.
    ///
    /// # Errors
    /// [`DeskError`] when the title is none, or there is a deck of it, or it cannot be kept.
    pub async fn new_deck(&self, title: &str) -> Result<LibraryView, DeskError> {
        let title = clean_title(title)?;
        let _turn = self.study.turn.lock().await;
        let schedules = self.schedules().await?;
        schedules.check_free(&title, &[])?;
        let decks = self.make_missing(&schedules, &title, &[]).await?;
        self.change(&schedules, DecksChange { decks, defaults: None }).await?;
        self.library().await
    }

    /// Gives a deck another title; the decks below it move with it. A deck that it then hangs
    /// under is made when it is not there.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck, it is bundled, the title is none or taken, or it
    /// cannot be kept.
    pub async fn rename_deck(&self, slug: &str, title: &str) -> Result<LibraryView, DeskError> {
        let title = clean_title(title)?;
        let _turn = self.study.turn.lock().await;
        let schedules = self.schedules().await?;
        let moved = schedules.own_subtree(schedules.by_slug(slug)?)?;
        let Some(first) = moved.first() else { return self.library().await };
        let used = parts(&first.title).len();
        let renamed = |state: &DeckState| {
            let below = &parts(&state.title)[used..];
            let title = [&[title.as_str()], below].concat().join(SEPARATOR);
            Changed { before: state.clone(), after: DeckState { title, ..state.clone() } }
        };
        let mut decks: Vec<Changed<DeckState>> = moved.iter().map(renamed).collect();
        let ids: Vec<i64> = moved.iter().map(|state| state.id).collect();
        for change in &decks {
            schedules.check_free(&change.after.title, &ids)?;
        }
        if let Some((above, _)) = title.rsplit_once(SEPARATOR) {
            decks.extend(self.make_missing(&schedules, above, &ids).await?);
        }
        self.change(&schedules, DecksChange { decks, defaults: None }).await?;
        self.library().await
    }

    /// Takes a deck out of the collection, with its items and the decks below it; undo brings
    /// them back.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck, it or one below it is bundled, or it cannot be
    /// kept.
    pub async fn delete_deck(&self, slug: &str) -> Result<LibraryView, DeskError> {
        let _turn = self.study.turn.lock().await;
        let schedules = self.schedules().await?;
        let deleted_ms = Some(self.clock.now().wall_ms);
        let gone = |before: DeckState| {
            let after = DeckState { deleted_ms, ..before.clone() };
            Changed { before, after }
        };
        let decks = schedules.own_subtree(schedules.by_slug(slug)?)?;
        let decks = decks.into_iter().map(gone).collect();
        self.change(&schedules, DecksChange { decks, defaults: None }).await?;
        self.library().await
    }

    /// Drafts the deck of this title and those it hangs under, as far as none but those in
    /// `moving` has their titles.
    async fn make_missing(
        &self,
        schedules: &Schedules,
        title: &str,
        moving: &[i64],
    ) -> Result<Vec<Changed<DeckState>>, DeskError> {
        let now_ms = self.clock.now().wall_ms;
        let profile: super::views::Profile = self.store.setting(SettingKey::Profile).await?;
        let all = parts(title);
        let mut made = Vec::new();
        for count in 1..=all.len() {
            let title = all[..count].join(SEPARATOR);
            if schedules.check_free(&title, moving).is_err() {
                continue;
            }
            let taken = self.store.deck_slugs().await?;
            let meta = DeckMeta {
                slug: free_slug(&title, &taken)?,
                title: title.clone(),
                version: semver::Version::new(1, 0, 0),
                license: "NONE".into(), // as SPDX writes it
                authors: Vec::new(),
                // What is written here counts for the exam that is prepared for.
                blueprint: profile.exam.clone(),
                language: "en".into(),
            };
            let id = self.store.draft_deck(&MadeDeck { meta }, now_ms).await?;
            let after = DeckState { id, title, deleted_ms: None, options: None };
            let before = DeckState { deleted_ms: Some(now_ms), ..after.clone() };
            made.push(Changed { before, after });
        }
        Ok(made)
    }
}

fn origin(source: &str) -> DeckOrigin {
    match source {
        "bundled" => DeckOrigin::Bundled,
        "made" => DeckOrigin::Made,
        _ => DeckOrigin::File,
    }
}

/// A title without blanks around its parts.
fn clean_title(title: &str) -> Result<String, DeskError> {
    let refuse = |why| Err(DeskError::BadTitle(why));
    if title.chars().count() > MAX_TITLE {
        return refuse("it is longer than 200 characters");
    }
    if title.chars().any(char::is_control) {
        return refuse("it holds a line break or another control character");
    }
    if title.split(SEPARATOR).any(|part| part.trim().is_empty()) {
        return refuse("it is empty, or a part of it between “::” is");
    }
    let parts = parts(title);
    if parts.len() > MAX_DEPTH {
        return refuse("it hangs more than 10 deep");
    }
    Ok(parts.join(SEPARATOR))
}

/// A slug for a title, other than those that are taken.
pub(super) fn free_slug(title: &str, taken: &[String]) -> Result<DeckSlug, DeskError> {
    let letters = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' });
    let letters: String = letters.collect::<String>().to_ascii_lowercase();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let mut base = words.join("-");
    base.truncate(MAX_MADE_SLUG);
    let base = base.trim_end_matches('-');
    let base = if base.is_empty() { "deck" } else { base };
    let numbered = (2u32..).map(|number| format!("{base}-{number}"));
    let mut slugs = std::iter::once(base.to_owned()).chain(numbered);
    let free = slugs.find(|slug| !taken.contains(slug)).unwrap_or_default();
    free.parse().map_err(|_| DeskError::BadTitle("no short name can be made of it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_are_cleaned_and_refused_with_the_reason() {
        assert_eq!(clean_title(" A :: B ").unwrap(), "A::B");
        for bad in ["", "  ", "A::", "::", "A::::B", "A\nB", &"x".repeat(201)] {
            assert_eq!(clean_title(bad).unwrap_err().code(), "bad_title", "{bad:?}");
        }
        assert!(clean_title(&["a"; 11].join("::")).is_err());
    }

    proptest! {
        #[test]
        fn any_title_gives_a_slug_that_is_free(title in "\\PC{1,200}") {
            let first = free_slug(&title, &[]).unwrap();
            let taken = vec![first.as_str().to_owned()];
            prop_assert_ne!(free_slug(&title, &taken).unwrap(), first);
        }
    }
}
