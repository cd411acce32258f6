//! Backups: what is kept, and what restoring one would change.

use serde::{Deserialize, Serialize};

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum BackupKind {
    /// The first of its study day.
    Daily,
    /// The learner asked for it.
    Manual,
    /// A newer Sitwell was about to bring the collection up to date.
    BeforeUpdate,
    /// Another was about to be restored.
    BeforeRestore,
}

impl BackupKind {
    /// All of them.
    pub(crate) const ALL: [Self; 4] =
        [Self::Daily, Self::Manual, Self::BeforeUpdate, Self::BeforeRestore];
}

/// A backup in the folder beside the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BackupRow {
    /// Its file.
    pub path: String,
    /// Why it was made.
    pub kind: BackupKind,
    /// When, Unix milliseconds.
    pub made_ms: i64,
    /// Its size.
    pub bytes: u64,
    /// What is in it; none when it does not tell.
    pub holds: Option<BackupHolds>,
}

/// What is in a backup, in counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BackupHolds {
    /// Cards, of all decks.
    pub cards: u32,
    /// Answers to cards.
    pub reviews: u32,
    /// Sittings.
    pub sittings: u32,
}

/// The backups of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BackupsView {
    /// Where they are.
    pub folder: String,
    /// Newest first.
    pub backups: Vec<BackupRow>,
    /// Why the last attempt at the backup of the day failed; none when it did not.
    pub failure: Option<String>,
}

/// A kind of thing that is not the same in the collection and in a backup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RestoreChange {
    /// Only in the collection: what restoring takes away.
    pub lost: u32,
    /// When the first and the last of those were made, Unix milliseconds.
    pub lost_between: Option<(i64, i64)>,
    /// Only in the backup: what restoring brings back.
    pub back: u32,
    /// When the first and the last of those were made, Unix milliseconds.
    pub back_between: Option<(i64, i64)>,
}

/// What restoring a backup would change. Decks that come with Sitwell are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RestorePreview {
    /// The backup's file.
    pub path: String,
    /// When it was made, Unix milliseconds; by its name, or else by when the file was written.
    pub made_ms: i64,
    /// Sittings, each as far as it has come.
    pub sittings: RestoreChange,
    /// Answers to cards.
    pub reviews: RestoreChange,
    /// Whatever else was done to cards, items and decks.
    pub edits: RestoreChange,
    /// Cards of the learner's own decks.
    pub cards: RestoreChange,
    /// The learner's own decks.
    pub decks: RestoreChange,
    /// Settings that differ.
    pub settings: u32,
    /// Whether all of this is the same.
    pub same: bool,
}

/// A damaged collection, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RepairView {
    /// The collection's file.
    pub collection: String,
    /// What is damaged, as SQLite tells it; at most twenty lines, without content.
    pub faults: Vec<String>,
    /// The newest backup that is sound, if there is one.
    pub backup: Option<BackupRow>,
    /// Backups that are newer and damaged, or of a newer Sitwell.
    pub passed_over: u32,
    /// Answers to cards since that backup; none when the damaged file does not tell.
    pub reviews_since: Option<u32>,
    /// Sittings since that backup; none when the damaged file does not tell.
    pub sittings_since: Option<u32>,
}

/// What an export of everything holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Everything {
    /// Where it is.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// The learner's own decks that go along as Markdown.
    pub decks: u32,
    /// Cards, of all decks.
    pub cards: u32,
    /// Answers to cards.
    pub reviews: u32,
    /// Sittings.
    pub sittings: u32,
    /// What Markdown cannot hold of the decks, in words; it is in the JSON.
    pub left_out: Vec<String>,
}
