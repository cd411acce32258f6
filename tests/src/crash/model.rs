//! What must be in the collection, by what was acknowledged.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sitwell_backend::exam::sitting::EventKind;

use super::audit::Found;
use super::call::{Answer, Call};
use super::paper::Paper;
use super::reading::Between;
use super::shown;

/// One thing that becomes durable, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A sitting is there.
    Begun,
    /// An event is in the log of a sitting.
    Logged { paper: String, event: EventKind },
    /// A card was graded.
    Graded { card: i64 },
    /// The last grade was taken back.
    Undone,
}

/// The collection as it must be.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) papers: BTreeMap<String, Paper>,
    /// Sittings that were begun without the news having come.
    pub(super) unnamed: usize,
    /// Cards that were shown, with how often they are graded.
    pub(super) cards: BTreeMap<i64, usize>,
    /// The cards graded and not taken back, the last one last.
    pub(super) graded: Vec<i64>,
    /// The sitting that the running app has in memory.
    open: Option<String>,
}

impl Model {
    /// The app was started again: nothing is in its memory.
    pub(super) fn restarted(&mut self) {
        self.open = None;
    }

    /// What a call makes durable, in this order.
    pub(super) fn plan(&self, call: &Call) -> Vec<Step> {
        match call {
            Call::StartExam { .. } | Call::StartPractice { .. } => vec![Step::Begun],
            Call::GradeCard { card, .. } => vec![Step::Graded { card: *card }],
            Call::UndoStudy => vec![Step::Undone],
            _ => self.plan_in_sitting(call),
        }
    }

    fn plan_in_sitting(&self, call: &Call) -> Vec<Step> {
        let Some(id) = call.sitting() else { return Vec::new() };
        let Some(paper) = self.papers.get(id).filter(|paper| !paper.over) else {
            return Vec::new();
        };
        let mut after = paper.clone();
        let mut events = Vec::new();
        if self.open.as_deref() != Some(id) {
            events.push(EventKind::Resumed);
            after.apply(EventKind::Resumed);
        }
        events.extend(after.event(call));
        events.into_iter().map(|event| Step::Logged { paper: id.to_owned(), event }).collect()
    }

    /// Something became durable.
    pub(super) fn apply(&mut self, step: &Step) {
        match step {
            Step::Begun => self.unnamed += 1,
            Step::Logged { paper, event } => {
                if let Some(paper) = self.papers.get_mut(paper) {
                    paper.apply(event.clone());
                }
            }
            Step::Graded { card } => {
                *self.cards.entry(*card).or_default() += 1;
                self.graded.push(*card);
            }
            Step::Undone => {
                if let Some(count) = self.graded.pop().and_then(|card| self.cards.get_mut(&card)) {
                    *count -= 1;
                }
            }
        }
    }

    /// What a call leaves in the app's memory.
    pub(super) fn remember(&mut self, call: &Call) {
        if let Some(id) = call.sitting() {
            self.open = Some(id.to_owned());
        }
    }

    /// A call was answered: holds what is shown against what must be.
    pub(super) fn acknowledged(&mut self, call: &Call, answer: &Answer, at: Between) -> Result<()> {
        let value = match answer {
            Ok(value) => value,
            // A bank may be too small for a paper; nothing is begun then.
            Err(refused) if call.begins() && refused.code == "bank_too_short" => return Ok(()),
            Err(refused) => anyhow::bail!("{}: {}", refused.code, refused.message),
        };
        for step in self.plan(call) {
            self.apply(&step);
        }
        self.remember(call);
        match call {
            Call::Preferences | Call::ChooseExam { .. } => Ok(()),
            Call::Study | Call::GradeCard { .. } | Call::UndoStudy => {
                let study: shown::Study = read(value)?;
                if let Some(card) = study.card {
                    self.cards.entry(card.id).or_default();
                }
                Ok(())
            }
            _ if call.begins() => self.begun(&read(value)?, at),
            Call::Sitting { .. }
            | Call::Leave { .. }
            | Call::Pause { .. }
            | Call::ComeBack { .. }
            | Call::EndExam { .. }
            | Call::AbandonExam { .. } => self.check_sitting(&read(value)?, at),
            _ => self.check_ack(call, &read(value)?, at),
        }
    }

    /// A sitting that was begun says its name.
    pub(super) fn begun(&mut self, view: &shown::Sitting, at: Between) -> Result<()> {
        self.unnamed = self.unnamed.checked_sub(1).context("a sitting too many")?;
        self.papers.insert(view.id.clone(), Paper::of(view, at));
        self.open = Some(view.id.clone());
        Ok(())
    }

    fn check_sitting(&mut self, view: &shown::Sitting, at: Between) -> Result<()> {
        let paper = self.papers.get_mut(&view.id).context("an unknown sitting is shown")?;
        paper.drawn = u32::try_from(view.cells.len())?;
        ensure!(view.on_break == paper.on_break, "on a break: {}", view.on_break);
        for (cell, position) in view.cells.iter().zip(0..) {
            paper.check_cell(position, cell)?;
        }
        paper.check_clock(&view.clock, at)
    }

    fn check_ack(&mut self, call: &Call, ack: &shown::Ack, at: Between) -> Result<()> {
        let paper = call.sitting().and_then(|id| self.papers.get_mut(id));
        let paper = paper.context("an unknown sitting is shown")?;
        paper.drawn = paper.drawn.max(ack.question.position + 1);
        paper.check_question(ack)?;
        paper.check_clock(&ack.clock, at)
    }

    /// What keeps this from being what was found in the collection.
    pub(super) fn differs(&self, found: &Found) -> Option<String> {
        for (id, paper) in &self.papers {
            let Some(log) = found.logs.get(id) else { return Some(format!("{id} is lost")) };
            if *log != paper.log {
                let at = log.iter().zip(&paper.log).take_while(|(one, other)| one == other).count();
                let [there, must] = [log, &paper.log].map(|log| &log[at..]);
                return Some(format!(
                    "{id} goes on with {there:?} at {at}, but must with {must:?}"
                ));
            }
        }
        let unknown = self.unknown(found);
        if unknown.len() != self.unnamed {
            return Some(format!("{} sittings unheard of, not {}", unknown.len(), self.unnamed));
        }
        if let Some(id) = unknown.iter().find(|id| !found.logs[**id].is_empty()) {
            return Some(format!("{id} was begun and nothing else, but has a log"));
        }
        let wrong =
            self.cards.iter().find(|(card, count)| found.reviews.get(*card) != Some(*count));
        wrong.map(|(card, count)| {
            let there = found.reviews.get(card);
            format!("card {card} is graded {there:?} times, but must be {count} times")
        })
    }

    /// The sittings found that the model has no name for.
    pub(super) fn unknown<'a>(&self, found: &'a Found) -> Vec<&'a String> {
        found.logs.keys().filter(|id| !self.papers.contains_key(*id)).collect()
    }

    /// Things happened in this moment without an answer: they may have switched the clocks.
    pub(super) fn unseen(&mut self, at: Between) {
        for paper in self.papers.values_mut() {
            let stands = paper.stands();
            paper.reading.switched(stands, at);
        }
    }
}

/// What is shown, read.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Result<T> {
    serde_json::from_value(value.clone()).with_context(|| format!("cannot read {value}"))
}
