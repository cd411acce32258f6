//! Sitwell for deck authors and scripts.

mod backup;
mod check;
mod collection;
mod exam;
mod export;
mod forecast;
mod import;
mod output;
mod reports;
mod search;
mod study;
mod subject;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Sitwell for deck authors and scripts.
///
/// Exit status: 0 when all is well, 1 when what was asked about is wrong, 2 when the question
/// could not be asked (usage, files that cannot be read).
#[derive(Debug, Parser)]
#[command(name = "sitwell-cli", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check decks and blueprints: grammar, item-writing rules, coverage
    Check(check::Options),
    /// Draw papers, mark them, and see how parallel they are
    #[command(subcommand)]
    Exam(exam::Command),
    /// Find cards and questions of a collection
    Search(search::Options),
    /// Questions that were reported, for the authors of their decks
    Reports(reports::Options),
    /// Bring a deck into a collection, or see what would come in
    Import(import::Options),
    /// Write decks of a collection into a file
    Export(export::Options),
    /// Make a verified copy of a collection, or list those that there are
    Backup(backup::Options),
    /// How ready a learner is, and how good such forecasts are
    Forecast(forecast::Options),
    /// See what the scheduler comes to
    #[command(subcommand)]
    Study(study::Command),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(options) => check::run(&options),
        Command::Exam(command) => exam::run(&command),
        Command::Search(options) => search::run(&options),
        Command::Reports(options) => reports::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Backup(options) => backup::run(&options),
        Command::Forecast(options) => forecast::run(&options),
        Command::Study(command) => study::run(&command),
    };
    done.unwrap_or_else(|error| {
        output::complain(&error);
        ExitCode::from(2)
    })
}
