//! The texts of a card, however they are written: their words, their files, what is typed.

use super::words::{pictures_of_html, plain_text_of_html};
use super::{pictures, plain_text};
use crate::deck::{Card, CardStyle, Cloze, Markup};

/// All texts of a card: both sides, or those of each face.
pub fn texts(card: &Card) -> impl Iterator<Item = &str> {
    let faces = card.faces.iter().flat_map(|face| [face.front.as_str(), face.back.as_str()]);
    [card.front.as_str(), card.back.as_str()].into_iter().chain(faces)
}

/// The names of the pictures and sounds that a card shows.
pub fn shown_files(card: &Card) -> Vec<String> {
    let find = match card.markup {
        Markup::Markdown => pictures,
        Markup::Html => pictures_of_html,
    };
    texts(card).flat_map(find).collect()
}

/// The words of both sides, on one line each: what asks and what answers, of all its cards.
pub fn words_of_card(card: &Card) -> (String, String) {
    let words = match card.markup {
        Markup::Markdown => plain_text,
        Markup::Html => plain_text_of_html,
    };
    if card.style == CardStyle::Cloze && card.markup == Markup::Html {
        return (words(&Cloze::parse(&card.front).words()), words(&card.back));
    }
    let (mut front, mut back) = (words(&card.front), words(&card.back));
    for face in &card.faces {
        for (side, text) in [(&mut front, &face.front), (&mut back, &face.back)] {
            let text = words(text);
            if !side.contains(&text) {
                if !side.is_empty() {
                    side.push(' ');
                }
                side.push_str(&text);
            }
        }
    }
    (front, back)
}

/// What is to be typed for the card of this ordinal, in plain words; none when nothing is.
pub fn typed_answer(card: &Card, ordinal: u32) -> Option<String> {
    let text = match card.style {
        CardStyle::Typed => card.back.as_str(),
        CardStyle::Faces => {
            let face = card.faces.iter().find(|face| face.ordinal == ordinal)?;
            face.typed.as_deref()?
        }
        CardStyle::Basic | CardStyle::Reversed | CardStyle::Cloze => return None,
    };
    Some(match card.markup {
        // What follows the first paragraph explains.
        Markup::Markdown => plain_text(first_paragraph(text)),
        Markup::Html => plain_text_of_html(text),
    })
}

/// A text up to its first blank line; a block of code there is not torn.
pub fn first_paragraph(text: &str) -> &str {
    if text.starts_with("```") || text.starts_with("~~~") {
        return text;
    }
    text.split("\n\n").next().unwrap_or(text)
}
