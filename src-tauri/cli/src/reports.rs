//! `sitwell-cli reports`: what a learner holds against questions, for the authors of their decks.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::views::ReportFormat;
use sitwell_backend::desk::{DeskError, Sitwell};
use sitwell_backend::paths;

use crate::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The collection; without it, the app's
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown (this is what is printed without --json, too)
    #[arg(long)]
    markdown: bool,
}

/// Prints all reports.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let path = match &options.collection {
        Some(path) => path.clone(),
        None => paths::default_collection()
            .context("the system names no folder for app data; give --collection PATH")?,
    };
    if !path.is_file() {
        bail!("there is no collection at {}", path.display());
    }
    let format = if options.json { ReportFormat::Json } else { ReportFormat::Markdown };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    output::text(&runtime.block_on(read(&path, format))?)?;
    Ok(ExitCode::SUCCESS)
}

async fn read(path: &std::path::Path, format: ReportFormat) -> anyhow::Result<String> {
    let desk = Sitwell::open(path, Arc::new(SystemClock::new()), Arc::new(|| 0)).await;
    let desk = match desk {
        Err(DeskError::OpenElsewhere(path)) => bail!(
            "{} is open in Sitwell, which lets nobody else in; close it, then try again",
            path.display()
        ),
        desk => desk?,
    };
    let text = desk.item_reports_text(format).await?;
    desk.close().await;
    Ok(text)
}
