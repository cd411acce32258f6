//! One place of a paper while it is sat.

use std::collections::BTreeSet;

use super::event::{Confidence, EventKind};

/// What a question allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotShape {
    /// Number of options.
    pub options: u8,
    /// How many may be chosen.
    pub select: u8,
}

/// The state of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What it allows.
    pub shape: SlotShape,
    /// Whether it has been on screen.
    pub seen: bool,
    /// Options chosen, in the author's order.
    pub chosen: BTreeSet<u8>,
    /// Options struck out, in the author's order.
    pub struck: BTreeSet<u8>,
    /// Whether it is flagged.
    pub flagged: bool,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
    /// Time it was on screen, milliseconds.
    pub spent_ms: i64,
    /// Every complete answer in the order given; one that only passed through on the way to
    /// another (fewer options than asked for) is not among them.
    pub answers: Vec<BTreeSet<u8>>,
}

impl Slot {
    pub(super) fn new(shape: SlotShape) -> Self {
        Self {
            shape,
            seen: false,
            chosen: BTreeSet::new(),
            struck: BTreeSet::new(),
            flagged: false,
            confidence: None,
            spent_ms: 0,
            answers: Vec::new(),
        }
    }

    /// Whether anything is chosen.
    pub fn answered(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Applies an event about this question.
    pub(super) fn apply(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Seen { .. } => self.seen = true,
            EventKind::Chosen { options, .. } => {
                self.chosen.clone_from(options);
                // Choosing an option that was struck out restores it.
                self.struck.retain(|option| !options.contains(option));
                let complete = options.len() == usize::from(self.shape.select);
                if complete && self.answers.last() != Some(options) {
                    self.answers.push(options.clone());
                }
            }
            EventKind::Struck { option, struck: true, .. } => {
                self.struck.insert(*option);
                // What is struck out is no longer the answer.
                self.chosen.remove(option);
            }
            EventKind::Struck { option, struck: false, .. } => {
                self.struck.remove(option);
            }
            EventKind::Flagged { flagged, .. } => self.flagged = *flagged,
            EventKind::Sure { confidence, .. } => self.confidence = *confidence,
            EventKind::Left | EventKind::Resumed | EventKind::Ended | EventKind::Expired => {}
        }
    }
}
