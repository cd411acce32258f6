//! `sitwell-cli check`: everything that is wrong with decks and blueprints, with its place.

mod find;
mod guess;
mod report;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use sitwell_backend::blueprint::{self, Blueprint};
use sitwell_backend::bundled;
use sitwell_backend::deck::Item;
use sitwell_backend::deck::guess::{Guess, guess};
use sitwell_backend::deck::lint::{self, Stats};
use sitwell_backend::formats::markdown::{self, Reading};
use sitwell_backend::formats::{Problem, Severity};

use crate::output;
use report::{BlueprintReport, DeckReport, Report};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Decks (a folder with deck.md, or one .md file), blueprints (.toml), or folders of these
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON document, with the numbers of each deck
    #[arg(long)]
    json: bool,
    /// Let guessers who know nothing answer each deck, and show how well they do
    #[arg(long)]
    guess: bool,
}

/// Checks what is at the paths and prints what it found.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let found = find::find(&options.paths)?;
    if found.decks.is_empty() && found.blueprints.is_empty() {
        bail!("there is no deck and no blueprint at the paths given");
    }
    let mut report = Report::default();
    let mut blueprints = Vec::new();
    for path in found.blueprints {
        let bytes = find::read(&path, blueprint::MAX_FILE)?;
        let name = find::name(&path);
        let loaded = blueprint::load(&name, &bytes);
        let code = loaded.as_ref().ok().map(|blueprint| blueprint.code.clone());
        report.blueprints.push(BlueprintReport { path: name, code });
        match loaded {
            Ok(blueprint) => blueprints.push(blueprint),
            Err(error) => report.problems.extend(error.0.into_iter().map(Problem::from)),
        }
    }
    // Blueprints under check go before those that come with Sitwell.
    blueprints.extend(bundled::blueprints()?);
    let mut readings = Vec::new();
    for path in found.decks {
        let sources = markdown::read_folder(&path).context("cannot read the deck")?;
        let reading = markdown::read(&sources);
        deck(find::name(&path), &reading, &blueprints, options.guess, &mut report);
        let (_, missing) = markdown::read_media(&path, &reading.items, &reading.places);
        report.problems.extend(missing);
        readings.push(reading);
    }
    across(&readings, &mut report);
    report.finish();
    let printed =
        if options.json { output::json(&report) } else { output::text(&report.to_string()) };
    printed?;
    Ok(ExitCode::from(u8::from(report.errors > 0)))
}

fn deck(
    path: String,
    reading: &Reading,
    blueprints: &[Blueprint],
    with_guess: bool,
    report: &mut Report,
) {
    let Reading { root, meta, items, places, problems, .. } = reading;
    report.problems.extend(problems.iter().cloned());
    let code = meta.as_ref().and_then(|meta| meta.blueprint.clone());
    let blueprint = code.as_ref().and_then(|code| blueprints.iter().find(|b| b.code == *code));
    if let (Some(code), None) = (&code, blueprint) {
        report.problems.push(Problem {
            severity: Severity::Warning,
            code: "unknown-blueprint".into(),
            file: root.clone(),
            line: 1,
            column: 1,
            message: format!("there is no blueprint “{code}”, so tasks are not checked"),
            hint: "give the blueprint's .toml as another path".into(),
        });
    }
    let guess = with_guess.then(|| guess(items));
    let mut findings = lint::lint(items, blueprint);
    findings.extend(lint::also(items, code.as_deref(), blueprints));
    findings.extend(guess.iter().flat_map(Guess::findings));
    report.problems.extend(markdown::locate(findings, places, root));
    report.decks.push(DeckReport {
        path,
        deck: meta.as_ref().map(|meta| meta.slug.to_string()),
        version: meta.as_ref().map(|meta| meta.version.to_string()),
        blueprint: code,
        stats: Stats::of(items),
        guess,
    });
}

/// What decks given together say twice.
fn across(readings: &[Reading], report: &mut Report) {
    let decks: Vec<(String, &[Item])> = report
        .decks
        .iter()
        .zip(readings)
        .map(|(deck, reading)| (deck.path.clone(), reading.items.as_slice()))
        .collect();
    for (findings, reading) in lint::across(&decks).into_iter().zip(readings) {
        report.problems.extend(markdown::locate(findings, &reading.places, &reading.root));
    }
}
