//! Drafts: what an editor sends, checked and made into an item.

use super::rows::checked_tag;
use super::views::{DraftBody, ItemDraft, PreviewSides};
use crate::blueprint::Blueprint;
use crate::deck::{
    Card, CardStyle, Deck, DeckMeta, Item, ItemBody, ItemSlug, Markup, Question, ResponseKind,
};
use crate::formats::Problem;
use crate::formats::markdown::{self, MAX_TEXT, WriteError, normalise};
use crate::rich_text::{self, Media, With};

/// Why the words of a card that was made elsewhere stay.
const FACES: &str = "The sides of this card were made from a template elsewhere, so its words \
                     cannot be changed here. Change its tags or its task, or make a new card.";

/// What a draft is checked against.
pub(super) struct Bounds<'a> {
    /// The item as it is kept; none for a new one.
    pub(super) kept: Option<&'a Item>,
    /// Exam of the deck, where it has one that is known.
    pub(super) blueprint: Option<&'a Blueprint>,
}

/// Makes an item of a draft.
///
/// # Errors
/// Everything that keeps it from being saved, each in a sentence with what to do.
pub(super) fn item_of(
    draft: &ItemDraft,
    slug: &ItemSlug,
    bounds: &Bounds<'_>,
) -> Result<Item, Vec<String>> {
    let mut problems = Vec::new();
    let mut tags: Vec<String> = Vec::new();
    for tag in &draft.tags {
        match checked_tag(tag) {
            Ok(tag) if tags.contains(&tag) => {}
            Ok(tag) => tags.push(tag),
            Err(error) => problems.push(sentence(&error.to_string(), "")),
        }
    }
    let task = draft.task.clone().filter(|task| !task.is_empty());
    if let (Some(task), Some(blueprint)) = (&task, bounds.blueprint)
        && blueprint.task(task).is_none()
    {
        let hint = "Choose one of its tasks, or none.";
        problems.push(format!("{} has no task “{task}”. {hint}", blueprint.code));
    }
    let body = match body_of(&draft.body, bounds.kept) {
        Ok(body) => Some(body),
        Err(wrong) => {
            problems.extend(wrong);
            None
        }
    };
    let checked = bounds.kept.and_then(|kept| kept.checked);
    let also = bounds.kept.map(|kept| kept.also.clone()).unwrap_or_default();
    let Some(body) = body.filter(|_| problems.is_empty()) else { return Err(problems) };
    let item = Item { slug: slug.clone(), task, tags, also, checked, body };
    match faithful(&item) {
        None => Ok(item),
        Some(wrong) => Err(wrong),
    }
}

fn body_of(body: &DraftBody, kept: Option<&Item>) -> Result<ItemBody, Vec<String>> {
    let kept = kept.map(|item| &item.body);
    match (body, kept) {
        (DraftBody::Card { .. }, Some(ItemBody::Question(_)))
        | (DraftBody::Question { .. }, Some(ItemBody::Card(_))) => Err(vec![
            "A card stays a card and a question a question. Make a new item instead.".into(),
        ]),
        (DraftBody::Card { style, front, back, .. }, Some(ItemBody::Card(kept)))
            if kept.style == CardStyle::Faces || *style == CardStyle::Faces =>
        {
            let same = (*style, front, back) == (kept.style, &kept.front, &kept.back);
            if same { Ok(ItemBody::Card(kept.clone())) } else { Err(vec![FACES.into()]) }
        }
        (DraftBody::Card { style, front, back, markup }, kept) => {
            let kept = match kept {
                Some(ItemBody::Card(kept)) => Some(kept.markup),
                _ => None,
            };
            card_of(*style, front, back, kept.unwrap_or(*markup)).map(ItemBody::Card)
        }
        (DraftBody::Question { markdown, difficulty }, kept) => {
            let read = markdown::read_question(markdown, *difficulty);
            let mut question =
                read.map_err(|found| found.iter().map(located).collect::<Vec<_>>())?;
            if let Some(ItemBody::Question(kept)) = kept {
                question.enemies.clone_from(&kept.enemies);
                question.case.clone_from(&kept.case);
            }
            Ok(ItemBody::Question(question))
        }
    }
}

/// The one place where a draft becomes a card.
fn card_of(style: CardStyle, front: &str, back: &str, markup: Markup) -> Result<Card, Vec<String>> {
    if style == CardStyle::Faces {
        return Err(vec![FACES.into()]);
    }
    if front.len() > MAX_TEXT || back.len() > MAX_TEXT {
        return Err(vec![format!("A side has more than {MAX_TEXT} bytes. Shorten it.")]);
    }
    let card = Card { markup, ..Card::of(style, normalise(front), normalise(back)) };
    let mut problems = Vec::new();
    if card.front.is_empty() {
        problems.push("The front is empty. Write what the card asks.".into());
    } else if card.ordinals().is_empty() {
        let hint = "Write what is to be recalled as {{c1::text}}.";
        problems.push(format!("The text has no deletion. {hint}"));
    }
    if card.back.is_empty() && style != CardStyle::Cloze {
        problems.push("The back is empty. Write what the card answers.".into());
    }
    if problems.is_empty() { Ok(card) } else { Err(problems) }
}

/// Whether an item can be written in the native format and reads back the same; what is wrong
/// with it otherwise. Enemies are names of other items, which the format checks as a whole.
fn faithful(item: &Item) -> Option<Vec<String>> {
    // What came in as HTML or as sides of a template is kept as it is.
    if let ItemBody::Card(
        Card { style: CardStyle::Faces, .. } | Card { markup: Markup::Html, .. },
    ) = &item.body
    {
        return None;
    }
    let mut item = item.clone();
    if let ItemBody::Question(question) = &mut item.body {
        question.enemies.clear();
    }
    let meta = DeckMeta {
        slug: "own".parse().ok()?,
        title: "Own".into(),
        version: semver::Version::new(1, 0, 0),
        license: "CC0-1.0".into(),
        authors: Vec::new(),
        blueprint: None,
        language: "en".into(),
    };
    let deck = Deck { meta, introduction: String::new(), items: vec![item], media: Vec::new() };
    match markdown::write(&deck) {
        Ok(_) => None,
        Err(WriteError::Unsound(problems)) => {
            Some(problems.iter().map(|p| sentence(&p.message, &p.hint)).collect())
        }
        Err(error @ WriteError::NotFaithful(_)) => Some(vec![sentence(
            &error.to_string(),
            "Take unusual characters at the beginnings of its lines away",
        )]),
    }
}

fn located(problem: &Problem) -> String {
    format!("Line {}: {}", problem.line.max(1), sentence(&problem.message, &problem.hint))
}

fn sentence(message: &str, hint: &str) -> String {
    let capital = |text: &str| {
        let mut letters = text.trim_end_matches('.').chars();
        letters
            .next()
            .map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    };
    if hint.is_empty() {
        capital(message)
    } else {
        format!("{} {}", capital(message), capital(hint))
    }
}

/// An item as it would be seen: each of its cards, or the question.
pub(super) fn sides(body: &ItemBody, media: &Media) -> Vec<PreviewSides> {
    let with = With(media);
    match body {
        ItemBody::Card(card) => {
            let shown = |ordinal| {
                let sides = rich_text::sides(card, ordinal, media);
                PreviewSides { front_html: sides.front_html, back_html: sides.back_html }
            };
            card.ordinals().into_iter().map(shown).collect()
        }
        ItemBody::Question(question) => vec![PreviewSides {
            front_html: with.stem_html(&question.stem) + &with.html(&options(question, None)),
            back_html: with.html(&explanation(question)),
        }],
    }
}

/// Options as a list: all of them, or the keys or the others with their reasons. A list of one
/// key is bulleted, as one is chosen; of several, numbered.
fn options(question: &Question, only: Option<bool>) -> String {
    let marker = match question.kind() {
        ResponseKind::Single | ResponseKind::Matching => "- ",
        ResponseKind::Multiple | ResponseKind::Ordering => "1. ",
    };
    let indent = " ".repeat(marker.len());
    let mut list = String::new();
    for option in question.options.iter().filter(|o| only.is_none_or(|key| o.key == key)) {
        let reason = only.map_or("", |_| option.reason.as_str());
        let text = format!("{}\n\n{reason}", option.text);
        list.push_str(marker);
        list.push_str(&text.trim_end().replace('\n', &format!("\n{indent}")));
        list.push('\n');
    }
    list
}

fn explanation(question: &Question) -> String {
    let parts = [
        options(question, Some(true)),
        question.explanation.clone(),
        options(question, Some(false)),
    ];
    // A comment keeps two lists with nothing between them apart.
    parts.join("\n\n<!-- -->\n\n")
}

/// A name for a new item: the first words of its text, and a suffix that sets it apart.
pub(super) fn slug_of(text: &str, seed: u64) -> Option<ItemSlug> {
    let plain = rich_text::plain_text(text).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words.take(6) {
        if slug.len() + word.len() > 48 {
            break;
        }
        slug.push_str(word);
        slug.push('-');
    }
    let suffix = seed & 0xffff_ffff;
    format!("{slug}{suffix:08x}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Difficulty, Face};

    fn draft(body: DraftBody) -> ItemDraft {
        ItemDraft {
            item: None,
            deck: "own".into(),
            task: None,
            tags: vec!["S3".into(), "s3".into()],
            body,
        }
    }

    fn made(body: DraftBody) -> Result<Item, Vec<String>> {
        let slug = slug_of("What is it?", 7).unwrap();
        item_of(&draft(body), &slug, &Bounds { kept: None, blueprint: None })
    }

    fn card(front: &str, back: &str) -> DraftBody {
        let (style, markup) = (CardStyle::Basic, Markup::Markdown);
        DraftBody::Card { style, front: front.into(), back: back.into(), markup }
    }

    #[test]
    fn a_card_may_hold_anything_that_looks_like_structure() {
        let item = made(card("---\n## Card x\n", "# a\r\n---")).unwrap();
        assert_eq!(item.tags, ["s3"]);
        let ItemBody::Card(card) = item.body else { panic!("a question") };
        assert_eq!((card.front.as_str(), card.back.as_str()), ("---\n## Card x", "# a\n---"));
    }

    #[test]
    fn what_cannot_be_saved_says_why() {
        let empty = made(card(" ", "")).unwrap_err();
        assert_eq!(empty.len(), 2, "{empty:?}");
        let long = made(card(&"x".repeat(MAX_TEXT + 1), "b")).unwrap_err();
        assert!(long[0].contains("bytes"), "{long:?}");
        let markdown = "Stem?\n\n- [ ] a\n- [ ] b".to_owned();
        let question = DraftBody::Question { markdown, difficulty: Difficulty::Easy };
        let keyless = made(question).unwrap_err();
        assert!(keyless[0].contains("No option is a key"), "{keyless:?}");
    }

    #[test]
    fn an_edited_card_keeps_its_markup_and_one_from_a_template_its_sides() {
        let slug = slug_of("x", 7).unwrap();
        let html = Card { markup: Markup::Html, ..Card::basic("<b>a</b>", "<i>b</i>") };
        let faces = Card {
            faces: vec![Face { ordinal: 3, front: "a".into(), back: "b".into(), typed: None }],
            ..Card::of(CardStyle::Faces, "", "")
        };
        let kept = |card: Card| {
            let item = made(super::tests::card("a", "b")).unwrap();
            Item { body: ItemBody::Card(card), ..item }
        };
        let edited = |kept: &Item, style, front: &str| {
            let (front, back, markup) = (front.into(), String::new(), Markup::Markdown);
            let back = if style == CardStyle::Faces { back } else { "<i>b</i>".into() };
            let body = DraftBody::Card { style, front, back, markup };
            item_of(&draft(body), &slug, &Bounds { kept: Some(kept), blueprint: None })
        };
        let item = edited(&kept(html), CardStyle::Basic, "<b>c</b>").unwrap();
        let ItemBody::Card(card) = item.body else { panic!("a question") };
        assert_eq!((card.markup, card.front.as_str()), (Markup::Html, "<b>c</b>"));
        let item = kept(faces.clone());
        let same = edited(&item, CardStyle::Faces, "").unwrap();
        assert_eq!(same.body, ItemBody::Card(faces));
        for (style, front) in [(CardStyle::Faces, "other"), (CardStyle::Basic, "other")] {
            assert!(edited(&item, style, front).unwrap_err()[0].contains("template"));
        }
    }

    #[test]
    fn names_come_from_the_words_and_differ() {
        let slug = slug_of("**Why** does `S3 Select` cost less than Ünïcode?", 0x2a).unwrap();
        assert_eq!(slug.as_str(), "why-does-s3-select-cost-less-0000002a");
        assert_eq!(slug_of("漢字", 1).unwrap().as_str(), "00000001");
        assert!(slug_of(&"w".repeat(500), 1).is_some());
    }

    #[test]
    fn a_question_is_seen_with_its_options_before_and_its_reasons_behind() {
        let markdown = "Cold?\n\n- [x] Ice\n  - Frozen.\n- [ ] Steam\n  - Hot.\n\nWhy: water.";
        let body = DraftBody::Question { markdown: markdown.into(), difficulty: Difficulty::Easy };
        let item = made(body).unwrap();
        let sides = sides(&item.body, &Media::none()).remove(0);
        assert!(sides.front_html.contains("Steam") && !sides.front_html.contains("Frozen"));
        let place = |text: &str| sides.back_html.find(text).unwrap();
        assert!(place("Ice") < place("Frozen") && place("Frozen") < place("water"));
        assert!(place("water") < place("Steam"), "{}", sides.back_html);
    }
}
