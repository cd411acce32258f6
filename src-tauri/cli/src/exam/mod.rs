//! `sitwell-cli exam`: draw papers, mark them, and see how parallel they are.

mod bank;
mod forms;
mod paper;
mod result;
mod score;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use sitwell_backend::exam::PaperSize;
use sitwell_backend::exam::assemble::{Shortfall, draw};

use crate::output;
use bank::Bank;
use paper::Paper;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Draw a paper
    Assemble(Assemble),
    /// Mark a paper that was drawn with `assemble` and answered
    Score(score::Options),
    /// Draw many papers and compare how hard they are
    Forms(forms::Options),
    /// Print the result of a sitting
    Result(result::Options),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Source {
    /// Code of the exam, such as MLS-C01
    #[arg(long, value_name = "CODE")]
    blueprint: String,
    /// Deck to draw from: a folder with deck.md, or one .md file [default: the bundled decks]
    #[arg(long, value_name = "PATH")]
    deck: Option<PathBuf>,
    /// Items in the paper, in the exam's proportions [default: as many as the real one]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    items: Option<u32>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Assemble {
    #[command(flatten)]
    source: Source,
    /// Number that decides the draw: the same seed and deck give the same paper
    #[arg(long, value_name = "N")]
    seed: u64,
    /// Print the paper as one JSON document
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

pub(crate) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let done = match command {
        Command::Assemble(options) => assemble(options),
        Command::Score(options) => score::run(options),
        Command::Forms(options) => forms::run(options),
        Command::Result(options) => result::run(options),
    };
    match done {
        Err(error) if error.is::<BadInput>() => {
            output::complain(&error);
            Ok(ExitCode::from(1))
        }
        other => other,
    }
}

fn assemble(options: &Assemble) -> anyhow::Result<ExitCode> {
    let bank = Bank::open(&options.source.blueprint, options.source.deck.as_deref())?;
    match draw(&bank.blueprint, &bank.items, bank.size(options.source.items), options.seed) {
        Ok(drawn) => {
            let paper = Paper::new(&drawn);
            if options.json { output::json(&paper) } else { output::text(&paper.to_string()) }?;
            Ok(ExitCode::SUCCESS)
        }
        Err(shortfall) => refuse(&shortfall, options.json),
    }
}

/// Says that the bank is too short; with `--json` also as data.
fn refuse(shortfall: &Shortfall, json: bool) -> anyhow::Result<ExitCode> {
    #[derive(Serialize)]
    struct Refusal<'a> {
        shortfall: &'a Shortfall,
    }
    if json {
        output::json(&Refusal { shortfall })?;
    }
    Err(BadInput(shortfall.to_string()).into())
}

impl Bank {
    fn size(&self, items: Option<u32>) -> PaperSize {
        items.map_or_else(
            || PaperSize::full(&self.blueprint),
            |items| PaperSize::shorter(&self.blueprint, items),
        )
    }
}
