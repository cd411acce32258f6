//! The rules of item writing that can be computed. What they find is for authors; a deck that
//! only draws warnings can be used.

mod balance;
mod concepts;
mod item;
mod kinds;
mod length;
mod names;
mod similar;
mod stats;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_kinds;
#[cfg(test)]
mod tests_of_words;
mod wording;

pub use kinds::also;
pub use similar::across;
pub use stats::{KeyLength, KeyPositions, Stats, TaskStats};

use std::collections::HashMap;

use super::{Item, ItemBody, ItemSlug, Question};
use crate::blueprint::Blueprint;

/// How much a [`Finding`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The item, or the deck, is wrong.
    Error,
    /// It should be looked at.
    Warning,
}

/// Which part of a deck a [`Finding`] is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The deck as a whole.
    Deck,
    /// An item.
    Item(ItemSlug),
    /// An option of a question, by its index.
    Choice(ItemSlug, usize),
    /// A prompt of a matching question, by its index.
    Prompt(ItemSlug, usize),
}

/// Something an author should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Stable name of the rule.
    pub code: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// Checks items against the rules, and against the exam they are written for when it is known.
///
/// Findings come rule by rule; whoever shows them orders them by their place.
pub fn lint(items: &[Item], blueprint: Option<&Blueprint>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for item in items {
        item::check(item, blueprint, &mut findings);
        names::check(item, &mut findings);
    }
    for (item, question) in questions(items) {
        length::check(item, question, &mut findings);
    }
    enemies(items, &mut findings);
    kinds::cases(items, &mut findings);
    similar::check(items, &mut findings);
    concepts::check(items, &mut findings);
    balance::check(items, blueprint, &mut findings);
    findings.all
}

/// Whom a question calls an enemy should say so too.
fn enemies(items: &[Item], findings: &mut Findings) {
    let by_slug: HashMap<&ItemSlug, &Question> =
        questions(items).map(|(item, question)| (&item.slug, question)).collect();
    for (item, question) in questions(items) {
        for enemy in &question.enemies {
            let other = by_slug.get(enemy);
            if other.is_some_and(|other| !other.enemies.contains(&item.slug)) {
                let message = format!("“{enemy}” does not name this item as its enemy");
                let hint = "name enemies on both sides, so that each shows what it excludes";
                findings.warning("one-sided-enemy", &item.slug, message, hint);
            }
        }
    }
}

fn questions(items: &[Item]) -> impl Iterator<Item = (&Item, &Question)> {
    items.iter().filter_map(|item| match &item.body {
        ItemBody::Question(question) => Some((item, question)),
        ItemBody::Card(_) => None,
    })
}

/// Collects findings.
#[derive(Debug, Default)]
struct Findings {
    all: Vec<Finding>,
}

impl Findings {
    fn push(
        &mut self,
        weight: Weight,
        code: &'static str,
        subject: Subject,
        message: impl Into<String>,
        hint: &'static str,
    ) {
        self.all.push(Finding { weight, code, subject, message: message.into(), hint });
    }

    fn error(
        &mut self,
        code: &'static str,
        item: &ItemSlug,
        message: impl Into<String>,
        hint: &'static str,
    ) {
        self.push(Weight::Error, code, Subject::Item(item.clone()), message, hint);
    }

    fn warning(
        &mut self,
        code: &'static str,
        item: &ItemSlug,
        message: impl Into<String>,
        hint: &'static str,
    ) {
        self.push(Weight::Warning, code, Subject::Item(item.clone()), message, hint);
    }

    fn choice(
        &mut self,
        weight: Weight,
        code: &'static str,
        (item, index): (&ItemSlug, usize),
        message: impl Into<String>,
        hint: &'static str,
    ) {
        self.push(weight, code, Subject::Choice(item.clone(), index), message, hint);
    }

    fn deck(&mut self, code: &'static str, message: impl Into<String>, hint: &'static str) {
        self.push(Weight::Warning, code, Subject::Deck, message, hint);
    }
}
