//! Reports of items: what a learner holds against a question, kept here until it is sent to the
//! author of its deck by hand.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::results::beginning;
use super::views::{ItemReport, ReportFormat, ReportReason};
use super::{DeskError, Sitwell};
use crate::deck::{Item, ItemBody};
use crate::exam::sitting::Refusal;
use crate::rich_text;
use crate::store::{KeptItemReport, NewItemReport, StoreError};

/// Longest words of a report, in characters.
const MAX_WORDS: usize = 2_000;

impl Sitwell {
    /// Keeps a report of a question of a sitting, in the words that were asked.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such sitting or question, the words are too long or are
    /// missing where they are the reason, or it cannot be kept.
    pub async fn report_item(
        &self,
        id: &str,
        position: u32,
        reason: ReportReason,
        words: &str,
    ) -> Result<(), DeskError> {
        let words = words.trim();
        let missing = reason == ReportReason::Other && words.is_empty();
        if missing || words.chars().count() > MAX_WORDS {
            return Err(DeskError::BadReport(MAX_WORDS));
        }
        let record = self.store.sitting(id).await?;
        let record = record.ok_or_else(|| DeskError::NoSuchSitting(id.to_owned()))?;
        let items = record.form.items.len();
        let place = record.form.items.get(position as usize);
        let place = place.ok_or(Refusal::NoSuchQuestion { position, items })?;
        let new = NewItemReport {
            item: &place.id,
            version: &place.version,
            reason: reason.name(),
            words,
            now_ms: self.clock.now().wall_ms,
        };
        Ok(self.store.put_item_report(new).await?)
    }

    /// All reports, by deck and item.
    ///
    /// # Errors
    /// [`DeskError`] when they cannot be read.
    pub async fn item_reports(&self) -> Result<Vec<ItemReport>, DeskError> {
        let kept = self.store.item_reports().await?.into_iter();
        kept.map(|kept| {
            let date = self.local_date_of(kept.reported_ms);
            view(kept, date)
        })
        .collect()
    }

    /// Takes a report back, and shows those that are left.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such report, or it cannot be written.
    pub async fn remove_item_report(&self, id: i64) -> Result<Vec<ItemReport>, DeskError> {
        if !self.store.remove_item_report(id).await? {
            return Err(DeskError::NoSuchReport(id));
        }
        self.item_reports().await
    }

    /// All reports as a text for the author of a deck.
    ///
    /// # Errors
    /// [`DeskError`] when they cannot be read.
    pub async fn item_reports_text(&self, format: ReportFormat) -> Result<String, DeskError> {
        let reports = self.item_reports().await?;
        Ok(match format {
            ReportFormat::Markdown => markdown(&reports),
            ReportFormat::Json => {
                let damaged = |error: serde_json::Error| StoreError::Damaged {
                    what: "report",
                    id: "list".into(),
                    why: error.to_string(),
                };
                serde_json::to_string_pretty(&reports).map_err(damaged)? + "\n"
            }
        })
    }
}

fn view(kept: KeptItemReport, date: NaiveDate) -> Result<ItemReport, DeskError> {
    let reason = ReportReason::ALL.into_iter().find(|reason| reason.name() == kept.reason);
    let reason = reason.ok_or_else(|| StoreError::Damaged {
        what: "report",
        id: kept.id.to_string(),
        why: format!("there is no reason “{}”", kept.reason),
    })?;
    Ok(ItemReport {
        id: kept.id,
        text: beginning(&words_of(&kept.item)),
        item: kept.item_id,
        version: kept.version,
        deck: kept.deck,
        deck_title: kept.deck_title,
        deck_version: kept.deck_version,
        reason,
        words: kept.words,
        date: date.to_string(),
    })
}

/// What an item asks, as plain text.
fn words_of(item: &Item) -> String {
    match &item.body {
        ItemBody::Question(question) => rich_text::plain_text(&question.stem),
        // Only questions are asked in sittings, so only these are reported.
        ItemBody::Card(_) => String::new(),
    }
}

/// A heading for each deck, and one for each report below it. Words are quoted, so that they
/// cannot pass for headings.
fn markdown(reports: &[ItemReport]) -> String {
    let mut text = String::from("# Reported questions\n");
    let mut deck = None;
    for report in reports {
        // Writing to a String cannot fail.
        if deck != Some(&report.deck) {
            let _ = write!(
                text,
                "\n## {} ({} {})\n",
                one_line(&report.deck_title),
                report.deck,
                report.deck_version
            );
        }
        deck = Some(&report.deck);
        let _ = write!(
            text,
            "\n### {}\n\n- {}\n- Reported {}\n- Version `{}`\n\n{}",
            report.item,
            report.reason.words(),
            report.date,
            report.version,
            quoted(&report.text),
        );
        if !report.words.is_empty() {
            let _ = write!(text, "\nIn the learner\u{2019}s words:\n\n{}", quoted(&report.words));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    text.lines().fold(String::new(), |quoted, line| quoted + format!("> {line}").trim_end() + "\n")
}
