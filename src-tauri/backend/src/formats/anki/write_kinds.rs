//! Note types and decks of a package that is written, and what each item puts into its fields.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::write::stable_id;
use crate::deck::{Card, CardStyle, Interaction, ItemBody, Markup, Question};
use crate::formats::ExportDeck;
use crate::rich_text::{FileNames, portable_html};

/// Most templates of a note type; faces behind them are left to the last.
const MAX_FACES: u32 = 500;
/// The settings of a collection whose day begins at midnight UTC.
pub(super) const SETTINGS: &str = r#"{"creationOffset":0,"sched2021":true,"schedVer":2,"nextPos":1,"curDeck":1,"activeDecks":[1],"sortType":"noteFld","sortBackwards":false,"addToCur":true,"collapseTime":1200,"dueCounts":true,"estTimes":true,"newSpread":0,"timeLim":0,"dayLearnFirst":false}"#;
/// The options that Anki gives a deck.
pub(super) const OPTIONS: &str = r#"{"1":{"id":1,"mod":0,"name":"Default","usn":0,"maxTaken":60,"autoplay":true,"timer":0,"replayq":true,"new":{"bury":false,"delays":[1.0,10.0],"initialFactor":2500,"ints":[1,4,0],"order":1,"perDay":20},"rev":{"bury":false,"ease4":1.3,"ivlFct":1.0,"maxIvl":36500,"perDay":200,"hardFactor":1.2},"lapse":{"delays":[10.0],"leechAction":1,"leechFails":8,"minInt":1,"mult":0.0},"dyn":false}}"#;
const CSS: &str =
    ".card { font-family: sans-serif; font-size: 20px; line-height: 1.5; text-align: left; }
.cloze { font-weight: bold; color: #2d5fb8; }
.masked { position: relative; display: inline-block; margin: 0; }
.masked svg, .masked img + img { position: absolute; inset: 0; width: 100%; height: 100%; }
.masked .asked { fill: #e08a00; } .masked .other { fill: #f3dfa8; }
.masked .revealed { fill: none; stroke: #e08a00; stroke-width: 0.01; }
.nightMode .cloze { color: #8fb4ff; }";

/// A note type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Basic,
    Reversed,
    Typed,
    Cloze,
    /// Sides of so many cards.
    Faces(u32),
}

impl Kind {
    fn of(body: &ItemBody) -> Self {
        let ItemBody::Card(card) = body else { return Self::Basic };
        match card.style {
            CardStyle::Basic => Self::Basic,
            CardStyle::Reversed => Self::Reversed,
            CardStyle::Typed => Self::Typed,
            CardStyle::Cloze => Self::Cloze,
            CardStyle::Faces => {
                let last = card.faces.iter().map(|face| face.ordinal).max().unwrap_or(0);
                Self::Faces(last.min(MAX_FACES - 1) + 1)
            }
        }
    }

    fn name(self) -> String {
        match self {
            Self::Basic => "Sitwell Basic".into(),
            Self::Reversed => "Sitwell Reversed".into(),
            Self::Typed => "Sitwell Typed".into(),
            Self::Cloze => "Sitwell Cloze".into(),
            Self::Faces(count) => format!("Sitwell {count} sides"),
        }
    }

    /// Its id: the same in every package, so that Anki finds it again.
    pub(super) fn id(self) -> i64 {
        stable_id(&self.name())
    }

    fn fields(self) -> Vec<String> {
        match self {
            Self::Cloze => vec!["Text".into(), "Back Extra".into()],
            Self::Faces(count) => (1..=count)
                .flat_map(|n| [format!("Front {n}"), format!("Back {n}"), format!("Answer {n}")])
                .collect(),
            _ => vec!["Front".into(), "Back".into()],
        }
    }

    /// Front and back of each template.
    fn templates(self) -> Vec<(String, String)> {
        let asked = |front: &str, back: &str| {
            let below = format!("{{{{FrontSide}}}}\n\n<hr id=answer>\n\n{{{{{back}}}}}");
            (format!("{{{{{front}}}}}"), below)
        };
        match self {
            Self::Basic => vec![asked("Front", "Back")],
            Self::Reversed => vec![asked("Front", "Back"), asked("Back", "Front")],
            Self::Typed => vec![(
                "{{Front}}\n\n{{type:Back}}".into(),
                "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}".into(),
            )],
            Self::Cloze => {
                vec![("{{cloze:Text}}".into(), "{{cloze:Text}}<br>\n{{Back Extra}}".into())]
            }
            Self::Faces(count) => (1..=count)
                .map(|n| {
                    let typed =
                        format!("{{{{#Answer {n}}}}}{{{{type:Answer {n}}}}}{{{{/Answer {n}}}}}");
                    let front = format!("{{{{Front {n}}}}}");
                    let back = format!("{front}\n\n<hr id=answer>\n\n{typed}{{{{Back {n}}}}}");
                    (front + &typed, back)
                })
                .collect(),
        }
    }

    fn json(self, now_s: i64) -> Value {
        let fields: Vec<Value> = (0..)
            .zip(self.fields())
            .map(|(ord, name): (u32, _)| {
                json!({ "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial",
                        "size": 20, "media": [] })
            })
            .collect();
        let templates: Vec<Value> = (0..)
            .zip(self.templates())
            .map(|(ord, (front, back)): (u32, _)| {
                json!({ "name": format!("Card {}", ord + 1), "ord": ord, "qfmt": front,
                        "afmt": back, "bqfmt": "", "bafmt": "", "did": null })
            })
            .collect();
        json!({ "id": self.id(), "name": self.name(), "type": i32::from(self == Self::Cloze),
                "mod": now_s, "usn": -1, "sortf": 0, "did": null, "tmpls": templates,
                "flds": fields, "css": CSS, "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
                "latexPost": "\\end{document}", "req": [], "tags": [], "vers": [] })
    }
}

/// The note types that decks need.
pub(super) fn kinds(decks: &[ExportDeck]) -> BTreeSet<Kind> {
    decks.iter().flat_map(|deck| &deck.items).map(|item| Kind::of(&item.item.body)).collect()
}

/// JSON of note types.
pub(super) fn notetypes(kinds: &BTreeSet<Kind>, now_s: i64) -> String {
    let all: BTreeMap<String, Value> =
        kinds.iter().map(|kind| (kind.id().to_string(), kind.json(now_s))).collect();
    json!(all).to_string()
}

/// JSON of decks with those they hang under.
pub(super) fn decks(decks: &[ExportDeck], now_s: i64) -> String {
    let json = |id: i64, name: &str, about: &str| {
        json!({ "id": id, "name": name, "mod": now_s, "usn": -1, "lrnToday": [0, 0],
                "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0], "collapsed": false,
                "browserCollapsed": false, "desc": about, "md": true, "dyn": 0, "conf": 1,
                "extendNew": 0, "extendRev": 0 })
    };
    let mut all = BTreeMap::from([("1".to_owned(), json(1, "Default", ""))]);
    for deck in decks {
        for depth in 1..=deck.path.len() {
            let path = &deck.path[..depth];
            let own = depth == deck.path.len();
            let id = deck_id(path);
            if own || !all.contains_key(&id.to_string()) {
                let about = if own { deck.introduction.as_str() } else { "" };
                all.insert(id.to_string(), json(id, &name(path), about));
            }
        }
    }
    json!(all).to_string()
}

fn name(path: &[String]) -> String {
    path.iter().map(|part| part.replace("::", ": ")).collect::<Vec<_>>().join("::")
}

/// The id of a deck by its path.
pub(super) fn deck_id(path: &[String]) -> i64 {
    stable_id(&name(path))
}

/// What an item becomes.
pub(super) struct KindOf {
    pub(super) kind: Kind,
    /// HTML.
    pub(super) fields: Vec<String>,
    /// Which cards it makes.
    pub(super) ordinals: Vec<u32>,
}

/// The fields of an item.
pub(super) fn fields(body: &ItemBody, files: &FileNames<'_>) -> KindOf {
    let kind = Kind::of(body);
    match body {
        ItemBody::Card(card) => {
            let fields = of_card(kind, card, files);
            let within = |ordinal: &u32| !matches!(kind, Kind::Faces(count) if *ordinal >= count);
            KindOf { kind, fields, ordinals: card.ordinals().into_iter().filter(within).collect() }
        }
        ItemBody::Question(question) => {
            let (front, back) = of_question(question);
            let html = |text: &str| portable_html(Markup::Markdown, text, files);
            KindOf { kind, fields: vec![html(&front), html(&back)], ordinals: vec![0] }
        }
    }
}

fn of_card(kind: Kind, card: &Card, files: &FileNames<'_>) -> Vec<String> {
    let html = |text: &str| portable_html(card.markup, text, files).trim().to_owned();
    let Kind::Faces(count) = kind else {
        return [&card.front, &card.back].map(|text| unwrapped(html(text))).to_vec();
    };
    let mut fields = Vec::new();
    for ordinal in 0..count {
        let face = card.faces.iter().find(|face| face.ordinal == ordinal);
        let (front, back) = face.map_or(("", ""), |face| (face.front.as_str(), face.back.as_str()));
        let typed = face.and_then(|face| face.typed.as_deref()).unwrap_or_default();
        fields.extend([html(front), html(back), html(typed)]);
    }
    fields
}

/// A single paragraph needs no tags around it.
fn unwrapped(html: String) -> String {
    let inside = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match inside {
        Some(inside) if !inside.contains("<p>") => inside.to_owned(),
        _ => html,
    }
}

/// A question as a card: stem and lettered options, and the right answer with all reasons.
fn of_question(question: &Question) -> (String, String) {
    let mut front = Vec::new();
    if let Some(case) = &question.case {
        front.push(case.scenario.clone());
    }
    front.push(question.stem.clone());
    let lettered = ('A'..='Z').zip(&question.options);
    front.extend(lettered.clone().map(|(letter, option)| entry(letter, &option.text, "")));
    let mut back = Vec::new();
    match &question.interaction {
        Interaction::Choice => {
            let keys = lettered.clone().filter(|(_, option)| option.key);
            back.extend(keys.map(|(letter, option)| entry(letter, &option.text, &option.reason)));
        }
        Interaction::Order => {
            let steps = question.options.iter().filter(|option| option.key);
            back.extend(
                (1..)
                    .zip(steps)
                    .map(|(n, option): (u32, _)| entry(n, &option.text, &option.reason)),
            );
        }
        Interaction::Match { prompts } => {
            front
                .extend((1..).zip(prompts).map(|(n, prompt): (u32, _)| entry(n, &prompt.text, "")));
            back.extend((1..).zip(prompts).filter_map(|(n, prompt): (u32, _)| {
                let option = question.options.get(usize::from(prompt.option))?;
                Some(entry(n, &format!("{}: {}", prompt.text, option.text), &prompt.reason))
            }));
        }
    }
    back.push(question.explanation.clone());
    let others = lettered.filter(|(_, option)| !option.key && !option.reason.is_empty());
    back.extend(others.map(|(letter, option)| entry(letter, &option.text, &option.reason)));
    back.retain(|part| !part.trim().is_empty());
    (front.join("\n\n"), back.join("\n\n"))
}

/// An option with its letter or number, and its reason below.
fn entry(mark: impl std::fmt::Display, text: &str, reason: &str) -> String {
    let plain =
        text.starts_with(|c: char| c.is_alphanumeric() || c == '`' && !text.starts_with("```"));
    let between = if plain { " " } else { "\n\n" };
    let entry = format!("**{mark}.**{between}{text}");
    if reason.is_empty() { entry } else { format!("{entry}\n\n{reason}") }
}
