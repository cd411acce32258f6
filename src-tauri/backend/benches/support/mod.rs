//! A collection of many cards, the same for a seed: words drawn as rarely as words are, most
//! cards in review, some of them due.

use std::path::Path;
use std::sync::Arc;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sitwell_backend::clock::{Clock, FixedClock};
use sitwell_backend::deck::{Card, Deck, DeckMeta, Item, ItemBody};
use sitwell_backend::desk::Sitwell;
use sitwell_backend::store::{CardRow, DeckSource, OperationKind, SearchScope, Store};
use sitwell_backend::study::{Calendar, CardState, Due, Memory, Phase};

/// When it is: a morning.
pub(crate) const NOW_MS: i64 = 1_764_000_000_000;
const DECK_SIZE: usize = 5_000;
const WORDS: usize = 5_000;
const SYLLABLES: [&str; 16] = [
    "ka", "lo", "mi", "ne", "ra", "so", "tu", "ve", "bi", "da", "fe", "go", "hu", "ja", "pe", "zi",
];

/// A word; low numbers are drawn often.
pub(crate) fn word(number: usize) -> String {
    let mut rest = number + 16 * 16;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 16]);
        rest /= 16;
    }
    word
}

fn text(random: &mut ChaCha8Rng, words: usize) -> String {
    let mut text = Vec::with_capacity(words);
    for _ in 0..words {
        // Uniform in the logarithm of the rank, as Zipf's law has it.
        let rank = (WORDS as f64).powf(random.random::<f64>());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
        text.push(word(rank as usize));
    }
    text.join(" ")
}

fn deck(number: usize, cards: usize, random: &mut ChaCha8Rng) -> Deck {
    let item = |place: usize| {
        let (front, back) = (text(random, 12), text(random, 24));
        let (domain, task) = (random.random_range(1..=4), random.random_range(1..=4));
        Item {
            slug: format!("card-{place}").parse().unwrap(),
            task: Some(format!("{domain}.{task}")),
            tags: vec![format!("tag-{}", random.random_range(0..40))],
            also: Vec::new(),
            checked: None,
            body: ItemBody::Card(Card::basic(front, back)),
        }
    };
    Deck {
        meta: DeckMeta {
            slug: format!("bench-{number}").parse().unwrap(),
            title: format!("Bench::{number}"),
            version: semver::Version::new(1, 0, 0),
            license: "CC0-1.0".into(),
            authors: Vec::new(),
            blueprint: Some("MLS-C01".into()),
            language: "en".into(),
        },
        introduction: String::new(),
        media: Vec::new(),
        items: (0..cards).map(item).collect(),
    }
}

/// Where a card stands: six of ten in review, of these about one in fifteen due.
fn state(random: &mut ChaCha8Rng, today: i64) -> CardState {
    if !random.random_bool(0.6) {
        return CardState::NEW;
    }
    let interval: u32 = random.random_range(2..120);
    let left = i64::from(interval) - random.random_range(0..i64::from(interval) + 3);
    let last_day = today + left - i64::from(interval);
    CardState {
        phase: Phase::Review,
        step: 0,
        memory: Some(Memory {
            stability: interval as f32 * random.random_range(0.8..1.2),
            difficulty: random.random_range(1.0..10.0),
        }),
        last_seen_ms: Some(NOW_MS - (today - last_day) * 86_400_000),
        last_day: Some(last_day),
        due: Due::Day(today + left),
        interval,
        reviews: random.random_range(2..20),
        lapses: random.random_range(0..6),
    }
}

/// Makes the collection at `path`.
pub(crate) async fn make(path: &Path, cards: usize, seed: u64) {
    let clock = FixedClock::at(NOW_MS);
    let calendar = Calendar { utc_offset_seconds: 0, rollover_hour: 4 };
    let today = calendar.day(NOW_MS);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let store = Store::open(path, &clock).await.unwrap();
    for (number, first) in (0..cards).step_by(DECK_SIZE).enumerate() {
        let deck = deck(number, DECK_SIZE.min(cards - first), &mut random);
        store.put_deck(&deck, DeckSource::File, NOW_MS).await.unwrap();
    }
    let scope = SearchScope {
        now_ms: NOW_MS,
        today,
        calendar,
        decay: 0.15,
        leech_lapses: 8,
        exam: None,
        domains: Vec::new(),
    };
    let rows = store.find_rows(None, &scope, u32::MAX).await.unwrap();
    let after: Vec<CardRow> = rows
        .into_iter()
        .filter_map(|(item, card)| {
            Some(CardRow {
                id: card?,
                item: item.parse().unwrap(),
                ordinal: 0,
                state: state(&mut random, today),
                suspended: false,
                buried_day: None,
                flag: 0,
            })
        })
        .collect();
    // One operation: one transaction for all of them.
    store.operate(OperationKind::Review, NOW_MS, &after).await.unwrap();
    store.close().await;
    // The bundled decks come in, and words are indexed and merged, as the window does it.
    reopen(path).await.close().await;
    let store = Store::open(path, &FixedClock::at(NOW_MS)).await.unwrap();
    store.index_stale().await.unwrap();
    store.merge_words().await.unwrap();
    store.close().await;
}

/// Opens the collection at `path`.
pub(crate) async fn reopen(path: &Path) -> Sitwell {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW_MS));
    Sitwell::open(path, clock, Arc::new(|| 1)).await.unwrap()
}
