//! The open collection, shared by all commands.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::views::RepairView;
use sitwell_backend::desk::{DeskError, SeedSource, Sitwell};
use sitwell_backend::paths;
use tokio::sync::Mutex;

use crate::AppError;
use crate::journal::{self, Event};

/// How long the end of the app waits for what is being written. What was acknowledged is safe
/// without it; the next start looks through the collection then.
const CLOSING: Duration = Duration::from_secs(3);
/// How long a repair waits for the commands that are under way, and how often it looks.
const LETTING_GO: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(20);

/// Opens the collection at the first command, so that an error has a window to be shown in, and
/// tries again at the next command when it failed. After a restore or a repair there is another
/// front desk; commands that are under way keep the one that they began with.
pub(crate) struct AppState {
    collection: Option<PathBuf>,
    desk: Mutex<Option<Arc<Sitwell>>>,
}

impl AppState {
    pub(crate) fn open(collection: Option<PathBuf>) -> Self {
        Self { collection, desk: Mutex::new(None) }
    }

    /// Where the collection is.
    pub(crate) fn path(&self) -> Result<PathBuf, DeskError> {
        match &self.collection {
            Some(path) => Ok(path.clone()),
            None => paths::default_collection().ok_or(DeskError::NoAppData),
        }
    }

    /// The front desk.
    pub(crate) async fn desk(&self) -> Result<Arc<Sitwell>, AppError> {
        let mut held = self.desk.lock().await;
        if let Some(desk) = held.as_ref() {
            return Ok(Arc::clone(desk));
        }
        let begun = Instant::now();
        let desk = Sitwell::open(&self.path()?, clock(), seeds()).await?;
        journal::note(&Event::Opened { ms: journal::ms(begun) });
        Ok(Arc::clone(held.insert(Arc::new(desk))))
    }

    /// Puts the backup that was looked at in the place of the collection.
    pub(crate) async fn restore(&self) -> Result<(), AppError> {
        let desk = self.desk().await?;
        let mut held = self.desk.lock().await;
        let begun = Instant::now();
        match desk.restore().await {
            Ok(restored) => {
                journal::note(&Event::Restored { ms: journal::ms(begun) });
                *held = Some(Arc::new(restored));
                Ok(())
            }
            Err(error) => {
                if desk.is_closed() {
                    // What was there stands; where it does not open, the next command says why.
                    *held = desk.reopen().await.ok().map(Arc::new);
                }
                Err(error.into())
            }
        }
    }

    /// What is damaged in the collection, which is closed where it is open.
    pub(crate) async fn damage(&self) -> Result<RepairView, AppError> {
        let mut held = self.desk.lock().await;
        if let Some(desk) = held.take() {
            desk.close_damaged().await;
            let waiting = async {
                while Arc::strong_count(&desk) > 1 {
                    tokio::time::sleep(LOOK).await;
                }
            };
            // Who holds it longer keeps the file locked, and what follows says so.
            tokio::time::timeout(LETTING_GO, waiting).await.ok();
        }
        let begun = Instant::now();
        let view = Sitwell::damage(&self.path()?).await?;
        journal::note(&Event::LookedThrough {
            faults: view.faults.len(),
            has_backup: view.backup.is_some(),
            ms: journal::ms(begun),
        });
        Ok(view)
    }

    /// Opens what takes the place of a damaged collection; gives where that is kept.
    pub(crate) async fn repair(&self, how: Repair) -> Result<PathBuf, AppError> {
        let mut held = self.desk.lock().await;
        let path = self.path()?;
        let begun = Instant::now();
        let repaired = match how {
            Repair::Restore => Sitwell::restore_newest(&path, clock(), seeds()).await?,
            Repair::StartAnew => Sitwell::start_anew(&path, clock(), seeds()).await?,
        };
        journal::note(&Event::Repaired { how, ms: journal::ms(begun) });
        *held = Some(Arc::new(repaired.desk));
        Ok(repaired.kept_as)
    }

    /// Closes the collection at the end of the app.
    pub(crate) async fn close(&self) {
        let closing = async {
            if let Some(desk) = self.desk.lock().await.take() {
                let begun = Instant::now();
                desk.close().await;
                journal::note(&Event::Closed { ms: journal::ms(begun) });
            }
        };
        tokio::time::timeout(CLOSING, closing).await.ok();
    }
}

/// What takes the place of a damaged collection.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Repair {
    /// Its newest sound backup.
    Restore,
    /// A new collection.
    StartAnew,
}

fn clock() -> Arc<SystemClock> {
    Arc::new(SystemClock::new())
}

fn seeds() -> SeedSource {
    Arc::new(rand::random::<u64>)
}
