//! How quick a large collection is: the first card of a day, searches, a grading.
//!
//! `SITWELL_BENCH_CARDS` sets its size (100,000 otherwise), `SITWELL_BENCH_DIR` where it lies; in
//! a folder of memory (`/dev/shm`) nothing waits for a disk.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]

mod support;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use sitwell_backend::desk::views::{BrowseColumn, BrowseOrder};
use sitwell_backend::study::Grade;

const PAGE: u32 = 100;

fn study(criterion: &mut Criterion) {
    let cards = std::env::var("SITWELL_BENCH_CARDS").ok().and_then(|text| text.parse().ok());
    let folder =
        std::env::var_os("SITWELL_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(folder).unwrap();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let path = folder.path().join("bench.sitwell");
    runtime.block_on(support::make(&path, cards.unwrap_or(100_000), 7));

    let mut group = criterion.benchmark_group("study");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    // The first look after the collection was opened, when nothing of it is in memory.
    group.sample_size(10);
    group.bench_function("first card after opening", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| runtime.block_on(opened(&path))).sum());
    });
    group.sample_size(20);
    let desk = runtime.block_on(support::reopen(&path));
    group.bench_function("first card", |bencher| {
        bencher.iter(|| runtime.block_on(async { black_box(desk.study().await.unwrap()) }));
    });

    let by = |column| BrowseOrder { column, descending: false };
    let searches = [
        ("all, by due", String::new(), by(BrowseColumn::Due)),
        ("all, by text", String::new(), by(BrowseColumn::Text)),
        ("a rare word, by due", support::word(2_000), by(BrowseColumn::Due)),
        ("a common word, by due", support::word(60), by(BrowseColumn::Due)),
        (
            "two words, by text",
            format!("{} {}", support::word(9), support::word(60)),
            by(BrowseColumn::Text),
        ),
        ("a tag, by recall", "tag:tag-7".into(), by(BrowseColumn::Recall)),
        ("due of a task, by stability", "is:due task:1.2".into(), by(BrowseColumn::Stability)),
        ("a figure, by due", "stability:<3 lapses:>3".into(), by(BrowseColumn::Due)),
        ("a deck, by text", "deck:bench::3".into(), by(BrowseColumn::Text)),
    ];
    for (name, query, order) in searches {
        let found = runtime.block_on(desk.browse(&query, order, 0, PAGE)).unwrap();
        assert!(found.total > 0, "{query}");
        let name = format!("search {name} ({} rows)", found.total);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    black_box(desk.browse(&query, order, 0, PAGE).await.unwrap())
                })
            });
        });
    }

    let mut next = runtime.block_on(desk.study()).unwrap().card;
    // Short, so that the cards that wait are enough.
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group.bench_function("grade, and the next card", |bencher| {
        bencher.iter(|| {
            let card = next.take().expect("a card to grade");
            let view = runtime.block_on(desk.grade_card(card.id, Grade::Good, 2_000)).unwrap();
            next = view.card;
        });
    });
    group.finish();
    runtime.block_on(desk.close());
}

/// Opens the collection, and tells how long the first card takes then.
async fn opened(path: &Path) -> Duration {
    let desk = support::reopen(path).await;
    let start = Instant::now();
    black_box(desk.study().await.unwrap());
    let taken = start.elapsed();
    desk.close().await;
    taken
}

criterion_group!(benches, study);
criterion_main!(benches);
