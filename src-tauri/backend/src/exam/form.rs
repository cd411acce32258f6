//! What a form is drawn from, and what it is: an ordered paper of exact item versions with the
//! order of their options, so that it reads the same for ever.

use serde::{Deserialize, Serialize};

use crate::blueprint::Blueprint;
use crate::deck::{ContentHash, Deck, Difficulty, ItemId, ResponseKind};

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
    /// Single or multiple response.
    pub kind: ResponseKind,
    /// Number of options.
    pub options: u8,
    /// Services and concepts.
    pub tags: Vec<String>,
    /// Items that may not stand in one paper with it. Need not be mutual: either side counts.
    pub enemies: Vec<ItemId>,
    /// When this learner last saw it in any sitting, Unix milliseconds.
    pub last_seen_ms: Option<i64>,
    /// How often this learner has answered it.
    pub times_answered: u32,
}

impl BankItem {
    /// The questions of a deck that name a task, as somebody who has seen none of them meets
    /// them.
    pub fn all_of(deck: &Deck) -> Vec<Self> {
        let slug = &deck.meta.slug;
        deck.questions()
            .filter_map(|(item, question)| {
                Some(Self {
                    id: item.id(slug),
                    version: item.content_hash(),
                    task: item.task.clone()?,
                    difficulty: question.difficulty,
                    kind: question.kind(),
                    options: u8::try_from(question.options.len()).unwrap_or(u8::MAX),
                    tags: item.tags.clone(),
                    enemies: question.enemies.iter().map(|e| ItemId::new(slug, e)).collect(),
                    last_seen_ms: None,
                    times_answered: 0,
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
    /// Single or multiple response.
    pub kind: ResponseKind,
    /// Whether it counts.
    pub scored: bool,
    /// Shown position → index in the author's order; a permutation.
    pub option_order: Vec<u8>,
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
