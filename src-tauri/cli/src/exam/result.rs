//! `sitwell-cli exam result`: the result of a sitting of a collection.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use sitwell_backend::bundled;
use sitwell_backend::desk::DeskError;
use sitwell_backend::desk::views::ResultView;

use super::BadInput;
use super::score::in_words;
use crate::forecast::collection;
use crate::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Identity of the sitting
    #[arg(value_name = "ID", required_unless_present = "last", conflicts_with = "last")]
    id: Option<String>,
    /// The sitting that began last and has a result
    #[arg(long)]
    last: bool,
    /// The collection [default: the one that the app uses]
    #[arg(long, value_name = "FILE")]
    collection: Option<PathBuf>,
    /// Print all of the result as one JSON document
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print a line for each question as CSV
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(read(options))?;
    if options.json {
        output::json(&result)?;
    } else if options.csv {
        output::text(&result.csv()?)?;
    } else {
        let blueprints = bundled::blueprints()?;
        let blueprint = blueprints.iter().find(|known| known.code == result.exam.code);
        let blueprint = blueprint.context("the exam of this sitting is not known any more")?;
        let mut text = format!("{}, {}\n", result.title, result.id);
        text += &in_words(blueprint, &result.report)?;
        if let Some(remark) = &result.remark {
            let count = remark.changes.len();
            writeln!(text, "\nBy the keys that the deck has now ({count} mended):")?;
            text += &in_words(blueprint, &remark.report)?;
        }
        output::text(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn read(options: &Options) -> anyhow::Result<ResultView> {
    let desk = collection::open(options.collection.as_deref()).await?;
    let id = match &options.id {
        Some(id) => id.clone(),
        None => desk
            .last_result()
            .await?
            .ok_or_else(|| BadInput("no sitting of this collection has a result".into()))?,
    };
    let result = desk.result(&id).await;
    desk.close().await;
    result.map_err(|error| match error {
        DeskError::NoSuchSitting(_) | DeskError::NotOver | DeskError::Abandoned(_) => {
            BadInput(error.to_string()).into()
        }
        other => other.into(),
    })
}
