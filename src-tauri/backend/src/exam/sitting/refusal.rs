//! What a sitting refuses, and why.

use super::slot::MAX_COMMENT;

/// Why an action was not taken. Nothing is recorded then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over.
    #[error("this sitting is over, so nothing in it can be changed")]
    Over,
    /// The paper is shorter.
    #[error("the paper has {items} questions; there is no question {}", position + 1)]
    NoSuchQuestion {
        /// From 0.
        position: u32,
        /// Questions in the paper.
        items: usize,
    },
    /// The question has fewer options.
    #[error("question {} has {options} options; there is no option {}", position + 1, option + 1)]
    NoSuchOption {
        /// From 0.
        position: u32,
        /// From 0, in the author's order.
        option: u8,
        /// Options of the question.
        options: u8,
    },
    /// More chosen than the stem asks for.
    #[error("question {} asks for {select}; clear one before you choose another", position + 1)]
    TooMany {
        /// From 0.
        position: u32,
        /// How many it asks for.
        select: u8,
    },
    /// Options are chosen where an arrangement is asked for, or the other way round.
    #[error("question {} is not answered in this way", position + 1)]
    OtherKind {
        /// From 0.
        position: u32,
    },
    /// The arrangement has more or fewer places than the question.
    #[error("question {} has {places} places to fill", position + 1)]
    OtherPlaces {
        /// From 0.
        position: u32,
        /// How many it has.
        places: u8,
    },
    /// The answer was explained, so it stands.
    #[error("question {} is explained, so its answer stands", position + 1)]
    Checked {
        /// From 0.
        position: u32,
    },
    /// There is no answer to explain.
    #[error("question {} has no answer yet; answer it to see the reasons", position + 1)]
    Unanswered {
        /// From 0.
        position: u32,
    },
    /// Answers are explained in drills alone.
    #[error("answers are explained at the end of this sitting; a drill explains each at once")]
    NotExplained,
    /// The candidate is on a break.
    #[error("you are on a break; come back from it to go on")]
    OnBreak,
    /// There is no clock to take a break from.
    #[error(
        "no clock runs in this sitting, so there is no break to take; leave it whenever you like"
    )]
    NoBreak,
    /// The comment is too long.
    #[error("the comment on question {} is too long; write up to {MAX_COMMENT} characters", position + 1)]
    LongComment {
        /// From 0.
        position: u32,
    },
    /// One response stands in two places, where each can be used once.
    #[error("question {} takes each response once; clear the other place first", position + 1)]
    PlacedTwice {
        /// From 0.
        position: u32,
    },
}

/// Why a log is not the log of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {index} of the sitting's log does not fit the paper: {source}")]
pub struct ReplayError {
    /// From 0.
    pub index: usize,
    /// What is wrong with it.
    pub source: Refusal,
}
