//! Folders that are read as packages.

use std::path::Path;

use super::package::{MAX_ENTRIES, MAX_FOLDERS, PackageError};

/// The files of a folder, without links and hidden files.
pub(super) fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    entries: &mut Vec<String>,
) -> Result<(), PackageError> {
    let failed = |source| PackageError::Io { what: folder.display().to_string(), source };
    if depth > MAX_FOLDERS {
        return Err(PackageError::TooMany(folder.display().to_string()));
    }
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), depth + 1, entries)?;
        } else if kind.is_file() {
            entries.push(path);
        }
        if entries.len() > MAX_ENTRIES {
            return Err(PackageError::TooMany(folder.display().to_string()));
        }
    }
    Ok(())
}
