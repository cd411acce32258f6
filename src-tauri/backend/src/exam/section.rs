//! One domain or one task of an exam, at the exam's pace.

use super::assemble::{Shortfall, assemble};
use super::quota::quotas;
use super::{BankItem, Form, PaperSize};
use crate::blueprint::Blueprint;

/// Most items of a section test.
pub const MAX_ITEMS: u32 = 100;

/// The exam with nothing but this domain or this task, by its id; none when it has neither.
fn part(blueprint: &Blueprint, scope: &str) -> Option<Blueprint> {
    let mut part = blueprint.clone();
    part.domains.retain_mut(|domain| {
        if domain.id != scope {
            domain.tasks.retain(|task| task.id == scope);
        }
        domain.weight = 100.0;
        !domain.tasks.is_empty()
    });
    (!part.domains.is_empty()).then_some(part)
}

/// How the exam guide words a domain or a task.
pub fn title<'b>(blueprint: &'b Blueprint, scope: &str) -> Option<&'b str> {
    let domain = blueprint.domains.iter().find(|domain| domain.id == scope);
    let title = domain.map(|domain| &domain.title);
    title.or_else(|| blueprint.task(scope).map(|(_, task)| &task.title)).map(String::as_str)
}

/// Items that a full paper takes from a domain or a task; at least one.
pub fn quota(blueprint: &Blueprint, scope: &str) -> u32 {
    let all = quotas(blueprint, PaperSize::full(blueprint), 0);
    let mut tasks = all.iter().flat_map(|domain| &domain.tasks);
    let domain = all.iter().find(|domain| domain.domain == scope).map(|domain| domain.items);
    let items = domain.or_else(|| tasks.find(|task| task.task == scope).map(|task| task.items));
    items.unwrap_or_default().max(1)
}

/// Minutes of a paper of so many items at the exam's pace, rounded up.
pub fn minutes(blueprint: &Blueprint, items: u32) -> u32 {
    let minutes = (u64::from(blueprint.minutes) * u64::from(items))
        .div_ceil(u64::from(blueprint.items.max(1)));
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

/// Draws a section test; all of its items count. None when the exam has no such part.
///
/// # Errors
/// [`Shortfall`] when the bank has too few items.
pub fn draw(
    blueprint: &Blueprint,
    bank: &[BankItem],
    scope: &str,
    items: u32,
    seed: u64,
) -> Option<Result<Form, Shortfall>> {
    let part = part(blueprint, scope)?;
    let items = items.clamp(1, MAX_ITEMS);
    Some(assemble(&part, bank, PaperSize { items, scored: items }, seed))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::exam::sample;

    #[test]
    fn what_the_exam_does_not_have_is_no_part() {
        let blueprint = sample::blueprint();
        assert!(draw(&blueprint, &[], "no such part", 5, 1).is_none());
        assert!(draw(&blueprint, &[], &blueprint.domains[0].id, 5, 1).unwrap().is_err());
        assert_eq!(title(&blueprint, "no such part"), None);
    }

    #[test]
    fn the_quotas_of_the_domains_make_the_paper_and_the_pace_is_the_exam_s() {
        let blueprint = sample::blueprint();
        let sum: u32 = blueprint.domains.iter().map(|d| quota(&blueprint, &d.id)).sum();
        assert_eq!(sum, blueprint.items);
        assert_eq!(minutes(&blueprint, blueprint.items), blueprint.minutes);
        assert!(minutes(&blueprint, 1) > 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn any_section_test_has_its_part_alone_no_repeats_and_is_drawn_again_alike(
            seed in any::<u64>(), pick in 0_usize..64, items in 1_u32..12,
        ) {
            let blueprint = sample::blueprint();
            let mut bank = sample::bank(&blueprint, 325, 2);
            let scopes: Vec<String> = blueprint
                .domains
                .iter()
                .flat_map(|d| std::iter::once(&d.id).chain(d.tasks.iter().map(|t| &t.id)))
                .cloned()
                .collect();
            let scope = &scopes[pick % scopes.len()];
            let form = draw(&blueprint, &bank, scope, items, seed).unwrap().unwrap();
            prop_assert_eq!(form.items.len(), items as usize);
            let inside = |domain: &str, task: &str| domain == scope || task == scope;
            prop_assert!(form.items.iter().all(|item| inside(&item.domain, &item.task)));
            prop_assert!(form.items.iter().all(|item| item.scored));
            let ids: BTreeSet<_> = form.items.iter().map(|item| &item.id).collect();
            prop_assert_eq!(ids.len(), form.items.len());
            bank.reverse();
            prop_assert_eq!(draw(&blueprint, &bank, scope, items, seed).unwrap().unwrap(), form);
        }
    }
}
