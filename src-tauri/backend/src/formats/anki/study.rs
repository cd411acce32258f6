//! What was learned of the cards of an Anki collection.

use crate::formats::{DraftReview, DraftState, DraftStudy};
use crate::store::anki::{CardRow, ReviewRow};
use crate::study::{Grade, Memory, Phase};

const DAY_S: i64 = 86_400;
/// A due date above this is in Unix seconds, below it a day since the collection was made.
const FIRST_SECOND: i64 = 1_000_000_000;

/// What was learned of a card; none when there is nothing to tell. `created` is the start of the
/// collection's first day, Unix seconds.
pub(super) fn study(card: &CardRow, created: i64) -> Option<DraftStudy> {
    let state = state(card, created);
    let suspended = card.queue == -1;
    let told = state.is_some() || suspended || card.flags > 0;
    told.then(|| DraftStudy {
        ordinal: card.ord,
        suspended,
        flag: card.flags,
        state,
        reviews: Vec::new(),
    })
}

fn state(card: &CardRow, created: i64) -> Option<DraftState> {
    let phase = match card.kind {
        1 => Phase::Learning,
        2 => Phase::Review,
        3 => Phase::Relearning,
        _ => return None,
    };
    // In a filtered deck, what counts is when it is due at home.
    let due = if card.home != 0 && card.home_due != 0 { card.home_due } else { card.due };
    let due_s =
        if due >= FIRST_SECOND { due } else { created.saturating_add(due.saturating_mul(DAY_S)) };
    Some(DraftState {
        phase,
        due_ms: due_s.saturating_mul(1_000),
        interval: u32::try_from(card.interval).unwrap_or(0),
        memory: memory(card),
        reviews: card.reviews,
        lapses: card.lapses,
    })
}

/// What FSRS kept, where it is possible.
fn memory(card: &CardRow) -> Option<Memory> {
    let (stability, difficulty) = (card.stability, card.difficulty);
    let sound = stability.is_finite() && stability > 0.0 && (1.0..=10.0).contains(&difficulty);
    sound.then_some(Memory { stability, difficulty })
}

/// A review, unless the entry is none: set by hand, or crammed without counting. `first` says
/// whether it is the card's first.
pub(super) fn review(row: &ReviewRow, first: bool) -> Option<DraftReview> {
    let grade = *Grade::ALL.get(usize::try_from(row.ease.checked_sub(1)?).ok()?)?;
    let before = match row.kind {
        0 if first => Phase::New,
        0 => Phase::Learning,
        2 => Phase::Relearning,
        3 if row.factor == 0 => return None,
        1 | 3 => Phase::Review,
        _ => return None,
    };
    Some(DraftReview {
        at_ms: row.at,
        grade,
        taken_ms: u32::try_from(row.taken).unwrap_or(0),
        before,
        interval: u32::try_from(row.interval).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(kind: i8, queue: i8, due: i64) -> CardRow {
        CardRow {
            id: 1,
            note: 1,
            deck: 1,
            home: 0,
            ord: 0,
            kind,
            queue,
            flags: 0,
            due,
            home_due: 0,
            interval: 6,
            reviews: 3,
            lapses: 1,
            stability: 8.5,
            difficulty: 5.0,
        }
    }

    #[test]
    fn a_due_day_counts_from_the_first_day_and_a_step_in_seconds() {
        let due = |card: &CardRow| study(card, 1_000).and_then(|s| s.state).map(|s| s.due_ms);
        assert_eq!(due(&card(2, 2, 6)), Some((1_000 + 6 * 86_400) * 1_000));
        assert_eq!(due(&card(1, 1, 1_700_000_000)), Some(1_700_000_000_000));
        assert_eq!(due(&card(3, 3, 2)), Some((1_000 + 2 * 86_400) * 1_000));
        let filtered = CardRow { home: 5, home_due: 9, ..card(2, 2, -100_000) };
        assert_eq!(due(&filtered), Some((1_000 + 9 * 86_400) * 1_000));
    }

    #[test]
    fn a_new_card_has_nothing_to_tell_unless_it_is_suspended_or_flagged() {
        assert_eq!(study(&card(0, 0, 3), 0), None);
        assert_eq!(study(&card(0, -2, 3), 0), None);
        assert!(study(&card(0, -1, 3), 0).is_some_and(|s| s.suspended && s.state.is_none()));
        let flagged = CardRow { flags: 3, ..card(0, 0, 3) };
        assert_eq!(study(&flagged, 0).map(|s| s.flag), Some(3));
    }

    #[test]
    fn a_memory_that_cannot_be_is_left_out() {
        let memory = |stability, difficulty| {
            let card = CardRow { stability, difficulty, ..card(2, 2, 3) };
            study(&card, 0).and_then(|s| s.state).and_then(|s| s.memory)
        };
        assert_eq!(memory(8.5, 5.0), Some(Memory { stability: 8.5, difficulty: 5.0 }));
        for (stability, difficulty) in [(0.0, 0.0), (f32::NAN, 5.0), (-1.0, 5.0), (1.0, 11.0)] {
            assert_eq!(memory(stability, difficulty), None);
        }
    }

    #[test]
    fn entries_that_grade_nothing_are_no_reviews() {
        let row = |ease, kind, factor| ReviewRow {
            at: 5,
            card: 1,
            ease,
            interval: -60,
            factor,
            taken: 900,
            kind,
        };
        let before = |row: &ReviewRow, first| review(row, first).map(|r| (r.before, r.grade));
        assert_eq!(before(&row(1, 0, 0), true), Some((Phase::New, Grade::Again)));
        assert_eq!(before(&row(3, 0, 0), false), Some((Phase::Learning, Grade::Good)));
        assert_eq!(before(&row(4, 1, 2500), false), Some((Phase::Review, Grade::Easy)));
        assert_eq!(before(&row(2, 2, 2500), false), Some((Phase::Relearning, Grade::Hard)));
        assert_eq!(review(&row(3, 1, 0), false).map(|r| r.interval), Some(0));
        for none in [row(0, 4, 0), row(0, 5, 0), row(3, 3, 0), row(5, 1, 0), row(-1, 1, 0)] {
            assert_eq!(review(&none, false), None);
        }
    }
}
