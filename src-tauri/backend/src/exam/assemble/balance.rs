//! Makes papers of one bank alike: exchanges equally fresh items inside a task until the mix of
//! difficulty, the shares of multiple response, orders and matches, the company of case questions,
//! the spread of concepts and above all the expected score at the cut cannot be brought nearer to
//! their targets by one exchange.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::cut::Cut;
use super::plan::Plan;
use super::pool::Pool;
use super::select::Selection;
use crate::blueprint::Blueprint;
use crate::deck::{Difficulty, ItemId, ResponseKind};
use crate::exam::BankItem;

/// Shares of the levels, easiest first, that a paper and each task of it aim at.
const MIX: [f64; 3] = [0.25, 0.5, 0.25];

/// What one squared item of deviation costs, by what deviates.
const WEIGHT_TASK_MIX: f64 = 1.0;
const WEIGHT_FORM_MIX: f64 = 0.5;
const WEIGHT_KIND: f64 = 1.0;
const WEIGHT_EXPECTED: f64 = 30.0;
/// What a question costs that stands in the paper without the others of its case.
const WEIGHT_LONE_CASE: f64 = 6.0;
/// What a pair of items with the same concept costs, for a concept that a paper is expected to
/// hold once or less; proportionally less for concepts that stand everywhere.
const WEIGHT_TAG_PAIR: f64 = 0.3;

/// Each item costs a random amount up to this, anew for each paper. Without it the few items with
/// the rarest concepts would stand in most papers.
const CHANCE: f64 = 2.0;

/// Smallest gain worth an exchange.
const MIN_GAIN: f64 = 1e-6;
/// Most passes over the paper; a handful are enough.
const MAX_PASSES: usize = 25;

/// Balances the selection and says which of its items count (by place in the pool).
pub(super) fn balance(
    selection: &mut Selection<'_>,
    plan: &Plan,
    blueprint: &Blueprint,
    cut: Cut,
    rng: &mut ChaCha8Rng,
) -> Vec<bool> {
    let mut tally = Tally::new(selection.pool, plan, blueprint, cut, rng);
    let mut scored = count_most_answered(selection, plan, rng);
    for &item in selection.by_task.iter().flatten() {
        tally.add(item, scored[item], 1);
    }
    let mut order: Vec<usize> = selection.by_task.iter().flatten().copied().collect();
    for _ in 0..MAX_PASSES {
        order.shuffle(rng);
        let mut changed = false;
        for place in &mut order {
            if let Some(exchange) = best_exchange(selection, &scored, &mut tally, *place, rng) {
                exchange.make(selection, &mut scored, &mut tally, place);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    scored
}

/// In each task the items answered least often do not count: they are there to be tried out.
fn count_most_answered(
    selection: &mut Selection<'_>,
    plan: &Plan,
    rng: &mut ChaCha8Rng,
) -> Vec<bool> {
    let pool = selection.pool;
    let mut scored = vec![false; pool.items.len()];
    for (items, &count) in selection.by_task.iter_mut().zip(&plan.scored) {
        items.shuffle(rng);
        items.sort_by_key(|&item| std::cmp::Reverse(pool.items[item].times_answered));
        for &item in items.iter().take(count as usize) {
            scored[item] = true;
        }
    }
    scored
}

/// One exchange inside a task.
#[derive(Debug, Clone, Copy)]
enum Exchange {
    /// The item leaves the paper and another takes its place, counted or not.
    Replace { old: usize, new: usize },
    /// Of two items of the paper the other one counts now.
    Count { old: usize, new: usize },
}

/// The exchange of `item` that gains most, if one gains. Only items that are equally fresh and
/// equally often answered are exchanged, so that freshness and the choice of unscored items stand.
fn best_exchange(
    selection: &Selection<'_>,
    scored: &[bool],
    tally: &mut Tally<'_>,
    item: usize,
    rng: &mut ChaCha8Rng,
) -> Option<Exchange> {
    let pool = selection.pool;
    let others = &pool.by_task[pool.task[item]];
    let before = tally.cost();
    let mut best = (MIN_GAIN, None);
    let start = rng.random_range(0..others.len().max(1)); // so that equals have equal chances
    for &new in others[start..].iter().chain(&others[..start]) {
        let alike = pool.age[new] == pool.age[item]
            && pool.items[new].times_answered == pool.items[item].times_answered;
        let exchange = if alike && selection.can_replace(item, new) {
            Exchange::Replace { old: item, new }
        } else if alike && selection.has(new) && scored[item] && !scored[new] {
            Exchange::Count { old: item, new }
        } else {
            continue;
        };
        exchange.count(tally, scored[item], 1);
        let gain = before - tally.cost();
        exchange.count(tally, scored[item], -1);
        if gain > best.0 {
            best = (gain, Some(exchange));
        }
    }
    best.1
}

impl Exchange {
    /// Counts the exchange (`sign` 1) or takes it back (−1).
    fn count(self, tally: &mut Tally<'_>, old_scored: bool, sign: i32) {
        match self {
            Self::Replace { old, new } => {
                tally.add(old, old_scored, -sign);
                tally.add(new, old_scored, sign);
            }
            Self::Count { old, new } => {
                tally.count(old, -sign);
                tally.count(new, sign);
            }
        }
    }

    fn make(
        self,
        selection: &mut Selection<'_>,
        scored: &mut [bool],
        tally: &mut Tally<'_>,
        place: &mut usize,
    ) {
        let (Self::Replace { old, new } | Self::Count { old, new }) = self;
        self.count(tally, scored[old], 1);
        scored.swap(old, new);
        if matches!(self, Self::Replace { .. }) {
            selection.remove(old);
            selection.add(new);
            *place = new;
        }
    }
}

/// What a paper holds, against what it aims at.
struct Tally<'p> {
    pool: &'p Pool<'p>,
    /// Chance at the cut, of each item.
    chance: Vec<f64>,
    /// What chance makes each item cost.
    price: Vec<f64>,
    /// Case of each item, of the cases with more than one question in the pool.
    case: Vec<Option<usize>>,
    /// Concepts of each item.
    tags: Vec<Vec<usize>>,
    /// What a pair of items with it costs, of each concept.
    tag_price: Vec<f64>,
    task_target: Vec<[f64; 3]>,
    form_target: [f64; 3],
    /// Items of each kind, for the kinds whose share the blueprint gives.
    kind_target: Vec<(ResponseKind, f64)>,
    expected_target: f64,

    task_levels: Vec<[i32; 3]>,
    scored_levels: [i32; 3],
    kinds: Vec<i32>,
    /// Chosen questions of each case.
    case_count: Vec<i32>,
    lone_cases: i32,
    expected: f64,
    tag_count: Vec<i32>,
    task_cost: f64,
    tag_cost: f64,
    chance_cost: f64,
}

impl<'p> Tally<'p> {
    fn new(
        pool: &'p Pool<'p>,
        plan: &Plan,
        blueprint: &Blueprint,
        cut: Cut,
        rng: &mut ChaCha8Rng,
    ) -> Self {
        let items: u32 = plan.items.iter().sum();
        let scored = f64::from(plan.scored.iter().sum::<u32>());
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut tag_uses: Vec<f64> = Vec::new();
        let tags: Vec<Vec<usize>> = pool
            .items
            .iter()
            .map(|item| {
                let name = |tag: &'p String| {
                    let next = names.len();
                    let name = *names.entry(tag).or_insert(next);
                    tag_uses.resize(names.len(), 0.0);
                    tag_uses[name] += 1.0;
                    name
                };
                item.tags.iter().map(name).collect()
            })
            .collect();
        let part = f64::from(items) / pool.items.len().max(1) as f64;
        let case = cases(pool);
        let kind_target = [
            (ResponseKind::Multiple, Some(blueprint.multiple_response_share)),
            (ResponseKind::Ordering, blueprint.ordering_share),
            (ResponseKind::Matching, blueprint.matching_share),
        ]
        .into_iter()
        .filter_map(|(kind, share)| Some((kind, share? * f64::from(items))))
        .collect::<Vec<_>>();
        let task_target: Vec<[f64; 3]> =
            plan.items.iter().map(|&quota| MIX.map(|share| share * f64::from(quota))).collect();
        Self {
            pool,
            chance: pool
                .items
                .iter()
                .map(|item| cut.chance(item.difficulty, item.floor()))
                .collect(),
            tag_price: tag_uses
                .iter()
                .map(|uses| WEIGHT_TAG_PAIR / (uses * part).max(1.0))
                .collect(),
            tag_count: vec![0; tag_uses.len()],
            tags,
            task_levels: vec![[0; 3]; task_target.len()],
            task_cost: task_target.iter().map(|target| deviation(&[0; 3], target)).sum(),
            task_target,
            form_target: MIX.map(|share| share * scored),
            kinds: vec![0; kind_target.len()],
            case_count: vec![0; case.iter().flatten().count()],
            lone_cases: 0,
            case,
            kind_target,
            expected_target: cut.share * scored,
            scored_levels: [0; 3],
            expected: 0.0,
            tag_cost: 0.0,
            price: pool.items.iter().map(|_| CHANCE * rng.random::<f64>()).collect(),
            chance_cost: 0.0,
        }
    }

    fn level(&self, item: usize) -> usize {
        match self.pool.items[item].difficulty {
            Difficulty::Easy => 0,
            Difficulty::Medium => 1,
            Difficulty::Hard => 2,
        }
    }

    /// Puts an item into the paper (`sign` 1) or takes it out (−1).
    fn add(&mut self, item: usize, scored: bool, sign: i32) {
        let (task, level) = (self.pool.task[item], self.level(item));
        self.task_cost -= deviation(&self.task_levels[task], &self.task_target[task]);
        self.task_levels[task][level] += sign;
        self.task_cost += deviation(&self.task_levels[task], &self.task_target[task]);
        for (count, (kind, _)) in self.kinds.iter_mut().zip(&self.kind_target) {
            if self.pool.items[item].kind == *kind {
                *count += sign;
            }
        }
        if let Some(case) = self.case[item] {
            let count = &mut self.case_count[case];
            self.lone_cases -= i32::from(*count == 1);
            *count += sign;
            self.lone_cases += i32::from(*count == 1);
        }
        for &tag in &self.tags[item] {
            // n(n − 1)/2 pairs: the n-th adds n − 1 of them, and takes them along when it goes.
            let others = if sign > 0 { self.tag_count[tag] } else { self.tag_count[tag] - 1 };
            self.tag_cost += f64::from(sign * others) * self.tag_price[tag];
            self.tag_count[tag] += sign;
        }
        self.chance_cost += f64::from(sign) * self.price[item];
        if scored {
            self.count(item, sign);
        }
    }

    /// Counts an item of the paper as scored (`sign` 1) or no longer (−1).
    fn count(&mut self, item: usize, sign: i32) {
        let level = self.level(item);
        self.scored_levels[level] += sign;
        self.expected += f64::from(sign) * self.chance[item];
    }

    fn kind_cost(&self) -> f64 {
        let kinds = self.kinds.iter().zip(&self.kind_target);
        kinds.map(|(&count, (_, target))| (f64::from(count) - target).powi(2)).sum()
    }

    fn cost(&self) -> f64 {
        WEIGHT_TASK_MIX * self.task_cost
            + WEIGHT_FORM_MIX * deviation(&self.scored_levels, &self.form_target)
            + WEIGHT_KIND * self.kind_cost()
            + WEIGHT_LONE_CASE * f64::from(self.lone_cases)
            + WEIGHT_EXPECTED * (self.expected - self.expected_target).powi(2)
            + self.tag_cost
            + self.chance_cost
    }
}

/// The case of each item by number; none for items that are alone in theirs.
fn cases(pool: &Pool<'_>) -> Vec<Option<usize>> {
    let mut sizes: BTreeMap<&ItemId, usize> = BTreeMap::new();
    for case in pool.items.iter().filter_map(|item| item.case.as_ref()) {
        *sizes.entry(case).or_default() += 1;
    }
    let shared = sizes.into_iter().filter(|(_, size)| *size > 1).map(|(case, _)| case);
    let numbers: BTreeMap<&ItemId, usize> = shared.zip(0..).collect();
    let number = |item: &&BankItem| numbers.get(item.case.as_ref()?).copied();
    pool.items.iter().map(number).collect()
}

fn deviation(counts: &[i32; 3], target: &[f64; 3]) -> f64 {
    counts.iter().zip(target).map(|(&count, target)| (f64::from(count) - target).powi(2)).sum()
}
