//! How many items of a paper each domain and task gets.
//!
//! The method is that of the largest remainder (Hamilton, 1792; Hare–Niemeyer): everybody gets
//! the whole part of its share, and the seats left over go to the largest fractions. It is the
//! rounding with the least sum of squared deviations, which is how it is computed here, because a
//! paper needs two roundings at once, all items and the scored ones among them, and rounding
//! them one after the other can give a domain more scored items than items.

use serde::Serialize;

use super::PaperSize;
use crate::blueprint::{Blueprint, Domain};

/// Shares closer than this to a whole number are that number: weights are decimal fractions.
const WHOLE: f64 = 1e-9;

/// What decides between equal fractions: far below any real difference between two roundings.
const TIE: f64 = 1e-9;

/// Items that a paper takes from a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TaskQuota {
    /// Task of the blueprint.
    pub task: String,
    /// Items in all.
    pub items: u32,
    /// Those of them that count.
    pub scored: u32,
}

/// Items that a paper takes from a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DomainQuota {
    /// Domain of the blueprint.
    pub domain: String,
    /// Items in all; the sum over its tasks.
    pub items: u32,
    /// Those of them that count; the sum over its tasks.
    pub scored: u32,
    /// In the order of the blueprint.
    pub tasks: Vec<TaskQuota>,
}

impl DomainQuota {
    /// Items that do not count.
    pub fn unscored(&self) -> u32 {
        self.items - self.scored
    }
}

/// The quotas of a paper: first over domains by weight, then inside each over its tasks. Sums are
/// exact and each number is less than one away from its share. Between equal fractions the odd
/// items go round with the seed, so that over many seeds each gets them equally often.
pub fn quotas(blueprint: &Blueprint, size: PaperSize, seed: u64) -> Vec<DomainQuota> {
    blueprint
        .domains
        .iter()
        .zip(domain_shares(blueprint, size, seed))
        .map(|(domain, (items, scored))| {
            domain_quota(domain, items, scored, task_turn(blueprint, seed))
        })
        .collect()
}

/// Items and scored items of each domain.
pub(crate) fn domain_shares(blueprint: &Blueprint, size: PaperSize, turn: u64) -> Vec<(u32, u32)> {
    let weights: Vec<f64> = blueprint.domains.iter().map(|domain| domain.weight).collect();
    apportion(&weights, size.items, size.scored, turn)
}

/// Divides a domain's items over its tasks.
pub(super) fn domain_quota(domain: &Domain, items: u32, scored: u32, turn: u64) -> DomainQuota {
    let weights: Vec<f64> = domain.tasks.iter().map(|task| task.weight).collect();
    let shares = apportion(&weights, items, scored, turn);
    let tasks = domain
        .tasks
        .iter()
        .zip(shares)
        .map(|(task, (items, scored))| TaskQuota { task: task.id.clone(), items, scored })
        .collect();
    DomainQuota { domain: domain.id.clone(), items, scored, tasks }
}

/// Which task's turn it is to get the odd item. Moves on by one more each time the turn of the
/// domains comes round, so that a task does not depend on its domain's turn.
pub(super) fn task_turn(blueprint: &Blueprint, seed: u64) -> u64 {
    let domains = u64::try_from(blueprint.domains.len()).unwrap_or(1).max(1);
    seed % domains + seed / domains
}

/// Rounds the shares of `items` and of `scored` so that both sums are exact, no share is off by
/// one or more, none has more scored items than items, and the sum of squared deviations is
/// least. Such a rounding exists (Bacharach 1966, Cox 1987: controlled rounding of a two-way
/// table). `turn` says who comes first among equals.
fn apportion(weights: &[f64], items: u32, scored: u32, turn: u64) -> Vec<(u32, u32)> {
    let scored = scored.min(items);
    let total: f64 = weights.iter().sum();
    let count = weights.len();
    let shares: Vec<[Share; 2]> = weights
        .iter()
        .map(|weight| if total > 0.0 { weight / total } else { 1.0 / count as f64 })
        .map(|part| [Share::of(part, items), Share::of(part, scored)])
        .collect();
    let left = |row: usize, sum: u32| {
        sum.saturating_sub(shares.iter().map(|share| share[row].whole).sum()) as usize
    };
    let (items_left, scored_left) = (left(0, items), left(1, scored));

    // best[i][s]: the cheapest way to round the shares so far with i and s of them rounded up.
    let mut best: Vec<Vec<Option<Rounding>>> = vec![vec![None; scored_left + 1]; items_left + 1];
    best[0][0] = Some(Rounding::default());
    for (index, [all, counted]) in shares.iter().enumerate() {
        let rank = (index as u64 + count as u64 - turn % count as u64) % count as u64;
        let mut next = vec![vec![None; scored_left + 1]; items_left + 1];
        for (i, row) in best.iter().enumerate() {
            for (s, rounding) in row.iter().enumerate() {
                let Some(rounding) = rounding else { continue };
                for (up, up_scored) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let fits = i + up as usize <= items_left
                        && s + up_scored as usize <= scored_left
                        && counted.whole + up_scored <= all.whole + up;
                    if fits {
                        let tie = TIE * rank as f64 * f64::from(up + up_scored);
                        let cost = all.cost(up) + counted.cost(up_scored) + tie;
                        let taken = (all.whole + up, counted.whole + up_scored);
                        rounding.extend(
                            cost,
                            taken,
                            &mut next[i + up as usize][s + up_scored as usize],
                        );
                    }
                }
            }
        }
        best = next;
    }
    best[items_left][scored_left].take().map_or_else(Vec::new, |rounding| rounding.taken)
}

/// The whole part of a share and what is left of it.
#[derive(Debug, Clone, Copy)]
struct Share {
    whole: u32,
    fraction: f64,
}

impl Share {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ share ≤ sum")]
    fn of(part: f64, sum: u32) -> Self {
        let share = part.max(0.0) * f64::from(sum);
        let whole = (share + WHOLE).floor();
        Self { whole: whole as u32, fraction: (share - whole).max(0.0) }
    }

    /// Squared deviation when `up` is added to the whole part.
    fn cost(self, up: u32) -> f64 {
        (f64::from(up) - self.fraction).powi(2)
    }
}

/// A rounding of the first few shares.
#[derive(Debug, Clone, Default)]
struct Rounding {
    cost: f64,
    taken: Vec<(u32, u32)>,
}

impl Rounding {
    /// Puts this rounding, one share longer, in `place` if it is cheaper than what is there.
    fn extend(&self, cost: f64, taken: (u32, u32), place: &mut Option<Self>) {
        let cost = self.cost + cost;
        if place.as_ref().is_none_or(|there| cost < there.cost) {
            let mut longer = self.taken.clone();
            longer.push(taken);
            *place = Some(Self { cost, taken: longer });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exam::sample;

    fn numbers(quotas: &[DomainQuota]) -> Vec<(u32, u32, u32)> {
        quotas.iter().map(|quota| (quota.items, quota.scored, quota.unscored())).collect()
    }

    #[test]
    fn the_full_paper_of_the_specialty_exam_is_divided_as_published() {
        let blueprint = sample::blueprint();
        for seed in 0..20 {
            let quotas = quotas(&blueprint, PaperSize::full(&blueprint), seed);
            assert_eq!(numbers(&quotas), [(13, 10, 3), (16, 12, 4), (23, 18, 5), (13, 10, 3)]);
        }
    }

    #[test]
    fn odd_items_go_round_with_the_seed() {
        let blueprint = sample::blueprint();
        let tasks = blueprint.domains[2].tasks.len();
        let mut extra = vec![0; tasks];
        for seed in 0..u64::try_from(4 * tasks).unwrap() {
            let quotas = quotas(&blueprint, PaperSize::full(&blueprint), seed);
            for (count, task) in extra.iter_mut().zip(&quotas[2].tasks) {
                *count += task.items - 4; // 23 over five tasks: 4.6 each
            }
        }
        assert_eq!(extra.iter().sum::<u32>(), 3 * 4 * 5);
        assert_eq!(extra, [12; 5]);
    }

    #[test]
    fn without_constraint_the_largest_remainders_win() {
        // 7 over 1:2:4 is exact; 8 gives shares 1.14, 2.29, 4.57.
        assert_eq!(apportion(&[1.0, 2.0, 4.0], 7, 7, 0), [(1, 1), (2, 2), (4, 4)]);
        assert_eq!(apportion(&[1.0, 2.0, 4.0], 8, 7, 0), [(1, 1), (2, 2), (5, 4)]);
    }

    #[test]
    fn a_domain_never_has_more_scored_items_than_items() {
        // Rounded separately, the many small shares below take two seats of 20 and none of 19.
        let mut weights = vec![0.1; 18];
        weights.extend([9.1, 9.1]);
        let seats = apportion(&weights, 20, 19, 0);
        assert_eq!(seats.iter().map(|seat| seat.0).sum::<u32>(), 20);
        assert_eq!(seats.iter().map(|seat| seat.1).sum::<u32>(), 19);
        assert!(seats.iter().all(|(items, scored)| scored <= items), "{seats:?}");
    }

    #[test]
    fn no_shares_and_no_items_are_no_problem() {
        assert!(apportion(&[], 0, 0, 3).is_empty());
        assert!(apportion(&[], 5, 5, 3).is_empty());
        assert_eq!(apportion(&[0.0, 0.0], 2, 1, 0), [(1, 1), (1, 0)]);
        assert_eq!(apportion(&[1.0, 1.0], 0, 0, 0), [(0, 0), (0, 0)]);
    }

    proptest! {
        #[test]
        fn sums_are_exact_and_each_is_within_one_of_its_share(
            weights in prop::collection::vec(0.5_f64..60.0, 1..9),
            items in 0_u32..200,
            part in 0.0_f64..=1.0,
            turn in any::<u64>(),
        ) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let scored = (f64::from(items) * part).round() as u32;
            let seats = apportion(&weights, items, scored, turn);
            prop_assert_eq!(seats.len(), weights.len());
            prop_assert_eq!(seats.iter().map(|seat| seat.0).sum::<u32>(), items);
            prop_assert_eq!(seats.iter().map(|seat| seat.1).sum::<u32>(), scored);
            let total: f64 = weights.iter().sum();
            for (weight, (all, counted)) in weights.iter().zip(&seats) {
                prop_assert!(counted <= all);
                for (sum, got) in [(items, all), (scored, counted)] {
                    let share = weight / total * f64::from(sum);
                    prop_assert!((f64::from(*got) - share).abs() < 1.0 + 1e-6);
                }
            }
        }

        #[test]
        fn quotas_of_tasks_add_up_to_their_domain(items in 1_u32..120, seed in any::<u64>()) {
            let blueprint = sample::blueprint();
            let size = PaperSize::shorter(&blueprint, items);
            for domain in quotas(&blueprint, size, seed) {
                prop_assert_eq!(domain.tasks.iter().map(|t| t.items).sum::<u32>(), domain.items);
                prop_assert_eq!(domain.tasks.iter().map(|t| t.scored).sum::<u32>(), domain.scored);
                prop_assert!(domain.tasks.iter().all(|t| t.scored <= t.items));
            }
        }
    }
}
