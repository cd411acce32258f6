//! `cargo xtask update-test`: an installed Sitwell replaces itself, from a server on this machine,
//! and refuses whatever is not the newer version that its maintainers signed. Root, on Debian.
//!
//! The app is built twice without optimisation, as 0.1.0 and as 0.1.1, with a key of its own that
//! is thrown away afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::package::{self, Build, Bundle};
use crate::process::run as execute;
use crate::project::Project;
use crate::setup::{self, Purpose};

/// Where the test serves. It stands in the binary, so it is chosen before the test runs.
const PORT: u16 = 47_613;
const OLD: &str = "0.1.0";
const NEW: &str = "0.1.1";

pub(crate) fn run(project: &Project) -> Result<()> {
    package::ensure_debian_root()?;
    setup::ensure(Purpose::Test)?;
    let folder = project.scratch("update-test")?;
    let key = Key::make(project, &folder, "release")?;
    let other = Key::make(project, &folder, "other")?;
    let old = version(project, &folder, &key, OLD)?;
    let new = version(project, &folder, &key, NEW)?;
    let mut test = package::installed_test(project, "update");
    test.env("SITWELL_UPDATE_PORT", PORT.to_string())
        .env("SITWELL_OLD_DEB", &old)
        .env("SITWELL_NEW_DEB", &new)
        .env("SITWELL_OLD_SIGNATURE", key.sign(project, &old, OLD)?)
        .env("SITWELL_OTHER_SIGNATURE", other.sign(project, &new, NEW)?)
        .env("SITWELL_NEW_SIGNATURE", key.sign(project, &new, NEW)?);
    execute(&mut test)
}

/// A key pair, without a password.
struct Key {
    secret: PathBuf,
    public: String,
}

impl Key {
    fn make(project: &Project, folder: &Path, name: &str) -> Result<Self> {
        let secret = folder.join(name);
        let mut generate = package::tauri(project)?;
        generate.args(["signer", "generate", "--ci", "--password", "", "--write-keys"]);
        execute(generate.arg(&secret).stdout(std::process::Stdio::null()))?;
        let public = fs::read_to_string(secret.with_extension("pub"))
            .context("the signer wrote no public key")?;
        Ok(Self { secret, public: public.trim().to_owned() })
    }

    /// The signature of a package as this version.
    fn sign(&self, project: &Project, package: &Path, version: &str) -> Result<String> {
        let mut sign: Command = package::tauri(project)?;
        sign.args(["signer", "sign", "--password", "", "--app-version", version]);
        sign.arg("--private-key-path").arg(&self.secret).arg(package);
        execute(sign.stdout(std::process::Stdio::null()))?;
        let mut written = package.as_os_str().to_owned();
        written.push(".sig");
        fs::read_to_string(&written).context("the signer wrote no signature")
    }
}

/// The .deb of a version that trusts this key and asks this machine.
fn version(project: &Project, folder: &Path, key: &Key, version: &str) -> Result<PathBuf> {
    let config = format!(
        r#"{{"version":"{version}","plugins":{{"updater":{{"pubkey":"{}","endpoints":["http://127.0.0.1:{PORT}/latest.json"],"dangerousInsecureTransportProtocol":true}}}}}}"#,
        key.public
    );
    let bundles = &[Bundle::Deb];
    let build = Build { bundles, release: false, sign: false, config: Some(&config) };
    let made = build.make(project)?;
    let made = made.first().context("no .deb was made")?;
    let kept = folder.join(format!("sitwell-{version}.deb"));
    fs::copy(made, &kept).with_context(|| format!("could not keep {}", made.display()))?;
    Ok(kept)
}
