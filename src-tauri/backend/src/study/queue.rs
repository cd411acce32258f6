//! The order of study. Reviews: the most worth first. New cards: spread over the tasks in
//! proportion to their weight, so that a day's few touch all of the exam.

use std::collections::HashMap;

use super::card::Memory;
use super::memory::retrievability;

/// What a task's cards are worth: its share of the exam, and how weak the learner is in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskWorth {
    /// Share of the scored items, in (0, 1].
    pub weight: f32,
    /// Share of questions answered wrong there, shrunk to one half where there are few.
    pub weakness: f32,
}

/// What the order depends on.
pub struct Order<'a> {
    /// The study day.
    pub today: i64,
    /// FSRS parameters; empty for the defaults.
    pub parameters: &'a [f32],
    /// What each task is worth; empty when there is no exam ahead.
    pub tasks: &'a HashMap<String, TaskWorth>,
}

impl Order<'_> {
    /// How much a review of the card is worth today: the chance that it is forgotten, times what
    /// its task is worth when an exam is ahead.
    pub fn worth(&self, memory: Option<Memory>, last_day: Option<i64>, task: Option<&str>) -> f32 {
        let elapsed = last_day.map_or(0, |day| (self.today - day).max(0));
        let forgotten = memory
            .map_or(1.0, |memory| 1.0 - retrievability(memory, elapsed as f32, self.parameters));
        forgotten * self.task_worth(task)
    }

    /// How much a new card is worth today, against reviews, when an exam is ahead: it is certain
    /// not to be known. Nothing when there is no exam, so that it comes after them.
    pub fn worth_of_new(&self, task: Option<&str>) -> f32 {
        if self.tasks.is_empty() { 0.0 } else { self.worth(None, None, task) }
    }

    fn task_worth(&self, task: Option<&str>) -> f32 {
        if self.tasks.is_empty() {
            return 1.0;
        }
        // A card of no task is worth as much as the least of them.
        let least = || {
            self.tasks.values().map(|worth| worth.weight * worth.weakness).fold(f32::MAX, f32::min)
        };
        task.and_then(|task| self.tasks.get(task))
            .map_or_else(least, |worth| worth.weight * worth.weakness)
    }

    /// New cards, given in the order of their decks, in the order to introduce them: within a
    /// task as given; over tasks in proportion to their worth, with those that were introduced
    /// before (by task) taken into account.
    pub fn introduce<T>(
        &self,
        cards: Vec<(T, Option<String>)>,
        introduced: &HashMap<String, u32>,
    ) -> Vec<T> {
        let before = |task: Option<&str>| task.and_then(|task| introduced.get(task)).copied();
        let mut seen: HashMap<Option<String>, f32> = HashMap::new();
        let mut placed: Vec<(f32, T)> = cards
            .into_iter()
            .map(|(card, task)| {
                let worth = self.task_worth(task.as_deref()).max(f32::EPSILON);
                let before = before(task.as_deref()).unwrap_or(0) as f32;
                let count = seen.entry(task).or_insert(before);
                *count += 1.0;
                // The n-th of a task worth w stands at (n − ½) / w, as seats are shared out by
                // Sainte-Laguë.
                ((*count - 0.5) / worth, card)
            })
            .collect();
        if !self.tasks.is_empty() {
            placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        placed.into_iter().map(|(_, card)| card).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks() -> HashMap<String, TaskWorth> {
        HashMap::from([
            ("a".into(), TaskWorth { weight: 0.6, weakness: 0.5 }),
            ("b".into(), TaskWorth { weight: 0.2, weakness: 0.5 }),
        ])
    }

    #[test]
    fn what_is_nearly_forgotten_comes_first() {
        let none = HashMap::new();
        let order = Order { today: 100, parameters: &[], tasks: &none };
        let memory = Some(Memory { stability: 20.0, difficulty: 5.0 });
        let fresh = order.worth(memory, Some(99), None);
        let stale = order.worth(memory, Some(40), None);
        assert!(stale > fresh);
        assert!(order.worth(None, None, None) > stale);
    }

    #[test]
    fn before_an_exam_heavy_tasks_come_first() {
        let tasks = tasks();
        let order = Order { today: 100, parameters: &[], tasks: &tasks };
        let memory = Some(Memory { stability: 20.0, difficulty: 5.0 });
        let heavy = order.worth(memory, Some(80), Some("a"));
        assert!(heavy > order.worth(memory, Some(80), Some("b")));
        assert!(heavy > order.worth(memory, Some(80), None));
    }

    #[test]
    fn a_new_card_comes_before_reviews_only_with_an_exam_ahead() {
        let memory = Some(Memory { stability: 20.0, difficulty: 5.0 });
        let (tasks, none) = (tasks(), HashMap::new());
        let ahead = Order { today: 100, parameters: &[], tasks: &tasks };
        let review = ahead.worth(memory, Some(80), Some("a"));
        assert!(ahead.worth_of_new(Some("a")) > review);
        // A review of a heavy task that is nearly lost is worth more than a light new card.
        assert!(ahead.worth(memory, Some(-3000), Some("a")) > ahead.worth_of_new(Some("b")));
        let plain = Order { tasks: &none, ..ahead };
        assert!(plain.worth_of_new(None) < plain.worth(memory, Some(99), None));
    }

    #[test]
    fn new_cards_are_spread_over_tasks_by_weight() {
        let tasks = tasks();
        let order = Order { today: 0, parameters: &[], tasks: &tasks };
        let cards: Vec<(u32, Option<String>)> =
            (0..40).map(|n| (n, Some(if n < 20 { "b" } else { "a" }.to_owned()))).collect();
        let first = order.introduce(cards, &HashMap::new()).into_iter().take(8).collect::<Vec<_>>();
        let heavy = first.iter().filter(|card| **card >= 20).count();
        assert_eq!(heavy, 6, "{first:?}");
    }

    #[test]
    fn taken_one_at_a_time_new_cards_are_spread_as_well() {
        let tasks = tasks();
        let order = Order { today: 0, parameters: &[], tasks: &tasks };
        let mut introduced = HashMap::new();
        for _ in 0..8 {
            let cards = ["b", "a"].map(|task| (task.to_owned(), Some(task.to_owned())));
            let first = order.introduce(cards.into(), &introduced).swap_remove(0);
            *introduced.entry(first).or_insert(0) += 1;
        }
        assert_eq!((introduced["a"], introduced["b"]), (6, 2));
    }
}
