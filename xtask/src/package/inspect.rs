//! What must be in a package, and what the tools of its kind say of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{capture, find, run};
use crate::project::Project;

/// What every Linux package puts on the system.
const CONTENTS: [&str; 9] = [
    "/usr/bin/sitwell",
    "/usr/share/applications/Sitwell.desktop",
    "/usr/share/doc/sitwell/LICENSE-APACHE",
    "/usr/share/doc/sitwell/LICENSE-MIT",
    "/usr/share/doc/sitwell/copyright",
    "/usr/share/doc/sitwell/third-party.txt",
    "/usr/share/icons/hicolor/128x128/apps/sitwell.png",
    "/usr/share/metainfo/app.sitwell.desktop.metainfo.xml",
    "/usr/share/mime/packages/app.sitwell.desktop.xml",
];
/// What the desktop entry says, so that a file manager opens decks with Sitwell.
const ENTRY: [&str; 4] = ["Categories=Education;", "Exec=sitwell %F", "MimeType=", "x-apkg"];

/// Checks a package, where its tools are installed.
pub(super) fn inspect(project: &Project, package: &Path) -> Result<()> {
    match package.extension().and_then(|end| end.to_str()) {
        Some("deb") if has("dpkg-deb") => deb(project, package),
        Some("rpm") if has("rpm") => rpm(package),
        _ => Ok(()),
    }
}

fn has(tool: &str) -> bool {
    let found = find(tool).is_some();
    if !found {
        println!("{tool} is not installed: what it would check is not checked");
    }
    found
}

fn deb(project: &Project, package: &Path) -> Result<()> {
    run(Command::new("dpkg-deb").arg("--info").arg(package))?;
    let list = capture(Command::new("dpkg-deb").arg("--contents").arg(package))?;
    // `-rw-r--r-- root/root 1072 2026-01-01 00:00 ./usr/bin/sitwell`, with or without the dot
    let names = list.lines().filter_map(|line| line.split_whitespace().nth(5));
    complete(package, names.map(|name| name.trim_start_matches('.')))?;
    let tree = project.scratch("deb")?;
    run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&tree))?;
    files(&tree)
}

fn rpm(package: &Path) -> Result<()> {
    let list = capture(Command::new("rpm").arg("-qlp").arg(package))?;
    complete(package, list.lines())
}

fn complete<'a>(package: &Path, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let names: Vec<_> = names.map(|name| format!("/{}", name.trim_start_matches('/'))).collect();
    let missing: Vec<_> =
        CONTENTS.iter().filter(|name| !names.iter().any(|it| it == *name)).collect();
    ensure!(missing.is_empty(), "{} lacks {missing:?}", package.display());
    Ok(())
}

/// The files that others read, as a package put them there.
fn files(tree: &Path) -> Result<()> {
    let at = |path: &str| -> PathBuf { tree.join(path) };
    let entry = at("usr/share/applications/Sitwell.desktop");
    let text = fs::read_to_string(&entry)
        .with_context(|| format!("could not read {}", entry.display()))?;
    for part in ENTRY {
        ensure!(text.contains(part), "the desktop entry lacks “{part}”:\n{text}");
    }
    if has("desktop-file-validate") {
        run(Command::new("desktop-file-validate").arg(&entry))?;
    }
    if has("appstreamcli") {
        let metainfo = at("usr/share/metainfo/app.sitwell.desktop.metainfo.xml");
        run(Command::new("appstreamcli").args(["validate", "--no-net"]).arg(metainfo))?;
    }
    if has("update-mime-database") {
        run(Command::new("update-mime-database").arg(at("usr/share/mime")))?;
        let globs = fs::read_to_string(at("usr/share/mime/globs2"))?;
        for ending in ["*.apkg", "*.colpkg", "*.sitwell.zip"] {
            ensure!(globs.contains(ending), "no MIME type for {ending}");
        }
    }
    Ok(())
}
