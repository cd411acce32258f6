//! Measures of forecasts of what happens or does not.

use serde::Serialize;

/// Bins of equal mass over which calibration is measured.
const BINS: usize = 10;
/// Forecasts are kept this far from certainty before their logarithm is taken.
const SURE: f64 = 1e-4;

/// Forecasts of similar height, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Forecasts in it.
    pub count: usize,
    /// Their mean.
    pub predicted: f64,
    /// Share of them that happened.
    pub happened: f64,
}

/// How good a set of forecasts is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// Mean squared error of the chance (Brier 1950).
    pub brier: f64,
    /// Mean negative logarithm of the chance of what happened.
    pub log_loss: f64,
    /// Expected calibration error: mean distance between chance and frequency over ten bins of
    /// equal mass.
    pub ece: f64,
    /// Area under the ROC curve: chance that one that happened was forecast higher than one that
    /// did not.
    pub auc: f64,
    /// The bins, lowest first.
    pub bins: Vec<Bin>,
}

impl Measures {
    /// Of pairs of a chance and what happened.
    pub fn of(forecasts: &[(f64, bool)]) -> Self {
        let count = forecasts.len().max(1) as f64;
        let outcome = |happened: bool| f64::from(u8::from(happened));
        let mut sorted = forecasts.to_vec();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let bins = bins(&sorted);
        let missed = |bin: &Bin| bin.count as f64 * (bin.predicted - bin.happened).abs();
        Self {
            brier: forecasts.iter().map(|(p, y)| (p - outcome(*y)).powi(2)).sum::<f64>() / count,
            log_loss: forecasts.iter().map(|(p, y)| surprise(*p, *y)).sum::<f64>() / count,
            ece: bins.iter().map(missed).sum::<f64>() / count,
            auc: auc(&sorted),
            bins,
        }
    }
}

fn surprise(chance: f64, happened: bool) -> f64 {
    let chance = chance.clamp(SURE, 1.0 - SURE);
    -(if happened { chance } else { 1.0 - chance }).ln()
}

fn bins(sorted: &[(f64, bool)]) -> Vec<Bin> {
    let edge = |bin: usize| bin * sorted.len() / BINS;
    (0..BINS)
        .map(|bin| &sorted[edge(bin)..edge(bin + 1)])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let count = part.len() as f64;
            Bin {
                count: part.len(),
                predicted: part.iter().map(|(chance, _)| chance).sum::<f64>() / count,
                happened: part.iter().filter(|(_, happened)| *happened).count() as f64 / count,
            }
        })
        .collect()
}

/// By ranks (Mann and Whitney 1947); equal forecasts share theirs. One half when everything or
/// nothing happened.
fn auc(sorted: &[(f64, bool)]) -> f64 {
    let (mut ranks, mut positive, mut start) = (0.0, 0.0, 0);
    while start < sorted.len() {
        let mut end = start;
        while end < sorted.len() && sorted[end].0.total_cmp(&sorted[start].0).is_eq() {
            end += 1;
        }
        let happened = sorted[start..end].iter().filter(|(_, y)| *y).count() as f64;
        ranks += happened * ((start + end + 1) as f64 / 2.0);
        positive += happened;
        start = end;
    }
    let negative = sorted.len() as f64 - positive;
    if positive < 1.0 || negative < 1.0 {
        return 0.5;
    }
    (ranks - positive * (positive + 1.0) / 2.0) / (positive * negative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_agree_with_hand_computation() {
        let measures = Measures::of(&[(0.8, true), (0.6, false), (0.3, false), (0.9, true)]);
        assert!((measures.brier - (0.04 + 0.36 + 0.09 + 0.01) / 4.0).abs() < 1e-12);
        let log = -(0.8_f64.ln() + 0.4_f64.ln() + 0.7_f64.ln() + 0.9_f64.ln()) / 4.0;
        assert!((measures.log_loss - log).abs() < 1e-12);
        assert!((measures.auc - 1.0).abs() < 1e-12);
    }

    #[test]
    fn equal_forecasts_rank_nobody() {
        let measures = Measures::of(&[(0.5, true), (0.5, false), (0.5, true), (0.5, false)]);
        assert!((measures.auc - 0.5).abs() < 1e-12);
        assert!((Measures::of(&[(0.2, false), (0.3, false)]).auc - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_calibrated_forecast_has_no_calibration_error() {
        let forecasts: Vec<(f64, bool)> =
            (0..1000).map(|n| (f64::from(n / 100) / 10.0, n % 100 < n / 100 * 10)).collect();
        assert!(Measures::of(&forecasts).ece < 1e-9);
    }
}
