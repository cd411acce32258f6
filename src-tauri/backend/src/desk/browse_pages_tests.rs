//! Pages of Browse, by each of the ways that they are found.

use super::browse_tests::sample;
use super::tests::Machine;
use super::views::{BrowseColumn, BrowseOrder, BrowseRow, BrowseView};
use super::*;
use crate::deck::{Card, CardStyle, Deck, Item, ItemBody};
use crate::store::OperationKind;
use crate::study::{CardState, Due, Memory, Phase};

/// Items of which some have the same first words, several tags at once, or two cards.
fn zoo() -> Deck {
    let mut deck = sample("Kinesis streams");
    let first = deck.items[0].clone();
    deck.items.extend((0..90).map(|n| {
        let style = if n % 8 == 0 { CardStyle::Reversed } else { CardStyle::Basic };
        let words = if n % 3 == 0 { "quokka wombat" } else { "quokka" };
        let card = Card::of(style, format!("Front {} {words}", n % 7), "Back");
        let mut tags = Vec::new();
        if n % 2 == 0 {
            tags.push(format!("zoo::{}", n % 5));
        }
        if n % 10 == 0 {
            tags.push("zoo".to_owned());
        }
        let slug = format!("more-{n}").parse().unwrap();
        Item { slug, tags, body: ItemBody::Card(card), ..first.clone() }
    }));
    deck
}

/// A collection with that deck, some of whose cards were seen.
async fn with_zoo(machine: &Machine) -> Sitwell {
    let desk = machine.open().await;
    desk.store.put_deck(&zoo(), DeckSource::File, 1).await.unwrap();
    let today = desk.desktop().await.unwrap().today;
    let cards = page(&desk, "deck:sample is:card", BY_TEXT, 0, 500).await.rows;
    let mut after = Vec::new();
    for (place, row) in cards.into_iter().enumerate().filter(|(place, _)| place % 4 != 0) {
        let number = i16::try_from(place).unwrap();
        let mut card = desk.store.card(row.id.card.unwrap()).await.unwrap().unwrap();
        let part = f32::from(number % 13) + 1.0;
        let stability = [part / 3.0, part / 7e5, 36_500.0 / part, part][place % 3 + place % 2];
        card.state = CardState {
            phase: Phase::Review,
            memory: Some(Memory { stability, difficulty: 1.0 + 9.0 / part }),
            last_day: Some(today - i64::from(number % 5)),
            due: Due::Day(today + i64::from(number % 6)),
            reviews: u32::try_from(place % 3).unwrap(),
            ..card.state
        };
        after.push(card);
    }
    desk.store.operate(OperationKind::Review, 1, &after).await.unwrap();
    desk
}

const BY_TEXT: BrowseOrder = BrowseOrder { column: BrowseColumn::Text, descending: false };

async fn page(
    desk: &Sitwell,
    query: &str,
    order: BrowseOrder,
    offset: u32,
    limit: u32,
) -> BrowseView {
    let view = desk.browse(query, order, offset, limit).await.unwrap();
    assert_eq!(view.problem, None, "{query}");
    view
}

/// All rows of a query, page by page.
async fn pages(desk: &Sitwell, query: &str, order: BrowseOrder, limit: u32) -> Vec<BrowseRow> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap();
        let view = page(desk, query, order, offset, limit).await;
        let expected = limit.min(view.total - offset);
        assert_eq!(view.rows.len(), expected as usize, "{query}, {order:?}, {offset}, {limit}");
        rows.extend(view.rows);
        if expected == 0 {
            let beyond = page(desk, query, order, offset + 1, limit).await;
            assert_eq!((beyond.total, beyond.rows.len()), (offset, 0), "{query}, {order:?}");
            return rows;
        }
    }
}

#[tokio::test]
async fn each_way_to_find_a_page_finds_the_same_rows_in_the_same_order() {
    use BrowseColumn::{Added, Deck, Due, Recall, Reviews, Task, Text};
    let machine = Machine::new();
    let desk = with_zoo(&machine).await;
    for query in [
        "quokka",
        "wombat quokka",
        "tag:zoo",
        "tag:zoo::2 OR vectors",
        "deck:sample -wombat",
        "quok",
        "quok OR kinesis",
        "fron (wombat OR kinesis)",
        "deck:sample",
        "deck:sample is:question",
        "deck:sample (task:1.* OR -task:1.1)",
        "quokka stability:>0.4",
        "tag:zoo reviews:>=0",
        "kine",
        "zzz",
    ] {
        // What is denied twice is found by counting first and then reading rows in order.
        let plain = format!("-(-({query}))");
        for column in [Text, Deck, Task, Recall, Due, Reviews, Added] {
            for descending in [false, true] {
                let order = BrowseOrder { column, descending };
                let expected = pages(&desk, &plain, order, 500).await;
                assert_eq!(expected.is_empty(), query == "zzz", "{query}");
                for limit in [9, 500] {
                    let found = pages(&desk, query, order, limit).await;
                    assert!(found == expected, "{query}, {order:?}, {limit}: {found:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_one_query_is_found_by_the_next_or_by_one_at_the_same_time() {
    let machine = Machine::new();
    let desk = with_zoo(&machine).await;
    let queries =
        ["quokka", "tag:zoo", "deck:sample kine", "zzz", "deck:sample", "deck:sample vectors"];
    let by_due = BrowseOrder { column: BrowseColumn::Due, descending: false };
    let mut alone = Vec::new();
    for query in queries {
        alone.push(page(&desk, query, by_due, 0, 20).await);
    }
    let totals: Vec<u32> = alone.iter().map(|view| view.total).collect();
    assert_eq!(totals, [102, 57, 1, 0, 106, 1]);
    let two = |a: usize, b: usize| {
        let desk = &desk;
        async move {
            tokio::join!(
                page(desk, queries[a], by_due, 0, 20),
                page(desk, queries[b], by_due, 0, 20)
            )
        }
    };
    for a in 0..queries.len() {
        for b in 0..queries.len() {
            let (first, second) = two(a, b).await;
            assert!(first == alone[a] && second == alone[b], "{} and {}", queries[a], queries[b]);
        }
    }
}

#[tokio::test]
async fn a_search_that_is_given_up_leaves_nothing_to_the_next() {
    let machine = Machine::new();
    let desk = with_zoo(&machine).await;
    let expected = page(&desk, "tag:zoo", BY_TEXT, 0, 20).await;
    for turns in 0..40 {
        let later = async {
            for _ in 0..turns {
                tokio::time::sleep(std::time::Duration::from_micros(50)).await;
            }
        };
        tokio::select! {
            biased;
            () = later => {}
            view = page(&desk, "quokka", BY_TEXT, 0, 20) => assert_eq!(view.total, 102),
        }
        assert!(page(&desk, "tag:zoo", BY_TEXT, 0, 20).await == expected, "{turns}");
    }
}

#[tokio::test]
async fn figures_are_shown_as_they_are_kept() {
    let machine = Machine::new();
    let desk = with_zoo(&machine).await;
    let rows = pages(&desk, "deck:sample is:card", BY_TEXT, 500).await;
    assert!(rows.iter().filter(|row| row.stability.is_some()).count() > 50);
    for row in rows {
        let card = desk.store.card(row.id.card.unwrap()).await.unwrap().unwrap();
        let memory = card.state.memory;
        assert_eq!(row.stability, memory.map(|memory| f64::from(memory.stability)));
        assert_eq!(row.difficulty, memory.map(|memory| f64::from(memory.difficulty)));
        assert_eq!((row.phase, row.reviews), (Some(card.state.phase), card.state.reviews));
        assert_eq!((row.suspended, row.flag), (card.suspended, card.flag));
    }
}

#[tokio::test]
async fn a_search_that_may_write_nothing_at_all_says_so() {
    let machine = Machine::new();
    let desk = with_zoo(&machine).await;
    desk.store.protect(true).await;
    let error = desk.browse("tag:zoo", BY_TEXT, 0, 20).await.unwrap_err();
    assert_eq!(error.code(), "read_only");
    assert!(desk.browse("", BY_TEXT, 0, 20).await.unwrap().total > 100);
    desk.store.protect(false).await;
    assert_eq!(page(&desk, "tag:zoo", BY_TEXT, 0, 20).await.total, 57);
}
