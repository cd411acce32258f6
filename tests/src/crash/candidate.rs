//! What somebody may do next, drawn by chance.

use std::collections::BTreeSet;

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;
use sitwell_backend::desk::views::{CustomPaper, DrillPool, Practice};
use sitwell_backend::exam::Conditions;
use sitwell_backend::exam::custom::OwnTime;
use sitwell_backend::exam::sitting::Confidence;
use sitwell_backend::study::Grade;

use super::call::Call;
use super::model::Model;
use super::paper::{Paper, Question, Shape};

/// One asks to choose, the other also to order and to match.
pub(super) const EXAMS: [&str; 2] = ["MLS-C01", "MLA-C01"];
/// A sitting with less time left is ended, milliseconds.
const SHORT_MS: i64 = 120_000;

/// Draws what is done next; it is never refused.
pub(super) fn next(model: &Model, rng: &mut ChaCha8Rng) -> Call {
    // What was begun and has no name yet is left alone.
    if rng.random_ratio(1, 8) || model.unnamed > 0 {
        return study(model, rng);
    }
    let running: Vec<(&String, &Paper)> =
        model.papers.iter().filter(|(_, paper)| !paper.over).collect();
    let free = |exam: &&&str| !running.iter().any(|(_, paper)| paper.exam == **exam);
    let exam = EXAMS.iter().filter(free).collect::<Vec<_>>().choose(rng).copied();
    match (running.choose(rng), exam) {
        (None, Some(exam)) => begin(exam, rng),
        (_, Some(exam)) if rng.random_ratio(1, 10) => begin(exam, rng),
        (Some((id, paper)), _) => act(id, paper, rng),
        (None, None) => study(model, rng),
    }
}

fn study(model: &Model, rng: &mut ChaCha8Rng) -> Call {
    let cards: Vec<i64> = model.cards.keys().copied().collect();
    match cards.choose(rng) {
        _ if !model.graded.is_empty() && rng.random_ratio(1, 4) => Call::UndoStudy,
        Some(card) if rng.random_ratio(5, 6) => {
            let grade = *Grade::ALL.choose(rng).unwrap_or(&Grade::Good);
            Call::GradeCard { card: *card, grade, taken_ms: rng.random_range(500..20_000) }
        }
        _ => Call::Study,
    }
}

fn begin(exam: &str, rng: &mut ChaCha8Rng) -> Call {
    let code = exam.to_owned();
    let conditions = Conditions { stop_clock: rng.random(), ..Conditions::default() };
    let practice = match rng.random_range(0..6) {
        0 | 1 => return Call::StartExam { code, items: Some(12), conditions },
        2 => Practice::Diagnostic,
        3 => {
            let part = rng.random_range(1..=4).to_string();
            Practice::Section { part, items: Some(8) }
        }
        4 => Practice::Drill {
            tasks: Vec::new(),
            items: 10,
            pool: DrillPool::All,
            paced: rng.random(),
        },
        _ => {
            let times = [OwnTime::None, OwnTime::Pace, OwnTime::Minutes { minutes: 45 }];
            let time = *times.choose(rng).unwrap_or(&OwnTime::None);
            let paper =
                CustomPaper { items: 10, time, explained: rng.random(), ..CustomPaper::default() };
            Practice::Custom { paper }
        }
    };
    Call::StartPractice { code, practice, conditions }
}

fn act(id: &str, paper: &Paper, rng: &mut ChaCha8Rng) -> Call {
    let id = id.to_owned();
    if paper.timed && paper.reading.low() < SHORT_MS {
        return Call::EndExam { id };
    }
    if paper.on_break {
        return match rng.random_range(0..8) {
            0 => Call::EndExam { id },
            1 => Call::Sitting { id },
            _ => Call::ComeBack { id },
        };
    }
    let shown = paper
        .questions
        .iter()
        .filter_map(|(at, question)| question.shape.map(|shape| (*at, question, shape)));
    let shown: Vec<_> = shown.collect();
    match (rng.random_range(0..100), shown.choose(rng)) {
        (0..3, _) => Call::EndExam { id },
        (3, _) => Call::AbandonExam { id },
        (4..8, _) => Call::Leave { id },
        (8..12, _) if paper.timed => Call::Pause { id },
        (12..16, _) => Call::Sitting { id },
        (16..35, _) | (_, None) => {
            // The next question of a diagnostic is drawn when it is asked for.
            let last = paper.items.min(paper.drawn + 1);
            Call::See { id, position: rng.random_range(0..last) }
        }
        (_, Some((position, question, shape))) => {
            on_question(id, *position, question, *shape, paper.explained, rng)
        }
    }
}

fn on_question(
    id: String,
    position: u32,
    question: &Question,
    shape: Shape,
    explained: bool,
    rng: &mut ChaCha8Rng,
) -> Call {
    match rng.random_range(0..10) {
        0 => Call::Flag { id, position, flagged: !question.flagged },
        1 => {
            let text = format!("To be read again, {}", rng.random_range(0..1_000));
            Call::Comment { id, position, text }
        }
        _ if question.checked => Call::Flag { id, position, flagged: rng.random() },
        2 => {
            let all =
                [None, Some(Confidence::Guess), Some(Confidence::Fairly), Some(Confidence::Sure)];
            Call::Sure { id, position, confidence: *all.choose(rng).unwrap_or(&None) }
        }
        3 | 4 if explained && question.answered() => Call::Check { id, position },
        _ if shape.places > 0 => Call::Arrange { id, position, responses: arranged(shape, rng) },
        5 | 6 => {
            let option = rng.random_range(0..shape.options);
            Call::Strike { id, position, option, struck: rng.random() }
        }
        _ => {
            let most = rng.random_range(0..=shape.select);
            let options: BTreeSet<u8> =
                (0..most).map(|_| rng.random_range(0..shape.options)).collect();
            Call::Choose { id, position, options: options.into_iter().collect() }
        }
    }
}

fn arranged(shape: Shape, rng: &mut ChaCha8Rng) -> Vec<Option<u8>> {
    let mut responses: Vec<Option<u8>> = (0..shape.options).map(Some).collect();
    responses.shuffle(rng);
    responses.resize(shape.places, None);
    for place in &mut responses {
        *place = place.filter(|_| rng.random_ratio(4, 5));
    }
    responses
}
