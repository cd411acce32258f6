use super::*;

fn setup() -> Setup {
    Setup { days: 30, minutes: 20, cards: 120, learners: 6, seed: 1, tasks: vec![0.5, 0.3, 0.2] }
}

#[test]
fn the_same_seed_gives_the_same_learners_whatever_their_number() {
    let six = simulate(&setup()).unwrap();
    assert_eq!(six, simulate(&setup()).unwrap());
    let one = simulate(&Setup { learners: 1, ..setup() }).unwrap();
    let other = simulate(&Setup { learners: 1, seed: 2, ..setup() }).unwrap();
    assert_ne!(one, other);
    assert!(one.gain_over_plain.se.abs() < f64::EPSILON && six.gain_over_plain.se > 0.0);
}

#[test]
fn no_schedule_spends_more_than_the_minutes_given() {
    for result in simulate(&Setup { minutes: 5, ..setup() }).unwrap().schedules {
        // A day may end in the middle of a card.
        assert!(result.minutes <= 5.0 + 0.4, "{result:?}");
        assert!(result.recall.mean > 0.0 && result.recall.mean < 1.0);
        assert!(result.introduced <= 120.0);
    }
}

#[test]
fn with_time_enough_knowing_the_date_gains_recall_on_it() {
    let simulated = simulate(&setup()).unwrap();
    let gain = simulated.gain_over_paced;
    assert!(gain.mean > 2.0 * gain.se, "{simulated:?}");
    assert!((simulated.schedules[2].introduced - 120.0).abs() < 1e-9);
}

#[test]
fn a_mean_has_the_standard_error_of_its_sample() {
    let mean = Mean::of(&[1.0, 2.0, 3.0, 4.0]);
    assert!((mean.mean - 2.5).abs() < 1e-12);
    assert!((mean.se - (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
}
