//! `cargo xtask test`: every check, cheapest first, each with its time.

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::process::{find, run as execute, succeeds};
use crate::project::Project;
use crate::setup::{self, Purpose};
use crate::{bindings, cargo, queries, run as app, ui};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only this step; may be repeated
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// Leave this step out; may be repeated
    #[arg(long, value_name = "STEP")]
    skip: Vec<Step>,
    /// What the property tests draw their inputs from. The same each time unless said otherwise,
    /// so that a failure is the work of the last change; other seeds look further
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

/// The steps, in their order.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Missing packages of the system and of the UI, installed
    Setup,
    /// Formatting of the Rust code
    Fmt,
    /// Formatting of everything else
    Prettier,
    /// Types of the UI
    UiCheck,
    /// Unit tests of the UI
    UiTest,
    /// Build of the UI
    UiBuild,
    /// Everything in Rust compiled, with lints, and the SQL against `.sqlx/` and the migrations
    Compile,
    /// Unit, property and snapshot tests of the Rust code
    Rust,
    /// `ui/src/api/bindings.ts` against the commands
    Bindings,
    /// Build of the app
    Build,
    /// The app itself, driven on a display of its own
    E2e,
    /// Licences and sources of the dependencies
    Deny,
}

enum Outcome {
    Passed,
    Skipped(&'static str),
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let start = Instant::now();
    let mut summary = Vec::new();
    for step in Step::value_variants().iter().filter(|step| options.wants(**step)) {
        println!("\n==> {}", step.name());
        let begun = Instant::now();
        let result = step.perform(project, options.seed);
        let (word, note) = match &result {
            Ok(Outcome::Passed) => ("passed", ""),
            Ok(Outcome::Skipped(reason)) => ("skipped", *reason),
            Err(_) => ("FAILED", ""),
        };
        let line = format!("{:<9} {word:<8} {:>9}  {note}", step.name(), time(begun.elapsed()));
        println!("{}", line.trim_end());
        summary.push(line.trim_end().to_owned());
        if let Err(error) = result {
            report(&summary);
            println!("Stopped at `{}` after {}.", step.name(), time(start.elapsed()));
            return Err(error);
        }
    }
    report(&summary);
    println!("All {} steps done in {}.", summary.len(), time(start.elapsed()));
    Ok(())
}

fn report(summary: &[String]) {
    println!("\nSummary\n  {}", summary.join("\n  "));
}

fn time(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f32()),
        seconds => format!("{} m {:02} s", seconds / 60, seconds % 60),
    }
}

impl Options {
    fn wants(&self, step: Step) -> bool {
        (self.only.is_empty() || self.only.contains(&step)) && !self.skip.contains(&step)
    }
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn perform(self, project: &Project, seed: u64) -> Result<Outcome> {
        match self {
            Self::Setup => {
                setup::ensure(Purpose::Test)?;
                ui::install(project)?;
            }
            Self::Fmt => execute(cargo::plain(project).args(["fmt", "--all", "--check"]))?,
            Self::Prettier => ui::check_format(project)?,
            Self::UiCheck => ui::script(project, "check")?,
            Self::UiTest => ui::script(project, "test")?,
            Self::UiBuild => ui::build(project)?,
            Self::Compile => compile(project)?,
            Self::Rust => tests(project, seed)?,
            Self::Bindings => bindings::check(project, &cargo::linted)?,
            Self::Build => {
                ui::build(project)?;
                build(project)?;
            }
            Self::E2e => return end_to_end(project),
            Self::Deny => return deny(project),
        }
        Ok(Outcome::Passed)
    }
}

fn compile(project: &Project) -> Result<()> {
    // The shell carries `ui/dist`.
    ui::build(project)?;
    let mut all = cargo::linted(project, &["test", "--no-run", "--all-targets"]);
    queries::check_in(project, &cargo::linted, &mut all)
}

fn tests(project: &Project, seed: u64) -> Result<()> {
    ui::build(project)?;
    let seeded = |command: &[&str]| {
        let mut tests = cargo::linted(project, command);
        tests.env("PROPTEST_RNG_SEED", seed.to_string());
        tests
    };
    if has_nextest(project) {
        execute(&mut seeded(&["nextest", "run"]))?;
        execute(&mut seeded(&["test", "--quiet", "--doc"]))
    } else {
        execute(&mut seeded(&["test"]))
    }
}

/// Builds the app. An example beside it makes cargo choose the features of the libraries as for the
/// tests, so that none is compiled again.
fn build(project: &Project) -> Result<()> {
    execute(app::command(project, &cargo::linted, false).args(["--example", "bindings"]))
}

/// Windows that the end-to-end tests drive at once, where each has a display of its own; more would
/// only wait for each other on the two processors of CI.
const WINDOWS: &str = "2";
/// How long they wait for what should come, in seconds: they tell whether it does, benchmarks how
/// soon, and each has half of a machine at best.
const PATIENCE: &str = "30";

/// Runs the tests of `tests/tests/e2e`, which are marked as ignored so that the other steps leave
/// them alone.
fn end_to_end(project: &Project) -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::Skipped("only WebKitGTK is driven so far"));
    }
    ui::build(project)?;
    build(project)?;
    // On one display they would take the focus from each other.
    let shared = env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
    let windows = if shared { "1" } else { WINDOWS };
    let mut tests = if has_nextest(project) {
        let mut tests = cargo::linted(project, &["nextest", "run", "--test", "e2e"]);
        tests.args(["--run-ignored", "only", "--test-threads", windows]);
        tests
    } else {
        let mut tests = cargo::linted(project, &["test", "--test", "e2e"]);
        tests.args(["--", "--ignored", "--test-threads", windows]);
        tests
    };
    if env::var_os("SITWELL_PATIENCE").is_none() {
        tests.env("SITWELL_PATIENCE", PATIENCE);
    }
    execute(tests.env("SITWELL_BIN", project.built("debug", "sitwell")))?;
    Ok(Outcome::Passed)
}

fn deny(project: &Project) -> Result<Outcome> {
    if find("cargo-deny").is_none() {
        return Ok(Outcome::Skipped("cargo-deny is not installed"));
    }
    let mut deny = Command::new("cargo-deny");
    deny.args(["--offline", "check", "bans", "licenses", "sources"]);
    execute(deny.current_dir(&project.root))?;
    Ok(Outcome::Passed)
}

fn has_nextest(project: &Project) -> bool {
    succeeds(cargo::plain(project).args(["nextest", "--version"]))
}

#[cfg(test)]
mod tests {
    use super::{Options, Step, time};
    use std::time::Duration;

    #[test]
    fn only_narrows_and_skip_wins() {
        let options = |only: &[Step], skip: &[Step]| Options {
            only: only.into(),
            skip: skip.into(),
            seed: 1,
        };
        assert!(options(&[], &[]).wants(Step::Fmt));
        assert!(!options(&[Step::Compile], &[]).wants(Step::Fmt));
        assert!(options(&[Step::Compile, Step::Fmt], &[]).wants(Step::Fmt));
        assert!(!options(&[Step::Fmt], &[Step::Fmt]).wants(Step::Fmt));
    }

    #[test]
    fn times_read_well() {
        assert_eq!(time(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(time(Duration::from_secs(125)), "2 m 05 s");
    }
}
