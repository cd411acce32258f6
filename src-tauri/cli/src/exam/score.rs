//! `sitwell-cli exam score`: marks a paper.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use sitwell_backend::blueprint::Blueprint;
use sitwell_backend::deck::{Answer, Question};
use sitwell_backend::exam::report::Report;
use sitwell_backend::exam::score::score;

use super::BadInput;
use super::bank::{Bank, UnknownExam};
use super::paper::{Paper, PaperItem};
use crate::output;

/// Longest paper that is read, in bytes.
const MAX_FILE: u64 = 16 << 20;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The paper that `assemble --json` printed, with an "answer" in each item; - for standard
    /// input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Deck that the paper was drawn from: a folder with deck.md, or one .md file [default: the
    /// bundled decks]
    #[arg(long, value_name = "PATH")]
    deck: Option<PathBuf>,
    /// Print the report as one JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let name = options.file.display().to_string();
    let text = read(&options.file).with_context(|| name.clone())?;
    let paper: Paper = serde_json::from_slice(&text).map_err(|error| located(&name, &error))?;
    let bank = match Bank::open(&paper.blueprint, options.deck.as_deref()) {
        Err(error) if error.is::<UnknownExam>() => {
            return Err(BadInput(format!("{name}: {error}")).into());
        }
        other => other?,
    };
    let (mut keys, mut answers) = (Vec::new(), Vec::new());
    for (index, item) in paper.items.iter().enumerate() {
        let (key, answer) = answered(&bank, item)
            .map_err(|why| BadInput(format!("{name}: items[{index}], {}: {why}", item.id)))?;
        keys.push(key);
        answers.push(answer);
    }
    let report = score(&bank.blueprint, &paper.form(), &keys, &answers);
    if options.json {
        output::json(&report)?;
    } else {
        output::text(&in_words(&bank.blueprint, &report)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(MAX_FILE).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(MAX_FILE).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// `FILE:line:column: what is wrong`
fn located(name: &str, error: &serde_json::Error) -> BadInput {
    let (line, column) = (error.line(), error.column());
    let whole = error.to_string();
    let place = format!(" at line {line} column {column}");
    let what = whole.strip_suffix(&place).unwrap_or(&whole);
    BadInput(format!("{name}:{line}:{column}: {what}"))
}

/// The right answer to an item and the one given.
fn answered(bank: &Bank, item: &PaperItem) -> Result<(Answer, Answer), String> {
    let (source, question) =
        bank.question(&item.id).ok_or("there is no such question in the deck")?;
    if source.content_hash() != item.version {
        return Err("the question was reworded after the paper was drawn".into());
    }
    let indices: BTreeSet<u8> = item.options.iter().copied().collect();
    if !indices.iter().copied().eq((0..).take(question.options.len()))
        || indices.len() != item.options.len()
    {
        return Err(format!(
            "options must hold each of 0 to {} once",
            question.options.len().saturating_sub(1)
        ));
    }
    let chosen = |letter: &super::paper::Letter| {
        let letter = letter.0;
        item.options.get(usize::from(letter)).copied().ok_or_else(|| {
            format!("answer {} has no option", char::from(b'A'.saturating_add(letter)))
        })
    };
    let letters = item.answer.iter().flatten();
    let places = letters.map(|letter| letter.as_ref().map(chosen).transpose());
    let answer = given(question, places.collect::<Result<Vec<_>, String>>()?)?;
    Ok((question.key(), answer))
}

/// An answer of the question's kind from the author's indices.
fn given(question: &Question, mut places: Vec<Option<u8>>) -> Result<Answer, String> {
    let Some(asked) = question.places() else {
        return Ok(Answer::Choice(places.into_iter().flatten().collect()));
    };
    let count = usize::from(asked.count);
    if places.is_empty() {
        places.resize(count, None);
    }
    if places.len() != count {
        return Err(format!("answer must have {count} letters or nulls, one for each place"));
    }
    Ok(Answer::Arrangement(places))
}

pub(super) fn in_words(blueprint: &Blueprint, report: &Report) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let out = &mut text;
    let verdict = if report.passed { "pass" } else { "no pass" };
    writeln!(
        out,
        "{}: {}, {verdict} (pass mark {})",
        blueprint.code, report.scaled, blueprint.scale.pass
    )?;
    writeln!(out, "correct: {} of {}, {} left blank", report.correct, report.items, report.blank)?;
    writeln!(out, "scored:  {} of {}", report.scored_correct, report.scored_items)?;
    let (wide, narrow) = (report.interval_95, report.interval_50);
    writeln!(
        out,
        "95 % interval {}–{}, 50 % interval {}–{}",
        wide.low, wide.high, narrow.low, narrow.high
    )?;
    writeln!(out, "standard error of measurement: {:.0} points", report.sem)?;
    writeln!(
        out,
        "chance to pass a fresh paper like this one: {:.0} %",
        report.chance_parallel_passes * 100.0
    )?;
    for domain in &report.domains {
        let known = blueprint.domains.iter().find(|known| known.id == domain.domain);
        let judged =
            if domain.meets_competencies { "meets competencies" } else { "needs improvement" };
        writeln!(
            out,
            "{} {}: {} of {}, {} ({}–{}), {judged}",
            domain.domain,
            known.map_or("", |known| known.title.as_str()),
            domain.correct,
            domain.items,
            domain.scaled,
            domain.interval_95.low,
            domain.interval_95.high,
        )?;
    }
    for task in &report.tasks {
        let marks: String = task.marks.iter().map(|right| if *right { '+' } else { '-' }).collect();
        writeln!(out, "  {:<4} {} of {}  {marks}", task.task, task.correct, task.items)?;
    }
    writeln!(
        out,
        "The scale is Sitwell's estimate; {} does not publish its map.",
        blueprint.provider
    )?;
    Ok(text)
}
