//! The TypeScript of the commands. A test of the shell, `export_bindings`, writes it to the file
//! that `SITWELL_BINDINGS` names.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process::run;
use crate::project::Project;
use crate::{cargo, ui};

pub(crate) fn write(project: &Project) -> Result<()> {
    export(project, &committed(project))
}

pub(crate) fn check(project: &Project) -> Result<()> {
    let fresh = project.scratch("bindings")?.join("bindings.ts");
    export(project, &fresh)?;
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
    };
    ensure!(
        read(&fresh)? == read(&committed(project))?,
        "ui/src/api/bindings.ts is out of date: run `cargo xtask bindings`"
    );
    Ok(())
}

fn committed(project: &Project) -> PathBuf {
    project.ui.join("src/api/bindings.ts")
}

fn export(project: &Project, file: &Path) -> Result<()> {
    // The shell carries `ui/dist`, so its tests compile only once that exists.
    ui::build(project)?;
    let mut test = cargo::workspace(project, &["test", "--quiet", "--lib", "--bins"]);
    run(test.env("SITWELL_BINDINGS", file).args(["--", "export_bindings"]))?;
    ensure!(
        file.is_file(),
        "no test named `export_bindings` wrote the bindings to {}",
        file.display()
    );
    Ok(())
}
