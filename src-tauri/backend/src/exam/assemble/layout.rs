//! The order of the paper and of the options.

use std::collections::HashMap;

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::select::Selection;
use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::{BankItem, FormItem};

/// Puts the chosen items into a random order, with the unscored ones spread: one in each of as
/// many equal parts of the paper as there are of them. Option orders are uniform permutations,
/// apart from those that would show the right order. Questions of one case stand together, where
/// the first of them came to stand; that may move the others.
pub(super) fn lay_out(
    blueprint: &Blueprint,
    selection: &Selection<'_>,
    scored: &[bool],
    rng: &mut ChaCha8Rng,
) -> Vec<FormItem> {
    let mut chosen: Vec<usize> = selection.by_task.iter().flatten().copied().collect();
    chosen.sort_unstable();
    chosen.shuffle(rng);
    let (counted, tried): (Vec<usize>, Vec<usize>) = chosen.iter().partition(|&&item| scored[item]);
    let places = spread(tried.len(), chosen.len(), rng);
    let (mut counted, mut tried) = (counted.into_iter(), tried.into_iter());
    let order: Vec<usize> = (0..chosen.len())
        .filter_map(|place| {
            if places.binary_search(&place).is_ok() { tried.next() } else { counted.next() }
        })
        .collect();
    gather_cases(&order, |item| selection.pool.items[item].case.as_ref())
        .into_iter()
        .filter_map(|item| form_item(blueprint, selection.pool.items[item], scored[item], rng))
        .collect()
}

/// Moves the questions of each case behind the first of them.
pub(in crate::exam) fn gather_cases<'a>(
    order: &[usize],
    case: impl Fn(usize) -> Option<&'a ItemId>,
) -> Vec<usize> {
    let mut mates: HashMap<&ItemId, Vec<usize>> = HashMap::new();
    for &item in order {
        if let Some(case) = case(item) {
            mates.entry(case).or_default().push(item);
        }
    }
    let gathered = order.iter().flat_map(|&item| match case(item) {
        None => vec![item],
        Some(case) => mates.remove(case).unwrap_or_default(),
    });
    gathered.collect()
}

/// One random place in each of `count` equal parts of `0..length`, ascending.
fn spread(count: usize, length: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    (0..count)
        .map(|part| {
            let (start, end) = (part * length / count, (part + 1) * length / count);
            rng.random_range(start..end.max(start + 1))
        })
        .collect()
}

/// A place in a paper, with its options in a random order; none for a task that the blueprint
/// does not have.
pub(in crate::exam) fn form_item(
    blueprint: &Blueprint,
    item: &BankItem,
    scored: bool,
    rng: &mut ChaCha8Rng,
) -> Option<FormItem> {
    let (domain, _) = blueprint.task(&item.task)?;
    Some(place(&domain.id, item, scored, rng))
}

/// The same in the domain given, whatever the task.
pub(in crate::exam) fn place(
    domain: &str,
    item: &BankItem,
    scored: bool,
    rng: &mut ChaCha8Rng,
) -> FormItem {
    let mut option_order: Vec<u8> = (0..item.options).collect();
    option_order.shuffle(rng);
    while shows_key_order(item, &option_order) {
        option_order.shuffle(rng);
    }
    FormItem {
        id: item.id.clone(),
        version: item.version.clone(),
        domain: domain.to_owned(),
        task: item.task.clone(),
        difficulty: item.difficulty,
        kind: item.kind,
        scored,
        option_order,
        places: item.places,
    }
}

/// Whether the keys of an order or a match stand in the order of the key. Two of them may: never
/// to show it would give it away.
fn shows_key_order(item: &BankItem, option_order: &[u8]) -> bool {
    let Some(places) = item.places else { return false };
    let keys = places.count.min(item.options);
    keys > 2 && option_order.iter().filter(|&&option| option < keys).is_sorted()
}
