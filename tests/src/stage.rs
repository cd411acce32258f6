//! What the app stands on: a display, a session bus and a home, each of its own, so that tests
//! neither meet each other nor the developer's own collection.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::process::Helper;

pub(crate) struct Stage {
    display: OsString,
    bus: String,
    home: TempDir,
    /// Variables that a test sets itself.
    more: Vec<(String, OsString)>,
    // Ended when dropped.
    _helpers: Vec<Helper>,
}

impl Stage {
    pub(crate) fn set(more: &[(&str, OsString)]) -> Result<Self> {
        let home = tempfile::Builder::new().prefix("sitwell-e2e-").tempdir()?;
        let mut helpers = Vec::new();
        let mut display = env::var_os("DISPLAY").unwrap_or_default();
        if display.is_empty() {
            let (server, number) = Helper::announced(
                Command::new("Xvfb")
                    .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
                    // Not to start anew when the only client is killed: the next one would find the door
                    // closed.
                    .args(["-noreset", "-nolisten", "tcp"])
                    .stderr(Stdio::null()),
            )?;
            helpers.push(server);
            display = format!(":{number}").into();
        }
        let (server, bus) = Helper::announced(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address"])
                .stderr(Stdio::null()),
        )?;
        helpers.push(server);
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Ok(Self { display, bus, home, more, _helpers: helpers })
    }

    /// Makes a command play on this stage; what it says goes to [`Self::log`].
    pub(crate) fn direct(&self, command: &mut Command) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.log_file())?;
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.home.path().join("data"))
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("XDG_CACHE_HOME", self.home.path().join("cache"))
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "memory")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("WAYLAND_DISPLAY")
            .envs(self.more.iter().map(|(name, value)| (name, value)))
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(())
    }

    /// The home of programs on this stage.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where programs on this stage keep their data.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The last lines of what was said.
    pub(crate) fn log(&self) -> Result<String> {
        let log = fs::read(self.log_file()).context("nothing was said")?;
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<_> = log.lines().collect();
        Ok(lines[lines.len().saturating_sub(20)..].join("\n"))
    }

    fn log_file(&self) -> PathBuf {
        self.home.path().join("log")
    }
}
