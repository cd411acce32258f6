//! The licences of what a package carries that others wrote, with the notices that they ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::cargo;
use crate::process::run;
use crate::project::Project;
use crate::stamp::Stamp;

/// Reads the licences of crates out of their sources.
const TOOL: &str = "cargo-about";
/// The version that is fetched.
const VERSION: &str = "0.9.3";
/// Where a Linux package has them.
const ON_LINUX: &str = "/usr/share/doc/sitwell/third-party.txt";

/// A list of licences as the tool gives it.
#[derive(Deserialize)]
struct Crates {
    licenses: Vec<CrateLicence>,
}

/// A text, and the crates that come under it.
#[derive(Deserialize)]
struct CrateLicence {
    name: String,
    text: String,
    used_by: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    #[serde(rename = "crate")]
    of: Named,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    version: String,
}

/// A package of the UI, as Vite lists those in its build, or as it calls itself.
#[derive(Deserialize)]
struct Bundled {
    name: String,
    version: String,
    #[serde(default, alias = "license")]
    identifier: String,
    #[serde(default)]
    text: String,
}

/// Those that are made with it, by the name of a licence and its text.
type Texts = BTreeMap<(String, String), BTreeSet<String>>;

/// The packages that the UI is built with.
#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, String>,
}

/// Writes the notices; gives the configuration that puts them into every kind of package. The UI is
/// built already.
pub(super) fn configuration(project: &Project) -> Result<String> {
    let file = write(project)?;
    let path = file.to_str().context("the folder of the build has a name that is not UTF-8")?;
    let linux = serde_json::json!({ "files": { ON_LINUX: path } });
    let bundle = if cfg!(target_os = "linux") {
        serde_json::json!({ "linux": { "deb": linux, "rpm": linux, "appimage": linux } })
    } else {
        serde_json::json!({ "resources": { path: "third-party.txt" } })
    };
    Ok(serde_json::json!({ "bundle": bundle }).to_string())
}

fn write(project: &Project) -> Result<PathBuf> {
    let mut texts = Texts::new();
    for licence in crates(project)? {
        let users = licence.used_by.iter().map(|user| named(&user.of.name, &user.of.version));
        texts.entry((licence.name, licence.text)).or_default().extend(users);
    }
    for package in ui(project)? {
        let Bundled { name, version, identifier, text } = package;
        ensure!(!text.is_empty(), "{name} {version} of the UI has no licence file");
        texts.entry((identifier, text)).or_default().insert(named(&name, &version));
    }
    let file = folder(project)?.join("third-party.txt");
    fs::write(&file, shown(&texts))
        .with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

fn named(name: &str, version: &str) -> String {
    format!("{name} {version}")
}

fn shown(texts: &Texts) -> String {
    let rule = "=".repeat(78);
    let mut out = String::from(
        "Sitwell is made with the work of others. What each of them asks to be told with it:\n",
    );
    for ((name, text), users) in texts {
        let users: Vec<_> = users.iter().map(String::as_str).collect();
        let (users, text) = (users.join("\n    "), text.trim());
        let _ = writeln!(out, "\n{rule}\n{name}\n    {users}\n\n{text}");
    }
    out
}

/// Licences of the crates that the app is linked with.
fn crates(project: &Project) -> Result<Vec<CrateLicence>> {
    let folder = folder(project)?;
    let (list, config) = (folder.join("crates.json"), project.root.join("about.toml"));
    // Some minutes of reading, which change nothing while the crates are the same.
    let lock = project.root.join("Cargo.lock");
    let stamp = Stamp::of(folder.join("stamp"), &[&config, &lock], &[])?;
    if !stamp.is_fresh() || !list.is_file() {
        let mut about = Command::new(tool(project)?);
        about.args(["about", "generate", "--locked", "--fail", "--format", "json"]);
        about.arg("--manifest-path").arg(project.root.join("src-tauri/Cargo.toml"));
        about.arg("--config").arg(config);
        about.args(["--features", "custom-protocol"]).arg("--output-file").arg(&list);
        run(about.current_dir(&project.root))?;
        stamp.write()?;
    }
    let crates: Crates = read(&list)?;
    ensure!(!crates.licenses.is_empty(), "{TOOL} found no crates");
    Ok(crates.licenses)
}

/// Where the notices are made.
fn folder(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("xtask").join("notices");
    fs::create_dir_all(&folder)
        .with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}

/// The tool in its version, fetched when it is not here.
fn tool(project: &Project) -> Result<PathBuf> {
    let root = project.target.join("xtask").join(format!("{TOOL}-{VERSION}"));
    let tool = root.join("bin").join(TOOL).with_extension(std::env::consts::EXE_EXTENSION);
    if !tool.is_file() {
        let mut install = cargo::plain(project);
        install.args(["install", "--quiet", "--locked", TOOL, "--version", VERSION]);
        run(install.args(["--features", "cli", "--root"]).arg(&root))?;
    }
    Ok(tool)
}

/// The packages whose code or fonts are in the build of the UI.
fn ui(project: &Project) -> Result<Vec<Bundled>> {
    let mut bundled: Vec<Bundled> = read(&project.ui.join("dist/licences.json"))?;
    // Vite lists code alone.
    let manifest: Manifest = read(&project.ui.join("package.json"))?;
    for name in manifest.dependencies.keys().filter(|name| name.starts_with("@fontsource")) {
        let folder = project.ui.join("node_modules").join(name);
        let mut font: Bundled = read(&folder.join("package.json"))?;
        let licence = folder.join("LICENSE");
        font.text = fs::read_to_string(&licence)
            .with_context(|| format!("could not read {}", licence.display()))?;
        bundled.push(font);
    }
    Ok(bundled)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let text = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not as usual", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_once_with_all_that_use_it() {
        let key = ("MIT".to_owned(), "Permission is hereby granted\n".to_owned());
        let users = ["b 1.0.0", "a 2.0.0", "b 1.0.0"].map(str::to_owned).into();
        let texts = Texts::from([(key, users)]);
        let shown = shown(&texts);
        assert!(
            shown.contains("\nMIT\n    a 2.0.0\n    b 1.0.0\n\nPermission is hereby granted\n")
        );
        assert_eq!(shown.matches("b 1.0.0").count(), 1);
    }
}
