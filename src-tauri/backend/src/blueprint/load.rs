//! Blueprint files: TOML in, a checked [`Blueprint`] or every located error out.
//!
//! ```toml
//! code = "ABC-1"
//! title = "An exam"
//! provider = "Somebody"
//! source = "https://example.org/guide"
//! checked = 2026-11-24
//! # last_sitting = 2026-03-31      # only when the exam is retired
//! # successors = ["ABC-2"]
//!
//! [paper]
//! minutes = 90
//! items = 65
//! scored = 50
//! # extra_minutes = 30
//! question_types = ["multiple-choice", "multiple-response"]
//! multiple_response_share = 0.2
//! # ordering_share = 0.05          # only when orders are asked; so for matches
//! # matching_share = 0.05
//!
//! # [breaks]                      # only when there is something to say
//! # stop_clock = false            # whether the clock stands during a break
//!
//! # [accommodations]
//! # extra_percent = [25, 50, 100] # further time that may be granted
//! # stop_clock_breaks = true      # whether breaks that stop the clock may be granted
//!
//! [scale]
//! min = 100
//! max = 1000
//! pass = 700
//! required_share = 0.7             # mean and standard deviation of a prior
//! required_share_sd = 0.03
//!
//! [[domains]]
//! id = "1"
//! title = "First domain"
//! weight = 100                     # percent; all of them sum to 100
//!
//! [[domains.tasks]]
//! id = "1.1"
//! title = "First task"
//! # weight = 1                     # relative to its siblings
//! ```

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::check::Checker;
use super::{Accommodations, Blueprint, Breaks, Domain, QuestionType, Scale, Status, Task};

/// Largest blueprint file, in bytes.
pub const MAX_FILE: usize = 256 * 1024;

/// What is wrong with a blueprint file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Larger than [`MAX_FILE`].
    #[error("the file is larger than {} KiB", MAX_FILE / 1024)]
    TooLarge,
    /// Not TOML, not UTF-8, or not of the shape of a blueprint.
    #[error("{0}")]
    Malformed(String),
    /// A text is empty, too long, or holds characters it may not hold.
    #[error("{field}: {reason}")]
    BadText {
        /// Which text.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A number is outside its range.
    #[error("{field} is {value}, which is not {range}")]
    OutOfRange {
        /// Which number.
        field: &'static str,
        /// What the file says.
        value: String,
        /// What is allowed, in words.
        range: &'static str,
    },
    /// A list has too few or too many entries.
    #[error("{field}: {count} entries, where {range} are allowed")]
    BadCount {
        /// Which list.
        field: &'static str,
        /// Entries in the file.
        count: usize,
        /// What is allowed, in words.
        range: &'static str,
    },
    /// The weights of the domains do not make a whole.
    #[error("the weights of the domains sum to {0}, not to 100")]
    WeightSum(String),
    /// An id or an entry occurs twice.
    #[error("{field} “{value}” occurs twice")]
    Duplicate {
        /// Which id or list.
        field: &'static str,
        /// The text that occurs twice.
        value: String,
    },
    /// Not a calendar date.
    #[error("{0} is not a calendar date")]
    BadDate(&'static str),
    /// Not an address that can be opened.
    #[error("source is not an https address")]
    BadSource,
}

impl Fault {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge => "keep only the exam's facts in the file",
            Self::Malformed(_) => {
                "compare the file with the example at the top of blueprint/load.rs"
            }
            Self::BadText { .. } => "write a short text on one line",
            Self::OutOfRange { .. } => "take the number from the published exam guide",
            Self::BadCount { .. } => "add or remove entries",
            Self::WeightSum(_) => "compare the weights with the exam guide's content outline",
            Self::Duplicate { .. } => "remove it or give it a name of its own",
            Self::BadDate(_) => "write a date without quotes: 2026-11-24",
            Self::BadSource => "give the public address of the exam guide, https://…",
        }
    }
}

/// A [`Fault`] with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {fault}; {}", fault.hint())]
pub struct LocatedFault {
    /// The file as it was named by the caller.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a file is no blueprint: all its faults in order, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError(pub Vec<LocatedFault>);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) code: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) provider: Spanned<String>,
    pub(super) source: Spanned<String>,
    pub(super) checked: Spanned<Datetime>,
    pub(super) last_sitting: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) successors: Vec<Spanned<String>>,
    pub(super) paper: Paper,
    #[serde(default)]
    pub(super) breaks: Breaks,
    #[serde(default)]
    pub(super) accommodations: FileAccommodations,
    pub(super) scale: FileScale,
    pub(super) domains: Spanned<Vec<FileDomain>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paper {
    pub(super) minutes: Spanned<u32>,
    pub(super) items: Spanned<u32>,
    pub(super) scored: Spanned<u32>,
    pub(super) extra_minutes: Option<Spanned<u32>>,
    pub(super) question_types: Spanned<Vec<Spanned<QuestionType>>>,
    pub(super) multiple_response_share: Spanned<f64>,
    pub(super) ordering_share: Option<Spanned<f64>>,
    pub(super) matching_share: Option<Spanned<f64>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FileAccommodations {
    pub(super) extra_percent: Vec<Spanned<u32>>,
    pub(super) stop_clock_breaks: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileScale {
    pub(super) min: Spanned<u16>,
    pub(super) max: Spanned<u16>,
    pub(super) pass: Spanned<u16>,
    pub(super) required_share: Spanned<f64>,
    pub(super) required_share_sd: Spanned<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDomain {
    pub(super) id: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) weight: Spanned<f64>,
    #[serde(default)]
    pub(super) tasks: Vec<FileTask>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTask {
    pub(super) id: Spanned<String>,
    pub(super) title: Spanned<String>,
    pub(super) weight: Option<Spanned<f64>>,
}

/// Reads a blueprint from the bytes of a TOML file; `name` is used in errors only.
///
/// # Errors
/// Everything that is wrong with the file, each error with line and column. A file that is not
/// TOML of the right shape yields one error; otherwise all rules are checked.
pub fn load(name: &str, bytes: &[u8]) -> Result<Blueprint, LoadError> {
    let at = |text: &str, offset: usize, fault: Fault| {
        let (line, column) = locate(text, offset);
        LocatedFault { file: name.to_owned(), line, column, fault }
    };
    if bytes.len() > MAX_FILE {
        return Err(LoadError(vec![at("", 0, Fault::TooLarge)]));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let fault = Fault::Malformed("the file is not UTF-8".into());
        LoadError(vec![at(&good, good.len(), fault)])
    })?;
    let file: File = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        LoadError(vec![at(text, offset, Fault::Malformed(error.message().trim().to_owned()))])
    })?;
    let mut checker = Checker::default();
    let blueprint = build(&file, &mut checker);
    match blueprint {
        Some(blueprint) if checker.faults.is_empty() => Ok(blueprint),
        _ => {
            checker.faults.sort_by_key(|(offset, _)| *offset);
            let errors = checker.faults.into_iter().map(|(offset, f)| at(text, offset, f));
            Err(LoadError(errors.collect()))
        }
    }
}

fn build(file: &File, checker: &mut Checker) -> Option<Blueprint> {
    checker.file(file);
    let checked_on = date(&file.checked, "checked", checker);
    let status = match &file.last_sitting {
        None => Some(Status::Active),
        Some(last) => {
            date(last, "last_sitting", checker).map(|last_sitting| Status::Retired { last_sitting })
        }
    };
    let domains = file.domains.get_ref().iter().map(domain).collect();
    let granted = &file.accommodations;
    Some(Blueprint {
        code: file.code.get_ref().clone(),
        title: file.title.get_ref().clone(),
        provider: file.provider.get_ref().clone(),
        status: status?,
        successors: file.successors.iter().map(|code| code.get_ref().clone()).collect(),
        minutes: *file.paper.minutes.get_ref(),
        items: *file.paper.items.get_ref(),
        scored_items: *file.paper.scored.get_ref(),
        scale: Scale {
            min: *file.scale.min.get_ref(),
            max: *file.scale.max.get_ref(),
            pass: *file.scale.pass.get_ref(),
            required_share: *file.scale.required_share.get_ref(),
            required_share_sd: *file.scale.required_share_sd.get_ref(),
        },
        question_types: file.paper.question_types.get_ref().iter().map(|t| *t.get_ref()).collect(),
        multiple_response_share: *file.paper.multiple_response_share.get_ref(),
        ordering_share: file.paper.ordering_share.as_ref().map(|share| *share.get_ref()),
        matching_share: file.paper.matching_share.as_ref().map(|share| *share.get_ref()),
        extra_minutes: file.paper.extra_minutes.as_ref().map_or(0, |minutes| *minutes.get_ref()),
        breaks: file.breaks,
        accommodations: Accommodations {
            extra_percent: granted.extra_percent.iter().map(|percent| *percent.get_ref()).collect(),
            stop_clock_breaks: granted.stop_clock_breaks,
        },
        domains,
        source: file.source.get_ref().clone(),
        checked: checked_on?,
    })
}

fn domain(domain: &FileDomain) -> Domain {
    let task = |task: &FileTask| Task {
        id: task.id.get_ref().clone(),
        title: task.title.get_ref().clone(),
        weight: task.weight.as_ref().map_or(1.0, |weight| *weight.get_ref()),
    };
    Domain {
        id: domain.id.get_ref().clone(),
        title: domain.title.get_ref().clone(),
        weight: *domain.weight.get_ref(),
        tasks: domain.tasks.iter().map(task).collect(),
    }
}

fn date(
    value: &Spanned<Datetime>,
    field: &'static str,
    checker: &mut Checker,
) -> Option<NaiveDate> {
    let parsed = match value.get_ref() {
        Datetime { date: Some(date), time: None, offset: None } => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        }
        _ => None,
    };
    if parsed.is_none() {
        checker.fault(value.span(), Fault::BadDate(field));
    }
    parsed
}

/// Line and column, both from 1, of a byte offset.
fn locate(text: &str, offset: usize) -> (u32, u32) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[start..].chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

impl Checker {
    /// Notes a fault at the start of the span.
    pub(super) fn fault(&mut self, span: Range<usize>, fault: Fault) {
        self.faults.push((span.start, fault));
    }
}
