//! The open collection, shared by all commands.

use std::path::PathBuf;
use std::sync::Arc;

use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::{DeskError, Sitwell};
use sitwell_backend::paths;
use tokio::sync::OnceCell;

use crate::AppError;

/// Opens the collection at the first command, so that an error has a window to be shown in, and
/// tries again at the next command when it failed.
pub(crate) struct AppState {
    collection: Option<PathBuf>,
    desk: OnceCell<Sitwell>,
}

impl AppState {
    pub(crate) fn open(collection: Option<PathBuf>) -> Self {
        Self { collection, desk: OnceCell::new() }
    }

    /// Where the collection is.
    pub(crate) fn path(&self) -> Result<PathBuf, DeskError> {
        match &self.collection {
            Some(path) => Ok(path.clone()),
            None => paths::default_collection().ok_or(DeskError::NoAppData),
        }
    }

    /// The front desk.
    pub(crate) async fn desk(&self) -> Result<&Sitwell, AppError> {
        self.desk
            .get_or_try_init(|| async {
                let path = self.path()?;
                let seeds = Arc::new(rand::random::<u64>);
                Sitwell::open(&path, Arc::new(SystemClock::new()), seeds).await
            })
            .await
            .map_err(AppError::from)
    }
}
