//! Why a paper cannot be drawn, and how long one can be.

use std::fmt;

use serde::Serialize;

use super::plan::Plan;
use super::pool::Pool;
use super::witness::{self, Budget};
use crate::blueprint::Blueprint;
use crate::exam::PaperSize;
use crate::exam::quota::{DomainQuota, quotas};

/// Where the bank is too short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Gap {
    /// Domain of the blueprint.
    pub domain: String,
    /// Task of the blueprint; none when the domain as a whole is short.
    pub task: Option<String>,
    /// Items that the paper needs from it.
    pub needed: u32,
    /// Items that the bank can give to one paper: of a set of enemies only one counts, and
    /// enemies of what tasks before it need do not count.
    pub available: u32,
}

/// The bank is too short for the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Shortfall {
    /// The paper asked for.
    pub size: PaperSize,
    /// In the order of the blueprint; a domain before its tasks. Empty only when the bank is so
    /// entangled in enemies that the search was given up.
    pub gaps: Vec<Gap>,
    /// The longest paper with the same proportions, every domain in it, that the bank allows.
    pub largest: Option<PaperSize>,
}

impl std::error::Error for Shortfall {}

/// Most gaps that a message names.
const MAX_TOLD: usize = 6;

impl Shortfall {
    /// The gaps that a message names: of a domain that is short as a whole not its tasks.
    fn told(&self) -> Vec<&Gap> {
        let is_whole = |gap: &Gap| gap.task.is_none();
        let covered = |gap: &Gap| self.gaps.iter().any(|g| is_whole(g) && g.domain == gap.domain);
        self.gaps.iter().filter(|gap| is_whole(gap) || !covered(gap)).collect()
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "There are too few questions for a paper of {}: ", self.size.items)?;
        let told = self.told();
        for (index, gap) in told.iter().take(MAX_TOLD).enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            match &gap.task {
                Some(task) => write!(f, "{comma}task {task}")?,
                None => write!(f, "{comma}domain {}", gap.domain)?,
            }
            write!(f, " needs {} and has {}", gap.needed, gap.available)?;
        }
        if told.len() > MAX_TOLD {
            write!(f, " and {} more places", told.len() - MAX_TOLD)?;
        }
        if self.gaps.is_empty() {
            f.write_str("too many of them may not stand in one paper")?;
        }
        match self.largest {
            Some(size) => {
                write!(f, "; the longest paper in the same proportions has {}", size.items)
            }
            None => write!(f, "; no shorter paper in the same proportions can be drawn either"),
        }
    }
}

/// Explains why no paper of `size` can be drawn.
pub(super) fn explain(
    blueprint: &Blueprint,
    pool: &Pool<'_>,
    size: PaperSize,
    seed: u64,
) -> Shortfall {
    let plan = Plan::new(quotas(blueprint, size, seed));
    let mut available = alone(pool, &plan);
    if available == plan.items {
        available = together(pool, &plan);
    }
    let mut gaps = Vec::new();
    let mut first = 0;
    for domain in &plan.quotas {
        let tasks = first..first + domain.tasks.len();
        gaps.extend(gaps_in(domain, &available[tasks.clone()], &pool.by_task[tasks]));
        first += domain.tasks.len();
    }
    Shortfall { size, gaps, largest: largest(blueprint, pool, size, seed) }
}

/// What each task can give when it has the paper to itself, up to its quota.
fn alone(pool: &Pool<'_>, plan: &Plan) -> Vec<u32> {
    let mut asked = vec![0; plan.items.len()];
    let mut budget = Budget::new();
    let mut available = Vec::with_capacity(asked.len());
    for (task, &quota) in plan.items.iter().enumerate() {
        available.push(most(pool, &mut asked, task, quota, &mut budget));
        asked[task] = 0;
    }
    available
}

/// What each task can give after the tasks before it got theirs, up to its quota.
fn together(pool: &Pool<'_>, plan: &Plan) -> Vec<u32> {
    let mut asked = vec![0; plan.items.len()];
    let mut budget = Budget::new();
    for (task, &quota) in plan.items.iter().enumerate() {
        most(pool, &mut asked, task, quota, &mut budget);
    }
    asked
}

/// Asks for as many items of a task as the bank can give next to what is asked already.
fn most(pool: &Pool<'_>, asked: &mut [u32], task: usize, quota: u32, budget: &mut Budget) -> u32 {
    let have = u32::try_from(pool.by_task[task].len()).unwrap_or(u32::MAX);
    asked[task] = quota.min(have);
    while asked[task] > 0 && witness::find(pool, asked, budget).is_none() {
        asked[task] -= 1;
    }
    asked[task]
}

fn gaps_in(domain: &DomainQuota, available: &[u32], bank: &[Vec<usize>]) -> Vec<Gap> {
    let have: usize = bank.iter().map(Vec::len).sum();
    let have = u32::try_from(have).unwrap_or(u32::MAX);
    let whole = (have < domain.items).then(|| Gap {
        domain: domain.domain.clone(),
        task: None,
        needed: domain.items,
        available: have,
    });
    let short = domain.tasks.iter().zip(available).filter(|(task, have)| **have < task.items);
    let parts = short.map(|(task, &have)| Gap {
        domain: domain.domain.clone(),
        task: Some(task.task.clone()),
        needed: task.items,
        available: have,
    });
    whole.into_iter().chain(parts).collect()
}

/// The longest faithful paper below `size`: quotas exact at its length, and every domain that has
/// weight in it.
fn largest(
    blueprint: &Blueprint,
    pool: &Pool<'_>,
    size: PaperSize,
    seed: u64,
) -> Option<PaperSize> {
    let have = u32::try_from(pool.items.len()).unwrap_or(u32::MAX);
    let mut budget = Budget::new();
    let faithful = |plan: &Plan| {
        let domains = blueprint.domains.iter().zip(&plan.quotas);
        domains.into_iter().all(|(domain, quota)| domain.weight <= 0.0 || quota.items > 0)
    };
    (1..size.items.min(have.saturating_add(1)))
        .rev()
        .map(|items| PaperSize::shorter(blueprint, items))
        .find(|&shorter| {
            let plans = Plan::all(blueprint, pool, shorter, seed).filter(faithful);
            witness::first(pool, plans, &mut budget).is_some()
        })
}
