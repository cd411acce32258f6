//! Gives libFuzzer's inputs to the target that is named in the environment.

#![no_main]

use std::env;
use std::sync::LazyLock;

use sitwell_backend::formats::fuzzing::{TARGETS, Target};

/// Names the target; set by `cargo xtask fuzz`.
const VARIABLE: &str = "SITWELL_FUZZ_TARGET";

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = env::var(VARIABLE).unwrap_or_default();
    let found = TARGETS.iter().find(|(name, _)| *name == wanted);
    found.map_or_else(|| panic!("name a target in {VARIABLE}"), |(_, target)| *target)
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
