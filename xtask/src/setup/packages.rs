//! System packages: `WebKitGTK` and friends, where the system does not bring its own web view.

use std::process::Command;

use anyhow::{Result, bail};

use super::Purpose;
use crate::process::{capture, find, run, succeeds};

/// A package manager, and what our packages are called there.
struct Manager {
    program: &'static str,
    build: &'static [&'static str],
    test: &'static [&'static str],
    /// Which of these packages are not installed.
    missing: fn(&[&'static str]) -> Vec<&'static str>,
    /// The commands that install packages, which are appended to the last.
    install: &'static [&'static [&'static str]],
}

const MANAGERS: [Manager; 3] = [
    Manager {
        program: "apt-get",
        build: &[
            "build-essential",
            "pkg-config",
            "libwebkit2gtk-4.1-dev",
            "libayatana-appindicator3-dev",
            "librsvg2-dev",
            "libxdo-dev",
            "libssl-dev",
        ],
        test: &[
            "xvfb",
            "webkit2gtk-driver",
            "dbus-x11",
            "desktop-file-utils",
            "shared-mime-info",
            "xdg-utils",
            "libglib2.0-bin",
        ],
        missing: missing_from_dpkg,
        install: &[
            &["apt-get", "update"],
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes"],
        ],
    },
    Manager {
        program: "dnf",
        build: &[
            "gcc",
            "gcc-c++",
            "make",
            "pkgconf-pkg-config",
            "webkit2gtk4.1-devel",
            "libappindicator-gtk3-devel",
            "librsvg2-devel",
            "libxdo-devel",
            "openssl-devel",
        ],
        test: &["/usr/bin/Xvfb", "/usr/bin/WebKitWebDriver", "/usr/bin/dbus-daemon"],
        missing: missing_from_rpm,
        install: &[&["dnf", "install", "--assumeyes"]],
    },
    Manager {
        program: "pacman",
        build: &[
            "base-devel",
            "webkit2gtk-4.1",
            "libayatana-appindicator",
            "librsvg",
            "xdotool",
            "openssl",
        ],
        test: &["xorg-server-xvfb", "dbus"],
        missing: missing_from_pacman,
        install: &[&["pacman", "--sync", "--needed", "--noconfirm"]],
    },
];

pub(crate) fn ensure(purpose: Purpose) -> Result<()> {
    if cfg!(windows) {
        // The web view comes with the system, the linker with Rust's own installer.
        return Ok(());
    }
    if cfg!(target_os = "macos") {
        if !succeeds(Command::new("xcode-select").arg("-p")) {
            bail!("the command line tools are missing: run `xcode-select --install` first");
        }
        return Ok(());
    }
    match MANAGERS.iter().find(|manager| find(manager.program).is_some()) {
        Some(manager) => manager.ensure(purpose),
        None => by_hand(purpose),
    }
}

impl Manager {
    fn ensure(&self, purpose: Purpose) -> Result<()> {
        let mut wanted = self.build.to_vec();
        if purpose == Purpose::Test {
            wanted.extend(self.test);
        }
        let missing = (self.missing)(&wanted);
        if missing.is_empty() {
            return Ok(());
        }
        println!("Installing {}", missing.join(" "));
        let root = capture(Command::new("id").arg("-u"))?.trim() == "0";
        let mut commands: Vec<Vec<&str>> = self.install.iter().map(|it| it.to_vec()).collect();
        if let Some(last) = commands.last_mut() {
            last.extend(&missing);
        }
        if !root {
            for command in &mut commands {
                command.insert(0, "sudo");
            }
            if find("sudo").is_none() {
                let lines: Vec<_> = commands.iter().map(|it| it[1..].join(" ")).collect();
                bail!("packages are missing; as root, run:\n  {}", lines.join("\n  "));
            }
        }
        commands.iter().try_for_each(|words| run(Command::new(words[0]).args(&words[1..])))
    }
}

/// Without a package manager that we know, `pkg-config` says what is there.
fn by_hand(purpose: Purpose) -> Result<()> {
    let mut missing = Vec::new();
    for library in ["webkit2gtk-4.1", "librsvg-2.0", "openssl"] {
        if !succeeds(Command::new("pkg-config").args(["--exists", library])) {
            missing.push(format!("{library} (with its headers, known to pkg-config)"));
        }
    }
    if purpose == Purpose::Test {
        let programs = ["Xvfb", "WebKitWebDriver", "dbus-daemon"];
        let absent = programs.iter().filter(|program| find(program).is_none());
        missing.extend(absent.map(|program| format!("{program} (a program on the PATH)")));
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "no package manager that we know (apt, dnf, pacman) was found. Install these, then run \
         this again:\n  {}",
        missing.join("\n  ")
    );
}

// A query that cannot be asked answers nothing, and every package then counts as missing: the
// package manager knows better what is left to do.

fn missing_from_dpkg(wanted: &[&'static str]) -> Vec<&'static str> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"]).args(wanted);
    not_in_dpkg_list(wanted, &capture(&mut query).unwrap_or_default())
}

fn not_in_dpkg_list(wanted: &[&'static str], list: &str) -> Vec<&'static str> {
    let installed: Vec<_> = list.lines().filter_map(|it| it.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn missing_from_rpm(wanted: &[&'static str]) -> Vec<&'static str> {
    let is_missing =
        |name: &&str| !succeeds(Command::new("rpm").args(["-q", "--whatprovides", name]));
    wanted.iter().copied().filter(is_missing).collect()
}

fn missing_from_pacman(wanted: &[&'static str]) -> Vec<&'static str> {
    let is_missing = |name: &&str| !succeeds(Command::new("pacman").args(["--deptest", name]));
    wanted.iter().copied().filter(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::not_in_dpkg_list;

    #[test]
    fn a_package_counts_only_once_it_is_fully_installed() {
        let list = "xvfb installed\nlibssl-dev config-files\nlibxdo-dev not-installed\n";
        let wanted = ["xvfb", "libssl-dev", "libxdo-dev", "dbus-x11"];
        assert_eq!(not_in_dpkg_list(&wanted, list), ["libssl-dev", "libxdo-dev", "dbus-x11"]);
        assert!(not_in_dpkg_list(&["xvfb"], list).is_empty());
    }
}
