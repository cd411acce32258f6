//! The TypeScript of the commands, as the shell's example `bindings` writes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::run;
use crate::project::Project;
use crate::{
    cargo::{self, Cargo},
    ui,
};

pub(crate) fn write(project: &Project) -> Result<()> {
    // The shell carries `ui/dist`, which need not be the latest: it may not build before this.
    fs::create_dir_all(project.ui.join("dist"))?;
    export(project, &cargo::workspace, &committed(project))
}

/// `cargo` makes the commands that compile.
pub(crate) fn check(project: &Project, cargo: &Cargo) -> Result<()> {
    ui::build(project)?;
    let fresh = project.scratch("bindings")?.join("bindings.ts");
    export(project, cargo, &fresh)?;
    ensure!(
        read(&fresh)? == read(&committed(project))?,
        "ui/src/api/bindings.ts is out of date: run `cargo xtask bindings`"
    );
    Ok(())
}

fn committed(project: &Project) -> PathBuf {
    project.ui.join("src/api/bindings.ts")
}

fn export(project: &Project, cargo: &Cargo, file: &Path) -> Result<()> {
    run(&mut cargo(project, &["build", "--quiet", "--example", "bindings"]))?;
    run(Command::new(project.built("debug", "examples/bindings")).arg(file))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}
