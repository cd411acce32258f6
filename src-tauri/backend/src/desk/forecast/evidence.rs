//! What the collection holds about a learner, as the forecast takes it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::finished::{Finished, Mark};
use super::super::{DeskError, Sitwell};
use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::Mode;
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

/// Everything about one exam.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// Oldest first; in step with `papers`.
    pub(super) sessions: Vec<Session>,
    /// All sittings with a result, of every mode.
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
        self.sittings(&blueprint.code).await?; // ends those whose time is up
        let papers = self.papers(&blueprint.code).await?;
        let shown = self.shown_only(&blueprint.code).await?;
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
            sessions: sessions(blueprint, &papers, &shown),
            papers,
            cards: self.store.task_cards(&blueprint.code).await?,
            questions,
            parameters: options.parameters,
            usual_minutes: if minutes < LEAST_MINUTES { USUAL_MINUTES } else { minutes },
        })
    }

    /// The sittings of an exam that have a result, with their local dates, oldest first.
    async fn papers(&self, code: &str) -> Result<Vec<(NaiveDate, Arc<Finished>)>, DeskError> {
        let papers = self.with_result(code).await?.into_iter().rev();
        let dated = papers.map(|paper| (self.local_date_of(paper.started_ms), paper));
        let mut papers: Vec<_> = dated.collect();
        papers.sort_by_key(|(_, paper)| paper.started_ms);
        Ok(papers)
    }

    /// Sittings that say nothing, because they were given up or taken out, but showed their
    /// questions all the same.
    async fn shown_only(&self, code: &str) -> Result<Vec<(NaiveDate, Arc<Finished>)>, DeskError> {
        let mut shown = Vec::new();
        let deleted = self.store.deleted_sittings(code).await?;
        for id in deleted {
            shown.extend(self.over(&id).await?);
        }
        for id in self.store.sitting_ids(code).await? {
            shown.extend(self.over(&id).await?.filter(|sitting| sitting.abandoned));
        }
        let dated = |sitting: Arc<Finished>| (self.local_date_of(sitting.started_ms), sitting);
        Ok(shown.into_iter().map(dated).collect())
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

/// Whether a question of a sitting says something. A paper is left blank at a price; practice that
/// was broken off says nothing of the rest.
fn says(paper: &Finished, mark: &Mark) -> bool {
    matches!(paper.mode, Mode::Mock | Mode::Section) || mark.answered
}

/// Sittings as sessions. A question is a repeat when an earlier sitting asked it; whether its
/// explanation was read is not recorded, so where it could be it is taken to have been.
fn sessions(
    blueprint: &Blueprint,
    papers: &[(NaiveDate, Arc<Finished>)],
    shown: &[(NaiveDate, Arc<Finished>)],
) -> Vec<Session> {
    let says_nothing = shown.iter().map(|sitting| (false, sitting));
    let mut all: Vec<_> = papers.iter().map(|paper| (true, paper)).chain(says_nothing).collect();
    all.sort_by_key(|(_, (_, paper))| paper.started_ms);
    let mut met: HashMap<&ItemId, (f64, bool)> = HashMap::new();
    let mut sessions = Vec::with_capacity(papers.len());
    for (counts, (date, paper)) in all {
        let day = day_of(*date) as f64;
        if counts {
            let answer = |mark: &Mark| {
                let (domain, task) = places(blueprint, &mark.task)?;
                let repeat = met.get(&mark.item).map(|(last, explained)| Repeat {
                    days: (day - last).max(0.0),
                    explained: *explained,
                });
                let Mark { level, floor, right, .. } = *mark;
                Some(Answer { domain, task, level, floor, right, repeat })
            };
            let answers = paper.marks.iter().filter(|mark| says(paper, mark)).filter_map(answer);
            let answers = answers.collect();
            sessions.push(Session { day, kind: kind(paper.mode), answers });
        }
        let shown = |mark: &&Mark| if counts { says(paper, mark) } else { mark.seen };
        let explained = !paper.abandoned;
        met.extend(paper.marks.iter().filter(shown).map(|mark| (&mark.item, (day, explained))));
    }
    sessions
}

/// Place of the answer to a question among those of its session.
pub(super) fn place_in_session(
    blueprint: &Blueprint,
    paper: &Finished,
    item: &ItemId,
) -> Option<usize> {
    let known = |mark: &&Mark| says(paper, mark) && places(blueprint, &mark.task).is_some();
    paper.marks.iter().filter(known).position(|mark| mark.item == *item)
}

/// Places of a task's domain, and of the task among all tasks.
pub(super) fn places(blueprint: &Blueprint, task: &str) -> Option<(usize, usize)> {
    let place = blueprint.tasks().position(|(_, known)| known.id == task)?;
    let domain =
        blueprint.domains.iter().position(|domain| domain.tasks.iter().any(|t| t.id == task))?;
    Some((domain, place))
}
