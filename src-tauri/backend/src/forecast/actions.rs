//! What to do next: by how much an hour raises the chance of passing.

use super::belief::Belief;
use super::evidence::{Answer, Session};
use super::outlook::{Bands, COARSE, bands, draws, pass, spread};
use super::paper::Paper;
use super::prior::TASK_SD;
use crate::blueprint::Blueprint;

/// An hour on one task teaches no more than this, in logits.
const MOST: f64 = 1.0;
/// Recommendations at most.
const SHOWN: usize = 5;

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Study the task at this place among all tasks of the blueprint.
    Task(usize),
    /// Sit a paper.
    Mock,
}

/// An activity with what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Action {
    /// What to do.
    pub activity: Activity,
    /// How long it takes.
    pub minutes: u32,
    /// By how much it raises the chance of passing, in [−1, 1], with intervals.
    pub gain: Bands,
    /// By how much it narrows the 90 % interval of the chance, as a share of its width.
    pub narrows: f64,
}

impl Action {
    /// Gain in an hour.
    pub fn per_hour(&self) -> f64 {
        self.gain.p * 60.0 / f64::from(self.minutes.max(1))
    }
}

/// The best next actions, most gain in an hour first. Whatever may well gain nothing is left out:
/// the lower end of its 90 % interval has to be above 0. `usual` is the minutes a day at which the
/// learner's rate was seen.
pub fn best(
    blueprint: &Blueprint,
    paper: &Paper,
    belief: &Belief,
    sessions: &[Session],
    usual: f64,
) -> Vec<Action> {
    let hour = 60.0 / usual.max(1.0);
    let draws = Draws::new(paper, belief);
    let mut actions: Vec<Action> = tasks(blueprint)
        .into_iter()
        .enumerate()
        .filter(|(_, task)| task.domain < belief.domains())
        .map(|(place, task)| {
            let offset = offset(belief, task.domain, place, sessions);
            Action {
                activity: Activity::Task(place),
                minutes: 60,
                gain: draws.gain_of_task(paper, task, offset, hour),
                narrows: 0.0,
            }
        })
        .collect();
    let length = f64::from(blueprint.minutes) / 60.0;
    actions.push(Action {
        activity: Activity::Mock,
        minutes: blueprint.minutes,
        gain: draws.gain_of_all(paper, hour * length),
        narrows: narrows(blueprint, paper, belief),
    });
    actions.retain(|action| action.gain.wide.0 > 0.0);
    actions.sort_by(|one, other| other.per_hour().total_cmp(&one.per_hour()));
    actions.truncate(SHOWN);
    actions
}

/// A task's domain, and its share of it.
#[derive(Debug, Clone, Copy)]
struct TaskShare {
    domain: usize,
    share: f64,
}

fn tasks(blueprint: &Blueprint) -> Vec<TaskShare> {
    let of_domain = |(domain, its): (usize, &crate::blueprint::Domain)| {
        let sum: f64 = its.tasks.iter().map(|task| task.weight).sum();
        let share = move |weight: f64| TaskShare { domain, share: weight / sum.max(1e-9) };
        its.tasks.iter().map(|task| share(task.weight)).collect::<Vec<_>>()
    };
    blueprint.domains.iter().enumerate().flat_map(of_domain).collect()
}

/// Mean and standard deviation of a task's ability around its domain's: one step of Fisher
/// scoring from 0, shrunk to it.
fn offset(belief: &Belief, domain: usize, task: usize, sessions: &[Session]) -> (f64, f64) {
    let ability = belief.abilities().0[domain];
    let of_task = |answer: &&Answer| answer.task == task && answer.domain == domain;
    let (mut score, mut information) = (0.0, TASK_SD.powi(-2));
    for answer in sessions.iter().flat_map(|session| &session.answers).filter(of_task) {
        let said = answer.says(ability);
        score += said.score;
        information += said.information;
    }
    (score / information, information.sqrt().recip())
}

/// Abilities and learning rates that stand for a belief, with the chance each gives.
struct Draws {
    abilities: Vec<Vec<f64>>,
    rates: Vec<f64>,
    /// Standard normals that go with them, for what a task adds.
    turns: Vec<f64>,
    chances: Vec<f64>,
}

impl Draws {
    fn new(paper: &Paper, belief: &Belief) -> Self {
        let abilities: Vec<Vec<f64>> = draws(belief, COARSE).collect();
        let (mean, sd) = belief.rate();
        let rates = spread(COARSE, 0.754_877_666).map(|turn| mean + sd * turn).collect();
        let turns = spread(COARSE, 0.569_840_29).collect();
        let chance = |at: &Vec<f64>| paper.passing(&paper.numbers_right(at));
        let chances = abilities.iter().map(chance).collect();
        Self { abilities, rates, turns, chances }
    }

    /// An hour on one task. It teaches as many items' worth as an hour on everything does, but all
    /// of them in one place: the smaller the task, the further its ability rises.
    fn gain_of_task(
        &self,
        paper: &Paper,
        task: TaskShare,
        (offset, sd): (f64, f64),
        hour: f64,
    ) -> Bands {
        let all: u32 = paper.scored().iter().sum();
        let items = f64::from(paper.scored()[task.domain]) * task.share;
        let concentration = f64::from(all) / items.max(0.1);
        self.gains(paper, |draw, at| {
            let ability = at[task.domain];
            let before = ability + offset + sd * self.turns[draw];
            let step = (self.rates[draw] * hour * concentration).clamp(-MOST, MOST);
            let rise = paper.chance(before + step).height - paper.chance(before).height;
            // The domain's ability that has the same effect on its items in the mean.
            at[task.domain] += task.share * rise / paper.chance(ability).slope.max(1e-3);
        })
    }

    /// Study of everything alike.
    fn gain_of_all(&self, paper: &Paper, hours: f64) -> Bands {
        self.gains(paper, |draw, at| {
            for ability in at {
                *ability += self.rates[draw] * hours;
            }
        })
    }

    fn gains(&self, paper: &Paper, teach: impl Fn(usize, &mut Vec<f64>)) -> Bands {
        let gain = |(draw, before): (usize, &Vec<f64>)| {
            let mut after = before.clone();
            teach(draw, &mut after);
            paper.passing(&paper.numbers_right(&after)) - self.chances[draw]
        };
        bands(self.abilities.iter().enumerate().map(gain).collect())
    }
}

/// How much narrower the interval is expected to be after a paper.
fn narrows(blueprint: &Blueprint, paper: &Paper, belief: &Belief) -> f64 {
    let (mean, _) = belief.abilities();
    let longer = f64::from(blueprint.items) / f64::from(blueprint.scored_items.max(1));
    let information: Vec<f64> = mean
        .iter()
        .zip(paper.scored())
        .map(|(ability, scored)| {
            let chance = paper.chance(*ability);
            let spread = (chance.height * (1.0 - chance.height)).max(1e-9);
            f64::from(*scored) * longer * chance.slope * chance.slope / spread
        })
        .collect();
    let width = |belief: &Belief| {
        let (low, high) = pass(paper, belief).wide;
        high - low
    };
    let before = width(belief);
    if before < 1e-6 { 0.0 } else { 1.0 - width(&belief.narrowed(&information)) / before }
}
