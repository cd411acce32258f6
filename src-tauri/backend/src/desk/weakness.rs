//! What each task of the exam is worth to study: its share of the exam, and how weak the learner
//! is in it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::finished::{Finished, Mark};
use super::{DeskError, Sitwell};
use crate::deck::ItemId;
use crate::study::queue::TaskWorth;

/// Most sittings that are looked at, the latest.
const SITTINGS: usize = 30;

/// What was made of finished sittings on a day.
#[derive(Default)]
pub(super) struct Weakness(Mutex<Option<(Key, HashMap<String, f32>)>>);

/// What a weakness was computed for: exam, study day, sittings that were over with the number of
/// questions that were marked wrong.
type Key = (String, i64, Vec<(String, usize)>);

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
        let sittings = self.latest_sittings(code).await?;
        let wrong = |sitting: &Finished| sitting.marks.iter().filter(|mark| !mark.right).count();
        let looked_at = sittings.iter().map(|sitting| (sitting.id.clone(), wrong(sitting)));
        let key = (code.to_owned(), today, looked_at.collect());
        if let Some((known, weakness)) = &*lock(&self.study.weakness.0)
            && *known == key
        {
            return Ok(weakness.clone());
        }
        let mut answers: HashMap<String, Wrong> = HashMap::new();
        for mark in latest(&sittings) {
            answers.entry(mark.task.clone()).or_default().count(mark.right);
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
        *lock(&self.study.weakness.0) = Some((key, weakness.clone()));
        Ok(weakness)
    }

    /// The latest answer to each question in the latest sittings of an exam that are over.
    pub(super) async fn latest_answers(
        &self,
        code: &str,
    ) -> Result<HashMap<ItemId, Mark>, DeskError> {
        let sittings = self.latest_sittings(code).await?;
        Ok(latest(&sittings).map(|mark| (mark.item.clone(), mark.clone())).collect())
    }

    /// The latest sittings of an exam that have a result, newest first.
    async fn latest_sittings(&self, code: &str) -> Result<Vec<Arc<Finished>>, DeskError> {
        let mut sittings = Vec::new();
        for id in self.store.sitting_ids(code).await?.into_iter().take(SITTINGS) {
            sittings.extend(self.over(&id).await?.filter(|sitting| !sitting.abandoned));
        }
        Ok(sittings)
    }
}

/// The latest mark of each question. The first that is met is the latest: sittings are newest
/// first.
fn latest(sittings: &[Arc<Finished>]) -> impl Iterator<Item = &Mark> {
    let mut known = BTreeSet::new();
    let marks = sittings.iter().flat_map(|sitting| &sitting.marks);
    marks.filter(move |mark| known.insert(&mark.item))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is whole at any time, so a panic elsewhere does not spoil it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
