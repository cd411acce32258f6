//! Time comes in from outside, so that an exam can be replayed and a bad clock can be tested.
//!
//! Wall time alone cannot time an exam: people and time servers set it back and forth. Each
//! [`Instant`] therefore also carries a reading of a clock that nobody can set and that goes on
//! while the machine sleeps, with the name of the run (boot) it counts in. Time between two
//! instants of one run is the difference of those readings; only across runs is wall time used.

use std::sync::atomic::{AtomicI32, AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// One reading of the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instant {
    /// Milliseconds since 1970-01-01 UTC by the wall clock.
    pub wall_ms: i64,
    /// Milliseconds by a clock that cannot be set and does not stop in sleep.
    pub steady_ms: i64,
    /// Names the run in which `steady_ms` counts; readings of different runs do not compare.
    pub run: String,
}

impl Instant {
    /// Milliseconds from `earlier` to `self`, never negative: by the steady clock within one
    /// run, by the wall clock across runs (a clock set back between runs counts as no time).
    pub fn since(&self, earlier: &Self) -> i64 {
        let elapsed = if self.run == earlier.run {
            self.steady_ms - earlier.steady_ms
        } else {
            self.wall_ms - earlier.wall_ms
        };
        elapsed.max(0)
    }

    /// The instant `ms` milliseconds later by both clocks.
    #[must_use]
    pub fn plus(&self, ms: i64) -> Self {
        Self { wall_ms: self.wall_ms + ms, steady_ms: self.steady_ms + ms, run: self.run.clone() }
    }
}

/// A source of [`Instant`]s.
pub trait Clock: Send + Sync {
    /// What time it is.
    fn now(&self) -> Instant;

    /// Seconds east of UTC where the learner is, now.
    fn utc_offset_seconds(&self) -> i32 {
        0
    }
}

/// The machine's clocks.
#[derive(Debug)]
pub struct SystemClock {
    run: String,
    #[cfg(not(unix))]
    started: std::time::Instant,
}

impl SystemClock {
    /// Reads the machine's clocks from now on.
    pub fn new() -> Self {
        Self {
            run: run_name(),
            #[cfg(not(unix))]
            started: std::time::Instant::now(),
        }
    }

    #[cfg(unix)]
    #[expect(clippy::unused_self, reason = "other systems count from `started`")]
    fn steady_ms(&self) -> i64 {
        // Linux: CLOCK_BOOTTIME counts through suspend; on macOS CLOCK_MONOTONIC does.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let id = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let id = rustix::time::ClockId::Monotonic;
        let now = rustix::time::clock_gettime(id);
        now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    }

    #[cfg(not(unix))]
    fn steady_ms(&self) -> i64 {
        // The performance counter behind std's Instant counts through sleep on Windows.
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant {
            wall_ms: chrono::Utc::now().timestamp_millis(),
            steady_ms: self.steady_ms(),
            run: self.run.clone(),
        }
    }

    fn utc_offset_seconds(&self) -> i32 {
        chrono::Local::now().offset().local_minus_utc()
    }
}

/// The boot where the system names it (Linux), so that the steady clock serves across restarts
/// of the app; elsewhere this process.
fn run_name() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .ok()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| uuid::Uuid::now_v7().to_string())
}

/// A clock for tests and replays that moves only when told to.
#[derive(Debug)]
pub struct FixedClock {
    wall_ms: AtomicI64,
    steady_ms: AtomicI64,
    utc_offset_seconds: AtomicI32,
    run: std::sync::Mutex<String>,
}

impl FixedClock {
    /// Stands at the wall time given.
    pub fn at(wall_ms: i64) -> Self {
        Self {
            wall_ms: AtomicI64::new(wall_ms),
            steady_ms: AtomicI64::new(0),
            utc_offset_seconds: AtomicI32::new(0),
            run: std::sync::Mutex::new("run-1".into()),
        }
    }

    /// Time passes, on both clocks.
    pub fn advance(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
        self.steady_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody sets the wall clock, by `ms` forward or (negative) back.
    pub fn set_wall_by(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// The learner moves to another time zone, or its clocks are switched: so many seconds east
    /// of UTC.
    pub fn move_to(&self, utc_offset_seconds: i32) {
        self.utc_offset_seconds.store(utc_offset_seconds, Ordering::SeqCst);
    }

    /// The machine restarts: the steady clock begins again in a new run.
    pub fn reboot(&self, run: &str) {
        self.steady_ms.store(0, Ordering::SeqCst);
        *self.run.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = run.into();
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant {
            wall_ms: self.wall_ms.load(Ordering::SeqCst),
            steady_ms: self.steady_ms.load(Ordering::SeqCst),
            run: self.run.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone(),
        }
    }

    fn utc_offset_seconds(&self) -> i32 {
        self.utc_offset_seconds.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_wall_clock_changes_nothing_within_a_run() {
        let clock = FixedClock::at(1_000_000);
        let start = clock.now();
        clock.advance(60_000);
        clock.set_wall_by(-3_600_000);
        assert_eq!(clock.now().since(&start), 60_000);
        clock.set_wall_by(86_400_000);
        assert_eq!(clock.now().since(&start), 60_000);
    }

    #[test]
    fn across_a_reboot_the_wall_clock_counts_and_never_runs_backwards() {
        let clock = FixedClock::at(1_000_000);
        let start = clock.now();
        clock.advance(30_000);
        clock.reboot("run-2");
        assert_eq!(clock.now().since(&start), 30_000);
        clock.set_wall_by(-3_600_000);
        assert_eq!(clock.now().since(&start), 0);
    }

    #[test]
    fn the_system_clock_moves_forward() {
        let clock = SystemClock::new();
        let first = clock.now();
        std::thread::sleep(std::time::Duration::from_millis(15));
        let second = clock.now();
        assert!(second.since(&first) >= 10);
        assert_eq!(first.run, second.run);
    }
}
