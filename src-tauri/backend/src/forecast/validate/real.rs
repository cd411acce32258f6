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
use crate::deck::Difficulty;
use crate::exam::ability::number_right;
use crate::exam::response::with_floor;
use crate::forecast::curve::knows;
use crate::forecast::prior::{COMMON_SD, OFFSET_SD};

/// Groups of people; what is learned about items is used on the group that it was not learned
/// from.
const FOLDS: usize = 5;
/// Chances to guess where the number of options is not known: none, and 1 in 10, 5, 4 and 3.
const FLOORS: [f64; 5] = [0.0, 0.1, 0.2, 0.25, 1.0 / 3.0];
/// Points of ability.
const POINTS: u32 = 61;

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
    /// The forecast's model: all items are of middle level, of uncertain difficulty.
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

/// Tries the forecast on a table of answers, at each of these cuts. `options` is how many an item
/// offers, of which one is right; when that is not known, each of some chances to guess is taken
/// to be as likely beforehand.
pub fn run(matrix: &Matrix, cuts: &[f64], options: Option<u32>, seed: u64) -> RealReport {
    let people = halved(matrix, seed);
    let floors = options.map_or_else(|| FLOORS.to_vec(), |n| vec![1.0 / f64::from(n.max(1))]);
    let fits = fits(matrix.items(), &people, &floors);
    let model = Unknown::new(&floors);
    let unknown: Vec<Vec<f64>> = people.iter().map(|person| model.numbers(person)).collect();
    let numbers: Vec<Vec<f64>> = people
        .iter()
        .enumerate()
        .map(|(index, person)| numbers_with(&fits[index % FOLDS], person))
        .collect();
    let cuts = cuts.iter().map(|cut| cut_report(*cut, &people, &unknown, &numbers)).collect();
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
fn fits(items: usize, people: &[Person], floors: &[f64]) -> Vec<ItemFit> {
    let others = |fold: usize| {
        let kept = people.iter().enumerate().filter(move |(index, _)| index % FOLDS != fold);
        kept.map(|(_, person)| person.visible.clone()).collect::<Vec<_>>()
    };
    let best = |fold: usize| {
        let known = others(fold);
        let mut fits: Vec<(f64, ItemFit)> = floors
            .iter()
            .map(|floor| ItemFit::fit(items, &known, *floor))
            .map(|fit| (known.iter().map(|answers| fit.evidence(answers)).sum(), fit))
            .collect();
        fits.sort_by(|one, other| one.0.total_cmp(&other.0));
        fits.pop().map(|(_, fit)| fit)
    };
    (0..FOLDS).filter_map(best).collect()
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

fn cut_report(cut: f64, people: &[Person], unknown: &[Vec<f64>], known: &[Vec<f64>]) -> CutReport {
    let reaching = |numbers: &[f64], person: &Person| {
        numbers.iter().skip(needed(cut, person.hidden.len())).sum::<f64>()
    };
    let measure = |chance: &dyn Fn(usize, &Person) -> f64| {
        let pair = |(index, person)| (chance(index, person), Person::reaches(person, cut));
        Measures::of(&people.iter().enumerate().map(pair).collect::<Vec<_>>())
    };
    let reached = people.iter().filter(|person| person.reaches(cut)).count();
    CutReport {
        cut,
        reached: reached as f64 / people.len().max(1) as f64,
        forecast: measure(&|index, person| reaching(&unknown[index], person)),
        with_known_items: measure(&|index, person| reaching(&known[index], person)),
        pooled_percent: measure(&|_, person| {
            let (right, seen) = (Person::right(&person.visible), person.visible.len());
            pooled_percent(right, seen, person.hidden.len(), cut)
        }),
    }
}

/// The app's model of answers where nothing is known of the items: all are of middle level, and
/// a middle item is taken to be at the level of these people, who are no learners below a cut. The
/// hidden answers belong to the same session as the visible ones, so no day lies between; with one
/// ability the posterior is integrated on a grid.
struct Unknown {
    /// A chance of a right answer and how likely it is beforehand.
    points: Vec<(f64, f64)>,
}

impl Unknown {
    fn new(floors: &[f64]) -> Self {
        let sd = COMMON_SD.hypot(OFFSET_SD);
        let place = |point: u32| (f64::from(point) / f64::from(POINTS - 1) * 2.0 - 1.0) * 4.0;
        let points = floors.iter().flat_map(|floor| {
            (0..POINTS).map(move |point| {
                let knows = knows(sd * place(point), Difficulty::Medium).height;
                (with_floor(knows, *floor), (-place(point).powi(2) / 2.0).exp())
            })
        });
        Self { points: points.collect() }
    }

    /// How likely each number right on the hidden items is.
    fn numbers(&self, person: &Person) -> Vec<f64> {
        let right = Person::right(&person.visible) as f64;
        let wrong = person.visible.len() as f64 - right;
        let log = |(chance, prior): &(f64, f64)| {
            prior.ln() + right * chance.ln() + wrong * (1.0 - chance).ln()
        };
        let top = self.points.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = self.points.iter().map(|point| (log(point) - top).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let mut numbers = vec![0.0; person.hidden.len() + 1];
        for ((chance, _), weight) in self.points.iter().zip(weights) {
            let given = number_right(std::iter::repeat_n(*chance, person.hidden.len()));
            for (total, mass) in numbers.iter_mut().zip(given) {
                *total += weight / sum * mass;
            }
        }
        numbers
    }
}

/// Right answers that reach a cut.
fn needed(cut: f64, items: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ cut ≤ 1")]
    let needed = (cut * items as f64 - 1e-9).ceil().max(0.0) as usize;
    needed
}
