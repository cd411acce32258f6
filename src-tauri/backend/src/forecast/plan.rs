//! What a plan makes of ability.

use super::belief::{Belief, Passage};
use super::outlook::{Bands, pass};
use super::paper::Paper;

/// Twice the time teaches this power of two as much: practice has diminishing returns (Newell and
/// Rosenbloom 1981).
const RETURNS: f64 = 0.8;
/// Nobody learns faster than so many times the usual.
const FASTEST: f64 = 3.0;
/// Minutes a day that the prior's learning rate belongs to, while a learner's own are not known.
pub const USUAL_MINUTES: f64 = 40.0;

/// Days ahead, and what is done in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// Days from today to the exam.
    pub days: f64,
    /// Minutes of study planned, papers included, spread over these days.
    pub minutes: f64,
    /// Minutes a day at which the learner's rate was seen.
    pub usual: f64,
}

impl Course {
    /// The first part of it, up to a day.
    fn until(self, day: f64) -> Passage {
        let a_day = if self.days > 0.0 { self.minutes / self.days } else { 0.0 };
        let pace = (a_day / self.usual.max(1.0)).max(0.0).powf(RETURNS).min(FASTEST);
        let idle = if a_day > 0.0 { 0.0 } else { day };
        Passage { days: day, study: pace * day, idle }
    }
}

/// The belief on the day of the exam.
pub fn at_the_end(belief: &Belief, course: Course) -> Belief {
    belief.after(course.until(course.days))
}

/// The chance of passing along the way: so many days, evenly spread, today first and the exam
/// last.
pub fn along(paper: &Paper, belief: &Belief, course: Course, points: u32) -> Vec<(f64, Bands)> {
    let steps = points.saturating_sub(1).max(1);
    let day = |step: u32| (course.days * f64::from(step) / f64::from(steps)).round();
    let mut days: Vec<f64> = (0..=steps).map(day).collect();
    days.dedup();
    days.into_iter().map(|day| (day, pass(paper, &belief.after(course.until(day))))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(minutes: f64) -> f64 {
        Course { days: 10.0, minutes, usual: 40.0 }.until(10.0).study
    }

    #[test]
    fn twice_the_time_teaches_less_than_twice_as_much() {
        assert!((study(400.0) - 10.0).abs() < 1e-9);
        assert!(study(800.0) > 15.0 && study(800.0) < 20.0);
        assert!((study(1e9) - 30.0).abs() < 1e-9);
    }

    #[test]
    fn no_study_is_idleness() {
        let passage = Course { days: 10.0, minutes: 0.0, usual: 40.0 }.until(4.0);
        assert!((passage.idle - 4.0).abs() < 1e-9 && passage.study.abs() < 1e-9);
    }
}
