//! From a note to the card of ours that it becomes: one of our own styles where its templates
//! have the stock shape, so that it can be edited here; the sides written out otherwise.

use super::notetype::{CardTemplate, Notetype};
use super::occlusion;
use super::render::{Facts, Part, TooLong, decide, makes_card};
use super::template::{Filter, Name};
use crate::deck::{Card, CardStyle, Cloze, Face, Markup};

/// Most bytes of all cards of a note. A template repeats what the fields hold for each of them.
const MAX_CARDS: usize = 256 * 1024 * 1024;
/// What a card takes besides.
const CARD: usize = 1024;

/// A note with what stands around it.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats) struct Note<'a> {
    pub(in crate::formats) notetype: &'a Notetype,
    /// As many as the note type has.
    pub(in crate::formats) fields: &'a [&'a str],
    pub(in crate::formats) tags: &'a str,
    /// Its parts joined by `::`.
    pub(in crate::formats) deck: &'a str,
}

/// The sides of one card, with their sections decided.
struct Sides<'t> {
    ordinal: u32,
    front: Vec<Part<'t>>,
    back: Vec<Part<'t>>,
}

/// The card of a note. `ordinals` are those of its cards in the file, with their flags, in order.
pub(in crate::formats) fn card(note: Note<'_>, ordinals: &[(u32, u8)]) -> Result<Card, TooLong> {
    let bytes = note.fields.iter().map(|field| field.len()).sum::<usize>() + CARD;
    if bytes.saturating_mul(ordinals.len()) > MAX_CARDS {
        return Err(TooLong);
    }
    if let Some(faces) = occlusion::faces(note, ordinals) {
        return Ok(of_faces(faces));
    }
    let sides: Vec<Sides<'_>> = ordinals
        .iter()
        .filter_map(|&(ordinal, flag)| {
            let template = note.notetype.template(ordinal)?;
            let facts = note.facts(template, ordinal, flag);
            let front = decide(&template.front.nodes, &facts);
            let back = decide(&template.back.nodes, &facts);
            Some(Sides { ordinal, front, back })
        })
        .collect();
    // A card without a template is none of a stock shape.
    if sides.len() == ordinals.len()
        && let Some(card) = stock(note, &sides)?
    {
        return Ok(card);
    }
    let mut faces = Vec::with_capacity(ordinals.len());
    let mut bytes = 0;
    for &(ordinal, flag) in ordinals {
        let face = match note.notetype.template(ordinal) {
            Some(template) => face(note, template, ordinal, flag)?,
            None => bare_face(note, ordinal),
        };
        bytes += face.front.len() + face.back.len();
        if bytes > MAX_CARDS {
            return Err(TooLong);
        }
        faces.push(face);
    }
    Ok(of_faces(faces))
}

/// The ordinals of the cards that Anki would make of a note.
pub(in crate::formats) fn ordinals(note: Note<'_>) -> Vec<u32> {
    if note.notetype.cloze {
        let Some(template) = note.notetype.templates.first() else { return Vec::new() };
        let parts = decide(&template.front.nodes, &note.facts(template, 0, 0));
        let mut numbers: Vec<u32> = Vec::new();
        for part in parts.iter().filter(|part| part.is_cloze()) {
            let Part::Value(Name::Field(place), ..) = part else { continue };
            let text = note.fields.get(*place).unwrap_or(&"");
            numbers.extend(Cloze::parse(text).numbers().iter().map(|n| n - 1));
        }
        numbers.sort_unstable();
        numbers.dedup();
        return numbers;
    }
    let mut made = Vec::new();
    for (ordinal, template) in (0u32..).zip(&note.notetype.templates) {
        let facts = note.facts(template, ordinal, 0);
        if makes_card(&decide(&template.front.nodes, &facts), &facts) {
            made.push(ordinal);
        }
    }
    made
}

impl<'a> Note<'a> {
    fn facts(&self, template: &'a CardTemplate, ordinal: u32, flag: u8) -> Facts<'a> {
        Facts {
            fields: self.fields,
            tags: self.tags,
            notetype: &self.notetype.name,
            deck: self.deck,
            card: &template.name,
            ordinal,
            flag,
            cloze: self.notetype.cloze,
        }
    }

    fn field(&self, place: usize) -> &'a str {
        self.fields.get(place).unwrap_or(&"").trim()
    }
}

fn of_faces(faces: Vec<Face>) -> Card {
    let markup = Markup::Html;
    Card { markup, faces, ..Card::of(CardStyle::Faces, "", "") }
}

/// The card in one of our styles, when the templates have a stock shape.
fn stock(note: Note<'_>, sides: &[Sides<'_>]) -> Result<Option<Card>, TooLong> {
    if note.notetype.cloze {
        return cloze(note, sides);
    }
    let of = |style, front: usize, back: usize| {
        Some(written(style, note.field(front).to_owned(), note.field(back).to_owned()))
    };
    Ok(match sides {
        [one] if one.ordinal == 0 => match (asks(&one.front), answers(one)) {
            (Some((front, None)), Some((back, false))) => of(CardStyle::Basic, front, back),
            (Some((front, Some(typed))), Some((back, _))) if typed == back => {
                of(CardStyle::Typed, front, back)
            }
            _ => None,
        },
        [one, two] if (one.ordinal, two.ordinal) == (0, 1) => {
            let pair = |it: &Sides<'_>| match (asks(&it.front), answers(it)) {
                (Some((front, None)), Some((back, false))) => Some((front, back)),
                _ => None,
            };
            match (pair(one), pair(two)) {
                (Some((front, back)), Some(other)) if other == (back, front) => {
                    of(CardStyle::Reversed, front, back)
                }
                _ => None,
            }
        }
        _ => None,
    })
}

/// The field that a stock front shows, and the one to be typed.
fn asks(front: &[Part<'_>]) -> Option<(usize, Option<usize>)> {
    let mut parts = front.iter().filter(|part| !part.is_blank());
    let field = parts.next()?.plain_field()?;
    match (parts.next(), parts.next()) {
        (None, _) => Some((field, None)),
        (Some(part), None) => Some((field, Some(part.typed_field()?))),
        _ => None,
    }
}

/// The field that a stock back adds to the front below a line, and whether it is typed.
fn answers(sides: &Sides<'_>) -> Option<(usize, bool)> {
    let added = added(sides)?;
    match added.as_slice() {
        [part] => match part.typed_field() {
            Some(place) => Some((place, true)),
            None => Some((part.plain_field()?, false)),
        },
        _ => None,
    }
}

/// What a back adds to the front, when it begins with it and draws a line.
fn added<'s, 't>(sides: &'s Sides<'t>) -> Option<Vec<&'s Part<'t>>> {
    let back: Vec<&Part<'_>> = sides.back.iter().filter(|part| !part.is_blank()).collect();
    let line = back.iter().position(|part| part.is_line())?;
    let (before, behind) = back.split_at(line);
    let begins = match before {
        [Part::Value(Name::FrontSide, ..)] => true,
        before => {
            let shown = |part: &&Part<'_>| !part.is_blank() && part.typed_field().is_none();
            let front = sides.front.iter().filter(shown);
            front.eq(before.iter().copied().filter(|part| part.typed_field().is_none()))
        }
    };
    begins.then(|| behind[1..].to_vec())
}

/// A note of clozes whose back begins with its front: our own cloze, when it makes the cards that
/// the file has.
fn cloze(note: Note<'_>, sides: &[Sides<'_>]) -> Result<Option<Card>, TooLong> {
    let Some(first) = sides.first() else { return Ok(None) };
    let same = |it: &Sides<'_>| it.front == first.front && it.back == first.back;
    let is_plain = |part: &Part<'_>| match part {
        Part::Text(_) => true,
        Part::Value(Name::Field(_), filters, _) => matches!(filters, [] | [Filter::Cloze]),
        Part::Value(name, filters, _) => filters.is_empty() && **name != Name::FrontSide,
    };
    let asked = first.front.iter().any(Part::is_cloze);
    if !asked || !sides.iter().all(same) || !first.front.iter().all(is_plain) {
        return Ok(None);
    }
    let Some(added) = first.back.strip_prefix(first.front.as_slice()) else { return Ok(None) };
    let is_else =
        |part: &Part<'_>| matches!(part, Part::Value(name, ..) if **name == Name::FrontSide);
    if added.iter().any(|part| part.is_cloze() || is_else(part)) {
        return Ok(None);
    }
    let Some(template) = note.notetype.templates.first() else { return Ok(None) };
    let facts = note.facts(template, first.ordinal, 0);
    let raw: Vec<Part<'_>> = first
        .front
        .iter()
        .map(|part| match part {
            Part::Value(name, [Filter::Cloze], label) => Part::Value(name, &[], label),
            other => *other,
        })
        .collect();
    let front = facts.write(&raw, None)?;
    let made = Cloze::parse(&front).numbers().into_iter().map(|number| number - 1);
    if !made.eq(sides.iter().map(|side| side.ordinal)) {
        return Ok(None);
    }
    let added = if added.first().is_some_and(Part::is_line) { &added[1..] } else { added };
    let back = facts.write(added, Some(""))?;
    let back = back.trim();
    let back =
        ["<br>", "<br/>", "<br />"].iter().find_map(|br| back.strip_prefix(br)).unwrap_or(back);
    Ok(Some(written(CardStyle::Cloze, front.trim().to_owned(), back.trim().to_owned())))
}

/// One card with its sides written out.
fn face(note: Note<'_>, template: &CardTemplate, ordinal: u32, flag: u8) -> Result<Face, TooLong> {
    let facts = note.facts(template, ordinal, flag);
    let sides = Sides {
        ordinal,
        front: decide(&template.front.nodes, &facts),
        back: decide(&template.back.nodes, &facts),
    };
    let front = facts.write(&sides.front, None)?;
    let back = match added(&sides) {
        // The window shows the front above the back anyway.
        Some(added) => {
            let added: Vec<Part<'_>> = added.into_iter().copied().collect();
            facts.write(&added, Some(&front))?
        }
        None => facts.write(&sides.back, Some(&front))?,
    };
    let typed = facts.typed(&sides.front);
    Ok(Face { ordinal, front: front.trim().to_owned(), back: back.trim().to_owned(), typed })
}

/// A card that no template makes any more: the fields as they are.
fn bare_face(note: Note<'_>, ordinal: u32) -> Face {
    let front = note.field(0).to_owned();
    let rest: Vec<&str> = note.fields.iter().skip(1).copied().filter(|f| !f.is_empty()).collect();
    Face { ordinal, front, back: rest.join("<br>"), typed: None }
}

/// A card in one of our styles; its text counts as Markdown when it has no markup at all.
fn written(style: CardStyle, front: String, back: String) -> Card {
    let plain = is_plain(&front) && is_plain(&back);
    let markup = if plain { Markup::Markdown } else { Markup::Html };
    Card { markup, ..Card::of(style, front, back) }
}

/// Whether a text is the same in HTML and in Markdown.
fn is_plain(text: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || " ,;:?!'\"/%.(){}-".contains(c);
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = after.len() < text.len() && after.starts_with(['.', ')']);
    let bulleted = text.starts_with("- ") || text.starts_with("--") || text == "-";
    text.chars().all(harmless) && !numbered && !bulleted && !text.contains("  ")
}
