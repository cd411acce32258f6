//! From items to decks: by the sections of tests, and the rest under the name of the package.

use std::rc::Rc;

use super::manifest::Manifest;
use super::test::{Part, Rubric};
use super::{Read, Reader};
use crate::deck::Case;
use crate::formats::findings::LeftOut;
use crate::formats::made_decks::{Decks, title_of};
use crate::formats::markdown::MAX_TEXT;
use crate::formats::{DraftContent, DraftDeck, DraftMedia, Place, made};

/// Most questions of a case, as the native format has it.
const MAX_OF_CASE: usize = 10;

impl Reader<'_> {
    /// The decks, each after the one that it hangs under.
    pub(super) fn decks(&mut self, manifest: &Manifest) -> Vec<DraftDeck> {
        let mut decks = Decks::default();
        let mut said = Said::default();
        for part in std::mem::take(&mut self.tests).into_iter().flatten() {
            self.part(&part, &mut said, &mut decks);
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
    fn part(&mut self, part: &Part, said: &mut Said, decks: &mut Decks) {
        let mut reads: Vec<Read> =
            part.items.iter().filter_map(|path| self.items.remove(path)).collect();
        if reads.is_empty() {
            return;
        }
        let file = part.source.split('#').next().unwrap_or_default();
        self.say(part.rubric.as_ref(), file, said);
        let case = said.text.as_ref().filter(|_| reads.len() <= MAX_OF_CASE).and_then(|scenario| {
            let slug = self.slugs.of(&part.source, &part.identifier)?;
            Some(Case { slug, scenario: scenario.clone() })
        });
        let mut fits = true;
        for read in &mut reads {
            if let Some(case) = &case {
                fits &= give(case, &mut read.item.body);
                read.media.extend(said.shown.iter().cloned());
            }
        }
        for Read { item, media } in reads {
            decks.add(&part.path, item, media);
        }
        if let (Some(scenario), None) = (&said.text, case) {
            let deck = decks.deck(&part.path);
            if !deck.introduction.contains(scenario.as_str()) {
                fits &= append(&mut deck.introduction, scenario, false);
            }
            decks.show(&part.path, said.shown.clone());
        }
        if !fits {
            let message = format!("with the text above, a text has more than {MAX_TEXT} bytes");
            let why = LeftOut::new("text-too-long", message, "add what matters to the questions");
            self.findings.warn(&Place { file: file.into(), line: 1 }, why);
        }
    }

    /// What a rubric says; the same as before is not read again.
    fn say(&mut self, rubric: Option<&Rc<Rubric>>, file: &str, said: &mut Said) {
        let same = match (rubric, &said.rubric) {
            (Some(rubric), Some(last)) => Rc::ptr_eq(rubric, last),
            (None, None) => true,
            _ => false,
        };
        if !same {
            let text = rubric.and_then(|rubric| self.scenario(&rubric.text, file, &rubric.folder));
            *said = Said { rubric: rubric.cloned(), text, shown: self.files.take() };
        }
    }
}

/// The last rubric that was read, with what it shows.
#[derive(Default)]
struct Said {
    rubric: Option<Rc<Rubric>>,
    text: Option<String>,
    shown: Vec<DraftMedia>,
}

/// Puts a text before or behind another; false when both together are too long.
fn append(text: &mut String, more: &str, before: bool) -> bool {
    let (first, second) = if before { (more, text.as_str()) } else { (text.as_str(), more) };
    let both = made::joined([first.to_owned(), second.to_owned()]);
    let fits = both.len() <= MAX_TEXT;
    if fits {
        *text = both;
    }
    fits
}

/// Gives an item the scenario of its section, unless it has one of its own; false when there is
/// no room for it.
fn give(case: &Case, body: &mut DraftContent) -> bool {
    match body {
        DraftContent::Question(question) if question.case.is_none() => {
            question.case = Some(case.clone());
            true
        }
        DraftContent::Question(question) => append(&mut question.stem, &case.scenario, true),
        DraftContent::Card(card) => append(&mut card.front, &case.scenario, true),
    }
}

#[cfg(test)]
mod tests {
    use super::append;
    use crate::formats::markdown::MAX_TEXT;
    use crate::formats::outline::zip_of;
    use crate::formats::{Package, Quiet, qti};

    #[test]
    fn a_text_takes_another_where_both_fit() {
        let mut text = "b".to_owned();
        assert!(append(&mut text, "a", true) && append(&mut text, "c", false));
        assert_eq!(text, "a\n\nb\n\nc");
        assert!(!append(&mut text, &"x".repeat(MAX_TEXT), false));
        assert_eq!(text, "a\n\nb\n\nc");
    }

    /// Each copied the text, and all of it came before the deck again.
    #[test]
    fn a_text_above_many_sections_is_said_once() {
        let item = |number: usize| {
            format!(
                "<assessmentItem identifier='i{number}'><responseDeclaration identifier='R' \
                 cardinality='single'><correctResponse><value>A</value></correctResponse>\
                 </responseDeclaration><itemBody><choiceInteraction responseIdentifier='R'>\
                 <prompt>Which of {number}?</prompt><simpleChoice identifier='A'>a</simpleChoice>\
                 <simpleChoice identifier='B'>b</simpleChoice></choiceInteraction></itemBody>\
                 </assessmentItem>"
            )
        };
        let items: Vec<(String, String)> =
            (0..22).map(|number| (format!("i{number}.xml"), item(number))).collect();
        let refs = |range: std::ops::Range<usize>| {
            let item = |number| format!("<assessmentItemRef href='i{number}.xml'/>");
            range.map(item).collect::<Vec<_>>().concat()
        };
        let test = format!(
            "<assessmentTest title='T'><assessmentSection title='A'>\
             <rubricBlock view='candidate'><p>Read this.</p></rubricBlock>\
             <assessmentSection>{}</assessmentSection><assessmentSection>{}</assessmentSection>\
             {}</assessmentSection></assessmentTest>",
            refs(0..11),
            refs(11..22),
            "<assessmentSection/>".repeat(100_000)
        );
        let mut files: Vec<(&str, &[u8])> = vec![("a-test.xml", test.as_bytes())];
        files.extend(items.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
        let package = Package::of_bytes("q.zip", zip_of(&files)).unwrap();
        let draft = qti::read(&package, &Quiet).unwrap();
        let introductions: Vec<&str> =
            draft.decks.iter().map(|deck| deck.introduction.as_str()).collect();
        assert_eq!(introductions, ["Read this."], "{:?}", draft.problems);
    }
}
