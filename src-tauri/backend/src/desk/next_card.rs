//! Which card comes next.

use super::study_day::{Day, LEARN_AHEAD_MS, Waiting};
use crate::store::{Head, Place, Queue, Shelf};

/// A card that is to be answered, with the head of a shelf that it is; none within steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) card: i64,
    pub(super) place: Option<Place>,
}

impl Next {
    fn of(card: i64, shelf: &Shelf, head: Head) -> Self {
        let task = shelf.task.clone().unwrap_or_default();
        Self { card, place: Some(Place { deck: shelf.deck, task, head }) }
    }
}

impl Day {
    /// The next card: a due step, then the review most worth, then a new card within today's
    /// limits, then a step that is nearly due. With an exam ahead a new card comes before reviews
    /// that are worth less. None when the minutes of the day are used up.
    pub(super) fn next_card(&self, queue: &Queue, waiting: &Waiting<'_>) -> Option<Next> {
        if self.budget_left_ms(queue.done.taken_ms).is_some_and(|left| left <= 0) {
            return None;
        }
        let step_by = |by_ms| {
            let step = queue.first_step().filter(|step| step.1 <= by_ms);
            step.map(|(card, _)| Next { card, place: None })
        };
        if let Some(step) = step_by(self.now_ms) {
            return Some(step);
        }
        let review = match waiting.review {
            0 => None,
            _ => self.best_review(queue, waiting),
        };
        // Without an exam ahead new cards come after the reviews, so they need not be looked at.
        let new = match review {
            Some(_) if self.worth.is_empty() => None,
            _ if waiting.new == 0 => None,
            _ => self.first_introduced(queue, waiting),
        };
        let next = match (review, new) {
            (Some((review, worth)), Some((new, task))) => {
                let new_first = self.order_of_new().worth_of_new(task) > worth;
                Some(if new_first { new } else { review })
            }
            (review, new) => review.map(|(next, _)| next).or(new.map(|(next, _)| next)),
        };
        next.or_else(|| step_by(self.now_ms + LEARN_AHEAD_MS))
    }

    /// The review most worth, with its worth; the longest due among equals.
    fn best_review(&self, queue: &Queue, waiting: &Waiting<'_>) -> Option<(Next, f32)> {
        let shelves = queue.shelves.values();
        let ranked = shelves.filter_map(|shelf| {
            let head = shelf.review?;
            if waiting.reviews_left.left(shelf.deck) == 0 {
                return None;
            }
            let order = self.order(shelf.deck);
            let task = self.task(shelf.deck, shelf.task.as_deref());
            let worth = order.worth(head.memory, head.last_day, task);
            Some((worth, head.due_day, head.id, shelf))
        });
        let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        best.map(|(worth, _, card, shelf)| (Next::of(card, shelf, Head::Review), worth))
    }

    /// The new card that comes next, with its task: the first that today brings, found among the
    /// first of each task of each deck.
    fn first_introduced<'a>(
        &'a self,
        queue: &'a Queue,
        waiting: &Waiting<'_>,
    ) -> Option<(Next, Option<&'a str>)> {
        let shelves = queue.shelves.values();
        let allowed = shelves.filter(|shelf| waiting.new_left.left(shelf.deck) > 0);
        let mut heads: Vec<_> = allowed.filter_map(|shelf| Some((shelf, shelf.new?))).collect();
        heads.sort_by_key(|(shelf, head)| (shelf.deck, head.position, head.ordinal));
        let new = heads.into_iter().map(|(shelf, head)| {
            let task = self.task(shelf.deck, shelf.task.as_deref());
            ((head.id, shelf, task), task.map(str::to_owned))
        });
        let first =
            self.order_of_new().introduce(new.collect(), &queue.introduced).into_iter().next();
        first.map(|(card, shelf, task)| (Next::of(card, shelf, Head::New), task))
    }
}
