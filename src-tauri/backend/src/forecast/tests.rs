use proptest::prelude::*;

use super::actions::{Activity, best};
use super::belief::{Belief, Passage};
use super::filter::fit;
use super::plan::{Course, along, at_the_end};
use super::*;
use crate::blueprint::Blueprint;
use crate::deck::Difficulty;
use crate::exam::sample;

fn answer(domain: usize, right: bool) -> Answer {
    let level = Difficulty::Medium;
    Answer { domain, task: domain, level, floor: 0.25, right, repeat: None }
}

/// A paper of `items` answers over four domains, `right` of them right, evenly spread.
fn mock(day: f64, items: usize, right: usize) -> Session {
    let answers = (0..items).map(|n| answer(n % 4, (n * right) % items < right)).collect();
    Session { day, kind: Kind::Mock, answers }
}

fn pass_of(sessions: &[Session]) -> Bands {
    let paper = Paper::of(&sample::blueprint());
    let day = sessions.last().map_or(0.0, |session| session.day);
    Outlook::new(&paper, &fit(&paper, sessions).on(day)).pass
}

fn width(bands: Bands) -> f64 {
    bands.wide.1 - bands.wide.0
}

#[test]
fn without_evidence_the_answer_is_the_prior_and_as_wide() {
    let pass = pass_of(&[]);
    assert!(pass.p > 0.15 && pass.p < 0.45, "{pass:?}");
    assert!(width(pass) > 0.9, "{pass:?}");
}

#[test]
fn more_evidence_narrows() {
    let widths: Vec<f64> = [20, 65, 260, 1300]
        .into_iter()
        .map(|items| width(pass_of(&[mock(0.0, items, items * 7 / 10)])))
        .collect();
    assert!(widths.windows(2).all(|pair| pair[1] < pair[0]), "{widths:?}");
    let three: Vec<Session> = (0..3).map(|n| mock(f64::from(n), 65, 46)).collect();
    assert!(width(pass_of(&three)) < width(pass_of(&three[..1])));
}

#[test]
fn a_question_seen_before_counts_for_less() {
    let repeated = |days, explained| {
        let mut session = mock(0.0, 65, 60);
        for answer in &mut session.answers {
            answer.repeat = Some(Repeat { days, explained });
        }
        pass_of(&[session])
    };
    let (prior, fresh) = (pass_of(&[]), pass_of(&[mock(0.0, 65, 60)]));
    let (recent, unread, old) = (repeated(2.0, true), repeated(2.0, false), repeated(400.0, true));
    assert!(prior.p < recent.p && recent.p < unread.p && unread.p < old.p && old.p < fresh.p);
    assert!(width(recent) > width(old) && (old.p - fresh.p).abs() < 0.02);
}

#[test]
fn untimed_practice_is_taken_to_flatter() {
    let timed = mock(0.0, 65, 48);
    let untimed = Session { kind: Kind::Drill, ..timed.clone() };
    assert!(pass_of(&[untimed]).p < pass_of(&[timed]).p);
}

#[test]
fn the_learning_rate_is_learned_and_shrunk() {
    let paper = Paper::of(&sample::blueprint());
    let rate = |rights: [usize; 4]| {
        let sessions: Vec<Session> =
            (0..).zip(rights).map(|(n, right)| mock(f64::from(n) * 10.0, 65, right)).collect();
        fit(&paper, &sessions).belief.rate()
    };
    let prior = Belief::prior(0.0, 4).rate();
    let (rising, still) = (rate([30, 38, 46, 54]), rate([42, 42, 42, 42]));
    assert!(rising.0 > prior.0 && still.0 < prior.0, "{rising:?} {still:?}");
    assert!(still.0 > 0.0, "three weeks do not prove that nobody learns: {still:?}");
    assert!(rising.1 < prior.1);
}

#[test]
fn idleness_takes_and_widens() {
    let paper = Paper::of(&sample::blueprint());
    let fitted = fit(&paper, &[mock(0.0, 65, 52)]);
    let chance = |day| Outlook::new(&paper, &fitted.on(day)).pass;
    assert!(chance(14.0).p > chance(0.0).p);
    assert!(chance(200.0).p < chance(14.0).p);
    assert!(width(chance(200.0)) > width(chance(0.0)));
}

#[test]
fn cards_move_domains_apart_and_only_a_little() {
    let paper = Paper::of(&sample::blueprint());
    let belief = fit(&paper, &[mock(0.0, 65, 45)]).belief;
    let recall = |domain, recall| CardRecall { domain, cards: 80, recall };
    let moved = belief.with_cards(&[recall(0, 0.6), recall(2, 0.97)]);
    let (before, after) = (belief.abilities().0, moved.abilities().0);
    assert!(after[0] < before[0] && after[2] > before[2]);
    assert!((after[0] - before[0]).abs() < 0.3 && (after[1] - before[1]).abs() < 0.1);
    assert_eq!(belief.with_cards(&[recall(1, 0.5)]), belief, "nothing to compare with");
}

#[test]
fn permuting_domains_permutes_results() {
    let weights = [(20.0, 3), (24.0, 3), (36.0, 5), (20.0, 4)];
    let order = [2, 0, 3, 1];
    let permuted: Vec<(f64, usize)> = order.iter().map(|place| weights[*place]).collect();
    let outlook = |blueprint: &Blueprint, session: &Session| {
        let paper = Paper::of(blueprint);
        Outlook::new(&paper, &fit(&paper, std::slice::from_ref(session)).on(10.0))
    };
    let mut session = mock(0.0, 65, 45);
    for (n, answer) in session.answers.iter_mut().enumerate() {
        answer.right = (n * 7) % 10 > answer.domain;
    }
    let mut other = session.clone();
    for answer in &mut other.answers {
        answer.domain = order.iter().position(|place| *place == answer.domain).unwrap();
    }
    let one = outlook(&sample::exam(65, 50, &weights), &session);
    let two = outlook(&sample::exam(65, 50, &permuted), &other);
    assert!((one.pass.p - two.pass.p).abs() < 0.01, "{one:?} {two:?}");
    for (new, old) in order.into_iter().enumerate() {
        assert!((two.domains[new].score - one.domains[old].score).abs() < 1e-6);
    }
}

#[test]
fn twenty_scores_rise_and_as_many_pass_as_the_chance_says() {
    let paper = Paper::of(&sample::blueprint());
    let outlook = Outlook::new(&paper, &fit(&paper, &[mock(0.0, 65, 48)]).on(7.0));
    assert_eq!(outlook.scores.len(), 20);
    assert!(outlook.scores.windows(2).all(|pair| pair[0] <= pair[1]));
    let pass = f64::from(sample::blueprint().scale.pass);
    let passing = outlook.scores.iter().filter(|score| **score >= pass).count();
    assert!((passing as f64 / 20.0 - outlook.pass.p).abs() <= 0.051, "{outlook:?}");
}

#[test]
fn ten_thousand_answers_are_no_trouble() {
    let sessions: Vec<Session> =
        (0..154).map(|n: u8| mock(f64::from(n), 65, 40 + usize::from(n) / 8)).collect();
    assert!(sessions.iter().map(|s| s.answers.len()).sum::<usize>() > 10_000);
    let pass = pass_of(&sessions);
    assert!(pass.p.is_finite() && pass.p > 0.5 && width(pass) < 0.5, "{pass:?}");
}

#[test]
fn extremes_stay_finite() {
    for right in [0, 65] {
        let sessions: Vec<Session> = (0..30).map(|n| mock(f64::from(n), 65, right)).collect();
        let pass = pass_of(&sessions);
        assert!(pass.p.is_finite() && (0.0..=1.0).contains(&pass.p), "{pass:?}");
        assert!(if right == 0 { pass.p < 0.01 } else { pass.p > 0.99 }, "{pass:?}");
    }
}

#[test]
fn studying_more_raises_the_chance_and_none_lowers_it() {
    let paper = Paper::of(&sample::blueprint());
    let belief = fit(&paper, &[mock(0.0, 65, 45)]).belief;
    let course = |minutes| Course { days: 28.0, minutes, usual: 40.0 };
    let chance = |minutes| Outlook::new(&paper, &at_the_end(&belief, course(minutes))).pass.p;
    assert!(chance(0.0) < chance(400.0) && chance(400.0) < chance(2000.0));
    let curve = along(&paper, &belief, course(1000.0), 20);
    assert!(curve.len() == 20 && curve[0].0.abs() < 1e-9 && (curve[19].0 - 28.0).abs() < 1e-9);
}

#[test]
fn what_is_weak_and_heavy_comes_first_and_noise_is_left_out() {
    let blueprint = sample::blueprint();
    let paper = Paper::of(&blueprint);
    // Tasks are numbered over all domains: the third domain begins with 6.
    let mut session = mock(0.0, 260, 190);
    for (n, answer) in session.answers.iter_mut().enumerate() {
        let first = [0, 3, 6, 11][answer.domain];
        let tasks = [3, 3, 5, 4][answer.domain];
        answer.task = first + (n / 4) % tasks;
        if answer.task == 8 {
            answer.right = n % 3 == 0;
        }
    }
    let sessions = [session];
    let belief = fit(&paper, &sessions).belief;
    let actions = best(&blueprint, &paper, &belief, &sessions, 40.0);
    assert!(actions.len() <= 5 && actions.iter().all(|action| action.gain.wide.0 > 0.0));
    assert!(actions.windows(2).all(|pair| pair[0].per_hour() >= pair[1].per_hour()));
    // Nobody is known to gain anything whose learning rate may be none.
    let unsure = belief.after(Passage { days: 4000.0, study: 0.0, idle: 0.0 });
    let none = best(&blueprint, &paper, &unsure, &[], 40.0);
    assert!(none.is_empty(), "{none:?}");
    assert!(actions.iter().all(|action| action.activity != Activity::Mock || action.narrows > 0.0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn one_more_right_answer_never_lowers_the_chance(
        marks in prop::collection::vec(any::<bool>(), 12..80),
        place in any::<prop::sample::Index>(),
    ) {
        let session = |marks: &[bool]| Session {
            day: 0.0,
            kind: Kind::Mock,
            answers: marks.iter().enumerate().map(|(n, right)| answer(n % 4, *right)).collect(),
        };
        let mut better = marks.clone();
        better[place.index(marks.len())] = true;
        let (one, other) = (pass_of(&[session(&marks)]), pass_of(&[session(&better)]));
        prop_assert!(other.p >= one.p - 1e-3, "{} {}", one.p, other.p);
    }

    #[test]
    fn the_order_of_answers_does_not_matter(
        mut marks in prop::collection::vec((0_usize..4, any::<bool>()), 5..60)
    ) {
        let session = |marks: &[(usize, bool)]| Session {
            day: 0.0,
            kind: Kind::Section,
            answers: marks.iter().map(|(domain, right)| answer(*domain, *right)).collect(),
        };
        let one = pass_of(&[session(&marks)]);
        marks.reverse();
        let other = pass_of(&[session(&marks)]);
        prop_assert!((one.p - other.p).abs() < 1e-6);
    }
}
