//! Delimited files: CSV, TSV, Anki's export of notes in plain text, Quizlet's exports.
//!
//! Encoding, delimiter, header and the role of each column are found out, and each of them can be
//! chosen instead. A file with a stem is one of questions, any other one of cards. Text is read as
//! Markdown, or as HTML where the file says so.

mod columns;
mod roles;
mod rows;
mod table;
#[cfg(test)]
mod tests;

pub use columns::{ColumnChoice, ColumnRole, ColumnsView};
pub use table::{MAX_COLUMNS, MAX_ROWS};
pub(super) use table::{is_anki, looks_like};

use std::collections::HashMap;

use super::notes::Notes;
use super::shown::Shown;
use super::{
    Draft, DraftContent, DraftDeck, Format, Package, PackageError, Place, file_title, texts,
};
use crate::deck::Markup;
use roles::{Layout, layout};
use rows::{Rows, deck_path};
use table::{Table, table};

/// Largest file, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Most decks that the rows of a file name.
pub const MAX_DECKS: usize = 2_000;
/// Rows that are shown before an import.
const SHOWN_ROWS: usize = 5;
/// Most characters of a cell that are shown.
const SHOWN_CELL: usize = 300;

/// How a file is understood.
///
/// # Errors
/// [`PackageError`] when it cannot be read or is too large.
pub fn columns(package: &Package, choice: &ColumnChoice) -> Result<ColumnsView, PackageError> {
    let mut notes = Notes::default();
    let file = first(package)?;
    let table = table(&file, &package.read(&file, MAX_FILE)?, choice, &mut notes);
    let Layout { header, names, roles } = layout(&table, choice);
    let cut = |cell: &String| cell.chars().take(SHOWN_CELL).collect::<String>();
    let rows = table.rows.iter().skip(usize::from(header)).take(SHOWN_ROWS);
    Ok(ColumnsView {
        delimiter: table.delimiter.to_string(),
        encoding: table.encoding.to_owned(),
        header,
        names: names.iter().map(cut).collect(),
        roles,
        rows: rows.map(|row| row.cells.iter().map(cut).collect()).collect(),
    })
}

/// Reads a delimited file; `format` is what [`super::detect()`] says it is.
///
/// # Errors
/// [`PackageError`] when it cannot be read or is too large.
pub fn read(
    package: &Package,
    format: Format,
    choice: &ColumnChoice,
) -> Result<Draft, PackageError> {
    let mut notes = Notes::default();
    let file = first(package)?;
    // One table has one set of columns, so others are not read with it.
    for other in texts(package).into_iter().filter(|other| *other != file) {
        notes.pass_over(&Place { file: other.as_str().into(), line: 1 }, "another-table", &other);
    }
    let table = table(&file, &package.read(&file, MAX_FILE)?, choice, &mut notes);
    let layout = layout(&table, choice);
    let decks = decks(package, &file, &table, &layout, &mut notes);
    let (passed_over, problems) = notes.finish();
    Ok(Draft { format, made_with: None, decks, passed_over, problems })
}

fn first(package: &Package) -> Result<String, PackageError> {
    let first = texts(package).into_iter().next();
    first.ok_or_else(|| PackageError::Missing(package.name().to_owned()))
}

fn decks(
    package: &Package,
    file: &str,
    table: &Table,
    layout: &Layout,
    notes: &mut Notes,
) -> Vec<DraftDeck> {
    for (name, _) in ignored(layout) {
        notes.pass_over(&Place { file: file.into(), line: 1 }, "column", name);
    }
    let directives = &table.directives;
    let html = directives.html.unwrap_or_else(|| directives.lines > 0 && has_tags(table));
    let rows = Rows { file, roles: &layout.roles, directives, html };
    let unnamed = directives.deck.as_deref().map(deck_path).filter(|path| !path.is_empty());
    let unnamed = unnamed.unwrap_or_else(|| vec![file_title(file)]);
    let mut decks: Vec<(DraftDeck, Shown<'_>)> = Vec::new();
    let mut known: HashMap<Vec<String>, usize> = HashMap::new();
    for row in table.rows.iter().skip(usize::from(layout.header)) {
        let Some(made) = rows.item(row, notes) else { continue };
        let path = made.deck.unwrap_or_else(|| unnamed.clone());
        let at = known.get(&path).copied().unwrap_or_else(|| {
            if decks.len() >= MAX_DECKS {
                return decks.len() - 1;
            }
            known.insert(path.clone(), decks.len());
            let deck = DraftDeck { path, ..DraftDeck::default() };
            decks.push((deck, Shown::of(package, file)));
            decks.len() - 1
        });
        let (deck, shown) = &mut decks[at];
        let mut item = made.item;
        match &mut item.body {
            DraftContent::Question(question) => shown.question(question, &item.place, notes),
            DraftContent::Card(card) if card.markup == Markup::Markdown => {
                shown.text(&mut card.front, &item.place, notes);
                shown.text(&mut card.back, &item.place, notes);
            }
            DraftContent::Card(_) => {}
        }
        deck.items.push(item);
    }
    // A deck comes after the one it hangs under.
    decks.sort_by_key(|(deck, _)| deck.path.len());
    decks.into_iter().map(|(deck, shown)| DraftDeck { media: shown.finish(), ..deck }).collect()
}

/// The columns that are named and not read.
fn ignored(layout: &Layout) -> impl Iterator<Item = (&String, &ColumnRole)> {
    let columns = layout.names.iter().zip(&layout.roles);
    columns.filter(|(name, role)| **role == ColumnRole::Ignore && !name.trim().is_empty())
}

/// Whether cells hold HTML, as those that Anki writes do.
fn has_tags(table: &Table) -> bool {
    let marks = ["<br", "<div", "<b>", "<i>", "<img ", "<span", "&nbsp;", "</"];
    let cells = table.rows.iter().take(200).flat_map(|row| &row.cells);
    cells.into_iter().any(|cell| marks.iter().any(|mark| cell.contains(mark)))
}
