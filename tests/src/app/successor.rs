//! The app when it starts itself anew: another process, of which the driver knows nothing.

use anyhow::{Context, Result, ensure};

use super::App;
use crate::find::By;
use crate::process::Stranger;
use crate::wait::until;

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
}
