//! `sitwell-cli forecast`: how ready a learner is, and how good such forecasts are.

pub(crate) mod collection;
mod today;
mod validate;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::output;

/// Without a command: the forecast for a collection.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    today: Today,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Try the forecast on simulated learners, or on a table of real answers
    Validate(validate::Options),
}

#[derive(Debug, clap::Args)]
struct Today {
    /// The collection [default: the one that the app uses]
    #[arg(long, value_name = "FILE")]
    collection: Option<PathBuf>,
    /// Code of the exam [default: the one chosen in the app]
    #[arg(long, value_name = "CODE")]
    exam: Option<String>,
    /// Day of the exam, such as 2026-12-17 [default: the one chosen in the app]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Print the forecast as one JSON document
    #[arg(long)]
    json: bool,
}

/// What the user gave is wrong: exit status 1.
#[derive(Debug)]
struct BadInput(String);

impl std::error::Error for BadInput {}

impl std::fmt::Display for BadInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let done = match &options.command {
        None => today::run(&options.today),
        Some(Command::Validate(options)) => validate::run(options),
    };
    match done {
        Err(error) if error.is::<BadInput>() => {
            output::complain(&error);
            Ok(ExitCode::from(1))
        }
        other => other,
    }
}
