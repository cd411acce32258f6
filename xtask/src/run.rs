//! `cargo xtask run`: from a clone to an open window.

use std::process::Command;

use anyhow::Result;

use crate::process::run as execute;
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::{
    cargo::{self, Cargo},
    ui,
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Optimise, as for a release: slower to build, faster to use
    #[arg(long)]
    release: bool,
    /// Arguments for the app, after `--`
    #[arg(last = true)]
    app_args: Vec<String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    setup::ensure(Purpose::Run)?;
    ui::build(project)?;
    build(project, options.release)?;
    let profile = if options.release { "release" } else { "debug" };
    execute(Command::new(project.built(profile, "sitwell")).args(&options.app_args))
}

/// Builds the app as it ships, UI inside.
pub(crate) fn build(project: &Project, release: bool) -> Result<()> {
    execute(&mut command(project, &cargo::workspace, release))
}

/// The command that does so. `cargo` makes it. `cargo` makes it.
pub(crate) fn command(project: &Project, cargo: &Cargo, release: bool) -> Command {
    let mut command = cargo(project, &["build", "--bin", "sitwell"]);
    if release {
        command.arg("--release");
    }
    command
}
