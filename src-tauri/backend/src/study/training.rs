//! What FSRS learns from: a learner's own reviews.

use fsrs::{FSRSItem, FSRSReview};

use super::card::Grade;
use super::memory::days_between;

/// Fewest reviews that parameters are learned from. The crate fits all parameters from 64 reviews
/// on; with fewer than some hundreds what is fitted to one learner tends to predict worse than
/// the defaults, and 400 is what FSRS asked for in Anki while it had a limit.
pub const NEEDED: usize = 400;
/// Longest history of a card that is learned from, in reviews: as many as the crate takes.
const LONGEST: usize = 256;

/// A review as it is learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingReview {
    /// Place in the log; later is greater.
    pub id: i64,
    /// Which card.
    pub card: i64,
    /// The study day.
    pub day: i64,
    /// How the card was recalled.
    pub grade: Grade,
}

/// Reviews as the crate takes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrainingSet {
    /// One for each review that counts: the first of a card on a day later than that of the
    /// review before, with the card's history up to it. In the order of the log, because the
    /// crate gives later ones more weight.
    pub items: Vec<FSRSItem>,
    /// The card of each.
    pub cards: Vec<i64>,
}

/// Puts reviews together for training. They are given by card, in order within each.
pub fn training_set(reviews: &[TrainingReview]) -> TrainingSet {
    let mut placed: Vec<(i64, i64, FSRSItem)> = Vec::new();
    for card in reviews.chunk_by(|a, b| a.card == b.card) {
        let mut history: Vec<FSRSReview> = Vec::with_capacity(card.len().min(LONGEST));
        let mut last = None;
        for review in card.iter().take(LONGEST) {
            let delta_t = days_between(last, review.day);
            history.push(FSRSReview { rating: review.grade.rating(), delta_t });
            if delta_t > 0 {
                placed.push((review.id, review.card, FSRSItem { reviews: history.clone() }));
            }
            last = Some(review.day);
        }
    }
    placed.sort_by_key(|(id, ..)| *id);
    let (cards, items) = placed.into_iter().map(|(_, card, item)| (card, item)).unzip();
    TrainingSet { items, cards }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use crate::study::memory::{retrievability, step};

    fn review(id: i64, card: i64, day: i64, grade: Grade) -> TrainingReview {
        TrainingReview { id, card, day, grade }
    }

    #[test]
    fn the_first_review_of_a_later_day_counts_with_all_before_it() {
        let log = [
            review(1, 7, 10, Grade::Good),
            review(4, 7, 10, Grade::Good),
            review(5, 7, 13, Grade::Again),
            review(6, 7, 13, Grade::Good),
            review(2, 9, 10, Grade::Easy),
            review(3, 9, 11, Grade::Good),
        ];
        let set = training_set(&log);
        assert_eq!(set.cards, [9, 7], "in the order of the log");
        let of = |item: &FSRSItem| -> Vec<(u32, u32)> {
            item.reviews.iter().map(|r| (r.rating, r.delta_t)).collect()
        };
        assert_eq!(of(&set.items[0]), [(4, 0), (3, 1)]);
        assert_eq!(of(&set.items[1]), [(3, 0), (3, 0), (1, 3)]);
    }

    #[test]
    fn a_clock_that_was_set_back_gives_no_negative_days() {
        let log = [
            review(1, 1, 10, Grade::Good),
            review(2, 1, 8, Grade::Good),
            review(3, 1, 12, Grade::Good),
        ];
        let set = training_set(&log);
        assert_eq!(set.items.len(), 1);
        assert_eq!(set.items[0].reviews.iter().map(|r| r.delta_t).collect::<Vec<_>>(), [0, 0, 4]);
    }

    /// Parameters of a learner who forgets much sooner than the defaults have it.
    pub(crate) fn forgetful() -> Vec<f32> {
        let mut parameters = fsrs::DEFAULT_PARAMETERS.to_vec();
        for first in &mut parameters[..4] {
            *first *= 0.35;
        }
        parameters[8] -= 0.7; // stability grows less with each success
        parameters
    }

    /// Reviews of a learner with these parameters, at the intervals that the defaults give.
    pub(crate) fn simulated(parameters: &[f32], cards: i64, seed: u64) -> Vec<TrainingReview> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (truth, scheduler) = (fsrs::FSRS::new(parameters).unwrap(), fsrs::FSRS::default());
        let mut log = Vec::new();
        for card in 0..cards {
            let (mut day, mut true_memory, mut believed) = (card / 10, None, None);
            let mut wait = 0;
            for place in 0..10 {
                let recall =
                    true_memory.map_or(1.0, |m| retrievability(m, wait as f32, parameters));
                let grade = if rng.random::<f32>() < recall { Grade::Good } else { Grade::Again };
                log.push(review(card + place * cards, card, day, grade));
                true_memory = Some(step(true_memory, wait, grade, &truth).unwrap());
                let memory = step(believed, wait, grade, &scheduler).unwrap();
                believed = Some(memory);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "small"
                )]
                let next = memory.stability.round().clamp(1.0, 400.0) as u32;
                wait = next;
                day += i64::from(wait);
            }
        }
        log
    }

    #[test]
    fn what_is_learned_predicts_a_learner_better_than_the_defaults_and_is_the_same_each_time() {
        let set = training_set(&simulated(&forgetful(), 150, 11));
        let learn = || {
            let input = fsrs::ComputeParametersInput {
                train_set: set.items.clone(),
                card_ids: Some(set.cards.clone()),
                ..fsrs::ComputeParametersInput::default()
            };
            fsrs::compute_parameters(input).unwrap()
        };
        let learned = learn();
        assert_eq!(learned, learn(), "the crate's shuffles have a fixed seed");
        // Reviews that it has not seen, of the same learner.
        let unseen = training_set(&simulated(&forgetful(), 150, 12));
        let loss = |parameters: &[f32]| {
            let model = fsrs::FSRS::new(parameters).unwrap();
            model.evaluate(unseen.items.clone(), |_| true).unwrap().log_loss
        };
        let (before, after, best) = (loss(&[]), loss(&learned), loss(&forgetful()));
        assert!(after - best < 0.6 * (before - best), "{before} {after} {best}");
    }
}
