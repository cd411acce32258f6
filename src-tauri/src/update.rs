//! A newer Sitwell: found, fetched, put in. The only connection that Sitwell makes by itself, and
//! only when the learner asked for it.
//!
//! Where to look and whose signature counts stand in `tauri.conf.json`, so in the binary; nothing
//! in the environment changes them.

mod error;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tauri::AppHandle;
use tauri_plugin_updater::{Update, UpdaterExt};
use tokio::sync::Notify;

pub(crate) use error::UpdateError;

/// The key of builds that are no releases: it verifies nothing. Releases carry their own.
const DEVELOPMENT_KEY: &str = "development";
/// Time for the list of versions to come.
const CHECK_LIMIT: Duration = Duration::from_secs(30);
/// Longest silence of a server during a download.
const SILENCE_LIMIT: Duration = Duration::from_secs(30);
/// Largest package that is taken, in bytes: many times what one weighs.
const PACKAGE_LIMIT: u64 = 512 << 20;
/// Longest notes that are shown, in characters.
const NOTES_LIMIT: usize = 4_000;
/// Bytes between two reports of progress.
const REPORT_EVERY: u64 = 256 << 10;

/// A newer version.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub(crate) struct FoundUpdate {
    /// Its version.
    version: String,
    /// What is new in it, plain text; empty when nothing is said.
    notes: String,
}

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "lowercase", tag = "stage")]
pub(crate) enum UpdateProgress {
    /// It is being fetched.
    Download {
        /// Bytes that came.
        done: u64,
        /// Bytes in all, when the server says.
        total: Option<u64>,
    },
    /// It is being put in and can no longer be cancelled.
    Install,
}

/// What was found last, and the way to stop fetching it.
#[derive(Default)]
pub(crate) struct Updates {
    found: Mutex<Option<Update>>,
    stop: Notify,
    /// One download at a time.
    busy: tokio::sync::Mutex<()>,
}

impl Updates {
    /// Asks whether there is a newer version.
    pub(crate) async fn check(&self, app: &AppHandle) -> Result<Option<FoundUpdate>, UpdateError> {
        if !is_release(app) {
            return Err(UpdateError::NotARelease);
        }
        let agent = format!("Sitwell/{}", app.package_info().version);
        let updater = app
            .updater_builder()
            .timeout(CHECK_LIMIT)
            .configure_client(move |client| {
                client
                    .user_agent(agent.clone())
                    .connect_timeout(CHECK_LIMIT)
                    .read_timeout(SILENCE_LIMIT)
            })
            .build()
            .map_err(UpdateError::checking)?;
        let update = updater.check().await.map_err(UpdateError::checking)?;
        let found = update.as_ref().map(|update| FoundUpdate {
            version: update.version.clone(),
            notes: update.body.iter().flat_map(|notes| notes.chars()).take(NOTES_LIMIT).collect(),
        });
        *self.found() = update;
        Ok(found)
    }

    /// Fetches what was found, verifies it and puts it in; the next start runs it.
    pub(crate) async fn install(
        &self,
        report: impl Fn(UpdateProgress) + Send + Sync,
    ) -> Result<(), UpdateError> {
        let _alone = self.busy.try_lock().map_err(|_| UpdateError::Busy)?;
        let update = self.found().clone().ok_or(UpdateError::Nothing)?;
        let package = self.fetch(&update, &report).await?;
        report(UpdateProgress::Install);
        // The system may ask for a password meanwhile.
        let put_in = tokio::task::spawn_blocking(move || update.install(package));
        put_in.await.map_err(|_| UpdateError::NotPutIn)?.map_err(UpdateError::installing)?;
        *self.found() = None;
        Ok(())
    }

    /// Stops fetching.
    pub(crate) fn cancel(&self) {
        self.stop.notify_waiters();
    }

    async fn fetch(
        &self,
        update: &Update,
        report: &(impl Fn(UpdateProgress) + Send + Sync),
    ) -> Result<Vec<u8>, UpdateError> {
        let mut download = Download::default();
        let too_large = Notify::new();
        let on_chunk = |length, total| match download.took(length, total) {
            Step::Quiet => {}
            Step::Report(progress) => report(progress),
            Step::TooLarge => too_large.notify_one(),
        };
        tokio::select! {
            biased;
            () = self.stop.notified() => Err(UpdateError::Cancelled),
            () = too_large.notified() => Err(UpdateError::TooLarge),
            package = update.download(on_chunk, || {}) => package.map_err(UpdateError::fetching),
        }
    }

    fn found(&self) -> MutexGuard<'_, Option<Update>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this build knows where to look and whose signature counts.
pub(crate) fn is_release(app: &AppHandle) -> bool {
    app.config().plugins.0.get("updater").is_some_and(names_a_release)
}

fn names_a_release(updater: &serde_json::Value) -> bool {
    let key = updater["pubkey"].as_str().unwrap_or_default();
    let endpoints = updater["endpoints"].as_array().map_or(0, Vec::len);
    !key.is_empty() && key != DEVELOPMENT_KEY && endpoints > 0
}

/// How much came, and when to say so.
#[derive(Default)]
struct Download {
    done: u64,
    reported: u64,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Quiet,
    Report(UpdateProgress),
    TooLarge,
}

impl Download {
    fn took(&mut self, length: usize, total: Option<u64>) -> Step {
        self.done = self.done.saturating_add(length as u64);
        if self.done.max(total.unwrap_or(0)) > PACKAGE_LIMIT {
            return Step::TooLarge;
        }
        if self.done - self.reported < REPORT_EVERY && Some(self.done) != total {
            return Step::Quiet;
        }
        self.reported = self.done;
        Step::Report(UpdateProgress::Download { done: self.done, total })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_download_is_reported_now_and_then_and_at_its_end() {
        let mut download = Download::default();
        let total = Some(300 << 10);
        assert_eq!(download.took(1_000, total), Step::Quiet);
        let progress = |done| Step::Report(UpdateProgress::Download { done, total });
        assert_eq!(download.took(256 << 10, total), progress(1_000 + (256 << 10)));
        assert_eq!(download.took((44 << 10) - 1_000, total), progress(300 << 10));
    }

    #[test]
    fn a_package_beyond_all_measure_is_refused_by_what_is_said_and_by_what_comes() {
        assert_eq!(Download::default().took(1, Some(PACKAGE_LIMIT + 1)), Step::TooLarge);
        let mut download = Download { done: PACKAGE_LIMIT, reported: PACKAGE_LIMIT };
        assert_eq!(download.took(1, None), Step::TooLarge);
    }

    #[test]
    fn a_build_without_a_key_or_a_place_to_look_is_no_release() {
        let place = "https://example.org/latest.json";
        for (config, release) in [
            (json!({ "pubkey": "development", "endpoints": [place] }), false),
            (json!({ "pubkey": "", "endpoints": [place] }), false),
            (json!({ "pubkey": "dW50cnVzdGVk", "endpoints": [] }), false),
            (json!({ "pubkey": "dW50cnVzdGVk", "endpoints": [place] }), true),
        ] {
            assert_eq!(names_a_release(&config), release, "{config}");
        }
    }
}
