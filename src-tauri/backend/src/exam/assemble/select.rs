//! The items that stand in the paper.

use super::pool::Pool;

/// Items chosen so far; no two of them are enemies.
#[derive(Debug, Clone)]
pub(super) struct Selection<'p> {
    pub(super) pool: &'p Pool<'p>,
    chosen: Vec<bool>,
    /// For each item how many of its enemies are chosen.
    hits: Vec<u32>,
    /// Chosen items of each task.
    pub(super) by_task: Vec<Vec<usize>>,
}

impl<'p> Selection<'p> {
    pub(super) fn new(pool: &'p Pool<'p>, items: &[usize]) -> Self {
        let count = pool.items.len();
        let by_task = vec![Vec::new(); pool.by_task.len()];
        let mut selection =
            Self { pool, chosen: vec![false; count], hits: vec![0; count], by_task };
        for &item in items {
            selection.add(item);
        }
        selection
    }

    pub(super) fn has(&self, item: usize) -> bool {
        self.chosen[item]
    }

    /// Whether it is not here and meets no enemy here.
    pub(super) fn can_join(&self, item: usize) -> bool {
        !self.chosen[item] && self.hits[item] == 0
    }

    /// Whether `new` can stand here when `old` goes.
    pub(super) fn can_replace(&self, old: usize, new: usize) -> bool {
        let enemies = self.pool.enemies[old].binary_search(&new).is_ok();
        !self.chosen[new] && self.hits[new] == u32::from(enemies)
    }

    pub(super) fn add(&mut self, item: usize) {
        self.chosen[item] = true;
        self.by_task[self.pool.task[item]].push(item);
        for &enemy in &self.pool.enemies[item] {
            self.hits[enemy] += 1;
        }
    }

    pub(super) fn remove(&mut self, item: usize) {
        self.chosen[item] = false;
        self.by_task[self.pool.task[item]].retain(|&other| other != item);
        for &enemy in &self.pool.enemies[item] {
            self.hits[enemy] -= 1;
        }
    }
}

/// How stale a paper is: the number of its items seen before, then the sum of their ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Staleness {
    seen: usize,
    ages: u64,
}

impl Staleness {
    pub(super) fn of(pool: &Pool<'_>, items: &[usize]) -> Self {
        let ages = items.iter().map(|&item| u64::from(pool.age[item]));
        Self { seen: ages.clone().filter(|&age| age > 0).count(), ages: ages.sum() }
    }
}
