//! Practice: questions of chosen tasks, as many as there are, the freshest first.

use std::collections::{BTreeMap, VecDeque};

use rand::seq::SliceRandom;

use super::assemble::{gather_cases, place, stream};
use super::diagnostic::may_follow;
use super::{BankItem, Form};
use crate::blueprint::Blueprint;

/// Most items of a drill.
pub const MAX_ITEMS: u32 = 100;

/// The random stream of drills.
const STREAM: u64 = 2_000;

/// Draws up to `items` questions from `pool`, the tasks taking turns, those never seen first and
/// then those seen longest ago; no two enemies meet. Those without a task of the exam take their
/// turn together and stand in no domain. Questions of one case that are drawn stand together.
pub fn draw(blueprint: &Blueprint, pool: &[BankItem], items: u32, seed: u64) -> Form {
    let mut known: Vec<&BankItem> = pool.iter().collect();
    known.sort_by_key(|item| (&item.id, &item.version));
    known.dedup_by_key(|item| &item.id);
    let mut rng = stream(seed, STREAM);
    known.shuffle(&mut rng);
    known.sort_by_key(|item| item.last_seen_ms);
    let mut by_task: BTreeMap<&str, VecDeque<&BankItem>> = BTreeMap::new();
    for item in known {
        by_task.entry(&item.task).or_default().push_back(item);
    }
    let mut turns: Vec<VecDeque<&BankItem>> = by_task.into_values().collect();
    turns.shuffle(&mut rng);
    let (mut drawn, mut cases) = (Vec::new(), Vec::new());
    while drawn.len() < items.min(MAX_ITEMS) as usize && !turns.is_empty() {
        for waiting in &mut turns {
            let next = loop {
                let Some(item) = waiting.pop_front() else { break None };
                if may_follow(pool, &drawn, item) {
                    let domain = blueprint.task(&item.task).map_or("", |(domain, _)| &domain.id);
                    break Some((place(domain, item, true, &mut rng), item.case.as_ref()));
                }
            };
            if let Some((item, case)) = next
                && drawn.len() < items.min(MAX_ITEMS) as usize
            {
                drawn.push(item);
                cases.push(case);
            }
        }
        turns.retain(|waiting| !waiting.is_empty());
    }
    let order: Vec<usize> = (0..drawn.len()).collect();
    let gathered = gather_cases(&order, |place| cases[place]);
    let items = gathered.into_iter().map(|place| drawn[place].clone()).collect();
    Form { blueprint: blueprint.code.clone(), seed, items }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::exam::sample;

    #[test]
    fn what_was_not_seen_comes_first() {
        let blueprint = sample::blueprint();
        let task = blueprint.domains[0].tasks[0].id.clone();
        let mut pool = sample::bank(&blueprint, 325, 1);
        pool.retain(|item| item.task == task);
        for (number, item) in (0..).zip(&mut pool) {
            item.enemies.clear();
            item.last_seen_ms = (number % 2 == 0).then_some(number);
        }
        let unseen: BTreeSet<_> =
            pool.iter().filter(|i| i.last_seen_ms.is_none()).map(|i| i.id.clone()).collect();
        let form = draw(&blueprint, &pool, u32::try_from(unseen.len()).unwrap(), 4);
        assert_eq!(form.items.into_iter().map(|item| item.id).collect::<BTreeSet<_>>(), unseen);
    }

    #[test]
    fn questions_without_a_task_of_the_exam_stand_in_no_domain() {
        let blueprint = sample::blueprint();
        let pool = [sample::item("", 1), sample::item(&blueprint.domains[0].tasks[0].id, 2)];
        let form = draw(&blueprint, &pool, 5, 1);
        let mut domains: Vec<&str> = form.items.iter().map(|item| &*item.domain).collect();
        domains.sort_unstable();
        assert_eq!(domains, ["", &blueprint.domains[0].id]);
    }

    #[test]
    fn questions_of_a_case_stand_together() {
        let blueprint = sample::blueprint();
        let mut pool: Vec<BankItem> = (0..9).map(|number| sample::item("", number)).collect();
        for (number, item) in pool.iter_mut().enumerate().filter(|(number, _)| number % 3 == 0) {
            item.case = Some(format!("deck/case-{}", number % 2).parse().unwrap());
        }
        for seed in 0..20 {
            let form = draw(&blueprint, &pool, 9, seed);
            let case = |id| pool.iter().find(|item| item.id == id).unwrap().case.as_ref();
            let mut cases: Vec<_> = form.items.into_iter().map(|item| case(item.id)).collect();
            cases.dedup();
            let mut apart: Vec<_> = cases.into_iter().flatten().collect();
            apart.sort();
            let distinct = apart.len();
            apart.dedup();
            assert_eq!(apart.len(), distinct, "a case is told once");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_drill_is_of_its_pool_without_repeats_or_enemies_and_is_drawn_again_alike(
            seed in any::<u64>(), items in 0_u32..130, size in 0_usize..325,
        ) {
            let blueprint = sample::blueprint();
            let mut pool = sample::bank(&blueprint, 325, 5);
            pool.truncate(size);
            let form = draw(&blueprint, &pool, items, seed);
            prop_assert!(form.items.len() <= items.min(MAX_ITEMS) as usize);
            prop_assert_eq!(form.items.is_empty(), items == 0 || pool.is_empty());
            for (index, place) in form.items.iter().enumerate() {
                let item = pool.iter().find(|item| item.id == place.id).unwrap();
                prop_assert!(may_follow(&pool, &form.items[..index], item));
            }
            pool.reverse();
            prop_assert_eq!(draw(&blueprint, &pool, items, seed), form);
        }
    }
}
