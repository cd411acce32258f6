use proptest::prelude::*;

use super::*;

const SMALL: &str = r#"
code = "ABC-1"
title = "An exam"
provider = "Somebody"
source = "https://example.org/guide"
checked = 2026-11-24

[paper]
minutes = 90
items = 65
scored = 50
question_types = ["multiple-choice", "multiple-response"]
multiple_response_share = 0.2

[scale]
min = 100
max = 1000
pass = 700
required_share = 0.7
required_share_sd = 0.03

[[domains]]
id = "1"
title = "First"
weight = 60

[[domains.tasks]]
id = "1.1"
title = "Task"

[[domains]]
id = "2"
title = "Second"
weight = 40

[[domains.tasks]]
id = "2.1"
title = "Task"
weight = 2
"#;

fn errors(text: &str) -> Vec<String> {
    load("x.toml", text.as_bytes()).unwrap_err().0.iter().map(ToString::to_string).collect()
}

/// The single error of a file in which `from` was replaced by `to`.
fn error_after(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    let found = errors(&SMALL.replacen(from, to, 1));
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

#[test]
fn a_complete_file_loads_with_its_defaults() {
    let blueprint = load("x.toml", SMALL.as_bytes()).unwrap();
    assert_eq!(blueprint.status, Status::Active);
    assert_eq!((blueprint.unscored_items(), blueprint.extra_minutes), (15, 0));
    let weights: Vec<f64> = blueprint.tasks().map(|(_, task)| task.weight).collect();
    assert_eq!(weights, [1.0, 2.0]);
}

#[test]
fn breaks_and_accommodations_are_facts_of_the_file() {
    let text = SMALL.replace(
        "[scale]",
        "[breaks]\nstop_clock = true\n[accommodations]\nextra_percent = [25, 50]\n\
         stop_clock_breaks = true\n[scale]",
    );
    let blueprint = load("x.toml", text.as_bytes()).unwrap();
    assert!(blueprint.breaks.stop_clock && blueprint.accommodations.stop_clock_breaks);
    assert_eq!(blueprint.accommodations.extra_percent, [25, 50]);
    let plain = load("x.toml", SMALL.as_bytes()).unwrap();
    assert!(!plain.breaks.stop_clock);
    assert_eq!(plain.accommodations, Accommodations::default());
    let stored = serde_json::to_value(&plain).unwrap();
    let mut older = stored.clone();
    older.as_object_mut().unwrap().retain(|key, _| key != "breaks" && key != "accommodations");
    assert_eq!(serde_json::from_value::<Blueprint>(older).unwrap(), plain);
    for extras in ["[0]", "[401]", "[50, 50]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]"] {
        let to = format!("[accommodations]\nextra_percent = {extras}\n[scale]");
        assert!(error_after("[scale]", &to).contains("extra_percent"), "{extras}");
    }
}

#[test]
fn a_last_sitting_makes_an_exam_retired() {
    let text = SMALL.replace("checked =", "last_sitting = 2026-03-31\nchecked =");
    let blueprint = load("x.toml", text.as_bytes()).unwrap();
    let last_sitting = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
    assert_eq!(blueprint.status, Status::Retired { last_sitting });
}

#[test]
fn errors_name_file_line_column_and_what_to_do() {
    assert_eq!(
        error_after("weight = 60", "weight = 59"),
        "x.toml:25:10: the weights of the domains sum to 99, not to 100; compare the weights with \
         the exam guide's content outline"
    );
    assert!(error_after("minutes = 90", "minute = 90").starts_with("x.toml:9:1: unknown field"));
    assert!(error_after("minutes = 90", "minutes = \"x\"").starts_with("x.toml:9:11: invalid"));
}

#[test]
fn every_rule_is_kept() {
    for (from, to, expected) in [
        ("scored = 50", "scored = 66", "scored is 66"),
        ("items = 65", "items = 0", "items is 0"),
        ("pass = 700", "pass = 1001", "pass is 1001"),
        ("pass = 700", "pass = 100", "pass is 100"),
        ("required_share = 0.7", "required_share = 1.0", "required_share is 1"),
        ("required_share = 0.7", "required_share = nan", "required_share is NaN"),
        ("required_share_sd = 0.03", "required_share_sd = 0", "required_share_sd is 0"),
        ("multiple_response_share = 0.2", "multiple_response_share = 1.1", "1.1"),
        ("id = \"2\"", "id = \"1\"", "domain id “1” occurs twice"),
        ("id = \"2.1\"", "id = \"1.1\"", "task id “1.1” occurs twice"),
        ("code = \"ABC-1\"", "code = \"A B\"", "code: may hold letters"),
        ("title = \"An exam\"", "title = \" \"", "title: is empty"),
        ("https://", "http://", "source is not an https address"),
        ("checked = 2026-11-24", "checked = 10:00:00", "checked is not a calendar date"),
        ("\"multiple-response\"", "\"multiple-choice\"", "occurs twice"),
        ("\n[[domains.tasks]]\nid = \"2.1\"\ntitle = \"Task\"\nweight = 2\n", "", "tasks: 0"),
    ] {
        let found = errors(&SMALL.replacen(from, to, 1));
        assert!(found.iter().any(|error| error.contains(expected)), "{to}: {found:#?}");
    }
}

#[test]
fn all_errors_of_a_file_are_reported_in_its_order() {
    let text = SMALL.replace("minutes = 90", "minutes = 0").replace("pass = 700", "pass = 50");
    let found = errors(&text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("minutes") && found[1].contains("pass"));
}

#[test]
fn an_oversized_or_foreign_file_is_refused_without_reading_on() {
    assert!(errors(&"#".repeat(MAX_FILE + 1))[0].contains("larger than 256 KiB"));
    let bytes = [b"code = 'a'\n".as_slice(), &[0xff]].concat();
    let error = load("x", &bytes).unwrap_err();
    assert_eq!((error.0[0].line, error.0[0].column), (2, 1));
}

prop_compose! {
    fn arbitrary_domains()(shape in prop::collection::vec((1u32..1000, 1usize..5), 1..8))
        -> Vec<Domain> {
        let total: u32 = shape.iter().map(|(weight, _)| weight).sum();
        shape.iter().enumerate().map(|(d, (weight, tasks))| Domain {
            id: format!("{}", d + 1),
            title: format!("Domain {d}"),
            weight: f64::from(*weight) / f64::from(total) * 100.0,
            tasks: (0..*tasks).map(|t| Task {
                id: format!("{}.{}", d + 1, t + 1),
                title: format!("Task “{t}” \"quoted\" \\"),
                weight: f64::from(*weight),
            }).collect(),
        }).collect()
    }
}

fn to_toml(domains: &[Domain]) -> String {
    use std::fmt::Write as _;
    let mut text = SMALL[..SMALL.find("[[domains]]").unwrap()].to_owned();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    for domain in domains {
        let (id, title) = (quoted(&domain.id), quoted(&domain.title));
        writeln!(text, "[[domains]]\nid={id}\ntitle={title}\nweight={:?}", domain.weight).unwrap();
        for task in &domain.tasks {
            let (id, title) = (quoted(&task.id), quoted(&task.title));
            let weight = task.weight;
            writeln!(text, "[[domains.tasks]]\nid={id}\ntitle={title}\nweight={weight:?}").unwrap();
        }
    }
    text
}

proptest! {
    #[test]
    fn valid_domains_come_back_as_they_were_written(domains in arbitrary_domains()) {
        let blueprint = load("x", to_toml(&domains).as_bytes()).unwrap();
        prop_assert_eq!(blueprint.domains, domains);
    }

    #[test]
    fn one_wrong_weight_is_always_noticed(mut domains in arbitrary_domains(), by in 0.02f64..50.0) {
        domains[0].weight = (domains[0].weight - by).max(0.001) - 0.0005;
        prop_assert!(load("x", to_toml(&domains).as_bytes()).is_err());
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = load("x", &bytes);
    }

    #[test]
    fn a_damaged_file_never_panics(at in 0usize..SMALL.len(), with in any::<char>()) {
        let mut text: Vec<char> = SMALL.chars().collect();
        text[at] = with;
        let _ = load("x", text.into_iter().collect::<String>().as_bytes());
    }
}
