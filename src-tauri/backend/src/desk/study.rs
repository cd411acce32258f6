//! Study: which card is next, what a grade does, undo and redo.

use std::collections::HashMap;

use super::deck_options::Schedules;
use super::media::files_beside;
use super::study_day::{Day, Waiting};
use super::views::{CardView, StudyView};
use super::{DeskError, Sitwell};
use crate::deck::{Card, CardStyle, ItemBody};
use crate::rich_text::{self, Media};
use crate::store::{CardRow, CardToGrade, Graded, OperationKind, Queue, ShownCard, ToShow};
use crate::study::{Grade, grade, outcomes};

/// Most days ahead over which reviews are balanced.
const BALANCED_DAYS: i64 = 400;
/// A grading that took longer was left lying, milliseconds.
const LONGEST_ANSWER_MS: u32 = 60_000;

/// Which way the log of operations is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Undo.
    Back,
    /// Redo.
    Again,
}

impl Sitwell {
    /// The card to answer now, and what waits.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn study(&self) -> Result<StudyView, DeskError> {
        let day = self.study_day().await?;
        self.study_view(&day, None).await
    }

    /// Grades a card; on disk before it is answered.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such card, FSRS refuses its memory, or it cannot be kept.
    pub async fn grade_card(
        &self,
        card: i64,
        graded: Grade,
        taken_ms: u32,
    ) -> Result<StudyView, DeskError> {
        let _turn = self.study.turn.lock().await;
        let taken_ms = taken_ms.min(LONGEST_ANSWER_MS);
        match self.grade_ahead(card, graded, taken_ms).await? {
            Some(view) => Ok(view),
            None => self.grade_anew(card, graded, taken_ms).await,
        }
    }

    /// Grades a card by what it is now, and gives what waits then.
    async fn grade_anew(
        &self,
        card: i64,
        graded: Grade,
        taken_ms: u32,
    ) -> Result<StudyView, DeskError> {
        // Read anew for as long as somebody else, an import say, writes in between.
        let (day, leech) = loop {
            let day = self.study_day().await?;
            let before = self.store.card_to_grade(card, day.today, BALANCED_DAYS).await?;
            let CardToGrade { row, deck, siblings, load, stamps } =
                before.ok_or(DeskError::NoSuchCard(card))?;
            let outcome = grade(&row.state, graded, &day.context(card, deck, &load))?;
            let suspended = row.suspended || outcome.leech;
            let after = CardRow { state: outcome.state, suspended, ..row.clone() };
            let put_off = if day.schedules.of(deck).options.bury_siblings {
                siblings.into_iter().filter(|sibling| !sibling.suspended).collect()
            } else {
                Vec::new()
            };
            let graded = Graded { grade: graded, at_ms: day.now_ms, day: day.today, taken_ms };
            if self.store.grade(&row, &after, put_off, graded, stamps).await?.is_some() {
                break (day, outcome.leech && !row.suspended);
            }
        };
        let view = self.study_view(&day, None).await?;
        Ok(StudyView { leech, ..view })
    }

    /// Takes a card out of study, or puts it back.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such card or it cannot be kept.
    pub async fn suspend_card(&self, card: i64, suspended: bool) -> Result<StudyView, DeskError> {
        self.operate(OperationKind::Suspend, card, |row, _| CardRow { suspended, ..row }).await
    }

    /// Puts a card off to the next study day.
    ///
    /// # Errors
    /// As [`Self::suspend_card`].
    pub async fn bury_card(&self, card: i64) -> Result<StudyView, DeskError> {
        let bury = |row: CardRow, today| CardRow { buried_day: Some(today), ..row };
        self.operate(OperationKind::Bury, card, bury).await
    }

    /// Flags a card with a colour from 1 to 7, or takes the flag away with 0.
    ///
    /// # Errors
    /// As [`Self::suspend_card`]; also when there is no such colour.
    pub async fn flag_card(&self, card: i64, flag: u8) -> Result<StudyView, DeskError> {
        if flag > 7 {
            return Err(DeskError::NoSuchFlag(flag));
        }
        self.operate(OperationKind::Flag, card, |row, _| CardRow { flag, ..row }).await
    }

    /// Takes back the last thing done in study; nothing when there is none.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn undo_study(&self) -> Result<StudyView, DeskError> {
        self.turn(Turn::Back).await?;
        self.study().await
    }

    /// Does again what was last taken back; nothing when there is none.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn redo_study(&self) -> Result<StudyView, DeskError> {
        self.turn(Turn::Again).await?;
        self.study().await
    }

    /// Takes back the last thing that was done, or does again what was; says what it was.
    pub(super) async fn turn(&self, turn: Turn) -> Result<Option<OperationKind>, DeskError> {
        let _turn = self.study.turn.lock().await;
        let before = self.schedules().await?;
        let now_ms = self.clock.now().wall_ms;
        let done = match turn {
            Turn::Back => self.store.undo(now_ms).await?,
            Turn::Again => self.store.redo(now_ms).await?,
        };
        let Some((step, cards)) = done else { return Ok(None) };
        self.after_turn(&before, step.kind, &cards).await?;
        Ok(Some(step.kind))
    }

    /// What undo or redo brought back may have been computed by other parameters, or change which
    /// hold.
    async fn after_turn(
        &self,
        before: &Schedules,
        kind: OperationKind,
        cards: &[i64],
    ) -> Result<(), DeskError> {
        match kind {
            OperationKind::Deck => self.retune_after(before).await,
            OperationKind::Sitting => {
                self.forget_sittings().await;
                Ok(())
            }
            _ => self.refresh_memories(cards).await,
        }
    }

    /// Does something to a card, given as it is and the study day.
    async fn operate(
        &self,
        kind: OperationKind,
        card: i64,
        change: impl Fn(CardRow, i64) -> CardRow,
    ) -> Result<StudyView, DeskError> {
        let _turn = self.study.turn.lock().await;
        let day = self.study_day().await?;
        let row = self.store.card(card).await?.ok_or(DeskError::NoSuchCard(card))?;
        self.store.operate(kind, day.now_ms, &[change(row, day.today)]).await?;
        self.study_view(&day, Some(card)).await
    }

    /// What waits now.
    pub(super) async fn queue(&self, day: &Day) -> Result<Queue, DeskError> {
        Ok(self.store.queue(day.today, BALANCED_DAYS).await?)
    }

    /// A card with what is shown of it.
    pub(super) async fn shown(&self, show: ToShow<'_>) -> Result<ShownCard, DeskError> {
        self.store.shown_card(show).await?.ok_or(DeskError::NoSuchCard(show.card))
    }

    /// The new cards that today still brings, in order, with their tasks.
    pub(super) async fn introduced_today(
        &self,
        day: &Day,
        queue: &Queue,
        waiting: &Waiting<'_>,
    ) -> Result<Vec<(i64, Option<String>)>, DeskError> {
        let new = self.store.new_cards(day.today, u32::MAX).await?;
        let new = new.into_iter().map(|card| {
            let task = day.task(card.deck, card.task.as_deref()).map(str::to_owned);
            ((card.id, card.deck, task.clone()), task)
        });
        let ordered = day.order_of_new().introduce(new.collect(), &queue.introduced);
        let mut left = waiting.new_left.clone();
        let allowed = ordered.into_iter().filter(|(_, deck, _)| left.take(*deck, 1) == 1);
        Ok(allowed.take(waiting.new as usize).map(|(card, _, task)| (card, task)).collect())
    }

    /// What waits, and the card to answer: `keep` when that is still to be answered today, the
    /// next one otherwise.
    pub(super) async fn study_view(
        &self,
        day: &Day,
        keep: Option<i64>,
    ) -> Result<StudyView, DeskError> {
        let queue = self.queue(day).await?;
        let waiting = day.waiting(&queue.decks);
        if let Some(card) = keep {
            let show = ToShow { card, today: day.today, place: None, leaving: None };
            let shown = self.shown(show).await?;
            if day.awaits(&shown.row, &waiting) {
                let card = self.card_view(&shown, day, &queue.load).await?;
                return Ok(day.view(&queue, &waiting, Some(card)));
            }
        }
        let next = day.next_card(&queue, &waiting);
        let (next, card) = self.prepared(day, &queue, next, None).await?.unzip();
        let view = day.view(&queue, &waiting, card);
        self.keep_ahead(day, queue, next).await;
        Ok(view)
    }

    pub(super) async fn card_view(
        &self,
        shown: &ShownCard,
        day: &Day,
        load: &HashMap<i64, u32>,
    ) -> Result<CardView, DeskError> {
        let ShownCard { row, deck, item, .. } = shown;
        let media = if shown.has_files {
            files_beside(&self.store, row.item.deck()).await?
        } else {
            Media::none()
        };
        let (style, typed, sides) = match &item.body {
            ItemBody::Card(card) => (
                card.style,
                rich_text::typed_answer(card, row.ordinal).is_some(),
                rich_text::sides(card, row.ordinal, &media),
            ),
            ItemBody::Question(question) => {
                let asked = Card::basic(&*question.stem, &*question.explanation);
                (CardStyle::Basic, false, rich_text::sides(&asked, 0, &media))
            }
        };
        let grades = outcomes(&row.state, &day.context(row.id, *deck, load))?;
        let of = day.schedules.deck(*deck).and_then(|deck| deck.blueprint.as_deref());
        let place = of.zip(item.task.as_deref()).and_then(|(code, task)| self.place(code, task));
        Ok(CardView {
            id: row.id,
            item: row.item.as_str().to_owned(),
            style,
            typed,
            source: shown.source.clone(),
            seen: row.state.reviews,
            recalled: shown.recalled,
            reviewed: shown.reviewed,
            task: item.task.clone(),
            task_title: place.as_ref().map(|place| place.1.clone()),
            domain_index: place.map(|place| place.0),
            phase: row.state.phase,
            front_html: sides.front_html,
            back_html: sides.back_html,
            flag: row.flag,
            grades: Grade::ALL
                .into_iter()
                .zip(grades)
                .map(|(g, o)| day.grade_view(g, &o))
                .collect(),
        })
    }

    /// Index of a task's domain, and the task's title.
    pub(super) fn place(&self, code: &str, task: &str) -> Option<(u32, String)> {
        let blueprint = self.blueprint(code).ok()?;
        let (domain, task) = blueprint.task(task)?;
        let index = blueprint.domains.iter().position(|known| known.id == domain.id)?;
        Some((u32::try_from(index).ok()?, task.title.clone()))
    }
}
