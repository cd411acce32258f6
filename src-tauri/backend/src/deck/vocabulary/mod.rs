//! Words that item writing turns on, kept as data: names of services with what became of them, and
//! words that give options away. Each table is a text file beside this one; `#` begins a comment.

mod phrases;

pub(super) use phrases::{Case, Phrases};

use std::collections::HashSet;
use std::sync::LazyLock;

/// A name of a service that was renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Renamed {
    /// The service, by its place in the table.
    pub(super) service: usize,
    /// The name.
    pub(super) name: &'static str,
    /// Whether this is the name it has now.
    pub(super) now: bool,
    /// Whether it may stand without the other.
    pub(super) alone: bool,
    /// The other name, as a message shows it.
    pub(super) other: &'static str,
}

/// A service that nobody can begin to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Retired {
    /// Its name.
    pub(super) name: &'static str,
    /// What became of it, as it goes on behind “which”.
    pub(super) state: &'static str,
}

/// How much AWS does for you, from 3 (all of it) to −2 (nothing), by name.
pub(super) static MANAGED: LazyLock<Phrases<i8>> = LazyLock::new(|| {
    let entry = |(name, points): (&'static str, &str)| Some((name, points.parse().ok()?));
    Phrases::new(Case::Kept, pairs(include_str!("managed.txt")).filter_map(entry))
});
/// Words without exceptions.
pub(super) static ABSOLUTES: LazyLock<Phrases<()>> =
    LazyLock::new(|| words_of(include_str!("absolutes.txt")));
/// Words that leave a way out.
pub(super) static HEDGES: LazyLock<Phrases<()>> =
    LazyLock::new(|| words_of(include_str!("hedges.txt")));
/// Words that carry no topic.
pub(super) static STOP: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("stop.txt")).collect());
/// Names of services that were renamed, old and new.
pub(super) static RENAMED: LazyLock<Phrases<Renamed>> =
    LazyLock::new(|| Phrases::new(Case::Kept, renamed(include_str!("renamed.txt"))));
/// Services that nobody can begin to use.
pub(super) static RETIRED: LazyLock<Phrases<Retired>> = LazyLock::new(|| {
    let entry = |(name, state): (&'static str, &'static str)| (name, Retired { name, state });
    Phrases::new(Case::Kept, pairs(include_str!("retired.txt")).map(entry))
});
/// Ways to say that nobody can begin to use a service.
pub(super) static NOTES: LazyLock<Phrases<()>> =
    LazyLock::new(|| words_of(include_str!("notes.txt")));

/// The words of a text, without marks around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-' || c == '_'))
        .filter(|word| !word.is_empty())
}

fn words_of(table: &'static str) -> Phrases<()> {
    Phrases::new(Case::Folded, lines(table).map(|line| (line, ())))
}

fn renamed(table: &'static str) -> Vec<(&'static str, Renamed)> {
    let mut names = Vec::new();
    for (service, (now, rest)) in pairs(table).enumerate() {
        let (before, needs) = rest.split_once('|').unwrap_or((rest, "both"));
        for (these, those, is_now) in [(now, before, true), (before, now, false)] {
            let other = those.split(';').next().unwrap_or(those).trim();
            let alone = is_now && needs.trim() == "old";
            names.extend(
                these
                    .split(';')
                    .map(str::trim)
                    .map(|name| (name, Renamed { service, name, now: is_now, alone, other })),
            );
        }
    }
    names
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table).filter_map(|line| line.split_once('|')).map(|(a, b)| (a.trim(), b.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_table_is_an_entry() {
        for table in
            [include_str!("managed.txt"), include_str!("renamed.txt"), include_str!("retired.txt")]
        {
            assert_eq!(pairs(table).count(), lines(table).count());
        }
        for (name, points) in pairs(include_str!("managed.txt")) {
            assert!((-2..=3).contains(&points.parse::<i8>().unwrap()), "{name}");
        }
        for line in lines(include_str!("renamed.txt")) {
            let needs = line.rsplit('|').next().unwrap().trim();
            assert!(["both", "old"].contains(&needs), "{line}");
        }
        assert!(STOP.contains("the"));
    }

    #[test]
    fn names_of_renamed_services_know_each_other() {
        let found = RENAMED.find("Amazon Data Firehose (formerly Kinesis Data Firehose)");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].service, found[1].service);
        assert_eq!((found[0].now, found[0].other), (true, "Kinesis Data Firehose"));
        assert_eq!((found[1].now, found[1].other), (false, "Amazon Data Firehose"));
    }

    #[test]
    fn a_name_that_lives_on_in_others_counts_only_as_the_former_one() {
        assert_eq!(RENAMED.find("Amazon SageMaker Canvas").len(), 0);
        assert_eq!(RENAMED.find("Amazon SageMaker AI (formerly Amazon SageMaker)").len(), 2);
    }
}
