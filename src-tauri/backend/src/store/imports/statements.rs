//! The statements that write rows by the batch.
//!
//! What fails gives up the whole import, so none of them has to be taken back by itself (`OR
//! FAIL`); SQLite would else keep a copy of each page that one changes.

use std::sync::Arc;

use super::Importing;

/// Rows as they are bound, `VALUES`.
const ROWS: &str = "{rows}";

/// The rows that one writes, in the order of [`Statements::new`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Rows {
    Versions,
    Items,
    Sources,
    Search,
    Cards,
    Tags,
}

/// The statements of an import, each with how a row is bound.
#[derive(Debug)]
pub(super) struct Statements {
    all: [(String, String); 6],
    /// Those of whole batches, which nearly all are.
    whole: [Arc<str>; 6],
}

impl Statements {
    /// Of an import at a time: what is the same in all its rows stands in the statements, for each
    /// value that is bound costs about as much as writing it.
    pub(super) fn new(at_ms: i64, operation: i64) -> Self {
        let (two, three) = ("(?,?)".to_owned(), "(?,?,?)".to_owned());
        let six = "(?,?,?,?,?,?)".to_owned();
        let all = [
            (
                "INSERT OR FAIL INTO item_versions (item_id, hash, content, created_ms)
                 VALUES {rows}"
                    .to_owned(),
                format!("(?,?,?,{at_ms})"),
            ),
            // Without `deck_version`: while that is NULL, the wording that stands is the deck's.
            (
                format!(
                    "INSERT OR FAIL INTO items (id, deck_id, kind, version, position, task, added_by)
                     SELECT column1, column2, iif(column3, 'card', 'question'), column4, column5,
                            column6, {operation}
                       FROM (VALUES {ROWS})"
                ),
                six.clone(),
            ),
            (
                "INSERT OR FAIL INTO item_sources (scheme, guid, item_id) VALUES {rows}
                     ON CONFLICT DO UPDATE SET item_id = excluded.item_id"
                    .to_owned(),
                three.clone(),
            ),
            (
                format!(
                    "INSERT OR FAIL INTO search_items (id, item_id, deck_id, kind, task, own,
                                                       absent, added_ms, stale, rows)
                     SELECT column1, column2, column3, iif(column4, 'card', 'question'),
                            ifnull(column5, ''), 0, 0, {at_ms}, 1, column6
                       FROM (VALUES {ROWS})"
                ),
                six,
            ),
            (
                "INSERT OR FAIL INTO cards (item_id, ordinal, search_id, deck_id, task, position)
                 SELECT s.item_id, v.column2, s.id, s.deck_id, s.task, v.column3
                   FROM (VALUES {rows}) v CROSS JOIN search_items s ON s.id = v.column1"
                    .to_owned(),
                three,
            ),
            (
                "INSERT OR FAIL INTO search_tags (search_id, tag) VALUES {rows}".to_owned(),
                two,
            ),
        ];
        let whole = all.each_ref().map(|(sql, row)| with(sql, row, Importing::BATCH).into());
        Self { all, whole }
    }

    /// One of them for so many rows.
    pub(super) fn of(&self, what: Rows, rows: usize) -> Arc<str> {
        if rows == Importing::BATCH {
            return Arc::clone(&self.whole[what as usize]);
        }
        let (sql, row) = &self.all[what as usize];
        with(sql, row, rows).into()
    }
}

fn with(sql: &str, row: &str, rows: usize) -> String {
    let mut values = String::with_capacity((row.len() + 1) * rows);
    for place in 0..rows {
        if place > 0 {
            values.push(',');
        }
        values.push_str(row);
    }
    sql.replace(ROWS, &values)
}
