//! What would become of each item of a file. The preview shows a plan, and keeping carries it out.

use super::decks::{PlannedDeck, plan_decks};
use super::mapping::Mapping;
use super::matches::Match;
use super::planner::{Numbered, Planner};
use super::watch::Watch;
use super::{ImportError, MAX_ITEMS};
use crate::deck::{AlsoTask, Item, ItemBody, ItemId, ItemSlug};
use crate::desk::views::{ImportChoices, ImportOptions, ImportStage, Resolve};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{Draft, DraftContent, DraftItem, Problem};
use crate::store::{AsOf, Wording};

/// Items compared in one go, by all processors.
const COMPARED: usize = 2_000;

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fate {
    /// It comes in under this id.
    New(ItemId),
    /// An item that is here gets its words.
    Reworded(Box<Reworded>),
    /// It is here.
    Unchanged(ItemId),
    /// It is left out.
    Skipped,
}

/// Other words for an item that is here.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reworded {
    pub(super) id: ItemId,
    pub(super) item: Item,
    pub(super) wording: Wording,
    /// Whether it was taken out and comes back.
    pub(super) back: bool,
}

/// An item of the file with what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Planned {
    pub(super) fate: Fate,
    /// Its deck in the file, and its place there.
    pub(super) deck: usize,
    pub(super) place: usize,
    /// How many cards it makes in the file; of a question none.
    pub(super) cards: usize,
    pub(super) scheme: &'static str,
    /// What it is called, where that is not what the file calls it. There may be a million.
    pub(super) named: Option<Box<str>>,
}

impl Planned {
    /// Its identity in its scheme.
    pub(super) fn guid<'a>(&'a self, draft: &'a Draft) -> &'a str {
        let source = &draft.decks[self.deck].items[self.place].source_id;
        self.named.as_deref().or(source.as_deref()).unwrap_or_default()
    }
}

/// What would become of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    /// How the collection stood that it was made for.
    pub(super) as_of: AsOf,
    /// In the order of the file's decks.
    pub(super) decks: Vec<PlannedDeck>,
    /// By number: in the order of the file, over all its decks.
    pub(super) items: Vec<Planned>,
    /// The most alike first, each with what is done about it.
    pub(super) matches: Vec<(Match, Resolve)>,
    pub(super) mapping: Option<Mapping>,
    pub(super) problems: Vec<Problem>,
}

/// What a plan is made for.
pub(super) struct Wanted<'a> {
    pub(super) draft: &'a Draft,
    pub(super) options: &'a ImportOptions,
    pub(super) choices: &'a ImportChoices,
}

/// Holds a file against the collection.
pub(super) async fn plan(
    desk: &Sitwell,
    wanted: &Wanted<'_>,
    mapping: Option<Mapping>,
    watch: &Watch<'_>,
) -> Result<Plan, DeskError> {
    let draft = wanted.draft;
    let all: usize = draft.decks.iter().map(|deck| deck.items.len()).sum();
    if all > MAX_ITEMS {
        return Err(ImportError::TooMany(all).into());
    }
    let as_of = desk.store.as_of().await?;
    let decks = plan_decks(desk, draft, wanted.options).await?;
    let plan = Plan { as_of, decks, mapping, items: Vec::with_capacity(all), ..Plan::default() };
    let mut planner = Planner::new(desk, wanted, plan).await?;
    let mut chunk = Vec::with_capacity(COMPARED);
    let mut number = 0;
    for (deck, of) in draft.decks.iter().enumerate() {
        for (place, item) in of.items.iter().enumerate() {
            chunk.push(Numbered { number, deck, place, item });
            number += 1;
            if chunk.len() == COMPARED {
                planner.settle(&chunk).await?;
                chunk.clear();
                watch.step(ImportStage::Comparing, number as usize, all)?;
            }
        }
    }
    planner.settle(&chunk).await?;
    planner.settle_near().await?;
    let mut plan = planner.plan;
    plan.matches.sort_by(|(a, _), (b, _)| {
        (b.similarity.total_cmp(&a.similarity)).then(a.item.cmp(&b.item))
    });
    watch.step(ImportStage::Comparing, all, all)?;
    Ok(plan)
}

impl Plan {
    /// The item that an item of the file becomes, with its tasks: the file's own, the one it was
    /// matched to, or those that it has here.
    pub(super) fn item(
        &self,
        draft: &Draft,
        file: &DraftItem,
        (deck, number): (usize, u32),
        slug: ItemSlug,
        kept: Option<&Item>,
    ) -> Item {
        let exam = self.decks[deck].exam.as_deref();
        let names_tasks = draft.decks[deck].blueprint.as_deref();
        let mut task = file.task.clone().filter(|_| exam.is_some() && exam == names_tasks);
        let mut also = file.also.clone();
        for here in kept.into_iter().flat_map(|kept| &kept.also) {
            if !also.iter().any(|also| also.exam == here.exam) {
                also.push(here.clone());
            }
        }
        if task.is_none() {
            task = kept.and_then(|kept| kept.task.clone());
        }
        if let Some((of, matched)) = self.mapping.as_ref().and_then(|m| m.task(number)) {
            if exam == Some(of) {
                task = Some(matched.to_owned());
            } else {
                also.retain(|also| also.exam != of);
                also.push(AlsoTask { exam: of.to_owned(), task: matched.to_owned() });
            }
        }
        let body = match &file.body {
            DraftContent::Question(question) => ItemBody::Question((**question).clone()),
            DraftContent::Card(card) => ItemBody::Card((**card).clone()),
        };
        let checked = file.checked.or_else(|| kept.and_then(|kept| kept.checked));
        Item { slug, task, tags: file.tags.clone(), also, checked, body }
    }
}
