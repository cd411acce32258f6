//! The chance that a question of a paper would be answered right, as the papers before it had it.

use super::super::views::Beforehand;
use super::super::{DeskError, Sitwell};
use super::evidence::place_in_session;
use crate::deck::ItemId;
use crate::forecast::Fit;

impl Sitwell {
    /// What the model gave a question of a sitting before the sitting began, computed from what
    /// came before it alone. None when nothing came before: the prior is about nobody in
    /// particular. None also for what was not answered in practice.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub(in super::super) async fn beforehand(
        &self,
        code: &str,
        sitting: &str,
        item: &ItemId,
    ) -> Result<Option<Beforehand>, DeskError> {
        let prepared = self.prepare(code, None).await?;
        let evidence = &prepared.evidence;
        let Some(at) = evidence.papers.iter().position(|(_, paper)| paper.id == sitting) else {
            return Ok(None);
        };
        let before = &evidence.sessions[..at];
        let answers = before.iter().map(|session| session.answers.len()).sum::<usize>();
        let paper = &evidence.papers[at].1;
        let place = place_in_session(&prepared.blueprint, paper, item);
        let session = &evidence.sessions[at];
        let answer = place.and_then(|place| session.answers.get(place));
        let (Some(answer), false) = (answer, answers == 0) else { return Ok(None) };
        let fit = before.iter().fold(Fit::new(&prepared.paper), |fit, session| fit.given(session));
        let belief = fit.on(session.day);
        let (low90, high90) = belief.chance_between(answer);
        Ok(Some(Beforehand {
            p: belief.chance_of(answer),
            low90,
            high90,
            answers: u32::try_from(answers).unwrap_or(u32::MAX),
            repeated: answer.repeat.is_some(),
        }))
    }
}
