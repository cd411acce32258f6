//! The quotas to try, the seed's own first.

use super::pool::Pool;
use crate::blueprint::Blueprint;
use crate::exam::PaperSize;
use crate::exam::quota::{DomainQuota, domain_quota, domain_shares, task_turn};

/// How many ways to hand out the odd items are tried before the bank is called too short.
const MAX_PLANS: usize = 256;

/// Quotas, by the blueprint's names and by place in the pool.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) quotas: Vec<DomainQuota>,
    /// Items of each task.
    pub(super) items: Vec<u32>,
    /// Scored items of each task.
    pub(super) scored: Vec<u32>,
}

impl Plan {
    pub(super) fn new(quotas: Vec<DomainQuota>) -> Self {
        let tasks = || quotas.iter().flat_map(|domain| &domain.tasks);
        let items = tasks().map(|task| task.items).collect();
        let scored = tasks().map(|task| task.scored).collect();
        Self { quotas, items, scored }
    }

    /// The quotas of the seed, then those with the odd items handed out in another turn, as far
    /// as each task has enough items; those that need fewer items seen before come first. Empty when the bank is too small for all of them.
    pub(super) fn all<'a>(
        blueprint: &'a Blueprint,
        pool: &'a Pool<'_>,
        size: PaperSize,
        seed: u64,
    ) -> impl Iterator<Item = Self> + 'a {
        let turns = 0..u64::try_from(blueprint.domains.len().max(1)).unwrap_or(1);
        let mut tried: Vec<Vec<(u32, u32)>> = Vec::new();
        turns
            .filter_map(move |turn| {
                let shares = domain_shares(blueprint, size, seed.wrapping_add(turn));
                if tried.contains(&shares) {
                    return None;
                }
                tried.push(shares.clone());
                alternatives(blueprint, pool, &shares, seed)
            })
            .flat_map(combinations)
            .take(MAX_PLANS)
    }
}

/// For each domain its possible quotas; nothing when some domain has none.
fn alternatives(
    blueprint: &Blueprint,
    pool: &Pool<'_>,
    shares: &[(u32, u32)],
    seed: u64,
) -> Option<Vec<Vec<DomainQuota>>> {
    let mut first_task = 0;
    let mut choices = Vec::with_capacity(shares.len());
    for (domain, (items, scored)) in blueprint.domains.iter().zip(shares) {
        let enough = |quota: &DomainQuota| {
            let have = pool.by_task[first_task..].iter().map(Vec::len);
            quota.tasks.iter().zip(have).all(|(task, have)| task.items as usize <= have)
        };
        let turns = 0..u64::try_from(domain.tasks.len().max(1)).unwrap_or(1);
        let mut quotas: Vec<DomainQuota> = Vec::new();
        for turn in turns {
            let turn = task_turn(blueprint, seed).wrapping_add(turn);
            let quota = domain_quota(domain, *items, *scored, turn);
            if enough(&quota) && !quotas.contains(&quota) {
                quotas.push(quota);
            }
        }
        if quotas.is_empty() {
            return None;
        }
        // For whoever has sat before, the odd items come from the tasks with most unseen ones, so
        // that these last as long as they can; the seed decides among equals.
        if pool.age.iter().any(|age| *age > 0) {
            quotas.sort_by_key(|quota| {
                let unseen = pool.by_task[first_task..].iter().map(|items| unseen(pool, items));
                let left = quota.tasks.iter().zip(unseen).map(|(task, unseen)| {
                    let missing = u64::from(task.items.saturating_sub(unseen));
                    let left = u64::from(unseen.saturating_sub(task.items));
                    (missing, left * left)
                });
                left.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
            });
        }
        choices.push(quotas);
        first_task += domain.tasks.len();
    }
    Some(choices)
}

fn unseen(pool: &Pool<'_>, items: &[usize]) -> u32 {
    let count = items.iter().filter(|item| pool.age[**item] == 0).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// One choice from each, in every combination, like an odometer.
fn combinations(choices: Vec<Vec<DomainQuota>>) -> impl Iterator<Item = Plan> {
    let count = choices.iter().map(Vec::len).fold(1, usize::saturating_mul).min(MAX_PLANS);
    (0..count).map(move |number| {
        let mut rest = number;
        let mut quotas = Vec::with_capacity(choices.len());
        for choice in &choices {
            quotas.push(choice[rest % choice.len()].clone());
            rest /= choice.len();
        }
        Plan::new(quotas)
    })
}
