//! A sitting is a fold over its events. [`Sitting::decide`] says what an action would record,
//! [`Sitting::apply`] records it; both are pure, so a sitting can be replayed from its log and an
//! action can be made durable between the two.
//!
//! Time: the clock of the exam runs from the start, whether or not the app is open. It stands
//! during a break where that was granted, and while the reasons of an answer are read. Elapsed time
//! is summed over the events with [`Instant::since`], so that setting the wall clock neither gives
//! nor takes time within one run of the machine.

#[cfg(test)]
mod breaks_tests;
mod event;
mod refusal;
mod slot;
#[cfg(test)]
mod tests;

pub use event::{Action, Confidence, Event, EventKind};
pub use refusal::{Refusal, ReplayError};
pub use slot::{MAX_COMMENT, Slot, SlotShape};

use crate::clock::Instant;
use crate::deck::Answer;

/// The limit of a sitting without a clock, milliseconds: a century, which nobody reaches.
pub const UNTIMED_MS: i64 = 100 * 366 * 86_400_000;

/// How the time of a sitting runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Sitting time in all, milliseconds; [`UNTIMED_MS`] without a clock.
    pub limit_ms: i64,
    /// Whether the clock stands during a break.
    pub stop_clock: bool,
}

impl From<i64> for Timing {
    /// A clock of so many milliseconds that no break stops.
    fn from(limit_ms: i64) -> Self {
        Self { limit_ms, stop_clock: false }
    }
}

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

/// A sitting and all that has happened in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    timing: Timing,
    slots: Vec<Slot>,
    phase: Phase,
    /// Time of the last event (the start, before the first).
    last: Instant,
    /// Exam time up to `last`.
    elapsed_ms: i64,
    on_break: bool,
    /// The question on screen, if one is.
    on_screen: Option<u32>,
    /// The question last on screen.
    current: u32,
}

impl Sitting {
    /// Begins a sitting over a paper of the shape given, at least one question.
    pub fn begin(shape: &[SlotShape], timing: impl Into<Timing>, started: Instant) -> Self {
        Self {
            timing: timing.into(),
            slots: shape.iter().copied().map(Slot::new).collect(),
            phase: Phase::Running,
            last: started,
            elapsed_ms: 0,
            on_break: false,
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
        timing: impl Into<Timing>,
        started: Instant,
        log: impl IntoIterator<Item = Event>,
    ) -> Result<Self, ReplayError> {
        let mut sitting = Self::begin(shape, timing, started);
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
            Action::Comment { position, text } => EventKind::Commented { position, text },
            Action::Pause if !self.timed() => return Err(Refusal::NoBreak),
            Action::Pause => EventKind::Paused,
            Action::Continue => EventKind::Continued,
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
            let at = self.last.plus((self.timing.limit_ms - self.elapsed_ms).max(0));
            Event { at, kind: EventKind::Expired }
        })
    }

    fn check(&self, kind: &EventKind) -> Result<(), Refusal> {
        let Some(position) = kind.position() else { return Ok(()) };
        if self.on_break {
            return Err(Refusal::OnBreak);
        }
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
            EventKind::Paused => !self.on_break,
            EventKind::Continued => self.on_break,
            EventKind::Resumed | EventKind::Ended | EventKind::Abandoned | EventKind::Expired => {
                true
            }
            EventKind::Chosen { position, .. }
            | EventKind::Arranged { position, .. }
            | EventKind::Struck { position, .. }
            | EventKind::Flagged { position, .. }
            | EventKind::Sure { position, .. }
            | EventKind::Commented { position, .. }
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
        if !self.stands() {
            self.elapsed_ms += passed;
        }
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
            EventKind::Paused => {
                self.on_screen = None;
                self.on_break = true;
            }
            EventKind::Continued => self.on_break = false,
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
        self.on_break = false;
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
        self.timing.limit_ms
    }

    /// Whether a clock runs at all.
    fn timed(&self) -> bool {
        self.timing.limit_ms < UNTIMED_MS
    }

    /// Whether the candidate is on a break.
    pub fn on_break(&self) -> bool {
        self.on_break
    }

    /// Whether the clock stands now: on a break that stops it, or while the reasons of the answer
    /// on screen are read.
    pub fn stands(&self) -> bool {
        let explained = || self.on_screen.and_then(|at| self.slot(at)).is_some_and(|s| s.checked);
        let on_break = self.on_break && self.timing.stop_clock;
        self.phase == Phase::Running && self.timed() && (on_break || explained())
    }

    /// Exam time used at `now` (at the end, once it is over), at most the limit.
    pub fn elapsed_ms(&self, now: &Instant) -> i64 {
        let runs = self.phase == Phase::Running && !self.stands();
        let running = if runs { now.since(&self.last) } else { 0 };
        (self.elapsed_ms + running).min(self.timing.limit_ms)
    }

    /// Time left at `now`, milliseconds, never negative; 0 once it is over.
    pub fn remaining_ms(&self, now: &Instant) -> i64 {
        match self.phase {
            Phase::Running => self.timing.limit_ms - self.elapsed_ms(now),
            Phase::Ended | Phase::Abandoned | Phase::Expired => 0,
        }
    }

    /// The answer to each question, in the order of the paper.
    pub fn answers(&self) -> Vec<Answer> {
        self.slots.iter().map(|slot| slot.answer.clone()).collect()
    }
}
