//! The SQL of the back end, checked by the compiler against a database made by its own migrations.
//! The types found are kept in `.sqlx/`, so that an ordinary build needs no database.
//!
//! sqlx's macros read `DATABASE_URL` unless `SQLX_OFFLINE` is true, and write one
//! `query-<hash of the SQL>.json` each to `SQLX_OFFLINE_DIR`, which must exist. Cargo does not know
//! about these variables: the crate is touched for the macros to run again.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};

use crate::process::run;
use crate::project::Project;
use crate::stamp::Stamp;
use crate::{
    cargo::{self, Cargo},
    ui,
};

pub(crate) fn write(project: &Project) -> Result<()> {
    // The back end alone, so that what stands on it may be in pieces meanwhile.
    let mut only_back_end = cargo::plain(project);
    only_back_end.args(["check", "--quiet", "--package", "sitwell-backend", "--all-targets"]);
    let fresh = prepare(project, &cargo::workspace, &mut only_back_end)?;
    let kept = committed(project);
    fs::create_dir_all(&kept).with_context(|| format!("could not create {}", kept.display()))?;
    let (old, new) = (read(&kept)?, read(&fresh)?);
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(kept.join(name))?;
    }
    for (name, content) in new.iter().filter(|(name, content)| old.get(*name) != Some(content)) {
        fs::write(kept.join(name), content)?;
    }
    println!("{} queries in .sqlx/", new.len());
    Ok(())
}

pub(crate) fn check(project: &Project) -> Result<()> {
    ui::build(project)?;
    let mut all = cargo::workspace(project, &["check", "--quiet", "--all-targets"]);
    compare(project, &prepare(project, &cargo::workspace, &mut all)?)
}

/// Compiles what `all` compiles, and checks the SQL on the way unless it was checked as it is now.
/// `cargo` makes such commands.
pub(crate) fn check_in(project: &Project, cargo: &Cargo, all: &mut Command) -> Result<()> {
    let (back_end, types) = (project.root.join("src-tauri/backend"), committed(project));
    let seen = project.target.join("xtask/queries-checked");
    let stamp = Stamp::of(seen, &[&back_end, &types], &["fuzz", "proptest-regressions"])?;
    if stamp.is_fresh() {
        return run(all);
    }
    compare(project, &prepare(project, cargo, all)?)?;
    stamp.write()
}

/// Fails when the types that are kept are not those that were found.
fn compare(project: &Project, found: &Path) -> Result<()> {
    let (old, new) = (read(&committed(project))?, read(found)?);
    let missing = new.keys().filter(|name| !old.contains_key(*name)).count();
    let unused = old.keys().filter(|name| !new.contains_key(*name)).count();
    let changed =
        old.iter().filter(|(name, kept)| new.get(*name).is_some_and(|it| it != *kept)).count();
    ensure!(
        missing + unused + changed == 0,
        ".sqlx/ is out of date ({missing} missing, {unused} no longer used, {changed} changed): \
         run `cargo xtask queries`"
    );
    Ok(())
}

fn committed(project: &Project) -> PathBuf {
    project.root.join(".sqlx")
}

/// Compiles the back end against a fresh database; returns the folder with what the macros wrote.
fn prepare(project: &Project, cargo: &Cargo, check: &mut Command) -> Result<PathBuf> {
    let scratch = project.scratch("queries")?;
    let (database, types) = (scratch.join("fresh.db"), scratch.join("types"));
    fs::create_dir(&types)?;

    run(&mut cargo(project, &["build", "--quiet", "--example", "make_database"]))?;
    let migrations = project.root.join("src-tauri/backend/migrations");
    run(Command::new(project.built("debug", "examples/make_database"))
        .arg(migrations)
        .arg(&database))?;

    let crate_root = Touched::now(project.root.join("src-tauri/backend/src/lib.rs"))?;
    let url = format!("sqlite://{}", database.display());
    run(check
        .env("DATABASE_URL", url)
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &types))?;
    drop(crate_root);
    Ok(types)
}

fn read(dir: &Path) -> Result<BTreeMap<OsString, Vec<u8>>> {
    if !dir.is_dir() {
        return Ok(BTreeMap::new());
    }
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { bail!("{} has no name", path.display()) };
        files.insert(name.to_owned(), fs::read(&path)?);
    }
    Ok(files)
}

/// A file that looks just written, until dropped: what was built before stays fresh.
struct Touched {
    path: PathBuf,
    before: SystemTime,
}

impl Touched {
    fn now(path: PathBuf) -> Result<Self> {
        let before = fs::metadata(&path)
            .and_then(|data| data.modified())
            .with_context(|| format!("could not read {}", path.display()))?;
        set_modified(&path, SystemTime::now())?;
        Ok(Self { path, before })
    }
}

impl Drop for Touched {
    fn drop(&mut self) {
        // Left touched, it is only compiled once more than needed.
        let _ = set_modified(&self.path, self.before);
    }
}

fn set_modified(path: &Path, time: SystemTime) -> Result<()> {
    File::options()
        .write(true)
        .open(path)
        .and_then(|file| file.set_modified(time))
        .with_context(|| format!("could not touch {}", path.display()))
}
