//! What today holds, in cards and minutes, and the days up to the exam.

use std::collections::{BTreeMap, HashMap};

use super::budget::Budget;
use super::study_day::{Day, Waiting};
use super::views::{PlanView, PlannedDay, PlannedDrill, Profile, TaskName};
use super::{DeskError, Sitwell};
use crate::exam::{Mode, section};
use crate::store::{Queue, SettingKey};
use crate::study::StudyOptions;
use crate::study::day::{date_of, day_of};
use crate::study::pace::{self, minutes, pace_ms};
use crate::study::projection::{Beginning, Lot, Set, project};

/// Most days that a plan shows.
const MOST_DAYS: i64 = 120;
/// Longest that a day can be shortened to, minutes.
const MOST_MINUTES: u32 = 24 * 60;
/// Questions that a day proposes.
const DRILL: u32 = 10;

impl Sitwell {
    /// What today holds.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn plan(&self) -> Result<PlanView, DeskError> {
        let day = self.study_day().await?;
        let queue = self.queue(&day).await?;
        let done = queue.done;
        let (recalled, overdue) = self.store.recalled_and_overdue(day.today).await?;
        let waiting = day.waiting(&queue.decks);
        let pace_ms = self.pace_ms().await?;
        let due = waiting.review + queue.steps_in_all();
        let seconds = u32::try_from((pace_ms + 500) / 1_000).unwrap_or(u32::MAX);
        Ok(PlanView {
            done: done.all,
            recalled,
            minutes_done: u32::try_from((done.taken_ms + 30_000) / 60_000).unwrap_or(u32::MAX),
            due,
            overdue: overdue.min(due),
            due_minutes: minutes(f64::from(due), pace_ms),
            new: waiting.new,
            new_minutes: minutes(f64::from(waiting.new) * showings(&day), pace_ms),
            new_task: self.task_of_most(&day, &queue, &waiting).await?,
            drill: self.planned_drill(day.today).await?,
            seconds_per_review: seconds.max(1),
            budget_minutes: day.budget_minutes(),
            days: self.planned_days(&day, queue.new_cards(), waiting.new, pace_ms).await?,
        })
    }

    /// Fits what is left of today into so many minutes, counted from now, or takes that back.
    /// The cards most worth come first, so the rest can wait.
    ///
    /// # Errors
    /// [`DeskError`] when the minutes are none that a day has, or it cannot be kept.
    pub async fn shorten_day(&self, minutes: Option<u32>) -> Result<PlanView, DeskError> {
        let budget = match minutes {
            Some(minutes) if (1..=MOST_MINUTES).contains(&minutes) => {
                let day = self.study_day().await?;
                let spent_ms = self.queue(&day).await?.done.taken_ms;
                Some(Budget::new(day.today, minutes, spent_ms))
            }
            Some(minutes) => return Err(DeskError::BadMinutes(minutes)),
            None => None,
        };
        self.store.set_setting(SettingKey::Budget, &budget).await?;
        self.plan().await
    }

    /// Milliseconds that a grading takes this learner.
    pub(super) async fn pace_ms(&self) -> Result<i64, DeskError> {
        Ok(pace_ms(&self.store.latest_taken_ms(pace::LATEST).await?))
    }

    /// The task that most of today's new cards belong to; the first of them among equals.
    async fn task_of_most(
        &self,
        day: &Day,
        queue: &Queue,
        waiting: &Waiting<'_>,
    ) -> Result<Option<TaskName>, DeskError> {
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let Some(code) = profile.exam.filter(|_| waiting.new > 0) else { return Ok(None) };
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let new = self.introduced_today(day, queue, waiting).await?;
        for task in new.into_iter().filter_map(|new| new.1) {
            *counts.entry(task).or_default() += 1;
        }
        let most = counts.iter().rev().max_by_key(|(_, count)| **count);
        let named = most.and_then(|(task, _)| Some((task, self.place(&code, task)?)));
        Ok(named.map(|(id, (domain_index, title))| TaskName {
            id: id.clone(),
            title,
            domain_index,
        }))
    }

    /// Ten questions of the task most worth it, unless a drill was begun today.
    async fn planned_drill(&self, today: i64) -> Result<Option<PlannedDrill>, DeskError> {
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let Some(code) = profile.exam else { return Ok(None) };
        let blueprint = self.blueprint(&code)?;
        let last = self.store.last_begun(&blueprint.code, Mode::Drill).await?;
        if last.is_some_and(|ms| day_of(self.local_date_of(ms)) >= today) {
            return Ok(None);
        }
        let mut questions: HashMap<String, u32> = HashMap::new();
        for item in self.store.bank(&blueprint.code).await? {
            if item.is_asked_by(blueprint) {
                *questions.entry(item.task).or_default() += 1;
            }
        }
        let worth = self.task_worth(&blueprint.code, today).await?;
        let worth = |task: &str| worth.get(task).map_or(0.0, |task| task.weight * task.weakness);
        let asked = blueprint.tasks().map(|(_, task)| &task.id);
        let task = asked
            .filter(|task| questions.contains_key(*task))
            .max_by(|one, other| worth(one).total_cmp(&worth(other)));
        Ok(task.and_then(|id| {
            let questions = questions.get(id)?.min(&DRILL).to_owned();
            let (domain_index, title) = self.place(&blueprint.code, id)?;
            Some(PlannedDrill {
                questions,
                minutes: section::minutes(blueprint, questions),
                task: TaskName { id: id.clone(), title, domain_index },
            })
        }))
    }

    async fn planned_days(
        &self,
        day: &Day,
        new: u32,
        new_today: u32,
        pace_ms: i64,
    ) -> Result<Vec<PlannedDay>, DeskError> {
        let Some(exam) = day.exam else { return Ok(Vec::new()) };
        let days = exam.days_left(day.today).clamp(0, MOST_DAYS);
        let mut sets = vec![set(day, None)];
        let mut set_of: BTreeMap<i64, usize> = BTreeMap::new();
        let mut lots = Vec::new();
        for alike in self.store.alike_cards(day.today + days).await? {
            let place = *set_of.entry(alike.deck).or_insert_with(|| {
                sets.push(set(day, Some(alike.deck)));
                sets.len() - 1
            });
            lots.push(Lot {
                cards: f64::from(alike.cards),
                set: place,
                memory: alike.memory,
                last_day: alike.last_day,
                due_day: alike.due_day,
            });
        }
        let projected = project(Beginning {
            today: day.today,
            days: u32::try_from(days).unwrap_or(0),
            exam: day.exam,
            sets: &sets,
            lots,
            new,
            new_today,
            new_per_day: day.schedules.defaults().options.new_per_day,
        })?;
        let planned = projected.into_iter().zip(day.today..).map(|(held, day)| PlannedDay {
            date: date_of(day).to_string(),
            reviews: whole(held.reviews),
            new: held.new,
            minutes: minutes(held.gradings, pace_ms),
        });
        Ok(planned.collect())
    }
}

fn set(day: &Day, deck: Option<i64>) -> Set {
    let set = day.schedules.of_scope(deck);
    Set::new(&set.options, &set.model)
}

/// Showings of a new card on its first day, when it is recalled at each.
fn showings(day: &Day) -> f64 {
    let StudyOptions { learning_steps, .. } = &day.schedules.defaults().options;
    learning_steps.len().max(1) as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
fn whole(count: f64) -> u32 {
    count.round().max(0.0) as u32
}
