//! The forecast against the answers of real people: half of each person's items are hidden, and
//! the score on them is forecast from the other half.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::baseline::pooled_percent;
use super::item_fit::ItemFit;
use super::matrix::Matrix;
use super::measures::Measures;
use crate::blueprint::Scale;
use crate::deck::Difficulty;
use crate::exam::ability::number_right;
use crate::forecast::belief::Belief;
use crate::forecast::prior::BELOW_CUT;
use crate::forecast::{Answer, Kind, Outlook, Paper, Session};

/// Groups of people; what is learned about items is used on the group that it was not learned
/// from.
const FOLDS: usize = 5;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RealReport {
    /// People.
    pub people: usize,
    /// Items, half of which are hidden.
    pub items: usize,
    /// Decides which.
    pub seed: u64,
    /// One for each cut.
    pub cuts: Vec<CutReport>,
}

/// Forecasts that the score on the hidden half reaches a cut.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CutReport {
    /// Share of the hidden items.
    pub cut: f64,
    /// Share of the people who reached it.
    pub reached: f64,
    /// The forecast as it is: all items are of middle level, of uncertain difficulty.
    pub forecast: Measures,
    /// The same model of answers with items known from the visible answers of other people.
    pub with_known_items: Measures,
    /// Pooled percentage with normal errors.
    pub pooled_percent: Measures,
}

/// A person's answers, item and mark.
struct Person {
    visible: Vec<(usize, bool)>,
    hidden: Vec<(usize, bool)>,
}

impl Person {
    fn right(answers: &[(usize, bool)]) -> usize {
        answers.iter().filter(|(_, right)| *right).count()
    }

    fn reaches(&self, cut: f64) -> bool {
        Self::right(&self.hidden) >= needed(cut, self.hidden.len())
    }
}

/// Tries the forecast on a table of answers, at each of these cuts; `options` is how many an item
/// offers, of which one is right.
pub fn run(matrix: &Matrix, cuts: &[f64], options: u32, seed: u64) -> RealReport {
    let people = halved(matrix, seed);
    let floor = 1.0 / f64::from(options.max(1));
    let fits = fits(matrix.items(), &people, floor);
    let numbers: Vec<Vec<f64>> = people
        .iter()
        .enumerate()
        .map(|(index, person)| numbers_with(&fits[index % FOLDS], person))
        .collect();
    let cuts = cuts.iter().map(|cut| cut_report(*cut, &people, floor, &numbers)).collect();
    RealReport { people: people.len(), items: matrix.items(), seed, cuts }
}

/// Hides half of each person's items, drawn anew for each; with an odd number one more is shown.
fn halved(matrix: &Matrix, seed: u64) -> Vec<Person> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    matrix
        .rows()
        .iter()
        .map(|row| {
            let mut answers: Vec<(usize, bool)> = row.iter().copied().enumerate().collect();
            answers.shuffle(&mut rng);
            let hidden = answers.split_off(answers.len().div_ceil(2));
            Person { visible: answers, hidden }
        })
        .collect()
}

/// For each fold, items as the visible answers of the other folds show them.
fn fits(items: usize, people: &[Person], floor: f64) -> Vec<ItemFit> {
    let others = |fold: usize| {
        let kept = people.iter().enumerate().filter(move |(index, _)| index % FOLDS != fold);
        kept.map(|(_, person)| person.visible.clone()).collect::<Vec<_>>()
    };
    (0..FOLDS).map(|fold| ItemFit::fit(items, &others(fold), floor)).collect()
}

/// How likely each number right on the hidden items is, with known items.
fn numbers_with(fit: &ItemFit, person: &Person) -> Vec<f64> {
    let curves: Vec<Vec<f64>> = person.hidden.iter().map(|(item, _)| fit.curve(*item)).collect();
    let mut numbers = vec![0.0; person.hidden.len() + 1];
    for (point, weight) in fit.posterior(&person.visible).into_iter().enumerate() {
        let given = number_right(curves.iter().map(|curve| curve[point]));
        for (sum, mass) in numbers.iter_mut().zip(given) {
            *sum += weight * mass;
        }
    }
    numbers
}

fn cut_report(cut: f64, people: &[Person], floor: f64, numbers: &[Vec<f64>]) -> CutReport {
    let measure = |chance: &dyn Fn(usize, &Person) -> f64| {
        let pair = |(index, person)| (chance(index, person), Person::reaches(person, cut));
        Measures::of(&people.iter().enumerate().map(pair).collect::<Vec<_>>())
    };
    let reached = people.iter().filter(|person| person.reaches(cut)).count();
    CutReport {
        cut,
        reached: reached as f64 / people.len().max(1) as f64,
        forecast: measure(&|_, person| forecast(cut, person, floor)),
        with_known_items: measure(&|index, person| {
            numbers[index].iter().skip(needed(cut, person.hidden.len())).sum()
        }),
        pooled_percent: measure(&|_, person| {
            let (right, seen) = (Person::right(&person.visible), person.visible.len());
            pooled_percent(right, seen, person.hidden.len(), cut)
        }),
    }
}

/// The forecast for one person: the app's model with one domain, and an exam of as many items as
/// are hidden.
fn forecast(cut: f64, person: &Person, floor: f64) -> f64 {
    let scale = Scale { min: 0, max: 1000, pass: 500, required_share: cut, required_share_sd: 0.0 };
    let paper = Paper::new(&scale, vec![u32::try_from(person.hidden.len()).unwrap_or(0)], floor);
    let answer = |(_, right): &(usize, bool)| Answer {
        domain: 0,
        task: 0,
        level: Difficulty::Medium,
        floor,
        right: *right,
        repeat: None,
    };
    let answers = person.visible.iter().map(answer).collect();
    let session = Session { day: 0.0, kind: Kind::Mock, answers };
    // These people are no learners below a cut: a middle item is taken to be at their level.
    let belief = Belief::prior(BELOW_CUT, 1).given(&session);
    Outlook::new(&paper, &belief).pass.p
}

/// Right answers that reach a cut.
fn needed(cut: f64, items: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ cut ≤ 1")]
    let needed = (cut * items as f64 - 1e-9).ceil().max(0.0) as usize;
    needed
}
