//! What the collection holds about a learner, as the forecast takes it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::{DeskError, Sitwell};
use crate::blueprint::Blueprint;
use crate::deck::{Difficulty, ItemId};
use crate::exam::Mode;
use crate::exam::sitting::Slot;
use crate::forecast::plan::USUAL_MINUTES;
use crate::forecast::{Answer, CardRecall, Kind, Repeat, Session};
use crate::store::{SettingKey, TaskCard};
use crate::study::StudyOptions;
use crate::study::day::day_of;
use crate::study::memory::retrievability;

/// Days over which the learner's pace is measured.
const PACE_DAYS: i64 = 28;
/// Least minutes a day that count as a pace.
const LEAST_MINUTES: f64 = 15.0;
const MS_PER_MINUTE: f64 = 60_000.0;

/// An answer of a finished sitting.
#[derive(Debug, Clone)]
struct Marked {
    item: ItemId,
    task: String,
    level: Difficulty,
    floor: f64,
    right: bool,
}

/// A finished sitting; it never changes, so it is read once.
#[derive(Debug, Clone)]
pub(in super::super) struct Finished {
    pub(super) id: String,
    pub(super) mode: Mode,
    pub(super) title: String,
    pub(super) started_ms: i64,
    pub(super) passed: bool,
    used_ms: i64,
    marked: Vec<Marked>,
}

/// Everything about one exam.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// Oldest first; in step with `papers`.
    pub(super) sessions: Vec<Session>,
    /// All finished sittings, of every mode.
    pub(super) papers: Vec<(NaiveDate, Arc<Finished>)>,
    pub(super) cards: Vec<TaskCard>,
    /// Questions of each task, by its id.
    pub(super) questions: HashMap<String, u32>,
    parameters: Vec<f32>,
    /// Minutes of study a day at which the learning rate was seen.
    pub(super) usual_minutes: f64,
}

impl Evidence {
    /// Answers to fresh questions, answers to repeated ones, papers, and cards with a memory.
    pub(super) fn counts(&self) -> [u32; 4] {
        let answers = || self.sessions.iter().flat_map(|session| &session.answers);
        let repeated = answers().filter(|answer| answer.repeat.is_some()).count();
        let cards = self.cards.iter().filter(|card| card.memory.is_some()).count();
        [answers().count() - repeated, repeated, self.mocks().count(), cards]
            .map(|count| u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Full papers, oldest first: what forecasts of passing are held against.
    pub(super) fn mocks(&self) -> impl Iterator<Item = &(NaiveDate, Arc<Finished>)> {
        self.papers.iter().filter(|(_, paper)| paper.mode == Mode::Mock)
    }

    /// How well the cards of each domain are remembered on a day.
    pub(super) fn recalls(&self, blueprint: &Blueprint, on: NaiveDate) -> Vec<CardRecall> {
        let day = day_of(on);
        let mut sums = vec![(0_u32, 0.0_f64); blueprint.domains.len()];
        for card in &self.cards {
            let (Some(memory), Some(last)) = (card.memory, card.last_day) else { continue };
            let Some((domain, _)) = places(blueprint, &card.task) else { continue };
            sums[domain].0 += 1;
            let days = (day - last).max(0) as f32;
            sums[domain].1 += f64::from(retrievability(memory, days, &self.parameters));
        }
        let recall = |(domain, (cards, sum)): (usize, (u32, f64))| CardRecall {
            domain,
            cards,
            recall: sum / f64::from(cards.max(1)),
        };
        sums.into_iter().enumerate().map(recall).collect()
    }
}

impl Sitwell {
    pub(super) async fn evidence(
        &self,
        blueprint: &Blueprint,
        today: NaiveDate,
    ) -> Result<Evidence, DeskError> {
        let papers = self.finished_papers(blueprint).await?;
        let first_day = day_of(today) - PACE_DAYS;
        let on_cards = self.store.studied_since(first_day).await?;
        let recent = papers.iter().filter(|(date, _)| day_of(*date) >= first_day);
        let on_papers: i64 = recent.map(|(_, paper)| paper.used_ms).sum();
        let minutes = (on_cards + on_papers) as f64 / MS_PER_MINUTE / PACE_DAYS as f64;
        let mut questions = HashMap::new();
        for item in self.store.bank(&blueprint.code).await? {
            *questions.entry(item.task).or_insert(0) += 1;
        }
        let options: StudyOptions = self.store.setting(SettingKey::Study).await?;
        Ok(Evidence {
            sessions: sessions(blueprint, &papers),
            papers,
            cards: self.store.task_cards(&blueprint.code).await?,
            questions,
            parameters: options.parameters,
            usual_minutes: if minutes < LEAST_MINUTES { USUAL_MINUTES } else { minutes },
        })
    }

    /// The finished sittings of an exam with their local dates, oldest first.
    async fn finished_papers(
        &self,
        blueprint: &Blueprint,
    ) -> Result<Vec<(NaiveDate, Arc<Finished>)>, DeskError> {
        self.sittings(&blueprint.code).await?; // ends those whose time is up
        let mut papers = Vec::new();
        for id in self.store.sitting_ids(&blueprint.code).await?.into_iter().rev() {
            let known = self.finished.lock().await.get(&id).cloned();
            let paper = match known {
                Some(paper) => Some(paper),
                None => self.read_finished(&id).await?,
            };
            if let Some(paper) = paper {
                papers.push((self.local_date_of(paper.started_ms), paper));
            }
        }
        papers.sort_by_key(|(_, paper)| paper.started_ms);
        Ok(papers)
    }

    /// A sitting, if it is finished.
    async fn read_finished(&self, id: &str) -> Result<Option<Arc<Finished>>, DeskError> {
        let sitting = self.load(id).await?;
        if sitting.state() == super::super::views::SittingState::Running {
            return Ok(None);
        }
        let report = self.report(&sitting).await?;
        // A paper is left blank at a price; practice that was broken off says nothing of the rest.
        let paper = matches!(sitting.record.mode, Mode::Mock | Mode::Section);
        let asked = |position: &u32| {
            let slot = sitting.sitting.slot(*position);
            paper || slot.is_some_and(Slot::answered)
        };
        let marked = (0..)
            .zip(&sitting.record.form.items)
            .filter(|(position, _)| asked(position))
            .map(|(position, place)| {
                Ok(Marked {
                    item: place.id.clone(),
                    task: place.task.clone(),
                    level: place.difficulty,
                    floor: place.floor(),
                    right: sitting.right(position)?,
                })
            })
            .collect::<Result<Vec<_>, DeskError>>()?;
        let finished = Arc::new(Finished {
            id: id.to_owned(),
            mode: sitting.record.mode,
            title: sitting.title(),
            started_ms: sitting.record.started.wall_ms,
            passed: report.passed,
            used_ms: sitting.sitting.elapsed_ms(&self.clock.now()),
            marked,
        });
        self.finished.lock().await.insert(id.to_owned(), Arc::clone(&finished));
        Ok(Some(finished))
    }
}

/// What the model takes a sitting for. Against the clock, a part of a paper counts as a paper does;
/// what an untimed setting adds is an offset that the model learns.
fn kind(mode: Mode) -> Kind {
    match mode {
        Mode::Mock => Kind::Mock,
        Mode::Section => Kind::Section,
        Mode::Diagnostic => Kind::Diagnostic,
        // The learner chose the questions, and often the clock: that is practice.
        Mode::Drill | Mode::Custom => Kind::Drill,
    }
}

/// Sittings as sessions. A question is a repeat when an earlier sitting asked it; whether its
/// explanation was read is not recorded, so it is taken to have been.
fn sessions(blueprint: &Blueprint, papers: &[(NaiveDate, Arc<Finished>)]) -> Vec<Session> {
    let mut seen: HashMap<&ItemId, f64> = HashMap::new();
    let mut sessions = Vec::with_capacity(papers.len());
    for (date, paper) in papers {
        let day = day_of(*date) as f64;
        let answer = |marked: &Marked| {
            let (domain, task) = places(blueprint, &marked.task)?;
            let repeat = seen
                .get(&marked.item)
                .map(|last| Repeat { days: (day - last).max(0.0), explained: true });
            let Marked { level, floor, right, .. } = *marked;
            Some(Answer { domain, task, level, floor, right, repeat })
        };
        let answers = paper.marked.iter().filter_map(answer).collect();
        sessions.push(Session { day, kind: kind(paper.mode), answers });
        seen.extend(paper.marked.iter().map(|marked| (&marked.item, day)));
    }
    sessions
}

/// Places of a task's domain, and of the task among all tasks.
pub(super) fn places(blueprint: &Blueprint, task: &str) -> Option<(usize, usize)> {
    let place = blueprint.tasks().position(|(_, known)| known.id == task)?;
    let domain =
        blueprint.domains.iter().position(|domain| domain.tasks.iter().any(|t| t.id == task))?;
    Some((domain, place))
}
