//! Draws a paper: exact quotas, fresh items, parallel difficulty.
//!
//! What binds, strongest first:
//!
//! 1. the quotas of domains and tasks, and that no two enemies meet ([`witness`], exact search);
//! 2. freshness: never seen before seen, then least recently seen, by the day ([`freshest`], exact search);
//! 3. among equally fresh items of a task, the mix of difficulty, the shares of the kinds of question,
//!    the spread of concepts, and an expected score like that of the whole bank ([`balance`]);
//! 4. chance, by the seed.
//!
//! Questions of one case that are drawn stand together ([`layout`]).
//!
//! The same blueprint, bank (in any order) and seed give the same paper, on every machine: the
//! random numbers are those of `ChaCha8`, one stream for each step.

mod balance;
mod cut;
mod freshest;
mod layout;
mod plan;
mod pool;
mod select;
mod shortfall;
#[cfg(test)]
mod tests;
mod witness;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use cut::Cut;
pub(super) use layout::{form_item, gather_cases, place};
pub use shortfall::{Gap, Shortfall};

use super::quota::DomainQuota;
use super::{BankItem, Form, PaperSize};
use crate::blueprint::Blueprint;
use plan::Plan;
use pool::Pool;
use witness::Budget;

/// A paper with what it was drawn to.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The paper.
    pub form: Form,
    /// The quotas it meets, in the order of the blueprint.
    pub quotas: Vec<DomainQuota>,
    /// The ability at which papers of this bank are made equally hard.
    pub cut: Cut,
    /// Scored items that somebody of that ability is expected to answer right.
    pub expected: f64,
}

/// Draws a paper of `size` from `bank`. Items of tasks that the blueprint does not have are left
/// alone; a size with more scored items than items counts all of them.
///
/// # Errors
/// [`Shortfall`] when the bank has too few items for the quotas, or too few that are not enemies
/// of each other; it says where, and how long a paper can be.
pub fn assemble(
    blueprint: &Blueprint,
    bank: &[BankItem],
    size: PaperSize,
    seed: u64,
) -> Result<Form, Shortfall> {
    draw(blueprint, bank, size, seed).map(|drawn| drawn.form)
}

/// Like [`assemble`], with the quotas and the expected score.
///
/// # Errors
/// Like [`assemble`].
pub fn draw(
    blueprint: &Blueprint,
    bank: &[BankItem],
    size: PaperSize,
    seed: u64,
) -> Result<Drawn, Shortfall> {
    let size = PaperSize { items: size.items, scored: size.scored.min(size.items) };
    let pool = Pool::new(blueprint, bank);
    let plans = Plan::all(blueprint, &pool, size, seed);
    let feasible = witness::first(&pool, plans, &mut Budget::new());
    let Some((core, plan)) = feasible else {
        return Err(shortfall::explain(blueprint, &pool, size, seed));
    };
    let cut = Cut::of_pool(blueprint, &pool);
    let mut selection = freshest::freshest(&pool, &plan, &core, &mut stream(seed, 1));
    let scored = balance::balance(&mut selection, &plan, blueprint, cut, &mut stream(seed, 2));
    let items = layout::lay_out(blueprint, &selection, &scored, &mut stream(seed, 3));
    let form = Form { blueprint: blueprint.code.clone(), seed, items };
    Ok(Drawn { expected: cut.expected(&form), quotas: plan.quotas, cut, form })
}

/// The random stream of one step of assembly.
pub(super) fn stream(seed: u64, step: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(step);
    rng
}
