//! `cargo xtask test`: every check, cheapest first, each with its time.

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
    /// Lints of the Rust code
    Clippy,
    /// `.sqlx/` against the SQL and the migrations
    Queries,
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
        let result = step.perform(project);
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

    fn perform(self, project: &Project) -> Result<Outcome> {
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
            Self::Clippy => clippy(project)?,
            Self::Queries => queries::check(project)?,
            Self::Rust => tests(project)?,
            Self::Bindings => bindings::check(project)?,
            Self::Build => {
                ui::build(project)?;
                app::build(project, false)?;
            }
            Self::E2e => return end_to_end(project),
            Self::Deny => return deny(project),
        }
        Ok(Outcome::Passed)
    }
}

fn clippy(project: &Project) -> Result<()> {
    ui::build(project)?;
    execute(cargo::workspace(project, &["clippy", "--all-targets"]).args(["--", "-D", "warnings"]))
}

fn tests(project: &Project) -> Result<()> {
    ui::build(project)?;
    if has_nextest(project) {
        execute(&mut cargo::workspace(project, &["nextest", "run"]))?;
        execute(&mut cargo::workspace(project, &["test", "--quiet", "--doc"]))
    } else {
        execute(&mut cargo::workspace(project, &["test"]))
    }
}

/// Runs the tests of `tests/tests/e2e`, which are marked as ignored so that the other steps leave
/// them alone.
fn end_to_end(project: &Project) -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::Skipped("only WebKitGTK is driven so far"));
    }
    ui::build(project)?;
    app::build(project, false)?;
    let mut tests = if has_nextest(project) {
        let mut tests = cargo::workspace(project, &["nextest", "run", "--test", "e2e"]);
        tests.args(["--run-ignored", "only", "--test-threads", "1"]);
        tests
    } else {
        let mut tests = cargo::workspace(project, &["test", "--test", "e2e"]);
        tests.args(["--", "--ignored", "--test-threads", "1"]);
        tests
    };
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
        let options =
            |only: &[Step], skip: &[Step]| Options { only: only.into(), skip: skip.into() };
        assert!(options(&[], &[]).wants(Step::Fmt));
        assert!(!options(&[Step::Clippy], &[]).wants(Step::Fmt));
        assert!(options(&[Step::Clippy, Step::Fmt], &[]).wants(Step::Fmt));
        assert!(!options(&[Step::Fmt], &[Step::Fmt]).wants(Step::Fmt));
    }

    #[test]
    fn times_read_well() {
        assert_eq!(time(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(time(Duration::from_secs(125)), "2 m 05 s");
    }
}
