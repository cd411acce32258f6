//! The exam engine: draw a form (`assemble`), sit it (`sitting`), mark it (`score`).

pub mod ability;
pub mod assemble;
pub mod compare;
pub mod conditions;
pub mod custom;
pub mod diagnostic;
pub mod drill;
pub mod form;
pub mod mode;
pub mod parallel;
pub mod quota;
pub mod report;
pub mod response;
#[cfg(test)]
pub(crate) mod sample;
pub mod scale;
pub mod score;
pub mod section;
pub mod sitting;
pub mod timeline;

pub use conditions::{Banks, Conditions, ExtraTime};
pub use form::{BankItem, Form, FormItem, PaperSize};
pub use mode::Mode;
