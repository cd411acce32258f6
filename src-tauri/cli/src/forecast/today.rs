//! `sitwell-cli forecast`: the forecast for a collection.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use sitwell_backend::desk::DeskError;
use sitwell_backend::desk::views::{
    ActionKind, Chance, DomainForecast, EvidenceView, ForecastView, NextAction,
};

use super::{BadInput, Today, collection};
use crate::output;

/// What is printed with `--json`.
#[derive(Serialize)]
struct Printed<'v> {
    exam: &'v str,
    today: &'v str,
    date: Option<&'v str>,
    goal: bool,
    evidence: EvidenceView,
    p_pass_today: f64,
    p_pass_on_date: Option<f64>,
    bands: Bands,
    domains: &'v [DomainForecast],
    score_quantiles: &'v [u16],
    actions: &'v [NextAction],
}

#[derive(Serialize)]
struct Bands {
    today: Chance,
    on_date: Option<Chance>,
}

pub(super) fn run(options: &Today) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let view = runtime.block_on(forecast(options))?;
    if options.json {
        output::json(&Printed {
            exam: &view.exam,
            today: &view.today,
            date: view.date.as_deref(),
            goal: view.goal,
            evidence: view.evidence,
            p_pass_today: view.today_chance.p,
            p_pass_on_date: view.date_chance.map(|chance| chance.p),
            bands: Bands { today: view.today_chance, on_date: view.date_chance },
            domains: &view.domains,
            score_quantiles: &view.scores,
            actions: &view.actions,
        })?;
    } else {
        output::text(&in_words(&view)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn forecast(options: &Today) -> anyhow::Result<ForecastView> {
    let desk = collection::open(options.collection.as_deref()).await?;
    let chosen = desk.preparing_for().await?;
    let view = match options.exam.clone().or(chosen) {
        Some(code) => desk.forecast_of(&code, options.date.as_deref()).await,
        None => Err(DeskError::NoExam),
    };
    desk.close().await;
    view.map_err(|error| match error {
        DeskError::BadDate(_) | DeskError::NoExam => BadInput(format!("{error}")).into(),
        other => other.into(),
    })
}

fn in_words(view: &ForecastView) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let out = &mut text;
    let EvidenceView { answers, repeated, mocks, cards } = view.evidence;
    writeln!(out, "{}: pass mark {}", view.exam, view.pass)?;
    writeln!(
        out,
        "evidence: {answers} fresh answers, {repeated} repeated, {mocks} papers, {cards} cards"
    )?;
    writeln!(out, "chance of passing today:         {}", in_percent(view.today_chance))?;
    if let (Some(chance), Some(date)) = (view.date_chance, &view.date) {
        writeln!(out, "chance of passing on {date}: {}", in_percent(chance))?;
    }
    let scores: Vec<String> = view.scores.iter().map(ToString::to_string).collect();
    writeln!(out, "twenty equally likely scores: {}", scores.join(" "))?;
    for domain in &view.domains {
        writeln!(
            out,
            "{} {}: {} (90 % {}–{})",
            domain.id, domain.title, domain.score, domain.low90, domain.high90
        )?;
    }
    for action in &view.actions {
        let what = match &action.kind {
            ActionKind::Task { task, title, .. } => format!("study {task} {title}"),
            ActionKind::Mock { title } => format!("sit {title}"),
        };
        writeln!(
            out,
            "{what}: {:+.1} points an hour (90 % {:+.1} to {:+.1})",
            action.per_hour, action.per_hour_low, action.per_hour_high
        )?;
    }
    Ok(text)
}

fn in_percent(chance: Chance) -> String {
    format!(
        "{:.0} % (50 % {:.0}–{:.0}, 90 % {:.0}–{:.0})",
        chance.p * 100.0,
        chance.low50 * 100.0,
        chance.high50 * 100.0,
        chance.low90 * 100.0,
        chance.high90 * 100.0
    )
}
