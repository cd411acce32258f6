//! What the front desk refuses, and why.

use crate::blueprint;
use crate::exam::assemble::Shortfall;
use crate::exam::conditions::NotGranted;
use crate::exam::sitting::{Refusal, ReplayError};
use crate::store::{StoreError, Trouble};
use crate::study::{BadMemory, OptionsError};

/// Why a verb was not carried out. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The collection failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing was imported or exported.
    #[error(transparent)]
    Import(#[from] super::import::ImportError),
    /// There is no backup, or nothing was restored.
    #[error(transparent)]
    Backup(#[from] super::backups::BackupError),
    /// What is shipped with Sitwell does not load.
    #[error("a bundled file does not load: {0}")]
    Bundled(String),
    /// A blueprint does not load.
    #[error(transparent)]
    Blueprint(#[from] blueprint::LoadError),
    /// No such exam.
    #[error("there is no exam “{0}” here")]
    NoSuchExam(String),
    /// No such sitting.
    #[error("there is no sitting {0} in this collection")]
    NoSuchSitting(String),
    /// The exam hall refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log does not fit the paper.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A paper cannot be drawn.
    #[error(transparent)]
    Shortfall(#[from] Shortfall),
    /// A sitting of this exam is still running.
    #[error("“{title}” is still running; finish it before you start another paper")]
    StillRunning {
        /// Its identity.
        id: String,
        /// What it is called.
        title: String,
    },
    /// No such domain or task.
    #[error("this exam has no part “{0}”; choose one of its domains or tasks")]
    NoSuchPart(String),
    /// No question can be asked.
    #[error("there is no question left to ask here; choose other tasks or another pool")]
    NothingToAsk,
    /// The exam does not grant what is asked for.
    #[error(transparent)]
    NotGranted(#[from] NotGranted),
    /// Minutes that no paper has.
    #[error("a paper cannot have {0} minutes; choose 1 to 600")]
    BadTime(u32),
    /// Words of a report that are too long, or missing.
    #[error("a report needs words where no other reason is chosen, and has up to {0} characters")]
    BadReport(usize),
    /// No such report.
    #[error("there is no report {0} in this collection")]
    NoSuchReport(i64),
    /// No such card.
    #[error("there is no card {0} in this collection")]
    NoSuchCard(i64),
    /// A slug that cannot stand; the slugs of a collection can.
    #[error(transparent)]
    Id(#[from] crate::deck::IdError),
    /// No such item, or it was deleted.
    #[error("there is no item “{0}” in this collection")]
    NoSuchItem(String),
    /// A query that cannot be understood, where rows were to be changed.
    #[error("the search cannot be understood: {0}")]
    BadQuery(String),
    /// More rows than one operation takes.
    #[error("more than {0} rows are selected; narrow the search")]
    TooManyRows(u32),
    /// A tag that cannot be given.
    #[error("“{0}” is no tag; write up to 64 lower-case characters without commas")]
    BadTag(String),
    /// A draft that cannot be kept.
    #[error("this cannot be saved: {0}")]
    BadDraft(String),
    /// No such deck.
    #[error("there is no deck “{0}” in this collection")]
    NoSuchDeck(String),
    /// A title that a deck cannot have.
    #[error("a deck cannot have this title: {0}")]
    BadTitle(&'static str),
    /// A title that another deck has.
    #[error("there is a deck “{0}” already")]
    TitleTaken(String),
    /// A bundled deck stays as it is.
    #[error(
        "“{0}” comes with Sitwell, which brings it up to date at each start, so it is neither renamed nor deleted"
    )]
    BundledDeck(String),
    /// Minutes that no day has.
    #[error("a day cannot be shortened to {0} minutes; choose 1 to 1440")]
    BadMinutes(u32),
    /// Another optimisation is running.
    #[error("FSRS is being trained already")]
    Optimising,
    /// FSRS makes nothing of the reviews.
    #[error("FSRS could not be trained on these reviews: {0}")]
    Training(String),
    /// No such colour of a flag.
    #[error("there is no flag {0}; flags are 1 to 7, and 0 for none")]
    NoSuchFlag(u8),
    /// Options of study out of range.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// A memory that FSRS refuses.
    #[error(transparent)]
    Memory(#[from] BadMemory),
    /// The result is asked for while the clock runs.
    #[error("this sitting is still running; its result is there when it ends")]
    NotOver,
    /// A sitting that has no result.
    #[error("“{0}” was given up, so it has no result")]
    Abandoned(String),
    /// A running sitting is not taken out.
    #[error("“{0}” is still running; finish it or give it up before you delete it")]
    DeleteRunning(String),
    /// A file could not be written.
    #[error("{path} was not written: {source}")]
    NotWritten {
        /// Where it was to be.
        path: std::path::PathBuf,
        /// Why it was not.
        source: std::io::Error,
    },
    /// A date that is none.
    #[error("“{0}” is not a date; write it as 2026-12-17")]
    BadDate(String),
    /// No exam is chosen.
    #[error("no exam is chosen yet, so there is nothing to forecast")]
    NoExam,
    /// A plan out of range.
    #[error("the plan is out of range; choose 0 to 240 minutes, 0 to 7 days and 0 to 12 papers")]
    BadPlan,
    /// A real result that cannot be.
    #[error(
        "this result cannot be: its day lies ahead, or its score is off the scale or on the \
             other side of the pass mark"
    )]
    BadResult,
    /// The system names no folder for app data.
    #[error("the system names no folder for app data; start Sitwell with --collection PATH")]
    NoAppData,
    /// The collection is open elsewhere.
    #[error("{} is open in another Sitwell", .0.display())]
    OpenElsewhere(std::path::PathBuf),
    /// A link that is not to be opened.
    #[error("“{0}” is not an https address, so it is not opened")]
    BadLink(String),
    /// The system's browser does not open.
    #[error("the browser did not open {url}: {why}")]
    NoBrowser {
        /// What was to be opened.
        url: String,
        /// Why it was not.
        why: String,
    },
    /// A preference out of its range.
    #[error("text size {0} % is out of range; choose 90 to 130")]
    BadTextSize(u16),
}

impl DeskError {
    /// A short stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(StoreError::Newer { .. }) => "collection_newer",
            Self::Store(error) if error.is_damage() => "collection_damaged",
            Self::Store(error) => match error.trouble() {
                Some(Trouble::DiskFull) => "disk_full",
                Some(Trouble::ReadOnly) => "read_only",
                _ => "collection",
            },
            Self::Backup(error) => error.code(),
            Self::Import(error) => error.code(),
            Self::Bundled(_) | Self::Blueprint(_) => "bundled",
            Self::NoSuchExam(_) => "no_such_exam",
            Self::NoSuchSitting(_) => "no_such_sitting",
            Self::Refused(Refusal::Over) => "sitting_over",
            Self::NoSuchPart(_) => "no_such_part",
            Self::NothingToAsk => "nothing_to_ask",
            Self::Refused(Refusal::TooMany { .. }) => "too_many_options",
            Self::Refused(Refusal::OnBreak) => "on_break",
            Self::Refused(_) => "out_of_range",
            Self::Replay(_) => "damaged_sitting",
            Self::Shortfall(_) => "bank_too_short",
            Self::StillRunning { .. } | Self::DeleteRunning(_) => "still_running",
            Self::NotGranted(_) => "not_granted",
            Self::BadTime(_) => "bad_time",
            Self::BadReport(_) => "bad_report",
            Self::NoSuchReport(_) => "no_such_report",
            Self::NoSuchCard(_) => "no_such_card",
            Self::Id(_) => "bad_id",
            Self::NoSuchItem(_) => "no_such_item",
            Self::BadQuery(_) => "bad_query",
            Self::TooManyRows(_) => "too_many_rows",
            Self::BadTag(_) => "bad_tag",
            Self::BadDraft(_) => "bad_draft",
            Self::NoSuchDeck(_) => "no_such_deck",
            Self::BadTitle(_) => "bad_title",
            Self::TitleTaken(_) => "title_taken",
            Self::BundledDeck(_) => "bundled_deck",
            Self::BadMinutes(_) => "bad_minutes",
            Self::Optimising => "optimising",
            Self::Training(_) => "training",
            Self::NoSuchFlag(_) => "no_such_flag",
            Self::Options(_) => "bad_options",
            Self::Memory(_) => "bad_memory",
            Self::NotOver => "not_over",
            Self::Abandoned(_) => "abandoned",
            Self::NotWritten { .. } => "not_written",
            Self::NoExam => "no_exam",
            Self::BadPlan => "bad_plan",
            Self::BadResult => "bad_result",
            Self::NoAppData => "no_app_data",
            Self::OpenElsewhere(_) => "open_elsewhere",
            Self::BadLink(_) => "bad_link",
            Self::NoBrowser { .. } => "no_browser",
            Self::BadDate(_) => "bad_date",
            Self::BadTextSize(_) => "bad_text_size",
        }
    }

    /// What the learner can do about it, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(StoreError::Newer { .. }) => Some("Install the newest Sitwell."),
            Self::Store(error) if error.is_damage() => Some(
                "The file was left as it is. Close Sitwell and open it again to restore a backup.",
            ),
            Self::Store(error) if error.trouble() == Some(Trouble::DiskFull) => {
                Some("What was confirmed before is safe. Make room on the disk, then try again.")
            }
            Self::Store(error) if error.trouble() == Some(Trouble::ReadOnly) => Some(
                "What is in the collection is safe. Allow the file and its folder to be written, \
                 then try again.",
            ),
            Self::Store(error) if error.trouble() == Some(Trouble::Locked) => {
                Some("What was confirmed before is safe. Close the other program, then try again.")
            }
            Self::Store(StoreError::Open { .. }) => Some(
                "The file was left as it is. Move it away to start with a new collection, or \
                 choose another with --collection.",
            ),
            Self::Store(_) => Some(
                "What was confirmed before is safe. Check that the disk is not full and the file \
                 can be written, then try again.",
            ),
            Self::Import(error) => error.hint(),
            Self::Backup(error) => Some(error.hint()),
            Self::Bundled(_) | Self::Blueprint(_) => Some("Install Sitwell again."),
            Self::OpenElsewhere(_) => Some("Close the other window, then try again."),
            Self::Replay(_) => Some("The other sittings are not affected."),
            Self::NoExam => Some("Choose an exam first."),
            Self::NotWritten { .. } => {
                Some("A file that was there before is as it was. Choose another folder.")
            }
            Self::BundledDeck(_) => {
                Some("Suspend its cards, or introduce none of them a day, to keep it out of study.")
            }
            Self::Optimising => Some("Wait until it is done, or stop it."),
            Self::Training(_) => {
                Some("Nothing was changed. Study goes on with the old parameters.")
            }
            Self::TitleTaken(_) => Some("Choose another title."),
            Self::Shortfall(_) => Some("Sit the shorter paper, or add questions."),
            _ => None,
        }
    }

    /// The file or sitting it is about, where it is about one.
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.location(),
            Self::OpenElsewhere(path) | Self::NotWritten { path, .. } => {
                Some(path.display().to_string())
            }
            Self::NoSuchSitting(id) | Self::StillRunning { id, .. } => Some(id.clone()),
            Self::NoSuchDeck(slug) => Some(slug.clone()),
            _ => None,
        }
    }
}
