//! A guesser that learns from some tasks what keys look like, and guesses at the others.

use std::collections::BTreeSet;

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use super::features::{COUNT, NAMES, features};
use super::tally::rounded;
use super::{LEARNED_MARGIN, Sheet, Tally};
use crate::logistic::Model;

/// Fewest questions to learn from.
const ENOUGH: usize = 8;
/// Most folds; with more tasks, several share one.
const MAX_FOLDS: usize = 20;
/// Folds of a deck whose questions name no two tasks.
const FOLDS_WITHOUT_TASKS: usize = 5;
/// How strongly weights are held near 0, in observations.
const RIDGE: f64 = 10.0;

/// What a guesser is that learned: logistic regression on the surface of options, fitted on all
/// tasks but one and tried on that one, for each in turn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Learned {
    /// How it did on questions it had not learned from.
    #[serde(flatten)]
    pub tally: Tally,
    /// Number of folds.
    pub folds: usize,
    /// What it goes by when it learns from the whole deck, heaviest first.
    pub weights: Vec<FeatureWeight>,
}

/// What a feature adds to the log-odds that an option is a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureWeight {
    /// Its name.
    pub feature: &'static str,
    /// For one standard deviation of the feature.
    #[serde(serialize_with = "rounded")]
    pub weight: f64,
}

/// Learns and guesses; nothing when there is too little to learn from.
pub(super) fn guess(sheets: &[Sheet<'_>]) -> Option<Learned> {
    if sheets.len() < ENOUGH {
        return None;
    }
    let rows: Vec<Vec<[f64; COUNT]>> = sheets.iter().map(|s| features(&s.options)).collect();
    let (folds, fold_of) = folds(sheets);
    let mut scores: Vec<Vec<f64>> = vec![Vec::new(); sheets.len()];
    for fold in 0..folds {
        let model = fit(sheets, &rows, |question| fold_of[question] != fold);
        for question in (0..sheets.len()).filter(|&question| fold_of[question] == fold) {
            scores[question] = model.scores(&matrix(&rows[question]));
        }
    }
    let answers = sheets.iter().zip(scores);
    let tally = Tally::of("learned".into(), LEARNED_MARGIN, answers);
    Some(Learned { tally, folds, weights: weights(&fit(sheets, &rows, |_| true)) })
}

/// The number of folds, and which one each question is in.
fn folds(sheets: &[Sheet<'_>]) -> (usize, Vec<usize>) {
    let tasks: BTreeSet<&str> = sheets.iter().map(Sheet::task).collect();
    if tasks.len() < 2 {
        let fold_of = (0..sheets.len()).map(|question| question % FOLDS_WITHOUT_TASKS);
        return (FOLDS_WITHOUT_TASKS, fold_of.collect());
    }
    let count = tasks.len().min(MAX_FOLDS);
    let fold = |sheet: &Sheet<'_>| tasks.range(..sheet.task()).count() % count;
    (count, sheets.iter().map(fold).collect())
}

fn fit(
    sheets: &[Sheet<'_>],
    rows: &[Vec<[f64; COUNT]>],
    learns_from: impl Fn(usize) -> bool,
) -> Model {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for question in (0..sheets.len()).filter(|&question| learns_from(question)) {
        x.extend_from_slice(&rows[question]);
        y.extend(sheets[question].keys.iter().map(|&key| f64::from(u8::from(key))));
    }
    Model::fit(&matrix(&x), &DVector::from_vec(y), RIDGE)
}

fn matrix(rows: &[[f64; COUNT]]) -> DMatrix<f64> {
    DMatrix::from_row_slice(rows.len(), COUNT, rows.as_flattened())
}

fn weights(model: &Model) -> Vec<FeatureWeight> {
    let mut weights: Vec<FeatureWeight> = NAMES
        .into_iter()
        .zip(model.weights())
        .map(|(feature, weight)| FeatureWeight { feature, weight })
        .collect();
    weights.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    weights
}
