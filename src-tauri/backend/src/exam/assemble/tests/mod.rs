mod kinds;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rand::SeedableRng;
use rand::seq::{IndexedRandom, SliceRandom};

use super::*;
use crate::deck::{Difficulty, ItemId, ResponseKind};
use crate::exam::FormItem;
use crate::exam::quota::quotas;
use crate::exam::sample;

const DAY: i64 = 86_400_000;

fn by_id(bank: &[BankItem]) -> BTreeMap<&ItemId, &BankItem> {
    bank.iter().map(|item| (&item.id, item)).collect()
}

fn enemies(one: &BankItem, other: &BankItem) -> bool {
    one.enemies.contains(&other.id) || other.enemies.contains(&one.id)
}

fn counts(form: &Form) -> BTreeMap<&str, (u32, u32)> {
    let mut counts = BTreeMap::new();
    for item in &form.items {
        let (all, scored) = counts.entry(item.task.as_str()).or_insert((0, 0));
        *all += 1;
        *scored += u32::from(item.scored);
    }
    counts
}

/// What every paper must hold to, whatever the bank.
fn check(blueprint: &Blueprint, bank: &[BankItem], drawn: &Drawn) {
    let known = by_id(bank);
    let form = &drawn.form;
    let ids: BTreeSet<&ItemId> = form.items.iter().map(|item| &item.id).collect();
    assert_eq!(ids.len(), form.items.len(), "an item stands twice");
    let counts = counts(form);
    for (quota, task) in drawn.quotas.iter().flat_map(|d| d.tasks.iter().map(move |t| (d, t))) {
        let got = counts.get(task.task.as_str()).copied().unwrap_or_default();
        assert_eq!(got, (task.items, task.scored), "{} of {}", task.task, quota.domain);
    }
    for (index, item) in form.items.iter().enumerate() {
        let source = known[&item.id];
        assert_eq!((&item.task, &item.version), (&source.task, &source.version));
        assert_eq!(item.domain, blueprint.task(&item.task).unwrap().0.id);
        let mut order = item.option_order.clone();
        order.sort_unstable();
        assert_eq!(order, (0..source.options).collect::<Vec<_>>());
        for other in &form.items[..index] {
            assert!(!enemies(source, known[&other.id]), "{} meets {}", item.id, other.id);
        }
    }
}

/// No unchosen item could stand in the place of a staler one of its task.
fn check_freshness(bank: &[BankItem], form: &Form) {
    let known = by_id(bank);
    let chosen: Vec<&BankItem> = form.items.iter().map(|item| known[&item.id]).collect();
    let day = |item: &BankItem| item.last_seen_ms.map_or(i64::MIN, |ms| ms / DAY);
    for new in bank.iter().filter(|new| chosen.iter().all(|old| old.id != new.id)) {
        for old in chosen.iter().filter(|old| old.task == new.task && day(old) > day(new)) {
            let barred = chosen.iter().any(|other| other.id != old.id && enemies(new, other));
            assert!(barred, "{} stands though {} is fresher", old.id, new.id);
        }
    }
}

fn full(blueprint: &Blueprint) -> PaperSize {
    PaperSize::full(blueprint)
}

#[test]
fn a_full_paper_meets_the_quotas_of_its_seed() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 1);
    for seed in 0..50 {
        let drawn = draw(&blueprint, &bank, full(&blueprint), seed).unwrap();
        assert_eq!(drawn.quotas, quotas(&blueprint, full(&blueprint), seed));
        check(&blueprint, &bank, &drawn);
    }
}

/// With a little slack in each task, a bank for five papers gives five without a repeat.
#[test]
fn five_papers_in_a_row_share_no_question() {
    let blueprint = sample::blueprint();
    for run in 0..20 {
        let mut bank = sample::bank(&blueprint, 360, 3);
        for paper in 0..5 {
            let form = assemble(&blueprint, &bank, full(&blueprint), run * 7 + paper * 3).unwrap();
            for item in &form.items {
                let place = bank.iter_mut().find(|known| known.id == item.id).unwrap();
                assert_eq!(place.last_seen_ms, None, "run {run}, paper {paper}: {}", place.id);
                place.last_seen_ms = Some(i64::try_from(paper).unwrap() * DAY);
            }
        }
    }
}

#[test]
fn the_same_bank_in_another_order_gives_the_same_paper() {
    let blueprint = sample::blueprint();
    let mut bank = sample::bank(&blueprint, 325, 2);
    let first = assemble(&blueprint, &bank, full(&blueprint), 7).unwrap();
    bank.shuffle(&mut ChaCha8Rng::seed_from_u64(0));
    bank.push(bank[3].clone());
    assert!(assemble(&blueprint, &bank, full(&blueprint), 7).unwrap() == first);
    assert!(assemble(&blueprint, &bank, full(&blueprint), 8).unwrap() != first);
}

#[test]
fn papers_of_one_bank_are_equally_hard() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 3);
    let expected: Vec<f64> = (0..200)
        .map(|seed| draw(&blueprint, &bank, full(&blueprint), seed).unwrap().expected)
        .collect();
    let mean = expected.iter().sum::<f64>() / 200.0;
    let sd = (expected.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / 199.0).sqrt();
    println!("expected score at the cut: mean {mean:.3}, SD {sd:.3}");
    assert!(sd <= 0.6, "SD {sd}");
    assert!((mean - 50.0 * blueprint.scale.required_share).abs() < 0.2, "mean {mean}");
}

#[test]
fn difficulty_and_multiple_response_are_near_their_targets() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 4);
    for seed in 0..20 {
        let form = assemble(&blueprint, &bank, full(&blueprint), seed).unwrap();
        let share = |keep: &dyn Fn(&FormItem) -> bool| {
            form.items.iter().filter(|item| keep(item)).count() as f64 / 65.0
        };
        assert!((share(&|item| item.difficulty == Difficulty::Medium) - 0.5).abs() < 0.06);
        assert!((share(&|item| item.difficulty == Difficulty::Easy) - 0.25).abs() < 0.06);
        assert!((share(&|item| item.kind == ResponseKind::Multiple) - 0.2).abs() < 0.035);
    }
}

#[test]
fn concepts_are_spread_wider_than_by_chance() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 14);
    let known = by_id(&bank);
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let repeats = |items: Vec<&BankItem>| {
        let tags: Vec<&String> = items.iter().flat_map(|item| &item.tags).collect();
        tags.len() - tags.iter().collect::<BTreeSet<_>>().len()
    };
    let (mut ours, mut chance) = (0, 0);
    for seed in 0..20 {
        let drawn = draw(&blueprint, &bank, full(&blueprint), seed).unwrap();
        ours += repeats(drawn.form.items.iter().map(|item| known[&item.id]).collect());
        chance += repeats(
            drawn
                .quotas
                .iter()
                .flat_map(|domain| &domain.tasks)
                .flat_map(|quota| {
                    let task: Vec<_> = bank.iter().filter(|i| i.task == quota.task).collect();
                    task.sample(&mut rng, quota.items as usize).copied().collect::<Vec<_>>()
                })
                .collect(),
        );
    }
    println!("repeated concepts: {ours} against {chance} by chance");
    assert!(f64::from(u32::try_from(ours).unwrap()) < 0.8 * chance as f64);
}

#[test]
fn over_many_seeds_every_item_gets_its_turn() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 5);
    let mut uses: BTreeMap<ItemId, u32> = BTreeMap::new();
    for seed in 0..400 {
        for item in assemble(&blueprint, &bank, full(&blueprint), seed).unwrap().items {
            *uses.entry(item.id).or_default() += 1;
        }
    }
    // One paper in five on average: 80 times.
    let (least, most) = (uses.values().min().unwrap(), uses.values().max().unwrap());
    println!("{} of {} items used, {least} to {most} times", uses.len(), bank.len());
    assert_eq!(uses.len(), bank.len());
    assert!(*most < 200 && *least > 20, "{least} to {most}");
}

#[test]
fn unseen_items_come_before_seen_ones_and_older_before_newer() {
    let blueprint = sample::blueprint();
    let mut bank = sample::bank(&blueprint, 200, 6);
    // Sit five papers in a row: a bank of 200 is seen through after about three.
    for mock in 0..5 {
        let form = assemble(&blueprint, &bank, full(&blueprint), 100 + mock).unwrap();
        check_freshness(&bank, &form);
        let ids: BTreeSet<ItemId> = form.items.into_iter().map(|item| item.id).collect();
        for item in bank.iter_mut().filter(|item| ids.contains(&item.id)) {
            item.last_seen_ms = Some(i64::try_from(mock).unwrap() * 3 * DAY);
            item.times_answered += 1;
        }
    }
}

#[test]
fn items_answered_least_often_are_the_unscored_ones() {
    let blueprint = sample::blueprint();
    let mut bank = sample::bank(&blueprint, 325, 7);
    for (item, times) in bank.iter_mut().zip((0..4).cycle()) {
        item.times_answered = times;
    }
    let form = assemble(&blueprint, &bank, full(&blueprint), 1).unwrap();
    let known = by_id(&bank);
    for (_, task) in blueprint.tasks() {
        let times = |scored: bool| {
            form.items
                .iter()
                .filter(move |item| item.task == task.id && item.scored == scored)
                .map(|item| known[&item.id].times_answered)
        };
        assert!(times(false).max() <= times(true).min(), "task {}", task.id);
    }
}

#[test]
fn unscored_items_are_spread_through_the_paper_and_domains_are_mixed() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 8);
    for seed in 0..20 {
        let form = assemble(&blueprint, &bank, full(&blueprint), seed).unwrap();
        let thirds = form.items.chunks(22).map(|part| part.iter().filter(|i| !i.scored).count());
        assert!(
            thirds.clone().all(|count| (4..=6).contains(&count)),
            "{:?}",
            thirds.collect::<Vec<_>>()
        );
        let changes = form.items.windows(2).filter(|pair| pair[0].domain != pair[1].domain).count();
        assert!(changes > 30, "{changes}");
    }
}

#[test]
fn every_option_stands_in_every_place_equally_often() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 9);
    let mut places = [[0_u32; 4]; 4];
    for seed in 0..100 {
        for item in assemble(&blueprint, &bank, full(&blueprint), seed).unwrap().items {
            if item.option_order.len() == 4 {
                for (place, option) in item.option_order.iter().enumerate() {
                    places[place][usize::from(*option)] += 1;
                }
            }
        }
    }
    // About 5,200 items: chi-square with 9 degrees of freedom, 99.9 % point 27.9.
    let each = f64::from(places[0].iter().sum::<u32>()) / 4.0;
    let chi: f64 = places.iter().flatten().map(|&n| (f64::from(n) - each).powi(2) / each).sum();
    assert!(chi < 27.9, "{chi}");
}

#[test]
fn a_paper_stays_the_same_from_version_to_version() {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, 10);
    let form = assemble(&blueprint, &bank, full(&blueprint), 2026).unwrap();
    let first: Vec<String> = form
        .items
        .iter()
        .take(5)
        .map(|item| format!("{} {} {:?}", item.id, item.scored, item.option_order))
        .collect();
    insta::assert_snapshot!(first.join("\n"));
}

#[test]
fn a_short_bank_says_where_and_how_long_a_paper_can_be() {
    let blueprint = sample::blueprint();
    let mut bank = sample::bank(&blueprint, 325, 11);
    let mut left = (0..2).collect::<Vec<_>>();
    bank.retain(|item| item.task != "3.4" || left.pop().is_some());
    let shortfall = assemble(&blueprint, &bank, full(&blueprint), 0).unwrap_err();
    assert_eq!(shortfall.gaps.len(), 1);
    let gap = &shortfall.gaps[0];
    assert_eq!((gap.domain.as_str(), gap.task.as_deref(), gap.available), ("3", Some("3.4"), 2));
    let largest = shortfall.largest.unwrap();
    // Of 40 items domain 3 gets 14: two to three of each task. Of 41 it gets 15, three of each.
    assert_eq!(largest, PaperSize { items: 40, scored: 31 });
    let drawn = draw(&blueprint, &bank, largest, 0).unwrap();
    check(&blueprint, &bank, &drawn);
    assert!(draw(&blueprint, &bank, PaperSize::shorter(&blueprint, largest.items + 1), 0).is_err());
    assert_eq!(
        shortfall.to_string(),
        format!(
            "There are too few questions for a paper of 65: task 3.4 needs {} and has 2; the \
             longest paper in the same proportions has {}",
            gap.needed, largest.items
        )
    );
}

#[test]
fn a_domain_without_questions_allows_no_faithful_paper() {
    let blueprint = sample::blueprint();
    let mut bank = sample::bank(&blueprint, 325, 12);
    bank.retain(|item| !item.task.starts_with('4'));
    let shortfall = assemble(&blueprint, &bank, full(&blueprint), 0).unwrap_err();
    assert_eq!(shortfall.largest, None);
    assert_eq!(shortfall.gaps[0].task, None);
    assert_eq!((shortfall.gaps[0].needed, shortfall.gaps[0].available), (13, 0));
    assert_eq!(
        shortfall.to_string(),
        "There are too few questions for a paper of 65: domain 4 needs 13 and has 0; no shorter \
         paper in the same proportions can be drawn either"
    );
    assert_eq!(assemble(&blueprint, &[], full(&blueprint), 0).unwrap_err().largest, None);
}

#[test]
fn enemies_can_make_a_bank_too_short() {
    let blueprint = sample::exam(4, 4, &[(100.0, 1)]);
    let mut bank: Vec<BankItem> = (0..6).map(|number| sample::item("1.1", number)).collect();
    for index in (0..6).step_by(2) {
        let enemy = bank[index].id.clone();
        bank[index + 1].enemies.push(enemy);
    }
    let shortfall = assemble(&blueprint, &bank, full(&blueprint), 0).unwrap_err();
    assert_eq!(shortfall.gaps[0].available, 3);
    assert_eq!(shortfall.largest, Some(PaperSize { items: 3, scored: 3 }));
    bank.push(sample::item("1.1", 6));
    let drawn = draw(&blueprint, &bank, full(&blueprint), 0).unwrap();
    check(&blueprint, &bank, &drawn);
}

#[test]
fn a_large_bank_is_drawn_from_in_a_moment() {
    let blueprint = sample::blueprint();
    for count in [325, 5_000] {
        let bank = sample::bank(&blueprint, count, 15);
        let start = std::time::Instant::now();
        for seed in 0..10 {
            assemble(&blueprint, &bank, full(&blueprint), seed).unwrap();
        }
        let each = start.elapsed() / 10;
        println!("{count} items: {each:?}");
        assert!(each.as_secs() < 5, "{each:?}");
    }
}

#[test]
fn a_hostile_tangle_of_enemies_is_answered_in_time() {
    let blueprint = sample::blueprint();
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let mut bank = sample::bank(&blueprint, 600, 13);
    let ids: Vec<ItemId> = bank.iter().map(|item| item.id.clone()).collect();
    for item in &mut bank {
        item.enemies = (0..60).filter_map(|_| ids.choose(&mut rng).cloned()).collect();
    }
    let start = std::time::Instant::now();
    if let Ok(drawn) = draw(&blueprint, &bank, full(&blueprint), 0) {
        check(&blueprint, &bank, &drawn);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed()); // 2 s when nothing else runs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_length_of_paper_is_drawn_from_a_large_bank(items in 0_u32..=130, seed in any::<u64>()) {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, seed);
        let size = PaperSize::shorter(&blueprint, items);
        let drawn = draw(&blueprint, &bank, size, seed).unwrap();
        prop_assert_eq!(drawn.form.items.len(), items as usize);
        check(&blueprint, &bank, &drawn);
    }
}
