//! `sitwell-cli forecast` as scripts see it: its JSON, its words and its exit status.
#![expect(clippy::unwrap_used, reason = "tests are plain")]

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use sitwell_backend::clock::FixedClock;
use sitwell_backend::desk::Sitwell;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sitwell-cli")).args(arguments).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    assert!(output.status.success(), "{}", errors(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A collection in which nobody has done anything.
fn collection(folder: &Path) -> String {
    let path = folder.join("c.sitwell");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(FixedClock::at(1_764_000_000_000));
        Sitwell::open(&path, clock, Arc::new(|| 1)).await.unwrap().close().await;
    });
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_collection_is_forecast_with_everything_that_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let ask = ["forecast", "--collection", &path, "--exam", "MLS-C01", "--date", "2126-01-05"];
    let view = json_of(&run(&[&ask[..], &["--json"]].concat()));
    let p = view["p_pass_today"].as_f64().unwrap();
    assert!(p > 0.0 && p < 1.0 && view["p_pass_on_date"].is_f64(), "{view}");
    for band in ["today", "on_date"] {
        let ends = ["low90", "low50", "high50", "high90"]
            .map(|end| view["bands"][band][end].as_f64().unwrap());
        assert!(ends.windows(2).all(|pair| pair[0] <= pair[1]), "{ends:?}");
    }
    assert_eq!(view["score_quantiles"].as_array().unwrap().len(), 20);
    assert_eq!(view["domains"].as_array().unwrap().len(), 4);
    assert_eq!(
        (view["goal"].as_bool(), view["actions"].as_array().unwrap().len()),
        (Some(true), 0)
    );
    let words = String::from_utf8(run(&ask).stdout).unwrap();
    assert!(words.contains("chance of passing on 2126-01-05"), "{words}");
}

#[test]
fn what_cannot_be_forecast_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = collection(folder.path());
    let no_exam = run(&["forecast", "--collection", &path]);
    assert_eq!(no_exam.status.code(), Some(1), "{}", errors(&no_exam));
    let bad = ["forecast", "--collection", &path, "--exam", "MLS-C01", "--date", "soon"];
    assert_eq!(run(&bad).status.code(), Some(1));
    let missing = folder.path().join("none");
    let missing = run(&["forecast", "--collection", missing.to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(!folder.path().join("none").exists(), "no collection is made by asking");
}

#[test]
fn a_validation_is_reproduced_from_its_seed_and_draws_its_diagram() {
    let folder = tempfile::tempdir().unwrap();
    let diagram = folder.path().join("d.svg");
    let diagram = diagram.to_str().unwrap();
    let ask = ["forecast", "validate", "--learners", "40", "--mocks", "1,2", "--seed", "7"];
    let json = json_of(&run(&[&ask[..], &["--json", "--diagram", diagram]].concat()));
    let rounds = json["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    for method in ["forecast", "pooled_percent", "last_mock", "ceiling", "truth"] {
        assert!(rounds[1][method]["log_loss"].is_f64(), "{method}");
    }
    assert_eq!(json, json_of(&run(&[&ask[..], &["--json"]].concat())));
    assert!(std::fs::read_to_string(diagram).unwrap().starts_with("<svg "));
    let words = String::from_utf8(run(&ask).stdout).unwrap();
    assert!(words.contains("after 2 papers"), "{words}");
}

#[test]
fn real_answers_are_read_and_bad_ones_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.csv");
    let file = path.to_str().unwrap();
    let row = |person: usize| {
        let marks = (0..8).map(|item| if (person * 3 + item * 5) % 7 < 4 { "1" } else { "0" });
        marks.collect::<Vec<_>>().join(",")
    };
    let rows: Vec<String> = (0..40).map(row).collect();
    let text = format!("a,b,c,d,e,f,g,h\n{}\n", rows.join("\n"));
    std::fs::write(&path, &text).unwrap();
    let ask = ["forecast", "validate", "--responses", file, "--cut", "0.5", "--json"];
    let json = json_of(&run(&ask));
    assert_eq!(json["people"], 40);
    assert!(json["cuts"][0]["with_known_items"]["log_loss"].is_f64(), "{json}");
    std::fs::write(&path, text.replacen("1,", "x,", 1)).unwrap();
    let output = run(&ask);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("neither 0 nor 1"), "{}", errors(&output));
}
