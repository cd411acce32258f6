//! The fields below an item's heading: `key: value`, separated by ` · ` or by line ends.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::report::{At, Lines, Report, excerpt};
use super::text::BLANKS;
use crate::deck::{AlsoTask, CardStyle, Difficulty, ItemSlug};

pub(super) const SEPARATOR: &str = " · ";
const MAX_TASK: usize = 16;
const MAX_TAG: usize = 64;
const MAX_TAGS: usize = 32;
const MAX_ENEMIES: usize = 50;
const MAX_ALSO: usize = 16;
const MAX_EXAM: usize = 32;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Question,
    Card,
    Case,
}

/// The fields of one item.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) task: Option<String>,
    pub(super) difficulty: Option<Difficulty>,
    pub(super) style: CardStyle,
    pub(super) tags: Vec<String>,
    pub(super) also: Vec<AlsoTask>,
    pub(super) enemies: Vec<ItemSlug>,
    pub(super) case: Option<ItemSlug>,
    pub(super) checked: Option<NaiveDate>,
}

/// Why fields cannot be used; the reasons are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsound {
    /// A value is wrong.
    Value,
    /// Something that is no field: the blank line after the fields is probably missing.
    Prose,
}

impl Fields {
    /// Reads the lines between the heading and the first blank line.
    pub(super) fn read(lines: Lines<'_>, kind: Kind, report: &mut Report) -> Result<Self, Unsound> {
        let mut fields = Self::default();
        let mut seen = HashSet::new();
        let mut found = None;
        for (index, line) in lines.all.iter().enumerate() {
            let mut column = 1u32;
            for part in line.split(SEPARATOR) {
                let at = At { column, ..lines.at(index) };
                let width = part.chars().count() + SEPARATOR.chars().count();
                column = column.saturating_add(super::number(width));
                if let Err(fault) = fields.set(part.trim_matches(BLANKS), kind, &mut seen) {
                    report.error(at, fault.code, fault.message, fault.hint);
                    if fault.code == "unknown-field" {
                        return Err(Unsound::Prose); // What follows is no list of fields either.
                    }
                    found = Some(Unsound::Value);
                }
            }
        }
        found.map_or(Ok(fields), Err)
    }

    fn set<'a>(
        &mut self,
        part: &'a str,
        kind: Kind,
        seen: &mut HashSet<&'a str>,
    ) -> Result<(), Fault> {
        let Some((key, value)) = part.split_once(':') else { return Err(Fault::unknown(part)) };
        let value = value.trim_matches(BLANKS);
        let known = match key {
            "task" | "tags" | "also" | "checked" => kind != Kind::Case,
            "difficulty" | "enemies" | "case" => kind == Kind::Question,
            "kind" => kind == Kind::Card,
            _ => false,
        };
        if !known {
            return Err(Fault::unknown(part));
        }
        if !seen.insert(key) {
            return Err(Fault::bad(format!("{key} is given twice"), "keep one of them"));
        }
        match key {
            "task" => self.task = Some(task(value)?),
            "difficulty" => self.difficulty = Some(difficulty(value)?),
            "kind" => self.style = style(value)?,
            "tags" => self.tags = tags(value)?,
            "also" => self.also = also(value)?,
            "enemies" => self.enemies = enemies(value)?,
            "case" => self.case = Some(case(value)?),
            _ => self.checked = Some(date(value)?),
        }
        Ok(())
    }

    /// Checks that what the item needs is there.
    pub(super) fn complete(
        self,
        kind: Kind,
        needs_task: bool,
        heading: At<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let mut sound = true;
        if kind == Kind::Question && self.difficulty.is_none() {
            sound = false;
            let hint = "directly below the heading, write difficulty: easy, medium or hard";
            report.error(heading, "missing-field", "the question has no difficulty", hint);
        }
        if needs_task && kind != Kind::Case && self.task.is_none() {
            sound = false;
            let hint = "directly below the heading, write the task's id: task: 1.2";
            report.error(heading, "missing-field", "the item names no task", hint);
        }
        sound.then_some(self)
    }
}

struct Fault {
    code: &'static str,
    message: String,
    hint: &'static str,
}

impl Fault {
    fn bad(message: String, hint: &'static str) -> Self {
        Self { code: "bad-field", message, hint }
    }

    fn unknown(part: &str) -> Self {
        Self {
            code: "unknown-field",
            message: format!("“{}” is no field of this item", excerpt(part)),
            hint: "fields stand directly below the heading; leave a blank line after them",
        }
    }
}

fn task(value: &str) -> Result<String, Fault> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if value.is_empty() || value.len() > MAX_TASK || !value.chars().all(allowed) {
        let message = format!("“{}” is no task id", excerpt(value));
        return Err(Fault::bad(message, "write the id of the blueprint: task: 1.2"));
    }
    Ok(value.to_owned())
}

fn also(value: &str) -> Result<Vec<AlsoTask>, Fault> {
    let hint = "write code and task of other exams, each exam once: also: MLA-C01 1.2, AIP-C01 2.1";
    let mut also: Vec<AlsoTask> = Vec::new();
    for part in value.split(',').map(|part| part.trim_matches(BLANKS)) {
        let bad = || Fault::bad(format!("“{}” is no task of another exam", excerpt(part)), hint);
        let (exam, id) = part.split_once(BLANKS).ok_or_else(bad)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let known = also.iter().any(|other| other.exam == exam);
        if exam.len() > MAX_EXAM || !exam.chars().all(allowed) || known || also.len() == MAX_ALSO {
            return Err(bad());
        }
        let id = task(id.trim_start_matches(BLANKS)).map_err(|_| bad())?;
        also.push(AlsoTask { exam: exam.to_owned(), task: id });
    }
    Ok(also)
}

fn case(value: &str) -> Result<ItemSlug, Fault> {
    value.parse().map_err(|_| {
        let message = format!("“{}” is no case", excerpt(value));
        Fault::bad(message, "write the slug of a ## Case of this deck")
    })
}

fn difficulty(value: &str) -> Result<Difficulty, Fault> {
    match value {
        "easy" => Ok(Difficulty::Easy),
        "medium" => Ok(Difficulty::Medium),
        "hard" => Ok(Difficulty::Hard),
        other => {
            let message = format!("“{}” is no difficulty", excerpt(other));
            Err(Fault::bad(message, "write easy, medium or hard"))
        }
    }
}

fn style(value: &str) -> Result<CardStyle, Fault> {
    CardStyle::WRITTEN.into_iter().find(|style| style.name() == value).ok_or_else(|| {
        let message = format!("“{}” is no kind of card", excerpt(value));
        Fault::bad(message, "write basic, reversed, cloze or typed")
    })
}

fn tags(value: &str) -> Result<Vec<String>, Fault> {
    let hint = "write lower-case words separated by commas, each once: tags: s3, data-lake";
    let mut tags: Vec<String> = Vec::new();
    for tag in value.split(',').map(|tag| tag.trim_matches(BLANKS)) {
        let lower = tag.to_lowercase() == tag;
        let sound = !tag.is_empty() && tag.chars().count() <= MAX_TAG && lower;
        if !sound || tag.chars().any(char::is_control) || tags.iter().any(|known| known == tag) {
            return Err(Fault::bad(
                format!("“{}” cannot stand among the tags", excerpt(tag)),
                hint,
            ));
        }
        if tags.len() == MAX_TAGS {
            return Err(Fault::bad(format!("more than {MAX_TAGS} tags"), hint));
        }
        tags.push(tag.to_owned());
    }
    Ok(tags)
}

fn enemies(value: &str) -> Result<Vec<ItemSlug>, Fault> {
    let hint = "write slugs of this deck separated by commas, each once";
    let mut enemies: Vec<ItemSlug> = Vec::new();
    for name in value.split(',').map(|name| name.trim_matches(BLANKS)) {
        let slug: ItemSlug = name.parse().map_err(|_| {
            Fault::bad(format!("“{}” cannot stand among the enemies", excerpt(name)), hint)
        })?;
        if enemies.contains(&slug) || enemies.len() == MAX_ENEMIES {
            let message = format!("“{slug}” is named twice, or there are more than {MAX_ENEMIES}");
            return Err(Fault::bad(message, hint));
        }
        enemies.push(slug);
    }
    Ok(enemies)
}

fn date(value: &str) -> Result<NaiveDate, Fault> {
    // Stricter than the parser, so that a date has one spelling.
    let date = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
    date.filter(|date| date.to_string() == value).ok_or_else(|| {
        Fault::bad(format!("“{}” is no date", excerpt(value)), "write checked: 2026-11-24")
    })
}
