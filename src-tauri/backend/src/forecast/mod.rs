//! The readiness forecast: from answers to the chance of passing.
//!
//! Evidence ([`Session`]) moves a Gaussian belief about ability ([`belief::Belief`]): a common
//! part, a learning rate and an offset for each domain. [`filter::fit`] runs over the sessions in
//! order; [`Outlook`] integrates what is believed on a day over the papers that the exam could
//! set. All of it is a pure function of its arguments. The mathematics and its validation are in
//! `docs/forecast.md`.

pub mod actions;
pub mod belief;
pub mod curve;
pub mod evidence;
pub mod filter;
pub mod outlook;
pub mod paper;
pub mod plan;
pub mod prior;
#[cfg(test)]
mod tests;
pub mod validate;

pub use evidence::{Answer, CardRecall, Kind, Repeat, Session};
pub use filter::Fit;
pub use outlook::{Bands, Outlook};
pub use paper::Paper;

/// Goes up when the same evidence would be forecast otherwise; kept with every forecast.
pub const MODEL_VERSION: u32 = 1;
