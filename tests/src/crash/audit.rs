//! What is in the collection, read past the app that has it open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use sitwell_backend::clock::SystemClock;
use sitwell_backend::exam::Form;
use sitwell_backend::exam::sitting::EventKind;
use sitwell_backend::store::Store;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The log of each sitting, its options in the order shown.
    pub(super) logs: BTreeMap<String, Vec<EventKind>>,
    /// How often each card that was asked about is graded.
    pub(super) reviews: BTreeMap<i64, usize>,
}

/// Reads the sittings and the gradings of these cards. When `thorough`, fails unless the file is
/// whole.
pub(super) async fn audit(path: &Path, cards: &[i64], thorough: bool) -> Result<Found> {
    let store = Store::open(path, &SystemClock::new()).await?;
    let found = look(&store, cards, thorough).await;
    store.close().await;
    found
}

async fn look(store: &Store, cards: &[i64], thorough: bool) -> Result<Found> {
    if thorough {
        let faults = store.faults().await?;
        ensure!(faults.is_empty(), "the file is damaged: {}", faults.join("; "));
    }
    let mut found = Found::default();
    for id in store.all_sitting_ids().await? {
        let Some(record) = store.sitting(&id).await? else { continue };
        let events = store.sitting_events(&id).await?.into_iter();
        let log = events.map(|event| as_shown(event.kind, &record.form)).collect();
        found.logs.insert(id, log);
    }
    for card in cards {
        found.reviews.insert(*card, store.card_reviews(*card).await?.len());
    }
    Ok(found)
}

/// An event with its options told by their places on screen.
fn as_shown(event: EventKind, form: &Form) -> EventKind {
    let order = |position: u32| {
        form.items.get(position as usize).map_or(&[][..], |item| &item.option_order)
    };
    let place = |position: u32, index: u8| {
        let found = order(position).iter().zip(0..).find(|(option, _)| **option == index);
        found.map_or(u8::MAX, |(_, place)| place)
    };
    match event {
        EventKind::Chosen { position, options } => {
            let options: BTreeSet<u8> = options.iter().map(|o| place(position, *o)).collect();
            EventKind::Chosen { position, options }
        }
        EventKind::Arranged { position, responses } => {
            let responses = responses.iter().map(|r| r.map(|r| place(position, r))).collect();
            EventKind::Arranged { position, responses }
        }
        EventKind::Struck { position, option, struck } => {
            EventKind::Struck { position, option: place(position, option), struck }
        }
        event => event,
    }
}
