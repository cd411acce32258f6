//! How good the forecast is, on simulated learners and on real answers, against simpler ways to
//! forecast.

pub mod baseline;
pub mod diagram;
pub mod item_fit;
pub mod matrix;
pub mod measures;
pub mod population;
pub mod real;
#[cfg(test)]
mod reference;
pub mod simulated;
#[cfg(test)]
mod tests;

pub use matrix::{Matrix, MatrixError};
pub use measures::{Bin, Measures};
pub use real::RealReport;
pub use simulated::SimulatedReport;
