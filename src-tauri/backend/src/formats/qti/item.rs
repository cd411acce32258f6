//! From an `assessmentItem` to a question or a card.

use quick_xml::escape::escape;

use super::content::{Content, gap_name};
use super::keys::Declared;
use crate::deck::{CardStyle, Case, Choice, Difficulty};
use crate::formats::DraftContent;
use crate::formats::findings::LeftOut;
use crate::formats::made::{self, Response, Responses};
use crate::formats::xml::Element;
use crate::rich_text;

const INTERACTIONS: &str =
    "choice, order, match, gap match, associate and a single text entry are read";

/// What an item is read with.
pub(super) struct Around {
    /// The scenario that it shares with others.
    pub(super) case: Option<Case>,
    /// What its metadata says.
    pub(super) difficulty: Option<Difficulty>,
}

/// The content of an item, or why it is left out.
pub(super) fn read(
    item: &Element,
    around: Around,
    content: &mut Content<'_, '_>,
) -> Result<DraftContent, LeftOut> {
    let body = item.child("itemBody").ok_or_else(|| {
        LeftOut::new("no-stem", "the item has no body", "export it again with its content")
    })?;
    let interaction = only_interaction(item, body)?;
    let declared =
        Declared::of(item, interaction.attribute("responseIdentifier").unwrap_or("RESPONSE"))?;
    if interaction.name == "textEntryInteraction" {
        return typed(item, body, around.case.as_ref(), &declared, content);
    }
    let stem = content.markdown(body);
    let mut asides = content.take_asides();
    let feedback = modal_feedback(item, content);
    let mut reader = Reader { interaction, declared: &declared, content, feedback };
    let responses = match interaction.name.as_str() {
        "choiceInteraction" => reader.choice(),
        "orderInteraction" => reader.order(),
        "matchInteraction" => reader.matching(),
        "gapMatchInteraction" => reader.gaps(),
        "associateInteraction" => reader.pairs(),
        other => Err(unsupported(other)),
    }?;
    asides.extend(reader.feedback.into_iter().map(|(_, text)| text));
    let explanation = made::joined(asides);
    let difficulty = around.difficulty.unwrap_or(Difficulty::Medium);
    let question = made::question(&stem, &explanation, responses, difficulty, around.case)?;
    Ok(DraftContent::Question(Box::new(question)))
}

/// The one interaction of an item whose words do not change from time to time.
fn only_interaction<'a>(item: &Element, body: &'a Element) -> Result<&'a Element, LeftOut> {
    let changing = ["printedVariable", "templateBlock", "templateInline"];
    let changes = item.child("templateDeclaration").is_some()
        || body.descendants().any(|element| changing.contains(&element.name.as_str()));
    if changes {
        let hint = "export it with fixed values";
        return Err(LeftOut::new(
            "template",
            "the item is made anew from a template each time",
            hint,
        ));
    }
    let mut found = body
        .descendants()
        .filter(|e| e.name.ends_with("Interaction") && e.name != "endAttemptInteraction");
    let Some(interaction) = found.next() else {
        let hint = "nothing is asked in it: use it as a text beside questions";
        return Err(LeftOut::new("no-interaction", "the item has no interaction", hint));
    };
    let others: Vec<&str> = found.map(|e| e.name.as_str()).collect();
    if let Some(other) = others.first() {
        let message = format!(
            "the item has {} interactions, {} and {other} among them",
            others.len() + 1,
            interaction.name
        );
        let hint = "split it into items of one interaction each";
        return Err(LeftOut::new("several-interactions", message, hint));
    }
    Ok(interaction)
}

fn unsupported(name: &str) -> LeftOut {
    LeftOut::new("unsupported-interaction", format!("{name} is not read"), INTERACTIONS)
}

/// Feedback on a whole response, with the identifier that shows it.
fn modal_feedback(item: &Element, content: &mut Content<'_, '_>) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for feedback in item.named("modalFeedback") {
        let identifier = feedback.attribute("identifier").unwrap_or_default().to_owned();
        all.push((identifier, content.markdown(feedback)));
    }
    all
}

/// A card whose back is typed.
fn typed(
    item: &Element,
    body: &Element,
    case: Option<&Case>,
    declared: &Declared,
    content: &mut Content<'_, '_>,
) -> Result<DraftContent, LeftOut> {
    let keys = declared.keys()?;
    let [key] = keys.as_slice() else {
        let hint = "export it with one right value";
        return Err(LeftOut::new("several-right", "several texts are right", hint));
    };
    let stem = content.markdown(body);
    let front = made::joined(case.map(|case| case.scenario.clone()).into_iter().chain([stem]));
    let mut asides = content.take_asides();
    asides.extend(modal_feedback(item, content).into_iter().map(|(_, text)| text));
    // The first paragraph is what is to be typed; what follows explains it.
    let back = made::joined(std::iter::once(rich_text::markdown_of(&escape(key))).chain(asides));
    let card = made::card(CardStyle::Typed, &front, &back)?;
    Ok(DraftContent::Card(Box::new(card)))
}

struct Reader<'r, 'a, 'p> {
    interaction: &'r Element,
    declared: &'r Declared,
    content: &'r mut Content<'a, 'p>,
    /// Feedback that belongs to no response yet.
    feedback: Vec<(String, String)>,
}

impl Reader<'_, '_, '_> {
    fn choice(&mut self) -> Result<Responses, LeftOut> {
        let keys = self.declared.keys()?;
        let responses = self.responses(self.interaction, &["simpleChoice"]);
        if let Some(unknown) = keys.iter().find(|key| !responses.iter().any(|r| r.id == **key)) {
            let message = format!("the right answer names “{unknown}”, which is no option");
            return Err(LeftOut::new("unknown-key", message, "name an option that is there"));
        }
        let option =
            |Response { id, text, reason }| Choice { text, key: keys.contains(&id), reason };
        made::choice(responses.into_iter().map(option).collect())
    }

    fn order(&mut self) -> Result<Responses, LeftOut> {
        let steps = self.declared.keys()?;
        let responses = self.responses(self.interaction, &["simpleChoice"]);
        made::order(&responses, &steps)
    }

    /// Two sets of which one needs each of the other once.
    fn matching(&mut self) -> Result<Responses, LeftOut> {
        let pairs = self.declared.pairs()?;
        let sets: Vec<&Element> = self.interaction.named("simpleMatchSet").collect();
        let [first, second] = sets.as_slice() else {
            let hint = "export it with two sets of choices";
            return Err(LeftOut::new("bad-match", "a match needs two sets", hint));
        };
        let first = self.responses(first, &["simpleAssociableChoice"]);
        let second = self.responses(second, &["simpleAssociableChoice"]);
        let flipped: Vec<(String, String)> =
            pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect();
        match paired(first.clone(), &pairs) {
            Some(prompts) => made::matching(&prompts, &second),
            None => match paired(second, &flipped) {
                Some(prompts) => made::matching(&prompts, &first),
                None => Err(many_to_many()),
            },
        }
    }

    /// Gaps in a text, each of which needs one of the responses.
    fn gaps(&mut self) -> Result<Responses, LeftOut> {
        let pairs = self.declared.pairs()?;
        let gaps = self.interaction.descendants().filter(|element| element.name == "gap");
        let prompts = gaps.zip(1..).map(|(gap, number)| Response {
            id: gap.attribute("identifier").unwrap_or_default().to_owned(),
            text: gap_name(number),
            reason: String::new(),
        });
        let prompts: Vec<Response> = prompts.collect();
        let responses = self.responses(self.interaction, &["gapText", "gapImg"]);
        // A pair names the response first, in some exports the gap.
        let is_gap = |id: &String| prompts.iter().any(|prompt| prompt.id == *id);
        let pairs: Vec<(String, String)> =
            pairs.into_iter().map(|(a, b)| if is_gap(&b) { (b, a) } else { (a, b) }).collect();
        made::matching(&paired(prompts, &pairs).ok_or_else(many_to_many)?, &responses)
    }

    /// Pairs within one set: the sides of a match, which the item itself does not tell.
    fn pairs(&mut self) -> Result<Responses, LeftOut> {
        let pairs = self.declared.pairs()?;
        let all = self.responses(self.interaction, &["simpleAssociableChoice"]);
        let (prompts, rest): (Vec<Response>, Vec<Response>) =
            all.into_iter().partition(|response| pairs.iter().any(|(a, _)| *a == response.id));
        let made = made::matching(&paired(prompts, &pairs).ok_or_else(many_to_many)?, &rest)?;
        let message = "pairs are asked as a match, which tells one side of each from the other";
        let hint = "look whether the question is still as hard as it should be";
        self.content.warn("associate", message.into(), hint);
        Ok(made)
    }

    /// The responses of these names in an element, each with its feedback.
    fn responses(&mut self, element: &Element, names: &[&str]) -> Vec<Response> {
        let mut responses = Vec::new();
        for choice in element.elements().filter(|child| names.contains(&child.name.as_str())) {
            let id = choice.attribute("identifier").unwrap_or_default().trim().to_owned();
            let text = self.content.markdown(choice);
            let mut reasons = self.content.take_asides();
            for (of, text) in &mut self.feedback {
                if *of == id {
                    reasons.push(std::mem::take(text));
                }
            }
            responses.push(Response { id, text, reason: made::joined(reasons) });
        }
        responses
    }
}

/// Each prompt with the one response that it is paired with; none when some have none or several.
fn paired(prompts: Vec<Response>, pairs: &[(String, String)]) -> Option<Vec<(Response, String)>> {
    let of = |prompt: Response| {
        let mut needed = pairs.iter().filter(|(from, _)| *from == prompt.id);
        match (needed.next(), needed.next()) {
            (Some((_, to)), None) => Some((prompt, to.clone())),
            _ => None,
        }
    };
    let paired: Vec<(Response, String)> = prompts.into_iter().map(of).collect::<Option<_>>()?;
    (paired.len() == pairs.len()).then_some(paired)
}

fn many_to_many() -> LeftOut {
    let message = "not every prompt needs exactly one response";
    LeftOut::new("many-to-many", message, "ask for one response to each prompt")
}
