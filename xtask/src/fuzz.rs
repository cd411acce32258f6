//! `cargo xtask fuzz`: builds the fuzz targets of `src-tauri/backend/fuzz` and runs each for a time.
//!
//! The compiler's part of libFuzzer is asked for by the flags that `cargo fuzz` sets too, so that
//! the stable compiler does; its sanitizers need a nightly one, and this code has no `unsafe` for
//! them to watch. Only our own crates are compiled with them: this program stands between cargo
//! and the compiler ([`compile`]), and all others come from the everyday build.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo;
use crate::process::run as execute;
use crate::project::Project;

/// What counts which code an input reaches, and tells libFuzzer what was compared with what.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// Set where this program stands between cargo and the compiler.
const COMPILING: &str = "SITWELL_FUZZ_COMPILE";
/// Longest that one input may take, in seconds, and most memory, in megabytes.
const LIMITS: [&str; 2] = ["-timeout=30", "-rss_limit_mb=2048"];
/// How libFuzzer names the number of inputs that it tried.
const COUNT: &str = "stat::number_of_executed_units:";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long each target runs
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Only build
    #[arg(long)]
    no_run: bool,
    /// The targets; all of them when none is named
    targets: Vec<String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let home = project.root.join("src-tauri").join("backend").join("fuzz");
    let all = targets(&home)?;
    for target in &options.targets {
        ensure!(all.contains(target), "there is no target {target}; there are {}", all.join(", "));
    }
    let programs = build(project, &home)?;
    if options.no_run {
        return Ok(());
    }
    let wanted = if options.targets.is_empty() { &all } else { &options.targets };
    let mut fallen = Vec::new();
    for target in wanted {
        let work = Work { target, program: programs.join(target), home: &home };
        match work.run(&project.target.join("fuzz"), options.minutes)? {
            (count, true) => println!("{target:<16} {count:>12} inputs"),
            (count, false) => {
                println!("{target:<16} {count:>12} inputs, and it fell");
                fallen.push(target.as_str());
            }
        }
    }
    if !fallen.is_empty() {
        bail!("fell: {}; the inputs and what they say are in target/fuzz", fallen.join(", "));
    }
    Ok(())
}

/// The names of the targets, in order.
fn targets(home: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(home.join("fuzz_targets")).context("no fuzz targets")? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Builds the targets; gives the folder of the programs.
fn build(project: &Project, home: &Path) -> Result<PathBuf> {
    let mut build = cargo::plain(project);
    build.args(["build", "--bins", "--manifest-path"]).arg(home.join("Cargo.toml"));
    build.arg("--target-dir").arg(&project.target).env("SQLX_OFFLINE", "true");
    execute(build.env("RUSTC_WRAPPER", env::current_exe()?).env(COMPILING, "1"))?;
    Ok(project.target.join("debug"))
}

/// Whether cargo started this program in the place of the compiler.
pub(crate) fn is_compiling() -> bool {
    env::var_os(COMPILING).is_some()
}

/// Compiles a crate, ours with the flags.
pub(crate) fn compile() -> Result<()> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let [compiler, arguments @ ..] = arguments.as_slice() else { bail!("no compiler is named") };
    let mut compile = Command::new(compiler);
    compile.args(arguments);
    let is_ours = |pair: &[OsString]| pair[0] == "--crate-name" && pair[1] == "sitwell_backend";
    if env::var_os("CARGO_PRIMARY_PACKAGE").is_some() || arguments.windows(2).any(is_ours) {
        compile.args(FLAGS);
    }
    execute(&mut compile)
}

/// One target.
struct Work<'a> {
    target: &'a str,
    program: PathBuf,
    home: &'a Path,
}

impl Work<'_> {
    /// Runs it; gives how many inputs it tried, and whether all went well. What it found worth
    /// keeping is kept for the next run.
    fn run(&self, folder: &Path, minutes: f64) -> Result<(u64, bool)> {
        let make = |name: &str| {
            let made = folder.join(name).join(self.target);
            fs::create_dir_all(&made).map(|()| made)
        };
        let (corpus, artifacts, scratch) = (make("corpus")?, make("artifacts")?, make("scratch")?);
        let log = folder.join(format!("{}.log", self.target));
        let seconds = (minutes * 60.0).ceil();
        let mut fuzz = Command::new(&self.program);
        fuzz.arg(corpus).arg(self.home.join("seeds").join(self.target)).args(LIMITS);
        fuzz.arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1");
        fuzz.arg(format!("-artifact_prefix={}/", artifacts.display()));
        fuzz.env("TMPDIR", &scratch).stdin(Stdio::null()).stdout(Stdio::null());
        let status = fuzz.stderr(fs::File::create(&log)?).status();
        let status = status.with_context(|| format!("could not start {}", self.target))?;
        fs::remove_dir_all(scratch)?;
        let said = fs::read(&log)?;
        Ok((executions(&String::from_utf8_lossy(&said)), status.success()))
    }
}

/// How many inputs a log tells of.
fn executions(log: &str) -> u64 {
    let counts =
        log.lines().filter_map(|line| line.strip_prefix(COUNT)?.trim().parse::<u64>().ok());
    counts.sum()
}

#[cfg(test)]
mod tests {
    #[test]
    fn executions_are_read_from_the_log() {
        let log = "#12 DONE\nstat::number_of_executed_units: 1234\nstat::average_exec_per_sec: 9\n";
        assert_eq!(super::executions(log), 1234);
        assert_eq!(super::executions("cut off"), 0);
    }
}
