//! Logistic regression with a ridge, fitted by Newton's method (iteratively reweighted least
//! squares). Nothing in it is random.

use nalgebra::{DMatrix, DVector};

/// Steps after which the fit is taken as it is; a handful is usual.
const MAX_STEPS: usize = 50;
/// A step that changes no weight by more ends the fit.
const TOLERANCE: f64 = 1e-9;

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Weights of the standardised features.
    weights: DVector<f64>,
    /// Standard deviation of each feature, 1 for one that never varies.
    scales: DVector<f64>,
    intercept: f64,
}

impl Model {
    /// Fits rows of features, each of mean 0, to outcomes of 0 and 1. `ridge` says how strongly
    /// weights are held near 0, in observations.
    pub(crate) fn fit(features: &DMatrix<f64>, outcomes: &DVector<f64>, ridge: f64) -> Self {
        let n = features.nrows().max(1) as f64;
        let scale = |column: nalgebra::DVectorView<'_, f64>| {
            let deviation = (column.norm_squared() / n).sqrt();
            if deviation > 1e-9 { deviation } else { 1.0 }
        };
        let scales = DVector::from_iterator(features.ncols(), features.column_iter().map(scale));
        let mut standard = features.clone();
        for (mut column, scale) in standard.column_iter_mut().zip(&scales) {
            column /= *scale;
        }
        // The last column is the intercept, which is not held back.
        let x = standard.insert_column(features.ncols(), 1.0);
        let mut held = DVector::from_element(x.ncols(), ridge);
        held[features.ncols()] = 1e-6;
        let weights = newton(&x, outcomes, &held);
        let intercept = weights[features.ncols()];
        Self { weights: weights.rows(0, features.ncols()).into_owned(), scales, intercept }
    }

    /// Log-odds of rows, up to a constant.
    pub(crate) fn scores(&self, features: &DMatrix<f64>) -> Vec<f64> {
        let raw = self.weights.component_div(&self.scales);
        (features * raw).iter().copied().collect()
    }

    /// Chances of rows; their features are centred as those of the fit were.
    pub(crate) fn chances(&self, features: &DMatrix<f64>) -> Vec<f64> {
        self.scores(features).into_iter().map(|score| sigmoid(score + self.intercept)).collect()
    }

    /// What one standard deviation of each feature adds to the log-odds.
    pub(crate) fn weights(&self) -> Vec<f64> {
        self.weights.iter().copied().collect()
    }
}

/// Maximises the penalised likelihood. Newton's step is halved while it does not lead upwards.
fn newton(x: &DMatrix<f64>, y: &DVector<f64>, ridge: &DVector<f64>) -> DVector<f64> {
    let mut weights = DVector::zeros(x.ncols());
    let mut height = likelihood(x, y, ridge, &weights);
    for _ in 0..MAX_STEPS {
        let p = (x * &weights).map(sigmoid);
        let gradient = x.tr_mul(&(y - &p)) - ridge.component_mul(&weights);
        let mut weighted = x.clone();
        for (mut row, p) in weighted.row_iter_mut().zip(&p) {
            row *= p * (1.0 - p);
        }
        let curvature = x.tr_mul(&weighted) + DMatrix::from_diagonal(ridge);
        let Some(cholesky) = curvature.cholesky() else { break };
        let mut step = cholesky.solve(&gradient);
        let mut next = &weights + &step;
        let mut next_height = likelihood(x, y, ridge, &next);
        while next_height < height && step.amax() > TOLERANCE {
            step /= 2.0;
            next = &weights + &step;
            next_height = likelihood(x, y, ridge, &next);
        }
        (weights, height) = (next, next_height);
        if step.amax() <= TOLERANCE {
            break;
        }
    }
    weights
}

fn likelihood(
    x: &DMatrix<f64>,
    y: &DVector<f64>,
    ridge: &DVector<f64>,
    weights: &DVector<f64>,
) -> f64 {
    let logits = x * weights;
    let penalty = ridge.dot(&weights.component_mul(weights)) / 2.0;
    // log σ(z) for a key, log (1 − σ(z)) otherwise, without overflow.
    let log = |z: f64, y: f64| y * z - z.max(0.0) - (-z.abs()).exp().ln_1p();
    logits.iter().zip(y).map(|(&z, &y)| log(z, y)).sum::<f64>() - penalty
}

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RIDGE: f64 = 10.0;

    #[test]
    fn the_feature_that_marks_keys_gets_the_weight() {
        let x = DMatrix::from_fn(80, 2, |row, column| {
            let sign = |odd: bool| if odd { 1.0 } else { -1.0 };
            sign(if column == 0 { row % 2 == 1 } else { row % 4 > 1 })
        });
        let y = DVector::from_fn(80, |row, _| f64::from(u8::from(row % 2 == 1)));
        let model = Model::fit(&x, &y, RIDGE);
        assert!(model.weights()[0] > 1.0);
        assert!(model.weights()[1].abs() < 1e-6);
    }

    proptest! {
        /// At the top the slope is 0.
        #[test]
        fn a_fit_ends_at_the_top(
            values in prop::collection::vec(-3.0..3.0_f64, 90),
            keys in prop::collection::vec(any::<bool>(), 30),
        ) {
            let x = DMatrix::from_row_slice(30, 3, &values);
            let y = DVector::from_iterator(30, keys.into_iter().map(|key| f64::from(u8::from(key))));
            let ridge = DVector::from_element(3, RIDGE);
            let weights = newton(&x, &y, &ridge);
            let p = (&x * &weights).map(sigmoid);
            let slope = x.tr_mul(&(&y - &p)) - ridge.component_mul(&weights);
            prop_assert!(slope.amax() < 1e-6, "{slope}");
        }
    }
}
