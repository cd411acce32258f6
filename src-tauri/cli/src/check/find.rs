//! What there is to check at the paths given.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 8;
/// Most entries that are looked at.
const MAX_ENTRIES: usize = 20_000;

/// Decks and blueprints, each in the order of their paths.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Folders with `deck.md`, or single files.
    pub(super) decks: Vec<PathBuf>,
    /// TOML files.
    pub(super) blueprints: Vec<PathBuf>,
    entries: usize,
}

/// Looks at each path; what is in folders is found by `deck.md` and `.toml`.
pub(super) fn find(paths: &[PathBuf]) -> anyhow::Result<Found> {
    let mut found = Found::default();
    for path in paths {
        let metadata = std::fs::metadata(path).with_context(|| format!("{}", path.display()))?;
        if metadata.is_dir() {
            found.folder(path, 0)?;
        } else if has_extension(path, "toml") {
            found.blueprints.push(path.clone());
        } else if has_extension(path, "md") {
            found.decks.push(path.clone());
        } else {
            bail!("{}: neither a folder nor a .md or .toml file", path.display());
        }
    }
    Ok(found)
}

impl Found {
    fn folder(&mut self, path: &Path, depth: usize) -> anyhow::Result<()> {
        if depth > MAX_DEPTH {
            bail!("{}: folders nest too deeply", path.display());
        }
        if path.join("deck.md").is_file() {
            self.decks.push(path.to_owned());
            return Ok(());
        }
        let context = || format!("{}", path.display());
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path).with_context(context)? {
            let entry = entry.with_context(context)?;
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                bail!("{}: too many files to look at", path.display());
            }
            if !entry.file_name().to_string_lossy().starts_with('.') {
                entries.push((entry.path(), entry.file_type().with_context(context)?));
            }
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, kind) in entries {
            if kind.is_dir() {
                self.folder(&path, depth + 1)?;
            } else if kind.is_file() && has_extension(&path, "toml") {
                self.blueprints.push(path);
            }
        }
        Ok(())
    }
}

/// The content of a file, up to one byte more than `max`, so that its reader can refuse it.
pub(super) fn read(path: &Path, max: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(max as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{}", path.display()))?;
    Ok(bytes)
}

/// The path as messages show it, the same on every system.
pub(super) fn name(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}
