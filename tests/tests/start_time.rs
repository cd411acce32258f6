//! How long a start takes, from the process to the first paint of Today. A figure to print, with
//! `cargo xtask package`; nothing depends on it.

#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "the figure is what this is for")]

use anyhow::Result;
use tests::{App, button, heading, role};

const STARTS: usize = 5;

#[test]
#[ignore = "opens a window"]
fn the_time_of_a_start_is_measured() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))?;
    app.wait_for(&heading("65 questions in 3 hours."))?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        app.restart()?;
        app.wait_for(&button("Start a mock exam"))?;
        times.push(app.start_millis()?);
    }
    times.sort_unstable();
    println!("Start to the first paint of Today: {} ms (of {times:?})", times[STARTS / 2]);
    Ok(())
}
