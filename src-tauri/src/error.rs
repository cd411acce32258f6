//! The one error that crosses to the window.

use serde::Serialize;
use sitwell_backend::desk::DeskError;

use crate::journal::{self, Event};

/// What failed, where, and what to do.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct AppError {
    /// A short stable name.
    pub code: String,
    /// What failed, in a sentence.
    pub message: String,
    /// What can be done about it.
    pub hint: Option<String>,
    /// The file, item or sitting it is about.
    pub location: Option<String>,
}

impl AppError {
    /// An error of the shell itself.
    pub(crate) fn new(code: &'static str, message: &str, hint: &str) -> Self {
        journal::note(&Event::Refused { code });
        Self {
            code: code.to_owned(),
            message: sentence(message),
            hint: Some(hint.to_owned()),
            location: None,
        }
    }
}

impl From<DeskError> for AppError {
    fn from(error: DeskError) -> Self {
        journal::note(&Event::Refused { code: error.code() });
        Self {
            code: error.code().to_owned(),
            message: sentence(&error.to_string()),
            hint: error.hint().map(str::to_owned),
            location: error.location(),
        }
    }
}

/// Error texts begin small, so that they can stand inside others; alone they are sentences.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn an_error_text_becomes_a_sentence_once() {
        assert_eq!(sentence("the disk is full"), "The disk is full.");
        assert_eq!(sentence("It is over."), "It is over.");
        assert_eq!(sentence(""), "");
    }
}
