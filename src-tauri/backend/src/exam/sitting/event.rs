//! What can be done in a sitting, and what is kept of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;

/// How sure the candidate says to be of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Confidence {
    /// A guess.
    Guess,
    /// Fairly sure.
    Fairly,
    /// Sure.
    Sure,
}

/// What a candidate does. Positions count from 0; options are in the author's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A question comes on screen.
    See {
        /// Which.
        position: u32,
    },
    /// The question leaves the screen, for the review screen say.
    Leave,
    /// The app was opened again.
    Resume,
    /// The answer becomes exactly these options.
    Choose {
        /// Which question.
        position: u32,
        /// May be fewer than asked for, never more.
        options: BTreeSet<u8>,
    },
    /// The arrangement becomes exactly this.
    Arrange {
        /// Which question.
        position: u32,
        /// The response in each place; `None` where there is none yet.
        responses: Vec<Option<u8>>,
    },
    /// An option is struck out or restored.
    Strike {
        /// Which question.
        position: u32,
        /// Which option.
        option: u8,
        /// Struck, or restored.
        struck: bool,
    },
    /// A flag is set or taken away.
    Flag {
        /// Which question.
        position: u32,
        /// Set, or taken away.
        flagged: bool,
    },
    /// The candidate says how sure they are.
    Sure {
        /// Which question.
        position: u32,
        /// `None` takes it back.
        confidence: Option<Confidence>,
    },
    /// The answer is given for good, to be explained.
    Check {
        /// Which question.
        position: u32,
    },
    /// The candidate writes a comment on a question.
    Comment {
        /// Which question.
        position: u32,
        /// Plain text; empty takes it back.
        text: String,
    },
    /// The candidate takes a break.
    Pause,
    /// The candidate comes back from a break.
    Continue,
    /// The candidate ends the sitting.
    End,
    /// The candidate gives the sitting up: it will have no result.
    Abandon,
}

/// What is kept: one line of the append-only log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: EventKind,
}

/// The kinds of events, as they are stored. Never rename or renumber: logs are for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
#[expect(missing_docs, reason = "fields are those of `Action`")]
pub enum EventKind {
    /// A question came on screen.
    Seen { position: u32 },
    /// It left the screen.
    Left,
    /// The app was opened again.
    Resumed,
    /// The answer became exactly these options.
    Chosen { position: u32, options: BTreeSet<u8> },
    /// The arrangement became exactly this.
    Arranged { position: u32, responses: Vec<Option<u8>> },
    /// An option was struck out or restored.
    Struck { position: u32, option: u8, struck: bool },
    /// A flag was set or taken away.
    Flagged { position: u32, flagged: bool },
    /// The candidate said how sure they are.
    Sure { position: u32, confidence: Option<Confidence> },
    /// The answer was given for good and explained.
    Checked { position: u32 },
    /// The comment on a question became this.
    Commented { position: u32, text: String },
    /// The candidate took a break.
    Paused,
    /// The candidate came back from it.
    Continued,
    /// The candidate ended the sitting.
    Ended,
    /// The candidate gave it up.
    Abandoned,
    /// Time ran out.
    Expired,
}

impl EventKind {
    /// The question it is about, from 0.
    pub fn position(&self) -> Option<u32> {
        match self {
            Self::Seen { position }
            | Self::Chosen { position, .. }
            | Self::Arranged { position, .. }
            | Self::Struck { position, .. }
            | Self::Flagged { position, .. }
            | Self::Sure { position, .. }
            | Self::Commented { position, .. }
            | Self::Checked { position } => Some(*position),
            Self::Left
            | Self::Resumed
            | Self::Paused
            | Self::Continued
            | Self::Ended
            | Self::Abandoned
            | Self::Expired => None,
        }
    }
}
