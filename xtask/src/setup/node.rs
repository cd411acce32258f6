//! Node.js, which builds the UI. Installing it is left to its owner, who may keep several.

use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::process::{capture, find};

const OLDEST: u32 = 20;
const HOW: &str = "Install it from https://nodejs.org, with a version manager (fnm, nvm, mise) or \
                   with Homebrew (`brew install node`), then run this again.";

pub(crate) fn ensure() -> Result<()> {
    let Some(node) = find("node") else {
        bail!(
            "Node.js {OLDEST} or newer is needed to build the UI, and `node` was not found. {HOW}"
        );
    };
    let version = capture(Command::new(node).arg("--version"))?;
    let version = version.trim();
    ensure!(
        major(version).is_some_and(|major| major >= OLDEST),
        "Node.js {OLDEST} or newer is needed to build the UI; `node` is {version}. {HOW}"
    );
    ensure!(find("npm").is_some(), "`npm`, which comes with Node.js, was not found. {HOW}");
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major(""), None);
    }
}
