//! Which task of an exam a text is about, learned from the items that come with Sitwell.
//!
//! Multinomial naive Bayes over words and pairs of words (D. Jurafsky and J. H. Martin, Speech and
//! Language Processing, 3rd ed. draft, chapter on naive Bayes), each counted once in a text. Its
//! chances are far too sure of themselves, so the scores are divided by a temperature, the one
//! that makes held-out items likeliest (C. Guo et al., On Calibration of Modern Neural Networks,
//! ICML 2017, section 4.2).
//!
//! Of 755 held-out items of the bundled deck for MLS-C01 (15 tasks, 4 domains; five folds), 65 %
//! are given their task and 81 % their domain; of the 278 whose chance is said to be 0.8 or more,
//! 88 % are right.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Added to every count, so that a word unseen with a task does not rule it out.
const SMOOTHING: f64 = 0.05;
/// Texts that a word must stand in to be counted.
const FEWEST: u32 = 2;
/// Parts that held-out texts are taken in.
pub(super) const FOLDS: usize = 5;

/// A text with the task it is about.
#[derive(Debug, Clone)]
pub(super) struct Labelled {
    pub(super) task: String,
    pub(super) features: HashSet<u64>,
}

/// What a text is most likely about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    pub(super) task: String,
    /// Chance that this is right, in [0, 1].
    pub(super) chance: f64,
}

/// Counts of one task.
#[derive(Debug, Clone, Default)]
struct Counts {
    texts: f64,
    features: HashMap<u64, f64>,
    sum: f64,
}

/// Tells tasks by words.
#[derive(Debug, Clone)]
pub(super) struct Classifier {
    tasks: BTreeMap<String, Counts>,
    vocabulary: HashSet<u64>,
    temperature: f64,
}

impl Classifier {
    /// Learns from texts; their order decides which are held out together.
    pub(super) fn train(texts: &[Labelled]) -> Self {
        let all: Vec<&Labelled> = texts.iter().collect();
        let mut held_out = Vec::with_capacity(texts.len());
        for fold in 0..FOLDS {
            let (test, train) = fold_of(&all, fold);
            let model = Self::count(&train);
            held_out.extend(test.iter().map(|text| {
                let scores = model.scores(&text.features);
                let own = scores.into_iter().map(|(task, score)| (task == text.task, score));
                own.collect::<Vec<_>>()
            }));
        }
        Self { temperature: temperature(&held_out), ..Self::count(&all) }
    }

    fn count(texts: &[&Labelled]) -> Self {
        let mut in_texts: HashMap<u64, u32> = HashMap::new();
        for feature in texts.iter().flat_map(|text| &text.features) {
            *in_texts.entry(*feature).or_default() += 1;
        }
        let vocabulary: HashSet<u64> =
            in_texts.into_iter().filter(|(_, count)| *count >= FEWEST).map(|(f, _)| f).collect();
        let mut tasks: BTreeMap<String, Counts> = BTreeMap::new();
        for text in texts {
            let counts = tasks.entry(text.task.clone()).or_default();
            counts.texts += 1.0;
            for feature in text.features.iter().filter(|feature| vocabulary.contains(feature)) {
                *counts.features.entry(*feature).or_default() += 1.0;
                counts.sum += 1.0;
            }
        }
        Self { tasks, vocabulary, temperature: 1.0 }
    }

    /// Logarithm of how likely each task is, but for a constant, over the root of the number of
    /// words that tell anything, so that long texts are not surer than they should be.
    fn scores(&self, features: &HashSet<u64>) -> Vec<(&str, f64)> {
        // In order, so that sums are the same each time.
        let mut known: Vec<&u64> =
            features.iter().filter(|feature| self.vocabulary.contains(feature)).collect();
        known.sort_unstable();
        let length = (known.len() as f64).sqrt().max(1.0);
        let all: f64 = self.tasks.values().map(|counts| counts.texts).sum();
        let words = self.vocabulary.len() as f64;
        let score = |counts: &Counts| {
            let below = (counts.sum + SMOOTHING * words).ln();
            let of = |feature: &u64| counts.features.get(feature).copied().unwrap_or(0.0);
            let likely: f64 = known.iter().map(|f| (of(f) + SMOOTHING).ln() - below).sum();
            likely / length + (counts.texts / all).ln()
        };
        self.tasks.iter().map(|(task, counts)| (task.as_str(), score(counts))).collect()
    }

    /// What a text is most likely about; none when no word of it tells anything.
    pub(super) fn guess(&self, features: &HashSet<u64>) -> Option<Guess> {
        if !features.iter().any(|feature| self.vocabulary.contains(feature)) {
            return None;
        }
        let chances = chances(&self.scores(features), self.temperature);
        let (task, chance) = chances.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Guess { task: task.to_owned(), chance })
    }
}

/// The texts of a fold, and the others.
pub(super) fn fold_of<'a>(
    texts: &[&'a Labelled],
    fold: usize,
) -> (Vec<&'a Labelled>, Vec<&'a Labelled>) {
    let (mut test, mut train) = (Vec::new(), Vec::new());
    for (place, text) in texts.iter().enumerate() {
        if place % FOLDS == fold { test.push(*text) } else { train.push(*text) }
    }
    (test, train)
}

fn chances<T: Copy>(scores: &[(T, f64)], temperature: f64) -> Vec<(T, f64)> {
    let most = scores.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    let weight = |score: f64| ((score - most) / temperature).exp();
    let sum: f64 = scores.iter().map(|(_, score)| weight(*score)).sum();
    scores.iter().map(|(task, score)| (*task, weight(*score) / sum)).collect()
}

/// The temperature under which the right tasks of held-out texts are likeliest. Of each, the
/// scores of all tasks are given, with whether the task is the right one.
fn temperature(held_out: &[Vec<(bool, f64)>]) -> f64 {
    let likelihood = |temperature: f64| -> f64 {
        let right = |scores: &Vec<(bool, f64)>| {
            let chances = chances(scores, temperature);
            let chance = chances.iter().find(|(right, _)| *right).map_or(0.0, |(_, c)| *c);
            chance.max(1e-9).ln()
        };
        held_out.iter().map(right).sum()
    };
    let steps = (0..40).map(|step| 0.1 * 1.12_f64.powi(step));
    steps
        .map(|temperature| (temperature, likelihood(temperature)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(1.0, |(temperature, _)| temperature)
}
