//! `cargo xtask package`: what people install, checked and measured.

mod inspect;
mod notices;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::process::{capture, find, run as execute};
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::{cargo, run as app, ui};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Kinds of package; those of this system when left out. `AppImage`, asked for by name, may
    /// fetch its tools
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    bundles: Vec<Bundle>,
    /// Install the .deb here, use the app, remove it again (as root, on Debian)
    #[arg(long)]
    check: bool,
    /// Do not optimise: a package to try, not one to give away
    #[arg(long)]
    debug: bool,
    /// Sign for the updater, with the key in `TAURI_SIGNING_PRIVATE_KEY`
    #[arg(long)]
    sign: bool,
    /// JSON to merge into `tauri.conf.json`, in the binary and in the packages
    #[arg(long, value_name = "JSON")]
    config: Option<String>,
}

/// A kind of package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bundle {
    Deb,
    Rpm,
    #[value(name = "appimage")]
    AppImage,
    Msi,
    Nsis,
    App,
    Dmg,
}

impl Bundle {
    /// Its name for the bundler.
    fn name(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::AppImage => "appimage",
            Self::Msi => "msi",
            Self::Nsis => "nsis",
            Self::App => "app",
            Self::Dmg => "dmg",
        }
    }

    /// The folder that the bundler leaves it in.
    fn folder(self) -> &'static str {
        match self {
            Self::App => "macos",
            other => other.name(),
        }
    }

    fn of_this_system() -> Vec<Self> {
        if cfg!(windows) {
            return vec![Self::Msi, Self::Nsis];
        }
        if cfg!(target_os = "macos") {
            return vec![Self::App, Self::Dmg];
        }
        let mut bundles = vec![Self::Deb, Self::Rpm];
        if has_appimage_tools() {
            bundles.push(Self::AppImage);
        } else {
            println!("No AppImage: its tools are not here; `--bundles appimage` fetches them.");
        }
        bundles
    }
}

/// What is built, and how.
pub(crate) struct Build<'a> {
    pub(crate) bundles: &'a [Bundle],
    pub(crate) release: bool,
    pub(crate) sign: bool,
    pub(crate) config: Option<&'a str>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let purpose = if options.check { Purpose::Test } else { Purpose::Run };
    setup::ensure(purpose)?;
    let mut bundles = options.bundles.clone();
    if bundles.is_empty() {
        bundles = Bundle::of_this_system();
    }
    let build = Build {
        bundles: &bundles,
        release: !options.debug,
        sign: options.sign,
        config: options.config.as_deref(),
    };
    let packages = build.make(project)?;
    for package in &packages {
        inspect::inspect(project, package)?;
    }
    report(&packages)?;
    if cfg!(target_os = "linux") && build.release {
        measure(project, build.profile())?;
    }
    if options.check {
        check_installed(project, &packages)?;
    }
    Ok(())
}

impl Build<'_> {
    /// Builds the app and wraps it; the files that came of it.
    pub(crate) fn make(&self, project: &Project) -> Result<Vec<PathBuf>> {
        ensure!(
            !self.sign || env::var_os("TAURI_SIGNING_PRIVATE_KEY").is_some(),
            "TAURI_SIGNING_PRIVATE_KEY is not set: docs/releasing.md says how to make a key"
        );
        ui::build(project)?;
        let mut build = app::command(project, &cargo::workspace, self.release);
        if let Some(config) = self.config {
            build.env("TAURI_CONFIG", config);
        }
        execute(&mut build)?;
        let notices = notices::configuration(project)?;

        let folder = project.target.join(self.profile()).join("bundle");
        for bundle in self.bundles {
            let old = folder.join(bundle.folder());
            if old.exists() {
                fs::remove_dir_all(&old)
                    .with_context(|| format!("could not remove {}", old.display()))?;
            }
        }
        let names: Vec<_> = self.bundles.iter().map(|bundle| bundle.name()).collect();
        let mut tauri = tauri(project)?;
        tauri.args(["bundle", "--ci", "--bundles", &names.join(",")]);
        if !self.release {
            tauri.arg("--debug");
        }
        tauri.args(["--config", &notices]);
        if let Some(config) = self.config {
            tauri.args(["--config", config]);
        }
        if self.sign {
            tauri.args(["--config", r#"{"bundle":{"createUpdaterArtifacts":true}}"#]);
        }
        execute(&mut tauri)?;
        self.bundles.iter().try_fold(Vec::new(), |mut all, bundle| {
            all.extend(made(&folder.join(bundle.folder()))?);
            Ok(all)
        })
    }

    fn profile(&self) -> &'static str {
        if self.release { "release" } else { "debug" }
    }
}

/// The bundler, from the UI's packages.
pub(crate) fn tauri(project: &Project) -> Result<Command> {
    ui::install(project)?;
    let node = find("node").context("node is not on the PATH")?;
    let mut tauri = Command::new(node);
    tauri.arg(project.ui.join("node_modules/@tauri-apps/cli/tauri.js"));
    tauri.current_dir(&project.root);
    Ok(tauri)
}

/// The packages and signatures in a folder of the bundler.
fn made(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("the bundler left nothing in {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        // The bundler keeps what it packed beside the package; an .app is a folder itself.
        if path.is_file() || path.extension().is_some_and(|end| end == "app") {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "the bundler left nothing in {}", folder.display());
    files.sort();
    Ok(files)
}

fn has_appimage_tools() -> bool {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    let tool = format!("linuxdeploy-{}.AppImage", env::consts::ARCH);
    cache.is_some_and(|cache| cache.join("tauri").join(tool).is_file())
}

fn report(packages: &[PathBuf]) -> Result<()> {
    println!("\nPackages");
    for package in packages.iter().filter(|package| package.is_file()) {
        let size = fs::metadata(package)?.len();
        println!("  {:>9}  {}", megabytes(size), package.display());
    }
    Ok(())
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

/// Prints the time from the start of the process to the first paint of Today.
fn measure(project: &Project, profile: &str) -> Result<()> {
    if find("WebKitWebDriver").is_none() {
        println!("Start time not measured: `cargo xtask test --only setup` installs the driver.");
        return Ok(());
    }
    let mut test = ignored_test(project, "start_time");
    execute(test.env("SITWELL_BIN", project.built(profile, "sitwell")))
}

/// Installs, uses and removes the .deb, as `tests/tests/installed.rs` says.
fn check_installed(project: &Project, packages: &[PathBuf]) -> Result<()> {
    ensure_debian_root()?;
    let Some(deb) = packages.iter().find(|path| path.extension().is_some_and(|end| end == "deb"))
    else {
        bail!("`--check` installs a .deb, and none was built");
    };
    execute(installed_test(project, "installed").env("SITWELL_DEB", deb))
}

/// Fails unless packages can be installed here.
pub(crate) fn ensure_debian_root() -> Result<()> {
    ensure!(find("dpkg").is_some(), "dpkg is not here: this needs Debian or a descendant");
    let root = capture(Command::new("id").arg("-u"))?.trim() == "0";
    ensure!(root, "packages are installed as root: run this as root, best in a container");
    Ok(())
}

/// A test of the crate `tests` that plain runs leave out.
fn ignored_test(project: &Project, name: &str) -> Command {
    let mut test = cargo::workspace(project, &["test", "--quiet"]);
    test.args(["--test", name]);
    test.args(["--", "--ignored", "--nocapture", "--test-threads", "1"]);
    test
}

/// Such a test, of the app that a package put on the system.
pub(crate) fn installed_test(project: &Project, name: &str) -> Command {
    let mut test = ignored_test(project, name);
    test.env("SITWELL_BIN", "/usr/bin/sitwell");
    test
}

#[cfg(test)]
mod tests {
    use super::{Bundle, megabytes};

    #[test]
    fn an_app_is_where_the_bundler_leaves_it() {
        assert_eq!(Bundle::App.folder(), "macos");
        assert_eq!(Bundle::Deb.folder(), "deb");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(megabytes(4_950_000), "4.9 MB");
        assert_eq!(megabytes(12_000_000), "12.0 MB");
    }
}
