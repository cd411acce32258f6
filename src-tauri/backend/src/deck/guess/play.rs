//! Marking a guess at one question.

/// How a guess at one question went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    /// The chance that the guess is exactly the keys: 0 or 1, or between where the guesser likes
    /// several options alike and picks among these at random.
    pub(super) right: f64,
    /// The chance that as many options picked at random are exactly the keys.
    pub(super) chance: f64,
    /// Whether the guesser had a favourite, and did not have to pick at random.
    pub(super) decided: bool,
}

/// Picks as many options as there are keys, best liked first. The stem says how many there are.
pub(super) fn play(scores: &[f64], keys: &[bool]) -> Outcome {
    let count = keys.iter().filter(|&&key| key).count();
    let chance = 1.0 / combinations(keys.len(), count);
    let mut order = scores.to_vec();
    order.sort_by(|a, b| b.total_cmp(a));
    // The score of the last option that is picked: those above it are sure to be.
    let Some(&last) = count.checked_sub(1).and_then(|last| order.get(last)) else {
        return Outcome { right: chance, chance, decided: false };
    };
    let (mut sure, mut tied, mut tied_keys, mut wrong) = (0, 0, 0, false);
    for (score, &key) in scores.iter().zip(keys) {
        match score.total_cmp(&last) {
            std::cmp::Ordering::Greater => {
                sure += 1;
                wrong |= !key;
            }
            std::cmp::Ordering::Equal => {
                tied += 1;
                tied_keys += usize::from(key);
            }
            std::cmp::Ordering::Less => wrong |= key,
        }
    }
    let left = count - sure;
    wrong |= tied_keys != left;
    let right = if wrong { 0.0 } else { 1.0 / combinations(tied, left) };
    Outcome { right, chance, decided: tied == left }
}

/// How many sets of `k` there are among `n`.
fn combinations(n: usize, k: usize) -> f64 {
    (0..k.min(n - k.min(n))).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chance_is_one_over_the_number_of_answers() {
        for (n, k, answers) in [(4, 1, 4.0), (5, 2, 10.0), (6, 3, 20.0), (10, 5, 252.0)] {
            assert!((combinations(n, k) - answers).abs() < 1e-9);
        }
    }

    #[test]
    fn the_favourites_are_picked_and_only_all_keys_are_right() {
        let keys = [true, false, true, false, false];
        let right = |scores: &[f64]| play(scores, &keys).right;
        assert!((right(&[3.0, 1.0, 2.0, 0.0, 0.0]) - 1.0).abs() < 1e-9);
        assert!(right(&[3.0, 2.0, 1.0, 0.0, 0.0]).abs() < 1e-9);
        // One is sure, the other is one of two.
        assert!((right(&[3.0, 1.0, 1.0, 0.0, 0.0]) - 0.5).abs() < 1e-9);
        assert!(!play(&[3.0, 1.0, 1.0, 0.0, 0.0], &keys).decided);
        // A sure one is wrong.
        assert!(right(&[1.0, 3.0, 1.0, 0.0, 0.0]).abs() < 1e-9);
    }

    fn questions() -> impl Strategy<Value = (Vec<u8>, usize)> {
        (2_usize..8).prop_flat_map(|n| (prop::collection::vec(0_u8..4, n), 1..n))
    }

    proptest! {
        /// Whatever a guesser likes: over all places that keys can have, it does as chance does.
        #[test]
        fn no_guesser_beats_chance_over_all_places_of_keys((scores, count) in questions()) {
            let scores: Vec<f64> = scores.into_iter().map(f64::from).collect();
            let n = scores.len();
            let (mut sum, mut sets) = (0.0, 0.0);
            for set in (0_u32..1 << n).filter(|set| set.count_ones() as usize == count) {
                let keys: Vec<bool> = (0..n).map(|option| set >> option & 1 == 1).collect();
                let outcome = play(&scores, &keys);
                prop_assert!((0.0..=1.0).contains(&outcome.right));
                sum += outcome.right;
                sets += 1.0;
            }
            prop_assert!((sum - 1.0).abs() < 1e-9);
            prop_assert!((sets - combinations(n, count)).abs() < 1e-9);
        }

        #[test]
        fn who_likes_all_alike_does_as_chance((scores, count) in questions()) {
            let keys: Vec<bool> = (0..scores.len()).map(|option| option < count).collect();
            let outcome = play(&vec![0.0; keys.len()], &keys);
            prop_assert!((outcome.right - outcome.chance).abs() < 1e-12);
        }
    }
}
