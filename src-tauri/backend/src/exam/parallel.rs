//! How parallel the papers of a bank are: draws many and compares them with papers that are drawn
//! plainly at random within each domain.

pub mod diagram;

use std::collections::BTreeSet;

use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::assemble::{Cut, Drawn, Shortfall, draw};
use super::quota::{DomainQuota, quotas};
use super::{BankItem, Form, FormItem, PaperSize};
use crate::blueprint::Blueprint;
use crate::deck::ItemId;

const MS_PER_DAY: i64 = 86_400_000;

/// One of many papers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormSummary {
    /// Seed it was drawn with.
    pub seed: u64,
    /// Whether domains and tasks have exactly their quotas, scored ones too, no item stands twice
    /// and no two enemies meet.
    pub quotas_ok: bool,
    /// Scored items that somebody at the cut ability is expected to answer right.
    pub expected_score_at_cut: f64,
    /// The same of a paper drawn with this seed at random within each domain.
    pub expected_score_at_random: f64,
    /// Items that the paper before it had too; none for the first.
    pub overlap: Option<u32>,
    /// Items that had been seen before; 0 without history.
    pub seen_before: u32,
}

/// Mean and spread of the expected score at the cut over many papers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Distribution {
    /// Mean, in items.
    pub mean: f64,
    /// Standard deviation (n − 1), in items; 0 for fewer than two papers.
    pub sd: f64,
    /// Least.
    pub min: f64,
    /// Most.
    pub max: f64,
}

/// Many papers, compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParallelForms {
    /// Code of the exam.
    pub blueprint: String,
    /// Items in the bank.
    pub bank: u32,
    /// Length of each paper.
    pub size: PaperSize,
    /// Ability, in logits, at which the bank's mean expectation is the required share.
    pub cut_ability: f64,
    /// Expected score there that the papers aim at, in items.
    pub target: f64,
    /// Whether [`FormSummary::quotas_ok`] holds for all.
    pub all_quotas_ok: bool,
    /// Expected score at the cut of Sitwell's papers.
    pub assembled: Distribution,
    /// The same for papers drawn at random within each domain.
    pub random_within_domain: Distribution,
    /// Mean of [`FormSummary::overlap`], in items; none for fewer than two papers.
    pub mean_overlap: Option<f64>,
    /// In the order of their seeds.
    pub forms: Vec<FormSummary>,
}

/// Draws `count` papers with successive seeds from `first_seed` on. With `history` one learner
/// sits them all, one a day; otherwise each is drawn from the bank as it is.
///
/// # Errors
/// [`Shortfall`] when the bank is too short for such a paper.
pub fn compare(
    blueprint: &Blueprint,
    bank: &[BankItem],
    size: PaperSize,
    first_seed: u64,
    count: u32,
    history: bool,
) -> Result<ParallelForms, Shortfall> {
    let mut bank = bank.to_vec();
    let mut forms: Vec<FormSummary> = Vec::new();
    let cut = Cut::of(blueprint, &bank);
    let mut before: Option<BTreeSet<ItemId>> = None;
    for number in 0..count {
        let seed = first_seed.wrapping_add(u64::from(number));
        let drawn = draw(blueprint, &bank, size, seed)?;
        let by_chance = cut.expected(&at_random(blueprint, &bank, size, seed));
        let ids: BTreeSet<ItemId> = drawn.form.items.iter().map(|item| item.id.clone()).collect();
        forms.push(FormSummary {
            seed,
            quotas_ok: is_sound(blueprint, &bank, size, &drawn),
            expected_score_at_cut: drawn.expected,
            expected_score_at_random: by_chance,
            overlap: before.as_ref().map(|before| number_of(before.intersection(&ids))),
            seen_before: number_of(
                bank.iter().filter(|i| i.last_seen_ms.is_some() && ids.contains(&i.id)),
            ),
        });
        if history {
            for item in bank.iter_mut().filter(|item| ids.contains(&item.id)) {
                item.last_seen_ms = Some(i64::from(number) * MS_PER_DAY);
                item.times_answered += 1;
            }
        }
        before = Some(ids);
    }
    let overlaps: Vec<f64> = forms.iter().filter_map(|f| f.overlap).map(f64::from).collect();
    let expected: Vec<f64> = forms.iter().map(|form| form.expected_score_at_cut).collect();
    let random: Vec<f64> = forms.iter().map(|form| form.expected_score_at_random).collect();
    Ok(ParallelForms {
        blueprint: blueprint.code.clone(),
        bank: number_of(bank.iter()),
        size,
        cut_ability: cut.ability,
        target: cut.share * f64::from(size.scored),
        all_quotas_ok: forms.iter().all(|form| form.quotas_ok),
        assembled: Distribution::of(&expected),
        random_within_domain: Distribution::of(&random),
        mean_overlap: (!overlaps.is_empty()).then(|| Distribution::of(&overlaps).mean),
        forms,
    })
}

impl Distribution {
    fn of(values: &[f64]) -> Self {
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self {
            mean,
            sd: (squares / (count - 1.0).max(1.0)).sqrt(),
            min: values.iter().copied().reduce(f64::min).unwrap_or(0.0),
            max: values.iter().copied().reduce(f64::max).unwrap_or(0.0),
        }
    }
}

/// Checks a paper against what it should be, from its items alone.
fn is_sound(blueprint: &Blueprint, bank: &[BankItem], size: PaperSize, drawn: &Drawn) -> bool {
    let items = &drawn.form.items;
    let tally = |keep: &dyn Fn(&FormItem) -> bool| {
        let kept = items.iter().filter(|item| keep(item));
        (number_of(kept.clone()), number_of(kept.filter(|item| item.scored)))
    };
    let by_domain = quotas(blueprint, size, drawn.form.seed)
        .iter()
        .all(|quota| tally(&|item| item.domain == quota.domain) == (quota.items, quota.scored));
    let tasks = drawn.quotas.iter().flat_map(|domain: &DomainQuota| &domain.tasks);
    let by_task =
        tasks.into_iter().all(|q| tally(&|item| item.task == q.task) == (q.items, q.scored));
    let ids: BTreeSet<&ItemId> = items.iter().map(|item| &item.id).collect();
    let peace = bank
        .iter()
        .filter(|item| ids.contains(&item.id))
        .all(|item| item.enemies.iter().all(|enemy| *enemy == item.id || !ids.contains(enemy)));
    by_domain && by_task && ids.len() == items.len() && peace
}

/// A paper with the quotas of its domains and nothing else in mind.
fn at_random(blueprint: &Blueprint, bank: &[BankItem], size: PaperSize, seed: u64) -> Form {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut items = Vec::new();
    for (domain, quota) in blueprint.domains.iter().zip(quotas(blueprint, size, seed)) {
        let is_here = |item: &&BankItem| domain.tasks.iter().any(|task| task.id == item.task);
        let pool: Vec<&BankItem> = bank.iter().filter(is_here).collect();
        for (place, item) in (0..).zip(pool.sample(&mut rng, quota.items as usize)) {
            items.push(FormItem {
                id: item.id.clone(),
                version: item.version.clone(),
                domain: domain.id.clone(),
                task: item.task.clone(),
                difficulty: item.difficulty,
                kind: item.kind,
                scored: place < quota.scored,
                option_order: (0..item.options).collect(),
                places: item.places,
            });
        }
    }
    Form { blueprint: blueprint.code.clone(), seed, items }
}

fn number_of(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::sample;

    #[test]
    fn assembled_papers_are_more_parallel_than_random_ones() {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, 21);
        let compared =
            compare(&blueprint, &bank, PaperSize::full(&blueprint), 0, 40, false).unwrap();
        assert!(compared.all_quotas_ok);
        assert!(compared.assembled.sd < 0.1, "{:?}", compared.assembled);
        let random = compared.random_within_domain;
        assert!(random.sd > 5.0 * compared.assembled.sd, "{random:?}");
        assert!((compared.target - 36.0).abs() < 1e-6);
        assert_eq!(compared.forms[0].overlap, None);
    }

    #[test]
    fn one_learner_meets_nothing_twice_while_the_bank_lasts() {
        let blueprint = sample::blueprint();
        let bank = sample::bank(&blueprint, 325, 22);
        let compared = compare(&blueprint, &bank, PaperSize::full(&blueprint), 0, 6, true).unwrap();
        let seen: Vec<u32> = compared.forms.iter().map(|form| form.seen_before).collect();
        assert_eq!(seen[..4], [0; 4]); // 260 of 325; then tasks begin to run out
        assert!(seen[5] > 0);
        assert!(compared.forms[1..5].iter().all(|form| form.overlap == Some(0)));
        assert!(compared.assembled.sd < 0.6, "{:?}", compared.assembled);
    }
}
