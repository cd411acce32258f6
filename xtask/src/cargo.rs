//! Cargo, always asked for the same workspace with the same features: what one step compiles, the
//! next one finds.

use std::env;
use std::process::Command;

use crate::project::Project;

/// Makes such commands: [`workspace`] or [`linted`].
pub(crate) type Cargo = dyn Fn(&Project, &[&str]) -> Command;

/// `cargo COMMAND` over the whole workspace, as the app is built.
pub(crate) fn workspace(project: &Project, command: &[&str]) -> Command {
    let mut cargo = plain(project);
    cargo.args(command).args(["--workspace", "--features", "sitwell/custom-protocol"]);
    cargo
}

/// As [`workspace`], with clippy as the compiler and its warnings as errors: what is compiled for
/// the tests is linted on the way, where `cargo clippy` would go over everything a second time.
pub(crate) fn linted(project: &Project, command: &[&str]) -> Command {
    let mut cargo = workspace(project, command);
    // What `cargo clippy -- -D warnings` says to cargo and to its driver.
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo.env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
    cargo
}

/// `cargo`, in the workspace, without the variables that `cargo xtask` itself was started with.
pub(crate) fn plain(project: &Project) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&project.root);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}
