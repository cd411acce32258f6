//! One typed command for each verb of the front desk, grouped by screen. No logic.

pub(crate) mod backups;
pub(crate) mod browse;
pub(crate) mod exams;
pub(crate) mod files;
pub(crate) mod forecast;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod item_reports;
pub(crate) mod library;
pub(crate) mod made_cards;
pub(crate) mod plan;
pub(crate) mod settings;
pub(crate) mod statistics;
pub(crate) mod study;
pub(crate) mod today;
pub(crate) mod updates;
