//! What a learner has shown.

use serde::{Deserialize, Serialize};

use super::curve::{self, Point};
use crate::deck::Difficulty;
use crate::exam::response::with_floor;

/// How answers were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A paper in the exam's proportions, against the clock.
    Mock,
    /// A part of a paper, against the clock.
    Section,
    /// A first look, untimed.
    Diagnostic,
    /// Practice, untimed.
    Drill,
}

impl Kind {
    /// Whether nobody counted the minutes.
    pub fn untimed(self) -> bool {
        matches!(self, Self::Diagnostic | Self::Drill)
    }
}

/// That an item was met before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// Days since it was last seen.
    pub days: f64,
    /// Whether its explanation could be read then.
    pub explained: bool,
}

impl Repeat {
    /// Chance in [0, 1) that the answer is remembered rather than known: it halves every 45 days.
    pub fn remembered(self) -> f64 {
        let at_once = if self.explained { 0.95 } else { 0.6 };
        at_once * (-self.days.max(0.0) / 45.0).exp2()
    }
}

/// An answer that was marked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Place of its domain in the blueprint.
    pub domain: usize,
    /// Place of its task among all tasks of the blueprint.
    pub task: usize,
    /// The author's level.
    pub level: Difficulty,
    /// Chance to guess it, in [0, 1).
    pub floor: f64,
    /// Whether it was right.
    pub right: bool,
    /// Set when the item was met before.
    pub repeat: Option<Repeat>,
}

/// What an answer says at an ability: score and information of its likelihood.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Says {
    /// Derivative of the log likelihood by ability.
    pub score: f64,
    /// Expected information.
    pub information: f64,
}

impl Answer {
    /// Chance of a right answer at an ability in its domain, with its derivative. An item that is
    /// remembered is answered right without being known.
    pub fn chance(&self, ability: f64) -> Point {
        let remembered = self.repeat.map_or(0.0, Repeat::remembered);
        let fresh = self.fresh(ability);
        Point {
            height: with_floor(fresh.height, remembered),
            slope: (1.0 - remembered) * fresh.slope,
        }
    }

    /// How much it counts, in (0, 1].
    pub fn weight(&self) -> f64 {
        1.0 - self.repeat.map_or(0.0, Repeat::remembered)
    }

    /// A repeat says what a fresh answer would, weighted down. The chance that it was remembered
    /// does not enter the curve here: were it wrong, every miss would weigh far more than a hit.
    pub(super) fn says(&self, ability: f64) -> Says {
        let Point { height, slope } = self.fresh(ability);
        let spread = (height * (1.0 - height)).max(1e-9);
        let missed = f64::from(u8::from(self.right)) - height;
        let weight = self.weight();
        Says {
            score: weight * missed * slope / spread,
            information: weight * slope * slope / spread,
        }
    }

    /// Chance of a right answer to the item when it is new.
    fn fresh(&self, ability: f64) -> Point {
        let knows = curve::knows(ability, self.level);
        let slope = (1.0 - self.floor) * knows.slope;
        Point { height: with_floor(knows.height, self.floor), slope }
    }
}

/// Answers of one sitting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Day it was held, from any fixed day.
    pub day: f64,
    /// How it was held.
    pub kind: Kind,
    /// In any order.
    pub answers: Vec<Answer>,
}

/// How well the cards of a domain are remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardRecall {
    /// Place of the domain in the blueprint.
    pub domain: usize,
    /// Cards with a memory.
    pub cards: u32,
    /// Their mean chance of recall on the day in question, in [0, 1].
    pub recall: f64,
}
