//! Breaks, standing clocks and comments.

use super::tests::{Bench, MINUTE, set};
use super::*;
use crate::clock::Clock;

const STOPPING: Timing = Timing { limit_ms: 180 * MINUTE, stop_clock: true };

#[test]
fn a_break_that_stops_the_clock_costs_no_time_across_a_kill_and_a_reboot() {
    let mut bench = Bench::with(STOPPING);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(10 * MINUTE);
    assert!(bench.act(Action::Pause).unwrap());
    bench.clock.advance(45 * MINUTE); // killed here
    bench.sitting = bench.replayed();
    bench.act(Action::Resume).unwrap();
    assert!(bench.sitting.on_break() && bench.sitting.stands());
    bench.clock.reboot("after");
    bench.clock.advance(600 * MINUTE);
    assert!(bench.sitting.expiry(&bench.clock.now()).is_none());
    assert!(bench.act(Action::Continue).unwrap());
    assert_eq!(bench.remaining(), 170 * MINUTE);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(MINUTE);
    bench.act(Action::Leave).unwrap();
    assert_eq!(bench.remaining(), 169 * MINUTE);
    assert_eq!(bench.sitting.slot(0).unwrap().spent_ms, 11 * MINUTE);
}

#[test]
fn any_other_break_hides_the_questions_and_the_clock_runs_on_to_the_end() {
    let mut bench = Bench::new(180);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.act(Action::Pause).unwrap();
    assert!(!bench.act(Action::Pause).unwrap(), "once");
    for hidden in [
        Action::See { position: 1 },
        Action::Flag { position: 0, flagged: true },
        Action::Choose { position: 0, options: set(&[1]) },
    ] {
        assert_eq!(bench.act(hidden), Err(Refusal::OnBreak));
    }
    bench.clock.advance(30 * MINUTE);
    assert_eq!(bench.remaining(), 150 * MINUTE);
    bench.clock.advance(150 * MINUTE);
    let expired = bench.sitting.expiry(&bench.clock.now()).expect("time is up");
    bench.sitting.apply(&expired);
    assert!(!bench.sitting.on_break());
    assert_eq!(bench.sitting.slot(0).unwrap().spent_ms, 0);
}

#[test]
fn a_sitting_can_be_ended_on_a_break_and_without_a_clock_there_is_none() {
    let mut bench = Bench::with(STOPPING);
    bench.act(Action::Pause).unwrap();
    assert!(bench.act(Action::End).unwrap());
    assert_eq!(bench.sitting.phase(), Phase::Ended);
    let mut untimed = Bench::with(Timing::from(UNTIMED_MS));
    assert_eq!(untimed.act(Action::Pause), Err(Refusal::NoBreak));
}

#[test]
fn the_clock_stands_while_the_reasons_are_read() {
    let mut bench = Bench::new(30);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(2 * MINUTE);
    bench.act(Action::Choose { position: 0, options: set(&[1]) }).unwrap();
    bench.act(Action::Check { position: 0 }).unwrap();
    bench.clock.advance(50 * MINUTE);
    assert!(bench.sitting.stands());
    assert_eq!(bench.remaining(), 28 * MINUTE);
    bench.act(Action::See { position: 1 }).unwrap();
    bench.clock.advance(MINUTE);
    assert_eq!(bench.remaining(), 27 * MINUTE);
    assert_eq!(bench.replayed(), bench.sitting);
}

#[test]
fn the_last_comment_counts_and_one_that_is_too_long_is_refused() {
    let mut bench = Bench::new(180);
    let comment = |text: &str| Action::Comment { position: 0, text: text.into() };
    assert!(bench.act(comment("two keys?")).unwrap());
    assert!(!bench.act(comment("two keys?")).unwrap());
    let long = "é".repeat(MAX_COMMENT + 1);
    assert_eq!(bench.act(comment(&long)), Err(Refusal::LongComment { position: 0 }));
    assert_eq!(bench.replayed().slot(0).unwrap().comment, "two keys?");
    assert!(bench.act(comment("")).unwrap());
    assert_eq!(bench.sitting.slot(0).unwrap().comment, "");
}
