//! `sitwell-cli exam forms`: how parallel the papers of a bank are.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use sitwell_backend::exam::parallel::diagram::diagram;
use sitwell_backend::exam::parallel::{Distribution, ParallelForms, compare};

use super::bank::Bank;
use super::{Source, refuse};
use crate::output;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    source: Source,
    /// Number of papers
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    count: u32,
    /// Seed of the first paper; the others follow
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Let one learner sit all of them, one a day, so that what was seen comes last
    #[arg(long)]
    history: bool,
    /// Draw how often each expected score comes
    #[arg(long, value_name = "FILE.svg")]
    diagram: Option<PathBuf>,
    /// Print one JSON document with a line for each paper
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let bank = Bank::open(&options.source.blueprint, options.source.deck.as_deref())?;
    let size = bank.size(options.source.items);
    let compared =
        compare(&bank.blueprint, &bank.items, size, options.seed, options.count, options.history);
    match compared {
        Ok(forms) => {
            if let Some(path) = &options.diagram {
                std::fs::write(path, diagram(&forms))
                    .with_context(|| path.display().to_string())?;
            }
            if options.json { output::json(&forms) } else { output::text(&in_words(&forms)?) }?;
            Ok(ExitCode::from(u8::from(!forms.all_quotas_ok)))
        }
        Err(shortfall) => refuse(&shortfall, options.json),
    }
}

fn in_words(forms: &ParallelForms) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let out = &mut text;
    let count = forms.forms.len();
    let ok = forms.forms.iter().filter(|form| form.quotas_ok).count();
    writeln!(
        out,
        "{}: {count} papers of {} from {} questions",
        forms.blueprint, forms.size.items, forms.bank
    )?;
    writeln!(out, "quotas exact and no enemies together: {ok} of {count}")?;
    writeln!(
        out,
        "expected score at the cut (target {:.2} of {} scored items):",
        forms.target, forms.size.scored
    )?;
    let mut line = |name: &str, d: &Distribution| {
        writeln!(
            out,
            "  {name:<21} mean {:.2}, SD {:.2}, {:.2} to {:.2}",
            d.mean, d.sd, d.min, d.max
        )
    };
    line("assembled", &forms.assembled)?;
    line("random within domain", &forms.random_within_domain)?;
    if let Some(overlap) = forms.mean_overlap {
        writeln!(out, "items shared with the paper before: {overlap:.1} on average")?;
    }
    Ok(text)
}
