//! An exam and banks of questions for tests.

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::BankItem;
use crate::blueprint::{
    Accommodations, Blueprint, Breaks, Domain, QuestionType, Scale, Status, Task,
};
use crate::deck::{ContentHash, Difficulty, ResponseKind};

/// An exam with domains of the weights given, each with that many tasks of equal weight.
pub(crate) fn exam(items: u32, scored_items: u32, domains: &[(f64, usize)]) -> Blueprint {
    let domain = |(index, (weight, tasks)): (usize, &(f64, usize))| Domain {
        id: format!("{}", index + 1),
        title: format!("Domain {}", index + 1),
        weight: *weight,
        tasks: (1..=*tasks)
            .map(|task| Task {
                id: format!("{}.{task}", index + 1),
                title: format!("Task {}.{task}", index + 1),
                weight: 1.0,
            })
            .collect(),
    };
    Blueprint {
        code: "TEST-1".into(),
        title: "An exam for tests".into(),
        provider: "Nobody".into(),
        status: Status::Active,
        successors: Vec::new(),
        minutes: 180,
        items,
        scored_items,
        scale: Scale {
            min: 100,
            max: 1000,
            pass: 750,
            required_share: 0.72,
            required_share_sd: 0.03,
        },
        question_types: vec![QuestionType::MultipleChoice, QuestionType::MultipleResponse],
        multiple_response_share: 0.2,
        ordering_share: None,
        matching_share: None,
        extra_minutes: 30,
        breaks: Breaks::default(),
        accommodations: Accommodations { extra_percent: vec![50], stop_clock_breaks: true },
        domains: domains.iter().enumerate().map(domain).collect(),
        source: "none".into(),
        checked: chrono::NaiveDate::default(),
    }
}

/// The shape of MLS-C01.
pub(crate) fn blueprint() -> Blueprint {
    exam(65, 50, &[(20.0, 3), (24.0, 3), (36.0, 5), (20.0, 4)])
}

/// One unseen question.
pub(crate) fn item(task: &str, number: usize) -> BankItem {
    let slug = format!("deck/q{}-{number}", task.replace('.', "-"));
    BankItem {
        version: ContentHash::of(slug.as_bytes()),
        id: slug.parse().unwrap(),
        task: task.into(),
        difficulty: Difficulty::Medium,
        kind: ResponseKind::Single,
        options: 4,
        places: None,
        case: None,
        tags: Vec::new(),
        enemies: Vec::new(),
        last_seen_ms: None,
        times_answered: 0,
        listed: false,
    }
}

/// A realistic unseen bank of about `count` questions: by task as the blueprint weighs them, each
/// task 25/50/25 by difficulty, one in five with several keys, two or three of twelve concepts of
/// the task each, and one in twelve with an enemy.
pub(crate) fn bank(blueprint: &Blueprint, count: usize, seed: u64) -> Vec<BankItem> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut bank: Vec<BankItem> = Vec::new();
    for (domain, task) in blueprint.tasks() {
        let share = domain.weight / 100.0 / domain.tasks.len() as f64 * count as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        for number in 0..share.round() as usize {
            let mut item = item(&task.id, number);
            item.difficulty = match number % 4 {
                0 => Difficulty::Easy,
                1 => Difficulty::Hard,
                _ => Difficulty::Medium,
            };
            if rng.random_bool(0.2) {
                item.kind = ResponseKind::Multiple;
                item.options = 5;
            }
            for _ in 0..3 {
                let tag = format!("concept-{}-{}", task.id, rng.random_range(0..12));
                if !item.tags.contains(&tag) {
                    item.tags.push(tag);
                }
            }
            if rng.random_bool(1.0 / 12.0)
                && let Some(enemy) = bank.choose(&mut rng)
            {
                item.enemies.push(enemy.id.clone());
            }
            bank.push(item);
        }
    }
    bank
}
