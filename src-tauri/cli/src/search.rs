//! `sitwell-cli search`: the rows of a collection that a query finds.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;
use sitwell_backend::desk::views::{
    BrowseColumn, BrowseOrder, BrowseRow, BrowseView, QueryProblem,
};

use crate::{collection, output};

/// Rows read in one go.
const PAGE: u32 = 500;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// What to find, as in the app: 'tag:s3 -is:suspended recall:<80%'
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// The collection; without it, the app's
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// Most rows printed
    #[arg(long, default_value_t = 100, value_name = "N")]
    limit: u32,
    /// Column to sort by: text, deck, task, stability, difficulty, recall, due, reviews, lapses,
    /// added
    #[arg(long, default_value = "text", value_name = "COLUMN", value_parser = column)]
    sort: BrowseColumn,
    /// Largest first
    #[arg(long)]
    descending: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

fn column(name: &str) -> Result<BrowseColumn, String> {
    let unknown = |_| format!("there is no column “{name}”");
    serde_json::from_value(serde_json::Value::from(name)).map_err(unknown)
}

/// What is printed with `--json`.
#[derive(Serialize)]
struct Found<'a> {
    query: &'a str,
    total: u32,
    of: u32,
    rows: Vec<BrowseRow>,
    problem: Option<QueryProblem>,
}

/// Prints what the query finds. The status is 2 when it cannot be understood.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let path = collection::path(options.collection.as_ref())?;
    if !path.is_file() {
        bail!("there is no collection at {}", path.display());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let view = runtime.block_on(find(&path, options))?;
    let understood = view.problem.is_none();
    let found = Found {
        query: &options.query,
        total: view.total,
        of: view.of,
        rows: view.rows,
        problem: view.problem,
    };
    if options.json {
        output::json(&found)?;
    } else if let Some(problem) = found.problem {
        let QueryProblem { message, hint, start, end } = problem;
        bail!("the query cannot be understood at {start} to {end}: {message} {hint}");
    } else {
        output::text(&table(&found))?;
    }
    Ok(ExitCode::from(if understood { 0 } else { 2 }))
}

async fn find(path: &std::path::Path, options: &Options) -> anyhow::Result<BrowseView> {
    let desk = collection::open(path).await?;
    let order = BrowseOrder { column: options.sort, descending: options.descending };
    let mut view = desk.browse(&options.query, order, 0, options.limit.min(PAGE)).await?;
    while view.rows.len() < options.limit as usize {
        let offset = u32::try_from(view.rows.len())?;
        let rest = (options.limit - offset).min(PAGE);
        let next = desk.browse(&options.query, order, offset, rest).await?;
        if next.rows.is_empty() {
            break;
        }
        view.rows.extend(next.rows);
    }
    desk.close().await;
    Ok(view)
}

/// One line for each row: item, task, days until it is due, text; tabs between.
fn table(found: &Found<'_>) -> String {
    let mut lines = String::new();
    for row in &found.rows {
        let due = row.due_in_days.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let task = row.task.as_deref().unwrap_or("-");
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}\t{task}\t{due}\t{}", row.id.item, row.text);
    }
    lines + &format!("{} of {} rows\n", found.total, found.of)
}
