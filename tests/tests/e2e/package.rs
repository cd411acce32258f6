//! Packages made for the tests.

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
        desk.export(ExportOptions { deck: None, format, scheduling: false }, target, &|_| {})
            .await?;
        desk.close().await;
        Ok(target.to_path_buf())
    })
}
