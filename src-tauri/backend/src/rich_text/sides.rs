//! What each card of an item shows on its front and on its back.

use super::{CLOZE, CLOZE_ASKED, CLOZE_END, Media, With};
use crate::deck::{Card, CardStyle, Cloze, Shown};

/// Both sides of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// Clean HTML of what asks.
    pub front_html: String,
    /// Clean HTML of what answers.
    pub back_html: String,
}

const ASKED: Shown<'static> = Shown { open: CLOZE_ASKED, close: CLOZE_END, words: false };
const ANSWERED: Shown<'static> = Shown { open: CLOZE, close: CLOZE_END, words: true };

/// The sides of the card of this ordinal (see [`Card::ordinals`]); one that the wording does not
/// make is shown without anything asked for.
pub fn sides(card: &Card, ordinal: u32, media: &Media) -> Sides {
    let html = |text: &str| With(media).of(card.markup, text);
    match card.style {
        CardStyle::Reversed if ordinal == 1 => {
            Sides { front_html: html(&card.back), back_html: html(&card.front) }
        }
        CardStyle::Basic | CardStyle::Reversed | CardStyle::Typed => {
            Sides { front_html: html(&card.front), back_html: html(&card.back) }
        }
        CardStyle::Faces => {
            let face = card.faces.iter().find(|face| face.ordinal == ordinal);
            let (front, back) =
                face.map_or((&card.front, &card.back), |face| (&face.front, &face.back));
            Sides { front_html: html(front), back_html: html(back) }
        }
        CardStyle::Cloze => {
            let cloze = Cloze::parse(&card.front);
            let number = ordinal.saturating_add(1);
            Sides {
                front_html: html(&cloze.show(number, ASKED)),
                back_html: html(&cloze.show(number, ANSWERED)) + &html(&card.back),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(style: CardStyle, front: &str, back: &str, ordinal: u32) -> (String, String) {
        let card = Card::of(style, front, back);
        let Sides { front_html, back_html } = sides(&card, ordinal, &Media::none());
        (front_html, back_html)
    }

    #[test]
    fn a_reversed_card_asks_from_both_sides() {
        let (a, b) = ("<p>a</p>\n".to_owned(), "<p>b</p>\n".to_owned());
        assert_eq!(shown(CardStyle::Reversed, "a", "b", 0), (a.clone(), b.clone()));
        assert_eq!(shown(CardStyle::Reversed, "a", "b", 1), (b.clone(), a.clone()));
        assert_eq!(shown(CardStyle::Typed, "a", "b", 0), (a, b));
    }

    #[test]
    fn a_cloze_asks_for_one_number_at_a_time_and_shows_the_rest_with_the_answer() {
        let text = "{{c1::S3::store}} and {{c2::Glue}}";
        let (front, back) = shown(CardStyle::Cloze, text, "More.", 0);
        assert_eq!(front, "<p><span class=\"cloze\">[store]</span> and Glue</p>\n");
        assert_eq!(back, "<p><span class=\"cloze\">S3</span> and Glue</p>\n<p>More.</p>\n");
        let (front, back) = shown(CardStyle::Cloze, text, "", 1);
        assert_eq!(front, "<p>S3 and <span class=\"cloze\">[…]</span></p>\n");
        assert_eq!(back, "<p>S3 and <span class=\"cloze\">Glue</span></p>\n");
        assert_eq!(shown(CardStyle::Cloze, text, "", 6).0, "<p>S3 and Glue</p>\n");
    }

    #[test]
    fn a_hint_cannot_bring_in_html() {
        let text = "{{c1::x::<img src=x onerror=alert(1)>}} {{c1::[a](javascript:alert(1))}}";
        for side in [0, 1].map(|n| shown(CardStyle::Cloze, text, "", n)) {
            assert!(!(side.0.clone() + &side.1).contains("<img"), "{side:?}");
            assert!(!(side.0.clone() + &side.1).contains("href"), "{side:?}");
        }
    }
}
