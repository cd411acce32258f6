//! Set-up: what the machine needs before anything can be built, found missing and installed.

mod node;
mod packages;

use anyhow::Result;

/// What the machine is prepared for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and opening the app.
    Run,
    /// The same, and driving it on a display of its own.
    Test,
}

/// Installs what is missing; takes a few milliseconds when nothing is.
pub(crate) fn ensure(purpose: Purpose) -> Result<()> {
    packages::ensure(purpose)?;
    node::ensure()
}
