//! The freshest paper: branch and bound over the enemies that meet in it.
//!
//! Without enemies the freshest paper is plain: the freshest items of each task. Where two enemies
//! meet in it, either one of them stands and all its enemies do not, or it does not stand; each
//! case is again a plain paper with fewer items to choose from, and never fresher. Real papers
//! have a handful of such meetings.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::plan::Plan;
use super::pool::Pool;
use super::select::{Selection, Staleness};

/// Cases looked at before the freshest paper found so far is taken.
const MAX_CASES: u32 = 4_000;
/// Meetings settled at a time; real papers have far fewer.
const MAX_DEPTH: u32 = 200;

/// A selection that meets the quotas and is as fresh as enemies allow: as few items seen before
/// as possible, then those seen longest ago. Among equally fresh ones chance decides. `core` are
/// contested items with which the quotas can be met.
pub(super) fn freshest<'p>(
    pool: &'p Pool<'p>,
    plan: &Plan,
    core: &[usize],
    rng: &mut ChaCha8Rng,
) -> Selection<'p> {
    let mut order: Vec<usize> = (0..pool.items.len()).collect();
    order.shuffle(rng);
    order.sort_by_key(|&item| pool.age[item]);
    let mut by_task = vec![Vec::new(); pool.by_task.len()];
    for item in order {
        by_task[pool.task[item]].push(item);
    }
    let mut search = Search {
        pool,
        quotas: &plan.items,
        by_task,
        forced: vec![false; pool.items.len()],
        barred: vec![0; pool.items.len()],
        best: None,
        cases: 0,
    };
    search.run(0);
    let found = search.best.map(|(_, items)| items);
    let items = found.unwrap_or_else(|| fill_around(pool, plan, core, &search.by_task));
    Selection::new(pool, &items)
}

/// A paper around the core, each task filled with its freshest items that meet no enemy: always
/// there, not always the freshest.
fn fill_around(pool: &Pool<'_>, plan: &Plan, core: &[usize], by_task: &[Vec<usize>]) -> Vec<usize> {
    let mut selection = Selection::new(pool, core);
    for (task, items) in by_task.iter().enumerate() {
        for &item in items {
            let room = selection.by_task[task].len() < plan.items[task] as usize;
            if room && selection.can_join(item) {
                selection.add(item);
            }
        }
    }
    selection.by_task.concat()
}

struct Search<'p> {
    pool: &'p Pool<'p>,
    quotas: &'p [u32],
    /// Items of each task, freshest first, chance among equals.
    by_task: Vec<Vec<usize>>,
    /// Items that stand in this case.
    forced: Vec<bool>,
    /// For each item the number of reasons why it does not stand in this case.
    barred: Vec<u32>,
    best: Option<(Staleness, Vec<usize>)>,
    cases: u32,
}

impl Search<'_> {
    fn run(&mut self, depth: u32) {
        self.cases += 1;
        if self.cases > MAX_CASES || depth > MAX_DEPTH {
            return;
        }
        let Some(paper) = self.plain_paper() else { return };
        let staleness = Staleness::of(self.pool, &paper);
        if self.best.as_ref().is_some_and(|(best, _)| *best <= staleness) {
            return;
        }
        let Some(item) = self.meeting(&paper) else {
            self.best = Some((staleness, paper));
            return;
        };
        let pool = self.pool;
        self.forced[item] = true;
        for &enemy in &pool.enemies[item] {
            self.barred[enemy] += 1;
        }
        self.run(depth + 1);
        self.forced[item] = false;
        for &enemy in &pool.enemies[item] {
            self.barred[enemy] -= 1;
        }
        self.barred[item] += 1;
        self.run(depth + 1);
        self.barred[item] -= 1;
    }

    /// The freshest paper of this case if enemies could meet; none when a task runs out of items.
    fn plain_paper(&self) -> Option<Vec<usize>> {
        let mut paper = Vec::new();
        for (items, &quota) in self.by_task.iter().zip(self.quotas) {
            let quota = quota as usize;
            let forced = items.iter().filter(|&&item| self.forced[item]);
            let open = items.iter().filter(|&&item| !self.forced[item] && self.barred[item] == 0);
            let before = paper.len();
            paper.extend(forced.chain(open).take(quota));
            if paper.len() < before + quota {
                return None;
            }
        }
        // An item that must stand but found no room makes the case impossible.
        let room = |item: &usize| !self.forced[*item] || paper.contains(item);
        self.by_task.iter().flatten().all(room).then_some(paper)
    }

    /// Of the items that meet an enemy in the paper the one with the fewest enemies.
    fn meeting(&self, paper: &[usize]) -> Option<usize> {
        let mut stands = vec![false; self.pool.items.len()];
        for &item in paper {
            stands[item] = true;
        }
        let enemies = |item: usize| &self.pool.enemies[item];
        let meets = |item: usize| enemies(item).iter().any(|&enemy| stands[enemy]);
        paper.iter().copied().filter(|&i| meets(i)).min_by_key(|&item| (enemies(item).len(), item))
    }
}
