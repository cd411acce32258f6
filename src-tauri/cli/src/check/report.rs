//! What a check found, for people and for programs.

use std::fmt;

use serde::Serialize;
use sitwell_backend::deck::guess::Guess;
use sitwell_backend::deck::lint::Stats;
use sitwell_backend::formats::{Problem, Severity};

use super::guess::{Coverage, Guessers};

/// Everything a check found.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// Number of problems that are errors.
    pub(super) errors: usize,
    /// Number of problems that are warnings.
    pub(super) warnings: usize,
    /// All of them, in the order of their place.
    pub(super) problems: Vec<Problem>,
    /// The decks that were checked.
    pub(super) decks: Vec<DeckReport>,
    /// The blueprints that were checked.
    pub(super) blueprints: Vec<BlueprintReport>,
}

/// A deck that was checked.
#[derive(Debug, Serialize)]
pub(super) struct DeckReport {
    /// As it was given or found.
    pub(super) path: String,
    /// Its slug, when the front matter is sound.
    pub(super) deck: Option<String>,
    /// Its version, when the front matter is sound.
    pub(super) version: Option<String>,
    /// The exam it names.
    pub(super) blueprint: Option<String>,
    /// Numbers over its sound items.
    pub(super) stats: Stats,
    /// How well guessing does, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) guess: Option<Guess>,
}

/// A blueprint that was checked.
#[derive(Debug, Serialize)]
pub(super) struct BlueprintReport {
    /// As it was given or found.
    pub(super) path: String,
    /// Its code, when it loads.
    pub(super) code: Option<String>,
}

impl Report {
    /// Counts the problems and brings them into the order of their place.
    pub(super) fn finish(&mut self) {
        self.problems.sort_by(|a, b| {
            (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code))
        });
        let is_error = |problem: &&Problem| problem.severity == Severity::Error;
        self.errors = self.problems.iter().filter(is_error).count();
        self.warnings = self.problems.len() - self.errors;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}\n  hint: {}", problem.hint)?;
        }
        for deck in &self.decks {
            let Stats { questions, cards, .. } = deck.stats;
            writeln!(f, "{}: {questions} questions, {cards} cards", deck.path)?;
            if let Some(guess) = &deck.guess {
                writeln!(f, "\n{}\n{}", Coverage(&deck.stats), Guessers(guess))?;
            }
        }
        for blueprint in &self.blueprints {
            let code = blueprint.code.as_deref().unwrap_or("does not load");
            writeln!(f, "{}: {code}", blueprint.path)?;
        }
        writeln!(f, "{} errors, {} warnings", self.errors, self.warnings)
    }
}
