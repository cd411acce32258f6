//! Where things are.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) ui: PathBuf,
    pub(crate) target: PathBuf,
}

impl Project {
    pub(crate) fn locate() -> Result<Self> {
        // As cargo says now rather than when this was compiled: worktrees may share a target folder.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().context("xtask is not inside the workspace")?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => root.join(dir),
            None => root.join("target"),
        };
        Ok(Self { ui: root.join("ui"), target, root })
    }

    /// A program or example of the workspace, as `cargo build` leaves it.
    pub(crate) fn built(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(name).with_extension(env::consts::EXE_EXTENSION)
    }

    /// A scratch folder of our own, emptied.
    pub(crate) fn scratch(&self, name: &str) -> Result<PathBuf> {
        let dir = self.target.join("xtask").join(name);
        if dir.exists() {
            std::fs::remove_dir_all(&dir)
                .with_context(|| format!("could not empty {}", dir.display()))?;
        }
        std::fs::create_dir_all(&dir)
            .with_context(|| format!("could not create {}", dir.display()))?;
        Ok(dir)
    }
}
