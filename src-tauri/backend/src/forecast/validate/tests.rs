use super::population::{Population, Simulation};
use super::simulated::{Plan, run};
use super::*;
use crate::exam::sample;
use crate::forecast::filter::fit;
use crate::forecast::{Outlook, Paper};

fn report(learners: u32, mocks: Vec<u32>) -> SimulatedReport {
    let plan = Plan { learners, seed: 5, mocks };
    run(&sample::blueprint(), Population::STANDARD, &plan)
}

#[test]
fn forecasts_are_calibrated_and_as_sharp_as_a_model_trained_on_the_population() {
    for round in report(500, vec![1, 4]).rounds {
        let (ours, ceiling) = (&round.forecast, &round.ceiling);
        assert!(ours.log_loss < ceiling.log_loss + 0.012, "{ours:?} {ceiling:?}");
        assert!(ours.brier < round.pooled_percent.brier - 0.005, "{ours:?}");
        assert!(ours.brier < round.last_mock.brier - 0.05, "{ours:?}");
        // Ten bins of 50: chance alone gives about 0.035.
        assert!(ours.ece < 0.06, "{ours:?}");
        assert!(ours.auc > 0.88, "{ours:?}");
        assert!((0.84..=0.95).contains(&round.cover_90), "{}", round.cover_90);
        assert!((0.42..=0.58).contains(&round.cover_50), "{}", round.cover_50);
        assert!(round.truth.brier < ours.brier, "nobody beats the truth: {round:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_report() {
    assert_eq!(report(40, vec![2]), report(40, vec![2]));
    let other = Plan { learners: 40, seed: 6, mocks: vec![2] };
    assert_ne!(report(40, vec![2]), run(&sample::blueprint(), Population::STANDARD, &other));
}

#[test]
fn the_filter_is_close_to_a_sampler_of_the_exact_posterior() {
    let blueprint = sample::blueprint();
    let paper = Paper::of(&blueprint);
    let mut simulation = Simulation::new(Population::STANDARD, &blueprint, 11);
    let mut far: f64 = 0.0;
    for (learner, mocks) in [1, 2, 2, 4].into_iter().enumerate() {
        let learner_seed = learner as u64;
        let learner = simulation.learner(mocks);
        let fitted = fit(&paper, &learner.sessions).on(learner.exam_day);
        let ours = Outlook::new(&paper, &fitted).pass.p;
        let exact =
            reference::chance(&paper, &learner.sessions, learner.exam_day, 60_000, learner_seed);
        far = far.max((ours - exact).abs());
        println!("{mocks} papers: filter {ours:.3}, sampler {exact:.3}");
    }
    assert!(far < 0.03, "{far}");
}

#[test]
fn hidden_answers_are_forecast_better_than_by_the_pooled_percentage() {
    // People whose answers have a common cause, to items of different difficulty.
    let blueprint = sample::exam(40, 40, &[(100.0, 1)]);
    let population = Population { start_sd: 1.0, domain_sd: 0.0, ..Population::STANDARD };
    let mut simulation = Simulation::new(population, &blueprint, 3);
    let line = |marks: Vec<&str>| marks.join(",");
    let mut text = line(vec!["i"; 40]);
    for _ in 0..300 {
        let learner = simulation.learner(1);
        let marks = learner.sessions[0].answers.iter().map(|a| if a.right { "1" } else { "0" });
        text.push('\n');
        text.push_str(&line(marks.collect()));
    }
    let matrix = Matrix::parse(&text).unwrap();
    let report = real::run(&matrix, &[0.5, 0.65, 0.8], None, 1);
    for cut in &report.cuts {
        assert!(cut.forecast.log_loss < cut.pooled_percent.log_loss, "{cut:?}");
        assert!(cut.with_known_items.log_loss < cut.pooled_percent.log_loss + 0.01, "{cut:?}");
    }
    assert_eq!(report, real::run(&matrix, &[0.5, 0.65, 0.8], None, 1));
}
