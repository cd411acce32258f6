//! One place of a paper while it is sat.

use std::collections::BTreeSet;

use super::Refusal;
use super::event::{Confidence, EventKind};
use crate::deck::{Answer, Places};

/// Longest comment on a question, in characters.
pub const MAX_COMMENT: usize = 2_000;

/// What a question allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotShape {
    /// Number of options.
    pub options: u8,
    /// How many may be chosen, or how many places there are to fill.
    pub select: u8,
    /// What an arrangement fills; none where options are chosen.
    pub places: Option<Places>,
}

impl SlotShape {
    /// Of a question that asks for `select` of its options.
    pub fn choice(options: u8, select: u8) -> Self {
        Self { options, select, places: None }
    }

    /// Of a question that asks to arrange its options in places.
    pub fn arrangement(options: u8, places: Places) -> Self {
        Self { options, select: places.count, places: Some(places) }
    }

    /// Nothing chosen, or nothing placed.
    fn blank(self) -> Answer {
        match self.places {
            None => Answer::Choice(BTreeSet::new()),
            Some(places) => Answer::Arrangement(vec![None; places.count.into()]),
        }
    }

    fn check_option(self, position: u32, option: u8) -> Result<(), Refusal> {
        let options = self.options;
        if option < options {
            Ok(())
        } else {
            Err(Refusal::NoSuchOption { position, option, options })
        }
    }

    fn check_kind(self, position: u32, arranged: bool) -> Result<(), Refusal> {
        if self.places.is_some() == arranged {
            Ok(())
        } else {
            Err(Refusal::OtherKind { position })
        }
    }

    fn check_arrangement(self, position: u32, responses: &[Option<u8>]) -> Result<(), Refusal> {
        self.check_kind(position, true)?;
        let places = self.select;
        if responses.len() != usize::from(places) {
            return Err(Refusal::OtherPlaces { position, places });
        }
        let mut taken = BTreeSet::new();
        for &option in responses.iter().flatten() {
            self.check_option(position, option)?;
            let reuse = self.places.is_some_and(|places| places.reuse);
            if !taken.insert(option) && !reuse {
                return Err(Refusal::PlacedTwice { position });
            }
        }
        Ok(())
    }

    /// Whether an event about the question at `position` fits it.
    pub(super) fn check(self, position: u32, kind: &EventKind) -> Result<(), Refusal> {
        match kind {
            EventKind::Chosen { options: chosen, .. } => {
                self.check_kind(position, false)?;
                chosen.iter().try_for_each(|option| self.check_option(position, *option))?;
                if chosen.len() > usize::from(self.select) {
                    return Err(Refusal::TooMany { position, select: self.select });
                }
                Ok(())
            }
            EventKind::Arranged { responses, .. } => self.check_arrangement(position, responses),
            EventKind::Struck { option, .. } => {
                self.check_kind(position, false)?;
                self.check_option(position, *option)
            }
            EventKind::Commented { text, .. } if text.chars().count() > MAX_COMMENT => {
                Err(Refusal::LongComment { position })
            }
            _ => Ok(()),
        }
    }
}

/// The state of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What it allows.
    pub shape: SlotShape,
    /// Whether it has been on screen.
    pub seen: bool,
    /// What is chosen or placed now.
    pub answer: Answer,
    /// Options struck out, in the author's order.
    pub struck: BTreeSet<u8>,
    /// Whether it is flagged.
    pub flagged: bool,
    /// How sure the candidate said to be.
    pub confidence: Option<Confidence>,
    /// Whether the answer was given for good: it is explained, and cannot be changed.
    pub checked: bool,
    /// What the candidate wrote about it, plain text; empty when nothing.
    pub comment: String,
    /// Time it was on screen, milliseconds.
    pub spent_ms: i64,
    /// Every complete answer in the order given; one that only passed through on the way to
    /// another (fewer options than asked for, or places left) is not among them.
    pub answers: Vec<Answer>,
}

impl Slot {
    pub(super) fn new(shape: SlotShape) -> Self {
        Self {
            shape,
            seen: false,
            answer: shape.blank(),
            struck: BTreeSet::new(),
            flagged: false,
            confidence: None,
            checked: false,
            comment: String::new(),
            spent_ms: 0,
            answers: Vec::new(),
        }
    }

    /// Whether anything is chosen or placed.
    pub fn answered(&self) -> bool {
        !self.answer.is_empty()
    }

    /// Whether an event about the question at `position` fits what it allows and where it stands.
    pub(super) fn check(&self, position: u32, kind: &EventKind) -> Result<(), Refusal> {
        let settled = matches!(
            kind,
            EventKind::Chosen { .. }
                | EventKind::Arranged { .. }
                | EventKind::Struck { .. }
                | EventKind::Sure { .. }
        );
        if self.checked && settled {
            return Err(Refusal::Checked { position });
        }
        if matches!(kind, EventKind::Checked { .. }) && !self.answered() {
            return Err(Refusal::Unanswered { position });
        }
        self.shape.check(position, kind)
    }

    /// Takes an answer for the one that counts.
    fn take(&mut self, answer: Answer) {
        let complete = answer.given() == usize::from(self.shape.select);
        if complete && self.answers.last() != Some(&answer) {
            self.answers.push(answer.clone());
        }
        self.answer = answer;
    }

    /// Applies an event about this question.
    pub(super) fn apply(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Seen { .. } => self.seen = true,
            EventKind::Chosen { options, .. } => {
                // Choosing an option that was struck out restores it.
                self.struck.retain(|option| !options.contains(option));
                self.take(Answer::Choice(options.clone()));
            }
            EventKind::Arranged { responses, .. } => {
                self.take(Answer::Arrangement(responses.clone()));
            }
            EventKind::Struck { option, struck: true, .. } => {
                self.struck.insert(*option);
                // What is struck out is no longer the answer.
                if let Answer::Choice(chosen) = &mut self.answer {
                    chosen.remove(option);
                }
            }
            EventKind::Struck { option, struck: false, .. } => {
                self.struck.remove(option);
            }
            EventKind::Flagged { flagged, .. } => self.flagged = *flagged,
            EventKind::Sure { confidence, .. } => self.confidence = *confidence,
            EventKind::Checked { .. } => self.checked = true,
            EventKind::Commented { text, .. } => self.comment.clone_from(text),
            EventKind::Left
            | EventKind::Resumed
            | EventKind::Paused
            | EventKind::Continued
            | EventKind::Ended
            | EventKind::Abandoned
            | EventKind::Expired => {}
        }
    }
}
