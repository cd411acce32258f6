//! Questions and cards put together from what an outside format gives, within the rules that hold
//! for every item.

use std::collections::{HashMap, HashSet};

use super::findings::LeftOut;
use super::markdown::{MAX_TEXT, OPTIONS, normalise};
use crate::deck::{
    Card, CardStyle, Case, Choice, Difficulty, Interaction, ItemSlug, Prompt, Question,
};

/// Most tags of an item, and longest tag in characters, as the native format has them.
const MAX_TAGS: usize = 32;
const MAX_TAG: usize = 64;
/// Most responses that are looked at to find those that read the same.
const MANY: usize = 100;
/// Longest slug, in bytes.
const MAX_SLUG: usize = 80;

/// Options, and what is done with them.
pub(super) type Responses = (Vec<Choice>, Interaction);

/// A response of an order or a match before it is one of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    /// Identity in the file.
    pub(super) id: String,
    /// Markdown.
    pub(super) text: String,
    /// Markdown.
    pub(super) reason: String,
}

/// Options of which some are keys.
pub(super) fn choice(options: Vec<Choice>) -> Result<Responses, LeftOut> {
    let hint = "give it 2 to 10 options with a key and a distractor among them";
    count(options.len(), "options")?;
    let keys = options.iter().filter(|option| option.key).count();
    if keys == 0 || keys == options.len() {
        let which = if keys == 0 { "no option is a key" } else { "every option is a key" };
        return Err(LeftOut::new("key-count", which, hint));
    }
    Ok((options, Interaction::Choice))
}

/// Steps in the right order, given by identity; responses that are no step come behind them.
pub(super) fn order(responses: &[Response], steps: &[String]) -> Result<Responses, LeftOut> {
    count(responses.len(), "options")?;
    let distinct: HashSet<&String> = steps.iter().collect();
    if steps.len() < 2 || distinct.len() < steps.len() {
        let hint = "give at least two different steps in the right order";
        return Err(LeftOut::new("key-count", "the right answer is no order", hint));
    }
    let options = arranged(responses, steps.iter())?;
    Ok((options, Interaction::Order))
}

/// Prompts, each with the identity of the response that it needs. Responses that read the same are
/// one, and what is said of one that is needed is said of the prompts that need it.
pub(super) fn matching(
    prompts: &[(Response, String)],
    responses: &[Response],
) -> Result<Responses, LeftOut> {
    count(prompts.len(), "prompts")?;
    if responses.len() > MANY {
        count(responses.len(), "responses")?;
    }
    let mut distinct: Vec<Response> = Vec::new();
    let mut by_text: HashMap<String, usize> = HashMap::new();
    let mut by_id: HashMap<&String, usize> = HashMap::new();
    for response in responses {
        let at = *by_text.entry(normalise(&response.text)).or_insert(distinct.len());
        by_id.entry(&response.id).or_insert(at);
        match distinct.get_mut(at) {
            Some(same) => same.reason = joined([same.reason.clone(), response.reason.clone()]),
            None => distinct.push(response.clone()),
        }
    }
    count(distinct.len(), "responses")?;
    let mut needed: Vec<&String> = Vec::new();
    let mut made: Vec<Prompt> = Vec::new();
    for (prompt, id) in prompts {
        let response = by_id.get(id).map(|at| &distinct[*at]);
        let id = response.map_or(id, |response| &response.id);
        let place = needed.iter().position(|known| *known == id).unwrap_or(needed.len());
        if place == needed.len() {
            needed.push(id);
        }
        let said = response.map(|response| response.reason.clone()).unwrap_or_default();
        made.push(Prompt {
            text: prompt.text.clone(),
            option: u8::try_from(place).unwrap_or(u8::MAX),
            reason: joined([prompt.reason.clone(), said]),
        });
    }
    let mut options = arranged(&distinct, needed.into_iter())?;
    for option in options.iter_mut().filter(|option| option.key) {
        option.reason.clear();
    }
    Ok((options, Interaction::Match { prompts: made }))
}

/// Responses with those of the identities given first, in that order.
fn arranged<'a>(
    responses: &[Response],
    first: impl Iterator<Item = &'a String>,
) -> Result<Vec<Choice>, LeftOut> {
    let place: HashMap<&String, usize> = first.zip(0..).collect();
    let known: HashSet<&String> = responses.iter().map(|response| &response.id).collect();
    if let Some(unknown) = place.keys().find(|id| !known.contains(**id)) {
        let message = format!("the right answer names “{unknown}”, which is no response");
        return Err(LeftOut::new("unknown-key", message, "name a response that is there"));
    }
    if responses.iter().filter(|response| place.contains_key(&response.id)).count() > place.len() {
        let message = "the right answer names two responses of one identity";
        return Err(LeftOut::new("unknown-key", message, "give each response one of its own"));
    }
    let mut ordered: Vec<(usize, Choice)> = responses
        .iter()
        .map(|Response { id, text, reason }| {
            let at = place.get(id).copied();
            let choice = Choice { text: text.clone(), key: at.is_some(), reason: reason.clone() };
            (at.unwrap_or(usize::MAX), choice)
        })
        .collect();
    ordered.sort_by_key(|(at, _)| *at);
    Ok(ordered.into_iter().map(|(_, choice)| choice).collect())
}

fn count(number: usize, what: &str) -> Result<(), LeftOut> {
    if OPTIONS.contains(&number) {
        return Ok(());
    }
    let message = format!("the question has {number} {what}");
    Err(LeftOut::new("option-count", message, "a question has 2 to 10 of them"))
}

/// A question of sound texts.
pub(super) fn question(
    stem: &str,
    explanation: &str,
    (mut options, mut interaction): Responses,
    difficulty: Difficulty,
    case: Option<Case>,
) -> Result<Question, LeftOut> {
    let stem = sound(stem, "stem")?;
    if stem.is_empty() {
        let hint = "give the question a text or a picture";
        return Err(LeftOut::new("no-stem", "the question has no stem", hint));
    }
    for option in &mut options {
        option.text = sound(&option.text, "text of an option")?;
        option.reason = sound(&option.reason, "reason of an option")?;
        if option.text.is_empty() {
            let hint = "give every option a text or a picture";
            return Err(LeftOut::new("empty-option", "an option is empty", hint));
        }
    }
    if let Interaction::Match { prompts } = &mut interaction {
        for prompt in prompts {
            prompt.text = sound(&prompt.text, "text of a prompt")?;
            prompt.reason = sound(&prompt.reason, "reason of a prompt")?;
            if prompt.text.is_empty() {
                let hint = "give every prompt a text or a picture";
                return Err(LeftOut::new("empty-option", "a prompt is empty", hint));
            }
        }
    }
    let explanation = sound(explanation, "explanation")?;
    let (references, enemies) = (Vec::new(), Vec::new());
    Ok(Question { difficulty, stem, options, explanation, references, enemies, interaction, case })
}

/// A card of sound sides.
pub(super) fn card(style: CardStyle, front: &str, back: &str) -> Result<Card, LeftOut> {
    let (front, back) = (sound(front, "front")?, sound(back, "back")?);
    if front.is_empty() || back.is_empty() {
        let hint = "give the card two sides";
        return Err(LeftOut::new("empty-card", "a side of the card is empty", hint));
    }
    Ok(Card::of(style, front, back))
}

fn sound(text: &str, what: &str) -> Result<String, LeftOut> {
    let text = normalise(text);
    if text.len() > MAX_TEXT {
        let message = format!("the {what} has more than {MAX_TEXT} bytes");
        return Err(LeftOut::new("text-too-long", message, "shorten it"));
    }
    Ok(text)
}

/// Tags as items have them: lower-case, without commas, none twice.
pub(super) fn tags(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in words {
        let word = word.replace(',', " ").to_lowercase();
        let tag = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let sound = !tag.is_empty() && tag.chars().count() <= MAX_TAG;
        if sound && tags.len() < MAX_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Parts of an explanation that are not empty, none twice.
pub(super) fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let mut kept: Vec<String> = Vec::new();
    for part in parts {
        let part = normalise(&part);
        if !part.is_empty() && !kept.contains(&part) {
            kept.push(part);
        }
    }
    kept.join("\n\n")
}

/// A slug made of the letters and digits of a text; none when it has none.
pub(super) fn slug(text: &str) -> Option<ItemSlug> {
    let text = text.to_lowercase();
    let mut slug = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let separator = usize::from(!slug.is_empty());
        if slug.len() + separator >= MAX_SLUG {
            break;
        }
        if separator == 1 {
            slug.push('-');
        }
        let left = MAX_SLUG - slug.len();
        slug.push_str(&word[..word.len().min(left)]);
    }
    slug.parse().ok()
}

/// Slugs by what they were made of, none twice.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    by_source: HashMap<String, ItemSlug>,
    taken: HashSet<ItemSlug>,
}

impl Slugs {
    /// The slug of this source, made of its name; the same each time it is asked for.
    pub(super) fn of(&mut self, source: &str, name: &str) -> Option<ItemSlug> {
        if let Some(known) = self.by_source.get(source) {
            return Some(known.clone());
        }
        let base = slug(name).map_or_else(|| "case".to_owned(), String::from);
        let numbered = |number: usize| {
            let suffix = format!("-{number}");
            let base = &base[..base.len().min(MAX_SLUG - suffix.len())];
            format!("{}{suffix}", base.trim_end_matches('-'))
        };
        let free = std::iter::once(base.clone())
            .chain((2..=self.taken.len() + 2).map(numbered))
            .filter_map(|name| name.parse::<ItemSlug>().ok())
            .find(|slug| !self.taken.contains(slug))?;
        self.taken.insert(free.clone());
        self.by_source.insert(source.to_owned(), free.clone());
        Some(free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(id: &str) -> Response {
        Response { id: id.into(), text: format!("text {id}"), reason: String::new() }
    }

    fn texts((options, _): &Responses) -> Vec<(&str, bool)> {
        options.iter().map(|option| (option.text.as_str(), option.key)).collect()
    }

    #[test]
    fn steps_come_first_in_the_right_order() {
        let responses = ["a", "b", "c"].map(response).to_vec();
        let made = order(&responses, &["c".into(), "a".into()]).unwrap();
        assert_eq!(texts(&made), [("text c", true), ("text a", true), ("text b", false)]);
        assert_eq!(order(&responses, &["x".into(), "a".into()]).unwrap_err().code, "unknown-key");
        let twice = ["a", "b", "a"].map(response).to_vec();
        assert_eq!(order(&twice, &["b".into(), "a".into()]).unwrap_err().code, "unknown-key");
    }

    #[test]
    fn responses_come_in_the_order_in_which_prompts_need_them() {
        let responses = ["a", "b", "c"].map(response).to_vec();
        let prompts = [("1", "c"), ("2", "a"), ("3", "c")]
            .map(|(prompt, needed)| (response(prompt), needed.to_owned()))
            .to_vec();
        let made = matching(&prompts, &responses).unwrap();
        assert_eq!(texts(&made), [("text c", true), ("text a", true), ("text b", false)]);
        let Interaction::Match { prompts } = made.1 else { panic!("no match") };
        assert_eq!(prompts.iter().map(|prompt| prompt.option).collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn responses_that_read_the_same_are_one_and_prompts_say_why() {
        let said = |id: &str, text: &str, reason: &str| Response {
            id: id.into(),
            text: text.into(),
            reason: reason.into(),
        };
        let responses = [said("a", "x", "A."), said("b", "x ", "B."), said("c", "y", "C.")];
        let prompts =
            [(said("1", "p", "P."), "b".to_owned()), (said("2", "q", ""), "a".to_owned())];
        let made = matching(&prompts, &responses).unwrap();
        assert_eq!(texts(&made), [("x", true), ("y", false)]);
        assert_eq!((made.0[0].reason.as_str(), made.0[1].reason.as_str()), ("", "C."));
        let Interaction::Match { prompts } = made.1 else { panic!("no match") };
        let said: Vec<_> = prompts.iter().map(|p| (p.option, p.reason.as_str())).collect();
        assert_eq!(said, [(0, "P.\n\nA.\n\nB."), (0, "A.\n\nB.")]);
    }

    #[test]
    fn a_choice_needs_keys_and_distractors() {
        let option = |key| Choice { text: "a".into(), key, reason: String::new() };
        for (keys, code) in [
            (vec![true], "option-count"),
            (vec![false, false], "key-count"),
            (vec![true, true], "key-count"),
            (vec![true; 11], "option-count"),
        ] {
            let options = keys.into_iter().map(option).collect();
            assert_eq!(choice(options).unwrap_err().code, code);
        }
    }

    #[test]
    fn slugs_are_made_of_letters_and_digits_and_none_twice() {
        let mut slugs = Slugs::default();
        let mut of = |source: &str| String::from(slugs.of(source, source).unwrap());
        assert_eq!(of("Q_1 Über"), "q-1-ber");
        assert_eq!(of("q 1 ber"), "q-1-ber-2");
        assert_eq!(of("Q_1 Über"), "q-1-ber");
        assert_eq!(of("日本"), "case");
        assert!(of(&"ab-".repeat(100)).len() <= MAX_SLUG);
        assert!(of(&"ab ".repeat(100)).len() <= MAX_SLUG);
    }

    #[test]
    fn tags_are_lower_case_and_none_twice() {
        let words = ["A  b", "a B", "c,d", "", &"x".repeat(300)].map(str::to_owned);
        assert_eq!(tags(words), ["a b", "c d"]);
    }
}
