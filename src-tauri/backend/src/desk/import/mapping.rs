//! Which task of an exam each item of a file belongs to: as the file names it, as its tags do, or
//! as its words tell.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use super::classifier::{Classifier, Labelled};
use super::watch::Watch;
use super::words::Words;
use crate::blueprint::Blueprint;
use crate::bundled;
use crate::desk::views::{ImportChoices, ImportStage, MappingConfidence};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{Draft, DraftItem};

/// Chance from which a guess counts as likely.
const LIKELY: f64 = 0.8;
/// Chance below which an item is left without a task.
const UNSURE: f64 = 0.35;

/// The task that an item was matched to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matched {
    pub(super) task: String,
    pub(super) confidence: MappingConfidence,
    /// Chance that it is right, in [0, 1].
    pub(super) chance: f64,
}

/// The tasks of all items of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mapping {
    /// Code of the exam.
    pub(super) exam: String,
    /// By number of the item.
    pub(super) items: Vec<Option<Matched>>,
}

impl Mapping {
    /// Exam and task of an item.
    pub(super) fn task(&self, number: u32) -> Option<(&str, &str)> {
        let matched = self.items.get(number as usize)?.as_ref()?;
        Some((self.exam.as_str(), matched.task.as_str()))
    }
}

/// Matches all items of a file to the tasks of an exam.
pub(super) fn map(
    desk: &Sitwell,
    draft: &Draft,
    exam: &str,
    choices: &ImportChoices,
    watch: &Watch<'_>,
) -> Result<Mapping, DeskError> {
    let blueprint = desk.blueprint(exam)?;
    let classifier = classifier(desk, blueprint)?;
    let tags = Names::of(blueprint);
    let chosen: HashMap<u32, Option<&str>> =
        choices.tasks.iter().map(|choice| (choice.item, choice.task.as_deref())).collect();
    let all = draft.decks.iter().map(|deck| deck.items.len()).sum();
    let mut items = Vec::with_capacity(all);
    for deck in &draft.decks {
        let own = deck.blueprint.as_deref() == Some(blueprint.code.as_str());
        for item in &deck.items {
            let number = u32::try_from(items.len()).unwrap_or(u32::MAX);
            let named = match chosen.get(&number) {
                Some(task) => Some(task.filter(|task| blueprint.task(task).is_some())),
                None => tags.task(item, own).map(Some),
            };
            items.push(match named {
                Some(task) => task.map(|task| Matched {
                    task: task.to_owned(),
                    confidence: MappingConfidence::Named,
                    chance: 1.0,
                }),
                None => guess(&classifier, item),
            });
            if items.len() % 1_000 == 0 {
                watch.step(ImportStage::Comparing, items.len(), all)?;
            }
        }
    }
    Ok(Mapping { exam: blueprint.code.clone(), items })
}

fn guess(classifier: &Classifier, item: &DraftItem) -> Option<Matched> {
    let guess = classifier.guess(&Words::of_draft(&item.body).features())?;
    if guess.chance < UNSURE {
        return None;
    }
    let likely = guess.chance >= LIKELY;
    let confidence = if likely { MappingConfidence::Likely } else { MappingConfidence::Unsure };
    Some(Matched { task: guess.task, confidence, chance: guess.chance })
}

/// What tasks are called.
struct Names<'a> {
    blueprint: &'a Blueprint,
    titles: HashMap<String, &'a str>,
}

impl<'a> Names<'a> {
    fn of(blueprint: &'a Blueprint) -> Self {
        let tasks = blueprint.tasks();
        let titles = tasks.map(|(_, task)| (plain(&task.title), task.id.as_str())).collect();
        Self { blueprint, titles }
    }

    /// The task that the file names itself (`own`: its tasks are those of this exam), or a tag.
    fn task(&self, item: &'a DraftItem, own: bool) -> Option<&'a str> {
        let named = item.task.as_deref().filter(|_| own);
        if let Some(task) = named.filter(|task| self.blueprint.task(task).is_some()) {
            return Some(task);
        }
        item.tags.iter().find_map(|tag| self.tag(tag))
    }

    /// The task that a tag names by id or title: `1.2`, `task-1.2`, `aws::mls::task_1_2`.
    fn tag(&self, tag: &str) -> Option<&'a str> {
        let last = tag.rsplit("::").next().unwrap_or(tag).trim();
        let id = last.to_lowercase();
        let id =
            id.strip_prefix("task").unwrap_or(&id).trim_matches(|c: char| !c.is_alphanumeric());
        let id = id.replace(['-', '_', ' '], ".");
        match self.blueprint.task(&id) {
            Some((_, task)) => Some(task.id.as_str()),
            None => self.titles.get(&plain(last)).copied(),
        }
    }
}

/// Words in lower case with single blanks.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The classifier of an exam, learned when it is first asked for.
fn classifier(desk: &Sitwell, blueprint: &Blueprint) -> Result<Arc<Classifier>, DeskError> {
    let mut held = desk.import.classifiers.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(classifier) = held.get(&blueprint.code) {
        return Ok(Arc::clone(classifier));
    }
    let classifier = Arc::new(Classifier::train(&labelled(&blueprint.code)?));
    held.insert(blueprint.code.clone(), Arc::clone(&classifier));
    Ok(classifier)
}

/// The items that come with Sitwell and name a task of an exam.
pub(super) fn labelled(exam: &str) -> Result<Vec<Labelled>, DeskError> {
    let decks = bundled::decks().map_err(|problem| DeskError::Bundled(problem.to_string()))?;
    let mut labelled = Vec::new();
    for deck in &decks {
        let own = deck.meta.blueprint.as_deref() == Some(exam);
        for item in &deck.items {
            let also = item.also.iter().find(|also| also.exam == exam);
            let task = item.task.as_deref().filter(|_| own).or(also.map(|also| also.task.as_str()));
            let Some(task) = task else { continue };
            let features: HashSet<u64> = Words::of(&item.body).features();
            labelled.push(Labelled { task: task.to_owned(), features });
        }
    }
    Ok(labelled)
}

#[cfg(test)]
mod tests {
    use super::super::classifier::{FOLDS, fold_of};
    use super::*;

    /// Held-out items of the bundled decks. Figures are in docs/architecture.md.
    #[test]
    fn held_out_items_are_matched_and_chances_hold() {
        let texts = labelled("MLS-C01").unwrap();
        let all: Vec<&Labelled> = texts.iter().collect();
        let (mut right, mut in_domain, mut sure, mut sure_right) = (0, 0, 0, 0);
        for fold in 0..FOLDS {
            let (test, train) = fold_of(&all, fold);
            let train: Vec<Labelled> = train.into_iter().cloned().collect();
            let classifier = Classifier::train(&train);
            for text in test {
                let guess = classifier.guess(&text.features).unwrap();
                let hit = guess.task == text.task;
                right += usize::from(hit);
                let domain = |task: &str| task.split('.').next().unwrap_or_default().to_owned();
                in_domain += usize::from(domain(&guess.task) == domain(&text.task));
                sure += usize::from(guess.chance >= LIKELY);
                sure_right += usize::from(guess.chance >= LIKELY && hit);
            }
        }
        let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        let (by_task, by_domain) = (share(right, all.len()), share(in_domain, all.len()));
        println!(
            "{} items: {by_task:.3} by task, {by_domain:.3} by domain; {sure} sure, {:.3} right",
            all.len(),
            share(sure_right, sure)
        );
        assert!(by_task >= 0.5 && by_domain >= 0.7, "{by_task} {by_domain}");
        assert!(sure * 10 >= all.len(), "{sure} of {}", all.len());
        assert!(share(sure_right, sure) >= LIKELY, "{sure_right} of {sure}");
    }

    #[test]
    fn tags_name_tasks_by_id_or_title() {
        let blueprints = bundled::blueprints().unwrap();
        let blueprint = blueprints.iter().find(|b| b.code == "MLS-C01").unwrap();
        let names = Names::of(blueprint);
        for tag in ["1.2", "task-1.2", "Task_1_2", "aws::mls::task 1.2", "task:1.2"] {
            assert_eq!(names.tag(tag), Some("1.2"), "{tag}");
        }
        let (_, task) = blueprint.task("3.4").unwrap();
        assert_eq!(names.tag(&task.title.to_uppercase().replace(' ', "_")), Some("3.4"));
        for tag in ["s3", "9.9", "task", ""] {
            assert_eq!(names.tag(tag), None, "{tag}");
        }
    }
}
