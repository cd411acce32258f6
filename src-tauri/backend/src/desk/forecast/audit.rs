//! How far the forecast has been right about this learner.
//!
//! Hindsight is kept out in two ways. Forecasts of passing are read from the log, where they were
//! written before the paper began and cannot be changed. Answers are predicted by the filter as it
//! goes forward: a session's answers from the sessions before it alone, by a model whose
//! parameters were fitted to nobody's answers.

use super::super::views::{AuditBin, AuditView, CountedShare};
use super::super::{DeskError, Sitwell};
use super::{Prepared, fits};
use crate::forecast::Fit;
use crate::forecast::validate::Measures;
use crate::forecast::validate::diagram::wilson;
use crate::store::{KeptForecast, KeptResult};

impl Sitwell {
    pub(super) async fn audit(&self, prepared: &Prepared) -> Result<AuditView, DeskError> {
        let code = &prepared.blueprint.code;
        let kept = self.store.kept_forecasts(code).await?;
        let real = self.store.real_results(code).await?;
        let answers = predicted_answers(prepared);
        let papers = decided(prepared, &kept, &real);
        Ok(AuditView {
            answers: bins(&answers),
            answer_count: count(answers.len()),
            papers: bins(&papers),
            paper_count: count(papers.len()),
            real_results: count(real.len()),
        })
    }
}

/// Each answer's chance as the sessions before its own have it, and whether it was right.
pub(super) fn predicted_answers(prepared: &Prepared) -> Vec<(f64, bool)> {
    let before = std::iter::once(Fit::new(&prepared.paper)).chain(fits(prepared));
    let predicted = before.zip(&prepared.evidence.sessions).flat_map(|(fit, session)| {
        let belief = fit.on(session.day);
        session.answers.iter().map(move |answer| (belief.chance_of(answer), answer.right))
    });
    predicted.collect()
}

/// Forecasts that a paper or a real exam has decided, with what came of them.
fn decided(prepared: &Prepared, kept: &[KeptForecast], real: &[KeptResult]) -> Vec<(f64, bool)> {
    let outcome = |forecast: &KeptForecast| {
        if let Some(id) = &forecast.sitting {
            let mut papers = prepared.evidence.mocks();
            return papers
                .find(|(_, paper)| paper.id == *id)
                .map(|(_, paper)| paper.standing().passed);
        }
        // What is forecast on the very day may have been made after the exam.
        let before = forecast.made_on < forecast.for_date;
        let result = real.iter().find(|result| before && result.date == forecast.for_date);
        result.map(|result| result.passed)
    };
    kept.iter().filter_map(|forecast| Some((forecast.p, outcome(forecast)?))).collect()
}

fn bins(forecasts: &[(f64, bool)]) -> Vec<AuditBin> {
    let bins = Measures::of(forecasts).bins.into_iter();
    bins.map(|bin| {
        let (low, high) = wilson(bin.happened, bin.count as f64);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let hits = (bin.happened * bin.count as f64).round() as u32;
        let happened = CountedShare { hits, of: count(bin.count), low, high };
        AuditBin { predicted: bin.predicted, happened }
    })
    .collect()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
