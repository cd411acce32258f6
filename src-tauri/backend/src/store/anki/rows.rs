//! Rows of an Anki collection, and how many of them come as one value.
//!
//! A value for each column of each row costs more than what is in it. So SQLite joins the rows of
//! a batch into one value, numbers before a `;` and texts behind it, and they are taken apart here.

use std::borrow::Cow;

/// The one row of `col`.
#[derive(Debug)]
pub(crate) struct CollectionRow {
    /// Start of its first day, Unix seconds.
    pub(crate) created: i64,
    /// JSON of the note types up to schema 14; empty later.
    pub(crate) models: String,
    /// JSON of the decks up to schema 14; empty later.
    pub(crate) decks: String,
}

/// A note type from schema 15 on.
#[derive(Debug)]
pub(crate) struct NotetypeRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Protobuf.
    pub(crate) config: Vec<u8>,
}

/// A field or template of a note type from schema 15 on.
#[derive(Debug)]
pub(crate) struct PartRow {
    pub(crate) notetype: i64,
    pub(crate) ord: i64,
    pub(crate) name: String,
    /// Protobuf.
    pub(crate) config: Vec<u8>,
}

/// A deck from schema 15 on.
#[derive(Debug)]
pub(crate) struct DeckRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// Protobuf.
    pub(crate) kind: Vec<u8>,
}

/// A note.
#[derive(Debug)]
pub(crate) struct NoteRow<'a> {
    pub(crate) id: i64,
    pub(crate) notetype: i64,
    /// Unix seconds.
    pub(crate) changed: i64,
    /// Bytes of its fields.
    pub(crate) size: i64,
    pub(crate) guid: Cow<'a, str>,
    pub(crate) tags: Cow<'a, str>,
    /// Joined by `\x1f`; empty when they are larger than is read in a batch.
    pub(crate) fields: Cow<'a, str>,
}

/// A card.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CardRow {
    pub(crate) id: i64,
    pub(crate) note: i64,
    pub(crate) deck: i64,
    /// The deck it belongs to while it is in a filtered one; 0 otherwise.
    pub(crate) home: i64,
    pub(crate) ord: u32,
    pub(crate) kind: i8,
    pub(crate) queue: i8,
    pub(crate) flags: u8,
    pub(crate) due: i64,
    /// When it is due in its own deck while it is in a filtered one.
    pub(crate) home_due: i64,
    pub(crate) interval: i32,
    pub(crate) reviews: u32,
    pub(crate) lapses: u32,
    /// Stability and difficulty by FSRS; 0 where there are none.
    pub(crate) stability: f32,
    pub(crate) difficulty: f32,
}

/// An entry of the review log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReviewRow {
    /// When, Unix milliseconds.
    pub(crate) at: i64,
    pub(crate) card: i64,
    pub(crate) ease: i64,
    /// Days, or seconds when negative.
    pub(crate) interval: i64,
    pub(crate) factor: i64,
    /// Milliseconds.
    pub(crate) taken: i64,
    pub(crate) kind: i64,
}

/// Rows that do not read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadRow;

/// Takes joined rows apart.
pub(super) struct Joined<'a>(pub(super) &'a [u8]);

impl<'a> Joined<'a> {
    /// The numbers of the next row; none at the end.
    fn numbers<const N: usize>(&mut self) -> Option<Result<[i64; N], BadRow>> {
        if self.0.is_empty() {
            return None;
        }
        let mut numbers = [0; N];
        for (place, number) in numbers.iter_mut().enumerate() {
            let end = if place + 1 == N { b';' } else { b',' };
            match self.number(end) {
                Some(read) => *number = read,
                None => return Some(Err(BadRow)),
            }
        }
        Some(Ok(numbers))
    }

    fn number(&mut self, end: u8) -> Option<i64> {
        let (negative, mut rest) = match self.0.split_first()? {
            (b'-', rest) => (true, rest),
            _ => (false, self.0),
        };
        let mut number: i64 = 0;
        loop {
            let (byte, after) = rest.split_first()?;
            rest = after;
            if *byte == end {
                break;
            }
            let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
            number = number.checked_mul(10)?.checked_sub(i64::from(digit))?;
        }
        self.0 = rest;
        if negative { Some(number) } else { number.checked_neg() }
    }

    fn text(&mut self, length: i64) -> Result<Cow<'a, str>, BadRow> {
        let length = usize::try_from(length).map_err(|_| BadRow)?;
        let (text, rest) = self.0.split_at_checked(length).ok_or(BadRow)?;
        self.0 = rest;
        Ok(String::from_utf8_lossy(text))
    }

    /// The next note.
    pub(super) fn note(&mut self) -> Option<Result<NoteRow<'a>, BadRow>> {
        let numbers = self.numbers::<7>()?;
        Some(numbers.and_then(|[id, notetype, changed, size, guid, tags, fields]| {
            let (guid, tags) = (self.text(guid)?, self.text(tags)?);
            let fields = self.text(fields)?;
            Ok(NoteRow { id, notetype, changed, size, guid, tags, fields })
        }))
    }

    /// The next card.
    pub(super) fn card(&mut self) -> Option<Result<CardRow, BadRow>> {
        let numbers = self.numbers::<14>()?;
        Some(numbers.and_then(|n| {
            let data = self.text(n[13])?;
            let (stability, difficulty) = memory(&data);
            let small = |number: i64| i8::try_from(number).unwrap_or(i8::MIN);
            let count = |number: i64| u32::try_from(number).unwrap_or(0);
            Ok(CardRow {
                id: n[0],
                note: n[1],
                deck: n[2],
                home: n[3],
                ord: u32::try_from(n[4]).map_err(|_| BadRow)?,
                kind: small(n[5]),
                queue: small(n[6]),
                flags: u8::try_from(n[7] & 0b111).unwrap_or(0),
                due: n[8],
                home_due: n[9],
                interval: i32::try_from(n[10]).unwrap_or(0),
                reviews: count(n[11]),
                lapses: count(n[12]),
                stability,
                difficulty,
            })
        }))
    }

    /// The next entry of the review log.
    pub(super) fn review(&mut self) -> Option<Result<ReviewRow, BadRow>> {
        let numbers = self.numbers::<7>()?;
        Some(numbers.map(|[at, card, ease, interval, factor, taken, kind]| ReviewRow {
            at,
            card,
            ease,
            interval,
            factor,
            taken,
            kind,
        }))
    }
}

/// Stability and difficulty of a card's data; 0 where there are none.
fn memory(data: &str) -> (f32, f32) {
    #[derive(serde::Deserialize)]
    struct Data {
        #[serde(default)]
        s: Option<f32>,
        #[serde(default)]
        d: Option<f32>,
    }
    if !data.contains("\"s\"") {
        return (0.0, 0.0);
    }
    let data: Option<Data> = serde_json::from_str(data).ok();
    data.and_then(|data| data.s.zip(data.d)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_rows_come_apart_again() {
        let mut joined = Joined("1,-2,3,10,2,0,4;guä\x1fb-9,0,0,0,0,0,0;".as_bytes());
        let note = joined.note().expect("a row").expect("sound");
        assert_eq!((note.id, note.notetype, note.size), (1, -2, 10));
        assert_eq!((&*note.guid, &*note.tags, &*note.fields), ("gu", "", "ä\x1fb"));
        assert_eq!(joined.note().map(|row| row.expect("sound").id), Some(-9));
        assert!(joined.note().is_none());
    }

    #[test]
    fn what_is_no_row_is_said_to_be_none() {
        for text in ["1,2", ";", "a,2,3,4,5,6,7;", "1,2,3,4,99,0,0;x", "99999999999999999999,"] {
            assert_eq!(Joined(text.as_bytes()).note().map(Result::err), Some(Some(BadRow)));
        }
    }

    #[test]
    fn the_memory_of_fsrs_is_read_from_the_data_of_a_card() {
        assert_eq!(memory(r#"{"pos":1,"s":8.25,"d":1.5,"dr":0.9}"#), (8.25, 1.5));
        for other in ["", "{}", r#"{"s":1}"#, r#"{"s":"x","d":1}"#, "\"s\""] {
            assert_eq!(memory(other), (0.0, 0.0));
        }
    }
}
