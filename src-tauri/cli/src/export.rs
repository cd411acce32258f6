//! `sitwell-cli export`: decks of a collection into a file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use sitwell_backend::desk::views::{ExportFormat, ExportOptions, Exported};

use crate::{collection, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Slug of the deck; those below it come along
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    deck: Option<String>,
    /// All decks that do not come with Sitwell
    #[arg(long)]
    all: bool,
    /// markdown, apkg or csv
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: ExportFormat,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Take reviews, intervals, suspensions and flags along; only an apkg holds them
    #[arg(long)]
    scheduling: bool,
    /// The collection; without it, the app's
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

fn format(name: &str) -> Result<ExportFormat, String> {
    let unknown = |_| format!("there is no format “{name}”");
    serde_json::from_value(serde_json::Value::from(name)).map_err(unknown)
}

/// Writes decks into a file.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let path = collection::path(options.collection.as_ref())?;
    if !path.is_file() {
        bail!("there is no collection at {}", path.display());
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let exported = runtime.block_on(async {
        let desk = collection::open(&path).await?;
        let wanted = ExportOptions {
            deck: options.deck.clone(),
            format: options.format,
            scheduling: options.scheduling,
        };
        let exported = desk.export(wanted, &options.to, &|_| {}).await;
        desk.close().await;
        anyhow::Ok(exported?)
    })?;
    if options.json {
        output::json(&exported)?;
    } else {
        output::text(&summary(&exported))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn summary(exported: &Exported) -> String {
    let Exported { path, decks, cards, questions, media, left_out, .. } = exported;
    let mut text = format!(
        "{path}: {decks} decks, {cards} cards, {questions} questions, {media} pictures and sounds\n"
    );
    for what in left_out {
        text.push_str("left out: ");
        text.push_str(what);
        text.push('\n');
    }
    text
}
