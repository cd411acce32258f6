//! `sitwell-cli study`: what the scheduler comes to.

mod simulate;

use std::process::ExitCode;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Simulate learners up to an exam, with and without a schedule that knows its date
    Simulate(simulate::Options),
}

pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Simulate(options) => simulate::run(options),
    }
}
