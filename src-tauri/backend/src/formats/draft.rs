//! What every reader of an outside format gives: decks with their items as the file has them, what
//! it passed over, and what is wrong with it. Nothing of it is in the collection yet.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::Problem;
use crate::deck::{AlsoTask, Card, Question};
use crate::study::{Grade, Memory, Phase};

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Format {
    /// Sitwell's own Markdown, in a file, a folder or a zip of it.
    Markdown,
    /// A Markdown question bank as shared on forges.
    Bank,
    /// An Anki package of decks.
    Apkg,
    /// An Anki package of a whole collection.
    Colpkg,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Anki's export of notes in plain text.
    AnkiText,
    /// A Quizlet export.
    Quizlet,
    /// A `CrowdAnki` folder.
    CrowdAnki,
    /// Moodle GIFT.
    Gift,
    /// Moodle XML.
    MoodleXml,
    /// Aiken.
    Aiken,
    /// IMS QTI 2.1, 2.2 or 3.0, an item or a package.
    Qti,
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it is.
    pub format: Format,
    /// What made it, where it says so: `Anki 25.09`.
    pub made_with: Option<String>,
    /// In the order of the file; a deck comes after the one it hangs under.
    pub decks: Vec<DraftDeck>,
    /// What is no item and was left alone, such as headings that are no questions.
    pub passed_over: Vec<PassedOver>,
    /// What is wrong with it. An item that cannot be read is an error and is left out; one that
    /// can be, a warning.
    pub problems: Vec<Problem>,
}

/// A deck as the file has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DraftDeck {
    /// Its title with those it hangs under, outermost first; never empty.
    pub path: Vec<String>,
    /// Identity of the deck where the format has one: the slug of a native deck, a UUID.
    pub source_id: Option<String>,
    /// Markdown about it; empty when there is none.
    pub introduction: String,
    /// SPDX identifier or words, where the file says.
    pub license: Option<String>,
    /// Names.
    pub authors: Vec<String>,
    /// Address it came from, where the file says.
    pub source: Option<String>,
    /// Its version, where the file says.
    pub version: Option<semver::Version>,
    /// Code of the exam whose tasks the items name, where the file says.
    pub blueprint: Option<String>,
    /// BCP 47 language tag, where the file says.
    pub language: Option<String>,
    /// In the order of the file.
    pub items: Vec<DraftItem>,
    /// The files that its text shows.
    pub media: Vec<DraftMedia>,
}

/// An item as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftItem {
    /// Identity that stays while the words change: a GUID, an identifier, a slug. None where the
    /// format has none; then the words tell.
    pub source_id: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Lower-case, none twice.
    pub tags: Vec<String>,
    /// Task of the deck's exam, where the file names one.
    pub task: Option<String>,
    /// Tasks of other exams that it serves too, where the file names some; each exam once.
    pub also: Vec<AlsoTask>,
    /// When its facts were last checked, where the file says.
    pub checked: Option<NaiveDate>,
    /// When its words were last changed, Unix milliseconds, where the file says.
    pub changed_ms: Option<i64>,
    /// Content.
    pub body: DraftContent,
    /// What was learned of its cards, by ordinal; empty when the file has no scheduling.
    pub study: Vec<DraftStudy>,
}

/// Content of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftContent {
    /// A question. A difficulty that the file does not give is medium.
    Question(Box<Question>),
    /// A card.
    Card(Box<Card>),
}

/// Where something stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Place {
    /// The path inside the package, or the file's name.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub file: FileName,
    /// Line from 1, or the number of the note or record, where there are no lines.
    pub line: u32,
}

/// Name of a file, which all items of it share: there may be a million.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(Arc<str>);

impl std::ops::Deref for FileName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for FileName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self)
    }
}

impl From<&str> for FileName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl Serialize for FileName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// A file that the text of a deck shows. It is read from the package when it is kept, so that a
/// large package costs little memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftMedia {
    /// As the text writes it.
    pub name: String,
    /// The path inside the package.
    pub entry: String,
    /// Whether it is compressed with zstd there.
    pub zstd: bool,
}

/// What was learned of a card before.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftStudy {
    /// Which of the item's cards.
    pub ordinal: u32,
    /// Taken out of study.
    pub suspended: bool,
    /// Colour of its flag, 0 to 7.
    pub flag: u8,
    /// Where it stands; none for a card never seen.
    pub state: Option<DraftState>,
    /// Its reviews, oldest first.
    pub reviews: Vec<DraftReview>,
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DraftState {
    /// Never [`Phase::New`].
    pub phase: Phase,
    /// When it is to be seen, Unix milliseconds; the start of the day for a card in review.
    pub due_ms: i64,
    /// Days between its last review and the next.
    pub interval: u32,
    /// What FSRS kept, where the file has it; otherwise it is computed from the reviews.
    pub memory: Option<Memory>,
    /// How often it was seen.
    pub reviews: u32,
    /// How often it was forgotten in review.
    pub lapses: u32,
}

/// A past review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftReview {
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// How it was recalled.
    pub grade: Grade,
    /// Time to answer, milliseconds.
    pub taken_ms: u32,
    /// Where the card stood before.
    pub before: Phase,
    /// Days until the next; 0 within steps.
    pub interval: u32,
}

/// Something in the file that is no item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// Stable name of the reason.
    pub code: Cow<'static, str>,
    /// Where.
    pub place: Place,
    /// Its first words.
    pub text: String,
}
