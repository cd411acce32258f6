//! Exams to choose from, papers to draw, sittings to list.

use std::collections::HashSet;

use super::hall::OpenSitting;
use super::views::{
    DomainView, ExamView, GrantedTime, Outcome, Remarked, SittingState, SittingSummary,
    SittingView, Successor, TaskView,
};
use super::{DeskError, Sitwell};
use crate::blueprint::{Blueprint, Status};
use crate::exam::assemble::assemble;
use crate::exam::report::Report;
use crate::exam::score::SCORER_VERSION;
use crate::exam::sitting::{EventKind, Phase};
use crate::exam::{BankItem, Banks, Conditions, ExtraTime, Mode, PaperSize, diagnostic, section};
use crate::store::{NewSitting, SittingRecord};

impl Sitwell {
    /// Every exam that Sitwell knows, those with questions first.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn exams(&self) -> Result<Vec<ExamView>, DeskError> {
        let mut views = Vec::with_capacity(self.blueprints.len());
        for blueprint in &self.blueprints {
            views.push(self.exam_view(&blueprint.code).await?);
        }
        views.sort_by_key(|view| view.questions == 0);
        Ok(views)
    }

    pub(super) async fn exam_view(&self, code: &str) -> Result<ExamView, DeskError> {
        self.exam(code, Banks::All).await
    }

    /// An exam with the questions of these banks alone.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam, or the collection cannot be read.
    pub async fn exam(&self, code: &str, banks: Banks) -> Result<ExamView, DeskError> {
        let blueprint = self.blueprint(code)?;
        let mut whole = self.store.bank(&blueprint.code).await?;
        whole.retain(|item| item.is_asked_by(blueprint));
        let all = whole.len();
        let (bundled, imported) = self.parted(whole).await?;
        let [from_sitwell, own] = [bundled.len(), all - bundled.len()];
        let bank = match banks {
            Banks::All => [bundled, imported].concat(),
            Banks::Bundled => bundled,
            Banks::Imported => imported,
        };
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let shortfall = assemble(blueprint, &bank, PaperSize::full(blueprint), 0).err();
        let largest_paper = shortfall
            .as_ref()
            .map_or(blueprint.items, |shortfall| shortfall.largest.map_or(0, |size| size.items));
        let successor = |code: &String| Successor {
            code: code.clone(),
            title: self.blueprint(code).map_or_else(|_| code.clone(), |known| known.title.clone()),
        };
        Ok(ExamView {
            code: blueprint.code.clone(),
            title: blueprint.title.clone(),
            provider: blueprint.provider.clone(),
            items: blueprint.items,
            scored_items: blueprint.scored_items,
            minutes: blueprint.minutes,
            extra_minutes: blueprint.extra_minutes,
            granted: granted(blueprint, largest_paper),
            breaks_stop_clock: blueprint.breaks.stop_clock,
            stop_clock_breaks: blueprint.accommodations.stop_clock_breaks,
            scale_min: blueprint.scale.min,
            scale_max: blueprint.scale.max,
            pass: blueprint.scale.pass,
            last_sitting: match &blueprint.status {
                Status::Active => None,
                Status::Retired { last_sitting } => Some(last_sitting.to_string()),
            },
            successors: blueprint.successors.iter().map(successor).collect(),
            domains: domain_views(blueprint, &bank),
            questions: count(bank.len()),
            banks,
            bundled: count(from_sitwell),
            imported: count(own),
            largest_paper,
            diagnostic: count(bank.len()).min(diagnostic::ITEMS),
            shortfall: shortfall.map(|shortfall| shortfall.to_string()),
            source: blueprint.source.clone(),
            checked: blueprint.checked.to_string(),
        })
    }

    /// The questions of an exam in these banks.
    pub(super) async fn bank(
        &self,
        blueprint: &Blueprint,
        banks: Banks,
    ) -> Result<Vec<BankItem>, DeskError> {
        let whole = self.store.bank(&blueprint.code).await?;
        match banks {
            Banks::All => Ok(whole),
            Banks::Bundled => Ok(self.parted(whole).await?.0),
            Banks::Imported => Ok(self.parted(whole).await?.1),
        }
    }

    /// Questions that come with Sitwell, and those that do not.
    async fn parted(
        &self,
        bank: Vec<BankItem>,
    ) -> Result<(Vec<BankItem>, Vec<BankItem>), DeskError> {
        let decks = self.store.question_decks().await?.into_iter();
        let bundled: HashSet<String> =
            decks.filter(|deck| deck.bundled).map(|deck| deck.slug).collect();
        Ok(bank.into_iter().partition(|item| bundled.contains(item.id.deck())))
    }

    /// Draws a paper and begins to sit it. `items` asks for a shorter paper in the same
    /// proportions, which gets its share of the time, in whole minutes.
    ///
    /// # Errors
    /// [`DeskError`] when a paper of this exam is still running, the exam does not grant the
    /// conditions, the bank is too short (the error says what is missing and how long a paper can
    /// be drawn), or it cannot be kept.
    pub async fn start_exam(
        &self,
        code: &str,
        items: Option<u32>,
        conditions: Conditions,
    ) -> Result<SittingView, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        self.nothing_runs(code).await?;
        let size = items.map_or_else(
            || PaperSize::full(&blueprint),
            |items| PaperSize::shorter(&blueprint, items),
        );
        let minutes = section::minutes(&blueprint, size.items);
        let limit = conditions.limit(&blueprint, size.items, minutes)?;
        let terms = conditions.terms(&blueprint, false)?;
        let bank = self.bank(&blueprint, conditions.banks).await?;
        let form = assemble(&blueprint, &bank, size, (self.seeds)())?;
        let record = self
            .store
            .begin_sitting(NewSitting {
                mode: Mode::Mock,
                scope: String::new(),
                planned: None,
                blueprint,
                form,
                limit,
                terms,
                started: self.clock.now(),
            })
            .await?;
        // Said before the first answer, so that it can be held against the result. An exam does
        // not wait for it: without it this paper is left out of the audit.
        let _ = self.forecast_paper(code, &record.id).await;
        self.enter(record).await
    }

    /// Brings a sitting that has begun on screen.
    pub(super) async fn enter(&self, record: SittingRecord) -> Result<SittingView, DeskError> {
        let mut open = self.open.lock().await;
        let sitting = open.insert(OpenSitting::load(&self.store, record).await?);
        Ok(sitting.view(&self.clock.now()))
    }

    /// Refuses while a sitting of an exam is running.
    pub(super) async fn nothing_runs(&self, code: &str) -> Result<(), DeskError> {
        match self.sittings(code).await? {
            (Some(running), _) => {
                Err(DeskError::StillRunning { id: running.id, title: running.title })
            }
            (None, _) => Ok(()),
        }
    }

    /// The running sitting of an exam, if there is one, and the finished ones, newest first.
    pub(super) async fn sittings(
        &self,
        code: &str,
    ) -> Result<(Option<SittingSummary>, Vec<SittingSummary>), DeskError> {
        let mut running = None;
        let mut finished = Vec::new();
        for summary in self.history(code).await? {
            match summary.state {
                SittingState::Running => running = Some(summary),
                SittingState::Ended | SittingState::Expired => finished.push(summary),
                SittingState::Abandoned => {}
            }
        }
        Ok((running, finished))
    }

    pub(super) async fn summary(&self, id: &str) -> Result<SittingSummary, DeskError> {
        // A sitting that was marked is over: its words and its log need not be read again.
        if let Some(report) = self.store.result(id, SCORER_VERSION).await? {
            let record = self.record(id).await?;
            let state = match self.store.last_event(id).await? {
                Some(EventKind::Expired) => SittingState::Expired,
                _ => SittingState::Ended,
            };
            let answered = report.items - report.blank;
            return Ok(summary(&record, state, answered, 0, Some(&report)));
        }
        // The sitting in memory knows the number of its next event; use that one if it is open.
        let mut open = self.open.lock().await;
        let mut loaded;
        let sitting = match open.as_mut() {
            Some(sitting) if sitting.record.id == id => sitting,
            _ => {
                loaded = self.load(id).await?;
                &mut loaded
            }
        };
        let now = self.clock.now();
        sitting.expire(&self.store, &now).await?;
        let report = match sitting.state() {
            SittingState::Running | SittingState::Abandoned => None,
            SittingState::Ended | SittingState::Expired => Some(self.report(sitting).await?),
        };
        let answered = sitting.sitting.slots().iter().filter(|slot| slot.answered()).count();
        let answered = u32::try_from(answered).unwrap_or(u32::MAX);
        let remaining_ms = sitting.sitting.remaining_ms(&now);
        Ok(summary(&sitting.record, sitting.state(), answered, remaining_ms, report.as_ref()))
    }

    async fn record(&self, id: &str) -> Result<SittingRecord, DeskError> {
        let record = self.store.sitting(id).await?;
        record.ok_or_else(|| DeskError::NoSuchSitting(id.to_owned()))
    }

    /// Reads a sitting with its paper and its log.
    pub(super) async fn load(&self, id: &str) -> Result<OpenSitting, DeskError> {
        let record =
            self.store.sitting(id).await?.ok_or_else(|| DeskError::NoSuchSitting(id.to_owned()))?;
        OpenSitting::load(&self.store, record).await
    }
}

fn summary(
    record: &SittingRecord,
    state: SittingState,
    answered: u32,
    remaining_ms: i64,
    report: Option<&Report>,
) -> SittingSummary {
    SittingSummary {
        id: record.id.clone(),
        mode: record.mode,
        title: record.title(),
        exam: record.blueprint.code.clone(),
        started_ms: record.started.wall_ms,
        state,
        // What was never drawn was not asked.
        items: report.map_or_else(|| record.items(), |report| report.items),
        answered,
        timed: record.timed(),
        remaining_ms: if record.timed() { remaining_ms } else { 0 },
        correct: report.map(|report| report.correct),
        outcome: report.and_then(|r| Outcome::of(r, record.mode, record.blueprint.scale.pass)),
        remark: None,
    }
}

impl Outcome {
    /// The score of a report, where the mode may claim one.
    pub(super) fn of(report: &Report, mode: Mode, pass: u16) -> Option<Self> {
        mode.scaled().then_some(Self {
            scaled: report.scaled,
            low: report.interval_95.low,
            high: report.interval_95.high,
            pass,
            passed: report.passed,
        })
    }
}

impl Remarked {
    pub(super) fn of(report: &Report, mode: Mode, pass: u16) -> Self {
        Self { correct: report.correct, outcome: Outcome::of(report, mode, pass) }
    }
}

impl From<Phase> for SittingState {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Running => Self::Running,
            Phase::Ended => Self::Ended,
            Phase::Expired => Self::Expired,
            Phase::Abandoned => Self::Abandoned,
        }
    }
}

/// What a paper takes without further time, and with each that may be granted.
fn granted(blueprint: &Blueprint, items: u32) -> Vec<GrantedTime> {
    let minutes = section::minutes(blueprint, items);
    let percents = blueprint.accommodations.extra_percent.iter();
    let extras = [ExtraTime::None, ExtraTime::Minutes].into_iter();
    extras
        .chain(percents.map(|percent| ExtraTime::Percent { percent: *percent }))
        .filter_map(|extra| {
            let conditions = Conditions { extra, ..Conditions::default() };
            let more = conditions.extra_minutes(blueprint, items, minutes).ok()?;
            Some(GrantedTime { extra, minutes: minutes + more })
        })
        .collect()
}

fn domain_views(blueprint: &Blueprint, bank: &[BankItem]) -> Vec<DomainView> {
    let count = |task: &str| bank.iter().filter(|item| item.task == task).count();
    blueprint
        .domains
        .iter()
        .zip(0..)
        .map(|(domain, index)| DomainView {
            id: domain.id.clone(),
            index,
            title: domain.title.clone(),
            weight: domain.weight,
            quota: section::quota(blueprint, &domain.id),
            minutes: section::minutes(blueprint, section::quota(blueprint, &domain.id)),
            tasks: domain
                .tasks
                .iter()
                .map(|task| TaskView {
                    id: task.id.clone(),
                    title: task.title.clone(),
                    questions: u32::try_from(count(&task.id)).unwrap_or(u32::MAX),
                    quota: section::quota(blueprint, &task.id),
                    minutes: section::minutes(blueprint, section::quota(blueprint, &task.id)),
                })
                .collect(),
        })
        .collect()
}
