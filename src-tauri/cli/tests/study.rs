//! `sitwell-cli study` as scripts see it.
#![expect(clippy::unwrap_used, reason = "tests are plain")]

use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli")).args(arguments).output().unwrap()
}

const SMALL: [&str; 10] =
    ["study", "simulate", "--days", "20", "--minutes", "15", "--cards", "60", "--learners", "3"];

#[test]
fn a_simulation_is_one_document_and_the_same_for_the_same_seed() {
    let json = [&SMALL[..], &["--json"]].concat();
    let first = run(&json);
    assert!(first.status.success());
    let document: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(document["blueprint"], "MLS-C01");
    let names: Vec<&str> = document["schedules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|schedule| schedule["schedule"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["plain", "paced", "exam"]);
    for schedule in document["schedules"].as_array().unwrap() {
        let recall = schedule["recall"]["mean"].as_f64().unwrap();
        assert!(recall > 0.3 && recall < 1.0, "{schedule}");
        assert!(schedule["minutes"].as_f64().unwrap() <= 15.4);
    }
    assert!(document["gain_over_plain"]["se"].as_f64().unwrap() > 0.0);
    assert_eq!(run(&json).stdout, first.stdout);
    let other = run(&[&json[..], &["--seed", "2"]].concat());
    assert_ne!(other.stdout, first.stdout);
}

#[test]
fn the_table_names_every_schedule() {
    let output = run(&SMALL);
    let text = String::from_utf8(output.stdout).unwrap();
    for name in ["plain", "paced", "exam", "over plain", "over paced"] {
        assert!(text.contains(name), "{text}");
    }
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let mut few = SMALL;
    few[7] = "3";
    let output = run(&few);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("15 tasks"));
    let unknown = run(&[&SMALL[..], &["--blueprint", "X-1"]].concat());
    assert_eq!(unknown.status.code(), Some(2));
}
