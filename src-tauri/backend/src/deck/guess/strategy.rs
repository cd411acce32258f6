//! Ways to answer without knowing anything.

use super::surface::Surface;

/// A rule by which somebody picks options who knows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// The option with the most characters.
    Longest,
    /// The option with the fewest characters.
    Shortest,
    /// The option that is neither long nor short beside the others: nearest to the middle when
    /// they are ranked by characters.
    MiddleLength,
    /// The option with the most numbers, capitals and names of services.
    MostSpecific,
    /// The option at a position, counted from 0. Where several are to be chosen, those behind it
    /// too, and then on from the first. Where there is no such position: any.
    Position(usize),
    /// The option with the largest share of words that are in the stem.
    MostStemWords,
    /// The option with the smallest share of words that are in the stem.
    FewestStemWords,
    /// The option that differs most from the others in length, marks, capitals and numbers.
    OddOneOut,
    /// The option that differs least from the others in the same.
    Typical,
    /// The option that shares most words with the others: distractors are made from keys.
    MostAlike,
    /// The option that leaves most to AWS, by the names of services in it.
    MostManaged,
    /// An option with words such as “always” and “never”.
    Absolutes,
    /// An option without words such as “always” and “never”.
    NoAbsolutes,
}

impl Strategy {
    /// All strategies, with a position for each of the most options that a question has.
    pub fn all(most_options: usize) -> Vec<Self> {
        let mut all = vec![Self::Longest, Self::Shortest, Self::MiddleLength, Self::MostSpecific];
        all.extend((0..most_options).map(Self::Position));
        all.extend([
            Self::MostStemWords,
            Self::FewestStemWords,
            Self::OddOneOut,
            Self::Typical,
            Self::MostAlike,
            Self::MostManaged,
            Self::Absolutes,
            Self::NoAbsolutes,
        ]);
        all
    }

    /// Its name in reports.
    pub fn name(self) -> String {
        match self {
            Self::Longest => "longest".into(),
            Self::Shortest => "shortest".into(),
            Self::MiddleLength => "middle-length".into(),
            Self::MostSpecific => "most-specific".into(),
            Self::Position(at) => format!("position-{}", at + 1),
            Self::MostStemWords => "most-stem-words".into(),
            Self::FewestStemWords => "fewest-stem-words".into(),
            Self::OddOneOut => "odd-one-out".into(),
            Self::Typical => "typical".into(),
            Self::MostAlike => "most-alike".into(),
            Self::MostManaged => "most-managed".into(),
            Self::Absolutes => "absolutes".into(),
            Self::NoAbsolutes => "no-absolutes".into(),
        }
    }

    /// How much it likes each option.
    pub(super) fn scores(self, options: &[Surface]) -> Vec<f64> {
        let by = |score: fn(&Surface) -> f64| options.iter().map(score).collect();
        match self {
            Self::Longest => by(|option| option.chars),
            Self::Shortest => by(|option| -option.chars),
            Self::MiddleLength => {
                length_ranks(options).into_iter().map(|rank| -(rank - 0.5).abs()).collect()
            }
            Self::MostSpecific => by(|option| option.numbers + option.capitals + option.services),
            Self::Position(at) => position(at, options.len()),
            Self::MostStemWords => by(|option| option.overlap),
            Self::FewestStemWords => by(|option| -option.overlap),
            Self::OddOneOut => oddness(options),
            Self::Typical => oddness(options).into_iter().map(|odd| -odd).collect(),
            Self::MostAlike => by(|option| option.common),
            Self::MostManaged => by(|option| option.managed),
            Self::Absolutes => by(|option| option.absolutes.min(1.0)),
            Self::NoAbsolutes => by(|option| -option.absolutes.min(1.0)),
        }
    }
}

/// Where each option stands when they are ranked by characters: 0.5 in the middle, more for a
/// longer one, less for a shorter one, the same for equals.
pub(super) fn length_ranks(options: &[Surface]) -> Vec<f64> {
    let rank = |option: &Surface| {
        let shorter = options.iter().filter(|other| other.chars < option.chars).count();
        let no_longer = options.iter().filter(|other| other.chars <= option.chars).count();
        (shorter + no_longer) as f64 / 2.0 / options.len() as f64
    };
    options.iter().map(rank).collect()
}

/// Falls from the position on; the same everywhere when there is no such position.
fn position(at: usize, options: usize) -> Vec<f64> {
    if at >= options {
        return vec![0.0; options];
    }
    (0..options).map(|option| -(((option + options - at) % options) as f64)).collect()
}

/// Sum over traits of how many standard deviations an option is away from the mean.
fn oddness(options: &[Surface]) -> Vec<f64> {
    let traits: [fn(&Surface) -> f64; 7] = [
        |option| option.chars,
        |option| option.word_length,
        |option| option.numbers,
        |option| option.commas,
        |option| option.capitals,
        |option| option.services,
        |option| option.full_stop,
    ];
    let mut odd = vec![0.0; options.len()];
    for value in traits {
        let values: Vec<f64> = options.iter().map(value).collect();
        let n = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        if variance > 1e-12 {
            for (odd, value) in odd.iter_mut().zip(&values) {
                *odd += (value - mean).abs() / variance.sqrt();
            }
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(chars: &[f64]) -> Vec<Surface> {
        chars.iter().map(|&chars| Surface { chars, ..Surface::default() }).collect()
    }

    #[test]
    fn a_position_goes_on_from_the_first_behind_the_last() {
        let best = |at: usize| {
            let scores = Strategy::Position(at).scores(&options(&[1.0; 4]));
            let mut order: Vec<usize> = (0..4).collect();
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            order
        };
        assert_eq!(best(0), [0, 1, 2, 3]);
        assert_eq!(best(2), [2, 3, 0, 1]);
        assert_eq!(Strategy::Position(7).scores(&options(&[1.0; 2])), [0.0, 0.0]);
    }

    #[test]
    fn the_middle_is_where_as_many_are_longer_as_shorter() {
        let scores = Strategy::MiddleLength.scores(&options(&[9.0, 1.0, 30.0, 10.0]));
        assert!((scores[0] - scores[3]).abs() < 1e-9, "{scores:?}");
        assert!((scores[1] - scores[2]).abs() < 1e-9 && scores[0] > scores[1], "{scores:?}");
    }

    #[test]
    fn the_odd_one_is_the_one_that_differs() {
        let scores = Strategy::OddOneOut.scores(&options(&[50.0, 51.0, 90.0, 49.0]));
        assert!(scores.iter().all(|&score| score <= scores[2]), "{scores:?}");
        assert_eq!(Strategy::OddOneOut.scores(&options(&[5.0, 5.0])), [0.0, 0.0]);
    }

    #[test]
    fn names_differ() {
        let mut names: Vec<String> = Strategy::all(6).into_iter().map(Strategy::name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
