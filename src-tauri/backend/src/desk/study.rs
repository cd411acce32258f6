//! Study: which card is next, what a grade does, undo and redo.

use std::collections::HashMap;

use super::deck_options::Schedules;
use super::media::files_beside;
use super::study_day::{Day, LEARN_AHEAD_MS, Waiting};
use super::views::{CardView, StudyView};
use super::{DeskError, Sitwell};
use crate::deck::{Card, CardStyle, ItemBody};
use crate::rich_text;
use crate::store::{CardRow, Graded, OperationKind};
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
        let day = self.study_day().await?;
        let row = self.card_row(card).await?;
        let deck = self.store.deck_of(row.id).await?;
        let load = self.load_by_day(&day).await?;
        let outcome = grade(&row.state, graded, &day.context(card, deck, &load))?;
        let mut after = vec![CardRow {
            state: outcome.state,
            suspended: row.suspended || outcome.leech,
            ..row.clone()
        }];
        if day.schedules.of(deck).options.bury_siblings {
            let siblings = self.store.siblings(&row).await?;
            let waiting = siblings.into_iter().filter(|sibling| !sibling.suspended);
            after.extend(waiting.map(|s| CardRow { buried_day: Some(day.today), ..s }));
        }
        let review = Graded {
            card,
            grade: graded,
            at_ms: day.now_ms,
            day: day.today,
            taken_ms: taken_ms.min(LONGEST_ANSWER_MS),
        };
        self.store.operate(OperationKind::Review, day.now_ms, &after, Some(review)).await?;
        let view = self.study_view(&day, None).await?;
        Ok(StudyView { leech: outcome.leech && !row.suspended, ..view })
    }

    /// Takes a card out of study, or puts it back.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such card or it cannot be kept.
    pub async fn suspend_card(&self, card: i64, suspended: bool) -> Result<StudyView, DeskError> {
        let row = CardRow { suspended, ..self.card_row(card).await? };
        self.operate(OperationKind::Suspend, row).await
    }

    /// Puts a card off to the next study day.
    ///
    /// # Errors
    /// As [`Self::suspend_card`].
    pub async fn bury_card(&self, card: i64) -> Result<StudyView, DeskError> {
        let today = self.study_day().await?.today;
        let row = CardRow { buried_day: Some(today), ..self.card_row(card).await? };
        self.operate(OperationKind::Bury, row).await
    }

    /// Flags a card with a colour from 1 to 7, or takes the flag away with 0.
    ///
    /// # Errors
    /// As [`Self::suspend_card`]; also when there is no such colour.
    pub async fn flag_card(&self, card: i64, flag: u8) -> Result<StudyView, DeskError> {
        if flag > 7 {
            return Err(DeskError::NoSuchFlag(flag));
        }
        let row = CardRow { flag, ..self.card_row(card).await? };
        self.operate(OperationKind::Flag, row).await
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

    async fn operate(&self, kind: OperationKind, row: CardRow) -> Result<StudyView, DeskError> {
        let card = row.id;
        self.store.operate(kind, self.clock.now().wall_ms, &[row], None).await?;
        let day = self.study_day().await?;
        self.study_view(&day, Some(card)).await
    }

    async fn card_row(&self, card: i64) -> Result<CardRow, DeskError> {
        self.store.card(card).await?.ok_or(DeskError::NoSuchCard(card))
    }

    async fn load_by_day(&self, day: &Day) -> Result<HashMap<i64, u32>, DeskError> {
        Ok(self.store.due_by_day(day.today + 1, day.today + BALANCED_DAYS).await?)
    }

    /// The next card: a due step, then the review most worth, then a new card within today's
    /// limits, then a step that is nearly due. With an exam ahead a new card comes before reviews
    /// that are worth less.
    async fn next_card(&self, day: &Day, waiting: &Waiting<'_>) -> Result<Option<i64>, DeskError> {
        if let Some(card) = self.store.next_in_steps(day.now_ms).await? {
            return Ok(Some(card));
        }
        let review = match waiting.review {
            0 => None,
            _ => self.best_review(day, waiting).await?,
        };
        // Without an exam ahead new cards come after the reviews, so they need not be looked at.
        let new = match review {
            Some(_) if day.worth.is_empty() => None,
            _ if waiting.new == 0 => None,
            _ => self.first_introduced(day, waiting).await?,
        };
        let next = match (review, new) {
            (Some((review, worth)), Some((new, task))) => {
                let new_first = day.order_of_new().worth_of_new(task.as_deref()) > worth;
                Some(if new_first { new } else { review })
            }
            (review, new) => review.map(|(card, _)| card).or(new.map(|(card, _)| card)),
        };
        if next.is_some() {
            return Ok(next);
        }
        Ok(self.store.next_in_steps(day.now_ms + LEARN_AHEAD_MS).await?)
    }

    /// The review most worth, with its worth; the last due among equals.
    async fn best_review(
        &self,
        day: &Day,
        waiting: &Waiting<'_>,
    ) -> Result<Option<(i64, f32)>, DeskError> {
        let shelves = self.store.shelves(day.today).await?;
        let allowed = shelves.iter().filter(|shelf| waiting.reviews_left.left(shelf.deck) > 0);
        let ranked = allowed.filter_map(|shelf| {
            let head = shelf.review?;
            let order = day.order(shelf.deck);
            let task = day.task(shelf.deck, shelf.task.as_deref());
            let worth = order.worth(head.memory, head.last_day, task);
            Some((worth, head.due_day, head.id))
        });
        let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        Ok(best.map(|(worth, _, card)| (card, worth)))
    }

    /// The new card that comes next, with its task: the first of [`Self::introduced_today`],
    /// found among the first of each task of each deck.
    async fn first_introduced(
        &self,
        day: &Day,
        waiting: &Waiting<'_>,
    ) -> Result<Option<(i64, Option<String>)>, DeskError> {
        let shelves = self.store.shelves(day.today).await?;
        let allowed = shelves.into_iter().filter(|shelf| waiting.new_left.left(shelf.deck) > 0);
        let mut heads: Vec<_> =
            allowed.filter_map(|shelf| Some((shelf.deck, shelf.new?, shelf.task))).collect();
        heads.sort_by_key(|(deck, head, _)| (*deck, head.position, head.ordinal));
        let new = heads.into_iter().map(|(deck, head, task)| {
            let task = day.task(deck, task.as_deref()).map(str::to_owned);
            ((head.id, task.clone()), task)
        });
        let introduced = self.introduced_by_task(day).await?;
        Ok(day.order_of_new().introduce(new.collect(), &introduced).into_iter().next())
    }

    /// How many cards of each task were introduced; not needed without an exam ahead, when they
    /// come in the order of their decks.
    async fn introduced_by_task(&self, day: &Day) -> Result<HashMap<String, u32>, DeskError> {
        match day.exam {
            Some(_) => Ok(self.store.introduced_by_task().await?.into_iter().collect()),
            None => Ok(HashMap::new()),
        }
    }

    /// The new cards that today still brings, in order, with their tasks.
    pub(super) async fn introduced_today(
        &self,
        day: &Day,
        waiting: &Waiting<'_>,
    ) -> Result<Vec<(i64, Option<String>)>, DeskError> {
        let new = self.store.new_cards(day.today, u32::MAX).await?;
        let new = new.into_iter().map(|card| {
            let task = day.task(card.deck, card.task.as_deref()).map(str::to_owned);
            ((card.id, card.deck, task.clone()), task)
        });
        let introduced = self.introduced_by_task(day).await?;
        let ordered = day.order_of_new().introduce(new.collect(), &introduced);
        let mut left = waiting.new_left.clone();
        let allowed = ordered.into_iter().filter(|(_, deck, _)| left.take(*deck, 1) == 1);
        Ok(allowed.take(waiting.new as usize).map(|(card, _, task)| (card, task)).collect())
    }

    /// What waits, and the card to answer: `keep` when that is still to be answered today, the
    /// next one otherwise.
    async fn study_view(&self, day: &Day, keep: Option<i64>) -> Result<StudyView, DeskError> {
        let counts = self.store.waiting(day.now_ms, day.today).await?;
        let done = self.store.done_on(day.today).await?;
        let decks = self.store.deck_days(day.today).await?.into_iter().collect();
        let waiting = day.waiting(&decks);
        let budget_left_ms = day.budget_left_ms(done.taken_ms);
        let used_up = budget_left_ms.is_some_and(|left| left <= 0);
        let row = match keep {
            Some(id) => Some(self.card_row(id).await?).filter(|row| day.awaits(row, &waiting)),
            None => None,
        };
        let row = match row {
            Some(row) => Some(row),
            None if used_up => None,
            None => match self.next_card(day, &waiting).await? {
                Some(id) => Some(self.card_row(id).await?),
                None => None,
            },
        };
        let card = match row {
            Some(row) => Some(self.card_view(&row, day).await?),
            None => None,
        };
        let next_step_ms = match &card {
            Some(_) => None,
            None => self.store.next_step_ms().await?,
        };
        let (undo, redo) = self.store.undo_and_redo().await?;
        Ok(StudyView {
            card,
            new: waiting.new,
            steps: counts.steps,
            steps_later: counts.steps_later,
            done_cards: done.cards,
            done_ms: done.taken_ms,
            budget_left_ms,
            leech: false,
            review: waiting.review,
            done: done.all,
            next_step_ms,
            undo: undo.map(|step| step.kind),
            redo: redo.map(|step| step.kind),
        })
    }

    pub(super) async fn card_view(&self, row: &CardRow, day: &Day) -> Result<CardView, DeskError> {
        let item = self.store.item(&row.item).await?;
        let media = files_beside(&self.store, row.item.deck()).await?;
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
        let (recalled, reviewed) = self.store.recalled(row.id).await?;
        let load = self.load_by_day(day).await?;
        let deck = self.store.deck_of(row.id).await?;
        let grades = outcomes(&row.state, &day.context(row.id, deck, &load))?;
        let of = day.schedules.deck(deck).and_then(|deck| deck.blueprint.as_deref());
        let place = of.zip(item.task.as_deref()).and_then(|(code, task)| self.place(code, task));
        Ok(CardView {
            id: row.id,
            item: row.item.as_str().to_owned(),
            style,
            typed,
            source: self.store.source_of(&row.item).await?,
            seen: row.state.reviews,
            recalled,
            reviewed,
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
