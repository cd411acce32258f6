//! Bytes to rows: encoding, directives of Anki, delimiter.

use csv::{ReaderBuilder, StringRecord};

use super::columns::ColumnChoice;
use crate::formats::Place;
use crate::formats::decode::decode;
use crate::formats::notes::Notes;

/// Most rows of a file.
pub const MAX_ROWS: usize = 500_000;
/// Most columns of a row.
pub const MAX_COLUMNS: usize = 100;
/// Delimiters that are tried, the likelier ones first.
const DELIMITERS: [char; 4] = ['\t', ',', ';', '|'];
/// Rows that are looked at to find out what a file is.
const SAMPLE: usize = 200;
/// Bytes of them.
const SAMPLE_BYTES: usize = 256 * 1024;

/// What the lines that begin with `#` say, as Anki writes them
/// (docs.ankiweb.net, Importing text files). Columns count from 0 here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Directives {
    pub(super) separator: Option<char>,
    pub(super) html: Option<bool>,
    pub(super) names: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) deck: Option<String>,
    pub(super) note_type: Option<String>,
    pub(super) tags_column: Option<usize>,
    pub(super) deck_column: Option<usize>,
    pub(super) note_type_column: Option<usize>,
    pub(super) guid_column: Option<usize>,
    /// How many lines they take.
    pub(super) lines: usize,
}

/// A row and its line in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

/// A delimited file, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) delimiter: char,
    pub(super) encoding: &'static str,
    pub(super) directives: Directives,
    pub(super) rows: Vec<Row>,
}

/// Whether a text begins with directives of Anki.
pub(in crate::formats) fn is_anki(text: &str) -> bool {
    text.lines().next().is_some_and(|line| directive(line).is_some())
}

/// The delimiter of a text that looks like a table: at least two columns nearly everywhere.
pub(in crate::formats) fn looks_like(text: &str) -> Option<char> {
    let (delimiter, share) = guess(text)?;
    (share >= 0.8).then_some(delimiter)
}

/// Reads the rows of a file.
pub(super) fn table(file: &str, bytes: &[u8], choice: &ColumnChoice, notes: &mut Notes) -> Table {
    let decoded = decode(bytes, choice.encoding.as_deref());
    decoded.check(file, notes);
    let directives = directives(&decoded.text);
    let mut body = decoded.text.as_str();
    for _ in 0..directives.lines {
        body = body.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let chosen = choice.delimiter.as_ref().and_then(|text| text.chars().next());
    let chosen = chosen.filter(char::is_ascii);
    let delimiter = chosen
        .or(directives.separator)
        .unwrap_or_else(|| guess(body).map_or('\t', |(delimiter, _)| delimiter));
    let mut table = Table { delimiter, encoding: decoded.encoding, directives, rows: Vec::new() };
    table.fill(file, body, notes);
    table
}

impl Table {
    fn fill(&mut self, file: &str, body: &str, notes: &mut Notes) {
        let place = |line: u32| Place { file: file.into(), line };
        let before = u32::try_from(self.directives.lines).unwrap_or(u32::MAX);
        let quoting = closes_quotes(body);
        if !quoting {
            let message = "a quotation mark does not close, so that all of them are read as text";
            notes.warning(&place(1), "quotes", message, "write \"\" for a \" inside quotes");
        }
        let mut reader = reader(self.delimiter, quoting, before > 0).from_reader(body.as_bytes());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let at = error.position().map_or(1, csv::Position::line);
                    let message = format!("a row cannot be read: {error}");
                    notes.error(&place(number(at)), "row", message, "mend it in the file");
                    continue;
                }
            };
            let line = before.saturating_add(record.position().map_or(1, |at| number(at.line())));
            if self.rows.len() >= MAX_ROWS {
                let message = format!("the file has more than {MAX_ROWS} rows");
                notes.error(&place(line), "too-many-rows", message, "split the file");
                break;
            }
            if record.len() > MAX_COLUMNS {
                let message = format!("a row has {} columns", record.len());
                let hint = "100 are the most; look whether the delimiter is right";
                notes.error(&place(line), "too-many-columns", message, hint);
                continue;
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let cells = record.iter().map(str::to_owned).collect();
                self.rows.push(Row { line, cells });
            }
        }
    }

    /// Columns of the widest row.
    pub(super) fn width(&self) -> usize {
        let named = self.directives.names.len();
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(named)
    }
}

/// Whether all quotation marks close. One that never does would swallow the rest of the file.
fn closes_quotes(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2)
}

fn number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn reader(delimiter: char, quoting: bool, comments: bool) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(u8::try_from(delimiter).unwrap_or(b'\t'))
        .comment(comments.then_some(b'#'));
    builder
}

/// The delimiter that cuts a text into the most even rows, and how many of them are even.
fn guess(text: &str) -> Option<(char, f64)> {
    let mut bound = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(bound) {
        bound -= 1;
    }
    let quoting = closes_quotes(text);
    let mut best: Option<(char, f64, usize)> = None;
    for delimiter in DELIMITERS {
        let mut reader = reader(delimiter, quoting, false).from_reader(&text.as_bytes()[..bound]);
        let rows = reader.records().take(SAMPLE).filter_map(Result::ok);
        let rows: Vec<StringRecord> =
            rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        let mut counts = [0usize; MAX_COLUMNS + 1];
        for row in &rows {
            counts[row.len().min(MAX_COLUMNS)] += 1;
        }
        let Some((columns, rows_of)) =
            counts.iter().enumerate().skip(2).max_by_key(|(_, count)| **count)
        else {
            continue;
        };
        if *rows_of == 0 {
            continue;
        }
        let share = *rows_of as f64 / rows.len() as f64;
        let better = best.is_none_or(|(_, known, width)| {
            share > known + 0.1 || (share > known - 0.1 && columns > width)
        });
        if better {
            best = Some((delimiter, share, columns));
        }
    }
    best.map(|(delimiter, share, _)| (delimiter, share))
}

fn directive(line: &str) -> Option<(String, String)> {
    const KNOWN: [&str; 10] = [
        "separator",
        "html",
        "tags",
        "columns",
        "notetype",
        "deck",
        "notetype column",
        "deck column",
        "tags column",
        "guid column",
    ];
    let (name, value) = line.trim_start_matches('\u{feff}').strip_prefix('#')?.split_once(':')?;
    let name = name.trim().to_ascii_lowercase();
    KNOWN.contains(&name.as_str()).then(|| (name, value.trim_end().to_owned()))
}

fn directives(text: &str) -> Directives {
    let mut found = Directives::default();
    let mut columns = None;
    // A table may begin with a `#` of its own; only what Anki knows counts.
    for line in text.split('\n').take(100) {
        let Some((name, value)) = directive(line) else { break };
        found.lines += 1;
        let trimmed = value.trim();
        let column = trimmed.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        match name.as_str() {
            "separator" => found.separator = separator(trimmed),
            "html" => found.html = Some(trimmed.eq_ignore_ascii_case("true")),
            "tags" => found.tags = trimmed.split_whitespace().map(str::to_lowercase).collect(),
            "columns" => columns = Some(value.trim_start_matches(' ').to_owned()),
            "notetype" => found.note_type = Some(trimmed.to_owned()),
            "deck" => found.deck = Some(trimmed.to_owned()),
            "notetype column" => found.note_type_column = column,
            "deck column" => found.deck_column = column,
            "tags column" => found.tags_column = column,
            _ => found.guid_column = column,
        }
    }
    if let Some(columns) = columns {
        let mut reader =
            reader(found.separator.unwrap_or('\t'), true, false).from_reader(columns.as_bytes());
        let first = reader.records().next().and_then(Result::ok);
        found.names = first.iter().flatten().take(MAX_COLUMNS).map(str::to_owned).collect();
    }
    found
}

/// A separator by its name or as it is.
fn separator(text: &str) -> Option<char> {
    match text.to_ascii_lowercase().as_str() {
        "" | "tab" | "\\t" => Some('\t'),
        "comma" => Some(','),
        "semicolon" => Some(';'),
        "pipe" => Some('|'),
        "colon" => Some(':'),
        "space" => Some(' '),
        other => other.chars().next().filter(char::is_ascii),
    }
}
