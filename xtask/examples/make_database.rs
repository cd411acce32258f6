//! `make_database MIGRATIONS DATABASE`: makes a database by applying a folder of migrations.
//!
//! It stands apart from the back end, which does not compile while its queries are out of date.

use std::path::PathBuf;

use anyhow::{Context, Result};
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let migrations = args.next().context("which folder of migrations?")?;
    let database = args.next().context("which database file?")?;
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(true);
    let mut connection = options.connect().await?;
    Migrator::new(migrations).await?.run(&mut connection).await?;
    Ok(())
}
