//! The .deb, installed, used and removed. Changes the system: `cargo xtask package --check`, as
//! root, best in a container.

#![cfg(target_os = "linux")]

#[path = "e2e/package.rs"]
mod package;

use std::env;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tests::{App, button, css, heading, role};

/// Sitwell on this system, removed when dropped, however the test ends.
struct Installed {
    files: Vec<String>,
}

impl Installed {
    fn from(deb: &OsStr) -> Result<Self> {
        output(Command::new("dpkg").arg("--install").arg(deb))?;
        let mut installed = Self { files: Vec::new() };
        let list = output(Command::new("dpkg").args(["--listfiles", "sitwell"]))?;
        installed.files.extend(list.lines().map(str::to_owned));
        Ok(installed)
    }

    /// Removes it and names what of its own is still there.
    fn remove(&self) -> Result<Vec<&str>> {
        output(Command::new("dpkg").args(["--purge", "sitwell"]))?;
        let own = |file: &&str| file.to_lowercase().contains("sitwell") && Path::new(file).exists();
        Ok(self.files.iter().map(String::as_str).filter(own).collect())
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        // Removed already is as good.
        let _ = Command::new("dpkg").args(["--purge", "sitwell"]).output();
    }
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("could not start {command:?}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    ensure!(output.status.success(), "{command:?} failed: {}", text(&output.stderr));
    Ok(text(&output.stdout))
}

/// The desktop entry that opens files of this type.
fn opens(mime: &str) -> Result<String> {
    Ok(output(Command::new("xdg-mime").args(["query", "default", mime]))?.trim().to_owned())
}

#[test]
#[ignore = "installs a package; run by `cargo xtask package --check`"]
fn the_package_is_installed_used_and_removed_without_a_trace() -> Result<()> {
    let deb = env::var_os("SITWELL_DEB").context("SITWELL_DEB names the package to install")?;
    let installed = Installed::from(&deb)?;
    for mime in ["application/x-apkg", "application/x-sitwell+zip"] {
        ensure!(opens(mime)? == "Sitwell.desktop", "{mime} is opened by “{}”", opens(mime)?);
    }

    let dir = tempfile::tempdir()?;
    let cards = [["g1", "What keeps objects?", "S3"], ["g2", "And blocks?", "EBS"]];
    let deck = package::package(dir.path(), "first", &cards)?;
    let mut app = App::start_at_home(&[])?;
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))?;
    app.wait_for(&heading("65 questions in 3 hours."))?;

    // As a double click in a file manager: the second start hands the file to this window.
    app.beside(Command::new("gio").arg("open").arg(&deck))?;
    app.wait_for(&heading("2 cards to import from first.apkg"))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&button("Undo"))?;

    app.restart()?;
    app.click(&button("Start a mock exam"))?;
    app.wait_for(&heading("65 questions in 3 hours."))?;
    app.press("Enter")?;
    app.wait_for(&heading("Question 1 of 65"))?;
    app.press("A")?;
    app.wait_until("a chosen option", |app| Ok(app.count(&css("[aria-checked=true]"))? == 1))?;
    app.press("R")?;
    app.wait_for(&heading("questions have no answer."))?;
    app.press("Ctrl+Enter")?;
    app.wait_for(&heading("End the exam now?"))?;
    app.click(&button("End the exam"))?;
    app.wait_until("a result", |app| Ok(app.page()?.contains("of 65 correct")))?;
    app.end()?;

    let left = installed.remove()?;
    ensure!(left.is_empty(), "removing it left {left:?}");
    ensure!(opens("application/x-apkg")? != "Sitwell.desktop", "it still opens decks");
    let collection = app.data().join("sitwell/collection.sitwell");
    let size = collection.metadata().context("the collection went with the package")?.len();
    ensure!(size > 0, "the collection is empty");
    Ok(())
}
