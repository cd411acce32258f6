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
    let memory = replay(reviews.iter().map(|review| (review.day, review.grade)), model)?;
    Ok(CardState { memory, ..last.after })
}

/// The memory that reviews leave, given by study day and grade in order; none without reviews. A
/// day that lies before the one of the review before (the clock was set back) counts as the same.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a step.
pub fn replay(
    reviews: impl IntoIterator<Item = (i64, Grade)>,
    model: &fsrs::FSRS,
) -> Result<Option<Memory>, BadMemory> {
    let mut memory: Option<Memory> = None;
    let mut previous_day = None;
    for (day, grade) in reviews {
        memory = Some(step(memory, days_between(previous_day, day), grade, model)?);
        previous_day = Some(day);
    }
    Ok(memory)
}

/// Whole days from the day a card was last seen on to another; 0 when it never was, or the clock
/// was set back.
pub fn days_between(last: Option<i64>, day: i64) -> u32 {
    last.map_or(0, |last| u32::try_from(day.saturating_sub(last)).unwrap_or(0))
}

/// What one review makes of a memory.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses it.
pub fn step(
    memory: Option<Memory>,
    elapsed: u32,
    grade: Grade,
    model: &fsrs::FSRS,
) -> Result<Memory, BadMemory> {
    // The retention asked for bears on intervals alone, which are not used here.
    let next = model.next_states(memory.map(Into::into), 0.9, elapsed).map_err(|_| BadMemory)?;
    let next = match grade {
        Grade::Again => next.again,
        Grade::Hard => next.hard,
        Grade::Good => next.good,
        Grade::Easy => next.easy,
    };
    Ok(next.memory.into())
}

/// The memory after each of the reviews of a card, in order.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a step.
pub fn history(reviews: &[Review], model: &fsrs::FSRS) -> Result<Vec<Memory>, BadMemory> {
    let mut memories: Vec<Memory> = Vec::with_capacity(reviews.len());
    let mut previous_day = None;
    for review in reviews {
        let elapsed = days_between(previous_day, review.day);
        memories.push(step(memories.last().copied(), elapsed, review.grade, model)?);
        previous_day = Some(review.day);
    }
    Ok(memories)
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
