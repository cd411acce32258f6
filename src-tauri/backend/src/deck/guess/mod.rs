//! What those who know nothing would score on the questions whose keys are chosen; orders and
//! matches are not judged. Strategies that look at nothing but the surface of options answer every
//! such question of a deck, and so does a small model that learned from the rest of the deck which
//! surface keys have. Neither may do better than chance by more than a little.

mod features;
mod learned;
mod play;
mod strategy;
mod surface;
mod tally;
#[cfg(test)]
mod tests;

pub use learned::{FeatureWeight, Learned};
pub use strategy::Strategy;
pub use tally::{Tally, Verdict};

use serde::Serialize;

use super::lint::{Finding, Subject, Weight};
use super::{Item, ItemBody, Question};
use surface::Surface;

/// How many points above chance a strategy may be.
pub const MARGIN: f64 = 0.03;
/// How many points above chance the learned guesser may be.
pub const LEARNED_MARGIN: f64 = 0.08;

/// How well guessing does on a deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guess {
    /// Questions that were answered.
    pub questions: usize,
    /// Fixed strategies, in the order of [`Strategy::all`].
    pub strategies: Vec<Tally>,
    /// The learned guesser; none for a deck too small to learn from.
    pub learned: Option<Learned>,
}

/// A question as a guesser sees it, and its keys.
#[derive(Debug, Clone)]
struct Sheet<'a> {
    item: &'a Item,
    options: Vec<Surface>,
    keys: Vec<bool>,
}

/// Lets all guessers answer the questions among the items.
pub fn guess(items: &[Item]) -> Guess {
    let sheets: Vec<Sheet<'_>> = items.iter().filter_map(Sheet::of).collect();
    let most = sheets.iter().map(|sheet| sheet.keys.len()).max().unwrap_or(0);
    let strategies = Strategy::all(most)
        .into_iter()
        .map(|strategy| {
            let answers = sheets.iter().map(|sheet| (sheet, strategy.scores(&sheet.options)));
            Tally::of(strategy.name(), MARGIN, answers)
        })
        .collect();
    Guess { questions: sheets.len(), strategies, learned: learned::guess(&sheets) }
}

impl Guess {
    /// All tallies: the strategies', then the learned guesser's.
    pub fn tallies(&self) -> impl Iterator<Item = &Tally> {
        self.strategies.iter().chain(self.learned.iter().map(|learned| &learned.tally))
    }

    /// A warning about the deck for each guesser that does better than it may.
    pub fn findings(&self) -> Vec<Finding> {
        let guessable = self.tallies().filter(|tally| tally.verdict == Verdict::Guessable);
        let finding = |tally: &Tally| Finding {
            weight: Weight::Warning,
            code: "guessable",
            subject: Subject::Deck,
            message: format!(
                "the guesser “{}” gets {:.1} % of the questions right where chance gives {:.1} %",
                tally.guesser,
                tally.rate * 100.0,
                tally.chance * 100.0
            ),
            hint: "make options alike in what the guesser goes by; --json lists the questions",
        };
        guessable.map(finding).collect()
    }
}

impl<'a> Sheet<'a> {
    fn of(item: &'a Item) -> Option<Self> {
        let ItemBody::Question(question) = &item.body else { return None };
        if !question.interaction.is_choice() {
            return None;
        }
        Some(Self { item, options: Surface::of(question), keys: keys(question) })
    }

    fn task(&self) -> &str {
        self.item.task.as_deref().unwrap_or_default()
    }
}

fn keys(question: &Question) -> Vec<bool> {
    question.options.iter().map(|option| option.key).collect()
}
