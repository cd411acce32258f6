//! Where text leaves the program.

use std::io::{self, Write as _};

use serde::Serialize;

/// Writes text to standard output. A reader that has gone away is no failure.
pub(crate) fn text(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a value to standard output as JSON with line ends.
pub(crate) fn json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    text(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Writes an error with its causes to standard error.
pub(crate) fn complain(error: &anyhow::Error) {
    // When even that fails, the exit status is all there is.
    let _ = writeln!(io::stderr().lock(), "sitwell-cli: {error:#}");
}
