//! The plug pulled at random, on the real app; `cargo xtask crash --through window` does it longer.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use tests::crash::{Window, run};

const KILLS: u32 = 3;

#[test]
#[ignore = "opens a window"]
fn what_the_window_was_told_survives_the_app() -> Result<()> {
    let seed = u64::from(SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos());
    let tally = run(&mut Window::default(), KILLS, seed).with_context(|| format!("seed {seed}"))?;
    ensure!(tally.kills >= KILLS, "{tally}");
    println!("seed {seed}: {tally}");
    Ok(())
}
