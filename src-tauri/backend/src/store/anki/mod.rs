//! The SQLite file inside an Anki package, read into plain rows and written from them. What the
//! rows mean is told in `formats::anki`.
//!
//! The file is a stranger's: it is opened for reading alone, nothing in its schema is trusted, and
//! its statements cannot be checked at compile time, as they run against another schema.

mod read;
mod rows;
mod write;

pub(crate) use read::{AnkiDatabase, MAX_FIELDS};
pub(crate) use rows::{CardRow, DeckRow, NoteRow, NotetypeRow, PartRow, ReviewRow};
pub(crate) use write::{AnkiWriter, NewCard, NewCollection, NewNote, NewReview};
