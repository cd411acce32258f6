//! Assembly against an oracle that looks at every subset of a small bank.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::*;
use crate::deck::Difficulty;
use crate::exam::quota::{domain_quota, domain_shares};

/// A bank of up to 12 items over four tasks, with random enemies and history.
fn small_bank(seed: u64) -> (Blueprint, Vec<BankItem>, PaperSize) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let blueprint = sample::exam(8, 6, &[(50.0, 2), (50.0, 2)]);
    let mut bank: Vec<BankItem> = Vec::new();
    for task in ["1.1", "1.2", "2.1", "2.2"] {
        for number in 0..rng.random_range(1..=3) {
            let mut item = sample::item(task, number);
            item.last_seen_ms = rng.random_bool(0.5).then(|| rng.random_range(0..4) * DAY);
            item.difficulty = *Difficulty::ALL.choose(&mut rng).unwrap();
            bank.push(item);
        }
    }
    let density = rng.random_range(0.0..0.5);
    for one in 0..bank.len() {
        for other in 0..bank.len() {
            if one != other && rng.random_bool(density / 2.0) {
                let enemy = bank[other].id.clone();
                bank[one].enemies.push(enemy);
            }
        }
    }
    let items = rng.random_range(1..=8);
    (blueprint.clone(), bank, PaperSize::shorter(&blueprint, items))
}

/// Items per task of every subset without enemies, with the number of items never seen.
fn papers(bank: &[BankItem]) -> BTreeMap<Vec<u32>, u32> {
    let mut papers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    for subset in 0_u32..1 << bank.len() {
        let chosen: Vec<&BankItem> =
            bank.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, b)| b).collect();
        let peace = chosen
            .iter()
            .enumerate()
            .all(|(i, one)| chosen[..i].iter().all(|other| !enemies(one, other)));
        if peace {
            let count = |task: &str| chosen.iter().filter(|item| item.task == task).count();
            let key = ["1.1", "1.2", "2.1", "2.2"].map(|task| u32::try_from(count(task)).unwrap());
            let unseen = chosen.iter().filter(|item| item.last_seen_ms.is_none()).count();
            let best = papers.entry(key.to_vec()).or_default();
            *best = (*best).max(u32::try_from(unseen).unwrap());
        }
    }
    papers
}

/// The quotas of every way to hand out the odd items.
fn allowed(blueprint: &Blueprint, size: PaperSize) -> BTreeSet<Vec<u32>> {
    let mut all = BTreeSet::new();
    for turns in 0..8_u64 {
        let shares = domain_shares(blueprint, size, turns & 1);
        let quotas =
            blueprint.domains.iter().zip(shares).enumerate().flat_map(|(i, (d, share))| {
                domain_quota(d, share.0, share.1, turns >> (i + 1) & 1).tasks
            });
        all.insert(quotas.map(|task| task.items).collect());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_paper_is_drawn_exactly_when_one_exists(seed in any::<u64>()) {
        let (blueprint, bank, size) = small_bank(seed);
        let papers = papers(&bank);
        let exists = |size| allowed(&blueprint, size).iter().any(|q| papers.contains_key(q));
        match draw(&blueprint, &bank, size, seed) {
            Ok(drawn) => {
                check(&blueprint, &bank, &drawn);
                check_freshness(&bank, &drawn.form);
                let key: Vec<u32> = drawn
                    .quotas
                    .iter()
                    .flat_map(|domain| domain.tasks.iter().map(|task| task.items))
                    .collect();
                let unseen = drawn.form.items.iter();
                let known = by_id(&bank);
                let unseen = unseen.filter(|i| known[&i.id].last_seen_ms.is_none()).count();
                prop_assert_eq!(u32::try_from(unseen).unwrap(), papers[&key]);
            }
            Err(shortfall) => {
                prop_assert!(!exists(size), "{}", shortfall);
                prop_assert!(!shortfall.gaps.is_empty());
                let longest = (2..size.items)
                    .rev()
                    .map(|items| PaperSize::shorter(&blueprint, items))
                    .find(|&shorter| exists(shorter));
                prop_assert_eq!(shortfall.largest, longest);
            }
        }
    }
}
