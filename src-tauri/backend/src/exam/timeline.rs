//! What happened to one question during a sitting, and when.

use super::sitting::{Confidence, Event, EventKind, Sitting, SlotShape};
use crate::clock::Instant;
use crate::deck::Answer;

/// Most moments that are told of a question, the first ones.
pub const MOST: usize = 200;

/// Something that happened to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It came on screen.
    Seen,
    /// The answer became this; empty when it was taken back.
    Answered(Answer),
    /// A flag was set or taken away.
    Flagged(bool),
    /// The candidate said how sure they were, or took it back.
    Said(Option<Confidence>),
    /// The answer was given for good.
    Checked,
}

/// When it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Exam time, milliseconds from the start.
    pub at_ms: i64,
    /// What.
    pub what: Happening,
}

/// The moments of the question at `position` in a sitting of this paper, limit, start and log, at
/// most [`MOST`].
pub fn moments(
    shapes: &[SlotShape],
    limit_ms: i64,
    started: Instant,
    log: &[Event],
    position: u32,
) -> Vec<Moment> {
    let mut sitting = Sitting::begin(shapes, limit_ms, started);
    let mut moments = Vec::new();
    for event in log {
        let before = sitting.slot(position).cloned();
        sitting.apply(event);
        let (Some(before), Some(after)) = (before, sitting.slot(position)) else { break };
        if event.kind.position() != Some(position) || moments.len() >= MOST {
            continue;
        }
        let at_ms = sitting.elapsed_ms(&event.at);
        let mut happened = |what| moments.push(Moment { at_ms, what });
        if matches!(event.kind, EventKind::Seen { .. }) {
            happened(Happening::Seen);
        }
        if after.answer != before.answer {
            happened(Happening::Answered(after.answer.clone()));
        }
        if after.flagged != before.flagged {
            happened(Happening::Flagged(after.flagged));
        }
        if after.confidence != before.confidence {
            happened(Happening::Said(after.confidence));
        }
        if after.checked && !before.checked {
            happened(Happening::Checked);
        }
    }
    moments
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_was_done_to_a_question_is_told_in_exam_time() {
        let start = Instant { wall_ms: 0, steady_ms: 0, run: "a".into() };
        let shapes = [SlotShape::choice(4, 1), SlotShape::choice(4, 1)];
        let chosen = |option| EventKind::Chosen { position: 1, options: BTreeSet::from([option]) };
        let kinds = [
            EventKind::Seen { position: 0 },
            EventKind::Seen { position: 1 },
            chosen(2),
            EventKind::Flagged { position: 1, flagged: true },
            EventKind::Flagged { position: 0, flagged: true },
            chosen(3),
            EventKind::Struck { position: 1, option: 3, struck: true },
            EventKind::Sure { position: 1, confidence: Some(Confidence::Guess) },
            EventKind::Ended,
        ];
        let log: Vec<Event> = (1..)
            .zip(kinds)
            .map(|(second, kind)| Event { at: start.plus(second * 1000), kind })
            .collect();
        let answer =
            |options: &[u8]| Happening::Answered(Answer::Choice(options.iter().copied().collect()));
        let told: Vec<(i64, Happening)> = moments(&shapes, 60_000, start, &log, 1)
            .into_iter()
            .map(|moment| (moment.at_ms / 1000, moment.what))
            .collect();
        assert_eq!(
            told,
            [
                (2, Happening::Seen),
                (3, answer(&[2])),
                (4, Happening::Flagged(true)),
                (6, answer(&[3])),
                (7, answer(&[])),
                (8, Happening::Said(Some(Confidence::Guess))),
            ]
        );
    }
}
