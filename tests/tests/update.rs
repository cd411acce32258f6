//! An installed Sitwell replaces itself, and refuses what it must. Changes the system:
//! `cargo xtask update-test`, as root, best in a container.

#![cfg(target_os = "linux")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{self, Command};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tests::{App, Disk, Offer, ReleaseServer, button, css, heading, role};

const OLD: &str = "0.1.0";
const NEW: &str = "0.1.1";
/// What is said once the newer version is in its place.
const INSTALLED: &str = "Installed. The next start runs it.";
/// Longest time for the package manager.
const INSTALL: Duration = Duration::from_mins(2);
/// Stands in for the question for the password: this is root already.
const PKEXEC: &str = "#!/bin/sh\nexec \"$@\"\n";
/// Room for what the window itself keeps on a disk.
const WINDOW: usize = 32 << 20;
/// Room that the disk still has when it is called full: the window goes on, no package fits.
const LEFT: usize = 1 << 20;
/// Starts the driver where nothing can be written beside the app, for it and what it starts.
const PROTECTED: &str = "#!/bin/sh
exec unshare --mount sh -c '
    mount --bind /usr/bin /usr/bin && mount -o remount,bind,ro /usr/bin &&
    exec /usr/bin/WebKitWebDriver \"$@\"' driver \"$@\"
";

/// What `cargo xtask update-test` made.
struct Made {
    port: u16,
    old: Arc<Vec<u8>>,
    new: Arc<Vec<u8>>,
    old_signature: String,
    new_signature: String,
    other_signature: String,
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set"))
}

impl Made {
    fn read() -> Result<Self> {
        let package = |name: &str| -> Result<_> { Ok(Arc::new(fs::read(variable(name)?)?)) };
        Ok(Self {
            port: variable("SITWELL_UPDATE_PORT")?.parse()?,
            old: package("SITWELL_OLD_DEB")?,
            new: package("SITWELL_NEW_DEB")?,
            old_signature: variable("SITWELL_OLD_SIGNATURE")?,
            new_signature: variable("SITWELL_NEW_SIGNATURE")?,
            other_signature: variable("SITWELL_OTHER_SIGNATURE")?,
        })
    }

    /// The newer version as its maintainers offer it.
    fn release(&self) -> Offer {
        Offer {
            version: Some(NEW.to_owned()),
            notes: "Says so in its settings.".to_owned(),
            signature: self.new_signature.clone(),
            package: Some(Arc::clone(&self.new)),
            hangs_up_after: None,
        }
    }

    /// The newer version with one byte of the package changed.
    fn tampered(&self) -> Offer {
        let mut package = self.new.to_vec();
        let middle = package.len() / 2;
        package[middle] ^= 1;
        Offer { package: Some(Arc::new(package)), ..self.release() }
    }
}

/// The old version on this system, removed when dropped.
struct Installed;

impl Installed {
    fn old() -> Result<Self> {
        let deb = variable("SITWELL_OLD_DEB")?;
        let status = Command::new("dpkg").args(["--install", &deb]).status()?;
        ensure!(status.success(), "the old version could not be installed");
        Ok(Self)
    }

    fn version() -> Result<String> {
        let mut query = Command::new("dpkg-query");
        let output = query.args(["--show", "--showformat=${Version}", "sitwell"]).output()?;
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        // Removed already is as good.
        let _ = Command::new("dpkg").args(["--purge", "sitwell"]).output();
    }
}

/// A folder of programs that stand before those of the system.
fn programs(folder: &Path, scripts: &[(&str, &str)]) -> Result<OsString> {
    for (name, text) in scripts {
        let file = folder.join(name);
        fs::write(&file, text)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    let system = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&system));
    Ok(env::join_paths(folders)?)
}

fn open_settings(app: &App) -> Result<()> {
    app.press("Ctrl+,")?;
    app.wait_for(&heading("Settings"))?;
    app.wait_for(&button("Check now"))
}

fn choose_exam(app: &App) -> Result<()> {
    app.wait_for(&role("radio", "MLS-C01"))?;
    app.click(&role("radio", "MLS-C01"))?;
    app.click(&button("Start a full mock"))?;
    app.wait_for(&heading("65 questions in 3 hours."))?;
    app.press("Escape")?;
    app.wait_for(&button("Start a mock exam"))
}

fn says(app: &App, words: &str) -> Result<()> {
    app.wait_long(INSTALL, words, |app| Ok(app.page()?.contains(words)))
}

/// Looks for the newer version and starts to put it in.
fn install(app: &App) -> Result<()> {
    app.click(&button("Check now"))?;
    app.wait_for(&button("Check now"))?;
    app.wait_until("the offer", |app| Ok(app.page()?.contains("Says so in its settings.")))?;
    app.click(&button(format!("Install {NEW}")))
}

/// The app says why, and is what it was.
fn refused(app: &App, why: &str) -> Result<()> {
    says(app, why)?;
    ensure!(Installed::version()? == OLD, "{why}: and yet it was replaced");
    app.click(&button("Dismiss"))?;
    app.wait_gone(&css("[role=alert]"))?;
    ensure!(app.page()?.contains(&format!("Sitwell {OLD}")), "the old version still runs");
    Ok(())
}

#[test]
#[ignore = "installs packages; run by `cargo xtask update-test`"]
fn an_installed_sitwell_refuses_what_it_must_and_then_replaces_itself() -> Result<()> {
    let made = Made::read()?;
    let _installed = Installed::old()?;
    let dir = tempfile::tempdir()?;
    let path = programs(dir.path(), &[("pkexec", PKEXEC)])?;
    let mut app = App::start_at_home(&[("PATH", path)])?;
    choose_exam(&app)?;
    open_settings(&app)?;

    // Nobody is there.
    app.click(&button("Check now"))?;
    refused(&app, "The update server cannot be reached.")?;
    // Somebody is there, in trouble.
    let server = ReleaseServer::open(made.port, Offer::default())?;
    app.click(&button("Check now"))?;
    refused(&app, "The update server did not say which version is newest.")?;
    // What is older is no update.
    server.offer(Offer { version: Some("0.0.9".to_owned()), ..made.release() });
    app.click(&button("Check now"))?;
    says(&app, "Up to date, checked today at")?;
    ensure!(app.count(&button("Install"))? == 0, "an older version is offered");

    server.offer(Offer { package: None, ..made.release() });
    install(&app)?;
    refused(&app, "The update server refused the download (500 Internal Server Error).")?;
    server.offer(Offer { hangs_up_after: Some(made.new.len() / 2), ..made.release() });
    install(&app)?;
    refused(&app, "The download broke off.")?;
    server.offer(made.tampered());
    install(&app)?;
    refused(&app, "The download is not signed by Sitwell's maintainers.")?;
    server.offer(Offer { signature: made.other_signature.clone(), ..made.release() });
    install(&app)?;
    refused(&app, "The download is not signed by Sitwell's maintainers.")?;
    // Signed by its maintainers, but an old version under a new name.
    let (package, signature) = (Some(Arc::clone(&made.old)), made.old_signature.clone());
    server.offer(Offer { package, signature, ..made.release() });
    install(&app)?;
    refused(&app, "The download is not the version that the update server promised.")?;
    // Found, and then gone.
    server.offer(made.release());
    app.click(&button("Check now"))?;
    says(&app, "Version 0.1.1 is available.")?;
    drop(server);
    app.click(&button(format!("Install {NEW}")))?;
    refused(&app, "The update server cannot be reached.")?;

    let _server = ReleaseServer::open(made.port, made.release())?;
    install(&app)?;
    says(&app, INSTALLED)?;
    ensure!(Installed::version()? == NEW, "the package manager knows of it");
    // The app starts itself anew, as what was put in, on the collection that it had; out of the
    // driver's reach, which starts it once more.
    app.start_anew_by(&button("Restart Sitwell"))?;
    app.restart()?;
    // Today, not the welcome: the exam that was chosen is still chosen.
    app.wait_for(&button("Start a mock exam"))?;
    open_settings(&app)?;
    says(&app, &format!("Sitwell {NEW}"))
}

#[test]
#[ignore = "installs packages; run by `cargo xtask update-test`"]
fn a_full_disk_leaves_the_old_version_in_place() -> Result<()> {
    let made = Made::read()?;
    let _installed = Installed::old()?;
    let dir = tempfile::tempdir()?;
    let room = made.new.len() + WINDOW;
    let Some(disk) = Disk::mount(&dir.path().join("disk"), room)? else { return Ok(()) };
    // What asks for the password can write beside the app.
    let outside =
        format!("#!/bin/sh\nexec nsenter --mount=/proc/{}/ns/mnt \"$@\"\n", process::id());
    let path = programs(dir.path(), &[("pkexec", &outside), ("WebKitWebDriver", PROTECTED)])?;
    let folder = disk.path().as_os_str().to_owned();
    let app = App::start_at_home(&[
        ("PATH", path),
        ("TMPDIR", folder.clone()),
        ("XDG_CACHE_HOME", folder),
    ])?;
    choose_exam(&app)?;
    open_settings(&app)?;
    let filler = disk.fill_but(LEFT)?;
    let _server = ReleaseServer::open(made.port, made.release())?;
    install(&app)?;
    refused(&app, "There is no room for the update in the temporary folder.")?;
    // Once there is room, the same click puts it in.
    fs::remove_file(filler)?;
    install(&app)?;
    says(&app, INSTALLED)?;
    ensure!(Installed::version()? == NEW, "the package manager knows of it");
    Ok(())
}
