//! Drafts as short texts, for golden tests.

use std::fmt::Write as _;

use super::{Draft, DraftContent, DraftItem};
use crate::deck::Interaction;

/// Everything in a draft that a reader decided.
pub(super) fn outline(draft: &Draft) -> String {
    let mut out = format!("{:?}, made with {:?}\n", draft.format, draft.made_with);
    for deck in &draft.decks {
        let _ = writeln!(out, "\n# {}", deck.path.join(" / "));
        for (name, value) in [("license", &deck.license), ("language", &deck.language)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{name}: {value}");
            }
        }
        if !deck.introduction.is_empty() {
            let _ = writeln!(out, "introduction: {:?}", deck.introduction);
        }
        for media in &deck.media {
            let _ = writeln!(out, "shows {} from {}", media.name, media.entry);
        }
        for item in &deck.items {
            push_item(&mut out, item);
        }
    }
    for passed in &draft.passed_over {
        let (place, text) = (&passed.place, &passed.text);
        let _ =
            write!(out, "\npassed over {}:{} [{}] {text:?}", place.file, place.line, passed.code);
    }
    for problem in &draft.problems {
        let _ = write!(out, "\n{problem}");
    }
    out
}

fn push_item(out: &mut String, item: &DraftItem) {
    let DraftItem { source_id, place, tags, .. } = item;
    let _ = write!(out, "\n- {}:{} {source_id:?}", place.file, place.line);
    if !tags.is_empty() {
        let _ = write!(out, " {tags:?}");
    }
    match &item.body {
        DraftContent::Card(card) => {
            let _ = writeln!(out, " {} card, {:?}", card.style.name(), card.markup);
            let _ = writeln!(out, "  front: {:?}\n  back: {:?}", card.front, card.back);
            for face in &card.faces {
                let _ = writeln!(out, "  {face:?}");
            }
        }
        DraftContent::Question(question) => {
            let _ = writeln!(out, " {:?}, {:?}", question.kind(), question.difficulty);
            if let Some(case) = &question.case {
                let _ = writeln!(out, "  case {}: {:?}", case.slug, case.scenario);
            }
            let _ = writeln!(out, "  stem: {:?}", question.stem);
            if let Interaction::Match { prompts } = &question.interaction {
                for prompt in prompts {
                    let _ = writeln!(
                        out,
                        "  {:?} => {} {:?}",
                        prompt.text, prompt.option, prompt.reason
                    );
                }
            }
            for option in &question.options {
                let key = if option.key { 'x' } else { ' ' };
                let _ = writeln!(out, "  [{key}] {:?} {:?}", option.text, option.reason);
            }
            if !question.explanation.is_empty() {
                let _ = writeln!(out, "  why: {:?}", question.explanation);
            }
        }
    }
}

/// A zip of these files, for tests.
pub(super) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
