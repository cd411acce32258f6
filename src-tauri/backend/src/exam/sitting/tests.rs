use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::clock::{Clock, FixedClock};
use crate::deck::Places;

pub(super) const MINUTE: i64 = 60_000;

fn shape() -> Vec<SlotShape> {
    vec![
        SlotShape::choice(4, 1),
        SlotShape::choice(5, 2),
        SlotShape::choice(6, 3),
        SlotShape::arrangement(5, Places { count: 3, reuse: false }),
        SlotShape::arrangement(4, Places { count: 3, reuse: true }),
    ]
}

pub(super) fn set(options: &[u8]) -> BTreeSet<u8> {
    options.iter().copied().collect()
}

fn chosen(options: &[u8]) -> Answer {
    Answer::Choice(set(options))
}

/// A sitting with its clock, keeping the log as the store would.
pub(super) struct Bench {
    pub(super) clock: FixedClock,
    pub(super) sitting: Sitting,
    log: Vec<Event>,
    started: Instant,
}

impl Bench {
    pub(super) fn new(minutes: i64) -> Self {
        Self::with(Timing::from(minutes * MINUTE))
    }

    pub(super) fn with(timing: Timing) -> Self {
        let clock = FixedClock::at(1_700_000_000_000);
        let started = clock.now();
        let sitting = Sitting::begin(&shape(), timing, started.clone());
        Self { clock, sitting, log: Vec::new(), started }
    }

    pub(super) fn act(&mut self, action: Action) -> Result<bool, Refusal> {
        let event = self.sitting.decide(action, &self.clock.now())?;
        if let Some(event) = &event {
            self.sitting.apply(event);
            self.log.push(event.clone());
        }
        Ok(event.is_some())
    }

    pub(super) fn replayed(&self) -> Sitting {
        Sitting::replay(&shape(), self.sitting.timing, self.started.clone(), self.log.clone())
            .expect("own log replays")
    }

    pub(super) fn remaining(&self) -> i64 {
        self.sitting.remaining_ms(&self.clock.now())
    }
}

#[test]
fn the_last_answer_counts_and_earlier_complete_ones_are_kept() {
    let mut bench = Bench::new(180);
    for options in [&[0][..], &[2], &[2], &[1]] {
        bench.act(Action::Choose { position: 0, options: set(options) }).unwrap();
    }
    let slot = bench.sitting.slot(0).unwrap();
    assert_eq!(slot.answer, chosen(&[1]));
    assert_eq!(slot.answers, vec![chosen(&[0]), chosen(&[2]), chosen(&[1])]);
}

#[test]
fn a_multiple_response_may_be_partial_but_never_more_than_asked() {
    let mut bench = Bench::new(180);
    bench.act(Action::Choose { position: 1, options: set(&[3]) }).unwrap();
    assert!(bench.sitting.slot(1).unwrap().answered());
    assert!(bench.sitting.slot(1).unwrap().answers.is_empty());
    let refused = bench.act(Action::Choose { position: 1, options: set(&[0, 1, 3]) });
    assert_eq!(refused, Err(Refusal::TooMany { position: 1, select: 2 }));
    assert_eq!(bench.sitting.slot(1).unwrap().answer, chosen(&[3]));
}

#[test]
fn an_arrangement_may_have_gaps_and_is_kept_once_complete() {
    let mut bench = Bench::new(180);
    let arrange =
        |responses: &[Option<u8>]| Action::Arrange { position: 3, responses: responses.to_vec() };
    bench.act(arrange(&[None, Some(4), None])).unwrap();
    assert!(bench.sitting.slot(3).unwrap().answered());
    assert!(bench.sitting.slot(3).unwrap().answers.is_empty());
    bench.act(arrange(&[Some(0), Some(4), Some(2)])).unwrap();
    bench.act(arrange(&[None; 3])).unwrap();
    let slot = bench.sitting.slot(3).unwrap();
    assert!(!slot.answered());
    assert_eq!(slot.answers, [Answer::Arrangement(vec![Some(0), Some(4), Some(2)])]);
    assert!(!bench.act(arrange(&[None; 3])).unwrap(), "nothing changes");
}

#[test]
fn an_arrangement_that_does_not_fit_is_refused() {
    let mut bench = Bench::new(180);
    let mut arrange = |position, responses: &[u8]| {
        let responses = responses.iter().copied().map(Some).collect();
        bench.act(Action::Arrange { position, responses })
    };
    assert_eq!(arrange(3, &[0, 1, 0]), Err(Refusal::PlacedTwice { position: 3 }));
    assert_eq!(arrange(4, &[0, 1, 0]), Ok(true), "here a response can be used again");
    assert_eq!(arrange(3, &[0, 1]), Err(Refusal::OtherPlaces { position: 3, places: 3 }));
    let refused = Refusal::NoSuchOption { position: 3, option: 5, options: 5 };
    assert_eq!(arrange(3, &[0, 1, 5]), Err(refused));
    assert_eq!(arrange(0, &[0]), Err(Refusal::OtherKind { position: 0 }));
    let choose = Action::Choose { position: 3, options: set(&[1]) };
    assert_eq!(bench.act(choose), Err(Refusal::OtherKind { position: 3 }));
    let strike = Action::Strike { position: 3, option: 1, struck: true };
    assert_eq!(bench.act(strike), Err(Refusal::OtherKind { position: 3 }));
}

#[test]
fn events_read_as_they_have_always_been_stored() {
    let chosen = r#"{"event":"chosen","position":2,"options":[0,3]}"#;
    let kind = EventKind::Chosen { position: 2, options: set(&[0, 3]) };
    assert_eq!(serde_json::from_str::<EventKind>(chosen).unwrap(), kind);
    assert_eq!(serde_json::to_string(&kind).unwrap(), chosen);
    let arranged = r#"{"event":"arranged","position":2,"responses":[1,null]}"#;
    let kind = EventKind::Arranged { position: 2, responses: vec![Some(1), None] };
    assert_eq!(serde_json::from_str::<EventKind>(arranged).unwrap(), kind);
    assert_eq!(serde_json::to_string(&kind).unwrap(), arranged);
    let commented = r#"{"event":"commented","position":2,"text":"why?"}"#;
    let kind = EventKind::Commented { position: 2, text: "why?".into() };
    assert_eq!(serde_json::from_str::<EventKind>(commented).unwrap(), kind);
    assert_eq!(serde_json::to_string(&kind).unwrap(), commented);
    for (stored, kind) in [("paused", EventKind::Paused), ("continued", EventKind::Continued)] {
        let stored = format!(r#"{{"event":"{stored}"}}"#);
        assert_eq!(serde_json::from_str::<EventKind>(&stored).unwrap(), kind);
        assert_eq!(serde_json::to_string(&kind).unwrap(), stored);
    }
}

#[test]
fn striking_out_the_answer_clears_it_and_choosing_restores() {
    let mut bench = Bench::new(180);
    bench.act(Action::Choose { position: 0, options: set(&[1]) }).unwrap();
    bench.act(Action::Strike { position: 0, option: 1, struck: true }).unwrap();
    assert!(!bench.sitting.slot(0).unwrap().answered());
    bench.act(Action::Choose { position: 0, options: set(&[1]) }).unwrap();
    assert!(bench.sitting.slot(0).unwrap().struck.is_empty());
}

#[test]
fn what_does_not_fit_the_paper_is_refused_and_recorded_nowhere() {
    let mut bench = Bench::new(180);
    assert!(bench.act(Action::See { position: 5 }).is_err());
    assert!(bench.act(Action::Choose { position: 0, options: set(&[4]) }).is_err());
    assert!(bench.act(Action::Strike { position: 0, option: 9, struck: true }).is_err());
    assert!(bench.log.is_empty());
}

#[test]
fn an_action_that_changes_nothing_records_nothing() {
    let mut bench = Bench::new(180);
    assert!(bench.act(Action::Flag { position: 0, flagged: true }).unwrap());
    assert!(!bench.act(Action::Flag { position: 0, flagged: true }).unwrap());
    assert!(!bench.act(Action::Choose { position: 0, options: set(&[]) }).unwrap());
}

#[test]
fn time_runs_while_the_app_is_closed_but_is_not_reading_time() {
    let mut bench = Bench::new(180);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(MINUTE);
    bench.act(Action::Flag { position: 0, flagged: true }).unwrap();
    bench.clock.advance(30 * MINUTE); // killed here, opened again half an hour later
    bench.sitting = bench.replayed();
    assert_eq!(bench.remaining(), 149 * MINUTE);
    bench.act(Action::Resume).unwrap();
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(2 * MINUTE);
    bench.act(Action::See { position: 1 }).unwrap();
    assert_eq!(bench.sitting.slot(0).unwrap().spent_ms, 3 * MINUTE);
    assert_eq!(bench.remaining(), 147 * MINUTE);
}

#[test]
fn setting_the_clock_neither_gives_nor_takes_time() {
    let mut bench = Bench::new(180);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.advance(10 * MINUTE);
    bench.clock.set_wall_by(-60 * MINUTE);
    assert_eq!(bench.remaining(), 170 * MINUTE);
    bench.act(Action::See { position: 1 }).unwrap();
    bench.clock.set_wall_by(25 * 60 * MINUTE);
    assert_eq!(bench.remaining(), 170 * MINUTE);
    assert!(bench.sitting.expiry(&bench.clock.now()).is_none());
}

#[test]
fn a_clock_set_back_across_a_reboot_gives_back_no_time() {
    let mut bench = Bench::new(180);
    bench.clock.advance(20 * MINUTE);
    bench.act(Action::See { position: 0 }).unwrap();
    bench.clock.reboot("after");
    bench.clock.set_wall_by(-120 * MINUTE);
    assert_eq!(bench.replayed().remaining_ms(&bench.clock.now()), 160 * MINUTE);
}

#[test]
fn expiry_while_closed_is_dated_at_the_deadline() {
    let mut bench = Bench::new(180);
    bench.clock.advance(5 * MINUTE);
    bench.act(Action::Choose { position: 0, options: set(&[1]) }).unwrap();
    bench.clock.advance(600 * MINUTE);
    let expired = bench.sitting.expiry(&bench.clock.now()).expect("time is up");
    assert_eq!(expired.at.wall_ms, bench.started.wall_ms + 180 * MINUTE);
    bench.sitting.apply(&expired);
    assert_eq!(bench.sitting.phase(), Phase::Expired);
    assert_eq!(bench.sitting.elapsed_ms(&bench.clock.now()), 180 * MINUTE);
    assert_eq!(bench.sitting.slot(0).unwrap().answer, chosen(&[1]));
    assert!(bench.sitting.expiry(&bench.clock.now()).is_none());
}

#[test]
fn nothing_can_be_changed_once_it_is_over_or_out_of_time() {
    let mut bench = Bench::new(180);
    bench.clock.advance(180 * MINUTE);
    let choose = Action::Choose { position: 0, options: set(&[1]) };
    assert_eq!(bench.act(choose.clone()), Err(Refusal::Over));
    let mut ended = Bench::new(180);
    ended.act(Action::End).unwrap();
    assert_eq!(ended.act(choose), Err(Refusal::Over));
    assert_eq!(ended.remaining(), 0);
}

#[test]
fn a_log_of_another_paper_is_refused_with_the_place() {
    let bench = Bench::new(180);
    let event = Event { at: bench.clock.now(), kind: EventKind::Seen { position: 40 } };
    let log = vec![Event { at: bench.clock.now(), kind: EventKind::Left }, event];
    let error = Sitting::replay(&shape(), MINUTE, bench.started, log).unwrap_err();
    assert_eq!(error.index, 1);
}

fn any_action() -> impl Strategy<Value = Action> {
    let options = proptest::collection::btree_set(0u8..7, 0..4);
    let responses = proptest::collection::vec(proptest::option::of(0u8..6), 2..=4);
    prop_oneof![
        2 => (0u32..6, responses)
            .prop_map(|(position, responses)| Action::Arrange { position, responses }),
        6 => any_other_action(options),
    ]
}

fn any_other_action(
    options: impl Strategy<Value = BTreeSet<u8>> + 'static,
) -> impl Strategy<Value = Action> {
    prop_oneof![
        (0u32..6).prop_map(|position| Action::See { position }),
        Just(Action::Leave),
        Just(Action::Resume),
        (0u32..6, options).prop_map(|(position, options)| Action::Choose { position, options }),
        (0u32..6, 0u8..7, any::<bool>()).prop_map(|(position, option, struck)| Action::Strike {
            position,
            option,
            struck
        }),
        (0u32..6, any::<bool>()).prop_map(|(position, flagged)| Action::Flag { position, flagged }),
        (0u32..6, "[a-c]{0,3}").prop_map(|(position, text)| Action::Comment { position, text }),
        Just(Action::Pause),
        Just(Action::Continue),
        (0u32..6, prop_oneof![Just(None), Just(Some(Confidence::Sure))])
            .prop_map(|(position, confidence)| Action::Sure { position, confidence }),
    ]
}

proptest! {
    #[test]
    fn any_session_equals_the_replay_of_its_log(
        steps in proptest::collection::vec((any_action(), 0i64..90_000, -500_000i64..500_000), 0..80),
        end in any::<bool>(),
        stop_clock in any::<bool>(),
        restart_every in 1_usize..9,
    ) {
        let mut bench = Bench::with(Timing { limit_ms: 30 * MINUTE, stop_clock });
        let mut passed = 0;
        for (step, (action, wait, skew)) in steps.into_iter().enumerate() {
            let _ = bench.act(action);
            bench.clock.advance(wait);
            bench.clock.set_wall_by(skew);
            // On a break that stops the clock no time passes, however often the app is killed.
            passed += if bench.sitting.on_break() && stop_clock { 0 } else { wait };
            if step % restart_every == 0 {
                bench.sitting = bench.replayed();
                let _ = bench.act(Action::Resume);
            }
            prop_assert_eq!(bench.remaining(), (30 * MINUTE - passed).max(0));
        }
        if end {
            let _ = bench.act(Action::End);
        }
        prop_assert_eq!(&bench.replayed(), &bench.sitting);
        for slot in bench.sitting.slots() {
            prop_assert!(slot.answer.given() <= usize::from(slot.shape.select));
            match &slot.answer {
                Answer::Choice(chosen) => prop_assert!(chosen.is_disjoint(&slot.struck)),
                Answer::Arrangement(places) => {
                    prop_assert_eq!(places.len(), 3);
                    let placed: BTreeSet<u8> = places.iter().flatten().copied().collect();
                    let reuse = slot.shape.places.unwrap().reuse;
                    prop_assert!(reuse || placed.len() == slot.answer.given());
                    prop_assert!(placed.iter().all(|option| *option < slot.shape.options));
                }
            }
            prop_assert!(slot.answers.iter().all(|a| a.given() == usize::from(slot.shape.select)));
            prop_assert!(slot.spent_ms <= passed);
        }
    }

    #[test]
    fn events_survive_their_stored_form(action in any_action()) {
        let bench = Bench::new(30);
        if let Ok(Some(event)) = bench.sitting.decide(action, &bench.clock.now()) {
            let stored = serde_json::to_string(&event.kind).unwrap();
            prop_assert_eq!(serde_json::from_str::<EventKind>(&stored).unwrap(), event.kind);
        }
    }
}
