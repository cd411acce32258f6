//! What the window shows of a file before it is kept.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::Pending;
use super::identity::title;
use super::mapping::Mapping;
use super::matches::Match;
use super::plan::{Fate, Planned};
use crate::deck::{ItemBody, Question};
use crate::desk::draft::sides;
use crate::desk::media::files_beside;
use crate::desk::views::{
    ImportCounts, ImportDeck, ImportPreview, ImportWarning, MappedItem, MappedTask,
    MappingConfidence, MappingView, MatchKind, MatchView, PassedOverView, Resolve, WarningGroup,
};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{DraftContent, DraftItem, Place, Problem, Severity};
use crate::rich_text::{Mark, marked_html, plain_text, words_of_card};

/// Most decks, warnings of a kind and things passed over that are shown.
const MAX_SHOWN: usize = 200;
/// Most matches and items without a sure task that are shown.
const MAX_MATCHES: usize = 500;
/// Longest beginning of an item's text that is shown, in characters.
const MAX_WORDS: usize = 200;
/// Longest text that is compared word by word, in bytes; of longer ones all counts as other.
const MAX_COMPARED: usize = 20_000;

/// All that is shown of a file.
pub(super) async fn preview(desk: &Sitwell, pending: &Pending) -> Result<ImportPreview, DeskError> {
    let (draft, plan) = (&pending.draft, &pending.plan);
    let mut matches = Vec::new();
    for (found, resolve) in plan.matches.iter().take(MAX_MATCHES) {
        matches.push(match_view(desk, pending, found, *resolve).await?);
    }
    let gathered = |of: fn(&crate::formats::DraftDeck) -> Vec<String>| {
        let mut all: Vec<String> = Vec::new();
        for value in draft.decks.iter().flat_map(of) {
            if !all.contains(&value) && all.len() < MAX_SHOWN {
                all.push(value);
            }
        }
        all
    };
    let passed = draft.passed_over.iter().take(MAX_SHOWN).map(|passed| PassedOverView {
        code: passed.code.to_string(),
        place: passed.place.clone(),
        text: passed.text.clone(),
    });
    Ok(ImportPreview {
        file: pending.package.name().to_owned(),
        bytes: pending.bytes,
        format: draft.format,
        made_with: draft.made_with.clone(),
        licenses: gathered(|deck| deck.license.iter().cloned().collect()),
        authors: gathered(|deck| deck.authors.clone()),
        sources: gathered(|deck| deck.source.iter().cloned().collect()),
        options: pending.options.clone(),
        decks: decks(pending),
        counts: counts(pending),
        warnings: warnings(draft.problems.iter().chain(&plan.problems)),
        passed_over: count(draft.passed_over.len()),
        passed_over_first: passed.collect(),
        matches,
        matches_total: count(plan.matches.len()),
        mapping: match &plan.mapping {
            Some(mapping) => Some(mapping_view(desk, pending, mapping)?),
            None => None,
        },
        has_scheduling: pending.has_scheduling(),
        columns: pending.columns.clone(),
    })
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What comes in, with the choices made so far.
pub(super) fn counts(pending: &Pending) -> ImportCounts {
    let (draft, plan) = (&pending.draft, &pending.plan);
    let items = || draft.decks.iter().flat_map(|deck| &deck.items);
    let is_card = |item: &&DraftItem| matches!(item.body, DraftContent::Card(_));
    let fates = |of: fn(&Fate) -> bool| count(plan.items.iter().filter(|p| of(&p.fate)).count());
    let reviews = |item: &DraftItem| item.study.iter().map(|s| s.reviews.len()).sum::<usize>();
    let unreadable = draft.problems.iter().filter(|p| p.severity == Severity::Error).count();
    ImportCounts {
        decks: count(draft.decks.iter().filter(|deck| !deck.items.is_empty()).count()),
        notes: count(items().filter(is_card).count()),
        cards: count(plan.items.iter().map(|planned| planned.cards).sum()),
        questions: count(items().filter(|item| !is_card(item)).count()),
        media: count(draft.decks.iter().map(|deck| deck.media.len()).sum()),
        reviews: if pending.options.scheduling { count(items().map(reviews).sum()) } else { 0 },
        new: fates(|fate| match fate {
            Fate::New(_) => true,
            Fate::Reworded(reworded) => reworded.back,
            _ => false,
        }),
        updated: fates(|fate| matches!(fate, Fate::Reworded(reworded) if !reworded.back)),
        unchanged: fates(|fate| matches!(fate, Fate::Unchanged(_))),
        skipped: fates(|fate| *fate == Fate::Skipped) + count(unreadable),
    }
}

fn decks(pending: &Pending) -> Vec<ImportDeck> {
    let (draft, plan) = (&pending.draft, &pending.plan);
    let mut cards = vec![0; plan.decks.len()];
    for planned in &plan.items {
        cards[planned.deck] += planned.cards;
    }
    let all = draft.decks.iter().zip(&plan.decks).zip(cards);
    all.filter(|((deck, _), _)| !deck.items.is_empty())
        .take(MAX_SHOWN)
        .map(|((deck, planned), cards)| {
            let questions =
                deck.items.iter().filter(|i| matches!(i.body, DraftContent::Question(_)));
            ImportDeck {
                title: title(deck),
                exists: planned.known.as_ref().is_some_and(|known| !known.deleted),
                cards: count(cards),
                questions: count(questions.count()),
            }
        })
        .collect()
}

fn warnings<'a>(problems: impl Iterator<Item = &'a Problem>) -> Vec<WarningGroup> {
    let mut groups: BTreeMap<(Severity, &str), WarningGroup> = BTreeMap::new();
    for problem in problems {
        let group = groups.entry((problem.severity, &problem.code)).or_insert_with(|| {
            let (severity, code) = (problem.severity, problem.code.to_string());
            WarningGroup { code, severity, count: 0, first: Vec::new() }
        });
        group.count += 1;
        if group.first.len() < MAX_SHOWN {
            group.first.push(ImportWarning {
                severity: problem.severity,
                code: problem.code.to_string(),
                place: Place { file: problem.file.as_str().into(), line: problem.line },
                message: problem.message.clone(),
                hint: problem.hint.clone(),
            });
        }
    }
    groups.into_values().collect()
}

fn mapping_view(
    desk: &Sitwell,
    pending: &Pending,
    mapping: &Mapping,
) -> Result<MappingView, DeskError> {
    let of = |task: &str| {
        let matched = mapping.items.iter().flatten().filter(|matched| matched.task == task);
        count(matched.count())
    };
    let tasks = desk.blueprint(&mapping.exam)?.tasks().map(|(_, task)| MappedTask {
        task: task.id.clone(),
        title: task.title.clone(),
        items: of(&task.id),
    });
    let matched = mapping.items.iter().flatten().count();
    let unsure =
        |matched: &&super::mapping::Matched| matched.confidence == MappingConfidence::Unsure;
    let to_check = mapping.items.iter().zip(&pending.plan.items).zip(0u32..);
    let to_check = to_check
        .filter(|((matched, _), _)| matched.as_ref().is_none_or(|m| unsure(&m)))
        .take(MAX_MATCHES)
        .map(|((matched, planned), item)| MappedItem {
            item,
            text: asked(pending.item(planned)).chars().take(MAX_WORDS).collect(),
            task: matched.as_ref().map(|matched| matched.task.clone()),
            confidence: matched.as_ref().map(|matched| matched.confidence),
            chance: matched.as_ref().map(|matched| matched.chance),
        });
    Ok(MappingView {
        exam: mapping.exam.clone(),
        tasks: tasks.collect(),
        matched: count(matched),
        unmatched: count(mapping.items.len() - matched),
        to_check: to_check.collect(),
    })
}

async fn match_view(
    desk: &Sitwell,
    pending: &Pending,
    found: &Match,
    resolve: Resolve,
) -> Result<MatchView, DeskError> {
    let mine = desk.store.words_of(&found.mine).await?;
    let planned: &Planned = &pending.plan.items[found.item as usize];
    let file = pending.item(planned);
    let media = files_beside(&desk.store, mine.id.deck()).await?;
    let shown = sides(&mine.item.body, &media).into_iter().next();
    let (mine_front_html, mine_back_html) =
        shown.map_or_else(Default::default, |sides| (sides.front_html, sides.back_html));
    let (mine_front, mine_back) = words_of_body(&mine.item.body);
    let (file_front, file_back) = words(file);
    Ok(MatchView {
        id: found.item,
        kind: found.kind,
        similarity: if found.kind == MatchKind::Exact { 1.0 } else { found.similarity },
        same_front: mine_front == file_front,
        mine_front_html,
        mine_back_html,
        mine_deck: mine.deck,
        mine_changed_ms: Some(mine.changed_ms),
        file_front_html: marked(&mine_front, &file_front),
        file_back_html: marked(&mine_back, &file_back),
        file_changed_ms: file.changed_ms,
        resolve,
    })
}

/// The words of the file's text, those that mine has not marked.
fn marked(mine: &str, file: &str) -> String {
    if mine.len().max(file.len()) > MAX_COMPARED {
        return marked_html([(Mark::Missing, file)]);
    }
    let diff = TextDiff::from_words(mine, file);
    let pieces = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => Some((Mark::Plain, change.value())),
        ChangeTag::Insert => Some((Mark::Missing, change.value())),
        ChangeTag::Delete => None,
    });
    let pieces: Vec<(Mark, &str)> = pieces.collect();
    marked_html(pieces)
}

fn asked(item: &DraftItem) -> String {
    words(item).0
}

/// What an item asks and answers, in plain words.
fn words(item: &DraftItem) -> (String, String) {
    match &item.body {
        DraftContent::Card(card) => words_of_card(card),
        DraftContent::Question(question) => words_of_question(question),
    }
}

fn words_of_body(body: &ItemBody) -> (String, String) {
    match body {
        ItemBody::Card(card) => words_of_card(card),
        ItemBody::Question(question) => words_of_question(question),
    }
}

fn words_of_question(question: &Question) -> (String, String) {
    let options: Vec<String> =
        question.options.iter().map(|option| plain_text(&option.text)).collect();
    (plain_text(&question.stem), options.join(" · "))
}
