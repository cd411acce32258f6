//! Anki itself, as its Python package, opens what Sitwell writes.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::process::{find, run};
use crate::project::Project;

/// The test that leaves a package behind.
const TEST: &str = "formats::anki::write_tests::a_package_is_left_for_anki_to_open";

pub(crate) fn check(project: &Project) -> Result<()> {
    let folder = project.scratch("anki")?;
    // As the gate compiles it, so that nothing is compiled for this alone.
    let mut test = cargo::linted(project, &["test", "--quiet", "--lib", TEST]);
    run(test.args(["--", "--ignored", "--exact"]).env("SITWELL_ANKI", &folder))?;
    let package = folder.join("out.apkg");
    ensure!(package.is_file(), "the test left no package; is it called {TEST}?");

    let script = script(project, "check_export.py");
    run(Command::new(python(project)?).arg(script).arg(package))
}

/// A script for Anki.
pub(crate) fn script(project: &Project, name: &str) -> PathBuf {
    project.root.join("tests").join("anki").join(name)
}

/// The Python that has Anki; fetched when it is not there.
pub(crate) fn python(project: &Project) -> Result<PathBuf> {
    // Kept between runs: it is 80 MB.
    let venv = project.target.join("xtask").join("anki-venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.is_file() {
        let system = find("python3").or_else(|| find("python"));
        let system =
            system.context("Python 3 is not installed; install it with its venv module")?;
        run(Command::new(system).args(["-m", "venv"]).arg(&venv))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "anki"]))?;
    Ok(python)
}
