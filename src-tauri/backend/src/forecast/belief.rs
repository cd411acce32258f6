//! A Gaussian belief about a learner, how a day changes it and how evidence does.
//!
//! The state is (common ability, learning rate, effect of an untimed setting, offset of each
//! domain). Ability in a domain is the common part plus its offset.

use nalgebra::{DMatrix, DVector};

use super::evidence::{Answer, CardRecall, Says, Session};
use super::prior::{
    BELOW_CUT, CARD_SD, CARDS_THAT_COUNT, COMMON_NOISE, COMMON_SD, DAY_SD, FORGETTING,
    OFFSET_NOISE, OFFSET_SD, RATE, RATE_NOISE, RATE_SD, UNTIMED, UNTIMED_SD,
};

/// Place of the common part in the state.
const COMMON: usize = 0;
/// Place of the learning rate, in logits a day of study.
const PACE: usize = 1;
/// Place of what an untimed setting adds.
const LEISURE: usize = 2;
/// Place of the first domain's offset.
const OFFSETS: usize = 3;

/// Steps to the mode after which it is taken as it is; four or five are usual.
const MAX_STEPS: usize = 30;
/// A step to the mode goes no further, in logits.
const LONGEST_STEP: f64 = 1.0;
/// A step that moves no ability further ends the search.
const TOLERANCE: f64 = 1e-7;

/// Mean and covariance of the state.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
}

/// Days that pass, and what is done in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// Days in all.
    pub days: f64,
    /// Days of study among them, in days at the learner's usual pace; may exceed `days`.
    pub study: f64,
    /// Days without any.
    pub idle: f64,
}

impl Belief {
    /// What is believed of somebody unknown who prepares for an exam with this cut ability.
    pub fn prior(cut: f64, domains: usize) -> Self {
        let size = OFFSETS + domains;
        let mut mean = DVector::zeros(size);
        mean[COMMON] = cut - BELOW_CUT;
        mean[PACE] = RATE;
        mean[LEISURE] = UNTIMED;
        let mut sd = DVector::from_element(size, OFFSET_SD);
        sd[COMMON] = COMMON_SD;
        sd[PACE] = RATE_SD;
        sd[LEISURE] = UNTIMED_SD;
        Self { mean, covariance: DMatrix::from_diagonal(&sd.map(|sd| sd * sd)) }
    }

    /// Number of domains.
    pub fn domains(&self) -> usize {
        self.mean.len() - OFFSETS
    }

    /// Mean and covariance of the abilities in the domains, in logits.
    pub fn abilities(&self) -> (DVector<f64>, DMatrix<f64>) {
        let rows: Vec<DVector<f64>> = (0..self.domains()).map(|d| self.row(d, false)).collect();
        let mean = DVector::from_iterator(rows.len(), rows.iter().map(|row| row.dot(&self.mean)));
        let covariance = DMatrix::from_fn(rows.len(), rows.len(), |one, other| {
            rows[one].dot(&(&self.covariance * &rows[other]))
        });
        (mean, covariance)
    }

    /// Mean and standard deviation of the learning rate, in logits a day of study.
    pub fn rate(&self) -> (f64, f64) {
        (self.mean[PACE], self.covariance[(PACE, PACE)].max(0.0).sqrt())
    }

    /// Chance that an answer will be right, given against the clock: its curve integrated over the
    /// ability in its domain.
    pub fn chance_of(&self, answer: &Answer) -> f64 {
        let row = self.row(answer.domain.min(self.domains().saturating_sub(1)), false);
        let sd = row.dot(&(&self.covariance * &row)).max(0.0).sqrt();
        let mean = row.dot(&self.mean);
        // Gauss and Hermite, five points.
        let points = [(0.0, 8.0 / 15.0), (1.355_626, 0.222_076), (2.856_970, 0.011_257)];
        let at = |place: f64| answer.chance(mean + sd * place).height;
        let sum = |(place, weight): (f64, f64)| weight * (at(place) + at(-place)) / 2.0;
        // The middle point is counted once, the others twice.
        sum(points[0]) + 2.0 * (sum(points[1]) + sum(points[2]))
    }

    /// Where that chance lies with 90 %, as far as the ability is uncertain: the curve at its 5 % and
    /// 95 % points, since it rises with ability.
    pub fn chance_between(&self, answer: &Answer) -> (f64, f64) {
        const Z: f64 = 1.644_853_626_951_472_6;
        let row = self.row(answer.domain.min(self.domains().saturating_sub(1)), false);
        let sd = row.dot(&(&self.covariance * &row)).max(0.0).sqrt();
        let mean = row.dot(&self.mean);
        let at = |z: f64| answer.chance(mean + sd * z).height;
        (at(-Z), at(Z))
    }

    /// The belief after days have passed: study adds the learning rate, idleness takes, and every
    /// day adds uncertainty.
    #[must_use]
    pub fn after(&self, passage: Passage) -> Self {
        let size = self.mean.len();
        let mut transition = DMatrix::identity(size, size);
        transition[(COMMON, PACE)] = passage.study;
        let mut mean = &transition * &self.mean;
        mean[COMMON] -= FORGETTING * passage.idle;
        let mut covariance = &transition * &self.covariance * transition.transpose();
        let days = passage.days.max(0.0);
        covariance[(COMMON, COMMON)] += COMMON_NOISE * days;
        covariance[(PACE, PACE)] += RATE_NOISE * days;
        for offset in OFFSETS..size {
            covariance[(offset, offset)] += OFFSET_NOISE * days;
        }
        Self { mean, covariance }
    }

    /// The belief after a session: Laplace's approximation around the posterior mode, found by
    /// Fisher scoring. The likelihood depends on the state through the abilities in the domains
    /// alone, so each step is a Kalman update by one working observation for each domain (the
    /// iterated extended Kalman filter; Bell and Cathey 1993).
    #[must_use]
    pub fn given(&self, session: &Session) -> Self {
        let domains = self.domains();
        let present: Vec<usize> = (0..domains)
            .filter(|domain| session.answers.iter().any(|answer| answer.domain == *domain))
            .collect();
        let untimed = session.kind.untimed();
        let rows: Vec<DVector<f64>> = present.iter().map(|d| self.row(*d, untimed)).collect();
        let design = DMatrix::from_fn(present.len(), self.mean.len(), |r, c| rows[r][c]);
        let before = &design * &self.mean;
        let cross = &self.covariance * design.transpose();
        // A good or a bad day moves all abilities shown in a session and none that stays.
        let spread = (&design * &cross).add_scalar(DAY_SD * DAY_SD);
        let mut at = before.clone();
        for step in 0..MAX_STEPS {
            let mut says = vec![Says::default(); domains];
            let mut place = vec![0.0; domains];
            for (domain, ability) in present.iter().zip(at.iter()) {
                place[*domain] = *ability;
            }
            for answer in session.answers.iter().filter(|answer| answer.domain < domains) {
                let said = answer.says(place[answer.domain]);
                says[answer.domain].score += said.score;
                says[answer.domain].information += said.information;
            }
            let mut noisy = spread.clone();
            let mut working = DVector::zeros(present.len());
            for (row, domain) in present.iter().enumerate() {
                let information = says[*domain].information.max(1e-6);
                noisy[(row, row)] += 1.0 / information;
                working[row] = at[row] + says[*domain].score / information - before[row];
            }
            let Some(cholesky) = noisy.cholesky() else { break };
            let mut next = &before + &spread * cholesky.solve(&working);
            let longest = (&next - &at).amax();
            if longest > LONGEST_STEP {
                next = &at + (&next - &at) * (LONGEST_STEP / longest);
            }
            let last = longest < TOLERANCE || step + 1 == MAX_STEPS;
            at = next;
            if last {
                let mean = &self.mean + &cross * cholesky.solve(&working);
                let covariance = &self.covariance - &cross * cholesky.solve(&cross.transpose());
                return Self { mean, covariance: symmetric(&covariance) };
            }
        }
        self.clone()
    }

    /// The belief after a look at the cards. FSRS shows every card when its recall has fallen to
    /// the same level, so recall says little about how able a learner is; it says which domains
    /// are remembered better than the others, and that weakly.
    #[must_use]
    pub fn with_cards(&self, recalls: &[CardRecall]) -> Self {
        let logit = |share: f64| {
            let share = share.clamp(0.02, 0.98);
            (share / (1.0 - share)).ln()
        };
        let known: Vec<&CardRecall> =
            recalls.iter().filter(|r| r.cards > 0 && r.domain < self.domains()).collect();
        let cards: f64 = known.iter().map(|recall| f64::from(recall.cards)).sum();
        if known.len() < 2 {
            return self.clone(); // nothing to compare with
        }
        let usual = known.iter().map(|r| f64::from(r.cards) * logit(r.recall)).sum::<f64>() / cards;
        let mut belief = self.clone();
        for recall in known {
            let count = f64::from(recall.cards).min(CARDS_THAT_COUNT);
            let row = OFFSETS + recall.domain;
            let column = belief.covariance.column(row).into_owned();
            let noisy = belief.covariance[(row, row)] + CARD_SD * CARD_SD / count;
            let gain = &column / noisy;
            let surprise = logit(recall.recall) - usual - belief.mean[row];
            belief.mean += &gain * surprise;
            belief.covariance = symmetric(&(&belief.covariance - &gain * column.transpose()));
        }
        belief
    }

    /// The belief if answers to so many exam items of each domain were known: as narrow as they
    /// would make it, in the same place.
    #[must_use]
    pub fn narrowed(&self, information: &[f64]) -> Self {
        let mut covariance = self.covariance.clone();
        for (domain, information) in information.iter().enumerate().take(self.domains()) {
            let row = self.row(domain, false);
            let column = &covariance * &row;
            let noisy = row.dot(&column) + 1.0 / information.max(1e-9);
            covariance -= &column * column.transpose() / noisy;
        }
        Self { mean: self.mean.clone(), covariance: symmetric(&covariance) }
    }

    /// How the ability in a domain comes from the state.
    fn row(&self, domain: usize, untimed: bool) -> DVector<f64> {
        let mut row = DVector::zeros(self.mean.len());
        row[COMMON] = 1.0;
        row[LEISURE] = f64::from(u8::from(untimed));
        row[OFFSETS + domain] = 1.0;
        row
    }
}

/// Rounding makes a covariance lopsided; this takes the mean of its halves.
fn symmetric(covariance: &DMatrix<f64>) -> DMatrix<f64> {
    (covariance + covariance.transpose()) / 2.0
}
