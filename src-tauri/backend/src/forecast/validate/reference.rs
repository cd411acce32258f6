//! A reference for the filter: Metropolis sampling of the same posterior, without the Gaussian
//! approximation. Slow, exact in the limit, and only for tests.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::forecast::prior::{
    BELOW_CUT, COMMON_NOISE, COMMON_SD, DAY_SD, OFFSET_NOISE, OFFSET_SD, RATE, RATE_SD,
};
use crate::forecast::{Paper, Session};

/// A path through the states: everything that the prior draws, as standard normals.
struct Path {
    domains: usize,
    /// Start, rate, first offsets; then for each session its day's form and, from the second on,
    /// the steps of the common part and the offsets before it; last the steps to the exam.
    normals: Vec<f64>,
}

impl Path {
    fn length(domains: usize, sessions: usize) -> usize {
        2 + domains + sessions * (1 + 1 + domains) + 1 + domains
    }

    /// Abilities shown in each session, and those on the day of the exam. The learning rate is
    /// held fixed along the path: its own noise is a hundredth of its spread.
    fn abilities(&self, cut: f64, sessions: &[Session], exam_day: f64) -> Vec<Vec<f64>> {
        let mut left = self.normals.iter().copied();
        let mut next = move || left.next().unwrap_or(0.0);
        let mut common = cut - BELOW_CUT + COMMON_SD * next();
        let rate = RATE + RATE_SD * next();
        let mut offsets: Vec<f64> = (0..self.domains).map(|_| OFFSET_SD * next()).collect();
        let mut shown = Vec::new();
        let mut day = sessions.first().map_or(exam_day, |session| session.day);
        for (on, form) in sessions.iter().map(|s| (s.day, DAY_SD)).chain([(exam_day, 0.0)]) {
            let days = on - day;
            common += rate * days + (COMMON_NOISE * days).sqrt() * next();
            for offset in &mut offsets {
                *offset += (OFFSET_NOISE * days).sqrt() * next();
            }
            let form = if form > 0.0 { form * next() } else { 0.0 };
            shown.push(offsets.iter().map(|offset| common + offset + form).collect());
            day = on;
        }
        shown
    }
}

/// Chance of passing, by so many steps of a random walk that keeps the prior (preconditioned
/// Crank–Nicolson; Cotter et al. 2013).
pub(super) fn chance(
    paper: &Paper,
    sessions: &[Session],
    exam_day: f64,
    steps: u32,
    seed: u64,
) -> f64 {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let domains = paper.domains();
    let length = Path::length(domains, sessions.len());
    let mut path = Path { domains, normals: vec![0.0; length] };
    let likelihood = |shown: &[Vec<f64>]| -> f64 {
        let of_session = |(session, at): (&Session, &Vec<f64>)| -> f64 {
            let of_answer = |answer: &crate::forecast::Answer| {
                let chance = answer.chance(at[answer.domain]).height;
                if answer.right { chance.ln() } else { (1.0 - chance).ln() }
            };
            session.answers.iter().map(of_answer).sum()
        };
        sessions.iter().zip(shown).map(of_session).sum()
    };
    let mut shown = path.abilities(paper.cut(), sessions, exam_day);
    let mut height = likelihood(&shown);
    let (mut sum, mut counted) = (0.0, 0.0);
    let (keep, turn) = (0.22_f64.mul_add(-0.22, 1.0).sqrt(), 0.22);
    for step in 0..steps {
        let mut normal = || {
            let radius: f64 = 1.0 - rng.random::<f64>();
            let angle: f64 = rng.random();
            (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
        };
        let normals = path.normals.iter().map(|value| keep * value + turn * normal()).collect();
        let next = Path { domains, normals };
        let next_shown = next.abilities(paper.cut(), sessions, exam_day);
        let next_height = likelihood(&next_shown);
        if rng.random::<f64>().ln() < next_height - height {
            (path, shown, height) = (next, next_shown, next_height);
        }
        if step >= steps / 10
            && step % 10 == 0
            && let Some(abilities) = shown.last()
        {
            sum += paper.passing(&paper.numbers_right(abilities));
            counted += 1.0;
        }
    }
    sum / counted
}
