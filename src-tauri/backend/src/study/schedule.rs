//! What a grade does to a card: steps within the day, then intervals from FSRS, varied a little,
//! spread over the days, and held back before an exam. Pure: the same card, grade and context
//! give the same outcome.

use std::collections::HashMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::card::{CardState, Due, Grade, Memory, Phase};
use super::exam_date::{ExamDate, HeldBack};
use super::fuzz;
use super::options::StudyOptions;

const MS_PER_MINUTE: i64 = 60_000;

/// What grading a card depends on besides the card.
pub struct Context<'a> {
    /// How the learner studies.
    pub options: &'a StudyOptions,
    /// The FSRS model of these options.
    pub model: &'a fsrs::FSRS,
    /// Now, Unix milliseconds.
    pub now_ms: i64,
    /// The study day of now.
    pub today: i64,
    /// The booked exam.
    pub exam: Option<ExamDate>,
    /// How many cards are due on each study day; days with none may be left out.
    pub load: &'a HashMap<i64, u32>,
    /// Identity of the card, which seeds the variation of its intervals.
    pub card: i64,
}

impl Context<'_> {
    fn due_on(&self, day: i64) -> u32 {
        self.load.get(&day).copied().unwrap_or(0)
    }
}

/// What a grade would do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The card afterwards.
    pub state: CardState,
    /// Why its interval is shorter than the memory alone would ask for.
    pub held_back: Option<HeldBack>,
    /// Whether it has now lapsed often enough to count as a leech.
    pub leech: bool,
}

/// A memory or a parameter that FSRS refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("FSRS refuses the memory of this card; rebuild it from its reviews")]
pub struct BadMemory;

/// An interval that one grade asks for, before it is made whole.
#[derive(Clone, Copy)]
struct Wanted {
    days: f32,
    held_back: Option<HeldBack>,
}

/// What each of the four grades would do, worst first.
///
/// # Errors
/// [`BadMemory`] when the card's memory is none that FSRS could have made.
pub fn outcomes(card: &CardState, context: &Context<'_>) -> Result<[Outcome; 4], BadMemory> {
    let next = next_memories(card, context)?;
    let whole = whole_intervals(&next.map(|(_, wanted)| wanted), card, context);
    Ok([0, 1, 2, 3].map(|place| {
        let (memory, wanted) = next[place];
        outcome(card, context, Grade::ALL[place], memory, wanted, whole[place])
    }))
}

/// What one grade does.
///
/// # Errors
/// As [`outcomes`].
pub fn grade(card: &CardState, grade: Grade, context: &Context<'_>) -> Result<Outcome, BadMemory> {
    Ok(outcomes(card, context)?[grade as usize])
}

/// The four memories and the intervals they ask for, by FSRS.
fn next_memories(
    card: &CardState,
    context: &Context<'_>,
) -> Result<[(Memory, Wanted); 4], BadMemory> {
    let own = context.options.desired_retention;
    let raised = context.exam.map_or(own, |exam| exam.retention(context.today, own));
    let memory = card.memory.map(Into::into);
    let elapsed = card.days_since(context.today);
    let next = context.model.next_states(memory, raised, elapsed).map_err(|_| BadMemory)?;
    let plain = context.model.next_states(memory, own, elapsed).map_err(|_| BadMemory)?;
    let wanted = |next: &fsrs::ItemState, plain: &fsrs::ItemState| {
        let shorter = next.interval.round() < plain.interval.round();
        let held_back = shorter.then_some(HeldBack::HigherRecall);
        (next.memory.into(), Wanted { days: next.interval, held_back })
    };
    Ok([
        wanted(&next.again, &plain.again),
        wanted(&next.hard, &plain.hard),
        wanted(&next.good, &plain.good),
        wanted(&next.easy, &plain.easy),
    ])
}

/// Whole days for the four grades, each at least a day longer than the one before as far as the
/// longest interval allows.
fn whole_intervals(wanted: &[Wanted; 4], card: &CardState, context: &Context<'_>) -> [u32; 4] {
    let longest = context.options.longest_interval;
    let mut floor = 1;
    let mut days = [1; 4];
    // One draw for all four grades, so that a better grade is never unlucky against a worse one.
    let unit = context.options.fuzz.then(|| draw(context.card, card.reviews));
    for (place, grade) in Grade::ALL.into_iter().enumerate() {
        let min = if grade == Grade::Again { 1 } else { floor.min(longest) };
        days[place] = whole_interval(wanted[place].days, min, longest, unit, context);
        // Again may be anything, and a grade that leads to a step sets no day to exceed.
        if grade != Grade::Again && next_step(card, grade, context.options).is_none() {
            floor = days[place] + 1;
        }
    }
    days
}

fn whole_interval(days: f32, min: u32, max: u32, unit: Option<f32>, context: &Context<'_>) -> u32 {
    let Some(unit) = unit else {
        let (low, high) = fuzz::bounds(days.clamp(min as f32, max as f32).round(), min, max);
        return low.midpoint(high);
    };
    let load = |ahead: u32| context.due_on(context.today + i64::from(ahead));
    let balance = context.options.balance.then_some(&load as &dyn Fn(u32) -> u32);
    fuzz::choose(fuzz::bounds(days, min, max), unit, balance)
}

/// Uniform in [0, 1), the same for a card and a number of reviews for ever.
fn draw(card: i64, reviews: u32) -> f32 {
    let seed = card.cast_unsigned().rotate_left(32) ^ u64::from(reviews);
    ChaCha8Rng::seed_from_u64(seed).random()
}

fn outcome(
    card: &CardState,
    context: &Context<'_>,
    grade: Grade,
    memory: Memory,
    wanted: Wanted,
    days: u32,
) -> Outcome {
    let lapsed = card.phase == Phase::Review && grade == Grade::Again;
    let seen = CardState {
        memory: Some(memory),
        last_seen_ms: Some(context.now_ms),
        last_day: Some(context.today),
        reviews: card.reviews + 1,
        lapses: card.lapses + u32::from(lapsed),
        ..*card
    };
    let (state, held_back) = match next_step(card, grade, context.options) {
        Some((phase, step, minutes)) => {
            let due = Due::At(context.now_ms + minutes);
            (CardState { phase, step, due, interval: 0, ..seen }, None)
        }
        None => review_on(seen, wanted, days, context),
    };
    let limit = context.options.leech_lapses;
    // Again at the limit and at every half of it after, as learners know it.
    let leech = lapsed && limit > 0 && state.lapses >= limit && {
        let again_every = (limit / 2).max(1);
        (state.lapses - limit).is_multiple_of(again_every)
    };
    Outcome { state, held_back, leech }
}

/// The card's next review on a day, held back before an exam where that is sooner.
fn review_on(
    seen: CardState,
    wanted: Wanted,
    days: u32,
    context: &Context<'_>,
) -> (CardState, Option<HeldBack>) {
    let mut due = context.today + i64::from(days);
    let mut held_back = wanted.held_back;
    let window = context.exam.and_then(|exam| {
        let passes = exam.ahead(context.today) && due >= exam.day;
        if passes { exam.last_showing(context.today) } else { None }
    });
    if let Some((first, last)) = window {
        due = least_loaded(first, last, context);
        held_back = Some(HeldBack::BeforeExam);
    }
    let interval = u32::try_from(due - context.today).unwrap_or(1);
    let state = CardState { phase: Phase::Review, step: 0, due: Due::Day(due), interval, ..seen };
    (state, held_back)
}

/// The day of the window with the least due; among equals one that depends on the card.
fn least_loaded(first: i64, last: i64, context: &Context<'_>) -> i64 {
    let span = last - first + 1;
    let start = context.card.rem_euclid(span);
    (0..span)
        .map(|offset| first + (start + offset) % span)
        .min_by_key(|day| context.due_on(*day))
        .unwrap_or(last)
}

/// The step that a grade leads to, with its delay in milliseconds; `None` when the card goes to
/// (or stays in) review.
fn next_step(card: &CardState, grade: Grade, options: &StudyOptions) -> Option<(Phase, u32, i64)> {
    let (phase, steps) = match (card.phase, grade) {
        (Phase::New | Phase::Learning, _) => (Phase::Learning, &options.learning_steps),
        (Phase::Relearning, _) | (Phase::Review, Grade::Again) => {
            (Phase::Relearning, &options.relearning_steps)
        }
        (Phase::Review, _) => return None,
    };
    // Steps may have been taken away since the card entered them.
    let last = steps.len().checked_sub(1)?;
    let at = if card.phase == phase { (card.step as usize).min(last) } else { 0 };
    let index = |step: usize| u32::try_from(step).unwrap_or(u32::MAX);
    let minutes = |step: usize| steps.get(step).map(|m| i64::from(*m) * MS_PER_MINUTE);
    match grade {
        Grade::Again => Some((phase, 0, minutes(0)?)),
        Grade::Hard => Some((phase, index(at), hard_delay(steps, at)?)),
        Grade::Good if card.phase == Phase::Review => None,
        Grade::Good => Some((phase, index(at + 1), minutes(at + 1)?)),
        Grade::Easy => None,
    }
}

/// Hard on the first step waits between it and the second, or half as long again when there is
/// none; on later steps it repeats the step.
fn hard_delay(steps: &[u32], at: usize) -> Option<i64> {
    let this = i64::from(*steps.get(at)?) * MS_PER_MINUTE;
    if at > 0 {
        return Some(this);
    }
    Some(match steps.get(1) {
        Some(next) => this.midpoint(i64::from(*next) * MS_PER_MINUTE),
        None => this * 3 / 2,
    })
}
