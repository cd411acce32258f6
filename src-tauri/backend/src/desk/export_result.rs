//! Results as files: one line for each question as CSV, or all of the result as JSON.

use std::io::Write as _;
use std::path::Path;

use super::views::{ResultFormat, ResultLine, ResultView};
use super::{DeskError, Sitwell};

/// A spreadsheet takes a text that begins so for a formula.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Columns of the CSV.
const COLUMNS: [&str; 14] = [
    "number",
    "item",
    "domain",
    "task",
    "scored",
    "correct",
    "chosen",
    "key",
    "blank",
    "flagged",
    "changed",
    "confidence",
    "seconds",
    "text",
];

impl ResultView {
    /// One line for each question, with a header.
    ///
    /// # Errors
    /// When a line cannot be written, which memory never refuses.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(COLUMNS)?;
        for line in &self.lines {
            csv.write_record(record(line))?;
        }
        let bytes = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn record(line: &ResultLine) -> [String; 14] {
    let word = |value: Option<serde_json::Value>| {
        value.and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
    };
    let yes = |value: bool| if value { "1" } else { "0" }.to_owned();
    [
        (line.position + 1).to_string(),
        line.item.clone(),
        plain(&line.domain),
        plain(&line.task),
        yes(line.scored),
        yes(line.correct),
        line.chosen.clone(),
        line.key.clone(),
        yes(line.chosen.is_empty()),
        yes(line.flagged),
        word(line.change.and_then(|change| serde_json::to_value(change).ok())),
        word(line.confidence.and_then(|said| serde_json::to_value(said).ok())),
        format!("{:.1}", line.spent_ms as f64 / 1000.0),
        plain(&line.text),
    ]
}

/// A text of a deck, so that no spreadsheet takes it for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(FORMULAS) { format!("'{text}") } else { text.to_owned() }
}

impl Sitwell {
    /// Writes the result of a finished sitting to a file: whole, or not at all.
    ///
    /// # Errors
    /// As [`Self::result`]; [`DeskError::NotWritten`] when the file cannot be written. What was
    /// there before stays then.
    pub async fn export_result(
        &self,
        id: &str,
        format: ResultFormat,
        path: &Path,
    ) -> Result<(), DeskError> {
        let result = self.result(id).await?;
        let text = match format {
            ResultFormat::Csv => result.csv().map_err(std::io::Error::other),
            ResultFormat::Json => {
                serde_json::to_string_pretty(&result).map(|json| json + "\n").map_err(Into::into)
            }
        };
        let written = text.and_then(|text| write_whole(path, text.as_bytes()));
        written.map_err(|source| DeskError::NotWritten { path: path.to_owned(), source })
    }
}

/// Writes beside the file and moves it there when all of it is on disk.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula() {
        assert_eq!(plain("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(plain("A team"), "A team");
    }

    #[test]
    fn a_file_is_replaced_whole_or_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.csv");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert!(write_whole(&folder.path().join("none/result.csv"), b"x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }
}
