//! `sitwell-cli forecast validate`: how good the forecast is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Serialize;
use sitwell_backend::forecast::validate::diagram::reliability;
use sitwell_backend::forecast::validate::population::Population;
use sitwell_backend::forecast::validate::simulated::{self, Plan, SimulatedReport};
use sitwell_backend::forecast::validate::{Matrix, Measures, RealReport, real};

use super::BadInput;
use crate::{output, subject};

/// Largest table that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;
/// Cuts at which real answers are tried when none is given.
const CUTS: [f64; 7] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Simulated learners for each number of papers
    #[arg(long, value_name = "N", default_value_t = 1500,
          value_parser = clap::value_parser!(u32).range(20..=100_000))]
    learners: u32,
    /// Number that decides everything random
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Papers before the exam, a round for each number
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_values_t = [1, 2, 4],
          value_parser = clap::value_parser!(u32).range(1..=50))]
    mocks: Vec<u32>,
    /// Exam that the simulated learners prepare for [default: that of the largest bundled deck]
    #[arg(long, value_name = "CODE")]
    exam: Option<String>,
    /// Also simulate learners who differ from what the model believes
    #[arg(long)]
    sensitivity: bool,
    /// Real answers instead: CSV with a header, a line of 0 and 1 for each person
    #[arg(long, value_name = "FILE")]
    responses: Option<PathBuf>,
    /// Share of the hidden half that passes; may be given more than once
    #[arg(long, value_name = "SHARE", requires = "responses")]
    cut: Vec<f64>,
    /// Options that each item of the table offers, one of them right [default: not known]
    #[arg(long = "options", value_name = "N", requires = "responses",
          value_parser = clap::value_parser!(u32).range(2..=100))]
    choices: Option<u32>,
    /// Write a reliability diagram
    #[arg(long, value_name = "FILE.svg")]
    diagram: Option<PathBuf>,
    /// Print the figures as one JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    match &options.responses {
        Some(path) => on_answers(options, path)?,
        None => on_learners(options)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What is printed of simulations.
#[derive(Serialize)]
struct Printed<'r> {
    #[serde(flatten)]
    report: &'r SimulatedReport,
    sensitivity: &'r [Named],
}

/// A population that differs from the standard one.
#[derive(Serialize)]
struct Named {
    name: &'static str,
    #[serde(flatten)]
    report: SimulatedReport,
}

fn on_learners(options: &Options) -> anyhow::Result<()> {
    let blueprint = subject::exam(options.exam.as_deref())?;
    let plan =
        Plan { learners: options.learners, seed: options.seed, mocks: options.mocks.clone() };
    let report = simulated::run(&blueprint, Population::STANDARD, &plan);
    let named =
        |(name, population)| Named { name, report: simulated::run(&blueprint, population, &plan) };
    let others = if options.sensitivity { Population::others() } else { Vec::new() };
    let others: Vec<Named> = others.into_iter().map(named).collect();
    let series = report.rounds.iter().map(|round| {
        let papers = if round.mocks == 1 { "paper" } else { "papers" };
        (format!("after {} {papers}", round.mocks), &round.forecast)
    });
    draw(options, "Chance of passing, simulated learners", &series.collect::<Vec<_>>())?;
    if options.json {
        return output::json(&Printed { report: &report, sensitivity: &others });
    }
    let mut text = String::new();
    simulated_in_words(&mut text, "standard population", &report)?;
    for other in &others {
        simulated_in_words(&mut text, other.name, &other.report)?;
    }
    output::text(&text)
}

fn on_answers(options: &Options, path: &Path) -> anyhow::Result<()> {
    let name = path.display();
    let size = std::fs::metadata(path).with_context(|| name.to_string())?.len();
    if size > MAX_FILE {
        return Err(BadInput(format!("{name}: larger than 64 MB; give a part of it")).into());
    }
    let text = std::fs::read_to_string(path).with_context(|| name.to_string())?;
    let matrix = Matrix::parse(&text).map_err(|error| BadInput(format!("{name}: {error}")))?;
    if let Some(cut) = options.cut.iter().find(|cut| !(0.01..=0.99).contains(*cut)) {
        return Err(BadInput(format!("cut {cut} is out of range; choose 0.01 to 0.99")).into());
    }
    let cuts = if options.cut.is_empty() { &CUTS[..] } else { &options.cut };
    let report = real::run(&matrix, cuts, options.choices, options.seed);
    let middle = report.cuts.len() / 2;
    let series = report.cuts.iter().skip(middle).take(1).flat_map(|cut| {
        [
            (format!("forecast, cut {}", cut.cut), &cut.forecast),
            ("with items known from others".to_owned(), &cut.with_known_items),
            ("pooled percent".to_owned(), &cut.pooled_percent),
        ]
    });
    draw(options, "Reaching the cut on hidden items, real people", &series.collect::<Vec<_>>())?;
    if options.json {
        return output::json(&report);
    }
    output::text(&real_in_words(&report)?)
}

fn draw(options: &Options, title: &str, series: &[(String, &Measures)]) -> anyhow::Result<()> {
    let Some(path) = &options.diagram else { return Ok(()) };
    std::fs::write(path, reliability(title, series)).with_context(|| path.display().to_string())
}

fn row(out: &mut String, name: &str, measures: &Measures) -> std::fmt::Result {
    let Measures { brier, log_loss, ece, auc, .. } = measures;
    writeln!(out, "  {name:<34}{brier:>8.3}{log_loss:>10.3}{ece:>8.3}{auc:>8.3}")
}

const HEAD: &str = "                                       Brier  log loss     ECE     AUC\n";

fn simulated_in_words(out: &mut String, name: &str, report: &SimulatedReport) -> std::fmt::Result {
    writeln!(out, "{name}: {} learners, seed {}", report.learners, report.seed)?;
    for round in &report.rounds {
        let passed = round.passed * 100.0;
        writeln!(out, "\nafter {} papers; {passed:.0} % passed", round.mocks)?;
        out.push_str(HEAD);
        row(out, "forecast", &round.forecast)?;
        row(out, "pooled percent, normal", &round.pooled_percent)?;
        row(out, "last paper at least 75 %", &round.last_mock)?;
        row(out, "logistic, trained on this population", &round.ceiling)?;
        row(out, "true chance", &round.truth)?;
        writeln!(
            out,
            "  intervals hold the true chance: 50 % in {:.1} %, 90 % in {:.1} %",
            round.cover_50 * 100.0,
            round.cover_90 * 100.0
        )?;
    }
    out.push('\n');
    Ok(())
}

fn real_in_words(report: &RealReport) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let RealReport { people, items, seed, .. } = report;
    writeln!(out, "{people} people, {items} items, half of them hidden, seed {seed}")?;
    for cut in &report.cuts {
        writeln!(out, "\ncut {}; {:.1} % reached it", cut.cut, cut.reached * 100.0)?;
        out.push_str(HEAD);
        row(&mut out, "forecast", &cut.forecast)?;
        row(&mut out, "with items known from others", &cut.with_known_items)?;
        row(&mut out, "pooled percent, normal", &cut.pooled_percent)?;
    }
    Ok(out)
}
