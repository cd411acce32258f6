//! Every way to sit under clocks that misbehave: set back, set forward, asleep, switched to
//! summer time, started again.

use super::tests::{EXAM, Machine};
use super::views::{CustomPaper, DrillPool, Practice, SittingState, SittingView};
use super::*;
use crate::exam::custom::OwnTime;
use crate::exam::{Conditions, Mode};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Begins each way to sit on a machine of its own, and lets something happen there.
async fn in_every_mode(happens: impl AsyncFn(&Machine, &Sitwell, &SittingView)) {
    let paper = CustomPaper { time: OwnTime::Minutes { minutes: 30 }, ..CustomPaper::default() };
    let drill =
        |paced| Practice::Drill { tasks: Vec::new(), items: 10, pool: DrillPool::All, paced };
    let ways = [
        None,
        Some(Practice::Section { part: "1".into(), items: None }),
        Some(drill(true)),
        Some(drill(false)),
        Some(Practice::Custom { paper }),
        Some(Practice::Diagnostic),
    ];
    let mut modes = Vec::new();
    for way in ways {
        let machine = Machine::new();
        let desk = machine.open().await;
        let conditions = Conditions::default();
        let sitting = match way {
            None => desk.start_exam(EXAM, None, conditions).await,
            Some(practice) => desk.start_practice(EXAM, practice, conditions).await,
        }
        .unwrap();
        desk.see(&sitting.id, 0).await.unwrap();
        modes.push(sitting.mode);
        happens(&machine, &desk, &sitting).await;
    }
    let all = [Mode::Mock, Mode::Section, Mode::Drill, Mode::Drill, Mode::Custom, Mode::Diagnostic];
    assert_eq!(modes, all);
}

/// Time that is gone from the clock of a sitting.
async fn gone(desk: &Sitwell, sitting: &SittingView) -> i64 {
    let clock = desk.exam_clock(&sitting.id).await.unwrap();
    assert_eq!(clock.state, SittingState::Running, "{}", sitting.title);
    clock.total_ms - clock.remaining_ms
}

#[tokio::test]
async fn a_clock_set_back_an_hour_gives_no_time_and_one_set_forward_a_day_takes_none() {
    in_every_mode(async |machine, desk, sitting| {
        machine.clock.advance(2 * MINUTE);
        machine.clock.set_wall_by(-HOUR);
        assert_eq!(gone(desk, sitting).await, 2 * MINUTE);
        desk.flag(&sitting.id, 0, true).await.unwrap();
        machine.clock.advance(MINUTE);
        machine.clock.set_wall_by(HOUR + DAY);
        assert_eq!(gone(desk, sitting).await, 3 * MINUTE);
        desk.flag(&sitting.id, 0, false).await.unwrap();
        machine.clock.advance(MINUTE);
        assert_eq!(gone(desk, sitting).await, 4 * MINUTE);
    })
    .await;
}

#[tokio::test]
async fn a_clock_set_while_the_app_is_closed_changes_nothing_within_a_boot() {
    for set in [-HOUR, DAY] {
        in_every_mode(async |machine, desk, sitting| {
            desk.close().await;
            machine.clock.advance(2 * MINUTE);
            machine.clock.set_wall_by(set);
            // The lock of the first goes with it, as it does when it is closed.
            let store = Store::open(&machine.collection(), machine.clock.as_ref()).await.unwrap();
            let record = store.sitting(&sitting.id).await.unwrap().unwrap();
            let open = OpenSitting::load(&store, record).await.unwrap();
            let left = open.sitting.remaining_ms(&machine.clock.now());
            assert_eq!(sitting.clock.total_ms - left, 2 * MINUTE, "{}", sitting.title);
        })
        .await;
    }
}

#[tokio::test]
async fn a_machine_started_again_with_its_clock_set_back_gives_no_time() {
    in_every_mode(async |machine, desk, sitting| {
        machine.clock.advance(2 * MINUTE);
        desk.flag(&sitting.id, 0, true).await.unwrap();
        machine.clock.reboot("run-2");
        machine.clock.set_wall_by(-HOUR);
        assert_eq!(gone(desk, sitting).await, 2 * MINUTE);
        desk.flag(&sitting.id, 0, false).await.unwrap();
        machine.clock.advance(MINUTE);
        assert_eq!(gone(desk, sitting).await, 3 * MINUTE);
    })
    .await;
}

#[tokio::test]
async fn sleep_across_the_deadline_ends_a_sitting_with_a_clock_at_it_and_no_other() {
    in_every_mode(async |machine, desk, sitting| {
        machine.clock.advance(MINUTE);
        desk.choose(&sitting.id, 0, &[0]).await.unwrap();
        machine.clock.advance(DAY);
        let clock = desk.exam_clock(&sitting.id).await.unwrap();
        if !sitting.clock.timed {
            assert_eq!(clock.state, SittingState::Running);
            desk.flag(&sitting.id, 0, true).await.unwrap();
            return;
        }
        assert_eq!((clock.state, clock.remaining_ms), (SittingState::Expired, 0));
        let refused = desk.choose(&sitting.id, 0, &[1]).await.unwrap_err();
        assert_eq!(refused.code(), "sitting_over");
        assert_eq!(refused.to_string(), "this sitting is over, so nothing in it can be changed");
        let result = desk.result(&sitting.id).await.unwrap();
        assert_eq!(result.used_ms, sitting.clock.total_ms);
        assert_eq!(result.lines[0].spent_ms, sitting.clock.total_ms);
        let answered = result.lines.iter().filter(|line| !line.chosen.is_empty()).count();
        assert_eq!(answered, 1, "what was answered before counts");
    })
    .await;
}

#[tokio::test]
async fn a_switch_to_summer_time_or_another_zone_changes_no_exam_clock() {
    in_every_mode(async |machine, desk, sitting| {
        for offset in [3_600, 7_200, -36_000] {
            machine.clock.move_to(offset);
            desk.flag(&sitting.id, 0, offset == 7_200).await.unwrap();
        }
        assert_eq!(gone(desk, sitting).await, 0);
        machine.clock.advance(MINUTE);
        assert_eq!(gone(desk, sitting).await, MINUTE);
    })
    .await;
}
