//! What was learned elsewhere, in the terms of study here.

use crate::deck::ItemId;
use crate::formats::{DraftReview, DraftState, DraftStudy};
use crate::store::{ImportedReview, ScheduledCard};
use crate::study::memory::replay;
use crate::study::{Calendar, CardState, Due, Grade, Memory, Phase};

const MS_PER_MINUTE: i64 = 60_000;
const HALF_A_DAY_MS: i64 = 43_200_000;
/// Ease that Anki begins with; where only an interval is known, FSRS starts from it.
const STARTING_EASE: f32 = 2.5;

/// A card as it stood elsewhere. Its reviews get their places later. A card that was made new
/// again there comes in as new, without the reviews from before.
pub(super) fn scheduled(
    item: &ItemId,
    study: &DraftStudy,
    calendar: Calendar,
    model: &fsrs::FSRS,
) -> ScheduledCard {
    let mut reviews = Vec::new();
    let mut state = CardState::NEW;
    if let Some(stood) = study.state {
        for review in &study.reviews {
            state = after(review, &state, calendar);
            reviews.push(ImportedReview {
                place: 0,
                at_ms: review.at_ms,
                day: calendar.day(review.at_ms),
                grade: review.grade,
                taken_ms: review.taken_ms,
                before: review.before,
                after: state,
            });
        }
        state = standing(&stood, &state, calendar);
        if let Some(last) = reviews.last_mut() {
            last.after = state;
        }
        state.memory = stood.memory.or_else(|| memory(&reviews, &state, model));
    }
    ScheduledCard {
        item: item.clone(),
        ordinal: study.ordinal,
        state,
        suspended: study.suspended,
        flag: study.flag.min(7),
        reviews,
    }
}

/// Where a card stands after a review, without its memory.
fn after(review: &DraftReview, before: &CardState, calendar: Calendar) -> CardState {
    let day = calendar.day(review.at_ms);
    let lapsed = review.before == Phase::Review && review.grade == Grade::Again;
    let phase = match (review.interval, review.before) {
        (1.., _) => Phase::Review,
        (0, Phase::New | Phase::Learning) => Phase::Learning,
        (0, Phase::Review | Phase::Relearning) => Phase::Relearning,
    };
    CardState {
        phase,
        step: 0,
        memory: None,
        last_seen_ms: Some(review.at_ms),
        last_day: Some(day),
        due: match review.interval {
            0 => Due::At(review.at_ms + MS_PER_MINUTE),
            days => Due::Day(day + i64::from(days)),
        },
        interval: review.interval,
        reviews: before.reviews + 1,
        lapses: before.lapses + u32::from(lapsed),
    }
}

/// Where the file says that a card stands, seen last as its reviews say.
fn standing(stood: &DraftState, seen: &CardState, calendar: Calendar) -> CardState {
    let due = match stood.phase {
        // Days there may begin at another hour or in another time zone, so the middle counts.
        Phase::Review => Due::Day(calendar.day(stood.due_ms.saturating_add(HALF_A_DAY_MS))),
        Phase::New => Due::Introduction,
        Phase::Learning | Phase::Relearning => Due::At(stood.due_ms),
    };
    let last_day = seen.last_day.or(match due {
        Due::Day(day) => Some(day - i64::from(stood.interval)),
        Due::At(at) => Some(calendar.day(at)),
        Due::Introduction => None,
    });
    CardState {
        phase: stood.phase,
        step: 0,
        memory: None,
        last_seen_ms: seen.last_seen_ms.or_else(|| last_day.map(|day| calendar.begins(day))),
        last_day,
        due,
        interval: stood.interval,
        reviews: stood.reviews.max(seen.reviews),
        lapses: stood.lapses,
    }
}

/// The memory that reviews leave; without any, what FSRS makes of the interval.
fn memory(reviews: &[ImportedReview], state: &CardState, model: &fsrs::FSRS) -> Option<Memory> {
    if reviews.is_empty() {
        #[expect(clippy::cast_precision_loss, reason = "days, far below 2^24")]
        let interval = state.interval.max(1) as f32;
        let memory = model.memory_state_from_sm2(STARTING_EASE, interval, 0.9);
        return memory.ok().map(Into::into);
    }
    // Reviews that FSRS refuses leave a card without a memory; its next review makes one.
    replay(reviews.iter().map(|review| (review.day, review.grade)), model).ok().flatten()
}

/// Gives every review its place among all of them by time.
pub(super) fn number(cards: &mut [ScheduledCard]) {
    let mut all: Vec<&mut ImportedReview> =
        cards.iter_mut().flat_map(|card| card.reviews.iter_mut()).collect();
    // Stable, so that those of one card keep their order.
    all.sort_by_key(|review| review.at_ms);
    for (review, place) in all.into_iter().zip(0..) {
        review.place = place;
    }
}
