//! The forecast as the window shows it.

use chrono::{Days, NaiveDate};

use super::super::views::{
    ActionKind, AuditView, Chance, DomainForecast, EvidenceView, ForecastPoint, ForecastView,
    NextAction, PaperMark, WhatIfView,
};
use super::evidence::places;
use super::{Prepared, fits};
use crate::exam::scale::round;
use crate::forecast::actions::{Action, Activity, best};
use crate::forecast::outlook::pass;
use crate::forecast::{Bands, Outlook};

/// Most points of the past, today included.
const PAST: usize = 60;

pub(super) fn view(
    prepared: &Prepared,
    today: &Outlook,
    ahead: Option<WhatIfView>,
    audit: AuditView,
) -> ForecastView {
    let [answers, repeated, mocks, cards] = prepared.evidence.counts();
    let scale = &prepared.blueprint.scale;
    let date_chance = ahead.as_ref().map(|view| view.chance);
    let (ahead, scores) =
        ahead.map_or_else(|| (Vec::new(), scores(today)), |view| (view.ahead, view.scores));
    ForecastView {
        exam: prepared.blueprint.code.clone(),
        today: prepared.today.to_string(),
        date: prepared.date.map(|date| date.to_string()),
        goal: prepared.goal(),
        pass: scale.pass,
        scale_min: scale.min,
        scale_max: scale.max,
        evidence: EvidenceView { answers, repeated, mocks, cards },
        today_chance: chance(today.pass),
        date_chance,
        past: past(prepared, today),
        ahead,
        papers: papers(prepared),
        domains: domains(prepared, today),
        scores,
        plan: prepared.plan.clone(),
        actions: actions(prepared),
        audit,
    }
}

pub(super) fn chance(bands: Bands) -> Chance {
    Chance {
        p: bands.p,
        low90: bands.wide.0,
        low50: bands.narrow.0,
        high50: bands.narrow.1,
        high90: bands.wide.1,
    }
}

pub(super) fn point(today: NaiveDate, day: f64, bands: Bands) -> ForecastPoint {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days")]
    let date = today + Days::new(day.max(0.0) as u64);
    ForecastPoint { date: date.to_string(), chance: chance(bands) }
}

pub(super) fn scores(outlook: &Outlook) -> Vec<u16> {
    outlook.scores.iter().map(|score| round(*score)).collect()
}

/// The chance after each paper as it was believed then, without hindsight, up to today.
fn past(prepared: &Prepared, today: &Outlook) -> Vec<ForecastPoint> {
    let papers = &prepared.evidence.papers;
    let mut last_of_day: Vec<(NaiveDate, Bands)> = Vec::new();
    let every = papers.len().div_ceil(PAST - 1).max(1);
    for (index, (fit, (date, _))) in fits(prepared).zip(papers).enumerate() {
        if *date >= prepared.today || (index + 1 != papers.len() && index % every != 0) {
            continue;
        }
        if last_of_day.last().is_some_and(|(last, _)| last == date) {
            last_of_day.pop();
        }
        last_of_day.push((*date, pass(&prepared.paper, &fit.belief)));
    }
    if papers.is_empty() {
        return Vec::new();
    }
    last_of_day.truncate(PAST - 1);
    last_of_day.push((prepared.today, today.pass));
    let shown = |(date, bands): (NaiveDate, Bands)| ForecastPoint {
        date: date.to_string(),
        chance: chance(bands),
    };
    last_of_day.into_iter().map(shown).collect()
}

/// Papers sat, and those planned, evenly spread until the exam.
fn papers(prepared: &Prepared) -> Vec<PaperMark> {
    let sat = prepared.evidence.mocks().map(|(date, paper)| PaperMark {
        date: date.to_string(),
        title: paper.title.clone(),
        planned: false,
    });
    let mut marks: Vec<PaperMark> = sat.collect();
    if let Some(date) = prepared.date_ahead() {
        let days = u64::try_from((date - prepared.today).num_days()).unwrap_or(0);
        let planned = u64::from(prepared.plan.mocks);
        for number in 1..=planned {
            let on = prepared.today + Days::new(days * number / (planned + 1));
            let title = format!("Mock {}", prepared.evidence.mocks().count() as u64 + number);
            marks.push(PaperMark { date: on.to_string(), title, planned: true });
        }
    }
    marks
}

fn domains(prepared: &Prepared, today: &Outlook) -> Vec<DomainForecast> {
    let known = prepared.blueprint.domains.iter().zip(&today.domains).zip(0..);
    known
        .map(|((domain, outlook), index)| DomainForecast {
            id: domain.id.clone(),
            index,
            title: domain.title.clone(),
            score: round(outlook.score),
            low90: round(outlook.wide.0),
            low50: round(outlook.narrow.0),
            high50: round(outlook.narrow.1),
            high90: round(outlook.wide.1),
        })
        .collect()
}

fn actions(prepared: &Prepared) -> Vec<NextAction> {
    let evidence = &prepared.evidence;
    if evidence.sessions.is_empty() {
        return Vec::new(); // the prior does not tell one task from another
    }
    let best = best(
        &prepared.blueprint,
        &prepared.paper,
        &prepared.belief,
        &evidence.sessions,
        evidence.usual_minutes,
    );
    best.into_iter().filter_map(|action| next_action(prepared, &action)).collect()
}

fn next_action(prepared: &Prepared, action: &Action) -> Option<NextAction> {
    let points = 100.0;
    let hourly = points * 60.0 / f64::from(action.minutes.max(1));
    Some(NextAction {
        kind: kind(prepared, action.activity)?,
        minutes: action.minutes,
        gain: points * action.gain.p,
        plus_minus: points * (action.gain.narrow.1 - action.gain.narrow.0) / 2.0,
        per_hour: hourly * action.gain.p,
        per_hour_low: hourly * action.gain.wide.0,
        per_hour_high: hourly * action.gain.wide.1,
        narrows: action.narrows.clamp(0.0, 1.0),
    })
}

fn kind(prepared: &Prepared, activity: Activity) -> Option<ActionKind> {
    let evidence = &prepared.evidence;
    match activity {
        Activity::Mock => {
            Some(ActionKind::Mock { title: format!("Mock {}", evidence.mocks().count() + 1) })
        }
        Activity::Task(place) => {
            let (_, task) = prepared.blueprint.tasks().nth(place)?;
            let (domain, _) = places(&prepared.blueprint, &task.id)?;
            let cards = evidence.cards.iter().filter(|card| card.task == task.id).count();
            Some(ActionKind::Task {
                task: task.id.clone(),
                title: task.title.clone(),
                domain_index: u32::try_from(domain).unwrap_or(0),
                cards: u32::try_from(cards).unwrap_or(u32::MAX),
                questions: evidence.questions.get(&task.id).copied().unwrap_or(0),
            })
        }
    }
}
