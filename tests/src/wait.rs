//! Waiting, always for something and never for ever.

use std::env;
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long a user would believe that it is still coming: 10 seconds, or `SITWELL_PATIENCE` on a
/// machine that is busy with other things.
pub(crate) static PATIENCE: LazyLock<Duration> = LazyLock::new(|| {
    let asked = env::var("SITWELL_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(asked.unwrap_or(10))
});

/// Asks until there is an answer.
pub(crate) fn until<T>(what: &str, ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(*PATIENCE, what, ask)
}

/// Asks until there is an answer, no longer than this.
pub(crate) fn until_within<T>(
    limit: Duration,
    what: &str,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if start.elapsed() > limit {
            bail!("waited {} s in vain for {what}", limit.as_secs());
        }
        sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}
