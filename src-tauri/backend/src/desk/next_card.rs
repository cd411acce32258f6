//! Which card comes next.

use super::study_day::{Day, LEARN_AHEAD_MS, Waiting};
use crate::store::Queue;

impl Day {
    /// The next card: a due step, then the review most worth, then a new card within today's
    /// limits, then a step that is nearly due. With an exam ahead a new card comes before reviews
    /// that are worth less.
    pub(super) fn next_card(&self, queue: &Queue, waiting: &Waiting<'_>) -> Option<i64> {
        let step_by = |by_ms| queue.first_step.filter(|step| step.1 <= by_ms).map(|step| step.0);
        if let Some(card) = step_by(self.now_ms) {
            return Some(card);
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
            (review, new) => review.map(|(card, _)| card).or(new.map(|(card, _)| card)),
        };
        next.or_else(|| step_by(self.now_ms + LEARN_AHEAD_MS))
    }

    /// The review most worth, with its worth; the longest due among equals.
    fn best_review(&self, queue: &Queue, waiting: &Waiting<'_>) -> Option<(i64, f32)> {
        let shelves = queue.shelves.values();
        let ranked = shelves.filter_map(|shelf| {
            let head = shelf.review?;
            if waiting.reviews_left.left(shelf.deck) == 0 {
                return None;
            }
            let order = self.order(shelf.deck);
            let task = self.task(shelf.deck, shelf.task.as_deref());
            let worth = order.worth(head.memory, head.last_day, task);
            Some((worth, head.due_day, head.id))
        });
        let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        best.map(|(worth, _, card)| (card, worth))
    }

    /// The new card that comes next, with its task: the first that today brings, found among the
    /// first of each task of each deck.
    fn first_introduced<'a>(
        &'a self,
        queue: &'a Queue,
        waiting: &Waiting<'_>,
    ) -> Option<(i64, Option<&'a str>)> {
        let shelves = queue.shelves.values();
        let allowed = shelves.filter(|shelf| waiting.new_left.left(shelf.deck) > 0);
        let mut heads: Vec<_> =
            allowed.filter_map(|shelf| Some((shelf.deck, shelf.new?, &shelf.task))).collect();
        heads.sort_by_key(|(deck, head, _)| (*deck, head.position, head.ordinal));
        let new = heads.into_iter().map(|(deck, head, task)| {
            let task = self.task(deck, task.as_deref());
            ((head.id, task), task.map(str::to_owned))
        });
        self.order_of_new().introduce(new.collect(), &queue.introduced).into_iter().next()
    }
}
