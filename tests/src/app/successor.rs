//! What the app starts itself: itself anew, or one that tells of its end. Either is another process,
//! of which the driver knows nothing.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::App;
use crate::find::By;
use crate::process::Stranger;
use crate::wait::{until, until_within};

/// How long a process must be there to be taken for one that waits to be read.
const STAY: Duration = Duration::from_secs(2);

impl App {
    /// Clicks on what starts the app anew, sees it end, and sees another process run its binary, as
    /// that is on disk by now, with the collection of its home open; then ends that.
    pub fn start_anew_by(&mut self, by: &By) -> Result<()> {
        self.wait_for(by)?;
        let collection = self.data().join("sitwell/collection.sitwell").canonicalize()?;
        // An answer may not come: the app can be gone before the driver gives one.
        let answer = self.click(by);
        let old = self.running.take().context("the app is not running")?;
        until("the app to end", || Ok((!old.app.is_alive()).then_some(())))
            .with_context(|| format!("the click was answered so: {answer:?}"))?;
        let new = until("the app to start anew with its collection", || {
            Stranger::with_open(&self.binary, &collection)
        })
        .with_context(|| self.stage.log().unwrap_or_default())?;
        ensure!(new.is_alive(), "the app that was started anew ended by itself");
        new.kill()
    }

    /// Waits for the app to end by itself and for another process of it, started with this argument,
    /// to stay; ends that, and gives what it was told.
    pub fn told_beside(&mut self, argument: &str) -> Result<String> {
        let running = self.running.take().context("the app is not running")?;
        until("the app to end", || Ok((!running.app.is_alive()).then_some(())))?;
        drop(running);
        let home = self.stage.home();
        let find = || Stranger::told(&self.binary, home, argument);
        let (other, told) = until("another process", find)?;
        let stayed = until_within(STAY, "its end", || Ok((!other.is_alive()).then_some(())));
        ensure!(stayed.is_err(), "the other process ended by itself: {}", self.stage.log()?);
        other.kill()?;
        ensure!(find()?.is_none(), "there is more than one");
        Ok(told)
    }
}
