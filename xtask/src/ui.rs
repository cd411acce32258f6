//! The UI: its packages, its build, its own checks.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{find, run};
use crate::project::Project;
use crate::stamp::Stamp;

/// Installs the packages of `package-lock.json`, when they are not those of `node_modules/`.
pub(crate) fn install(project: &Project) -> Result<()> {
    let lock = project.ui.join("package-lock.json");
    ensure!(lock.is_file(), "{} is missing", lock.display());
    let stamp = Stamp::of(project.ui.join("node_modules/.sitwell-packages"), &[&lock], &[])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    run(npm(project)?.args(["ci", "--no-audit", "--no-fund"]))?;
    stamp.write()
}

/// Builds `ui/dist`, which the app carries, when a source has changed.
pub(crate) fn build(project: &Project) -> Result<()> {
    install(project)?;
    let stamp = Stamp::of(
        project.ui.join("node_modules/.sitwell-build"),
        &[&project.ui],
        &["node_modules", "dist", "coverage"],
    )?;
    if stamp.is_fresh() && project.ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    script(project, "build")?;
    stamp.write()
}

/// Runs a script of `package.json`.
pub(crate) fn script(project: &Project, name: &str) -> Result<()> {
    install(project)?;
    run(npm(project)?.args(["run", "--silent", name]))
}

/// Checks the formatting of the UI, then of the few other files that Prettier knows.
pub(crate) fn check_format(project: &Project) -> Result<()> {
    script(project, "format:check")?;
    let node = find("node").context("node is not on the PATH")?;
    run(Command::new(node)
        .arg(project.ui.join("node_modules/prettier/bin/prettier.cjs"))
        .args(["--check", "--log-level", "warn", "."])
        .current_dir(&project.root))
}

fn npm(project: &Project) -> Result<Command> {
    let mut npm = Command::new(find("npm").context("npm is not on the PATH")?);
    npm.current_dir(&project.ui);
    Ok(npm)
}
