//! What was acknowledged survives being killed at any moment: the short form of
//! `cargo xtask crash`.

#![cfg(target_os = "linux")]

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use tests::crash::{Commands, run};

const KILLS: u32 = 200;

#[test]
fn what_was_acknowledged_survives_being_killed_and_nothing_is_there_twice() -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let seed = u64::from(now.subsec_nanos());
    let mut door = Commands::through(env!("CARGO_BIN_EXE_crash").into());
    let tally = run(&mut door, KILLS, seed).with_context(|| format!("seed {seed}"))?;
    ensure!(tally.kills >= KILLS && tally.kept > 0, "no kill struck between a call and its answer");
    println!("seed {seed}: {tally}");
    Ok(())
}
