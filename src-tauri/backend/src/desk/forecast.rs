#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::{ForecastView, RealResult, StudyPlan, WhatIfView};
use super::{DeskError, Sitwell};

impl Sitwell {
    /// The forecast for the exam chosen.
    pub async fn forecast(&self) -> Result<ForecastView, DeskError> {
        todo!()
    }

    /// What another plan would give; nothing is kept.
    pub async fn what_if(&self, plan: StudyPlan) -> Result<WhatIfView, DeskError> {
        todo!()
    }

    /// Keeps the plan.
    pub async fn set_plan(&self, plan: StudyPlan) -> Result<ForecastView, DeskError> {
        todo!()
    }

    /// Keeps the result of a real exam and scores the forecasts against it.
    pub async fn enter_result(&self, result: RealResult) -> Result<ForecastView, DeskError> {
        todo!()
    }
}
