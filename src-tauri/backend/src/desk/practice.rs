//! Diagnostics, section tests, drills and papers of one's own: how they begin, and how a diagnostic
//! grows.

use std::collections::HashMap;

use super::finished::Mark;
use super::views::{
    CustomPaper, DrillPool, PaperOutline, PoolCounts, Practice, SittingState, SittingView,
};
use super::{DeskError, Sitwell};
use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::conditions::{Limit, Terms};
use crate::exam::custom::{MAX_MINUTES, OwnTime};
use crate::exam::sitting::Confidence;
use crate::exam::{BankItem, Banks, Conditions, Form, Mode, diagnostic, drill, section};
use crate::store::NewSitting;

const MS_PER_MINUTE: i64 = 60_000;

/// What a drill or a paper of one's own is drawn from.
struct Drawn {
    bank: Vec<BankItem>,
    latest: HashMap<ItemId, Mark>,
    items: u32,
    pool: DrillPool,
    explained: bool,
}

impl DrillPool {
    /// Whether a question is in the pool, by what is known of its latest answer.
    pub(super) fn holds(self, item: &BankItem, latest: Option<&Mark>) -> bool {
        let unsure =
            |mark: &Mark| matches!(mark.confidence, Some(Confidence::Guess | Confidence::Fairly));
        match self {
            Self::All => true,
            Self::Unseen => item.last_seen_ms.is_none(),
            Self::Missed => latest.is_some_and(|mark| !mark.right),
            Self::Flagged => latest.is_some_and(|mark| mark.flagged),
            Self::Unsure => latest.is_some_and(unsure),
            Self::Listed => item.listed,
        }
    }
}

impl PoolCounts {
    /// How many of the questions each pool holds.
    pub(super) fn of(bank: &[BankItem], latest: &HashMap<ItemId, Mark>) -> Self {
        let count = |pool: DrillPool| {
            let held = bank.iter().filter(|item| pool.holds(item, latest.get(&item.id)));
            u32::try_from(held.count()).unwrap_or(u32::MAX)
        };
        Self {
            all: count(DrillPool::All),
            unseen: count(DrillPool::Unseen),
            missed: count(DrillPool::Missed),
            flagged: count(DrillPool::Flagged),
            unsure: count(DrillPool::Unsure),
            listed: count(DrillPool::Listed),
        }
    }
}

impl Sitwell {
    /// Begins a sitting other than a mock.
    ///
    /// # Errors
    /// [`DeskError`] when a sitting of this exam is still running, there is no such part, the exam
    /// does not grant the conditions, there are no questions for it, or it cannot be kept.
    pub async fn start_practice(
        &self,
        code: &str,
        practice: Practice,
        conditions: Conditions,
    ) -> Result<SittingView, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        self.nothing_runs(code).await?;
        let paper = match &practice {
            Practice::Custom { paper } => Some(paper.clone()),
            _ => None,
        };
        let new = self.draw_up(blueprint, practice, conditions, (self.seeds)()).await?;
        if let Some(paper) = paper {
            self.keep_custom(code, paper).await?;
        }
        // What comes of it changes what another plan gives.
        *self.forecast.lock().await = None;
        let record = self.store.begin_sitting(new).await?;
        self.enter(record).await
    }

    /// What a sitting other than a mock would come to if it were begun now. That it cannot be begun
    /// is no error: the outline says why.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam or part, the exam does not grant the conditions, or
    /// the collection cannot be read.
    pub async fn outline(
        &self,
        code: &str,
        practice: Practice,
        conditions: Conditions,
    ) -> Result<PaperOutline, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        match self.draw_up(blueprint, practice, conditions, 0).await {
            Ok(new) => {
                let drawn = u32::try_from(new.form.items.len()).unwrap_or(u32::MAX);
                let minutes = u32::try_from(new.limit.limit_ms / MS_PER_MINUTE).ok();
                Ok(PaperOutline {
                    items: new.planned.unwrap_or(drawn),
                    minutes: minutes.filter(|_| new.limit != Limit::NONE),
                    ..PaperOutline::default()
                })
            }
            Err(DeskError::Shortfall(short)) => Ok(PaperOutline {
                problem: Some(short.to_string()),
                largest: short.largest.map(|size| size.items),
                ..PaperOutline::default()
            }),
            Err(error @ DeskError::NothingToAsk) => {
                Ok(PaperOutline { problem: Some(error.to_string()), ..PaperOutline::default() })
            }
            Err(error) => Err(error),
        }
    }

    /// Draws a sitting; it has at least one question.
    async fn draw_up(
        &self,
        blueprint: Blueprint,
        practice: Practice,
        conditions: Conditions,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let new = match practice {
            Practice::Diagnostic => self.diagnostic(blueprint, conditions, seed).await,
            Practice::Section { part, items } => {
                self.section(blueprint, part, items, conditions, seed).await
            }
            Practice::Drill { tasks, items, pool, paced } => {
                let (bank, latest) = self.drill_bank(&blueprint, &tasks, conditions.banks).await?;
                let drawn = Drawn { bank, latest, items, pool, explained: true };
                let time = if paced { OwnTime::Pace } else { OwnTime::None };
                let new = self.drawn(Mode::Drill, blueprint, drawn, time, conditions, seed)?;
                let scope = match tasks.as_slice() {
                    [task] => task.clone(),
                    _ => String::new(),
                };
                Ok(NewSitting { scope, ..new })
            }
            Practice::Custom { paper } => {
                let CustomPaper { items, selection, pool, time, explained } = paper;
                if let OwnTime::Minutes { minutes } = time
                    && !(1..=MAX_MINUTES).contains(&minutes)
                {
                    return Err(DeskError::BadTime(minutes));
                }
                let (bank, latest) =
                    self.custom_bank(&blueprint, &selection, conditions.banks).await?;
                let drawn = Drawn { bank, latest, items, pool, explained };
                self.drawn(Mode::Custom, blueprint, drawn, time, conditions, seed)
            }
        }?;
        if new.form.items.is_empty() { Err(DeskError::NothingToAsk) } else { Ok(new) }
    }

    /// How many questions each pool of a drill holds; of all tasks when `tasks` is empty.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam or task, or the collection cannot be read.
    pub async fn drill_pools(
        &self,
        code: &str,
        tasks: &[String],
        banks: Banks,
    ) -> Result<PoolCounts, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        let (bank, latest) = self.drill_bank(&blueprint, tasks, banks).await?;
        Ok(PoolCounts::of(&bank, &latest))
    }

    async fn diagnostic(
        &self,
        blueprint: Blueprint,
        conditions: Conditions,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let bank = self.bank(&blueprint, conditions.banks).await?;
        let asked = bank.iter().filter(|item| item.is_asked_by(&blueprint)).count();
        let planned = u32::try_from(asked).unwrap_or(u32::MAX).min(diagnostic::ITEMS);
        let first = diagnostic::next(&blueprint, &bank, &[], &[], seed);
        let form =
            Form { blueprint: blueprint.code.clone(), seed, items: first.into_iter().collect() };
        let terms = conditions.terms(&blueprint, false)?;
        let new = self.new_sitting(Mode::Diagnostic, blueprint, form, Limit::NONE, terms);
        Ok(NewSitting { planned: Some(planned), ..new })
    }

    async fn section(
        &self,
        blueprint: Blueprint,
        scope: String,
        items: Option<u32>,
        conditions: Conditions,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let bank = self.bank(&blueprint, conditions.banks).await?;
        let items = items.unwrap_or_else(|| section::quota(&blueprint, &scope));
        let drawn = section::draw(&blueprint, &bank, &scope, items, seed);
        let form = drawn.ok_or_else(|| DeskError::NoSuchPart(scope.clone()))??;
        let count = u32::try_from(form.items.len()).unwrap_or(u32::MAX);
        let minutes = section::minutes(&blueprint, count);
        let limit = conditions.limit(&blueprint, count, minutes)?;
        let terms = conditions.terms(&blueprint, false)?;
        Ok(NewSitting { scope, ..self.new_sitting(Mode::Section, blueprint, form, limit, terms) })
    }

    fn drawn(
        &self,
        mode: Mode,
        blueprint: Blueprint,
        drawn: Drawn,
        time: OwnTime,
        conditions: Conditions,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let Drawn { mut bank, latest, items, pool, explained } = drawn;
        bank.retain(|item| pool.holds(item, latest.get(&item.id)));
        let form = drill::draw(&blueprint, &bank, items, seed);
        let count = u32::try_from(form.items.len()).unwrap_or(u32::MAX);
        let limit = match time.minutes(&blueprint, count) {
            Some(minutes) => conditions.limit(&blueprint, count, minutes)?,
            None => Limit::NONE,
        };
        let terms = conditions.terms(&blueprint, explained)?;
        Ok(self.new_sitting(mode, blueprint, form, limit, terms))
    }

    fn new_sitting(
        &self,
        mode: Mode,
        blueprint: Blueprint,
        form: Form,
        limit: Limit,
        terms: Terms,
    ) -> NewSitting {
        NewSitting {
            mode,
            scope: String::new(),
            planned: None,
            blueprint,
            form,
            limit,
            terms,
            started: self.clock.now(),
        }
    }

    /// The questions of these tasks with their latest answers.
    pub(super) async fn drill_bank(
        &self,
        blueprint: &Blueprint,
        tasks: &[String],
        banks: Banks,
    ) -> Result<(Vec<BankItem>, HashMap<ItemId, Mark>), DeskError> {
        if let Some(unknown) = tasks.iter().find(|task| blueprint.task(task).is_none()) {
            return Err(DeskError::NoSuchPart(unknown.clone()));
        }
        let mut bank = self.bank(blueprint, banks).await?;
        bank.retain(|item| {
            let chosen = tasks.is_empty() || tasks.contains(&item.task);
            chosen && item.is_asked_by(blueprint) && blueprint.task(&item.task).is_some()
        });
        Ok((bank, self.latest_answers(&blueprint.code).await?))
    }

    /// Draws the next question of a diagnostic when it is asked for: its level follows the
    /// answers so far. It is kept with the paper, so that the paper reads the same for ever.
    pub(super) async fn draw_up_to(&self, id: &str, position: u32) -> Result<(), DeskError> {
        let mut open = self.open.lock().await;
        let sitting = self.on_screen(&mut open, id).await?;
        let record = &sitting.record;
        let next = record.planned.is_some_and(|planned| position < planned)
            && position as usize == record.form.items.len();
        if !next || sitting.state() != SittingState::Running {
            return Ok(());
        }
        let marks = (0..position).map(|at| sitting.right(at)).collect::<Result<Vec<_>, _>>()?;
        let bank = self.bank(&record.blueprint, record.terms.banks).await?;
        let mut record = record.clone();
        let Form { items, seed, .. } = &record.form;
        let drawn = diagnostic::next(&record.blueprint, &bank, items, &marks, *seed);
        record.form.items.push(drawn.ok_or(DeskError::NothingToAsk)?);
        *open = None; // its log and its paper on disk are the truth
        self.store.grow_sitting(id, &record.form).await?;
        *open = Some(super::hall::OpenSitting::load(&self.store, record).await?);
        Ok(())
    }
}
