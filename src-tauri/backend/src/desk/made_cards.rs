//! Cards that a learner makes of questions, and answers that are typed.

use super::hall::OpenSitting;
use super::views::{MadeCard, TypedView};
use super::{DeskError, Sitwell};
use crate::deck::{
    Card, DeckMeta, DeckSlug, Interaction, Item, ItemBody, ItemId, ItemSlug, Question,
};
use crate::exam::sitting::Refusal;
use crate::rich_text::{self, Mark};
use crate::study::typed::{Stretch, compare};

/// The learner's own deck that made cards stand in.
const DECK: &str = "from-questions";
const DECK_TITLE: &str = "From questions";
/// Longest slug of a made card, so that a number still fits behind it.
const MAX_SLUG: usize = 72;

impl Sitwell {
    /// Compares a typed answer with the right one.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such card or it cannot be read.
    pub async fn type_answer(&self, card: i64, text: &str) -> Result<TypedView, DeskError> {
        let row = self.store.card(card).await?.ok_or(DeskError::NoSuchCard(card))?;
        let answer = match self.store.item(&row.item).await?.body {
            ItemBody::Card(card) => rich_text::typed_answer(&card, row.ordinal),
            ItemBody::Question(_) => None,
        };
        let answer = answer.unwrap_or_default();
        let compared = compare(text, &answer);
        let html = |stretches: &[Stretch], other: Mark| {
            let pieces = stretches
                .iter()
                .map(|stretch| (if stretch.shared { Mark::Plain } else { other }, &*stretch.text));
            rich_text::marked_html(pieces)
        };
        Ok(TypedView {
            right: compared.right,
            typed_html: html(&compared.typed, Mark::Wrong),
            answer_html: html(&compared.answer, Mark::Missing),
        })
    }

    /// Makes a card of a question of a finished sitting, in the words that were asked: the
    /// decision on its front, the reason on its back. It is made once; what was made before is
    /// found again.
    ///
    /// # Errors
    /// [`DeskError::NotOver`] while the clock runs; otherwise when there is no such question or
    /// the card cannot be kept.
    pub async fn make_card(&self, sitting: &str, position: u32) -> Result<MadeCard, DeskError> {
        let sitting = self.finished(sitting).await?;
        let (question, _) = sitting.question(position)?;
        let source = question_id(&sitting, position)?;
        if let Some(item) = self.store.made_from(&source).await? {
            return Ok(MadeCard { item, existed: true });
        }
        let slug: DeckSlug = DECK.parse()?;
        let asked = sitting.items.get(position as usize);
        let item = Item {
            slug: self.free_slug(&slug, &source).await?,
            task: asked.and_then(|item| item.task.clone()),
            tags: asked.map(|item| item.tags.clone()).unwrap_or_default(),
            also: asked.map(|item| item.also.clone()).unwrap_or_default(),
            checked: asked.and_then(|item| item.checked),
            body: ItemBody::Card(card_of(question)),
        };
        let id = item.id(&slug);
        let files = self.files_shown(&sitting, position).await?;
        let now_ms = self.clock.now().wall_ms;
        let deck = match self.store.deck_record(DECK).await? {
            Some(deck) => deck,
            None => self.store.make_deck(&made_deck(slug), now_ms).await?,
        };
        self.store.make_card_of(deck.id, (&id, &item), &source, &files, now_ms).await?;
        Ok(MadeCard { item: id.as_str().to_owned(), existed: false })
    }

    /// The question's own slug, or with a number behind it when another deck's question has it.
    async fn free_slug(&self, deck: &DeckSlug, source: &ItemId) -> Result<ItemSlug, DeskError> {
        let own = source.as_str().rsplit('/').next().unwrap_or_default();
        let own = own.get(..MAX_SLUG).unwrap_or(own).trim_end_matches('-');
        let mut number = 1u32;
        loop {
            let slug = if number == 1 { own.to_owned() } else { format!("{own}-{number}") };
            let slug: ItemSlug = slug.parse()?;
            if !self.store.item_is_taken(&ItemId::new(deck, &slug)).await? {
                return Ok(slug);
            }
            number += 1;
        }
    }
}

fn made_deck(slug: DeckSlug) -> DeckMeta {
    DeckMeta {
        slug,
        title: DECK_TITLE.into(),
        version: semver::Version::new(1, 0, 0),
        license: "LicenseRef-own".into(),
        authors: Vec::new(),
        blueprint: None,
        language: "en".into(),
    }
}

fn question_id(sitting: &OpenSitting, position: u32) -> Result<ItemId, DeskError> {
    let items = sitting.items.len();
    let place = sitting.record.form.items.get(position as usize);
    Ok(place.ok_or(Refusal::NoSuchQuestion { position, items })?.id.clone())
}

/// Stem and options become a decision and its reason.
fn card_of(question: &Question) -> Card {
    let mut back = right_answer(question);
    back.push(rich_text::first_paragraph(&question.explanation).to_owned());
    back.extend(question.references.iter().map(|reference| {
        let title = reference.title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        format!("[{title}](<{}>)", reference.url)
    }));
    back.retain(|part| !part.is_empty());
    Card::basic(question.stem.clone(), back.join("\n\n"))
}

/// The right answer with its reasons: the keys, in their order where they have one; or each
/// prompt with what belongs to it.
fn right_answer(question: &Question) -> Vec<String> {
    let keys = question.options.iter().filter(|option| option.key);
    match &question.interaction {
        Interaction::Choice => {
            keys.flat_map(|option| [option.text.clone(), option.reason.clone()]).collect()
        }
        Interaction::Order => {
            vec![list(keys.map(|option| ("1. ", &*option.text, &*option.reason)))]
        }
        Interaction::Match { prompts } => {
            let pairs: Vec<(String, &str)> = prompts
                .iter()
                .filter_map(|prompt| {
                    let option = question.options.get(usize::from(prompt.option))?;
                    Some((format!("{}: {}", prompt.text, option.text), &*prompt.reason))
                })
                .collect();
            vec![list(pairs.iter().map(|(pair, reason)| ("- ", &**pair, *reason)))]
        }
    }
}

/// A list in Markdown, each reason as a paragraph of its entry.
fn list<'a>(entries: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let entry = |(marker, text, reason): (&str, &str, &str)| {
        let whole = format!("{text}\n\n{reason}");
        let indent = format!("\n{}", " ".repeat(marker.len()));
        format!("{marker}{}", whole.trim_end().replace('\n', &indent))
    };
    entries.map(entry).collect::<Vec<_>>().join("\n")
}
