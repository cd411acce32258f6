//! Kills Sitwell at random instants and holds what is there afterwards against what it had
//! acknowledged: nothing of that is lost, what was on its way is there once or not at all, and
//! the exam clock has lost no second.
//!
//! What is done comes from a seed. When the kill strikes is up to the machine as well, so a seed
//! tells what was done, and is tried again until it strikes in the same place.

mod audit;
mod call;
mod candidate;
mod commands;
mod door;
mod life;
mod model;
mod paper;
mod reading;
mod shown;
mod window;

pub use call::{Answer, Call, Refused};
pub use commands::{Commands, DESK, desk};
pub use door::Door;
pub use life::{Tally, run};
pub use window::Window;
