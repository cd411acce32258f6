//! Where things are kept on each platform.

use std::path::PathBuf;

/// The collection in the platform's app-data folder; `None` when the system names no such folder.
pub fn default_collection() -> Option<PathBuf> {
    directories::ProjectDirs::from("app", "Sitwell", "Sitwell")
        .map(|dirs| dirs.data_dir().join("collection.sitwell"))
}
