//! The order of the paper and of the options.

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::select::Selection;
use crate::blueprint::Blueprint;
use crate::exam::FormItem;

/// Puts the chosen items into a random order, with the unscored ones spread: one in each of as
/// many equal parts of the paper as there are of them. Option orders are uniform permutations.
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
    (0..chosen.len())
        .filter_map(|place| {
            if places.binary_search(&place).is_ok() { tried.next() } else { counted.next() }
        })
        .filter_map(|item| form_item(blueprint, selection, item, scored[item], rng))
        .collect()
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

fn form_item(
    blueprint: &Blueprint,
    selection: &Selection<'_>,
    item: usize,
    scored: bool,
    rng: &mut ChaCha8Rng,
) -> Option<FormItem> {
    let item = selection.pool.items[item];
    let (domain, _) = blueprint.task(&item.task)?;
    let mut option_order: Vec<u8> = (0..item.options).collect();
    option_order.shuffle(rng);
    Some(FormItem {
        id: item.id.clone(),
        version: item.version.clone(),
        domain: domain.id.clone(),
        task: item.task.clone(),
        difficulty: item.difficulty,
        kind: item.kind,
        scored,
        option_order,
    })
}
