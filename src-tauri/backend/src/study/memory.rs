//! Memory from reviews: the log is the truth, the state of a card is derived from it.

use super::card::{CardState, Grade, Memory};
use super::schedule::BadMemory;

/// One review as the log keeps it: what was graded, and where the card stood after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The study day it counted for.
    pub day: i64,
    /// How the card was recalled.
    pub grade: Grade,
    /// Where the card stood after it; its memory is not kept here but computed.
    pub after: CardState,
}

/// The state of a card by its reviews in order: where it stands from the last of them, its
/// memory through FSRS over all of them.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a step.
pub fn rebuild(reviews: &[Review], model: &fsrs::FSRS) -> Result<CardState, BadMemory> {
    let Some(last) = reviews.last() else { return Ok(CardState::NEW) };
    let mut memory: Option<Memory> = None;
    let mut previous_day = None;
    for review in reviews {
        let elapsed =
            previous_day.map_or(0, |day: i64| u32::try_from(review.day - day).unwrap_or(0));
        let states =
            model.next_states(memory.map(Into::into), 0.9, elapsed).map_err(|_| BadMemory)?;
        let state = match review.grade {
            Grade::Again => states.again,
            Grade::Hard => states.hard,
            Grade::Good => states.good,
            Grade::Easy => states.easy,
        };
        memory = Some(state.memory.into());
        previous_day = Some(review.day);
    }
    Ok(CardState { memory, ..last.after })
}

/// The memory after each of the reviews of a card, in order.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a step.
pub fn history(reviews: &[Review], model: &fsrs::FSRS) -> Result<Vec<Memory>, BadMemory> {
    // Each is rebuilt from the reviews up to it; what is drawn is bounded by the caller.
    (1..=reviews.len())
        .filter_map(|count| rebuild(&reviews[..count], model).map(|card| card.memory).transpose())
        .collect()
}

/// Chance of recall so many days after a card was last seen, in [0, 1].
/// Source: the power forgetting curve of FSRS-6, as the crate computes it.
pub fn retrievability(memory: Memory, days: f32, parameters: &[f32]) -> f32 {
    fsrs::current_retrievability(memory.into(), days.max(0.0), decay(parameters))
}

/// How steeply these parameters let a memory fade: the last of FSRS-6, or what the crate takes
/// for older sets, which have none.
pub fn decay(parameters: &[f32]) -> f32 {
    match parameters {
        [] => fsrs::FSRS6_DEFAULT_DECAY,
        _ => parameters.get(20).copied().unwrap_or(fsrs::FSRS5_DEFAULT_DECAY),
    }
}
