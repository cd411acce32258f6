//! Whether quotas can be met without two enemies meeting.
//!
//! This asks for an independent set with quotas, which is hard in general and easy in real decks:
//! most items have no enemies, and a task whose free items fill its quota constrains nothing. Only
//! the tasks that must use contested items are searched, by branch and bound.

use super::plan::Plan;
use super::pool::Pool;

/// A task with this many more groups than it needs is not tight.
const ROOM_ENOUGH: usize = 8;

/// Work that a search may do, in comparisons of items. Real decks need next to none; a deck that
/// needs more is taken to be too short, so that no deck can stall the app.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// For one question to the bank.
    pub(super) fn new() -> Self {
        Self(1_000_000)
    }

    /// Whether nothing is left.
    pub(super) fn is_spent(&self) -> bool {
        self.0 == 0
    }

    fn spend(&mut self, looks: usize) {
        self.0 = self.0.saturating_sub(looks);
    }
}

/// The first of these plans that can be met, with the items that [`find`] gives for it.
pub(super) fn first(
    pool: &Pool<'_>,
    plans: impl Iterator<Item = Plan>,
    budget: &mut Budget,
) -> Option<(Vec<usize>, Plan)> {
    for plan in plans {
        if let Some(core) = find(pool, &plan.items, budget) {
            return Some((core, plan));
        }
        if budget.is_spent() {
            return None;
        }
    }
    None
}

/// Contested items that have to stand in the paper so that the free ones fill the rest of each
/// task's quota; none when there is no such paper, or the budget ran out.
pub(super) fn find(pool: &Pool<'_>, quotas: &[u32], budget: &mut Budget) -> Option<Vec<usize>> {
    if budget.is_spent() {
        return None;
    }
    budget.spend(pool.items.len());
    let wanted = |item: usize| quotas[pool.task[item]] > 0;
    let contested =
        |item: usize| wanted(item) && pool.enemies[item].iter().any(|&enemy| wanted(enemy));
    let lacking: Vec<usize> = pool
        .by_task
        .iter()
        .zip(quotas)
        .map(|(items, &quota)| {
            let free = items.iter().filter(|&&item| !contested(item)).count();
            (quota as usize).saturating_sub(free)
        })
        .collect();
    let open = |item: usize| contested(item) && lacking[pool.task[item]] > 0;
    let mut search = Search {
        pool,
        closed: (0..pool.items.len()).map(|item| u32::from(!open(item))).collect(),
        lacking,
        taken: Vec::new(),
        budget,
    };
    search.run().then_some(search.taken)
}

struct Search<'p> {
    pool: &'p Pool<'p>,
    /// For each item the number of reasons why it cannot be taken.
    closed: Vec<u32>,
    /// Contested items that each task still needs.
    lacking: Vec<usize>,
    taken: Vec<usize>,
    budget: &'p mut Budget,
}

/// Where the search stands.
enum Tightest {
    /// This task has the least room.
    Task(usize),
    /// Nothing is lacking.
    Filled,
    /// What is lacking cannot be filled.
    Hopeless,
}

impl Search<'_> {
    /// Fills what is lacking: takes an item of the tightest task, the freshest with the fewest
    /// enemies, and goes on; when that fails,
    /// does without the item.
    fn run(&mut self) -> bool {
        let mut without = Vec::new();
        let found = loop {
            if self.budget.is_spent() {
                break false;
            }
            let task = match self.tightest() {
                Tightest::Task(task) => task,
                Tightest::Filled => break true,
                Tightest::Hopeless => break false,
            };
            let open = self.pool.by_task[task].iter().filter(|&&item| self.closed[item] == 0);
            let by_degree = open.map(|&item| (self.pool.age[item], self.open_enemies(item), item));
            let Some((_, degree, item)) = by_degree.min() else { break false };
            if self.take(task, item) {
                break true;
            }
            if degree == 0 {
                break false; // doing without an item that blocks nothing cannot help
            }
            self.closed[item] += 1;
            without.push(item);
        };
        for item in without {
            self.closed[item] -= 1;
        }
        found
    }

    /// Whether what is lacking can be filled with this item.
    fn take(&mut self, task: usize, item: usize) -> bool {
        self.close_with_enemies(item, true);
        self.taken.push(item);
        self.lacking[task] -= 1;
        if self.run() {
            return true;
        }
        self.lacking[task] += 1;
        self.taken.pop();
        self.close_with_enemies(item, false);
        false
    }

    /// The task with the least room, if each can still be filled and all of them together.
    fn tightest(&mut self) -> Tightest {
        let mut tightest: Option<(usize, usize)> = None;
        let mut all = Vec::new();
        for task in 0..self.lacking.len() {
            let lacking = self.lacking[task];
            if lacking == 0 {
                continue;
            }
            let items = self.pool.by_task[task].iter().copied();
            let open: Vec<usize> = items.filter(|&item| self.closed[item] == 0).collect();
            let groups = self.cliques(&open, lacking + ROOM_ENOUGH);
            let Some(room) = groups.checked_sub(lacking) else { return Tightest::Hopeless };
            if tightest.is_none_or(|(least, _)| room < least) {
                tightest = Some((room, task));
            }
            all.extend(open);
        }
        let sum = self.lacking.iter().sum();
        if self.cliques(&all, sum) < sum {
            return Tightest::Hopeless;
        }
        tightest.map_or(Tightest::Filled, |(_, task)| Tightest::Task(task))
    }

    /// An upper bound of how many of these items can stand together, as far as `enough`: the
    /// number of groups of mutual enemies that they fall into, made greedily.
    fn cliques(&mut self, items: &[usize], enough: usize) -> usize {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &item in items {
            if groups.len() >= enough {
                break;
            }
            self.budget.spend(1 + groups.len());
            let enemies = &self.pool.enemies[item];
            let joins = |group: &&mut Vec<usize>| {
                group.iter().all(|member| enemies.binary_search(member).is_ok())
            };
            match groups.iter_mut().find(joins) {
                Some(group) => group.push(item),
                None => groups.push(vec![item]),
            }
        }
        groups.len()
    }

    fn open_enemies(&self, item: usize) -> usize {
        self.pool.enemies[item].iter().filter(|&&enemy| self.closed[enemy] == 0).count()
    }

    fn close_with_enemies(&mut self, item: usize, close: bool) {
        let pool = self.pool;
        for &other in pool.enemies[item].iter().chain([&item]) {
            let reasons = self.closed[other];
            self.closed[other] = if close { reasons + 1 } else { reasons - 1 };
        }
    }
}
