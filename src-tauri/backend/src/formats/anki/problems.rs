//! What is wrong with a collection, in words.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::formats::{PackageError, Problem, Severity};

/// Most problems that are told; of more, only that there are more.
const MAX_PROBLEMS: usize = 2_000;
/// Longest name that is repeated, in characters.
const MAX_NAME: usize = 120;

#[derive(Debug)]
pub(super) struct Problems {
    file: &'static str,
    all: Vec<Problem>,
    more: usize,
    orphans: usize,
    /// Files that were told of.
    files: HashSet<String>,
}

impl Problems {
    pub(super) fn new(file: &'static str) -> Self {
        Self { file, all: Vec::new(), more: 0, orphans: 0, files: HashSet::new() }
    }

    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        line: u32,
        message: String,
        hint: &str,
    ) {
        if self.all.len() == MAX_PROBLEMS {
            self.more += 1;
            return;
        }
        let (code, file) = (Cow::Borrowed(code), self.file.to_owned());
        self.all.push(Problem {
            severity,
            code,
            file,
            line,
            column: 1,
            message,
            hint: hint.into(),
        });
    }

    pub(super) fn too_long(&mut self, note: u32) {
        let message = format!("note {note} is longer than 4 MiB, or one of its cards than 1 MiB");
        let hint = "shorten it in Anki; a picture belongs into a file";
        self.push(Severity::Error, "note-too-long", note, message, hint);
    }

    pub(super) fn no_note_type(&mut self, note: u32) {
        let message = format!("note {note} is of a note type that is not in the file");
        let hint = "run “Check Database” in Anki and export it again";
        self.push(Severity::Error, "no-note-type", note, message, hint);
    }

    pub(super) fn no_cards(&mut self, note: u32) {
        let message = format!("note {note} makes no card");
        let hint = "fill in the fields that its front shows";
        self.push(Severity::Warning, "no-cards", note, message, hint);
    }

    pub(super) fn field_count(&mut self, note: u32, has: usize, wants: usize) {
        let message = format!("note {note} has {has} fields, and its note type {wants}");
        let hint = "run “Check Database” in Anki and export it again";
        self.push(Severity::Warning, "field-count", note, message, hint);
    }

    pub(super) fn unknown_name(&mut self, name: &str, template: &str, notetype: &str) {
        let [name, template, notetype] = [name, template, notetype].map(short);
        let message = format!(
            "the template “{template}” of “{notetype}” shows “{name}”, which is no field of it"
        );
        let hint = "its cards leave that out; mend the template in Anki";
        self.push(Severity::Warning, "unknown-field", 1, message, hint);
    }

    pub(super) fn missing_file(&mut self, note: u32, name: &str) {
        if self.files.insert(name.to_owned()) {
            let (code, message, hint) = if name.contains("://") || name.starts_with("data:") {
                let message = format!("“{}” is not in the package", short(name));
                ("remote-file", message, "nothing is loaded from elsewhere; save it as a file")
            } else {
                let message = format!("the file “{}” is not in the package", short(name));
                ("missing-media", message, "export the deck with media")
            };
            self.push(Severity::Warning, code, note, message, hint);
        }
    }

    pub(super) fn unknown_file(&mut self, note: u32, name: &str) {
        if self.files.insert(name.to_owned()) {
            let message = format!("“{}” is no picture or sound that Sitwell shows", short(name));
            let hint = "use PNG, JPEG, GIF, WebP, SVG, MP3, Ogg, Opus, WAV, M4A or FLAC";
            self.push(Severity::Warning, "unknown-media", note, message, hint);
        }
    }

    pub(super) fn large_file(&mut self, note: u32, name: &str) {
        if self.files.insert(name.to_owned()) {
            let message = format!("“{}” is larger than 20 MiB, so it is left out", short(name));
            let hint = "make it smaller in Anki, and export the deck again";
            self.push(Severity::Warning, "large-media", note, message, hint);
        }
    }

    pub(super) fn damaged_file(&mut self, note: u32, name: &str, why: &PackageError) {
        if self.files.insert(name.to_owned()) {
            let message = format!("“{}” cannot be read: {why}", short(name));
            self.push(Severity::Warning, "damaged-media", note, message, "export the deck again");
        }
    }

    pub(super) fn cards_without_note(&mut self, count: usize) {
        self.orphans += count;
    }

    /// All of them.
    pub(super) fn done(mut self) -> Vec<Problem> {
        if self.orphans > 0 {
            let message = format!("{} cards belong to no note of the file", self.orphans);
            let hint = "run “Check Database” in Anki and export it again";
            self.push(Severity::Warning, "cards-without-note", 1, message, hint);
        }
        if self.more > 0 {
            let message = format!("{} more problems like these", self.more);
            let (code, file) = (Cow::Borrowed("more"), self.file.to_owned());
            let (severity, hint) = (Severity::Warning, "mend the first ones first".to_owned());
            self.all.push(Problem { severity, code, file, line: 1, column: 1, message, hint });
        }
        self.all
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_NAME).collect()
}
