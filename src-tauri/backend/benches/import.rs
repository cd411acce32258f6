//! How long a large import takes, and the memory it needs at most: looking at the file, keeping
//! it, and making its words findable.
//!
//! `SITWELL_BENCH_FILE` names the file; without it, a table of `SITWELL_BENCH_NOTES` cards
//! (100,000 otherwise) is made. The collection lies in `SITWELL_BENCH_DIR`.
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]
#![expect(clippy::print_stdout, reason = "a measurement talks on standard output")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::Sitwell;

fn main() {
    // Cargo runs benchmarks in tests too, where nothing is to be measured.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder =
        std::env::var_os("SITWELL_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(folder).unwrap();
    let file = std::env::var_os("SITWELL_BENCH_FILE").map(PathBuf::from);
    let file = file.unwrap_or_else(|| table(folder.path()));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(measure(&folder.path().join("bench.sitwell"), &file));
}

/// A table of cards that differ in their words.
fn table(folder: &Path) -> PathBuf {
    let notes = std::env::var("SITWELL_BENCH_NOTES").ok().and_then(|text| text.parse().ok());
    let mut text = String::from("front,back,tags\n");
    for note in 0..notes.unwrap_or(100_000u64) {
        let word = note.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "What does the service w{word:x} number {note} do with x{:x} and y{:x}?,It keeps \
             what w{word:x} brings until somebody asks for z{note},bench",
            word >> 20,
            word >> 40,
        );
    }
    let path = folder.join("bench.csv");
    std::fs::write(&path, text).unwrap();
    path
}

async fn measure(collection: &Path, file: &Path) {
    let desk =
        Sitwell::open(collection, Arc::new(SystemClock::new()), Arc::new(|| 0)).await.unwrap();
    let begun = Instant::now();
    let preview = desk.preview_import(file, &|_| {}).await.unwrap();
    let looked = begun.elapsed();
    desk.import(&|_| {}).await.unwrap();
    let kept = begun.elapsed();
    let peak = peak();
    desk.index_words().await.unwrap();
    let indexed = begun.elapsed();
    println!(
        "{} new items: looked at after {looked:.2?}, kept after {kept:.2?}, findable after \
         {indexed:.2?}; at most {peak} in memory",
        preview.counts.new
    );
    desk.close().await;
}

/// Most memory that this process had, as the system says it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}
