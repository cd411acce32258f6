//! Whether what was read keeps the rules that the rest of the back end relies on.

use std::collections::HashSet;

use super::SHOWN;
use crate::blueprint::Blueprint;
use crate::deck::{Card, CardStyle, Interaction, Question};
use crate::formats::markdown::{self, MAX_ITEM, MAX_TEXT, OPTIONS, normalise};
use crate::formats::{Draft, DraftContent, DraftDeck, DraftItem};

/// Panics unless every deck, item and problem is as [`Draft`] says.
pub(super) fn assert_sound(draft: &Draft) {
    let mut paths = HashSet::new();
    for deck in &draft.decks {
        assert!(!deck.path.is_empty(), "a deck without a title");
        let is_above =
            |path: &[String]| deck.path.len() < path.len() && path.starts_with(&deck.path);
        assert!(!paths.iter().any(|path: &&[String]| is_above(path)), "{:?} is late", deck.path);
        if paths.len() < SHOWN {
            paths.insert(deck.path.as_slice());
        }
        assert_sound_deck(deck);
    }
    for problem in &draft.problems {
        assert!(problem.line > 0 && problem.column > 0, "no place: {problem:?}");
        let told = [&problem.message, &problem.hint, &problem.file];
        assert!(told.iter().all(|text| !text.is_empty()), "nothing is said: {problem:?}");
    }
}

fn assert_sound_deck(deck: &DraftDeck) {
    for item in &deck.items {
        assert!(item.place.line > 0, "no place: {item:?}");
        assert!(item.source_id.as_ref().is_none_or(|id| !id.is_empty()), "no identity: {item:?}");
        assert_sound_tags(item);
        match &item.body {
            DraftContent::Card(card) => assert_sound_card(card),
            DraftContent::Question(question) => assert_sound_question(question),
        }
    }
    let mut names = HashSet::new();
    for media in &deck.media {
        assert!(names.insert(&media.name), "{} is shown twice", media.name);
    }
}

fn assert_sound_tags(item: &DraftItem) {
    let mut tags = HashSet::new();
    for tag in &item.tags {
        let is_sound = !tag.is_empty() && tag.trim() == tag && *tag == tag.to_lowercase();
        assert!(is_sound && tags.insert(tag), "tags {:?}", item.tags);
    }
    let mut exams = HashSet::new();
    assert!(item.also.iter().all(|also| exams.insert(&also.exam)), "{:?}", item.also);
}

fn assert_sound_card(card: &Card) {
    let ordinals = card.ordinals();
    assert!(ordinals.is_sorted_by(|one, next| one < next), "{ordinals:?}");
    let is_faces = card.style == CardStyle::Faces;
    assert_eq!(is_faces, !card.faces.is_empty(), "faces of {:?}", card.style);
    assert!(!is_faces || card.front.is_empty() && card.back.is_empty(), "sides beside faces");
}

fn assert_sound_question(question: &Question) {
    let Question { stem, options, explanation, interaction, .. } = question;
    assert!(OPTIONS.contains(&options.len()), "{} options", options.len());
    let keys = question.key_count();
    match interaction {
        Interaction::Choice => assert!(keys > 0 && keys < options.len(), "{keys} keys"),
        Interaction::Order => {
            assert!(keys > 1 && options[..keys].iter().all(|option| option.key), "{options:?}");
        }
        Interaction::Match { prompts } => {
            assert!(OPTIONS.contains(&prompts.len()), "{} prompts", prompts.len());
            let mut needed = 0;
            for prompt in prompts {
                let option = usize::from(prompt.option);
                assert!(option <= needed && !prompt.text.is_empty(), "{prompts:?}");
                needed = needed.max(option + 1);
            }
            assert!(needed == keys && options[..keys].iter().all(|o| o.key), "{options:?}");
        }
    }
    assert!(
        !stem.is_empty() && options.iter().all(|option| !option.text.is_empty()),
        "{question:?}"
    );
    let of_options = options.iter().flat_map(|option| [&option.text, &option.reason]);
    let of_prompts = question.prompts().iter().flat_map(|prompt| [&prompt.text, &prompt.reason]);
    for text in of_options.chain(of_prompts).chain([stem, explanation]) {
        assert!(text.len() <= MAX_TEXT && normalise(text) == *text, "{text:?}");
    }
    for reference in &question.references {
        assert!(reference.url.starts_with("https://"), "{reference:?}");
    }
    assert_written_again(question);
}

/// What the editor shows, and export writes, reads back as the same question.
fn assert_written_again(question: &Question) {
    let text = markdown::question_text(question);
    if text.len() > MAX_ITEM {
        return;
    }
    let again = markdown::read_question(&text, question.difficulty);
    let again = again.unwrap_or_else(|problems| panic!("{problems:?} in {text}"));
    let (enemies, case) = (question.enemies.clone(), question.case.clone());
    assert_eq!(Question { enemies, case, ..again }, *question, "{text}");
}

/// Panics unless a blueprint can be kept with a sitting, and drawn from.
pub(super) fn assert_sound_blueprint(blueprint: &Blueprint) {
    let kept = serde_json::to_string(blueprint).unwrap_or_default();
    match serde_json::from_str::<Blueprint>(&kept) {
        Ok(again) => assert_eq!(again.code, blueprint.code),
        Err(why) => panic!("{why} in {kept}"),
    }
    assert!(blueprint.scored_items >= 1 && blueprint.scored_items <= blueprint.items);
    assert!(
        blueprint.scale.min < blueprint.scale.pass && blueprint.scale.pass <= blueprint.scale.max
    );
    let weights: f64 = blueprint.domains.iter().map(|domain| domain.weight).sum();
    assert!((weights - 100.0).abs() < 0.02, "{weights}");
    for (domain, task) in blueprint.tasks() {
        assert!(task.weight > 0.0 && domain.weight > 0.0, "{domain:?}");
        assert_eq!(blueprint.task(&task.id).map(|(_, found)| found), Some(task));
    }
}
