//! What is shown of a row that was found. With the SQL of finding it in one statement, and handed
//! over as one row: each that crosses from SQLite's thread to ours takes longer than finding it.

use serde::Deserialize;

use super::BrowseRecord;
use crate::store::StoreError;
use crate::store::cards::{memory, parse_phase};

/// The beginning of what hands over rows as they are shown; [`OF_FOUND`] is the end. What is
/// between gives the columns `card` and `item` in an order and is limited, and of such a query the
/// aggregate sees the rows in that order. SQLite writes fifteen digits of a number, more than the
/// singles that stability and difficulty are have.
pub(super) const SHOWN: &str = "SELECT json_group_array(json_array(
    s.item_id, s.text, s.task, s.added_ms, d.title, d.blueprint,
    k.id, k.phase, k.stability, k.difficulty, k.last_day, k.due_ms,
    k.due_day, k.reviews, k.lapses, k.suspended, k.buried_day, k.flag)) FROM (";

/// See [`SHOWN`].
pub(super) const OF_FOUND: &str = ") p
    CROSS JOIN search_items s ON s.id = p.item
    CROSS JOIN decks d ON d.id = s.deck_id
    LEFT JOIN cards k ON k.id = p.card";

/// A row as it is handed over, its columns in order.
#[derive(Deserialize)]
struct Told {
    item: String,
    text: String,
    task: String,
    added_ms: i64,
    deck: String,
    blueprint: Option<String>,
    card: Option<i64>,
    phase: Option<String>,
    stability: Option<f64>,
    difficulty: Option<f64>,
    last_day: Option<i64>,
    due_ms: Option<i64>,
    due_day: Option<i64>,
    reviews: Option<u32>,
    lapses: Option<u32>,
    suspended: Option<u8>,
    buried_day: Option<i64>,
    flag: Option<u8>,
}

/// The rows that were handed over.
pub(super) fn read(json: &str) -> Result<Vec<BrowseRecord>, StoreError> {
    let told: Vec<Told> = serde_json::from_str(json).map_err(StoreError::damaged("row", ""))?;
    told.into_iter().map(Told::record).collect()
}

impl Told {
    fn record(self) -> Result<BrowseRecord, StoreError> {
        let phase = match (self.phase, self.card) {
            (Some(phase), Some(card)) => Some(parse_phase(&phase, card)?),
            _ => None,
        };
        Ok(BrowseRecord {
            item: self.item,
            card: self.card,
            text: self.text,
            deck: self.deck,
            blueprint: self.blueprint,
            task: (!self.task.is_empty()).then_some(self.task),
            phase,
            memory: memory(self.stability, self.difficulty),
            last_day: self.last_day,
            due_ms: self.due_ms,
            due_day: self.due_day,
            reviews: self.reviews.unwrap_or(0),
            lapses: self.lapses.unwrap_or(0),
            suspended: self.suspended.is_some_and(|suspended| suspended != 0),
            buried_day: self.buried_day,
            flag: self.flag.unwrap_or(0),
            added_ms: self.added_ms,
        })
    }
}
