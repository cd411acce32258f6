//! Simulated learners, other than the forecast takes learners to be: their items have slopes of
//! their own and levels that are often wrong, and they learn in spurts, at rates that are skewed.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::logistic::logistic;

use super::super::evidence::{Answer, Kind, Session};
use crate::blueprint::Blueprint;
use crate::deck::{Difficulty, ResponseKind};
use crate::exam::PaperSize;
use crate::exam::ability::number_right;
use crate::exam::quota::domain_shares;
use crate::exam::response::{DIFFICULTY_SD, difficulty, floor};
use crate::exam::scale::required_shares;

/// How the learners and items of a simulation are drawn. Abilities and difficulties in logits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Population {
    /// Mean of the common part of ability at the first paper.
    pub start: f64,
    /// Its standard deviation.
    pub start_sd: f64,
    /// Standard deviation of a domain around it.
    pub domain_sd: f64,
    /// Mean learning rate, in logits a day; rates are gamma distributed.
    pub rate: f64,
    /// Standard deviation of the rate between learners.
    pub rate_sd: f64,
    /// Standard deviation of the common part's random walk, for a day.
    pub wander: f64,
    /// Standard deviation of the logarithm of the slope between items.
    pub slope_sd: f64,
    /// Share of items whose level is wrong, and any of the other two.
    pub wrong_levels: f64,
    /// Days between papers.
    pub between: f64,
    /// Days from the last paper to the exam.
    pub ahead: f64,
}

impl Population {
    /// The population on which the targets are set.
    pub const STANDARD: Self = Self {
        start: 0.6,
        start_sd: 1.2,
        domain_sd: 0.5,
        rate: 0.02,
        rate_sd: 0.012,
        wander: 0.03,
        slope_sd: 0.3,
        wrong_levels: 0.3,
        between: 14.0,
        ahead: 14.0,
    };

    /// Populations that differ from it in one respect each, by name.
    pub fn others() -> Vec<(&'static str, Self)> {
        let Self { start, rate, .. } = Self::STANDARD;
        vec![
            ("begin half a logit lower", Self { start: start - 0.5, ..Self::STANDARD }),
            ("begin half a logit higher", Self { start: start + 0.5, ..Self::STANDARD }),
            ("nobody learns", Self { rate: 0.0, rate_sd: 0.0, ..Self::STANDARD }),
            ("learn half again as fast", Self { rate: rate * 1.5, ..Self::STANDARD }),
            ("half of the levels are wrong", Self { wrong_levels: 0.5, ..Self::STANDARD }),
            ("slopes spread twice as wide", Self { slope_sd: 0.6, ..Self::STANDARD }),
            ("all are much alike", Self { start_sd: 0.6, ..Self::STANDARD }),
        ]
    }
}

/// A learner's papers and what came of the exam.
#[derive(Debug, Clone)]
pub struct Learner {
    /// The papers, in order.
    pub sessions: Vec<Session>,
    /// Day of the exam.
    pub exam_day: f64,
    /// The chance of passing that the learner's true ability gave on that day.
    pub chance: f64,
    /// Whether the exam was passed.
    pub passed: bool,
}

/// Draws learners.
pub struct Simulation<'b> {
    population: Population,
    blueprint: &'b Blueprint,
    /// All and scored items of each domain.
    shares: Vec<(u32, u32)>,
    /// The mean chance to know an item, tabulated by ability.
    knows: Vec<f64>,
    rng: ChaCha8Rng,
}

/// Items over which the true mean chance to know is taken.
const SAMPLE: u32 = 4000;

impl<'b> Simulation<'b> {
    /// A simulation of learners who prepare for this exam.
    pub fn new(population: Population, blueprint: &'b Blueprint, seed: u64) -> Self {
        let shares = domain_shares(blueprint, PaperSize::full(blueprint), 0);
        let rng = ChaCha8Rng::seed_from_u64(seed);
        let mut simulation = Self { population, blueprint, shares, knows: Vec::new(), rng };
        let items: Vec<Item> = (0..SAMPLE).map(|_| simulation.item()).collect();
        let mean = |ability: f64| {
            items.iter().map(|item| item.knows(ability)).sum::<f64>() / f64::from(SAMPLE)
        };
        simulation.knows = (-160..=160).map(|step| mean(f64::from(step) / 20.0)).collect();
        simulation
    }

    /// So many learners who sit so many papers each. Their common abilities are one from each of
    /// as many equally likely strata, so that few learners show what many would.
    pub fn learners(&mut self, count: u32, mocks: u32) -> Vec<Learner> {
        let normal = Normal::standard();
        (0..count)
            .map(|stratum| {
                let mass = (f64::from(stratum) + self.rng.random::<f64>()) / f64::from(count);
                self.beginning_at(normal.inverse_cdf(mass.clamp(1e-9, 1.0 - 1e-9)), mocks)
            })
            .collect()
    }

    /// A learner who sits so many papers before the exam.
    pub fn learner(&mut self, mocks: u32) -> Learner {
        let place = self.normal();
        self.beginning_at(place, mocks)
    }

    /// One whose common part begins so many standard deviations from the mean.
    fn beginning_at(&mut self, place: f64, mocks: u32) -> Learner {
        let population = self.population;
        let common = population.start + population.start_sd * place;
        let mut abilities: Vec<f64> = Vec::new();
        for _ in 0..self.shares.len() {
            let offset = population.domain_sd * self.normal();
            abilities.push(common + offset);
        }
        let rate = self.rate();
        let mut day = 0.0;
        let mut sessions = Vec::new();
        for mock in 0..mocks {
            if mock > 0 {
                self.learn(&mut abilities, rate, population.between);
                day += population.between;
            }
            let answers = self.paper(&abilities);
            sessions.push(Session { day, kind: Kind::Mock, answers });
        }
        self.learn(&mut abilities, rate, population.ahead);
        let (chance, passed) = self.exam(&abilities);
        Learner { sessions, exam_day: day + population.ahead, chance, passed }
    }

    fn learn(&mut self, abilities: &mut [f64], rate: f64, days: f64) {
        let wander = self.population.wander * days.sqrt() * self.normal();
        for ability in abilities {
            *ability += rate * days + wander;
        }
    }

    fn paper(&mut self, abilities: &[f64]) -> Vec<Answer> {
        let mut answers = Vec::new();
        for (domain, ability) in abilities.iter().enumerate() {
            for _ in 0..self.shares[domain].0 {
                let item = self.item();
                let level = self.label(item.level);
                let floor = self.floor();
                let chance = floor + (1.0 - floor) * item.knows(*ability);
                let right = self.rng.random_bool(chance);
                answers.push(Answer { domain, task: domain, level, floor, right, repeat: None });
            }
        }
        answers
    }

    /// The true chance of passing, over fresh papers and required shares, and the outcome of one.
    fn exam(&mut self, abilities: &[f64]) -> (f64, bool) {
        let share = self.blueprint.multiple_response_share;
        let mean_floor = share * floor(ResponseKind::Multiple, 5, None)
            + (1.0 - share) * floor(ResponseKind::Single, 4, None);
        let chances = abilities.iter().zip(&self.shares).flat_map(|(ability, (_, scored))| {
            let chance = mean_floor + (1.0 - mean_floor) * self.knows(*ability);
            std::iter::repeat_n(chance, *scored as usize)
        });
        let masses = number_right(chances);
        let items = masses.len().saturating_sub(1) as f64;
        let required = required_shares(&self.blueprint.scale);
        let passes = |right: usize| {
            let share = right as f64 / items;
            required.iter().filter(|c| share >= **c).count() as f64 / required.len() as f64
        };
        let chance: f64 = masses.iter().enumerate().map(|(r, mass)| mass * passes(r)).sum();
        let chance = chance.clamp(0.0, 1.0);
        (chance, self.rng.random_bool(chance))
    }

    fn knows(&self, ability: f64) -> f64 {
        let place = (ability * 20.0 + 160.0).clamp(0.0, 319.999);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ place")]
        let below = place as usize;
        let part = place - below as f64;
        self.knows[below] * (1.0 - part) + self.knows[below + 1] * part
    }

    fn item(&mut self) -> Item {
        let level = match self.rng.random::<f64>() {
            mass if mass < 0.25 => Difficulty::Easy,
            mass if mass < 0.75 => Difficulty::Medium,
            _ => Difficulty::Hard,
        };
        let place = difficulty(level) + DIFFICULTY_SD * self.normal();
        let slope = (self.population.slope_sd * self.normal()).exp();
        Item { level, place, slope }
    }

    /// What the author calls an item of this level.
    fn label(&mut self, level: Difficulty) -> Difficulty {
        if self.rng.random_bool(1.0 - self.population.wrong_levels) {
            return level;
        }
        let others: Vec<Difficulty> =
            Difficulty::ALL.into_iter().filter(|other| *other != level).collect();
        others[self.rng.random_range(0..others.len())]
    }

    fn floor(&mut self) -> f64 {
        let multiple = self.rng.random_bool(self.blueprint.multiple_response_share);
        if multiple {
            floor(ResponseKind::Multiple, 5, None)
        } else {
            floor(ResponseKind::Single, 4, None)
        }
    }

    /// Gamma by Marsaglia and Tsang (2000); 0 when nobody learns.
    fn rate(&mut self) -> f64 {
        let Population { rate, rate_sd, .. } = self.population;
        if rate <= 0.0 || rate_sd <= 0.0 {
            return rate;
        }
        let shape = (rate / rate_sd).powi(2).max(1.0);
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            let u: f64 = self.rng.random();
            if v > 0.0 && u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * rate / shape;
            }
        }
    }

    /// Standard normal by Box and Muller (1958).
    fn normal(&mut self) -> f64 {
        let radius: f64 = 1.0 - self.rng.random::<f64>();
        let angle: f64 = self.rng.random();
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }
}

/// An item as it is.
struct Item {
    level: Difficulty,
    place: f64,
    slope: f64,
}

impl Item {
    fn knows(&self, ability: f64) -> f64 {
        logistic(self.slope * (ability - self.place))
    }
}
