//! Answers of many people to the same items, as a table of 0 and 1.

/// Largest table that is read, in cells.
const MAX_CELLS: usize = 20_000_000;

/// A table of marks: a row for each person, a column for each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    items: usize,
    rows: Vec<Vec<bool>>,
}

/// Why a table was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    /// Too little to hide half of it.
    #[error("the table needs a header, at least 4 items and at least 10 people")]
    TooSmall,
    /// Too much.
    #[error("the table has more than 20 million cells; give a part of it")]
    TooLarge,
    /// A row is longer or shorter than the header.
    #[error("line {line} has {found} cells, the header {expected}; make them equal")]
    Ragged {
        /// Line of the file, from 1.
        line: usize,
        /// Cells in it.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// A cell holds something else.
    #[error("line {line}, column {column}: “{found}” is neither 0 nor 1")]
    NotAMark {
        /// Line of the file, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What it holds, shortened.
        found: String,
    },
}

impl Matrix {
    /// Reads CSV: a header with a name for each item, then a line of 0 and 1 for each person.
    /// Cells may be quoted; empty lines do not count.
    ///
    /// # Errors
    /// [`MatrixError`] with the line.
    pub fn parse(text: &str) -> Result<Self, MatrixError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let Some((header, _)) = lines.next() else { return Err(MatrixError::TooSmall) };
        let items = header.split(',').count();
        let mut rows: Vec<Vec<bool>> = Vec::new();
        for (text, line) in lines {
            let found = text.split(',').count();
            if found != items {
                return Err(MatrixError::Ragged { line, found, expected: items });
            }
            if (rows.len() + 1) * items > MAX_CELLS {
                return Err(MatrixError::TooLarge);
            }
            rows.push(
                text.split(',')
                    .zip(1..)
                    .map(|(cell, column)| mark(cell, line, column))
                    .collect::<Result<_, _>>()?,
            );
        }
        if items < 4 || rows.len() < 10 {
            return Err(MatrixError::TooSmall);
        }
        Ok(Self { items, rows })
    }

    /// Number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// A row of marks for each person.
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.rows
    }
}

fn mark(cell: &str, line: usize, column: usize) -> Result<bool, MatrixError> {
    match cell.trim().trim_matches('"') {
        "0" => Ok(false),
        "1" => Ok(true),
        other => {
            Err(MatrixError::NotAMark { line, column, found: other.chars().take(20).collect() })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bad_cell_is_named_by_line_and_column() {
        let text = format!("a,b,c,d\n{}1,0,NA,1\n", "1,0,1,1\n".repeat(10));
        let error = Matrix::parse(&text).unwrap_err();
        assert_eq!(error, MatrixError::NotAMark { line: 12, column: 3, found: "NA".into() });
        let text = format!("a,b,c,d\r\n{}", "1,0,1\r\n".repeat(10));
        let error = Matrix::parse(&text).unwrap_err();
        assert_eq!(error, MatrixError::Ragged { line: 2, found: 3, expected: 4 });
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            rows in prop::collection::vec(prop::collection::vec(any::<bool>(), 5), 10..30)
        ) {
            let line = |row: &Vec<bool>| {
                let cells: Vec<&str> = row.iter().map(|m| if *m { "1" } else { "\"0\"" }).collect();
                cells.join(",")
            };
            let body: Vec<String> = rows.iter().map(line).collect();
            let text = format!("\"i1\",i2,i3,i4,i5\n{}\n\n", body.join("\n"));
            let matrix = Matrix::parse(&text).unwrap();
            prop_assert_eq!((matrix.items(), matrix.rows()), (5, &rows[..]));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,200}") {
            let _ = Matrix::parse(&text);
        }
    }
}
