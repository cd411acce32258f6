//! Diagnostics, section tests and drills: how they begin, and how a diagnostic grows.

use std::collections::HashMap;

use super::exams::MS_PER_MINUTE;
use super::finished::Mark;
use super::views::{DrillPool, PoolCounts, Practice, SittingState, SittingView};
use super::{DeskError, Sitwell};
use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::sitting::{Confidence, UNTIMED_MS};
use crate::exam::{BankItem, Form, Mode, diagnostic, drill, section};
use crate::store::NewSitting;

impl DrillPool {
    /// Whether a question is in the pool, by what is known of its latest answer.
    fn holds(self, item: &BankItem, latest: Option<&Mark>) -> bool {
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

impl Sitwell {
    /// Begins a sitting other than a mock.
    ///
    /// # Errors
    /// [`DeskError`] when a sitting of this exam is still running, there is no such part, there
    /// are no questions for it, or it cannot be kept.
    pub async fn start_practice(
        &self,
        code: &str,
        practice: Practice,
    ) -> Result<SittingView, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        self.nothing_runs(code).await?;
        let seed = (self.seeds)();
        let new = match practice {
            Practice::Diagnostic => self.diagnostic(blueprint, seed).await?,
            Practice::Section { part, items } => self.section(blueprint, part, items, seed).await?,
            Practice::Drill { tasks, items, pool } => {
                self.drill(blueprint, &tasks, items, pool, seed).await?
            }
        };
        if new.form.items.is_empty() {
            return Err(DeskError::NothingToAsk);
        }
        // What comes of it changes what another plan gives.
        *self.forecast.lock().await = None;
        let record = self.store.begin_sitting(new).await?;
        self.enter(record).await
    }

    /// How many questions each pool of a drill holds; of all tasks when `tasks` is empty.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam or task, or the collection cannot be read.
    pub async fn drill_pools(&self, code: &str, tasks: &[String]) -> Result<PoolCounts, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        let (bank, latest) = self.drill_bank(&blueprint, tasks).await?;
        let count = |pool: DrillPool| {
            let held = bank.iter().filter(|item| pool.holds(item, latest.get(&item.id)));
            u32::try_from(held.count()).unwrap_or(u32::MAX)
        };
        Ok(PoolCounts {
            all: count(DrillPool::All),
            unseen: count(DrillPool::Unseen),
            missed: count(DrillPool::Missed),
            flagged: count(DrillPool::Flagged),
            unsure: count(DrillPool::Unsure),
            listed: count(DrillPool::Listed),
        })
    }

    async fn diagnostic(&self, blueprint: Blueprint, seed: u64) -> Result<NewSitting, DeskError> {
        let bank = self.store.bank(&blueprint.code).await?;
        let asked = bank.iter().filter(|item| item.is_asked_by(&blueprint)).count();
        let planned = u32::try_from(asked).unwrap_or(u32::MAX).min(diagnostic::ITEMS);
        let first = diagnostic::next(&blueprint, &bank, &[], &[], seed);
        let form =
            Form { blueprint: blueprint.code.clone(), seed, items: first.into_iter().collect() };
        Ok(NewSitting { planned: Some(planned), ..self.untimed(Mode::Diagnostic, blueprint, form) })
    }

    async fn section(
        &self,
        blueprint: Blueprint,
        scope: String,
        items: Option<u32>,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let bank = self.store.bank(&blueprint.code).await?;
        let items = items.unwrap_or_else(|| section::quota(&blueprint, &scope));
        let drawn = section::draw(&blueprint, &bank, &scope, items, seed);
        let form = drawn.ok_or_else(|| DeskError::NoSuchPart(scope.clone()))??;
        let count = u32::try_from(form.items.len()).unwrap_or(u32::MAX);
        let limit_ms = i64::from(section::minutes(&blueprint, count)) * MS_PER_MINUTE;
        Ok(NewSitting { scope, limit_ms, ..self.untimed(Mode::Section, blueprint, form) })
    }

    async fn drill(
        &self,
        blueprint: Blueprint,
        tasks: &[String],
        items: u32,
        pool: DrillPool,
        seed: u64,
    ) -> Result<NewSitting, DeskError> {
        let (mut bank, latest) = self.drill_bank(&blueprint, tasks).await?;
        bank.retain(|item| pool.holds(item, latest.get(&item.id)));
        let form = drill::draw(&blueprint, &bank, items, seed);
        let scope = match tasks {
            [task] => task.clone(),
            _ => String::new(),
        };
        Ok(NewSitting { scope, ..self.untimed(Mode::Drill, blueprint, form) })
    }

    fn untimed(&self, mode: Mode, blueprint: Blueprint, form: Form) -> NewSitting {
        NewSitting {
            mode,
            scope: String::new(),
            planned: None,
            blueprint,
            form,
            limit_ms: UNTIMED_MS,
            extra_ms: 0,
            started: self.clock.now(),
        }
    }

    /// The questions of these tasks with their latest answers.
    async fn drill_bank(
        &self,
        blueprint: &Blueprint,
        tasks: &[String],
    ) -> Result<(Vec<BankItem>, HashMap<ItemId, Mark>), DeskError> {
        if let Some(unknown) = tasks.iter().find(|task| blueprint.task(task).is_none()) {
            return Err(DeskError::NoSuchPart(unknown.clone()));
        }
        let mut bank = self.store.bank(&blueprint.code).await?;
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
        let bank = self.store.bank(&record.blueprint.code).await?;
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
