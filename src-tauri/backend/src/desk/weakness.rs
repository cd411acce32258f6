//! What each task of the exam is worth to study: its share of the exam, and how weak the learner
//! is in it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::hall::OpenSitting;
use super::views::SittingState;
use super::{DeskError, Sitwell};
use crate::deck::ItemId;
use crate::exam::sitting::Confidence;
use crate::study::queue::TaskWorth;

/// Most sittings that are looked at, the latest.
const SITTINGS: usize = 30;

/// A question that was answered in a sitting that is over, or left blank there.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    item: ItemId,
    task: String,
    pub(super) right: bool,
    pub(super) flagged: bool,
    pub(super) confidence: Option<Confidence>,
}

/// What finished sittings said, which never changes, and what was made of it on a day.
#[derive(Default)]
pub(super) struct Marks {
    of_sittings: Mutex<HashMap<String, Vec<Mark>>>,
    weakness: Mutex<Option<(Key, HashMap<String, f32>)>>,
}

/// What a weakness was computed for: exam, study day, sittings that were over.
type Key = (String, i64, usize);

/// Of how many, how many were wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wrong {
    wrong: u32,
    of: u32,
}

impl Wrong {
    fn count(&mut self, right: bool) {
        self.of += 1;
        self.wrong += u32::from(!right);
    }

    /// The share that is wrong, shrunk to one half where there are few (Laplace's rule).
    fn share(self) -> f32 {
        (self.wrong as f32 + 1.0) / (self.of as f32 + 2.0)
    }
}

impl Sitwell {
    /// Each task's share of the exam, with the weakness there.
    pub(super) async fn task_worth(
        &self,
        code: &str,
        today: i64,
    ) -> Result<HashMap<String, TaskWorth>, DeskError> {
        let blueprint = self.blueprint(code)?;
        let weakness = self.weakness(&blueprint.code, today).await?;
        let worth = blueprint.tasks().map(|(domain, task)| {
            let siblings: f64 = domain.tasks.iter().map(|task| task.weight).sum();
            let share = domain.weight / 100.0 * task.weight / siblings;
            #[expect(clippy::cast_possible_truncation, reason = "a share in (0, 1]")]
            let weight = share as f32;
            let weakness = weakness.get(&task.id).copied().unwrap_or(0.5);
            (task.id.clone(), TaskWorth { weight, weakness })
        });
        Ok(worth.collect())
    }

    /// How weak the learner is in each task, in (0, 1): the mean of the share of questions whose
    /// latest answer was wrong and the share of reviewed cards that have lapsed. Questions and
    /// cards count apart, because there are many more reviews than answers, and most are recalled
    /// whatever the learner knows. Computed once for a day and a number of finished sittings, so
    /// that the order of cards does not jump about.
    async fn weakness(&self, code: &str, today: i64) -> Result<HashMap<String, f32>, DeskError> {
        let marks = self.latest_marks(code).await?;
        let key = (code.to_owned(), today, marks.sittings);
        if let Some((known, weakness)) = &*lock(&self.study.marks.weakness)
            && *known == key
        {
            return Ok(weakness.clone());
        }
        let mut answers: HashMap<String, Wrong> = HashMap::new();
        for mark in marks.marks {
            answers.entry(mark.task).or_default().count(mark.right);
        }
        let lapsed = self.store.lapsed_by_task().await?.into_iter();
        let lapsed: HashMap<String, Wrong> = lapsed
            .map(|(task, cards)| (task, Wrong { wrong: cards.of - cards.hits, of: cards.of }))
            .collect();
        let tasks: BTreeSet<&String> = answers.keys().chain(lapsed.keys()).collect();
        let share =
            |of: &HashMap<String, Wrong>, task| of.get(task).copied().unwrap_or_default().share();
        let weakness: HashMap<String, f32> = tasks
            .into_iter()
            .map(|task| (task.clone(), share(&answers, task).midpoint(share(&lapsed, task))))
            .collect();
        *lock(&self.study.marks.weakness) = Some((key, weakness.clone()));
        Ok(weakness)
    }

    /// The latest answer to each question in the latest sittings of an exam that are over.
    pub(super) async fn latest_answers(
        &self,
        code: &str,
    ) -> Result<HashMap<ItemId, Mark>, DeskError> {
        let latest = self.latest_marks(code).await?.marks.into_iter();
        Ok(latest.map(|mark| (mark.item.clone(), mark)).collect())
    }

    /// The latest answer to each question in the sittings of an exam that are over.
    async fn latest_marks(&self, code: &str) -> Result<LatestMarks, DeskError> {
        let mut latest = LatestMarks::default();
        let mut known = BTreeSet::new();
        // Newest first, so the first mark of a question is its latest.
        for id in self.store.sitting_ids(code).await?.into_iter().take(SITTINGS) {
            let Some(marks) = self.marks(&id).await? else { continue };
            latest.sittings += 1;
            let new = marks.into_iter().filter(|mark| known.insert(mark.item.clone()));
            latest.marks.extend(new);
        }
        Ok(latest)
    }

    /// The marks of a sitting that is over; none while it runs.
    async fn marks(&self, id: &str) -> Result<Option<Vec<Mark>>, DeskError> {
        if let Some(marks) = lock(&self.study.marks.of_sittings).get(id) {
            return Ok(Some(marks.clone()));
        }
        let sitting = self.load(id).await?;
        if sitting.state() == SittingState::Running {
            return Ok(None);
        }
        let marks = sitting.marks()?;
        lock(&self.study.marks.of_sittings).insert(id.to_owned(), marks.clone());
        Ok(Some(marks))
    }
}

#[derive(Default)]
struct LatestMarks {
    sittings: usize,
    marks: Vec<Mark>,
}

impl OpenSitting {
    fn marks(&self) -> Result<Vec<Mark>, DeskError> {
        let places = self.record.form.items.iter().zip(0..);
        places
            .map(|(place, position)| {
                let right = self.right(position)?;
                let slot = self.question(position)?.1;
                Ok(Mark {
                    item: place.id.clone(),
                    task: place.task.clone(),
                    right,
                    flagged: slot.flagged,
                    confidence: slot.confidence,
                })
            })
            .collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is whole at any time, so a panic elsewhere does not spoil it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
