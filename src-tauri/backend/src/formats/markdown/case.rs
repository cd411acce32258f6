//! Case studies: a scenario that several questions share.

use std::borrow::Cow;
use std::collections::HashMap;

use super::card::open_fence;
use super::items;
use super::question::bounded;
use super::report::{At, Lines, Report};
use super::text::{self, Fences, Level};
use super::{Place, SourceMap};
use crate::deck::{Case, Item, ItemBody, ItemSlug};

/// Most questions of one case. Each carries the scenario, so that it is asked in the same words
/// for ever.
pub(super) const MAX_QUESTIONS: usize = 10;

/// The scenarios of a deck with their places.
pub(super) type Cases = HashMap<ItemSlug, (String, Place)>;

/// Reads what stands below the heading of a case.
pub(super) fn read(body: Lines<'_>, heading: At<'_>, report: &mut Report) -> Option<String> {
    let fences = Fences::of(body.all, 0);
    for &open in &fences.open {
        open_fence(body, open, report);
    }
    let mut end = body.all.len();
    for index in (0..end).filter(|&i| !fences.code[i] && text::is_heading(body.all[i])) {
        if body.all[index].starts_with("##") {
            items::unknown_heading(body, index, report);
        } else {
            end = index;
            items::stray(body, index, report);
            break;
        }
    }
    let raw: Vec<Cow<'_, str>> = body.all[..end].iter().map(|line| Cow::Borrowed(*line)).collect();
    let scenario = text::join(text::unshield(&raw, 0, Level::Case).into_iter());
    if scenario.is_empty() {
        let hint = "below the heading, after a blank line, tell what its questions are about";
        report.error(heading, "empty-case", "the case has no scenario", hint);
        return None;
    }
    bounded(scenario, "scenario", heading, report)
}

/// Gives each question of a case its scenario.
pub(super) fn resolve(items: &mut [Item], cases: &Cases, places: &SourceMap, report: &mut Report) {
    let silent = report.has_errors(); // Cases are missing because of other errors.
    let mut uses: HashMap<&ItemSlug, usize> = HashMap::new();
    for item in items {
        let ItemBody::Question(question) = &mut item.body else { continue };
        let Some(Case { slug, scenario }) = &mut question.case else { continue };
        let fault = match cases.get_key_value(slug) {
            Some((known, (text, _))) => {
                let count = uses.entry(known).or_default();
                *count += 1;
                if *count > MAX_QUESTIONS {
                    Some(format!("the case “{slug}” has more than {MAX_QUESTIONS} questions"))
                } else {
                    scenario.clone_from(text);
                    None
                }
            }
            None => Some(format!("there is no case “{slug}” in this deck")),
        };
        if let (Some(fault), false, Some(place)) = (fault, silent, places.get(&item.slug)) {
            let at = At { file: &place.file, line: place.line, column: 1 };
            let hint = "name the slug of a ## Case of this deck";
            report.error(at, "bad-case", fault, hint);
        }
    }
    for (slug, (_, place)) in cases.iter().filter(|(slug, _)| !silent && !uses.contains_key(slug)) {
        let at = At { file: &place.file, line: place.line, column: 1 };
        let message = format!("no question belongs to the case “{slug}”");
        report.error(at, "bad-case", message, "name it in its questions: case: slug");
    }
}
