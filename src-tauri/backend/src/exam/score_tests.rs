use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use super::*;
use crate::deck::{Answer, ResponseKind};
use crate::exam::assemble::assemble;
use crate::exam::response::{DIFFICULTY_SD, chance, difficulty};
use crate::exam::{PaperSize, ability, sample};

fn paper(seed: u64) -> (Blueprint, Form) {
    let blueprint = sample::blueprint();
    let bank = sample::bank(&blueprint, 325, seed);
    let form = assemble(&blueprint, &bank, PaperSize::full(&blueprint), seed).unwrap();
    (blueprint, form)
}

fn choice(options: &[u8]) -> Answer {
    Answer::Choice(options.iter().copied().collect())
}

fn key(item: &FormItem) -> Answer {
    match item.kind {
        ResponseKind::Multiple => choice(&[0, 3]),
        _ => choice(&[1]),
    }
}

/// Answers to a form in which the items named are right and the others wrong.
fn sit(blueprint: &Blueprint, form: &Form, right: impl Fn(usize, &FormItem) -> bool) -> Report {
    let keys: Vec<Answer> = form.items.iter().map(key).collect();
    let answers: Vec<Answer> = form
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| if right(place, item) { key(item) } else { choice(&[2]) })
        .collect();
    score(blueprint, form, &keys, &answers)
}

#[test]
fn only_the_exact_set_of_keys_is_right() {
    let (_, mut form) = paper(1);
    form.items.truncate(7);
    let keys = vec![choice(&[0, 3]); 6];
    let answers = [vec![0, 3], vec![0], vec![0, 3, 4], vec![], vec![1, 2], vec![3, 0], vec![0, 3]];
    let answers: Vec<Answer> = answers.iter().map(|answer| choice(answer)).collect();
    let expected = [true, false, false, false, false, true, false];
    assert_eq!(mark(&form, &keys, &answers), expected);
    assert_eq!(mark(&form, &keys, &[]), [false; 7]);
}

#[test]
fn an_arrangement_is_right_when_every_place_is() {
    let (_, mut form) = paper(1);
    form.items.truncate(6);
    let key = Answer::Arrangement(vec![Some(0), Some(1), Some(2)]);
    let answers = [
        key.clone(),
        Answer::Arrangement(vec![Some(0), Some(2), Some(1)]),
        Answer::Arrangement(vec![Some(0), Some(1), None]),
        Answer::Arrangement(vec![None; 3]),
        Answer::Arrangement(vec![Some(0), Some(1)]),
        choice(&[0, 1, 2]),
    ];
    let keys = vec![key; 6];
    assert_eq!(mark(&form, &keys, &answers), [true, false, false, false, false, false]);
}

#[test]
fn unscored_items_are_counted_and_do_not_count() {
    let (blueprint, form) = paper(2);
    let all_but_unscored = sit(&blueprint, &form, |_, item| item.scored);
    assert_eq!((all_but_unscored.correct, all_but_unscored.items), (50, 65));
    assert_eq!((all_but_unscored.scored_correct, all_but_unscored.scored_items), (50, 50));
    assert_eq!((all_but_unscored.scaled, all_but_unscored.passed), (1000, true));
    let only_unscored = sit(&blueprint, &form, |_, item| !item.scored);
    assert_eq!((only_unscored.correct, only_unscored.scored_correct), (15, 0));
    assert_eq!((only_unscored.scaled, only_unscored.passed), (100, false));
}

#[test]
fn a_blank_is_as_wrong_as_a_wrong_answer() {
    let (blueprint, form) = paper(3);
    let keys: Vec<Answer> = form.items.iter().map(key).collect();
    let mut answers = keys.clone();
    answers[4] = choice(&[]);
    let blank = score(&blueprint, &form, &keys, &answers);
    answers[4] = choice(&[2]);
    let wrong = score(&blueprint, &form, &keys, &answers);
    assert_eq!((blank.blank, wrong.blank), (1, 0));
    assert_eq!(Report { blank: 0, ..blank }, wrong);
    assert_eq!(score(&blueprint, &form, &keys, &[]).blank, 65);
}

#[test]
fn parts_add_up_to_the_whole() {
    let (blueprint, form) = paper(4);
    let report = sit(&blueprint, &form, |place, _| place % 3 != 0);
    let sums = |items: &dyn Fn(&DomainReport) -> u32| report.domains.iter().map(items).sum::<u32>();
    assert_eq!(sums(&|d| d.items), report.items);
    assert_eq!(sums(&|d| d.correct), report.correct);
    assert_eq!(sums(&|d| d.scored_items), report.scored_items);
    assert_eq!(sums(&|d| d.scored_correct), report.scored_correct);
    for task in &report.tasks {
        assert_eq!(task.marks.len(), task.items as usize);
        let right = task.correct as usize;
        assert!(task.marks[..right].iter().all(|mark| *mark));
        assert!(task.marks[right..].iter().all(|mark| !mark));
    }
}

#[test]
fn a_report_reads_back_as_it_was_written() {
    let (blueprint, form) = paper(5);
    for modulus in 2..9 {
        let report = sit(&blueprint, &form, |place, _| place % modulus != 0);
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }
}

#[test]
fn a_weak_domain_needs_improvement_and_a_strong_one_does_not() {
    let (blueprint, form) = paper(6);
    let report = sit(&blueprint, &form, |place, item| item.domain == "1" || place % 2 == 0);
    assert!(report.domains[0].meets_competencies);
    assert!(!report.domains[2].meets_competencies);
    assert_eq!(report.domains[0].scaled, 1000);
    let width = |interval: Interval| interval.high - interval.low;
    assert!(width(report.domains[0].interval_95) > width(report.interval_95));
}

#[test]
fn an_empty_paper_reports_the_minimum() {
    let blueprint = sample::blueprint();
    let form = Form { blueprint: "TEST-1".into(), seed: 0, items: Vec::new() };
    let report = score(&blueprint, &form, &[], &[]);
    assert_eq!((report.scaled, report.passed, report.items), (100, false, 0));
    assert!(report.interval_95.low <= report.interval_95.high);
}

#[test]
fn the_standard_error_of_a_full_paper_is_what_binomial_theory_says() {
    // 50 items at about 72 %: sqrt(.72 · .28 / 50) = .0635 of the items; a point of share is worth
    // 9.03 points below the cut and 8.93 above. Unequal items vary a little less.
    let (blueprint, form) = paper(7);
    let mut left = 36;
    let right: Vec<bool> = form
        .items
        .iter()
        .map(|item| {
            let right = item.scored && left > 0;
            left -= i32::from(right);
            right
        })
        .collect();
    let report = sit(&blueprint, &form, |place, _| right[place]);
    assert!((47.0..58.0).contains(&report.sem), "{}", report.sem);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn one_more_right_answer_lowers_nothing(seed in 0_u64..6, order in any::<u64>()) {
        let (blueprint, form) = paper(seed);
        let mut rng = ChaCha8Rng::seed_from_u64(order);
        let mut right = vec![false; form.items.len()];
        let mut before = sit(&blueprint, &form, |_, _| false);
        for _ in 0..25 {
            right[rng.random_range(0..form.items.len())] = true;
            let after = sit(&blueprint, &form, |place, _| right[place]);
            prop_assert!(after.scaled >= before.scaled);
            prop_assert!(after.interval_95.low >= before.interval_95.low);
            prop_assert!(after.interval_95.high >= before.interval_95.high);
            prop_assert!(after.chance_parallel_passes >= before.chance_parallel_passes);
            for (now, then) in after.domains.iter().zip(&before.domains) {
                prop_assert!(now.scaled >= then.scaled);
            }
            before = after;
        }
    }

    #[test]
    fn intervals_are_ordered_nested_and_inside_the_scale(seed in 0_u64..6, share in 0.0_f64..=1.0) {
        let (blueprint, form) = paper(seed);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let right: Vec<bool> = form.items.iter().map(|_| rng.random_bool(share)).collect();
        let report = sit(&blueprint, &form, |place, _| right[place]);
        let scale = &blueprint.scale;
        let (wide, narrow) = (report.interval_95, report.interval_50);
        prop_assert!(scale.min <= wide.low && wide.low <= narrow.low && narrow.low <= narrow.high);
        prop_assert!(narrow.high <= wide.high && wide.high <= scale.max);
        prop_assert!(wide.low <= report.scaled && report.scaled <= wide.high);
        prop_assert_eq!(report.passed, report.scaled >= scale.pass);
        prop_assert!((0.0..=1.0).contains(&report.chance_parallel_passes));
        for domain in &report.domains {
            prop_assert!(scale.min <= domain.interval_95.low && domain.interval_95.high <= scale.max);
            prop_assert!(domain.interval_95.low <= domain.scaled);
            prop_assert!(domain.scaled <= domain.interval_95.high);
        }
    }
}

/// Learners drawn from the prior, items whose difficulty is drawn around the author's level, a
/// required share drawn from its prior.
#[test]
fn the_intervals_and_the_chance_to_pass_again_are_calibrated() {
    const LEARNERS: u32 = 800;
    let mut rng = ChaCha8Rng::seed_from_u64(20_26);
    let normal = Normal::standard();
    let mut draw = move || normal.inverse_cdf(rng.random_range(1e-9..1.0 - 1e-9));
    let uniform = |z: f64| normal.cdf(z);
    let (mut in_95, mut in_50, mut passed_again, mut predicted) = (0, 0, 0, 0.0);
    let papers: Vec<(Blueprint, Form)> = (0..10).map(paper).collect();
    for learner in 0..LEARNERS {
        let (blueprint, form) = &papers[learner as usize % papers.len()];
        let scored: Vec<&FormItem> = form.items.iter().filter(|item| item.scored).collect();
        let grid = Grid::around_cut(&scored, blueprint.scale.required_share);
        let cut = grid.abilities()[grid.abilities().len() / 2];
        let ability = cut + ability::PRIOR_SD * draw();
        let required = blueprint.scale.required_share + blueprint.scale.required_share_sd * draw();
        let mut sit_once = || -> Vec<bool> {
            form.items
                .iter()
                .map(|item| {
                    let b = difficulty(item.difficulty) + DIFFICULTY_SD * draw();
                    let p = chance(ability, b, item.floor());
                    uniform(draw()) < p
                })
                .collect()
        };
        let (first, again) = (sit_once(), sit_once());
        let report = sit(blueprint, form, |place, _| first[place]);
        // What this ability is expected to score on papers of these levels and shapes.
        let share: f64 = scored
            .iter()
            .map(|item| {
                let knows = crate::exam::response::knows(ability, item.difficulty);
                crate::exam::response::with_floor(knows, item.floor())
            })
            .sum::<f64>()
            / scored.len() as f64;
        let truth = round(scaled_at(&blueprint.scale, required, share));
        let holds = |interval: Interval| (interval.low..=interval.high).contains(&truth);
        in_95 += u32::from(holds(report.interval_95));
        in_50 += u32::from(holds(report.interval_50));
        let right = form.items.iter().zip(&again).filter(|(item, right)| item.scored && **right);
        passed_again += u32::from(right.count() as f64 / scored.len() as f64 >= required);
        predicted += report.chance_parallel_passes;
    }
    let share = |count: u32| f64::from(count) / f64::from(LEARNERS);
    println!(
        "95 % interval holds {:.3}, 50 % interval {:.3}; passed again {:.3}, predicted {:.3}",
        share(in_95),
        share(in_50),
        share(passed_again),
        predicted / f64::from(LEARNERS)
    );
    assert!((0.93..=0.975).contains(&share(in_95)), "{}", share(in_95));
    assert!((0.46..=0.54).contains(&share(in_50)), "{}", share(in_50));
    assert!((share(passed_again) - predicted / f64::from(LEARNERS)).abs() < 0.03);
}
