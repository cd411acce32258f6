//! Difficulty and slope of items from the answers of many people: marginal maximum likelihood by
//! expectation and maximisation (Bock and Aitkin 1981), with weak priors on both.

use statrs::function::logistic::logistic;

/// Points of ability, within four standard deviations.
const POINTS: u32 = 33;
/// Rounds of expectation and maximisation.
const ROUNDS: usize = 40;
/// Standard deviations of the priors: of the intercept around 0 and the slope around 1.
const INTERCEPT_SD: f64 = 2.0;
const SLOPE_SD: f64 = 0.35;

/// Items with a standard normal ability.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFit {
    floor: f64,
    /// Intercept and slope of each item, in logits.
    items: Vec<(f64, f64)>,
    /// Abilities with their prior weights.
    nodes: Vec<(f64, f64)>,
}

impl ItemFit {
    /// Fits items to answers: for each person, pairs of an item and a mark. `floor` is the chance
    /// to guess.
    pub fn fit(items: usize, people: &[Vec<(usize, bool)>], floor: f64) -> Self {
        let place = |node: u32| f64::from(node) / f64::from(POINTS - 1) * 8.0 - 4.0;
        let mass: f64 = (0..POINTS).map(|node| (-place(node).powi(2) / 2.0).exp()).sum();
        let nodes =
            (0..POINTS).map(|n| (place(n), (-place(n).powi(2) / 2.0).exp() / mass)).collect();
        let mut fit = Self { floor, items: vec![(0.0, 1.0); items], nodes };
        for _ in 0..ROUNDS {
            let counts = fit.expected(people);
            for (item, counts) in counts.iter().enumerate() {
                fit.items[item] = fit.improved(fit.items[item], counts);
            }
        }
        fit
    }

    /// Chance of a right answer to an item at each point of ability.
    pub fn curve(&self, item: usize) -> Vec<f64> {
        let (intercept, slope) = self.items[item];
        self.nodes.iter().map(|(x, _)| self.chance(intercept + slope * x)).collect()
    }

    /// How likely each point of ability is after these answers; sums to 1.
    pub fn posterior(&self, answers: &[(usize, bool)]) -> Vec<f64> {
        let curves: Vec<Vec<f64>> = (0..self.items.len()).map(|item| self.curve(item)).collect();
        self.weights(&curves, answers)
    }

    /// Logarithm of how likely these answers are for somebody unknown.
    pub fn evidence(&self, answers: &[(usize, bool)]) -> f64 {
        let curves: Vec<Vec<f64>> = (0..self.items.len()).map(|item| self.curve(item)).collect();
        let logs = self.logs(&curves, answers);
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        top + logs.into_iter().map(|log| (log - top).exp()).sum::<f64>().ln()
    }

    fn chance(&self, logit: f64) -> f64 {
        self.floor + (1.0 - self.floor) * logistic(logit)
    }

    /// Logarithm of prior and likelihood at each point of ability.
    fn logs(&self, curves: &[Vec<f64>], answers: &[(usize, bool)]) -> Vec<f64> {
        let mut logs: Vec<f64> = self.nodes.iter().map(|(_, weight)| weight.ln()).collect();
        for (item, right) in answers {
            for (log, chance) in logs.iter_mut().zip(&curves[*item]) {
                *log += if *right { chance.ln() } else { (1.0 - chance).ln() };
            }
        }
        logs
    }

    fn weights(&self, curves: &[Vec<f64>], answers: &[(usize, bool)]) -> Vec<f64> {
        let logs = self.logs(curves, answers);
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raw: Vec<f64> = logs.into_iter().map(|log| (log - top).exp()).collect();
        let sum: f64 = raw.iter().sum();
        raw.into_iter().map(|weight| weight / sum).collect()
    }

    /// For each item and point of ability: expected answers, and right ones among them.
    fn expected(&self, people: &[Vec<(usize, bool)>]) -> Vec<Vec<(f64, f64)>> {
        let curves: Vec<Vec<f64>> = (0..self.items.len()).map(|item| self.curve(item)).collect();
        let mut counts = vec![vec![(0.0, 0.0); self.nodes.len()]; self.items.len()];
        for answers in people {
            let weights = self.weights(&curves, answers);
            for (item, right) in answers {
                for (count, weight) in counts[*item].iter_mut().zip(&weights) {
                    count.0 += weight;
                    count.1 += weight * f64::from(u8::from(*right));
                }
            }
        }
        counts
    }

    /// A step of Fisher scoring for one item.
    fn improved(&self, (intercept, slope): (f64, f64), counts: &[(f64, f64)]) -> (f64, f64) {
        let mut gradient = [-intercept / INTERCEPT_SD.powi(2), (1.0 - slope) / SLOPE_SD.powi(2)];
        let mut information = [INTERCEPT_SD.powi(-2), 0.0, SLOPE_SD.powi(-2)];
        for ((x, _), (answers, right)) in self.nodes.iter().zip(counts) {
            let knows = logistic(intercept + slope * x);
            let chance = self.chance(intercept + slope * x);
            let steep = (1.0 - self.floor) * knows * (1.0 - knows);
            let spread = (chance * (1.0 - chance)).max(1e-9);
            let score = (right - answers * chance) * steep / spread;
            gradient[0] += score;
            gradient[1] += score * x;
            let said = answers * steep * steep / spread;
            information[0] += said;
            information[1] += said * x;
            information[2] += said * x * x;
        }
        let [a, b, c] = information;
        let determinant = (a * c - b * b).max(1e-9);
        let step = |value: f64| value.clamp(-1.0, 1.0);
        let up = step((c * gradient[0] - b * gradient[1]) / determinant);
        let steeper = step((a * gradient[1] - b * gradient[0]) / determinant);
        (intercept + up, (slope + steeper).clamp(0.1, 4.0))
    }
}
