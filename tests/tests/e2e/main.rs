//! The app, used from end to end. Every test opens the real window, hence `#[ignore]`: run them
//! with `cargo xtask test --only e2e`.

#![cfg(target_os = "linux")]

mod browse;
mod crash;
mod data;
mod exam_spine;
mod fault;
mod faults;
mod forecast;
mod hall;
mod history;
mod hostile;
mod import;
mod imported;
mod kinds;
mod made;
mod media;
mod modes;
mod package;
mod paper;
mod screens;
mod study;
mod ways;
