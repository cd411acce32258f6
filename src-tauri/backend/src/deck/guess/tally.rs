//! How a guesser did on a whole deck.

use serde::{Serialize, Serializer};
use statrs::distribution::{Binomial, DiscreteCDF as _};

use super::Sheet;
use super::play::play;

/// From which probability on a result is luck.
const LUCK: f64 = 0.05;

/// What is to be thought of a guesser's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No better than chance and a little.
    Chance,
    /// Better than that, but as luck would have it in one deck of twenty or more.
    Luck,
    /// Better than that, and not by luck.
    Guessable,
}

/// How a guesser did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// Who guessed.
    pub guesser: String,
    /// Questions in which it had a favourite; elsewhere it picked at random among several.
    pub decided: usize,
    /// Questions it is expected to get right.
    #[serde(serialize_with = "rounded")]
    pub right: f64,
    /// Their share.
    #[serde(serialize_with = "rounded")]
    pub rate: f64,
    /// The share that chance gives: the mean of 1 over the number of possible answers.
    #[serde(serialize_with = "rounded")]
    pub chance: f64,
    /// `rate` less `chance`.
    #[serde(serialize_with = "rounded")]
    pub difference: f64,
    /// How far above chance it may be.
    pub margin: f64,
    /// Probability of getting as many right or more by chance.
    #[serde(serialize_with = "rounded")]
    pub p: f64,
    /// What follows.
    pub verdict: Verdict,
    /// The questions in which it is on the track of the keys, when the verdict is
    /// [`Verdict::Guessable`]: it is right there, or more often than chance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
}

impl Tally {
    /// Marks answers: for each question, how much the guesser likes each option.
    pub(super) fn of<'a>(
        guesser: String,
        margin: f64,
        answers: impl Iterator<Item = (&'a Sheet<'a>, Vec<f64>)>,
    ) -> Self {
        let (mut questions, mut decided, mut right, mut chance) = (0_u32, 0, 0.0, 0.0);
        let mut items = Vec::new();
        for (sheet, mut scores) in answers {
            // Options that differ in the last digits only are liked alike, on every machine.
            for score in &mut scores {
                *score = (*score * 1e6).round();
            }
            let outcome = play(&scores, &sheet.keys);
            questions += 1;
            decided += usize::from(outcome.decided);
            right += outcome.right;
            chance += outcome.chance;
            if outcome.right > outcome.chance {
                items.push(sheet.item.slug.to_string());
            }
        }
        let n = f64::from(questions.max(1));
        let (rate, chance) = (right / n, chance / n);
        let difference = rate - chance;
        let p = tail(questions, chance, right);
        let verdict = match (difference > margin, p < LUCK) {
            (false, _) => Verdict::Chance,
            (true, false) => Verdict::Luck,
            (true, true) => Verdict::Guessable,
        };
        if verdict != Verdict::Guessable {
            items.clear();
        }
        Self { guesser, decided, right, rate, chance, difference, margin, p, verdict, items }
    }
}

/// The chance to get `right` or more of the questions right. Where `right` is no whole number,
/// the one below counts. That, and taking one chance for all questions, never makes the result
/// look less like luck than it is.
fn tail(questions: u32, chance: f64, right: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to questions")]
    let right = (right + 1e-9).floor() as u64;
    let Some(fewer) = right.checked_sub(1) else { return 1.0 };
    Binomial::new(chance.clamp(0.0, 1.0), u64::from(questions))
        .map_or(1.0, |binomial| binomial.sf(fewer))
}

/// Four digits are enough to compare by, and the same on every machine.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
pub(super) fn rounded<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Adding 0 makes 0 of −0.
    serializer.serialize_f64((value * 1e4).round() / 1e4 + 0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_tail_is_that_of_the_binomial_distribution() {
        assert!((tail(2, 0.5, 1.0) - 0.75).abs() < 1e-9);
        assert!((tail(2, 0.5, 2.0) - 0.25).abs() < 1e-9);
        assert!((tail(2, 0.5, 1.9) - 0.75).abs() < 1e-9);
        assert!((tail(0, 0.0, 0.0) - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn more_right_is_less_like_luck(n in 1_u32..500, chance in 0.05..0.5_f64, at in 0.0..1.0_f64) {
            let right = (f64::from(n) * at).floor();
            let (less, more) = (tail(n, chance, right), tail(n, chance, right + 1.0));
            prop_assert!((0.0..=1.0).contains(&less));
            prop_assert!(more <= less);
        }
    }
}
