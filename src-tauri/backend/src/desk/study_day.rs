//! What study depends on today: the day, how decks are studied, the exam ahead.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::budget::Budget;
use super::deck_options::{Arranged, Schedules};
use super::views::{CardView, GradeView, Profile, StudyView, Wait};
use super::{DeskError, Sitwell};
use crate::store::{CardRow, DeckDay, Queue};
use crate::study::day::day_of;
use crate::study::queue::{Order, TaskWorth};
use crate::study::{Allowance, Calendar, Context, Due, ExamDate, Grade, Outcome};

/// Hour at which a study day begins.
const ROLLOVER_HOUR: u8 = 4;
/// How far ahead a card within steps may be shown when nothing else is due, milliseconds.
pub(super) const LEARN_AHEAD_MS: i64 = 20 * 60_000;

/// What study keeps in memory between verbs.
#[derive(Default)]
pub(super) struct Held {
    /// Held by whoever changes cards by what they were, so that two do not at once.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// What sittings say about the tasks.
    pub(super) weakness: super::weakness::Weakness,
    /// How study is arranged, with the number that says whether it still is.
    pub(super) arranged: tokio::sync::Mutex<Option<(i64, Arc<Arranged>)>>,
    /// What grading the card that was shown last depends on.
    pub(super) ahead: tokio::sync::Mutex<Option<super::ahead::Ahead>>,
    /// An optimisation that is running.
    pub(super) optimising: Mutex<Option<Arc<Mutex<fsrs::CombinedProgressState>>>>,
}

/// What study depends on today, read once for each verb.
pub(super) struct Day {
    pub(super) now_ms: i64,
    pub(super) today: i64,
    pub(super) calendar: Calendar,
    pub(super) schedules: Arc<Schedules>,
    pub(super) profile: Profile,
    /// The minutes a day was shortened to, not necessarily this one.
    pub(super) budget: Option<Budget>,
    pub(super) exam: Option<ExamDate>,
    /// What each task is worth; empty without an exam ahead.
    pub(super) worth: HashMap<String, TaskWorth>,
}

/// What may still be studied today, within the limits of every deck.
pub(super) struct Waiting<'a> {
    pub(super) new: u32,
    pub(super) review: u32,
    pub(super) new_left: Allowance<'a>,
    pub(super) reviews_left: Allowance<'a>,
}

impl Sitwell {
    pub(super) async fn study_day(&self) -> Result<Day, DeskError> {
        let arranged = self.arranged().await?;
        self.day_arranged(&arranged).await
    }

    /// The study day as study was arranged when that was read.
    pub(super) async fn day_arranged(&self, arranged: &Arranged) -> Result<Day, DeskError> {
        let now_ms = self.clock.now().wall_ms;
        let utc_offset_seconds = self.clock.utc_offset_seconds();
        let calendar = Calendar { utc_offset_seconds, rollover_hour: ROLLOVER_HOUR };
        let today = calendar.day(now_ms);
        let profile = arranged.profile.clone();
        let date = profile.exam_date.as_deref().and_then(|date| date.parse().ok());
        let exam = date.map(|date| ExamDate { day: day_of(date) }).filter(|e| e.ahead(today));
        let worth = match (&exam, &profile.exam) {
            (Some(_), Some(code)) => self.task_worth(code, today).await?,
            _ => HashMap::new(),
        };
        let (schedules, budget) = (Arc::clone(&arranged.schedules), arranged.budget);
        Ok(Day { now_ms, today, calendar, schedules, profile, budget, exam, worth })
    }
}

impl Day {
    /// When the study day ends, Unix milliseconds.
    pub(super) fn ends_ms(&self) -> i64 {
        self.calendar.begins(self.today + 1)
    }

    /// The order of reviews of a deck.
    pub(super) fn order(&self, deck: i64) -> Order<'_> {
        let parameters = &self.schedules.of(deck).options.parameters;
        Order { today: self.today, parameters, tasks: &self.worth }
    }

    /// A task of a deck, if it is one of the exam chosen: other exams number theirs alike.
    pub(super) fn task<'a>(&self, deck: i64, task: Option<&'a str>) -> Option<&'a str> {
        let of = self.schedules.deck(deck).and_then(|deck| deck.blueprint.as_deref());
        task.filter(|_| of.is_some() && of == self.profile.exam.as_deref())
    }

    /// The order of new cards, in which parameters play no part.
    pub(super) fn order_of_new(&self) -> Order<'_> {
        Order { today: self.today, parameters: &[], tasks: &self.worth }
    }

    /// What grading a card of a deck depends on.
    pub(super) fn context<'a>(
        &'a self,
        card: i64,
        deck: i64,
        load: &'a HashMap<i64, u32>,
    ) -> Context<'a> {
        let set = self.schedules.of(deck);
        Context {
            options: &set.options,
            model: &set.model,
            now_ms: self.now_ms,
            today: self.today,
            exam: self.exam,
            load,
            card,
        }
    }

    /// What may still be studied today. Each deck's own limits hold for it and all below it; with
    /// an exam ahead new cards are paced instead, over all decks that introduce any.
    pub(super) fn waiting(&self, decks: &HashMap<i64, DeckDay>) -> Waiting<'_> {
        let of = |deck: i64| decks.get(&deck).copied().unwrap_or_default();
        let options = |deck: i64| &self.schedules.of(deck).options;
        let introduces = |deck: &i64| options(*deck).new_per_day > 0;
        let open: Vec<DeckDay> =
            decks.keys().filter(|deck| introduces(deck)).map(|deck| of(*deck)).collect();
        let new_done: u32 = open.iter().map(|day| day.new_done).sum();
        let new_waiting: u32 = open.iter().map(|day| day.new).sum();
        let own_limit = self.schedules.defaults().options.new_per_day;
        let at_first = new_waiting + new_done;
        let paced = self.exam.and_then(|exam| exam.new_today(self.today, at_first, own_limit));
        let new_limit = |deck: i64| match paced {
            Some(paced) if introduces(&deck) => paced,
            _ => options(deck).new_per_day,
        };
        let tree = &self.schedules.tree;
        let new_left = Allowance::new(tree, new_limit, |deck| of(deck).new_done);
        let review_limit = |deck: i64| options(deck).reviews_per_day;
        let reviews_left = Allowance::new(tree, review_limit, |deck| of(deck).review_done);
        let new = total(&new_left, |deck| of(deck).new);
        let paced_left = paced.map_or(u32::MAX, |paced| paced.saturating_sub(new_done));
        Waiting {
            new: new.min(paced_left),
            review: total(&reviews_left, |deck| of(deck).review),
            new_left,
            reviews_left,
        }
    }

    /// What waits, beside the card that is to be answered.
    pub(super) fn view(
        &self,
        queue: &Queue,
        waiting: &Waiting<'_>,
        card: Option<CardView>,
    ) -> StudyView {
        let steps = queue.steps_by(self.now_ms);
        let first_step_ms = queue.first_step().map(|(_, due_ms)| due_ms);
        StudyView {
            new: waiting.new,
            steps,
            steps_later: queue.steps_in_all() - steps,
            done_cards: queue.done.cards,
            done_ms: queue.done.taken_ms,
            budget_left_ms: self.budget_left_ms(queue.done.taken_ms),
            leech: false,
            review: waiting.review,
            done: queue.done.all,
            next_step_ms: first_step_ms.filter(|_| card.is_none()),
            card,
            undo: queue.undo.as_ref().map(|step| step.kind),
            redo: queue.redo.as_ref().map(|step| step.kind),
        }
    }

    /// Whether a card is still to be answered today.
    pub(super) fn awaits(&self, row: &CardRow, waiting: &Waiting<'_>) -> bool {
        let out = row.suspended || row.buried_day == Some(self.today);
        !out && match row.state.due {
            Due::Introduction => waiting.new > 0,
            Due::At(at) => at <= self.now_ms + LEARN_AHEAD_MS,
            Due::Day(day) => day <= self.today && waiting.review > 0,
        }
    }

    pub(super) fn grade_view(&self, grade: Grade, outcome: &Outcome) -> GradeView {
        let wait = match outcome.state.due {
            Due::Introduction => Wait::Days(0),
            Due::At(at) => {
                let minutes = (at - self.now_ms).max(0).unsigned_abs().div_ceil(60_000);
                Wait::Minutes(u32::try_from(minutes).unwrap_or(u32::MAX))
            }
            Due::Day(day) => Wait::Days(u32::try_from(day - self.today).unwrap_or(0)),
        };
        GradeView { grade, wait, held_back: outcome.held_back }
    }
}

/// How many of the cards that wait may be shown in all.
fn total(left: &Allowance<'_>, waiting: impl Fn(i64) -> u32) -> u32 {
    let mut left = left.clone();
    left.decks().into_iter().map(|deck| left.take(deck, waiting(deck))).sum()
}
