//! Drives the real app from outside, as a user would: a window on a display of its own, a
//! keyboard, a mouse, and now and then the plug pulled.
//!
//! [`App`] is all that a test needs:
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! use tests::{App, button, role};
//!
//! let mut app = App::start("collection.sitwell".as_ref())?;
//! app.click(&button("Start mock exam"))?;
//! app.press("B")?;
//! app.kill9()?;
//! app.restart()?;
//! app.wait_for(&role("radio", "B").checked())?;
//! # Ok(())
//! # }
//! ```

#![cfg(target_os = "linux")]
#![allow(clippy::missing_errors_doc, reason = "all fail alike: the app did not do what was asked")]

mod app;
mod axe;
pub mod crash;
mod disk;
mod find;
mod keys;
mod process;
mod server;
mod stage;
mod wait;
mod webdriver;

pub use app::{App, Theme, shots};
pub use axe::Violation;
pub use disk::Disk;
pub use find::{By, button, css, heading, link, role};
pub use server::{Offer, ReleaseServer};
