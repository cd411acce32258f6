//! Kills Sitwell again and again: `cargo xtask crash` builds and runs this.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on standard output")]

#[cfg(target_os = "linux")]
mod linux {
    use std::path::PathBuf;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    use anyhow::Result;
    use clap::{Parser, Subcommand, ValueEnum};
    use tests::crash::{Commands, Window, desk, run};

    #[derive(Parser)]
    struct Options {
        #[command(subcommand)]
        part: Option<Part>,
        /// How many kills
        #[arg(long, default_value_t = 200)]
        n: u32,
        /// What is done; another each time when none is given
        #[arg(long)]
        seed: Option<u64>,
        /// How Sitwell is reached
        #[arg(long, value_enum, default_value_t = Through::Commands)]
        through: Through,
    }

    #[derive(Clone, Copy, ValueEnum)]
    enum Through {
        /// The front desk in a process of its own
        Commands,
        /// The app's window
        Window,
    }

    #[derive(Subcommand)]
    enum Part {
        /// Be the front desk
        #[command(hide = true)]
        Desk {
            /// The collection to open
            collection: PathBuf,
        },
    }

    pub(super) fn main() -> Result<()> {
        let options = Options::parse();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(now.as_nanos() / 1_000).unwrap_or_default();
        if let Some(Part::Desk { collection }) = options.part {
            return desk(&collection, now);
        }
        let seed = options.seed.unwrap_or(now);
        println!("seed {seed}");
        let begun = Instant::now();
        let tally = match options.through {
            Through::Commands => {
                run(&mut Commands::through(std::env::current_exe()?), options.n, seed)
            }
            Through::Window => run(&mut Window::default(), options.n, seed),
        }?;
        println!("{tally}; {:.1} s", begun.elapsed().as_secs_f64());
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The harness runs on Linux only so far.");
}
