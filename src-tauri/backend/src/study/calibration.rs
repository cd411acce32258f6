//! Whether recall comes true as predicted.

use super::card::{Grade, Memory};
use super::memory::{days_between, retrievability, step};
use super::schedule::BadMemory;

/// Most bins.
const BINS: usize = 10;
/// Fewest reviews in a bin, so that its share means something.
const PER_BIN: usize = 20;

/// A review of a card in order, and whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The study day.
    pub day: i64,
    /// How the card was recalled.
    pub grade: Grade,
    /// Whether it is to be compared with what was predicted.
    pub counts: bool,
}

/// Predictions that were about the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Predicted {
    /// Mean predicted recall, in [0, 1].
    pub mean: f64,
    /// Reviews.
    pub of: u32,
    /// Those that were recalled.
    pub hits: u32,
}

/// What was predicted for each review of a card that counts, with whether it was recalled.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses a step.
pub fn predictions(
    reviews: impl IntoIterator<Item = Told>,
    model: &fsrs::FSRS,
    parameters: &[f32],
) -> Result<Vec<(f32, bool)>, BadMemory> {
    let mut memory: Option<Memory> = None;
    let mut last = None;
    let mut told = Vec::new();
    for review in reviews {
        let elapsed = days_between(last, review.day);
        if let Some(memory) = memory.filter(|_| review.counts) {
            let predicted = retrievability(memory, elapsed as f32, parameters);
            told.push((predicted, review.grade != Grade::Again));
        }
        memory = Some(step(memory, elapsed, review.grade, model)?);
        last = Some(review.day);
    }
    Ok(told)
}

/// Puts predictions that are about the same together: up to ten bins of equal size, lowest first.
pub fn bins(mut told: Vec<(f32, bool)>) -> Vec<Predicted> {
    told.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let bins = (told.len() / PER_BIN).clamp(1, BINS);
    let edge = |bin: usize| told.len() * bin / bins;
    (0..bins)
        .map(|bin| &told[edge(bin)..edge(bin + 1)])
        .filter(|bin| !bin.is_empty())
        .map(|bin| Predicted {
            mean: bin.iter().map(|(p, _)| f64::from(*p)).sum::<f64>() / bin.len() as f64,
            of: u32::try_from(bin.len()).unwrap_or(u32::MAX),
            hits: u32::try_from(bin.iter().filter(|(_, hit)| *hit).count()).unwrap_or(u32::MAX),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_is_what_fsrs_said_before_the_review() {
        let model = fsrs::FSRS::default();
        let told = |day, grade, counts| Told { day, grade, counts };
        let log = [
            told(0, Grade::Good, false),
            told(4, Grade::Good, true),
            told(4, Grade::Good, false),
            told(30, Grade::Again, true),
        ];
        let told = predictions(log, &model, &[]).unwrap();
        let first = step(None, 0, Grade::Good, &model).unwrap();
        assert_eq!(told[0], (retrievability(first, 4.0, &[]), true));
        assert!(told[1].0 < 1.0 && !told[1].1);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn bins_are_of_equal_size_and_hold_everything() {
        let told: Vec<(f32, bool)> = (0..95).map(|n| (n as f32 / 100.0, n % 3 == 0)).collect();
        let binned = bins(told.clone());
        assert_eq!(binned.len(), 4);
        assert_eq!(binned.iter().map(|bin| bin.of).sum::<u32>(), 95);
        assert!(binned.windows(2).all(|pair| pair[0].mean < pair[1].mean));
        assert_eq!(bins(told[..3].to_vec()).len(), 1);
        assert_eq!(bins(Vec::new()), []);
    }
}
