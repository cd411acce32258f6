//! What the options of a question make of it: a choice, an order or a match.

use super::OPTIONS;
use super::choice::Written;
use super::report::{At, Report};
use crate::deck::{Choice, Interaction, Prompt};

const COUNT_HINT: &str =
    "list 2 to 10 options, each a bullet that starts with [ ] or, for keys, [x]";
const ORDER_HINT: &str =
    "number the steps in the right order, 1. [x], 2. [x], …; then list what is not used: - [ ]";
const MATCH_HINT: &str =
    "give each prompt, - [x], its response behind =>; then list what is not used: - [ ]";

/// The options of a question and what is done with them.
#[derive(Debug, Default)]
pub(super) struct Responses {
    pub(super) options: Vec<Choice>,
    pub(super) interaction: Interaction,
    /// Line of each option.
    pub(super) lines: Vec<u32>,
    /// Line of each prompt.
    pub(super) prompt_lines: Vec<u32>,
}

/// Puts the options as they are written, each with its place, together. None when some of them
/// could not be read or they do not go together.
pub(super) fn assemble(
    written: Vec<(At<'_>, Option<Written>)>,
    heading: At<'_>,
    report: &mut Report,
) -> Option<Responses> {
    let count = written.len();
    // A match may have as many pairs as others have options, and as many responses besides.
    let most = 2 * OPTIONS.end();
    let range = if is_matching(&written) { 1..=most } else { OPTIONS };
    // What could not be read may have been a pair, of which the number is another.
    let unread = written.iter().any(|(_, option)| option.is_none());
    if count == 0 || count > most || !(unread || range.contains(&count)) {
        let plural = if count == 1 { "" } else { "s" };
        let message = format!("the question has {count} option{plural}");
        report.error(heading, "option-count", message, COUNT_HINT);
        return None;
    }
    let sound: Vec<(At<'_>, Written)> =
        written.into_iter().map(|(at, option)| Some((at, option?))).collect::<Option<_>>()?;
    if sound.iter().any(|(_, option)| option.prompt.is_some()) {
        matching(sound, heading, report)
    } else if sound.iter().any(|(_, option)| option.number.is_some()) {
        ordering(sound, heading, report)
    } else {
        choice(sound, heading, report)
    }
}

fn is_matching(written: &[(At<'_>, Option<Written>)]) -> bool {
    written.iter().flat_map(|(_, option)| option).any(|option| option.prompt.is_some())
}

fn choice(
    sound: Vec<(At<'_>, Written)>,
    heading: At<'_>,
    report: &mut Report,
) -> Option<Responses> {
    let keys = sound.iter().filter(|(_, option)| option.choice.key).count();
    if keys == 0 || keys == sound.len() {
        let message = if keys == 0 { "no option is a key" } else { "every option is a key" };
        report.error(heading, "key-count", message, COUNT_HINT);
        return None;
    }
    let mut responses = Responses::default();
    for (at, option) in sound {
        responses.push(at, option.choice);
    }
    Some(responses)
}

/// Numbered keys in the right order, then what is not used.
fn ordering(
    sound: Vec<(At<'_>, Written)>,
    heading: At<'_>,
    report: &mut Report,
) -> Option<Responses> {
    let mut responses = Responses { interaction: Interaction::Order, ..Responses::default() };
    let mut steps = 0;
    for (at, Written { number, choice, .. }) in sound {
        let unused = responses.options.len() > usize::from(steps);
        let fault = match number {
            Some(_) if !choice.key => Some("a numbered option is a step, so its box is crossed"),
            Some(_) if unused => Some("a step stands behind an option that is not used"),
            Some(number) if number != steps + 1 => Some("the steps are not numbered 1, 2, 3, …"),
            None if choice.key => Some("an option that is not numbered is no step"),
            _ => None,
        };
        if let Some(fault) = fault {
            report.error(at, "bad-order", fault, ORDER_HINT);
            return None;
        }
        steps += u16::from(number.is_some());
        responses.push(at, choice);
    }
    if steps < 2 {
        report.error(heading, "bad-order", "one step alone has no order", ORDER_HINT);
        return None;
    }
    Some(responses)
}

/// Prompts with their responses, then what is not used. A response given twice is one.
fn matching(
    sound: Vec<(At<'_>, Written)>,
    heading: At<'_>,
    report: &mut Report,
) -> Option<Responses> {
    let mut responses = Responses::default();
    let mut prompts: Vec<Prompt> = Vec::new();
    let mut unused = false;
    for (at, Written { number, prompt, choice }) in sound {
        let fault = match prompt {
            _ if number.is_some() => Some("prompts and responses are not numbered"),
            Some(_) if !choice.key => Some("the box of a prompt is crossed"),
            Some(_) if unused => Some("a prompt stands behind an option that is not used"),
            None if choice.key => Some("the prompt has no response"),
            _ => None,
        };
        if let Some(fault) = fault {
            report.error(at, "bad-match", fault, MATCH_HINT);
            return None;
        }
        let Some(text) = prompt else {
            unused = true;
            responses.push(at, choice);
            continue;
        };
        let Choice { text: response, reason, .. } = choice;
        let known = responses.options.iter().position(|option| option.text == response);
        let option = known.unwrap_or(responses.options.len());
        if known.is_none() {
            responses.push(at, Choice { text: response, key: true, reason: String::new() });
        }
        responses.prompt_lines.push(at.line);
        prompts.push(Prompt { text, option: u8::try_from(option).unwrap_or(u8::MAX), reason });
    }
    if !OPTIONS.contains(&prompts.len()) || !OPTIONS.contains(&responses.options.len()) {
        let (prompts, options) = (prompts.len(), responses.options.len());
        let message = format!("the prompts number {prompts} and the different responses {options}");
        let hint = "list 2 to 10 prompts, and 2 to 10 different responses in all";
        report.error(heading, "option-count", message, hint);
        return None;
    }
    responses.interaction = Interaction::Match { prompts };
    Some(responses)
}

impl Responses {
    fn push(&mut self, at: At<'_>, option: Choice) {
        self.lines.push(at.line);
        self.options.push(option);
    }
}
