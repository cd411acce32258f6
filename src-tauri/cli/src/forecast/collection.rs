//! The collection that a command works with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::paths;

/// Opens the collection at `path`, or the app's own. None is made where there is none.
pub(crate) async fn open(path: Option<&Path>) -> anyhow::Result<Sitwell> {
    let path: PathBuf = match path {
        Some(path) => path.to_owned(),
        None => paths::default_collection().context("the system names no folder for app data")?,
    };
    anyhow::ensure!(path.is_file(), "{} is not a file", path.display());
    // A forecast draws no paper, so no seed is asked for.
    Ok(Sitwell::open(&path, Arc::new(SystemClock::new()), Arc::new(|| 0)).await?)
}
