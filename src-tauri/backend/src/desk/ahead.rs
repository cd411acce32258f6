//! Grading the card that is shown without reading anything first: what its grading depends on, and
//! what comes after it, was read when it was shown. The next card is read while this is written.

use super::next_card::Next;
use super::study_day::Day;
use super::views::{CardView, StudyView};
use super::{DeskError, Sitwell};
use crate::store::{CardRow, Graded, Leaving, Place, Queue, ShownCard, ToShow};
use crate::study::{CardState, Due, Grade, grade};

/// What waits beside the card that is shown, itself in it.
pub(super) struct Ahead {
    today: i64,
    queue: Queue,
    shown: ShownCard,
    place: Option<Place>,
}

impl Sitwell {
    /// Grades the card that was shown last, and gives what waits then. Nothing is done, and none
    /// given, when something else has to be read for it: another card was shown since, or its
    /// siblings go with it, or it becomes a leech, or anything changed in between.
    ///
    /// # Errors
    /// As [`Sitwell::grade_card`].
    pub(super) async fn grade_ahead(
        &self,
        card: i64,
        graded: Grade,
        taken_ms: u32,
    ) -> Result<Option<StudyView>, DeskError> {
        let Some((day, ahead)) = self.read_ahead(card).await? else { return Ok(None) };
        let Ahead { mut queue, shown, place, .. } = ahead;
        let row = &shown.row;
        let outcome = grade(&row.state, graded, &day.context(card, shown.deck, &queue.load))?;
        if outcome.leech || !waits_for_later(&outcome.state, day.today) {
            return Ok(None);
        }
        let after = CardRow { state: outcome.state, ..row.clone() };
        let graded = Graded { grade: graded, at_ms: day.now_ms, day: day.today, taken_ms };
        queue.leave(&Leaving { shown: &shown, place: place.as_ref(), after: &after.state, graded });
        let waiting = day.waiting(&queue.decks);
        let next = day.next_card(&queue, &waiting);
        if next.as_ref().is_some_and(|next| next.card == card) {
            return Ok(None);
        }
        let (stamps, next) = tokio::join!(
            self.store.grade(row, &after, Vec::new(), graded, shown.stamps),
            self.prepared(&day, &queue, next, Some(card)),
        );
        let Some(stamps) = stamps? else { return Ok(None) };
        // It is graded, whatever is wrong with the next card.
        let Ok(next) = next else { return Ok(Some(self.study_view(&day, None).await?)) };
        queue.kept(stamps);
        let (next, card) = next.unzip();
        let next = next.map(|(shown, next)| (ShownCard { stamps, ..shown }, next));
        let view = day.view(&queue, &waiting, card);
        self.keep_ahead(&day, queue, next).await;
        Ok(Some(view))
    }

    /// A card that comes next, with what is shown of it.
    pub(super) async fn prepared(
        &self,
        day: &Day,
        queue: &Queue,
        next: Option<Next>,
        leaving: Option<i64>,
    ) -> Result<Option<((ShownCard, Next), CardView)>, DeskError> {
        let Some(next) = next else { return Ok(None) };
        let place = next.place.as_ref();
        let show = ToShow { card: next.card, today: day.today, place, leaving };
        let shown = self.shown(show).await?;
        let view = self.card_view(&shown, day, &queue.load).await?;
        Ok(Some(((shown, next), view)))
    }

    /// Keeps what grading the card that is shown now depends on, unless something changed between
    /// reading it and reading what waits.
    pub(super) async fn keep_ahead(
        &self,
        day: &Day,
        queue: Queue,
        shown: Option<(ShownCard, Next)>,
    ) {
        let at_once = |shown: &ShownCard| shown.alone && shown.stamps.shelves == queue.stamp;
        let shown = shown.filter(|(shown, _)| at_once(shown));
        let ahead =
            shown.map(|(shown, next)| Ahead { today: day.today, queue, shown, place: next.place });
        *self.study.ahead.lock().await = ahead;
    }

    /// What was kept when a card was shown, with the day it still is; the store says whether it
    /// holds.
    async fn read_ahead(&self, card: i64) -> Result<Option<(Day, Ahead)>, DeskError> {
        let Some(ahead) = self.study.ahead.lock().await.take() else { return Ok(None) };
        let arranged = self.study.arranged.lock().await.clone();
        let Some((stamp, arranged)) = arranged else { return Ok(None) };
        if ahead.shown.row.id != card || ahead.shown.stamps.arrangement != stamp {
            return Ok(None);
        }
        let day = self.day_arranged(&arranged).await?;
        Ok((day.today == ahead.today).then_some((day, ahead)))
    }
}

/// Whether a card that was graded waits within steps or for another day, as it nearly always does.
fn waits_for_later(state: &CardState, today: i64) -> bool {
    match state.due {
        Due::Introduction => false,
        Due::At(_) => true,
        Due::Day(day) => day > today,
    }
}
