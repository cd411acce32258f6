//! `cargo xtask crash`: builds the crash harness of `tests/` and runs it.

use std::process::Command;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::process::run as execute;
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::{cargo, run as app, ui};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many kills
    #[arg(long, default_value_t = 200)]
    n: u32,
    /// What is done, as a run before has printed it; another each time when none is given
    #[arg(long)]
    seed: Option<u64>,
    /// How Sitwell is reached
    #[arg(long, value_enum, default_value_t = Through::Commands)]
    through: Through,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Through {
    /// The front desk in a process of its own: quick
    Commands,
    /// The window of the real app
    Window,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "the harness runs on Linux only so far");
    let through = match options.through {
        Through::Commands => "commands",
        Through::Window => {
            setup::ensure(Purpose::Test)?;
            ui::build(project)?;
            app::build(project, false)?;
            "window"
        }
    };
    execute(&mut cargo::workspace(project, &["build", "--bin", "crash"]))?;
    let mut harness = Command::new(project.built("debug", "crash"));
    harness.args(["--n", &options.n.to_string(), "--through", through]);
    if let Some(seed) = options.seed {
        harness.args(["--seed", &seed.to_string()]);
    }
    execute(harness.env("SITWELL_BIN", project.built("debug", "sitwell")))
}
