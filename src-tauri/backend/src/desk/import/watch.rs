//! How far an import is, and whether it is still wanted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::mpsc::UnboundedSender;

use super::{ImportError, OnImport};
use crate::desk::views::{ImportProgress, ImportStage};
use crate::formats::Work;

/// Tells the window how far it is.
pub(super) struct Watch<'a> {
    pub(super) progress: OnImport<'a>,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Watch<'_> {
    /// So much of a stage is done.
    ///
    /// # Errors
    /// [`ImportError::Cancelled`] when it is no longer wanted.
    pub(super) fn step(
        &self,
        stage: ImportStage,
        done: usize,
        of: usize,
    ) -> Result<(), ImportError> {
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(ImportError::Cancelled);
        }
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        (self.progress)(ImportProgress { stage, done: count(done), of: count(of) });
        Ok(())
    }
}

/// What a reader tells from its own thread.
pub(super) struct Reader {
    pub(super) steps: UnboundedSender<(u64, u64)>,
    pub(super) cancelled: Arc<AtomicBool>,
}

impl Work for Reader {
    fn step(&self, done: u64, of: u64) {
        // Who no longer listens has cancelled it.
        let _ = self.steps.send((done, of));
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }
}

/// What a writer tells from its own thread: each time that it is a hundredth further.
pub(super) struct Writer {
    pub(super) steps: UnboundedSender<(u64, u64)>,
    pub(super) cancelled: Arc<AtomicBool>,
    /// Hundredths that were told, and one.
    told: AtomicU64,
}

impl Writer {
    pub(super) fn new(steps: UnboundedSender<(u64, u64)>, cancelled: Arc<AtomicBool>) -> Self {
        Self { steps, cancelled, told: AtomicU64::new(0) }
    }
}

impl Work for Writer {
    fn step(&self, done: u64, of: u64) {
        let now = done.saturating_mul(100) / of.max(1) + 1;
        if self.told.swap(now, Ordering::Relaxed) != now {
            let _ = self.steps.send((done, of));
        }
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }
}
