//! One typed command for each verb of the front desk, grouped by screen. No logic.

pub(crate) mod exams;
pub(crate) mod settings;
pub(crate) mod study;
pub(crate) mod today;
