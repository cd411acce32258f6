//! Processes: those we start, and the one that the driver starts for us.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::wait::until;

/// A program that ends with us.
pub(crate) struct Helper(Child);

impl Helper {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).spawn().with_context(|| {
            format!("could not start {program}: `cargo xtask test --only setup` installs it")
        })?;
        Ok(Self(child))
    }

    /// Starts a program that says on its first line how to reach it.
    pub(crate) fn announced(command: &mut Command) -> Result<(Self, String)> {
        let mut helper = Self::start(command.stdout(Stdio::piped()))?;
        let output = helper.0.stdout.take().context("no output to read")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let line = line.trim().to_owned();
        ensure!(!line.is_empty(), "{} did not start", command.get_program().display());
        Ok((helper, line))
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A process that is not our child.
pub(crate) struct Stranger(Pid);

impl Stranger {
    /// The process that runs `binary` on behalf of `parent`.
    pub(crate) fn descendant(parent: u32, binary: &Path) -> Result<Option<Self>> {
        Self::running(binary, |id| descends(id, parent))
    }

    /// A process that runs `binary`, as that is on disk now, and has `file` open.
    pub(crate) fn with_open(binary: &Path, file: &Path) -> Result<Option<Self>> {
        Self::running(binary, |id| {
            let open = fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten();
            open.filter_map(|fd| fs::read_link(fd.path()).ok()).any(|it| it == file)
        })
    }

    fn running(binary: &Path, is_meant: impl Fn(u32) -> bool) -> Result<Option<Self>> {
        for entry in fs::read_dir("/proc")?.flatten() {
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            // One that was replaced on disk is called “deleted” here.
            let runs = fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == binary);
            if runs && is_meant(id) {
                let pid =
                    Pid::from_raw(i32::try_from(id)?).context("a process without a number")?;
                return Ok(Some(Self(pid)));
            }
        }
        Ok(None)
    }

    /// The process that runs `binary` in this home with an argument, and what comes after that.
    pub(crate) fn told(
        binary: &Path,
        home: &Path,
        argument: &str,
    ) -> Result<Option<(Self, String)>> {
        let home = format!("HOME={}", home.display());
        let list = |id: u32, name| fs::read_to_string(format!("/proc/{id}/{name}"));
        let after = |id: u32| {
            let line = list(id, "cmdline").unwrap_or_default();
            let mut after = line.split('\0').skip_while(|it| *it != argument).skip(1);
            after.next().map(str::to_owned)
        };
        let found = Self::running(binary, |id| {
            let variables = list(id, "environ").unwrap_or_default();
            variables.split('\0').any(|variable| variable == home) && after(id).is_some()
        })?;
        let Some(found) = found else { return Ok(None) };
        // Ended since it was found is as good as not found.
        let told = after(u32::try_from(found.0.as_raw_nonzero().get())?);
        Ok(told.map(|told| (found, told)))
    }

    /// Ends the process as a power cut would, and sees it dead.
    pub(crate) fn kill(&self) -> Result<()> {
        if self.is_alive() {
            kill_process(self.0, Signal::KILL).context("could not kill the app")?;
        }
        until("the killed app to be gone", || Ok((!self.is_alive()).then_some(())))
    }

    /// When the process began, Unix milliseconds, to a hundredth of a second.
    pub(crate) fn begun_ms(&self) -> Result<f64> {
        let id = self.0.as_raw_nonzero();
        let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
        // Field 22 of the whole line, so the 20th after the name: hundredths since the boot.
        let ticks = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(19));
        let ticks: f64 = ticks.context("a process without a beginning")?.parse()?;
        let uptime = fs::read_to_string("/proc/uptime")?;
        let uptime: f64 = uptime.split(' ').next().unwrap_or_default().parse()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
        Ok((now - uptime + ticks / 100.0) * 1000.0)
    }

    pub(crate) fn is_alive(&self) -> bool {
        // A zombie is dead; only its parent has not looked yet. Its first thread may be one before
        // the others are, which still hold its files and their locks.
        let Ok(threads) = fs::read_dir(format!("/proc/{}/task", self.0.as_raw_nonzero())) else {
            return false;
        };
        let ids = threads.flatten().filter_map(|thread| thread.file_name().to_str()?.parse().ok());
        ids.filter_map(state_and_parent).any(|(state, _)| state != "Z")
    }
}

fn descends(id: u32, ancestor: u32) -> bool {
    match state_and_parent(id) {
        Some((_, parent)) => parent == ancestor || (parent > 1 && descends(parent, ancestor)),
        None => false,
    }
}

/// The first fields of `/proc/ID/stat` after the name, which may hold spaces and parentheses.
fn state_and_parent(id: u32) -> Option<(String, u32)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
}
