//! Opening a collection.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::{DeskError, Sitwell};
use sitwell_backend::paths;

/// The collection named, or the app's.
pub(crate) fn path(named: Option<&PathBuf>) -> anyhow::Result<PathBuf> {
    match named {
        Some(path) => Ok(path.clone()),
        None => paths::default_collection()
            .context("the system names no folder for app data; give --collection PATH"),
    }
}

/// Opens a collection; makes it when there is none.
pub(crate) async fn open(path: &Path) -> anyhow::Result<Sitwell> {
    match Sitwell::open(path, Arc::new(SystemClock::new()), Arc::new(|| 0)).await {
        Err(DeskError::OpenElsewhere(path)) => bail!(
            "{} is open in Sitwell, which lets nobody else in; close it, then try again",
            path.display()
        ),
        desk => Ok(desk?),
    }
}
