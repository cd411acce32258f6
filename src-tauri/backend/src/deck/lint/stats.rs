//! Numbers about a deck, for authors.

use std::collections::BTreeMap;

use serde::Serialize;

use super::questions;
use crate::deck::{Difficulty, Item, ItemBody, Question, ResponseKind};
use crate::rich_text::plain_text;

/// How often keys stand at each position, over questions of one shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyPositions {
    /// Single or multiple response.
    pub kind: ResponseKind,
    /// Number of options.
    pub options: usize,
    /// Questions of this shape.
    pub questions: usize,
    /// Keys at each position, first to last.
    pub keys: Vec<usize>,
}

/// How often the key is the longest option, over questions with a single key.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KeyLength {
    /// Questions with a single key.
    pub questions: usize,
    /// Those whose key is longer than every distractor.
    pub key_longest: usize,
    /// Those whose key is shorter than every distractor.
    pub key_shortest: usize,
    /// `key_longest` over `questions`; 0 when there are none.
    pub rate: f64,
    /// The rate to expect by chance.
    pub chance: f64,
}

/// Numbers about a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TaskStats {
    /// Questions.
    pub questions: usize,
    /// Easy ones among them.
    pub easy: usize,
    /// Medium ones.
    pub medium: usize,
    /// Hard ones.
    pub hard: usize,
    /// Questions with a single key.
    pub single: usize,
    /// Questions with several keys.
    pub multiple: usize,
    /// Questions that ask for an order.
    pub ordering: usize,
    /// Questions that ask for a match.
    pub matching: usize,
    /// Cards.
    pub cards: usize,
}

/// Numbers about a deck.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// All items.
    pub items: usize,
    /// Questions.
    pub questions: usize,
    /// Cards.
    pub cards: usize,
    /// Each task; items without one are under “”.
    pub tasks: BTreeMap<String, TaskStats>,
    /// Questions for each difficulty.
    pub by_difficulty: BTreeMap<&'static str, usize>,
    /// Questions for each kind of response.
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Where keys stand in questions whose keys are chosen.
    pub key_positions: Vec<KeyPositions>,
    /// How long keys are.
    pub key_length: KeyLength,
}

impl Stats {
    /// Counts.
    pub fn of(items: &[Item]) -> Self {
        let mut tasks: BTreeMap<String, TaskStats> = BTreeMap::new();
        for item in items {
            tasks.entry(item.task.clone().unwrap_or_default()).or_default().add(item);
        }
        let sum = |of: fn(&TaskStats) -> usize| tasks.values().map(of).sum::<usize>();
        Self {
            items: items.len(),
            questions: sum(|task| task.questions),
            cards: sum(|task| task.cards),
            by_difficulty: BTreeMap::from([
                ("easy", sum(|task| task.easy)),
                ("medium", sum(|task| task.medium)),
                ("hard", sum(|task| task.hard)),
            ]),
            by_kind: BTreeMap::from([
                ("single", sum(|task| task.single)),
                ("multiple", sum(|task| task.multiple)),
                ("ordering", sum(|task| task.ordering)),
                ("matching", sum(|task| task.matching)),
            ]),
            tasks,
            key_positions: key_positions(items),
            key_length: key_length(items),
        }
    }
}

impl TaskStats {
    fn add(&mut self, item: &Item) {
        let ItemBody::Question(question) = &item.body else {
            self.cards += 1;
            return;
        };
        self.questions += 1;
        *match question.difficulty {
            Difficulty::Easy => &mut self.easy,
            Difficulty::Medium => &mut self.medium,
            Difficulty::Hard => &mut self.hard,
        } += 1;
        *match question.kind() {
            ResponseKind::Single => &mut self.single,
            ResponseKind::Multiple => &mut self.multiple,
            ResponseKind::Ordering => &mut self.ordering,
            ResponseKind::Matching => &mut self.matching,
        } += 1;
    }
}

fn key_positions(items: &[Item]) -> Vec<KeyPositions> {
    let mut shapes: BTreeMap<(bool, usize), KeyPositions> = BTreeMap::new();
    for (_, question) in questions(items).filter(|(_, q)| q.interaction.is_choice()) {
        let kind = question.kind();
        let options = question.options.len();
        let shape = shapes.entry((kind == ResponseKind::Multiple, options)).or_insert_with(|| {
            KeyPositions { kind, options, questions: 0, keys: vec![0; options] }
        });
        shape.questions += 1;
        for (position, option) in question.options.iter().enumerate() {
            shape.keys[position] += usize::from(option.key);
        }
    }
    shapes.into_values().collect()
}

fn key_length(items: &[Item]) -> KeyLength {
    let mut length =
        KeyLength { questions: 0, key_longest: 0, key_shortest: 0, rate: 0.0, chance: 0.0 };
    for (_, question) in questions(items).filter(|(_, q)| q.kind() == ResponseKind::Single) {
        let (key, distractors) = lengths(question);
        length.questions += 1;
        length.key_longest += usize::from(distractors.iter().all(|&other| key > other));
        length.key_shortest += usize::from(distractors.iter().all(|&other| key < other));
        length.chance += 1.0 / question.options.len() as f64;
    }
    if length.questions > 0 {
        length.rate = length.key_longest as f64 / length.questions as f64;
        length.chance /= length.questions as f64;
    }
    length
}

/// Characters a reader sees of the key, and of each distractor.
fn lengths(question: &Question) -> (usize, Vec<usize>) {
    let mut key = 0;
    let mut distractors = Vec::new();
    for option in &question.options {
        let length = plain_text(&option.text).chars().count();
        if option.key {
            key = length;
        } else {
            distractors.push(length);
        }
    }
    (key, distractors)
}
