//! A rule about what the questions of a task are about.

use std::collections::BTreeMap;

use super::{Findings, questions};
use crate::deck::Item;

/// Fewest questions from which a task is judged.
const ENOUGH: usize = 10;
/// One question in so many may be about the same concept.
const ONE_IN: usize = 5;

/// No concept takes more than its share of a task.
pub(super) fn check(items: &[Item], findings: &mut Findings) {
    let mut tasks: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for (item, _) in questions(items) {
        let (count, tags) = tasks.entry(item.task.as_deref().unwrap_or_default()).or_default();
        *count += 1;
        for tag in &item.tags {
            *tags.entry(tag).or_default() += 1;
        }
    }
    for (task, (count, tags)) in tasks {
        let share = count.div_ceil(ONE_IN);
        for (tag, tagged) in tags {
            if count >= ENOUGH && tagged > share {
                let message = format!("{tagged} of {count} questions of task {task} are “{tag}”");
                let hint = "ask about other concepts of the task, or tag more finely";
                findings.deck("concept-share", message, hint);
            }
        }
    }
}
