//! How Sitwell is reached.

use std::path::Path;

use anyhow::Result;
use rand_chacha::ChaCha8Rng;

use super::call::{Answer, Call};

/// A Sitwell that can be killed.
pub trait Door {
    /// Starts it on a collection, before it has opened that.
    fn start(&mut self, collection: &Path) -> Result<()>;

    /// Sends a call and does not wait.
    fn send(&mut self, call: &Call) -> Result<()>;

    /// The answer to the call that was sent first and not answered.
    fn answer(&mut self) -> Result<Answer>;

    /// Ends it as a power cut would; gives the answers that had come and were not read.
    fn kill(&mut self) -> Result<Vec<Answer>>;

    /// How many calls may be on their way; they are carried out in their order.
    fn most_calls(&self) -> usize;

    /// Acts in a running sitting as a person would, where that is possible and when chance has it
    /// so; gives the calls that came of it, all of them answered.
    fn by_hand(&mut self, sitting: &str, rng: &mut ChaCha8Rng) -> Result<Vec<Call>>;
}
