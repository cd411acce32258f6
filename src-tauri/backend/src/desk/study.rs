//! Study: which card is next, what a grade does, undo and redo.

use std::collections::HashMap;

use super::media::files_beside;
use super::views::{CardView, GradeView, Profile, StudyView, Wait};
use super::{DeskError, Sitwell};
use crate::deck::{Card, CardStyle, ItemBody};
use crate::rich_text;
use crate::store::{CardRow, Graded, OperationKind, SettingKey};
use crate::study::day::day_of;
use crate::study::queue::{Order, TaskWorth};
use crate::study::{
    Calendar, Context, Due, ExamDate, Grade, Outcome, StudyOptions, grade, outcomes,
};

/// Hour at which a study day begins.
const ROLLOVER_HOUR: u8 = 4;
/// How far ahead a card within steps may be shown when nothing else is due, milliseconds.
const LEARN_AHEAD_MS: i64 = 20 * 60_000;
/// Most days ahead over which reviews are balanced.
const BALANCED_DAYS: i64 = 400;
/// A grading that took longer was left lying, milliseconds.
const LONGEST_ANSWER_MS: u32 = 60_000;

/// What study depends on today, read once for each verb.
pub(super) struct Day {
    now_ms: i64,
    today: i64,
    options: StudyOptions,
    model: fsrs::FSRS,
    exam: Option<ExamDate>,
    worth: HashMap<String, TaskWorth>,
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
        let day = self.study_day().await?;
        let row = self.card_row(card).await?;
        let load = self.load_by_day(&day).await?;
        let outcome = grade(&row.state, graded, &day.context(&row, &load))?;
        let mut after = vec![CardRow {
            state: outcome.state,
            suspended: row.suspended || outcome.leech,
            ..row.clone()
        }];
        if day.options.bury_siblings {
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
        self.change(OperationKind::Suspend, row).await
    }

    /// Puts a card off to the next study day.
    ///
    /// # Errors
    /// As [`Self::suspend_card`].
    pub async fn bury_card(&self, card: i64) -> Result<StudyView, DeskError> {
        let today = self.study_day().await?.today;
        let row = CardRow { buried_day: Some(today), ..self.card_row(card).await? };
        self.change(OperationKind::Bury, row).await
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
        self.change(OperationKind::Flag, row).await
    }

    /// Takes back the last thing done in study; nothing when there is none.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn undo_study(&self) -> Result<StudyView, DeskError> {
        self.store.undo(self.clock.now().wall_ms).await?;
        self.study().await
    }

    /// Does again what was last taken back; nothing when there is none.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn redo_study(&self) -> Result<StudyView, DeskError> {
        self.store.redo(self.clock.now().wall_ms).await?;
        self.study().await
    }

    async fn change(&self, kind: OperationKind, row: CardRow) -> Result<StudyView, DeskError> {
        let card = row.id;
        self.store.operate(kind, self.clock.now().wall_ms, &[row], None).await?;
        let day = self.study_day().await?;
        self.study_view(&day, Some(card)).await
    }

    async fn card_row(&self, card: i64) -> Result<CardRow, DeskError> {
        self.store.card(card).await?.ok_or(DeskError::NoSuchCard(card))
    }

    pub(super) async fn study_day(&self) -> Result<Day, DeskError> {
        let now_ms = self.clock.now().wall_ms;
        let utc_offset_seconds = self.clock.utc_offset_seconds();
        let calendar = Calendar { utc_offset_seconds, rollover_hour: ROLLOVER_HOUR };
        let today = calendar.day(now_ms);
        let options: StudyOptions = self.store.setting(SettingKey::Study).await?;
        let model = options.model()?;
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let date = profile.exam_date.as_deref().and_then(|date| date.parse().ok());
        let exam = date.map(|date| ExamDate { day: day_of(date) }).filter(|e| e.ahead(today));
        let worth = match (&exam, &profile.exam) {
            (Some(_), Some(code)) => self.task_worth(code)?,
            _ => HashMap::new(),
        };
        Ok(Day { now_ms, today, options, model, exam, worth })
    }

    /// Each task's share of the exam. Weakness is even until outcomes tell it apart.
    fn task_worth(&self, code: &str) -> Result<HashMap<String, TaskWorth>, DeskError> {
        let blueprint = self.blueprint(code)?;
        let worth = blueprint.tasks().map(|(domain, task)| {
            let siblings: f64 = domain.tasks.iter().map(|task| task.weight).sum();
            let share = domain.weight / 100.0 * task.weight / siblings;
            #[expect(clippy::cast_possible_truncation, reason = "a share in (0, 1]")]
            let weight = share as f32;
            (task.id.clone(), TaskWorth { weight, weakness: 0.5 })
        });
        Ok(worth.collect())
    }

    async fn load_by_day(&self, day: &Day) -> Result<HashMap<i64, u32>, DeskError> {
        let due = self.store.due_by_day(day.today + 1, day.today + BALANCED_DAYS).await?;
        Ok(due.into_iter().collect())
    }

    /// The next card: a due step, then the review most worth, then a new card within today's
    /// limit, then a step that is nearly due.
    async fn next_card(
        &self,
        day: &Day,
        new_left: u32,
        reviews_left: u32,
    ) -> Result<Option<i64>, DeskError> {
        if let Some(card) = self.store.next_in_steps(day.now_ms).await? {
            return Ok(Some(card));
        }
        let order = day.order();
        if reviews_left > 0 {
            let due = self.store.best_reviews(day.today).await?;
            let worth = |card: &crate::store::DueCard| {
                order.worth(card.memory, card.last_day, card.task.as_deref())
            };
            let best = due.iter().max_by(|a, b| worth(a).total_cmp(&worth(b)));
            if let Some(card) = best {
                return Ok(Some(card.id));
            }
        }
        if new_left > 0 {
            let new = self.store.first_new_cards(day.today).await?;
            let new = new.into_iter().map(|card| (card.id, card.task)).collect();
            if let Some(card) = order.introduce(new).first() {
                return Ok(Some(*card));
            }
        }
        Ok(self.store.next_in_steps(day.now_ms + LEARN_AHEAD_MS).await?)
    }

    /// What waits, and the card to answer: `keep` when that is still to be answered today, the
    /// next one otherwise.
    async fn study_view(&self, day: &Day, keep: Option<i64>) -> Result<StudyView, DeskError> {
        let waiting = self.store.waiting(day.now_ms, day.today).await?;
        let done = self.store.done_on(day.today).await?;
        let paced = day.exam.and_then(|exam| exam.new_today(day.today, waiting.new + done.new));
        let new_limit = paced.unwrap_or(day.options.new_per_day);
        let new = new_limit.saturating_sub(done.new).min(waiting.new);
        let review = day.options.reviews_per_day.saturating_sub(done.review).min(waiting.review);
        let kept = match keep {
            Some(id) => Some(self.card_row(id).await?).filter(|row| day.awaits(row, new, review)),
            None => None,
        };
        let row = match (kept, self.next_card(day, new, review).await?) {
            (Some(row), _) => Some(row),
            (None, Some(id)) => Some(self.card_row(id).await?),
            (None, None) => None,
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
            new,
            steps: waiting.steps,
            steps_later: waiting.steps_later,
            done_cards: done.cards,
            done_ms: done.taken_ms,
            budget_left_ms: None,
            leech: false,
            review,
            done: done.all,
            next_step_ms,
            undo: undo.map(|step| step.kind),
            redo: redo.map(|step| step.kind),
        })
    }

    pub(super) async fn card_view(&self, row: &CardRow, day: &Day) -> Result<CardView, DeskError> {
        let item = self.store.item(&row.item).await?;
        let media = files_beside(&self.store, row.item.deck()).await?;
        let (style, sides) = match &item.body {
            ItemBody::Card(card) => (card.style, rich_text::sides(card, row.ordinal, &media)),
            ItemBody::Question(question) => {
                let asked = Card::basic(&*question.stem, &*question.explanation);
                (CardStyle::Basic, rich_text::sides(&asked, 0, &media))
            }
        };
        let (recalled, reviewed) = self.store.recalled(row.id).await?;
        let load = self.load_by_day(day).await?;
        let grades = outcomes(&row.state, &day.context(row, &load))?;
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let place = match (&profile.exam, &item.task) {
            (Some(code), Some(task)) => self.place(code, task),
            _ => None,
        };
        Ok(CardView {
            id: row.id,
            item: row.item.as_str().to_owned(),
            style,
            typed: style == CardStyle::Typed,
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

impl Day {
    fn order(&self) -> Order<'_> {
        Order { today: self.today, parameters: &self.options.parameters, tasks: &self.worth }
    }

    fn context<'a>(&'a self, row: &CardRow, load: &'a HashMap<i64, u32>) -> Context<'a> {
        Context {
            options: &self.options,
            model: &self.model,
            now_ms: self.now_ms,
            today: self.today,
            exam: self.exam,
            load,
            card: row.id,
        }
    }

    /// Whether a card is to be answered today, when so many new cards and reviews are left.
    fn awaits(&self, row: &CardRow, new_left: u32, reviews_left: u32) -> bool {
        let out = row.suspended || row.buried_day == Some(self.today);
        !out && match row.state.due {
            Due::Introduction => new_left > 0,
            Due::At(at) => at <= self.now_ms + LEARN_AHEAD_MS,
            Due::Day(day) => day <= self.today && reviews_left > 0,
        }
    }

    fn grade_view(&self, grade: Grade, outcome: &Outcome) -> GradeView {
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
