//! From a template and a note to the HTML of one side.

use std::borrow::Cow;
use std::collections::HashMap;

use super::template::{Filter, Name, Node};
use crate::deck::{Cloze, Shown};
use crate::rich_text;

/// Longest side of a card, in bytes.
pub(super) const MAX_SIDE: usize = 1024 * 1024;

const ASKED: Shown<'static> =
    Shown { open: "<span class=\"cloze\">", close: "</span>", words: false };
const ANSWERED: Shown<'static> = Shown { words: true, ..ASKED };

/// A side that is longer than any card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) struct TooLong;

/// What a template may show of a card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) fields: &'a [&'a str],
    pub(super) tags: &'a str,
    pub(super) notetype: &'a str,
    /// Its parts joined by `::`.
    pub(super) deck: &'a str,
    /// Name of the template.
    pub(super) card: &'a str,
    pub(super) ordinal: u32,
    pub(super) flag: u8,
    /// Whether the ordinal is that of a cloze.
    pub(super) cloze: bool,
}

/// A piece of a side once its sections are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// As it stands.
    Text(&'t str),
    /// A field or a fact, with its filters and its label.
    Value(&'t Name, &'t [Filter], &'t str),
}

impl Part<'_> {
    /// The field, when it is shown as it is.
    pub(super) fn plain_field(&self) -> Option<usize> {
        match self {
            Self::Value(Name::Field(place), [], _) => Some(*place),
            _ => None,
        }
    }

    /// The field, when it is typed as it is.
    pub(super) fn typed_field(&self) -> Option<usize> {
        match self {
            Self::Value(Name::Field(place), [Filter::Type], _) => Some(*place),
            _ => None,
        }
    }

    /// Whether it has deletions asked for.
    pub(super) fn is_cloze(&self) -> bool {
        matches!(self, Self::Value(_, filters, _)
            if filters.iter().any(|f| matches!(f, Filter::Cloze | Filter::ClozeOnly)))
    }

    /// Whether it is nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// Whether it is the line that Anki draws above the answer.
    pub(super) fn is_line(&self) -> bool {
        let Self::Text(text) = self else { return false };
        let is_noise = |c: &char| c.is_whitespace() || matches!(c, '"' | '\'' | '/');
        let bare: String = text.chars().filter(|c| !is_noise(c)).take(16).collect();
        bare.eq_ignore_ascii_case("<hrid=answer>")
    }
}

/// A side with its sections decided.
pub(super) fn decide<'t>(nodes: &'t [Node], facts: &Facts<'_>) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    decide_into(&mut parts, nodes, facts, &mut Empty::default());
    parts
}

/// Which names are known to have no value: a field may be long, and many sections ask for it.
#[derive(Default)]
struct Empty<'t>(HashMap<&'t Name, bool>);

impl<'t> Empty<'t> {
    fn is(&mut self, name: &'t Name, facts: &Facts<'_>) -> bool {
        *self.0.entry(name).or_insert_with(|| is_empty(&facts.value(name)))
    }
}

fn decide_into<'t>(
    parts: &mut Vec<Part<'t>>,
    nodes: &'t [Node],
    facts: &Facts<'_>,
    empty: &mut Empty<'t>,
) {
    for node in nodes {
        match node {
            Node::Text(text) => parts.push(Part::Text(text)),
            Node::Value { name, filters, label } => parts.push(Part::Value(name, filters, label)),
            Node::Section { name, negated, nodes } => {
                if empty.is(name, facts) == *negated {
                    decide_into(parts, nodes, facts, empty);
                }
            }
        }
    }
}

/// Whether a front shows anything of the note, so that Anki makes a card of it.
pub(super) fn makes_card(parts: &[Part<'_>], facts: &Facts<'_>) -> bool {
    let mut empty = Empty::default();
    parts.iter().any(|part| match part {
        Part::Text(_) => false,
        Part::Value(name, ..) => !empty.is(name, facts),
    })
}

/// Whether a field counts as empty: nothing but white space and line breaks.
pub(super) fn is_empty(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix('<') {
        let Some((tag, after)) = inside.split_once('>') else { return false };
        let tag = tag.trim_matches('/').trim_end();
        if !tag.eq_ignore_ascii_case("br") && !tag.eq_ignore_ascii_case("div") {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty()
}

impl<'a> Facts<'a> {
    /// The value of a name; what the front showed has a value that is not told here.
    fn value(&self, name: &Name) -> Cow<'a, str> {
        match name {
            Name::Field(place) => (*self.fields.get(*place).unwrap_or(&"")).into(),
            Name::FrontSide => "front".into(),
            Name::Tags => self.tags.into(),
            Name::Type => self.notetype.into(),
            Name::Deck => self.deck.into(),
            Name::Subdeck => self.deck.rsplit("::").next().unwrap_or_default().into(),
            Name::Card => self.card.into(),
            Name::CardFlag if self.flag > 0 => format!("flag{}", self.flag).into(),
            Name::Cloze(number) if self.cloze && *number == self.ordinal.saturating_add(1) => {
                "1".into()
            }
            Name::CardFlag | Name::Cloze(_) | Name::Unknown => "".into(),
        }
    }

    /// Writes a side. `front` is what the front shows where this is the back.
    pub(super) fn write(&self, parts: &[Part<'_>], front: Option<&str>) -> Result<String, TooLong> {
        let mut html = String::new();
        for part in parts {
            match part {
                Part::Text(text) => html.push_str(text),
                Part::Value(Name::FrontSide, ..) => html.push_str(front.unwrap_or_default()),
                Part::Value(name, filters, label) => {
                    html.push_str(&self.filtered(name, filters, label, front.is_some()));
                }
            }
            if html.len() > MAX_SIDE {
                return Err(TooLong);
            }
        }
        Ok(html)
    }

    /// What is to be typed, where a side says so.
    pub(super) fn typed(&self, parts: &[Part<'_>]) -> Option<String> {
        parts.iter().find_map(|part| match part {
            Part::Value(name, filters, _) if filters.contains(&Filter::Type) => {
                Some(self.answer(&self.value(name), filters))
            }
            _ => None,
        })
    }

    fn answer(&self, text: &str, filters: &[Filter]) -> String {
        if filters.iter().any(|f| matches!(f, Filter::Cloze | Filter::ClozeOnly)) {
            Cloze::parse(text).answers(self.ordinal.saturating_add(1)).join(", ")
        } else {
            text.to_owned()
        }
    }

    fn filtered(
        &self,
        name: &Name,
        filters: &[Filter],
        label: &str,
        answered: bool,
    ) -> Cow<'a, str> {
        let value = self.value(name);
        if filters.contains(&Filter::Type) {
            return if answered { self.answer(&value, filters).into() } else { "".into() };
        }
        filters.iter().fold(value, |text, filter| self.apply(filter, text, label, answered))
    }

    fn apply(
        &self,
        filter: &Filter,
        text: Cow<'a, str>,
        label: &str,
        answered: bool,
    ) -> Cow<'a, str> {
        let number = self.ordinal.saturating_add(1);
        match filter {
            Filter::Text => rich_text::without_tags(&text).into(),
            Filter::Cloze => {
                let cloze = Cloze::parse(&text);
                cloze.show(number, if answered { ANSWERED } else { ASKED }).into()
            }
            Filter::ClozeOnly if answered => Cloze::parse(&text).answers(number).join(", ").into(),
            Filter::ClozeOnly => {
                let cloze = Cloze::parse(&text);
                let asked = cloze.answers(number).iter().map(|_| "[…]").collect::<Vec<_>>();
                asked.join(", ").into()
            }
            Filter::Hint if text.trim().is_empty() => "".into(),
            Filter::Hint => format!("<details><summary>{label}</summary>{text}</details>").into(),
            Filter::Furigana => with_readings(&text, |out, base, reading| {
                out.extend(["<ruby><rb>", base, "</rb><rt>", reading, "</rt></ruby>"]);
            }),
            Filter::Kana => with_readings(&text, |out, _, reading| out.push_str(reading)),
            Filter::Kanji => with_readings(&text, |out, base, _| out.push_str(base)),
            Filter::Type | Filter::Speech => text,
        }
    }
}

/// The text with each ` base[reading]` written anew.
fn with_readings<'a>(text: &str, write: impl Fn(&mut String, &str, &str)) -> Cow<'a, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((reading, behind)) = after.split_once(']') else { break };
        let start = before.rfind([' ', '>']).map_or(0, |at| at + 1);
        let (lead, base) = before.split_at(start);
        if base.is_empty() || reading.is_empty() || reading.starts_with("sound:") {
            out.extend([before, "[", reading, "]"]);
        } else {
            out.push_str(lead.strip_suffix(' ').unwrap_or(lead));
            write(&mut out, base, reading);
        }
        rest = behind;
    }
    out.push_str(rest);
    out.into()
}
