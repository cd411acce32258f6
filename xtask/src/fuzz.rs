//! `cargo xtask fuzz`: builds the fuzz targets of `src-tauri/backend/fuzz` and runs each for a time.
//!
//! The compiler's part of libFuzzer is asked for by the flags that `cargo fuzz` sets too, so that
//! the stable compiler does; its sanitizers need a nightly one, and this code has no `unsafe` for
//! them to watch. Only our own crates are compiled with them: this program stands between cargo
//! and the compiler ([`compile`]) as clippy does, so that all others are those of the everyday
//! build, and what is compiled for it stays as it is.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use wait4::Wait4 as _;

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
/// Inputs are many: our code is optimised, with every check of the debug build, and compiled in one
/// piece, since what counts it keeps pieces from being inlined into each other.
const PROFILE: [&str; 3] =
    ["sitwell-backend.opt-level=1", "sitwell-backend.codegen-units=1", "libfuzzer-sys.opt-level=2"];
/// Set where this program stands between cargo and the compiler.
const COMPILING: &str = "SITWELL_FUZZ_COMPILE";
/// Longest that one input may take, in seconds, and most memory, in megabytes.
const LIMITS: [&str; 2] = ["-timeout=30", "-rss_limit_mb=2048"];
/// The program that all targets are in, and how it is told which one to run.
const PROGRAM: &str = "fuzz";
const TARGET: &str = "SITWELL_FUZZ_TARGET";
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
    let folder = project.target.join("fuzz");
    let wanted = if options.targets.is_empty() { &all } else { &options.targets };
    let program = build(project)?;
    if options.no_run {
        return Ok(());
    }
    let mut fallen = Vec::new();
    println!(
        "{:<16} {:>12} {:>10} {:>8} {:>8}",
        "target", "inputs", "minutes", "edges", "features"
    );
    for target in wanted {
        let work = Work { target, program: &program, home: &home };
        let done = work.run(&folder, options.minutes)?;
        let Tally { inputs, edges, features } = done.tally;
        let minutes = done.work.as_secs_f64() / 60.0;
        let fell = if done.fell { "  and it fell" } else { "" };
        println!("{target:<16} {inputs:>12} {minutes:>10.1} {edges:>8} {features:>8}{fell}");
        if done.fell {
            fallen.push(target.as_str());
        }
    }
    if !fallen.is_empty() {
        bail!("fell: {}; the inputs and what they say are in target/fuzz", fallen.join(", "));
    }
    Ok(())
}

/// The names of the targets, in order: those of the folders of their seeds.
fn targets(home: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(home.join("seeds")).context("no seeds")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Builds the program that all targets are in.
fn build(project: &Project) -> Result<PathBuf> {
    let mut build = cargo::workspace(project, &["build", "--example", PROGRAM]);
    build.args(["--features", "sitwell-fuzz/targets"]);
    for setting in PROFILE {
        build.arg("--config").arg(format!("profile.dev.package.{setting}"));
    }
    build.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?).env(COMPILING, "1");
    execute(build.env("SQLX_OFFLINE", "true"))?;
    Ok(project.built("debug/examples", PROGRAM))
}

/// Whether cargo started this program in the place of the compiler.
pub(crate) fn is_compiling() -> bool {
    env::var_os(COMPILING).is_some()
}

/// Compiles a crate; the back end and the program with the flags.
pub(crate) fn compile() -> Result<()> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let [compiler, arguments @ ..] = arguments.as_slice() else { bail!("no compiler is named") };
    let mut compile = Command::new(compiler);
    compile.args(arguments).env_remove(COMPILING);
    let is_ours = |pair: &[OsString]| {
        let name = pair[1].to_string_lossy();
        pair[0] == "--crate-name" && (name == "sitwell_backend" || name == PROGRAM)
    };
    if arguments.windows(2).any(is_ours) {
        compile.args(FLAGS);
    }
    execute(&mut compile)
}

/// One target.
struct Work<'a> {
    target: &'a str,
    program: &'a Path,
    home: &'a Path,
}

/// What a run came to.
struct Done {
    tally: Tally,
    /// Time of the processor.
    work: Duration,
    fell: bool,
}

impl Work<'_> {
    /// Runs it. What it found worth keeping is kept for the next run.
    fn run(&self, folder: &Path, minutes: f64) -> Result<Done> {
        let make = |name: &str| {
            let made = folder.join(name).join(self.target);
            fs::create_dir_all(&made).map(|()| made)
        };
        let (corpus, artifacts, scratch) = (make("corpus")?, make("artifacts")?, make("scratch")?);
        let log = folder.join(format!("{}.log", self.target));
        let seconds = (minutes * 60.0).ceil();
        let words = self.home.join("words").join(self.target).with_extension("dict");
        let mut fuzz = Command::new(self.program);
        fuzz.arg(corpus).arg(self.home.join("seeds").join(self.target)).args(LIMITS);
        fuzz.arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1");
        fuzz.arg(format!("-artifact_prefix={}/", artifacts.display()));
        if words.is_file() {
            fuzz.arg(format!("-dict={}", words.display()));
        }
        fuzz.env(TARGET, self.target)
            .env("TMPDIR", &scratch)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let child = fuzz.stderr(fs::File::create(&log)?).spawn();
        let child = child.with_context(|| format!("could not start {}", self.target))?;
        let end = child.wait4()?;
        fs::remove_dir_all(scratch)?;
        let tally = Tally::of(&String::from_utf8_lossy(&fs::read(&log)?));
        Ok(Done { tally, work: end.rusage.utime + end.rusage.stime, fell: !end.status.success() })
    }
}

/// What a log tells of.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    /// How many were tried.
    inputs: u64,
    /// How many edges of the code were reached.
    edges: u64,
    /// How many features, which also tell how often.
    features: u64,
}

impl Tally {
    fn of(log: &str) -> Self {
        let mut tally = Self::default();
        for line in log.lines() {
            if let Some(count) = line.strip_prefix(COUNT) {
                tally.inputs = count.trim().parse().unwrap_or(0);
            } else if line.starts_with('#') {
                let mut words = line.split_ascii_whitespace();
                while let Some(word) = words.next() {
                    let number = match word {
                        "cov:" => &mut tally.edges,
                        "ft:" => &mut tally.features,
                        _ => continue,
                    };
                    *number = words.next().and_then(|word| word.parse().ok()).unwrap_or(*number);
                }
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn a_log_is_counted() {
        let log = "INFO: seed corpus: files: 3\n#2\tINITED cov: 10 ft: 12 corp: 1/1b\n\
            #99\tDONE   cov: 14 ft: 20 corp: 5/9b exec/s: 3 rss: 40Mb\n\
            stat::number_of_executed_units: 1234\nstat::average_exec_per_sec: 9\n";
        assert_eq!(Tally::of(log), Tally { inputs: 1234, edges: 14, features: 20 });
        assert_eq!(Tally::of("cut off"), Tally::default());
    }
}
