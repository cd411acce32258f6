//! A paper of the learner's own making: which questions, how many, against which clock.

use serde::{Deserialize, Serialize};

use super::BankItem;
use super::section;
use crate::blueprint::Blueprint;
use crate::deck::Difficulty;

/// Longest time of such a paper, minutes.
pub const MAX_MINUTES: u32 = 600;

/// The clock of a paper of one's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum OwnTime {
    /// None runs.
    #[default]
    None,
    /// The exam's time for each question.
    Pace,
    /// So many minutes in all.
    Minutes {
        /// 1 to 600.
        minutes: u32,
    },
}

impl OwnTime {
    /// Minutes of a paper of `items` questions; none without a clock.
    pub fn minutes(self, exam: &Blueprint, items: u32) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Pace => Some(section::minutes(exam, items)),
            Self::Minutes { minutes } => Some(minutes),
        }
    }
}

/// Which questions a paper of one's own takes; an empty list takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PaperSelection {
    /// Slugs of decks. When there are some, their questions without a task of this exam are taken
    /// too.
    pub decks: Vec<String>,
    /// Ids of tasks.
    pub tasks: Vec<String>,
    /// Tags, of which a question has at least one.
    pub tags: Vec<String>,
    /// Levels.
    pub difficulties: Vec<Difficulty>,
}

impl PaperSelection {
    /// Whether it takes a question. Decks are not looked at: the bank is drawn from them.
    pub fn takes(&self, item: &BankItem) -> bool {
        let tagged = || item.tags.iter().any(|tag| self.tags.contains(tag));
        (self.tasks.is_empty() || self.tasks.contains(&item.task))
            && (self.difficulties.is_empty() || self.difficulties.contains(&item.difficulty))
            && (self.tags.is_empty() || tagged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::sample;

    #[test]
    fn a_selection_takes_what_it_names_and_an_empty_one_takes_all() {
        let item = BankItem { tags: vec!["s3".into()], ..sample::item("1.1", 1) };
        assert!(PaperSelection::default().takes(&item));
        let tasks =
            |task: &str| PaperSelection { tasks: vec![task.into()], ..PaperSelection::default() };
        assert!(tasks("1.1").takes(&item) && !tasks("1.2").takes(&item));
        let tags =
            |tag: &str| PaperSelection { tags: vec!["x".into(), tag.into()], ..tasks("1.1") };
        assert!(tags("s3").takes(&item) && !tags("glue").takes(&item));
        let other = [Difficulty::Easy, Difficulty::Hard];
        let level = other.into_iter().find(|level| *level != item.difficulty).unwrap();
        let hard = PaperSelection { difficulties: vec![level], ..PaperSelection::default() };
        assert!(!hard.takes(&item));
    }

    #[test]
    fn the_pace_is_the_exam_s() {
        let exam = sample::blueprint();
        assert_eq!(OwnTime::Pace.minutes(&exam, exam.items), Some(exam.minutes));
        assert_eq!(OwnTime::None.minutes(&exam, 5), None);
        assert_eq!(OwnTime::Minutes { minutes: 7 }.minutes(&exam, 5), Some(7));
    }
}
