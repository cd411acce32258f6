//! `sitwell-cli study simulate`: what knowing the date of the exam gains.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;
use sitwell_backend::blueprint::Blueprint;
use sitwell_backend::study::simulate::{Arm, Mean, Setup, Simulated, simulate};

use crate::{output, subject};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Days to the exam
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u32).range(1..=730))]
    days: u32,
    /// Minutes of study a day
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Cards, none seen before
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    cards: u32,
    /// Number that decides everything that is drawn
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Number of learners
    #[arg(long, value_name = "L", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    learners: u32,
    /// Code of the exam whose tasks the cards are spread over [default: that of the bundled deck with most cards]
    #[arg(long, value_name = "CODE")]
    blueprint: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// What is printed with `--json`.
#[derive(Serialize)]
struct Document<'a> {
    blueprint: &'a str,
    days: u32,
    minutes: u32,
    cards: u32,
    learners: u32,
    seed: u64,
    #[serde(flatten)]
    simulated: &'a Simulated,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let blueprint = subject::exam(options.blueprint.as_deref())?;
    let shares = shares(&blueprint);
    if (options.cards as usize) < shares.len() {
        bail!("{} has {} tasks: give at least as many cards", blueprint.code, shares.len());
    }
    let setup = Setup {
        days: options.days,
        minutes: options.minutes,
        cards: options.cards,
        learners: options.learners,
        seed: options.seed,
        tasks: shares,
    };
    let simulated = simulate(&setup)?;
    if options.json {
        output::json(&Document {
            blueprint: &blueprint.code,
            days: setup.days,
            minutes: setup.minutes,
            cards: setup.cards,
            learners: setup.learners,
            seed: setup.seed,
            simulated: &simulated,
        })?;
    } else {
        output::text(&table(&blueprint.code, &setup, &simulated)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Each task's share of the exam.
fn shares(blueprint: &Blueprint) -> Vec<f64> {
    let share = |(domain, task): (&sitwell_backend::blueprint::Domain, &_)| {
        let task: &sitwell_backend::blueprint::Task = task;
        let siblings: f64 = domain.tasks.iter().map(|task| task.weight).sum();
        domain.weight / 100.0 * task.weight / siblings
    };
    blueprint.tasks().map(share).collect()
}

fn table(code: &str, setup: &Setup, simulated: &Simulated) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let out = &mut text;
    writeln!(
        out,
        "{code}: {} cards, {} minutes a day, exam in {} days; {} learners, seed {}",
        setup.cards, setup.minutes, setup.days, setup.learners, setup.seed
    )?;
    writeln!(out, "  schedule  recall on the day  introduced  minutes a day")?;
    for result in &simulated.schedules {
        let name = match result.schedule {
            Arm::Plain => "plain",
            Arm::Paced => "paced",
            Arm::Exam => "exam",
        };
        let recall = percent(result.recall);
        let (introduced, minutes) = (result.introduced, result.minutes);
        writeln!(out, "  {name:<9} {recall:<18} {introduced:>10.0}  {minutes:>13.1}")?;
    }
    writeln!(out, "knowing the date gains, in points of recall:")?;
    writeln!(out, "  over plain {}", percent(simulated.gain_over_plain))?;
    writeln!(out, "  over paced {}", percent(simulated.gain_over_paced))?;
    Ok(text)
}

fn percent(mean: Mean) -> String {
    format!("{:.1} ± {:.1} %", 100.0 * mean.mean, 100.0 * mean.se)
}
