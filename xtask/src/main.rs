//! Build, run and test Sitwell, set-up included: `cargo xtask help`.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on standard output")]

mod anki;
mod bench;
mod bindings;
mod cargo;
mod crash;
mod fuzz;
mod icons;
mod package;
mod process;
mod project;
mod queries;
mod run;
mod setup;
mod stamp;
mod test;
mod ui;
mod update_test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

#[derive(Parser)]
#[command(name = "cargo xtask", about, disable_help_subcommand = false)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build the app and open it
    Run(run::Options),
    /// Run every check, from formatting to end-to-end
    Test(test::Options),
    /// Write the TypeScript of the commands to `ui/src/api/bindings.ts`
    Bindings(Check),
    /// Check the SQL against a fresh database and write its types to `.sqlx/`
    Queries(Check),
    /// Kill Sitwell at random instants and compare what is there with what was acknowledged
    Crash(crash::Options),
    /// Let Anki, as its Python package, open what Sitwell writes
    Anki,
    /// Measure against other programs
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Give every parser bytes that it does not expect, and see whether it falls
    Fuzz(fuzz::Options),
    /// Draw the PNG, ICO and ICNS icons from the SVG sources in `icons/`
    Icons,
    /// Build what people install, check it and say how large it is
    Package(package::Options),
    /// Let an installed Sitwell update itself, and refuse what it must (as root, on Debian)
    UpdateTest,
}

#[derive(clap::Args)]
struct Check {
    /// Change nothing; fail when the committed files are out of date
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    let done = if fuzz::is_compiling() { fuzz::compile() } else { dispatch(Cli::parse().task) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(task: Task) -> anyhow::Result<()> {
    let project = Project::locate()?;
    match task {
        Task::Run(options) => run::run(&project, &options),
        Task::Test(options) => test::run(&project, &options),
        Task::Bindings(Check { check: false }) => bindings::write(&project),
        Task::Bindings(Check { check: true }) => bindings::check(&project, &cargo::workspace),
        Task::Queries(Check { check: false }) => queries::write(&project),
        Task::Queries(Check { check: true }) => queries::check(&project),
        Task::Crash(options) => crash::run(&project, &options),
        Task::Anki => anki::check(&project),
        Task::Bench(bench) => bench::run(&project, &bench),
        Task::Fuzz(options) => fuzz::run(&project, &options),
        Task::Icons => icons::draw(&project),
        Task::Package(options) => package::run(&project, &options),
        Task::UpdateTest => update_test::run(&project),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
