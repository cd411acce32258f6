//! The tables that `--guess` adds: what the tasks hold, and how well guessing does.

use std::fmt;

use sitwell_backend::deck::guess::{Guess, Learned, Tally, Verdict};
use sitwell_backend::deck::lint::{Stats, TaskStats};

use super::table::Table;

/// Heaviest features of the learned guesser that are shown.
const FEATURES: usize = 5;

/// Shows what each task holds.
pub(super) struct Coverage<'a>(pub(super) &'a Stats);

/// Shows how well each guesser does.
pub(super) struct Guessers<'a>(pub(super) &'a Guess);

impl fmt::Display for Coverage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heading = [
            "task",
            "questions",
            "easy",
            "medium",
            "hard",
            "single",
            "multiple",
            "ordering",
            "matching",
            "cards",
        ];
        let mut table = Table::new(&heading);
        let mut sum = TaskStats::default();
        for (task, stats) in &self.0.tasks {
            let task = if task.is_empty() { "none" } else { task };
            table.row(row(task, stats));
            sum.questions += stats.questions;
            sum.easy += stats.easy;
            sum.medium += stats.medium;
            sum.hard += stats.hard;
            sum.single += stats.single;
            sum.multiple += stats.multiple;
            sum.ordering += stats.ordering;
            sum.matching += stats.matching;
            sum.cards += stats.cards;
        }
        table.row(row("all", &sum));
        table.fmt(f)
    }
}

fn row(task: &str, stats: &TaskStats) -> Vec<String> {
    let TaskStats { questions, easy, medium, hard, single, multiple, ordering, matching, cards } =
        *stats;
    let counts =
        [questions, easy, medium, hard, single, multiple, ordering, matching, cards].into_iter();
    std::iter::once(task.to_owned()).chain(counts.map(|count| count.to_string())).collect()
}

impl fmt::Display for Guessers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heading =
            ["guesser", "decided", "chance %", "right %", "difference", "may be", "p", "verdict"];
        let mut table = Table::new(&heading);
        for tally in self.0.tallies() {
            table.row(cells(tally));
        }
        table.fmt(f)?;
        if let Some(Learned { folds, weights, .. }) = &self.0.learned {
            let name = |w: &sitwell_backend::deck::guess::FeatureWeight| {
                format!("{} {:+.2}", w.feature, w.weight)
            };
            let heaviest: Vec<String> = weights.iter().take(FEATURES).map(name).collect();
            let heaviest = heaviest.join(", ");
            writeln!(f, "\nThe learned guesser, over {folds} folds, goes by: {heaviest}.")?;
        }
        Ok(())
    }
}

fn cells(tally: &Tally) -> [String; 8] {
    let points = |share: f64| format!("{:.1}", share * 100.0);
    // Adding 0 makes 0 of −0.
    let tenths = (tally.difference * 1000.0).round() / 10.0 + 0.0;
    [
        tally.guesser.clone(),
        tally.decided.to_string(),
        points(tally.chance),
        points(tally.rate),
        format!("{tenths:+.1}"),
        format!("+{:.0}", tally.margin * 100.0),
        if tally.p < 0.001 { "<0.001".into() } else { format!("{:.3}", tally.p) },
        match tally.verdict {
            Verdict::Chance => "chance",
            Verdict::Luck => "luck",
            Verdict::Guessable => "GUESSABLE",
        }
        .into(),
    ]
}
