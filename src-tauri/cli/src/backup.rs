//! `sitwell-cli backup`: a verified copy of a collection.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use sitwell_backend::desk::views::{BackupHolds, BackupRow};

use crate::{collection, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The collection; without it, the app's
    #[arg(long, value_name = "PATH")]
    collection: Option<PathBuf>,
    /// The file to write; without it, a new one in the folder of backups beside the collection
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    to: Option<PathBuf>,
    /// Make none, and list those that are there
    #[arg(long)]
    list: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Makes a backup, or lists those that are there.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let path = collection::path(options.collection.as_ref())?;
    if !path.is_file() {
        bail!("there is no collection at {}", path.display());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let rows = runtime.block_on(async {
        let desk = collection::open(&path).await?;
        let rows = if options.list {
            desk.backups().await.map(|view| view.backups)
        } else {
            desk.back_up(options.to.as_deref()).await.map(|row| vec![row])
        };
        desk.close().await;
        anyhow::Ok(rows?)
    })?;
    match rows.as_slice() {
        [row] if options.json && !options.list => output::json(row)?,
        rows if options.json => output::json(&rows)?,
        rows => output::text(&rows.iter().map(line).collect::<String>())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Path, bytes and what is in it, with tabs between.
fn line(row: &BackupRow) -> String {
    let BackupRow { path, bytes, holds, .. } = row;
    let holds = match holds {
        Some(BackupHolds { cards, reviews, sittings }) => {
            format!("{cards} cards, {reviews} reviews, {sittings} sittings")
        }
        None => "-".to_owned(),
    };
    format!("{path}\t{bytes}\t{holds}\n")
}
