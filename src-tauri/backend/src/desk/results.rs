//! Results and explanations of finished sittings.

use super::hall::{OpenSitting, holds};
use super::views::{
    AnswerChange, ExplainedOption, ExplainedPlace, ExplanationView, PlacedOption, ResultLine,
    ResultView, SittingState,
};
use super::{DeskError, Sitwell, over_papers};
use crate::deck::{Answer, Item, Question};
use crate::exam::report::Report;
use crate::exam::score::{SCORER_VERSION, score};
use crate::exam::sitting::{Refusal, Slot};
use crate::rich_text;

/// Longest beginning of a stem in a list, in characters.
const LINE_CHARS: usize = 160;

impl Sitwell {
    /// The result of a finished sitting.
    ///
    /// # Errors
    /// [`DeskError::NotOver`] while the clock runs; otherwise when it cannot be read.
    pub async fn result(&self, id: &str) -> Result<ResultView, DeskError> {
        let sitting = self.finished(id).await?;
        let report = self.report(&sitting).await?;
        let papers = self.with_result(&sitting.record.blueprint.code).await?;
        let remarked = self.remarked(&sitting).await?;
        let remark = remarked.map(|remarked| sitting.remark_view(remarked)).transpose()?;
        let lines = (0..sitting.items.len())
            .map(|position| sitting.line(u32::try_from(position).unwrap_or(u32::MAX)))
            .collect::<Result<Vec<_>, _>>()?;
        let now = self.clock.now();
        let used_ms = sitting.sitting.elapsed_ms(&now);
        let mode = sitting.record.mode;
        let total_ms = if sitting.record.timed() { sitting.sitting.limit_ms() } else { used_ms };
        let count = i64::try_from(lines.len()).unwrap_or(i64::MAX).max(1);
        Ok(ResultView {
            id: id.to_owned(),
            mode,
            title: sitting.title(),
            exam: self.exam_view(&sitting.record.blueprint.code).await?,
            started_ms: sitting.record.started.wall_ms,
            used_ms,
            total_ms,
            state: sitting.state(),
            report,
            lines,
            even_share_ms: total_ms / count,
            ran_out: sitting.ran_out(),
            changes: over_papers::changes(&papers),
            sureness: over_papers::sureness(&papers, id),
            earlier: over_papers::earlier(&papers, id),
            remark,
        })
    }

    /// One question of a finished sitting, explained in the words that were asked.
    ///
    /// # Errors
    /// As [`Self::result`], and when there is no such question.
    pub async fn explanation(&self, id: &str, position: u32) -> Result<ExplanationView, DeskError> {
        let sitting = self.finished(id).await?;
        let mut view = sitting.explain(position)?;
        let code = &sitting.record.blueprint.code;
        if let Some(place) = sitting.record.form.items.get(position as usize) {
            let log = self.store.sitting_events(id).await?;
            view.timeline = sitting.timeline(&log, position);
            view.beforehand = self.beforehand(code, id, &place.id).await?;
            (view.similar, view.listed) = self.similar(code, &sitting, position, &place.id).await?;
        }
        Ok(view)
    }

    pub(super) async fn finished(&self, id: &str) -> Result<OpenSitting, DeskError> {
        self.sitting(id).await?; // ends it when its time is up
        let sitting = self.load(id).await?;
        match sitting.state() {
            SittingState::Running => Err(DeskError::NotOver),
            SittingState::Abandoned => Err(DeskError::Abandoned(sitting.title())),
            SittingState::Ended | SittingState::Expired => Ok(sitting),
        }
    }

    /// The report of a finished sitting: the one kept by this scorer, or computed and kept.
    pub(super) async fn report(&self, sitting: &OpenSitting) -> Result<Report, DeskError> {
        let record = &sitting.record;
        if let Some(kept) = self.store.result(&record.id, SCORER_VERSION).await? {
            return Ok(kept);
        }
        let report = sitting.marked(&sitting.keys()?);
        self.store.put_result(&record.id, &report, self.clock.now().wall_ms).await?;
        Ok(report)
    }
}

/// How the first complete answer compares with the last.
pub(super) fn change(slot: &Slot, key: &Answer) -> Option<AnswerChange> {
    let first = slot.answers.first()?;
    if *first == slot.answer {
        return None;
    }
    Some(match (first == key, slot.answer == *key) {
        (true, _) => AnswerChange::RightToWrong,
        (false, true) => AnswerChange::WrongToRight,
        (false, false) => AnswerChange::WrongToWrong,
    })
}

/// The beginning of a text, for a list.
pub(super) fn beginning(text: &str) -> String {
    match text.char_indices().nth(LINE_CHARS) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let cut = text[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", &text[..cut])
        }
    }
}

impl OpenSitting {
    /// Whether the question at `position` is answered right.
    pub(super) fn right(&self, position: u32) -> Result<bool, DeskError> {
        let (question, slot) = self.question(position)?;
        Ok(slot.answer == question.key())
    }

    /// What its answers come to by these keys.
    pub(super) fn marked(&self, keys: &[Answer]) -> Report {
        score(&self.record.blueprint, &self.record.form, keys, &self.sitting.answers())
    }

    /// The right answer to each question, in the order of the paper.
    pub(super) fn keys(&self) -> Result<Vec<Answer>, DeskError> {
        let count = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        (0..count).map(|position| Ok(self.question(position)?.0.key())).collect()
    }

    fn line(&self, position: u32) -> Result<ResultLine, DeskError> {
        let (question, slot) = self.question(position)?;
        let index = position as usize;
        let place = self
            .record
            .form
            .items
            .get(index)
            .ok_or(Refusal::NoSuchQuestion { position, items: self.items.len() })?;
        let key = question.key();
        Ok(ResultLine {
            position,
            item: place.id.as_str().to_owned(),
            text: beginning(&rich_text::plain_text(&question.stem)),
            domain: place.domain.clone(),
            task: place.task.clone(),
            scored: place.scored,
            correct: slot.answer == key,
            chosen: self.letters(position, &slot.answer),
            key: self.letters(position, &key),
            flagged: slot.flagged,
            change: change(slot, &key),
            confidence: slot.confidence,
            spent_ms: slot.spent_ms,
        })
    }

    pub(super) fn explain(&self, position: u32) -> Result<ExplanationView, DeskError> {
        let line = self.line(position)?;
        let (question, slot) = self.question(position)?;
        let blueprint = &self.record.blueprint;
        let domain_index = blueprint.domains.iter().position(|domain| domain.id == line.domain);
        let checked = self.items.get(position as usize).and_then(|item: &Item| item.checked);
        let beside = self.beside(position);
        Ok(ExplanationView {
            domain_index: u32::try_from(domain_index.unwrap_or_default()).unwrap_or_default(),
            task_title: blueprint.task(&line.task).map_or_else(String::new, |t| t.1.title.clone()),
            kind: question.kind(),
            difficulty: question.difficulty,
            case_html: question.case.as_ref().map(|case| beside.html(&case.scenario)),
            stem_html: beside.stem_html(&question.stem),
            options: self.explained_options(position, question, slot),
            places: self.explained_places(position, question, slot),
            explanation_html: beside.html(&question.explanation),
            references: question.references.clone(),
            checked: checked.map(|date| date.to_string()),
            answers: slot.answers.iter().map(|answer| self.letters(position, answer)).collect(),
            comment: slot.comment.clone(),
            timeline: Vec::new(),
            beforehand: None,
            similar: Vec::new(),
            listed: false,
            line,
        })
    }

    /// Keys first, then what was chosen, then the rest, each in the order shown.
    fn explained_options(
        &self,
        position: u32,
        question: &Question,
        slot: &Slot,
    ) -> Vec<ExplainedOption> {
        let mut options: Vec<ExplainedOption> = self
            .option_order(position)
            .iter()
            .zip('A'..)
            .filter_map(|(index, letter)| {
                let option = question.options.get(usize::from(*index))?;
                Some(ExplainedOption {
                    letter: letter.to_string(),
                    html: self.beside(position).inline_html(&option.text),
                    reason_html: self.beside(position).html(&option.reason),
                    key: option.key,
                    chosen: holds(&slot.answer, *index),
                })
            })
            .collect();
        options.sort_by_key(|option| (!option.key, !option.chosen));
        options
    }

    /// What belongs in each place and what was there at the end.
    fn explained_places(
        &self,
        position: u32,
        question: &Question,
        slot: &Slot,
    ) -> Vec<ExplainedPlace> {
        let (Answer::Arrangement(keys), Answer::Arrangement(given)) =
            (question.key(), &slot.answer)
        else {
            return Vec::new();
        };
        let placed = |index: u8| {
            let mut shown = self.option_order(position).iter().zip('A'..);
            let letter = shown.find(|(i, _)| **i == index).map(|(_, letter)| letter.to_string())?;
            let option = question.options.get(usize::from(index))?;
            Some(PlacedOption { letter, html: self.beside(position).inline_html(&option.text) })
        };
        let prompts = question.prompts();
        keys.into_iter()
            .zip(given)
            .enumerate()
            .filter_map(|(place, (key, given))| {
                let key = key?;
                let option = question.options.get(usize::from(key))?;
                let (prompt, reason) = match prompts.get(place) {
                    Some(prompt) => {
                        (self.beside(position).inline_html(&prompt.text), &prompt.reason)
                    }
                    None => (String::new(), &option.reason),
                };
                Some(ExplainedPlace {
                    prompt_html: prompt,
                    key: placed(key)?,
                    given: given.and_then(placed),
                    correct: *given == Some(key),
                    reason_html: self.beside(position).html(reason),
                })
            })
            .collect()
    }
}
