//! How fast the forecast is: a refit over 10,000 answers, one more session, another plan.
#![expect(clippy::expect_used, reason = "a benchmark without its exam is none")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sitwell_backend::bundled;
use sitwell_backend::forecast::filter::fit;
use sitwell_backend::forecast::plan::{Course, along, at_the_end};
use sitwell_backend::forecast::validate::population::{Population, Simulation};
use sitwell_backend::forecast::{Outlook, Paper, Session};

/// Papers of 65 answers: 10,010 of them.
const PAPERS: u32 = 154;
/// Points of the curve that goes with another plan.
const POINTS: u32 = 20;

fn forecast(c: &mut Criterion) {
    let blueprints = bundled::blueprints().expect("bundled blueprints load");
    let blueprint = blueprints.iter().find(|known| known.items == 65).expect("one has 65 items");
    let paper = Paper::of(blueprint);
    let sessions = Simulation::new(Population::STANDARD, blueprint, 1).learner(PAPERS).sessions;
    let fitted = fit(&paper, &sessions);
    let last = sessions.last().expect("there are papers");
    let one = Session { answers: last.answers[..1].to_vec(), ..last.clone() };
    let course = Course { days: 28.0, minutes: 1200.0, usual: 40.0 };

    c.bench_function("refit over 10,000 answers", |b| {
        b.iter(|| fit(&paper, black_box(&sessions)));
    });
    c.bench_function("one more answer", |b| b.iter(|| fitted.given(black_box(&one))));
    c.bench_function("one more paper", |b| b.iter(|| fitted.given(black_box(last))));
    c.bench_function("outlook", |b| {
        b.iter(|| Outlook::new(&paper, black_box(&fitted.belief)));
    });
    c.bench_function("another plan", |b| {
        b.iter(|| {
            let there = at_the_end(&fitted.belief, black_box(course));
            (Outlook::new(&paper, &there), along(&paper, &fitted.belief, course, POINTS))
        });
    });
}

criterion_group!(benches, forecast);
criterion_main!(benches);
