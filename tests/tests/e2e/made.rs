//! Files as others would bring them, made for a test.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::desk::views::{ExportFormat, ExportOptions};

/// An Anki package of these cards, each with its identity, front and back.
pub(crate) fn package(folder: &Path, name: &str, cards: &[[&str; 3]]) -> Result<PathBuf> {
    let rows: Vec<String> = cards.iter().map(|card| card.join(",") + "\n").collect();
    let table = folder.join("Storage.csv");
    std::fs::write(&table, format!("guid,front,back\n{}", rows.concat()))?;
    package_of(&table, &folder.join(format!("{name}.apkg")))
}

/// An Anki package of what a file or a folder holds.
pub(crate) fn package_of(source: &Path, target: &Path) -> Result<PathBuf> {
    let made = tempfile::tempdir()?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let collection = made.path().join("made.sitwell");
        let desk = Sitwell::open(&collection, Arc::new(SystemClock::new()), Arc::new(|| 1)).await?;
        desk.preview_import(source, &|_| {}).await?;
        desk.import(&|_| {}).await?;
        let format = ExportFormat::Apkg;
        desk.export(ExportOptions { deck: None, format, scheduling: false }, target).await?;
        desk.close().await;
        Ok(target.to_path_buf())
    })
}

/// The title of a deck made here.
pub(crate) const TITLE: &str = "Made for a test";

/// A deck of its own folder, written as decks are.
pub(crate) fn deck(folder: &Path, slug: &str, items: &str) -> Result<PathBuf> {
    let deck = folder.join(slug);
    std::fs::create_dir_all(&deck)?;
    let head =
        format!("---\ndeck: {slug}\ntitle: {TITLE}\nversion: 1.0.0\nlicense: CC0-1.0\n---\n");
    std::fs::write(deck.join("deck.md"), head)?;
    std::fs::write(deck.join("items.md"), items)?;
    Ok(deck)
}

/// One second of a tone that goes up, 8000 samples of 8 bits.
pub(crate) fn sound() -> Vec<u8> {
    let samples: Vec<u8> = (0..8000u32).map(|at| (at * at / 4000 % 256) as u8).collect();
    let size = u32::try_from(samples.len()).unwrap_or(0);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + size).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    bytes.extend([1u16, 1].iter().flat_map(|field| field.to_le_bytes())); // PCM, one channel
    bytes.extend([8000u32, 8000].iter().flat_map(|rate| rate.to_le_bytes()));
    bytes.extend([1u16, 8].iter().flat_map(|field| field.to_le_bytes()));
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    bytes.extend(samples);
    bytes
}

/// A drawing, 240 by 120.
pub(crate) const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#dddddd"/><circle cx="60" cy="60" r="40" fill="#335577"/></svg>"##;
