//! The bank, indexed for assembly.

use std::collections::{BTreeMap, BTreeSet};

use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::BankItem;

const MS_PER_DAY: i64 = 86_400_000;

/// The items that can stand in a paper of one exam, in the order of their ids. Items are named by
/// their place here, tasks by their place in the blueprint.
#[derive(Debug)]
pub(super) struct Pool<'a> {
    pub(super) items: Vec<&'a BankItem>,
    /// Task of each item.
    pub(super) task: Vec<usize>,
    /// Items of each task, ascending.
    pub(super) by_task: Vec<Vec<usize>>,
    /// Enemies of each item, ascending, mutual.
    pub(super) enemies: Vec<Vec<usize>>,
    /// Freshness of each item: 0 never seen, 1 seen on the day longest ago, and so on.
    pub(super) age: Vec<u32>,
}

impl<'a> Pool<'a> {
    /// Indexes a bank; of items with one id the first by version is taken. Orders and matches are
    /// left out of exams that do not ask them: they come with decks that serve several exams.
    pub(super) fn new(blueprint: &Blueprint, bank: &'a [BankItem]) -> Self {
        let tasks: BTreeMap<&str, usize> =
            blueprint.tasks().map(|(_, task)| task.id.as_str()).zip(0..).collect();
        let mut items: Vec<&BankItem> =
            bank.iter().filter(|item| tasks.contains_key(item.task.as_str())).collect();
        items.retain(|item| item.is_asked_by(blueprint));
        items.sort_by_key(|item| (&item.id, &item.version));
        items.dedup_by_key(|item| &item.id);

        let task: Vec<usize> =
            items.iter().filter_map(|item| tasks.get(item.task.as_str()).copied()).collect();
        let mut by_task = vec![Vec::new(); tasks.len()];
        for (item, task) in task.iter().enumerate() {
            by_task[*task].push(item);
        }
        let (enemies, age) = (enemies(&items), ages(&items));
        Self { items, task, by_task, enemies, age }
    }
}

fn enemies(items: &[&BankItem]) -> Vec<Vec<usize>> {
    let places: BTreeMap<&ItemId, usize> = items.iter().map(|item| &item.id).zip(0..).collect();
    let mut enemies = vec![BTreeSet::new(); items.len()];
    for (item, bank_item) in items.iter().enumerate() {
        for enemy in bank_item.enemies.iter().filter_map(|id| places.get(id).copied()) {
            if enemy != item {
                enemies[item].insert(enemy);
                enemies[enemy].insert(item);
            }
        }
    }
    enemies.into_iter().map(|set| set.into_iter().collect()).collect()
}

/// Items seen on one day (UTC) are equally fresh: they come from one or two sittings, and among
/// them the papers can still be balanced.
fn ages(items: &[&BankItem]) -> Vec<u32> {
    let day = |item: &&BankItem| item.last_seen_ms.map(|ms| ms.div_euclid(MS_PER_DAY));
    let days: BTreeSet<i64> = items.iter().filter_map(day).collect();
    let rank: BTreeMap<i64, u32> = days.into_iter().zip(1..).collect();
    items
        .iter()
        .map(|item| day(item).and_then(|day| rank.get(&day).copied()).unwrap_or(0))
        .collect()
}
