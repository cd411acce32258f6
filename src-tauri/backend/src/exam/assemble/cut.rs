//! The ability at which papers are made equally hard.

use std::collections::BTreeMap;

use super::pool::Pool;
use crate::blueprint::Blueprint;
use crate::deck::Difficulty;
use crate::exam::response::{chance, difficulty, solve_rising};
use crate::exam::{BankItem, Form};

/// The point of the ability scale that matters for passing: somebody there is expected to answer
/// the required share of this bank, weighed as the blueprint weighs its tasks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Ability in logits.
    pub ability: f64,
    /// Share of a paper that is expected there, in [0, 1]: the required share, unless guessing
    /// alone gives more.
    pub share: f64,
}

impl Cut {
    /// The cut of a bank. Tasks without items are left out; an empty bank has its cut at 0.
    pub fn of(blueprint: &Blueprint, bank: &[BankItem]) -> Self {
        Self::of_pool(blueprint, &Pool::new(blueprint, bank))
    }

    pub(super) fn of_pool(blueprint: &Blueprint, pool: &Pool<'_>) -> Self {
        let weights = blueprint.domains.iter().flat_map(|domain| {
            let sum: f64 = domain.tasks.iter().map(|task| task.weight).sum();
            domain.tasks.iter().map(move |task| domain.weight * task.weight / sum)
        });
        // Items of one level and chance to guess share a curve. A floor is in (0, 1], where the
        // bits of a number are in its order.
        let mut shapes: BTreeMap<(Difficulty, u64), f64> = BTreeMap::new();
        for (items, weight) in pool.by_task.iter().zip(weights) {
            for item in items.iter().map(|&item| pool.items[item]) {
                let shape = (item.difficulty, item.floor().to_bits());
                *shapes.entry(shape).or_default() += weight / items.len() as f64;
            }
        }
        let total: f64 = shapes.values().sum();
        if total <= 0.0 {
            return Self { ability: 0.0, share: blueprint.scale.required_share };
        }
        let mean = |ability: f64| {
            let expected = |(&(level, floor), weight): (&(Difficulty, u64), &f64)| {
                weight * chance(ability, difficulty(level), f64::from_bits(floor))
            };
            shapes.iter().map(expected).sum::<f64>() / total
        };
        let ability = solve_rising(blueprint.scale.required_share, mean);
        Self { ability, share: mean(ability) }
    }

    /// Scored items of a form that somebody at the cut is expected to answer right.
    pub fn expected(&self, form: &Form) -> f64 {
        let scored = form.items.iter().filter(|item| item.scored);
        scored.map(|item| self.chance(item.difficulty, item.floor())).sum()
    }

    /// Chance that somebody at the cut answers an item right that is guessed with chance `floor`.
    pub(super) fn chance(&self, level: Difficulty, floor: f64) -> f64 {
        chance(self.ability, difficulty(level), floor)
    }
}
