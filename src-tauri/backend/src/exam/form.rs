//! What a form is drawn from, and what it is: an ordered paper of exact item versions with the
//! order of their options, so that it reads the same for ever.

use serde::{Deserialize, Serialize};

use super::response;
use crate::blueprint::{Blueprint, QuestionType};
use crate::deck::{ContentHash, Deck, Difficulty, Item, ItemId, Places, ResponseKind};

/// A question as assembly sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankItem {
    /// Identity.
    pub id: ItemId,
    /// Its current wording.
    pub version: ContentHash,
    /// Task of the blueprint.
    pub task: String,
    /// The author's level.
    pub difficulty: Difficulty,
    /// How it is answered.
    pub kind: ResponseKind,
    /// Number of options.
    pub options: u8,
    /// What an arrangement of them fills; none where keys are chosen.
    pub places: Option<Places>,
    /// The case it belongs to, `deck/case`.
    pub case: Option<ItemId>,
    /// Services and concepts.
    pub tags: Vec<String>,
    /// Items that may not stand in one paper with it. Need not be mutual: either side counts.
    pub enemies: Vec<ItemId>,
    /// When this learner last saw it in any sitting, Unix milliseconds.
    pub last_seen_ms: Option<i64>,
    /// How often this learner has answered it.
    pub times_answered: u32,
    /// Whether it is on this learner's list to drill.
    pub listed: bool,
}

impl BankItem {
    /// Chance to guess it, in (0, 1].
    pub fn floor(&self) -> f64 {
        response::floor(self.kind, self.options.into(), self.places)
    }

    /// Whether an exam asks questions of its kind. Every exam asks for choices.
    pub fn is_asked_by(&self, exam: &Blueprint) -> bool {
        match self.kind {
            ResponseKind::Single | ResponseKind::Multiple => true,
            ResponseKind::Ordering => exam.question_types.contains(&QuestionType::Ordering),
            ResponseKind::Matching => exam.question_types.contains(&QuestionType::Matching),
        }
    }

    /// The questions of a deck that name a task, as somebody who has seen none of them meets
    /// them.
    pub fn all_of(deck: &Deck) -> Vec<Self> {
        Self::of(deck, |item| item.task.clone())
    }

    /// The questions of a deck that serve an exam: all that name a task when the deck is written
    /// for it or for none, and of any other deck those that name the exam's tasks.
    pub fn serving(deck: &Deck, exam: &str) -> Vec<Self> {
        let own = deck.meta.blueprint.as_deref().is_none_or(|code| code == exam);
        Self::of(deck, |item| {
            let also = item.also.iter().find(|also| also.exam == exam);
            let task = if own { item.task.clone() } else { None };
            task.or_else(|| also.map(|also| also.task.clone()))
        })
    }

    fn of(deck: &Deck, task: impl Fn(&Item) -> Option<String>) -> Vec<Self> {
        let slug = &deck.meta.slug;
        deck.questions()
            .filter_map(|(item, question)| {
                Some(Self {
                    id: item.id(slug),
                    version: item.content_hash(),
                    task: task(item)?,
                    difficulty: question.difficulty,
                    kind: question.kind(),
                    options: u8::try_from(question.options.len()).unwrap_or(u8::MAX),
                    places: question.places(),
                    case: question.case.as_ref().map(|case| ItemId::new(slug, &case.slug)),
                    tags: item.tags.clone(),
                    enemies: question.enemies.iter().map(|e| ItemId::new(slug, e)).collect(),
                    last_seen_ms: None,
                    times_answered: 0,
                    listed: false,
                })
            })
            .collect()
    }
}

/// How long a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PaperSize {
    /// Items in all.
    pub items: u32,
    /// Items that count.
    pub scored: u32,
}

impl PaperSize {
    /// The real paper.
    pub fn full(blueprint: &Blueprint) -> Self {
        Self { items: blueprint.items, scored: blueprint.scored_items }
    }

    /// A paper of `items` items with the real paper's share of scored ones, rounded; at least
    /// one counts.
    pub fn shorter(blueprint: &Blueprint, items: u32) -> Self {
        let whole = u64::from(blueprint.items).max(1);
        let counted = u64::from(items) * u64::from(blueprint.scored_items);
        let rounded = u32::try_from((counted + whole / 2) / whole).unwrap_or(items);
        Self { items, scored: rounded.clamp(items.min(1), items) }
    }
}

/// One place in a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormItem {
    /// Identity.
    pub id: ItemId,
    /// The wording that is asked.
    pub version: ContentHash,
    /// Domain of the blueprint.
    pub domain: String,
    /// Task of the blueprint.
    pub task: String,
    /// The author's level.
    pub difficulty: Difficulty,
    /// How it is answered.
    pub kind: ResponseKind,
    /// Whether it counts.
    pub scored: bool,
    /// Shown position → index in the author's order; a permutation.
    pub option_order: Vec<u8>,
    /// What an arrangement of the options fills; none where keys are chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Places>,
}

impl FormItem {
    /// Chance to guess it, in (0, 1].
    pub fn floor(&self) -> f64 {
        response::floor(self.kind, self.option_order.len(), self.places)
    }
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Exam it belongs to.
    pub blueprint: String,
    /// With the bank and the history, all that is needed to draw it again.
    pub seed: u64,
    /// In the order of the paper.
    pub items: Vec<FormItem>,
}
