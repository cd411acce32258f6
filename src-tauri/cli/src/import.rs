//! `sitwell-cli import`: a deck from a file, a folder or a zip.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use sitwell_backend::desk::Sitwell;
use sitwell_backend::desk::views::{
    ImportChoices, ImportCounts, ImportPreview, ImportTarget, Imported, Resolve,
};
use sitwell_backend::formats::{Format, Place, Severity};

use crate::{collection, output};

/// Items up to which their words are made findable at once.
const FEW: u32 = 500;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Options {
    /// The file, folder or zip
    file: PathBuf,
    /// The collection; without it, the app's, or a new one that is thrown away for a dry run
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Leave reviews, intervals, suspensions and flags out
    #[arg(long)]
    no_scheduling: bool,
    /// Keep the words of items that are in the collection
    #[arg(long)]
    keep_mine: bool,
    /// Put all items into this deck
    #[arg(long, value_name = "SLUG")]
    into: Option<String>,
    /// Match items to the tasks of this exam
    #[arg(long, value_name = "CODE")]
    exam: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// What is printed with `--json`.
#[derive(Serialize)]
struct Report {
    format: Format,
    dry_run: bool,
    #[serde(flatten)]
    counts: ImportCounts,
    /// Whether all words can be searched already. Those of a large file are indexed when the
    /// collection is next opened, or searched.
    findable: bool,
    /// Items matched to a task; none when they were not matched.
    matched: Option<u32>,
    /// Things in the file that are no items.
    passed_over: u32,
    /// Of each kind, the first 200.
    warnings: Vec<Warning>,
}

#[derive(Serialize)]
struct Warning {
    severity: Severity,
    code: String,
    place: Place,
    message: String,
}

/// Imports a file. The status is 1 when nothing of it can be used.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let report = runtime.block_on(import(options))?;
    // All is closed; its threads need not tidy up the memory of a large file before the end.
    runtime.shutdown_background();
    if options.json {
        output::json(&report)?;
    } else {
        output::text(&summary(&report))?;
    }
    let nothing = report.counts.notes + report.counts.questions == 0;
    Ok(ExitCode::from(u8::from(nothing)))
}

async fn import(options: &Options) -> anyhow::Result<Report> {
    // Dropped at the end, with the collection that is only there for a dry run.
    let mut thrown_away = None;
    let path = match (&options.collection, options.dry_run) {
        (None, true) => thrown_away.insert(tempfile::tempdir()?).path().join("dry-run.sitwell"),
        (named, _) => collection::path(named.as_ref())?,
    };
    let desk = collection::open(&path).await?;
    let report = import_into(&desk, options).await;
    desk.close().await;
    report
}

async fn import_into(desk: &Sitwell, options: &Options) -> anyhow::Result<Report> {
    let mut preview = desk.preview_import(&options.file, &|_| {}).await?;
    let mut wanted = preview.options.clone();
    wanted.scheduling &= !options.no_scheduling;
    if options.keep_mine {
        wanted.existing = Resolve::Mine;
    }
    if let Some(slug) = &options.into {
        wanted.target = ImportTarget::Deck { slug: slug.clone() };
    }
    if options.exam.is_some() {
        wanted.exam.clone_from(&options.exam);
    }
    if wanted != preview.options {
        preview = desk.change_import(wanted, ImportChoices::default(), &|_| {}).await?;
    }
    let mut report = report(preview, options.dry_run);
    if options.dry_run {
        desk.cancel_import();
    } else if let Imported::Done { counts, .. } = desk.import(&|_| {}).await? {
        report.counts = counts;
        if report.counts.new + report.counts.updated < FEW {
            desk.index_words().await?;
        }
        report.findable = desk.words_left().await? == 0;
    }
    Ok(report)
}

fn report(preview: ImportPreview, dry_run: bool) -> Report {
    let warnings = preview.warnings.into_iter().flat_map(|group| group.first);
    let warnings = warnings.map(|warning| Warning {
        severity: warning.severity,
        code: warning.code,
        place: warning.place,
        message: warning.message,
    });
    Report {
        format: preview.format,
        dry_run,
        counts: preview.counts,
        findable: true,
        matched: preview.mapping.map(|mapping| mapping.matched),
        passed_over: preview.passed_over,
        warnings: warnings.collect(),
    }
}

fn summary(report: &Report) -> String {
    let counts = &report.counts;
    let mut text = String::new();
    for warning in &report.warnings {
        let Warning { severity, code, place, message } = warning;
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}:{}: {severity}[{code}]: {message}", place.file, place.line);
    }
    let verb = if report.dry_run { "would come in" } else { "came in" };
    let _ = writeln!(
        text,
        "{} decks, {} cards, {} questions, {} pictures and sounds; of the items {} new ones {verb}, \
         {} updated, {} unchanged, {} left out",
        counts.decks,
        counts.cards,
        counts.questions,
        counts.media,
        counts.new,
        counts.updated,
        counts.unchanged,
        counts.skipped
    );
    if !report.findable {
        text.push_str("their words are indexed when the collection is next opened or searched\n");
    }
    text
}
