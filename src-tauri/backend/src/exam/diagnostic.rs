//! A first look: few questions over all domains, each drawn when the ones before are answered.
//!
//! The tasks are those of a short paper in the exam's proportions. In each the question is of the
//! level nearest to the ability estimated so far, where an answer says most (Lord 1980: the
//! information of an item is largest where its difficulty meets the ability). The estimate is the
//! mean of the posterior of [`Grid`], whose prior lies around the cut of the bank.

use std::cmp::Ordering;

use rand::seq::SliceRandom;

use super::ability::Grid;
use super::assemble::{Cut, form_item, stream};
use super::quota::quotas;
use super::response::difficulty;
use super::{BankItem, FormItem, PaperSize};
use crate::blueprint::Blueprint;

/// Questions of a diagnostic.
pub const ITEMS: u32 = 20;

/// Random streams of the diagnostic: the order of the tasks, then one for each question.
const ORDER: u64 = 1_000;
const QUESTIONS: u64 = 1_001;

/// The next question after `asked` with these marks; none when the bank has no more. The same
/// blueprint, bank (in any order), seed, questions and marks give the same one.
pub fn next(
    blueprint: &Blueprint,
    bank: &[BankItem],
    asked: &[FormItem],
    marks: &[bool],
    seed: u64,
) -> Option<FormItem> {
    let ability = ability(blueprint, bank, asked, marks);
    let plan = plan(blueprint, seed);
    let task = plan.get(asked.len() % plan.len().max(1))?;
    let domain = &blueprint.task(task)?.0.id;
    let mut left: Vec<(&BankItem, bool)> = bank
        .iter()
        .filter(|item| item.is_asked_by(blueprint) && may_follow(bank, asked, item))
        .filter_map(|item| Some((item, blueprint.task(&item.task)?.0.id == *domain)))
        .collect();
    left.sort_by_key(|(item, _)| (&item.id, &item.version));
    let mut rng = stream(seed, QUESTIONS + asked.len() as u64);
    left.shuffle(&mut rng);
    let off = |item: &BankItem| (difficulty(item.difficulty) - ability).abs();
    let before = |(one, near): &(&BankItem, bool), (other, near_too): &(&BankItem, bool)| {
        let place = |item: &BankItem, near: bool| (item.task != *task, !near);
        place(one, *near)
            .cmp(&place(other, *near_too))
            .then(one.last_seen_ms.is_some().cmp(&other.last_seen_ms.is_some()))
            .then(off(one).partial_cmp(&off(other)).unwrap_or(Ordering::Equal))
            .then(one.last_seen_ms.cmp(&other.last_seen_ms))
    };
    let (item, _) = left.into_iter().min_by(before)?;
    form_item(blueprint, item, true, &mut rng)
}

/// The ability estimated from the answers so far, in logits.
fn ability(blueprint: &Blueprint, bank: &[BankItem], asked: &[FormItem], marks: &[bool]) -> f64 {
    Grid::around(Cut::of(blueprint, bank).ability).mean_after(asked, marks)
}

/// The task of each question, in the proportions of the exam, in a random order.
fn plan(blueprint: &Blueprint, seed: u64) -> Vec<String> {
    let size = PaperSize { items: ITEMS, scored: ITEMS };
    let quotas = quotas(blueprint, size, seed);
    let tasks = quotas.iter().flat_map(|domain| &domain.tasks);
    let mut plan: Vec<String> = tasks
        .flat_map(|task| std::iter::repeat_n(task.task.clone(), task.items as usize))
        .collect();
    plan.shuffle(&mut stream(seed, ORDER));
    plan
}

/// Whether an item was not asked and is no enemy of one that was.
pub(super) fn may_follow(bank: &[BankItem], asked: &[FormItem], item: &BankItem) -> bool {
    asked.iter().all(|place| {
        let names_it =
            || bank.iter().any(|other| other.id == place.id && other.enemies.contains(&item.id));
        place.id != item.id && !item.enemies.contains(&place.id) && !names_it()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::deck::Difficulty;
    use crate::exam::sample;

    /// A diagnostic whose answers are as `right` says of each question.
    fn sit(bank: &[BankItem], seed: u64, right: impl Fn(usize) -> bool) -> Vec<FormItem> {
        let blueprint = sample::blueprint();
        let (mut asked, mut marks) = (Vec::new(), Vec::new());
        for number in 0..ITEMS as usize {
            asked.push(next(&blueprint, bank, &asked, &marks, seed).unwrap());
            marks.push(right(number));
        }
        asked
    }

    fn mean_level(asked: &[FormItem]) -> f64 {
        let later = &asked[5..];
        later.iter().map(|item| difficulty(item.difficulty)).sum::<f64>() / later.len() as f64
    }

    #[test]
    fn the_level_follows_the_answers() {
        let bank = sample::bank(&sample::blueprint(), 325, 1);
        let (strong, weak) = (sit(&bank, 3, |_| true), sit(&bank, 3, |_| false));
        assert!(mean_level(&strong) > 0.5, "{}", mean_level(&strong));
        assert!(mean_level(&weak) < -0.5, "{}", mean_level(&weak));
        assert_eq!(strong[0], weak[0], "nothing is known before the first answer");
        let hard = |item: &&FormItem| item.difficulty == Difficulty::Hard;
        assert!(strong.iter().filter(hard).count() > weak.iter().filter(hard).count());
    }

    #[test]
    fn a_bank_that_runs_out_ends_it() {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, 1);
        let few: Vec<BankItem> = bank.into_iter().take(1).collect();
        let first = next(&blueprint, &few, &[], &[], 1).unwrap();
        assert_eq!(next(&blueprint, &few, &[first], &[true], 1), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_diagnostic_has_the_exam_s_proportions_no_repeats_and_is_drawn_again_alike(
            seed in any::<u64>(), answers in prop::collection::vec(any::<bool>(), 20),
        ) {
            let blueprint = sample::blueprint();
            let mut bank = sample::bank(&blueprint, 325, 2);
            let asked = sit(&bank, seed, |number| answers[number]);
            let ids: BTreeSet<_> = asked.iter().map(|item| &item.id).collect();
            prop_assert_eq!(ids.len(), asked.len());
            let size = PaperSize { items: ITEMS, scored: ITEMS };
            for quota in quotas(&blueprint, size, seed) {
                let got = asked.iter().filter(|item| item.domain == quota.domain).count();
                prop_assert_eq!(got, quota.items as usize);
            }
            bank.reverse();
            prop_assert_eq!(asked, sit(&bank, seed, |number| answers[number]));
        }
    }
}
