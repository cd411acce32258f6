//! What stands behind each field.

use super::{Comparison, Property, State, Term};
use crate::deck::Difficulty;

/// Every field, for hints.
const FIELDS: &str = "deck, tag, domain, task, is, kind, flag, difficulty, stability, recall, \
                      due, interval, reviews, lapses, prop, added, rated";
/// Longest span of days that `added:` and `rated:` take.
const MAX_DAYS: u32 = 100_000;

/// What is wrong with a field, before it has a place.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) hint: String,
    /// Whether it is about the field's name; about its value otherwise.
    pub(super) in_name: bool,
}

fn wrong(message: impl Into<String>, hint: impl Into<String>) -> Wrong {
    Wrong { message: message.into(), hint: hint.into(), in_name: false }
}

/// The condition that a field (in lower case) and its value make.
pub(super) fn term(field: &str, value: &str, at: (u32, u32)) -> Result<Term, Wrong> {
    if value.trim().is_empty() && is_known(field) {
        let hint = format!("Write a value directly behind the colon, as in {}.", example(field));
        return Err(wrong(format!("“{field}:” has no value."), hint));
    }
    let property = property(field);
    match (field, property) {
        ("deck", _) => Ok(Term::Deck(value.to_owned())),
        ("tag", _) if value.eq_ignore_ascii_case("none") => Ok(Term::Tag(None)),
        ("tag", _) => Ok(Term::Tag(Some(value.to_lowercase()))),
        ("domain", _) => Ok(Term::Domain { name: value.to_owned(), at }),
        ("task", _) => Ok(Term::Task(value.to_owned())),
        ("is", _) => state(value, &State::NAMES),
        ("kind", _) => state(value, &State::NAMES[8..10]),
        ("flag", _) => flag(value),
        ("added", _) => Ok(Term::Added(days(value)?)),
        ("rated", _) => rated(value),
        ("prop", _) => any_property(value),
        ("difficulty", Some(_)) if level(value).is_some() => {
            Ok(level(value).map_or(Term::Level(Difficulty::Medium), Term::Level))
        }
        (_, Some(property)) => compare(property, value),
        _ => Err(Wrong {
            message: format!("There is no field “{field}”."),
            hint: format!("Fields are {FIELDS}. To find the text itself, put it in quotes."),
            in_name: true,
        }),
    }
}

fn is_known(field: &str) -> bool {
    let others = ["deck", "tag", "domain", "task", "is", "kind", "flag", "added", "rated", "prop"];
    others.contains(&field) || property(field).is_some()
}

fn example(field: &str) -> String {
    let value = match field {
        "is" => "due",
        "kind" => "question",
        "tag" => "s3",
        "task" => "1.2",
        "deck" => "\"My deck\"",
        "prop" => "stability<40",
        "flag" | "domain" => "1",
        "added" | "rated" => "7",
        "recall" | "r" => "<0.8",
        _ => ">3",
    };
    format!("{field}:{value}")
}

fn property(name: &str) -> Option<Property> {
    Some(match name {
        "stability" | "s" => Property::Stability,
        "difficulty" | "d" => Property::Difficulty,
        "recall" | "r" => Property::Recall,
        "due" => Property::Due,
        "interval" | "ivl" => Property::Interval,
        "reviews" | "reps" => Property::Reviews,
        "lapses" => Property::Lapses,
        _ => return None,
    })
}

fn state(value: &str, among: &[(&str, State)]) -> Result<Term, Wrong> {
    let found = among.iter().find(|(name, _)| value.eq_ignore_ascii_case(name));
    found.map(|(_, state)| Term::Is(*state)).ok_or_else(|| {
        let names: Vec<&str> = among.iter().map(|(name, _)| *name).collect();
        wrong(format!("Nothing is “{value}”."), format!("Write one of {}.", names.join(", ")))
    })
}

fn flag(value: &str) -> Result<Term, Wrong> {
    let colour = value.parse().ok().filter(|colour| *colour <= 7);
    let hint = "Flags are 1 to 7, and 0 for none.";
    colour.map(Term::Flag).ok_or_else(|| wrong(format!("There is no flag “{value}”."), hint))
}

fn level(value: &str) -> Option<Difficulty> {
    match value.to_ascii_lowercase().as_str() {
        "easy" => Some(Difficulty::Easy),
        "medium" => Some(Difficulty::Medium),
        "hard" => Some(Difficulty::Hard),
        _ => None,
    }
}

fn days(value: &str) -> Result<u32, Wrong> {
    let number = value.strip_suffix('d').unwrap_or(value);
    let days = number.parse().ok().filter(|days| (1..=MAX_DAYS).contains(days));
    days.ok_or_else(|| {
        let hint = format!("Write a whole number from 1 to {MAX_DAYS}: 1 is today, 7 a week.");
        wrong(format!("“{value}” is no number of days."), hint)
    })
}

fn rated(value: &str) -> Result<Term, Wrong> {
    let (span, grade) = value.split_once(':').map_or((value, None), |(d, g)| (d, Some(g)));
    let days = days(span)?;
    let Some(grade) = grade else { return Ok(Term::Rated { days, grade: None }) };
    let known = grade.parse().ok().filter(|grade| (1..=4).contains(grade));
    let hint = "Grades are 1 (again) to 4 (easy), as in rated:7:1.";
    let grade = known.ok_or_else(|| wrong(format!("There is no grade “{grade}”."), hint))?;
    Ok(Term::Rated { days, grade: Some(grade) })
}

/// `prop:stability<40`.
fn any_property(value: &str) -> Result<Term, Wrong> {
    let name_end = value.find(|c: char| !c.is_alphabetic()).unwrap_or(value.len());
    let (name, rest) = value.split_at(name_end);
    let known = property(&name.to_lowercase()).ok_or_else(|| {
        let hint = "Write s, d, r, ivl, due, reps or lapses and compare it: prop:s<40.";
        wrong(format!("There is no property “{name}”."), hint)
    })?;
    compare(known, rest)
}

fn compare(property: Property, value: &str) -> Result<Term, Wrong> {
    let sign = Comparison::SIGNS.iter().find(|(sign, _)| value.starts_with(sign));
    let (comparison, number) =
        sign.map_or((Comparison::Equal, value), |(sign, known)| (*known, &value[sign.len()..]));
    let parsed = match property {
        Property::Recall => share(number),
        Property::Stability | Property::Due | Property::Interval => {
            figure(number.strip_suffix(['d', 'D']).unwrap_or(number))
        }
        Property::Difficulty | Property::Reviews | Property::Lapses => figure(number),
    };
    let hint = match property {
        Property::Recall => "Write a share from 0 to 1 or in percent: recall:<0.8, recall:<80%.",
        Property::Due => "Write days from today: due:0 for today, due:<0 for late.",
        _ => "Write a number, with <, <=, >, >=, = or != before it: lapses:>3.",
    };
    let value = parsed.ok_or_else(|| wrong(format!("“{number}” is no number here."), hint))?;
    Ok(Term::Compare(property, comparison, value))
}

fn share(number: &str) -> Option<f64> {
    let share = match number.strip_suffix('%') {
        Some(percent) => figure(percent)? / 100.0,
        None => figure(number)?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

fn figure(number: &str) -> Option<f64> {
    // Digits alone: `parse` would also take “inf” and “1e9”.
    let plain = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let value: f64 = number.chars().all(plain).then(|| number.parse().ok())??;
    (value.abs() <= 1e9).then_some(value)
}
