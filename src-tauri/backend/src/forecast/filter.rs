//! Evidence in the order in which it came.

use super::belief::{Belief, Passage};
use super::evidence::Session;
use super::paper::Paper;
use super::prior::ACTIVE_DAYS;

/// What is believed after some sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The belief on `day`.
    pub belief: Belief,
    /// Day of the last session; none before the first.
    pub day: Option<f64>,
}

/// The belief after all sessions, which are in the order of their days.
pub fn fit(paper: &Paper, sessions: &[Session]) -> Fit {
    sessions.iter().fold(Fit::new(paper), |fit, session| fit.given(session))
}

impl Fit {
    /// Before any evidence.
    pub fn new(paper: &Paper) -> Self {
        Self { belief: Belief::prior(paper.cut(), paper.domains()), day: None }
    }

    /// After one more session, on the day of the last or later.
    #[must_use]
    pub fn given(&self, session: &Session) -> Self {
        let belief = self.on(session.day).given(session);
        Self { belief, day: Some(session.day) }
    }

    /// The belief on a later day when nothing more is known: study goes on for some days after
    /// the last session, then it is taken to rest.
    pub fn on(&self, day: f64) -> Belief {
        let days = self.day.map_or(0.0, |last| (day - last).max(0.0));
        let study = days.min(ACTIVE_DAYS);
        self.belief.after(Passage { days, study, idle: days - study })
    }
}
