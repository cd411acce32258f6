//! `cargo xtask bench import`: Sitwell and Anki import the same packages, each into a new
//! collection on the same disk, by turns.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4 as _;

use crate::process::{capture, run as execute};
use crate::project::Project;
use crate::{anki, cargo};

#[derive(clap::Subcommand)]
pub(crate) enum Bench {
    /// Import large packages with Anki, as its Python package, and with Sitwell
    Import(Options),
}

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Notes of a package; may be repeated
    #[arg(long, value_name = "COUNT", default_values_t = [10_000, 100_000])]
    notes: Vec<u32>,
    /// How often each program imports each package
    #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// What one import took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    time: Duration,
    /// What the processors worked for it, which other work on the machine changes less.
    work: Duration,
    /// Most memory that was resident, in bytes.
    memory: u64,
}

pub(crate) fn run(project: &Project, Bench::Import(options): &Bench) -> Result<()> {
    let mut build = cargo::plain(project);
    execute(build.args(["build", "--release", "--package", "sitwell-cli"]))?;
    let ours = project.built("release", "sitwell-cli");
    let python = anki::python(project)?;
    let folder = project.scratch("bench")?;
    println!("  notes  program      least    median      work     memory");
    for &notes in &options.notes {
        let package = folder.join(format!("notes-{notes}.apkg"));
        let mut make = Command::new(&python);
        make.arg(anki::script(project, "make_package.py")).arg(notes.to_string()).arg(&package);
        execute(&mut make)?;
        let (mut theirs, mut our) = (Vec::new(), Vec::new());
        for _ in 0..options.runs {
            theirs.push(with_anki(project, &python, &package, notes)?);
            our.push(with_sitwell(&ours, &package, notes)?);
        }
        let (theirs, our) = (Summary::of(theirs), Summary::of(our));
        theirs.print(notes, "Anki");
        our.print(notes, "Sitwell");
        println!(
            "{notes:>7}  {:<8} {:>7.2}   {:>7.2}   {:>7.2}   {:>7.2}",
            "ratio",
            our.least.div_duration_f64(theirs.least),
            our.median.div_duration_f64(theirs.median),
            our.work.div_duration_f64(theirs.work),
            our.memory as f64 / theirs.memory as f64,
        );
    }
    Ok(())
}

/// The time is the script's own, which leaves out starting Python; work and memory are those of
/// the process.
fn with_anki(project: &Project, python: &Path, package: &Path, notes: u32) -> Result<Cost> {
    let folder = Collection::beside(package)?;
    let mut command = Command::new(python);
    command.arg(anki::script(project, "import_package.py")).arg(package);
    command.arg(folder.0.join("collection.anki2")).arg(notes.to_string());
    let (cost, said) = measure(&mut command)?;
    let seconds = said.trim().parse().with_context(|| format!("Anki's script said “{said}”"))?;
    Ok(Cost { time: Duration::from_secs_f64(seconds), ..cost })
}

/// The time is that of the whole process: opening, the preview and keeping. Words are left to the
/// first search. The collection is made before, with the decks that Sitwell brings, as that happens
/// once and has nothing to do with the package.
fn with_sitwell(program: &Path, package: &Path, notes: u32) -> Result<Cost> {
    let folder = Collection::beside(package)?;
    let collection = folder.0.join("bench.sitwell");
    let table = folder.0.join("one.csv");
    std::fs::write(&table, "front,back\nWhat is it?,A card\n")?;
    let mut make = Command::new(program);
    make.arg("import").arg(table).arg("--dry-run").arg("--collection").arg(&collection);
    capture(&mut make)?;
    ensure!(collection.is_file(), "Sitwell made no collection at {}", collection.display());
    let mut command = Command::new(program);
    command.arg("import").arg(package).arg("--collection").arg(collection);
    let (cost, said) = measure(&mut command)?;
    let wanted = format!("of the items {notes} new ones came in");
    ensure!(said.contains(&wanted), "Sitwell did not import all {notes} notes: {said}");
    Ok(cost)
}

/// A folder for one collection, emptied before and removed behind.
struct Collection(PathBuf);

impl Collection {
    fn beside(package: &Path) -> Result<Self> {
        let folder = package.with_extension("collection");
        std::fs::create_dir(&folder)
            .with_context(|| format!("could not create {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Collection {
    fn drop(&mut self) {
        // One that stays behind makes the next run say so.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs a program to its end; gives what it took, and what it said.
fn measure(command: &mut Command) -> Result<(Cost, String)> {
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut said = String::new();
    child.stdout.take().context("no output to read")?.read_to_string(&mut said)?;
    let end = child.wait4()?;
    let time = begun.elapsed();
    ensure!(end.status.success(), "{command:?} failed ({}): {said}", end.status);
    let work = end.rusage.utime + end.rusage.stime;
    Ok((Cost { time, work, memory: end.rusage.maxrss }, said))
}

/// What several runs took.
struct Summary {
    least: Duration,
    median: Duration,
    /// The least.
    work: Duration,
    /// Of the run that needed most, in bytes.
    memory: u64,
}

impl Summary {
    fn of(mut costs: Vec<Cost>) -> Self {
        costs.sort_by_key(|cost| cost.time);
        let at = |place: usize| costs.get(place).map_or(Duration::ZERO, |cost| cost.time);
        let memory = costs.iter().map(|cost| cost.memory).max().unwrap_or(0);
        let work = costs.iter().map(|cost| cost.work).min().unwrap_or_default();
        Self { least: at(0), median: at(costs.len() / 2), work, memory }
    }

    fn print(&self, notes: u32, program: &str) {
        let [least, median, work] = [self.least, self.median, self.work].map(|t| t.as_secs_f64());
        let memory = self.memory as f64 / 1e6;
        println!(
            "{notes:>7}  {program:<8} {least:>7.2} s {median:>7.2} s {work:>7.2} s {memory:>7.0} MB"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Summary};
    use std::time::Duration;

    #[test]
    fn the_least_time_the_middle_one_and_the_most_memory_are_told() {
        let ms = Duration::from_millis;
        let cost = |time, work, memory| Cost { time: ms(time), work: ms(work), memory };
        let summary = Summary::of(vec![cost(30, 8, 1), cost(10, 9, 3), cost(20, 7, 2)]);
        assert_eq!((summary.least, summary.median), (ms(10), ms(20)));
        assert_eq!((summary.work, summary.memory), (ms(7), 3));
    }
}
