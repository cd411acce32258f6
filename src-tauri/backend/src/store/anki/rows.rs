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

/// A card; of one that nothing was done with, most numbers are 0.
#[derive(Debug, Clone, Copy, Default)]
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
        if self.0.is_empty() { None } else { Some(self.listed(b';').ok_or(BadRow)) }
    }

    /// So many numbers, and what is behind the last of them.
    fn listed<const N: usize>(&mut self, end: u8) -> Option<[i64; N]> {
        let mut numbers = [0; N];
        for (place, number) in numbers.iter_mut().enumerate() {
            let (read, behind) = self.number()?;
            if behind != if place + 1 == N { end } else { b',' } {
                return None;
            }
            *number = read;
        }
        Some(numbers)
    }

    /// A number and the sign behind it.
    fn number(&mut self) -> Option<(i64, u8)> {
        let (negative, mut rest) = match self.0.split_first()? {
            (b'-', rest) => (true, rest),
            _ => (false, self.0),
        };
        let mut number: i64 = 0;
        let behind = loop {
            let (byte, after) = rest.split_first()?;
            rest = after;
            if matches!(byte, b',' | b';' | b':') {
                break *byte;
            }
            let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
            number = number.checked_mul(10)?.checked_sub(i64::from(digit))?;
        };
        self.0 = rest;
        Some((if negative { number } else { number.checked_neg()? }, behind))
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
        if self.0.is_empty() { None } else { Some(self.told_card()) }
    }

    /// A card whose first numbers end in `:` has nothing but them.
    fn told_card(&mut self) -> Result<CardRow, BadRow> {
        let [id, note, deck, ord] = self.listed(b',').ok_or(BadRow)?;
        let (due, behind) = self.number().ok_or(BadRow)?;
        let ord = u32::try_from(ord).map_err(|_| BadRow)?;
        let new = CardRow { id, note, deck, ord, due, ..CardRow::default() };
        if behind == b':' {
            return Ok(new);
        }
        if behind != b',' {
            return Err(BadRow);
        }
        let [home, kind, queue, flags, home_due, interval, reviews, lapses, data] =
            self.listed(b';').ok_or(BadRow)?;
        let data = self.text(data)?;
        let (stability, difficulty) = memory(&data);
        let small = |number: i64| i8::try_from(number).unwrap_or(i8::MIN);
        let count = |number: i64| u32::try_from(number).unwrap_or(0);
        Ok(CardRow {
            home,
            kind: small(kind),
            queue: small(queue),
            flags: u8::try_from(flags & 0b111).unwrap_or(0),
            home_due,
            interval: i32::try_from(interval).unwrap_or(0),
            reviews: count(reviews),
            lapses: count(lapses),
            stability,
            difficulty,
            ..new
        })
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
    fn cards_are_told_by_few_numbers_or_by_all() {
        let mut joined = Joined(b"1,2,3,0,-7:4,5,6,1,8,9,2,2,3,10,11,12,13,0;");
        let new = joined.card().expect("a row").expect("sound");
        assert_eq!((new.id, new.note, new.deck, new.ord, new.due), (1, 2, 3, 0, -7));
        assert_eq!((new.home, new.kind, new.reviews), (0, 0, 0));
        let seen = joined.card().expect("a row").expect("sound");
        assert_eq!((seen.id, seen.due, seen.home, seen.kind, seen.flags), (4, 8, 9, 2, 3));
        assert_eq!((seen.home_due, seen.interval, seen.reviews, seen.lapses), (10, 11, 12, 13));
        assert!(joined.card().is_none());
        for text in ["1,2,3,0;", "1,2,3,0,5", "1,2,3,0,5,6:", "1,2:", ":"] {
            assert_eq!(Joined(text.as_bytes()).card().map(Result::err), Some(Some(BadRow)));
        }
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
