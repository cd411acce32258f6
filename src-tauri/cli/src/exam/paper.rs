//! The JSON of a paper; docs/cli.md describes it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sitwell_backend::deck::{ContentHash, Difficulty, ItemId, Places, ResponseKind};
use sitwell_backend::exam::assemble::Drawn;
use sitwell_backend::exam::{Form, FormItem};

/// A paper, as `assemble` prints it and `score` reads it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Paper {
    /// Code of the exam.
    pub(super) blueprint: String,
    /// Seed it was drawn with.
    pub(super) seed: u64,
    /// In the order of the paper.
    pub(super) items: Vec<PaperItem>,
    /// What the paper was drawn to; `score` does not need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quotas: Option<Quotas>,
    /// Scored items that somebody at the cut ability is expected to answer right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected_score_at_cut: Option<f64>,
}

/// One place of the paper.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PaperItem {
    /// `deck/item`
    pub(super) id: ItemId,
    domain: String,
    task: String,
    difficulty: Difficulty,
    kind: ResponseKind,
    /// Whether it counts.
    scored: bool,
    /// Indices in the author's order, from 0, in the order shown.
    pub(super) options: Vec<u8>,
    /// What an arrangement of the options fills; none where keys are chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    places: Option<Places>,
    /// Hash of the wording that is asked.
    pub(super) version: ContentHash,
    /// Letters chosen, as shown; none or empty when it was left blank. Of an order or a match the
    /// letter in each place, null where there is none.
    #[serde(default, skip_serializing)]
    pub(super) answer: Option<Vec<Option<Letter>>>,
    /// Time spent on it, seconds; read and not used by the score.
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "checked on reading: part of the format")]
    seconds: Option<f64>,
}

/// The letter of an option: `A` is the first one shown.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Letter(pub(super) u8);

impl TryFrom<String> for Letter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_bytes() {
            [letter @ b'A'..=b'Z'] => Ok(Self(letter - b'A')),
            _ => Err(format!("“{text}” is not a letter of an option, A to Z")),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Quotas {
    domains: Vec<Quota>,
    tasks: Vec<Quota>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Quota {
    id: String,
    /// Items in all.
    #[serde(rename = "quota")]
    items: u32,
    /// Those of them that count.
    scored: u32,
}

impl Paper {
    pub(super) fn new(drawn: &Drawn) -> Self {
        let domains = drawn.quotas.iter();
        let tasks = drawn.quotas.iter().flat_map(|domain| &domain.tasks);
        Self {
            blueprint: drawn.form.blueprint.clone(),
            seed: drawn.form.seed,
            items: drawn.form.items.iter().map(PaperItem::new).collect(),
            quotas: Some(Quotas {
                domains: domains.map(|d| Quota::new(&d.domain, d.items, d.scored)).collect(),
                tasks: tasks.map(|t| Quota::new(&t.task, t.items, t.scored)).collect(),
            }),
            expected_score_at_cut: Some(drawn.expected),
        }
    }

    /// The form that the paper describes.
    pub(super) fn form(&self) -> Form {
        let item = |item: &PaperItem| FormItem {
            id: item.id.clone(),
            version: item.version.clone(),
            domain: item.domain.clone(),
            task: item.task.clone(),
            difficulty: item.difficulty,
            kind: item.kind,
            scored: item.scored,
            option_order: item.options.clone(),
            places: item.places,
        };
        Form {
            blueprint: self.blueprint.clone(),
            seed: self.seed,
            items: self.items.iter().map(item).collect(),
        }
    }
}

impl PaperItem {
    fn new(item: &FormItem) -> Self {
        Self {
            id: item.id.clone(),
            domain: item.domain.clone(),
            task: item.task.clone(),
            difficulty: item.difficulty,
            kind: item.kind,
            scored: item.scored,
            options: item.option_order.clone(),
            places: item.places,
            version: item.version.clone(),
            answer: None,
            seconds: None,
        }
    }
}

impl Quota {
    fn new(id: &str, items: u32, scored: u32) -> Self {
        Self { id: id.to_owned(), items, scored }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, seed {}, {} items", self.blueprint, self.seed, self.items.len())?;
        for (number, item) in (1..).zip(&self.items) {
            let PaperItem { id, task, difficulty, kind, scored, .. } = item;
            let (level, kind) = (lower(difficulty), lower(kind));
            let scored = if *scored { "" } else { "  not scored" };
            writeln!(f, "{number:>3}  {task:<4} {level:<6} {kind:<8} {id}{scored}")?;
        }
        let mut levels: BTreeMap<Difficulty, u32> = BTreeMap::new();
        for item in &self.items {
            *levels.entry(item.difficulty).or_default() += 1;
        }
        let levels: Vec<String> =
            levels.iter().map(|(level, count)| format!("{count} {}", lower(level))).collect();
        writeln!(f, "{}", levels.join(", "))?;
        if let Some(quotas) = &self.quotas {
            for quota in &quotas.domains {
                let Quota { id, items, scored } = quota;
                writeln!(f, "domain {id}: {items} items, {scored} scored")?;
            }
        }
        if let Some(expected) = self.expected_score_at_cut {
            writeln!(f, "expected score at the cut: {expected:.2} scored items")?;
        }
        Ok(())
    }
}

fn lower(value: &impl fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}
