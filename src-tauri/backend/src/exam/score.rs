//! Marks a paper and reports what the marks say.

use super::ability::{Grid, number_right};
use super::report::{DomainReport, Interval, Report, TaskReport};
use super::scale::{passes, required_shares, round, scaled, scaled_at};
use super::{Form, FormItem};
use crate::blueprint::{Blueprint, Scale};
use crate::deck::Answer;

/// Goes up when the same answers would be reported otherwise; kept with every result.
pub const SCORER_VERSION: u32 = 1;

/// Whether each item of the form is answered right: exactly its keys are chosen, or every place is
/// filled with its own. Keys and answers are in the order of the form; an item without an answer,
/// or with an empty one, is wrong, and so is one without keys.
pub fn mark(form: &Form, keys: &[Answer], answers: &[Answer]) -> Vec<bool> {
    (0..form.items.len())
        .map(|place| match (keys.get(place), answers.get(place)) {
            (Some(key), Some(answer)) => !answer.is_empty() && answer == key,
            _ => false,
        })
        .collect()
}

/// The report of a paper; see [`mark`] for `keys` and `answers`. Items of domains that the
/// blueprint does not have count for the paper and stand in no domain.
pub fn score(blueprint: &Blueprint, form: &Form, keys: &[Answer], answers: &[Answer]) -> Report {
    let marks = mark(form, keys, answers);
    let blank = (0..form.items.len())
        .filter(|place| answers.get(*place).is_none_or(Answer::is_empty))
        .count();
    report(blueprint, &Marked::of(form, &marks), number(blank))
}

fn report(blueprint: &Blueprint, paper: &Marked<'_>, blank: u32) -> Report {
    let scale = &blueprint.scale;
    let scored = paper.part(|item| item.scored);
    let grid = Grid::around_cut(&scored.items, scale.required_share);
    let curves = scored.curves(&grid);
    let posterior = grid.posterior(&grid.likelihood(&curves, &scored.marks));
    let outlook = Outlook::new(scale, &curves, &posterior);
    let spread = Spread::new(scale, &mean_curve(&curves, &grid), &posterior);
    let scaled = scaled(scale, scored.right(), scored.count());
    Report {
        scorer_version: SCORER_VERSION,
        items: paper.count(),
        correct: paper.right(),
        blank,
        scored_items: scored.count(),
        scored_correct: scored.right(),
        scaled,
        passed: passes(scale, scored.right(), scored.count()),
        interval_95: holding(spread.central(0.95), scaled),
        interval_50: spread.central(0.5),
        chance_parallel_passes: decimals(outlook.passes, 4),
        sem: decimals(outlook.sem, 1),
        domains: domains(blueprint, paper, &grid),
        tasks: tasks(blueprint, paper),
    }
}

/// Items with their marks, in the order of the paper.
struct Marked<'f> {
    items: Vec<&'f FormItem>,
    marks: Vec<bool>,
}

impl<'f> Marked<'f> {
    fn of(form: &'f Form, marks: &[bool]) -> Self {
        Self { items: form.items.iter().collect(), marks: marks.to_vec() }
    }

    fn part(&self, keep: impl Fn(&FormItem) -> bool) -> Self {
        let kept = self.items.iter().zip(&self.marks).filter(|(item, _)| keep(item));
        let (items, marks) = kept.map(|(item, mark)| (*item, *mark)).unzip();
        Self { items, marks }
    }

    fn count(&self) -> u32 {
        number(self.marks.len())
    }

    fn right(&self) -> u32 {
        number(self.marks.iter().filter(|mark| **mark).count())
    }

    /// Chance of a right answer at each ability, for each item.
    fn curves(&self, grid: &Grid) -> Vec<Vec<f64>> {
        self.items.iter().map(|item| grid.chances(item)).collect()
    }
}

fn domains(blueprint: &Blueprint, paper: &Marked<'_>, grid: &Grid) -> Vec<DomainReport> {
    let scale = &blueprint.scale;
    blueprint
        .domains
        .iter()
        .map(|domain| {
            let all = paper.part(|item| item.domain == domain.id);
            let scored = all.part(|item| item.scored);
            let curves = scored.curves(grid);
            let posterior = grid.posterior(&grid.likelihood(&curves, &scored.marks));
            let spread = Spread::new(scale, &mean_curve(&curves, grid), &posterior);
            let scaled = scaled(scale, scored.right(), scored.count());
            DomainReport {
                domain: domain.id.clone(),
                items: all.count(),
                correct: all.right(),
                scored_items: scored.count(),
                scored_correct: scored.right(),
                scaled,
                interval_95: holding(spread.central(0.95), scaled),
                meets_competencies: passes(scale, scored.right(), scored.count()),
            }
        })
        .collect()
}

fn tasks(blueprint: &Blueprint, paper: &Marked<'_>) -> Vec<TaskReport> {
    blueprint
        .tasks()
        .map(|(domain, task)| {
            let all = paper.part(|item| item.task == task.id);
            let scored = all.part(|item| item.scored);
            let mut marks = all.marks.clone();
            marks.sort_unstable_by_key(|right| !right);
            TaskReport {
                domain: domain.id.clone(),
                task: task.id.clone(),
                items: all.count(),
                correct: all.right(),
                scored_items: scored.count(),
                scored_correct: scored.right(),
                marks,
            }
        })
        .collect()
}

/// Share of the items expected at each ability; one half where there are none.
fn mean_curve(curves: &[Vec<f64>], grid: &Grid) -> Vec<f64> {
    (0..grid.abilities().len())
        .map(|at| {
            let sum: f64 = curves.iter().map(|curve| curve[at]).sum();
            if curves.is_empty() { 0.5 } else { sum / curves.len() as f64 }
        })
        .collect()
}

/// What fresh papers of the same items' levels and shapes would give.
struct Outlook {
    passes: f64,
    sem: f64,
}

impl Outlook {
    fn new(scale: &Scale, curves: &[Vec<f64>], posterior: &[f64]) -> Self {
        let items = curves.len();
        if items == 0 {
            return Self { passes: 0.0, sem: 0.0 };
        }
        let share = |right: usize| right as f64 / items as f64;
        let points: Vec<f64> =
            (0..=items).map(|right| scaled_at(scale, scale.required_share, share(right))).collect();
        // For each number right, how much of the prior of the required share it reaches.
        let required = required_shares(scale);
        let reaches: Vec<f64> = (0..=items)
            .map(|right| required.iter().filter(|&&c| share(right) >= c).count())
            .map(|count| count as f64 / required.len() as f64)
            .collect();
        let (mut passes, mut variance) = (0.0, 0.0);
        for (at, weight) in posterior.iter().enumerate() {
            let masses = number_right(curves.iter().map(|curve| curve[at]));
            let mean = |values: &[f64]| masses.iter().zip(values).map(|(m, v)| m * v).sum::<f64>();
            let centre = mean(&points);
            let squares: Vec<f64> = points.iter().map(|point| (point - centre).powi(2)).collect();
            passes += weight * mean(&reaches);
            variance += weight * mean(&squares);
        }
        Self { passes: passes.clamp(0.0, 1.0), sem: variance.sqrt() }
    }
}

/// The distribution of the expected scaled score.
struct Spread {
    /// Scaled score and probability, lowest score first.
    points: Vec<(f64, f64)>,
}

impl Spread {
    /// Of a share expected at each ability, abilities as likely as given, and the required share
    /// as likely as the blueprint says.
    fn new(scale: &Scale, share: &[f64], weights: &[f64]) -> Self {
        let required = required_shares(scale);
        let part = 1.0 / required.len() as f64;
        let mut points: Vec<(f64, f64)> = share
            .iter()
            .zip(weights)
            .flat_map(|(share, weight)| required.iter().map(move |c| (*c, *share, weight * part)))
            .map(|(c, share, weight)| (scaled_at(scale, c, share), weight))
            .collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        Self { points }
    }

    fn central(&self, mass: f64) -> Interval {
        let tail = (1.0 - mass) / 2.0;
        Interval { low: round(self.quantile(tail)), high: round(self.quantile(1.0 - tail)) }
    }

    fn quantile(&self, mass: f64) -> f64 {
        let mut sum = 0.0;
        for (scaled, weight) in &self.points {
            sum += weight;
            if sum >= mass {
                return *scaled;
            }
        }
        self.points.last().map_or(0.0, |point| point.0)
    }
}

/// The interval, widened to hold the score that is shown with it.
fn holding(interval: Interval, scaled: u16) -> Interval {
    Interval { low: interval.low.min(scaled), high: interval.high.max(scaled) }
}

/// Rounded, so that it reads back from JSON as it was written.
fn decimals(value: f64, digits: i32) -> f64 {
    let factor = 10_f64.powi(digits);
    (value * factor).round() / factor
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
