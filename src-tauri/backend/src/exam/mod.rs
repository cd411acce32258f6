//! The exam engine: draw a form (`assemble`), sit it (`sitting`), mark it (`score`).

pub mod assemble;
pub mod form;
pub mod quota;
pub mod response;
#[cfg(test)]
pub(crate) mod sample;
pub mod sitting;

pub use form::{BankItem, Form, FormItem, PaperSize};
