//! A sitting is a fold over its events. [`Sitting::decide`] says what an action would record,
//! [`Sitting::apply`] records it; both are pure, so a sitting can be replayed from its log and an
//! action can be made durable between the two.
//!
//! Time: the clock of the exam runs from the start without pause, whether or not the app is open.
//! Elapsed time is summed over the events with [`Instant::since`], so that setting the wall clock
//! neither gives nor takes time within one run of the machine.

mod event;
mod slot;
#[cfg(test)]
mod tests;

pub use event::{Action, Confidence, Event, EventKind};
pub use slot::{Slot, SlotShape};

use crate::clock::Instant;
use crate::deck::Answer;

/// The limit of a sitting without a clock, milliseconds: a century, which nobody reaches.
pub const UNTIMED_MS: i64 = 100 * 366 * 86_400_000;

/// Where a sitting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The clock runs.
    Running,
    /// The candidate ended it.
    Ended,
    /// The candidate gave it up.
    Abandoned,
    /// Time ran out.
    Expired,
}

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

/// A sitting and all that has happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    limit_ms: i64,
    slots: Vec<Slot>,
    phase: Phase,
    /// Time of the last event (the start, before the first).
    last: Instant,
    /// Exam time up to `last`.
    elapsed_ms: i64,
    /// The question on screen, if one is.
    on_screen: Option<u32>,
    /// The question last on screen.
    current: u32,
}

impl Sitting {
    /// Begins a sitting of `limit_ms` over a paper of the shape given, at least one question.
    pub fn begin(shape: &[SlotShape], limit_ms: i64, started: Instant) -> Self {
        Self {
            limit_ms,
            slots: shape.iter().copied().map(Slot::new).collect(),
            phase: Phase::Running,
            last: started,
            elapsed_ms: 0,
            on_screen: None,
            current: 0,
        }
    }

    /// Begins a sitting and applies its log.
    ///
    /// # Errors
    /// [`ReplayError`] names the first event that does not fit the paper.
    pub fn replay(
        shape: &[SlotShape],
        limit_ms: i64,
        started: Instant,
        log: impl IntoIterator<Item = Event>,
    ) -> Result<Self, ReplayError> {
        let mut sitting = Self::begin(shape, limit_ms, started);
        for (index, event) in log.into_iter().enumerate() {
            sitting.check(&event.kind).map_err(|source| ReplayError { index, source })?;
            sitting.apply(&event);
        }
        Ok(sitting)
    }

    /// The event that `action` at `now` records, `None` when it changes nothing.
    ///
    /// # Errors
    /// [`Refusal`] when the sitting is over (by its phase or by the clock) or the action does not
    /// fit the paper.
    pub fn decide(&self, action: Action, now: &Instant) -> Result<Option<Event>, Refusal> {
        if self.phase != Phase::Running || self.remaining_ms(now) == 0 {
            return Err(Refusal::Over);
        }
        let kind = match action {
            Action::See { position } => EventKind::Seen { position },
            Action::Leave => EventKind::Left,
            Action::Resume => EventKind::Resumed,
            Action::Choose { position, options } => EventKind::Chosen { position, options },
            Action::Arrange { position, responses } => EventKind::Arranged { position, responses },
            Action::Strike { position, option, struck } => {
                EventKind::Struck { position, option, struck }
            }
            Action::Flag { position, flagged } => EventKind::Flagged { position, flagged },
            Action::Sure { position, confidence } => EventKind::Sure { position, confidence },
            Action::Check { position } => EventKind::Checked { position },
            Action::End => EventKind::Ended,
            Action::Abandon => EventKind::Abandoned,
        };
        self.check(&kind)?;
        Ok(self.changes(&kind).then(|| Event { at: now.clone(), kind }))
    }

    /// The event that ends the sitting when its time is up at `now`, dated at the deadline.
    pub fn expiry(&self, now: &Instant) -> Option<Event> {
        (self.phase == Phase::Running && self.remaining_ms(now) == 0).then(|| {
            // With both clocks carried on from the last event, the event is dated exactly at the
            // deadline, even when it is noticed long after.
            let at = self.last.plus((self.limit_ms - self.elapsed_ms).max(0));
            Event { at, kind: EventKind::Expired }
        })
    }

    fn check(&self, kind: &EventKind) -> Result<(), Refusal> {
        let Some(position) = kind.position() else { return Ok(()) };
        let slot = self
            .slots
            .get(position as usize)
            .ok_or(Refusal::NoSuchQuestion { position, items: self.slots.len() })?;
        slot.check(position, kind)
    }

    /// Whether the event, known to fit, changes anything.
    fn changes(&self, kind: &EventKind) -> bool {
        match kind {
            EventKind::Seen { position } => self.on_screen != Some(*position),
            EventKind::Left => self.on_screen.is_some(),
            EventKind::Resumed | EventKind::Ended | EventKind::Abandoned | EventKind::Expired => {
                true
            }
            EventKind::Chosen { position, .. }
            | EventKind::Arranged { position, .. }
            | EventKind::Struck { position, .. }
            | EventKind::Flagged { position, .. }
            | EventKind::Sure { position, .. }
            | EventKind::Checked { position } => self.slot(*position).is_some_and(|slot| {
                let mut after = slot.clone();
                after.apply(kind);
                after != *slot
            }),
        }
    }

    /// Records an event that [`Self::decide`] or [`Self::expiry`] gave. Events that do not fit
    /// the paper change nothing but the time.
    pub fn apply(&mut self, event: &Event) {
        let passed = event.at.since(&self.last);
        self.elapsed_ms += passed;
        self.last = event.at.clone();
        // Time with the app closed is exam time, but nobody was reading the question.
        let reading = event.kind != EventKind::Resumed;
        if let Some(slot) = self.on_screen.and_then(|position| self.slot_mut(position))
            && reading
        {
            slot.spent_ms += passed;
        }
        match &event.kind {
            EventKind::Seen { position } => {
                self.on_screen = Some(*position);
                self.current = *position;
            }
            EventKind::Left | EventKind::Resumed => self.on_screen = None,
            EventKind::Ended => self.finish(Phase::Ended),
            EventKind::Abandoned => self.finish(Phase::Abandoned),
            EventKind::Expired => self.finish(Phase::Expired),
            _ => {}
        }
        if let Some(slot) = event.kind.position().and_then(|position| self.slot_mut(position)) {
            slot.apply(&event.kind);
        }
    }

    fn finish(&mut self, phase: Phase) {
        self.phase = phase;
        self.on_screen = None;
    }

    fn slot_mut(&mut self, position: u32) -> Option<&mut Slot> {
        self.slots.get_mut(position as usize)
    }

    /// The question at `position`, from 0.
    pub fn slot(&self, position: u32) -> Option<&Slot> {
        self.slots.get(position as usize)
    }

    /// All questions in the order of the paper.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Where it stands by its events. A running sitting may be out of time: see [`Self::expiry`].
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The question last on screen, from 0.
    pub fn current(&self) -> u32 {
        self.current
    }

    /// Sitting time in all, milliseconds.
    pub fn limit_ms(&self) -> i64 {
        self.limit_ms
    }

    /// Exam time used at `now` (at the end, once it is over), at most the limit.
    pub fn elapsed_ms(&self, now: &Instant) -> i64 {
        let running = if self.phase == Phase::Running { now.since(&self.last) } else { 0 };
        (self.elapsed_ms + running).min(self.limit_ms)
    }

    /// Time left at `now`, milliseconds, never negative; 0 once it is over.
    pub fn remaining_ms(&self, now: &Instant) -> i64 {
        if self.phase == Phase::Running { self.limit_ms - self.elapsed_ms(now) } else { 0 }
    }

    /// The answer to each question, in the order of the paper.
    pub fn answers(&self) -> Vec<Answer> {
        self.slots.iter().map(|slot| slot.answer.clone()).collect()
    }
}
