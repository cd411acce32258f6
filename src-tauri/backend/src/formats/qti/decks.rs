//! From items to decks: by the sections of tests, and the rest under the name of the package.

use super::manifest::Manifest;
use super::test::Part;
use super::{Read, Reader};
use crate::deck::Case;
use crate::formats::made_decks::{Decks, title_of};
use crate::formats::{DraftContent, DraftDeck, made};

/// Most questions of a case, as the native format has it.
const MAX_OF_CASE: usize = 10;

impl Reader<'_> {
    /// The decks, each after the one that it hangs under.
    pub(super) fn decks(&mut self, manifest: &Manifest) -> Vec<DraftDeck> {
        let mut decks = Decks::default();
        for part in std::mem::take(&mut self.tests).into_iter().flatten() {
            self.part(&part, &mut decks);
        }
        let title = manifest.title.clone().unwrap_or_else(|| title_of(self.package.name()));
        for path in std::mem::take(&mut self.order) {
            if let Some(Read { item, media }) = self.items.remove(&path) {
                decks.add(std::slice::from_ref(&title), item, media);
            }
        }
        let mut decks = decks.finish();
        for deck in &mut decks {
            deck.license.clone_from(&manifest.license);
            deck.language.clone_from(&manifest.language);
        }
        decks
    }

    /// The items of a section. What stands above a few questions is their scenario; above many,
    /// it is about the deck.
    fn part(&mut self, part: &Part, decks: &mut Decks) {
        let mut reads: Vec<Read> =
            part.items.iter().filter_map(|path| self.items.remove(path)).collect();
        if reads.is_empty() {
            return;
        }
        let scenario = part.rubric.as_ref().and_then(|rubric| {
            let file = part.source.split('#').next().unwrap_or_default();
            self.scenario(rubric, file, &part.folder)
        });
        let shown = self.files.take();
        let case = scenario.as_ref().filter(|_| reads.len() <= MAX_OF_CASE).and_then(|scenario| {
            let slug = self.slugs.of(&part.source, &part.identifier)?;
            Some(Case { slug, scenario: scenario.clone() })
        });
        for read in &mut reads {
            if let Some(case) = &case {
                give(case, &mut read.item.body);
                read.media.extend(shown.iter().cloned());
            }
        }
        for Read { item, media } in reads {
            decks.add(&part.path, item, media);
        }
        if let (Some(scenario), None) = (scenario, case) {
            let deck = decks.deck(&part.path);
            deck.introduction = made::joined([deck.introduction.clone(), scenario]);
            decks.show(&part.path, shown);
        }
    }
}

/// Gives an item the scenario of its section, unless it has one of its own.
fn give(case: &Case, body: &mut DraftContent) {
    match body {
        DraftContent::Question(question) if question.case.is_none() => {
            question.case = Some(case.clone());
        }
        DraftContent::Question(question) => {
            question.stem = made::joined([case.scenario.clone(), question.stem.clone()]);
        }
        DraftContent::Card(card) => {
            card.front = made::joined([case.scenario.clone(), card.front.clone()]);
        }
    }
}
