//! The front desk in a process of its own, which speaks JSON lines.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use rand_chacha::ChaCha8Rng;
use sitwell_backend::clock::SystemClock;
use sitwell_backend::desk::Sitwell;

use super::call::{Answer, Call};
use super::door::Door;

/// The argument that makes the program of the harness the front desk.
pub const DESK: &str = "desk";

/// Reaches the front desk without a window.
pub struct Commands {
    program: PathBuf,
    running: Option<(Child, BufReader<ChildStdout>)>,
}

impl Commands {
    /// `program` is the harness itself.
    pub fn through(program: PathBuf) -> Self {
        Self { program, running: None }
    }
}

impl Door for Commands {
    fn start(&mut self, collection: &Path) -> Result<()> {
        let mut child = Command::new(&self.program)
            .arg(DESK)
            .arg(collection)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", self.program.display()))?;
        let output = child.stdout.take().context("no output to read")?;
        self.running = Some((child, BufReader::new(output)));
        Ok(())
    }

    fn send(&mut self, call: &Call) -> Result<()> {
        let (child, _) = self.running.as_mut().context("the desk is not running")?;
        let mut input = child.stdin.as_ref().context("no input to write to")?;
        let line = serde_json::to_string(call)? + "\n";
        Ok(input.write_all(line.as_bytes())?)
    }

    fn answer(&mut self) -> Result<Answer> {
        let (_, output) = self.running.as_mut().context("the desk is not running")?;
        let mut line = String::new();
        output.read_line(&mut line)?;
        ensure!(line.ends_with('\n'), "the desk ended by itself");
        Ok(serde_json::from_str(&line)?)
    }

    fn kill(&mut self) -> Result<Vec<Answer>> {
        let (mut child, mut output) = self.running.take().context("the desk is not running")?;
        ensure!(child.try_wait()?.is_none(), "the desk had ended by itself");
        child.kill()?;
        child.wait()?;
        let mut answers = Vec::new();
        let mut line = String::new();
        // The last line may be cut off: nobody has heard that.
        while output.read_line(&mut line)? > 0 && line.ends_with('\n') {
            answers.push(serde_json::from_str(&line)?);
            line.clear();
        }
        Ok(answers)
    }

    fn most_calls(&self) -> usize {
        3
    }

    fn by_hand(&mut self, _: &str, _: &mut ChaCha8Rng) -> Result<Vec<Call>> {
        Ok(Vec::new())
    }
}

impl Drop for Commands {
    fn drop(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            // Already ended is as good.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Answers calls from standard input on standard output until there are no more.
pub fn desk(collection: &Path, seed: u64) -> Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let seeds = AtomicU64::new(seed);
    let seeds = Arc::new(move || seeds.fetch_add(1, Ordering::Relaxed));
    let clock = Arc::new(SystemClock::new());
    let desk = runtime.block_on(Sitwell::open(collection, clock, seeds))?;
    let mut output = std::io::stdout();
    for line in std::io::stdin().lines() {
        let call: Call = serde_json::from_str(&line?)?;
        let answer: Answer = runtime.block_on(call.carry_out(&desk));
        writeln!(output, "{}", serde_json::to_string(&answer)?)?;
        output.flush()?;
    }
    Ok(())
}
