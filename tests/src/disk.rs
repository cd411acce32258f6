//! A disk of its own, in memory, that a test can fill.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use rustix::fs::statvfs;

/// Such a disk; no longer mounted once dropped.
pub struct Disk(PathBuf);

impl Disk {
    /// Mounts one of this many bytes. None where that takes rights that are not given; says so.
    pub fn mount(at: &Path, bytes: usize) -> Result<Option<Self>> {
        fs::create_dir_all(at)?;
        let mounted = mount(&["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"], at);
        if !mounted {
            eprintln!("skipped: a disk of its own cannot be mounted here");
        }
        Ok(mounted.then(|| Self(at.to_owned())))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes it read-only, or writable again.
    pub fn protect(&self, read_only: bool) -> Result<()> {
        let how = if read_only { "remount,ro" } else { "remount,rw" };
        ensure!(mount(&["-o", how], &self.0), "{how} is refused");
        Ok(())
    }

    /// Takes its room but for this many bytes; gives the file that does.
    pub fn fill_but(&self, bytes: usize) -> Result<PathBuf> {
        let disk = statvfs(&self.0)?;
        let room = usize::try_from(disk.f_bavail * disk.f_frsize)?;
        let filler = self.0.join("filler");
        fs::write(&filler, vec![1_u8; room.saturating_sub(bytes)])?;
        Ok(filler)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Best effort: what still has a file open on it would only delay it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn mount(arguments: &[&str], at: &Path) -> bool {
    let mut mount = Command::new("mount");
    mount.args(arguments).arg(at).stderr(Stdio::null());
    mount.status().is_ok_and(|status| status.success())
}
