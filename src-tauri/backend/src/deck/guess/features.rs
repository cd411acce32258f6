//! What the learned guesser looks at: each option beside the other options of its question.

use super::strategy::length_ranks;
use super::surface::Surface;

/// Number of features of an option.
pub(super) const COUNT: usize = 17;

/// What the features are, in their order.
pub(super) const NAMES: [&str; COUNT] = [
    "length-rank",
    "length-extreme",
    "length",
    "word-length",
    "numbers",
    "commas",
    "capitals",
    "services",
    "managed",
    "stem-words",
    "common-words",
    "absolutes",
    "hedges",
    "full-stop",
    "position",
    "first",
    "last",
];

/// The features of each option, each less its mean over the question: what a question has in
/// common says nothing about which option is the key.
pub(super) fn features(options: &[Surface]) -> Vec<[f64; COUNT]> {
    let last = options.len().saturating_sub(1);
    let mean_length =
        options.iter().map(|option| option.chars).sum::<f64>() / options.len().max(1) as f64;
    let ranks = length_ranks(options);
    let row = |(at, option): (usize, &Surface)| {
        [
            ranks[at],
            (ranks[at] - 0.5).abs(),
            option.chars / mean_length.max(1.0),
            option.word_length,
            option.numbers,
            option.commas,
            option.capitals,
            option.services,
            option.managed,
            option.overlap,
            option.common,
            option.absolutes,
            option.hedges,
            option.full_stop,
            at as f64 / last.max(1) as f64,
            f64::from(u8::from(at == 0)),
            f64::from(u8::from(at == last)),
        ]
    };
    let mut rows: Vec<[f64; COUNT]> = options.iter().enumerate().map(row).collect();
    for feature in 0..COUNT {
        let sum: f64 = rows.iter().map(|row| row[feature]).sum();
        let mean = sum / rows.len().max(1) as f64;
        for row in &mut rows {
            row[feature] -= mean;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_what_sets_an_option_apart() {
        let options = [10.0, 10.0, 40.0].map(|chars| Surface { chars, ..Surface::default() });
        let rows = features(&options);
        for feature in 0..COUNT {
            assert!(rows.iter().map(|row| row[feature]).sum::<f64>().abs() < 1e-9);
        }
        assert!(rows[2][0] > rows[0][0], "longest");
        assert!((rows[0][0] - rows[1][0]).abs() < 1e-9, "equally long");
    }
}
