//! Rules about a deck as a whole. Small decks are spared: chance alone unbalances them.

use super::{Findings, KeyPositions, Stats};
use crate::blueprint::Blueprint;
use crate::deck::{Difficulty, Item};

/// Fewest questions from which a deck is judged as a whole.
const ENOUGH: usize = 40;
/// How often the key may be the longest option, whatever chance says.
const MAX_LONGEST: f64 = 0.30;
/// Share of each difficulty a deck aims at, and how far it may stray.
const MIX: [f64; 3] = [0.25, 0.50, 0.25];
const MIX_TOLERANCE: f64 = 0.10;
/// How far the share of a domain may stray from its weight, relative to it.
const DOMAIN_TOLERANCE: f64 = 0.25;
/// How many times more or fewer questions than its share a task may have.
const TASK_FACTOR: f64 = 2.0;
/// Chi-square at 1 %, for 1 to 9 degrees of freedom.
const CRITICAL: [f64; 9] = [6.635, 9.210, 11.345, 13.277, 15.086, 16.812, 18.475, 20.090, 21.666];

pub(super) fn check(items: &[Item], blueprint: Option<&Blueprint>, findings: &mut Findings) {
    let stats = Stats::of(items);
    if stats.questions < ENOUGH {
        return;
    }
    longest(&stats, findings);
    for shape in &stats.key_positions {
        positions(shape, findings);
    }
    mix(&stats, findings);
    if let Some(blueprint) = blueprint {
        coverage(&stats, blueprint, findings);
    }
}

/// A learner who always takes the longest option must not do better than by chance.
fn longest(stats: &Stats, findings: &mut Findings) {
    let length = stats.key_length;
    let n = length.questions as f64;
    // One-sided 95 % bound of what chance gives.
    let bound = length.chance + 1.645 * (length.chance * (1.0 - length.chance) / n.max(1.0)).sqrt();
    if length.questions >= ENOUGH && length.rate > bound.max(MAX_LONGEST) {
        let (longest, questions, rate) =
            (length.key_longest, length.questions, percent(length.rate));
        let message = format!("the key is the longest option in {longest} of {questions} ({rate})");
        findings.deck("key-longest", message, "lengthen distractors or shorten keys");
    }
}

fn positions(shape: &KeyPositions, findings: &mut Findings) {
    let total: usize = shape.keys.iter().sum();
    let expected = total as f64 / shape.options as f64;
    let square = |&keys: &usize| (keys as f64 - expected).powi(2) / expected;
    let chi_square: f64 = shape.keys.iter().map(square).sum();
    let critical = CRITICAL.get(shape.options.saturating_sub(2)).copied().unwrap_or(f64::INFINITY);
    if shape.questions >= ENOUGH && chi_square > critical {
        let (options, keys) = (shape.options, &shape.keys);
        let message = format!("keys of questions with {options} options stand at {keys:?}");
        findings.deck("key-position", message, "move keys so that each position has its share");
    }
}

fn mix(stats: &Stats, findings: &mut Findings) {
    for (level, target) in Difficulty::ALL.into_iter().zip(MIX) {
        let count = stats.by_difficulty.get(name(level)).copied().unwrap_or(0);
        let share = count as f64 / stats.questions as f64;
        if (share - target).abs() > MIX_TOLERANCE {
            let (name, share, target) = (name(level), percent(share), percent(target));
            let message = format!("{share} of the questions are {name}; the aim is {target}");
            findings.deck("difficulty-mix", message, "add questions of the levels that are short");
        }
    }
}

/// Questions of a deck follow the exam's weights.
fn coverage(stats: &Stats, blueprint: &Blueprint, findings: &mut Findings) {
    let count = |task: &str| stats.tasks.get(task).map_or(0, |task| task.questions);
    let hint = "follow the weights of the exam's content outline";
    for domain in &blueprint.domains {
        let questions: usize = domain.tasks.iter().map(|task| count(&task.id)).sum();
        let share = questions as f64 / stats.questions as f64;
        let target = domain.weight / 100.0;
        if (share / target - 1.0).abs() > DOMAIN_TOLERANCE {
            let (share, target) = (percent(share), percent(target));
            let message =
                format!("domain {} has {share} of the questions, not {target}", domain.id);
            findings.deck("domain-coverage", message, hint);
        }
        let weights: f64 = domain.tasks.iter().map(|task| task.weight).sum();
        for task in &domain.tasks {
            let expected = questions as f64 * task.weight / weights;
            let there = count(&task.id) as f64;
            if there < expected / TASK_FACTOR || there > expected * TASK_FACTOR || there == 0.0 {
                let message = format!("task {} has {there} questions, not {expected:.0}", task.id);
                findings.deck("task-coverage", message, hint);
            }
        }
    }
}

/// The level as authors write it.
pub(super) fn name(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
