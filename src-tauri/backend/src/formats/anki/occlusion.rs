//! Pictures with parts hidden: Anki's own note type, whose clozes are shapes, and the older
//! add-on, whose fields hold drawn masks.

use super::cards::Note;
use crate::deck::Face;
use crate::rich_text::{Mask, MaskKind, MaskShape, masked_picture, pictures_of_html};

/// What a shape begins with, behind the number of its cloze.
const SHAPE: &str = "image-occlusion:";
/// Most shapes of a note.
const MAX_SHAPES: usize = 500;
/// Most corners of a polygon.
const MAX_CORNERS: usize = 500;

/// A shape with the number of its cloze; 0 for one that every card hides.
#[derive(Debug, Clone, PartialEq)]
struct Hidden {
    number: u32,
    shape: MaskShape,
    /// Whether it is hidden on the cards of others too.
    always: bool,
}

/// The cards of a note that hides parts of a picture; none when it does not.
pub(super) fn faces(note: Note<'_>, ordinals: &[(u32, u8)]) -> Option<Vec<Face>> {
    drawn(note, ordinals).or_else(|| native(note, ordinals))
}

/// Cards of Anki's own note type: fields with the shapes, the picture, a header, and what the
/// answer adds.
fn native(note: Note<'_>, ordinals: &[(u32, u8)]) -> Option<Vec<Face>> {
    if !note.notetype.cloze {
        return None;
    }
    let shapes = note.fields.iter().position(|field| field.contains(SHAPE))?;
    let mut others = note.fields.iter().enumerate().filter(|(place, _)| *place != shapes);
    let (place, picture) = others
        .find_map(|(place, field)| Some((place, pictures_of_html(field).into_iter().next()?)))?;
    let hidden = shapes_of(note.fields[shapes]);
    let is_header = |place: usize| note.notetype.fields[place].eq_ignore_ascii_case("header");
    let beside = |header: bool| {
        let fields = note.fields.iter().enumerate();
        let kept = fields.filter(|(at, field)| {
            *at != shapes && *at != place && !field.trim().is_empty() && is_header(*at) == header
        });
        kept.fold(String::new(), |all, (_, field)| all + "<div>" + field + "</div>")
    };
    let (header, added) = (beside(true), beside(false));
    let face = |&(ordinal, _): &(u32, u8)| {
        let side = |answered| {
            let masks = masks(&hidden, ordinal.saturating_add(1), answered);
            masked_picture(&picture, None, &masks)
        };
        let front = header.clone() + &side(false);
        Face { ordinal, front, back: side(true) + &added, typed: None }
    };
    Some(ordinals.iter().map(face).collect())
}

/// What a card hides: its own shapes, those that are always hidden, and, where a shape says so,
/// the others too.
fn masks(hidden: &[Hidden], number: u32, answered: bool) -> Vec<Mask> {
    let kind = |it: &Hidden| match (it.number == number, answered) {
        (true, false) => Some(MaskKind::Asked),
        (true, true) => Some(MaskKind::Revealed),
        (false, _) => (it.number == 0 || it.always).then_some(MaskKind::Other),
    };
    let mask = |it: &Hidden| Some(Mask { kind: kind(it)?, shape: it.shape.clone() });
    hidden.iter().filter_map(mask).collect()
}

/// The shapes of a field.
fn shapes_of(field: &str) -> Vec<Hidden> {
    let mut hidden = Vec::new();
    let mut rest = field;
    while let Some((_, after)) = rest.split_once("{{c") {
        rest = after;
        let Some((number, after)) = rest.split_once("::") else { break };
        let Ok(number) = number.parse() else { continue };
        let Some(after) = after.strip_prefix(SHAPE) else { continue };
        let Some((shape, behind)) = after.split_once("}}") else { break };
        rest = behind;
        if let Some((shape, always)) = shape_of(shape) {
            hidden.push(Hidden { number, shape, always });
        }
        if hidden.len() == MAX_SHAPES {
            break;
        }
    }
    hidden
}

/// `rect:left=.1:top=.2:width=.3:height=.4:oi=1`. A label on a picture is no shape.
fn shape_of(text: &str) -> Option<(MaskShape, bool)> {
    let mut parts = text.split(':');
    let kind = parts.next()?;
    let settings: Vec<(&str, &str)> = parts.filter_map(|part| part.split_once('=')).collect();
    let setting = |name: &str| settings.iter().find(|(known, _)| *known == name).map(|(_, v)| *v);
    let number = |name: &str| fraction(setting(name)?);
    let shape = match kind {
        "rect" => MaskShape::Rect {
            x: number("left")?,
            y: number("top")?,
            width: number("width")?,
            height: number("height")?,
        },
        "ellipse" => {
            let (rx, ry) = (number("rx")?, number("ry")?);
            MaskShape::Ellipse { cx: number("left")? + rx, cy: number("top")? + ry, rx, ry }
        }
        "polygon" => {
            let corner = |pair: &str| {
                let (x, y) = pair.split_once(',')?;
                Some((fraction(x)?, fraction(y)?))
            };
            let corners = setting("points")?.split_whitespace().take(MAX_CORNERS);
            MaskShape::Polygon(corners.map(corner).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some((shape, setting("oi") == Some("1")))
}

/// A share of the picture's width or height.
fn fraction(text: &str) -> Option<f32> {
    let number: f32 = text.trim().parse().ok()?;
    number.is_finite().then(|| number.clamp(-1.0, 2.0))
}

/// Cards of the add-on “Image Occlusion Enhanced”: the picture with a drawing upon it, one for the
/// question and one for the answer.
fn drawn(note: Note<'_>, ordinals: &[(u32, u8)]) -> Option<Vec<Face>> {
    let picture = |name: &str| {
        let field = note.fields.get(note.notetype.field(name)?)?;
        pictures_of_html(field).into_iter().next()
    };
    let (below, asked) = (picture("Image")?, picture("Question Mask")?);
    let answered = picture("Answer Mask");
    let text = |names: &[&str]| {
        let fields = names.iter().filter_map(|name| note.fields.get(note.notetype.field(name)?));
        let filled = fields.filter(|field| !field.trim().is_empty());
        filled.fold(String::new(), |all, field| all + "<div>" + field + "</div>")
    };
    let (header, footer) = (text(&["Header"]), text(&["Footer"]));
    let added = text(&["Remarks", "Sources", "Extra 1", "Extra 2"]);
    let front = header + &masked_picture(&below, Some(&asked), &[]) + &footer;
    let back = masked_picture(&below, answered.as_deref(), &[]) + &added;
    let face = |&(ordinal, _): &(u32, u8)| Face {
        ordinal,
        front: front.clone(),
        back: back.clone(),
        typed: None,
    };
    Some(ordinals.iter().map(face).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_with_the_number_of_their_cloze() {
        let hidden = shapes_of(
            "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>\
             {{c0::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.2}}\
             {{c2::image-occlusion:polygon:points=.1,.2 .3,.4 .5,.6}} {{c3::words}}\
             {{c4::image-occlusion:text:text=a:left=.1}}{{c5::image-occlusion:rect:left=x",
        );
        let rect = MaskShape::Rect { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
        let ellipse = MaskShape::Ellipse { cx: 0.6, cy: 0.7, rx: 0.1, ry: 0.2 };
        let polygon = MaskShape::Polygon(vec![(0.1, 0.2), (0.3, 0.4), (0.5, 0.6)]);
        assert_eq!(
            hidden,
            [
                Hidden { number: 1, shape: rect, always: true },
                Hidden { number: 0, shape: ellipse, always: false },
                Hidden { number: 2, shape: polygon, always: false },
            ]
        );
    }

    #[test]
    fn a_card_hides_its_own_shape_and_those_that_are_always_hidden() {
        let shape = MaskShape::Ellipse { cx: 0.5, cy: 0.5, rx: 0.1, ry: 0.1 };
        let hidden = |number, always| Hidden { number, shape: shape.clone(), always };
        let kinds = |hidden: &[Hidden], answered| {
            masks(hidden, 1, answered).iter().map(|mask| mask.kind).collect::<Vec<_>>()
        };
        let one = [hidden(0, false), hidden(1, false), hidden(2, false)];
        assert_eq!(kinds(&one, false), [MaskKind::Other, MaskKind::Asked]);
        assert_eq!(kinds(&one, true), [MaskKind::Other, MaskKind::Revealed]);
        let all = [hidden(1, true), hidden(2, true)];
        assert_eq!(kinds(&all, false), [MaskKind::Asked, MaskKind::Other]);
        assert_eq!(kinds(&all, true), [MaskKind::Revealed, MaskKind::Other]);
    }
}
