//! Pictures with parts hidden.
//!
//! In a text they are the tag `<masked-picture src over masks>`; what is shown is drawn here from
//! the numbers in it, and nothing else of the tag gets through.

use std::fmt::Write as _;

use super::scan::Attributes;

/// Most masks of a picture, and most numbers of a mask.
const MAX_MASKS: usize = 500;
const MAX_NUMBERS: usize = 1_000;

/// What a mask does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskKind {
    /// Hides what is asked for.
    Asked,
    /// Hides something else.
    Other,
    /// Frames what was asked for.
    Revealed,
}

impl MaskKind {
    const ALL: [Self; 3] = [Self::Asked, Self::Other, Self::Revealed];

    fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Other => "other",
            Self::Revealed => "revealed",
        }
    }
}

/// Shape of a mask; all numbers are shares of the picture's width or height.
#[derive(Debug, Clone, PartialEq)]
pub enum MaskShape {
    /// A rectangle, by its upper left corner.
    Rect {
        /// From the left.
        x: f32,
        /// From the top.
        y: f32,
        /// Of the picture's width.
        width: f32,
        /// Of the picture's height.
        height: f32,
    },
    /// An ellipse, by its centre.
    Ellipse {
        /// From the left.
        cx: f32,
        /// From the top.
        cy: f32,
        /// Of the picture's width.
        rx: f32,
        /// Of the picture's height.
        ry: f32,
    },
    /// A polygon, by its corners.
    Polygon(Vec<(f32, f32)>),
}

/// A part of a picture that is hidden or framed.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// What it does.
    pub kind: MaskKind,
    /// Where.
    pub shape: MaskShape,
}

/// HTML of a picture with masks; `over` is a drawing that lies upon it. Both are names of files
/// beside the deck.
pub fn masked_picture(src: &str, over: Option<&str>, masks: &[Mask]) -> String {
    let mut html = format!("<masked-picture src=\"{}\"", htmlize::escape_attribute(src));
    if let Some(over) = over {
        let _ = write!(html, " over=\"{}\"", htmlize::escape_attribute(over));
    }
    if !masks.is_empty() {
        let masks: Vec<String> = masks.iter().map(written).collect();
        let _ = write!(html, " masks=\"{}\"", masks.join(";"));
    }
    html.push_str("></masked-picture>");
    html
}

fn written(mask: &Mask) -> String {
    let (shape, numbers) = match &mask.shape {
        MaskShape::Rect { x, y, width, height } => ("rect", vec![*x, *y, *width, *height]),
        MaskShape::Ellipse { cx, cy, rx, ry } => ("ellipse", vec![*cx, *cy, *rx, *ry]),
        MaskShape::Polygon(corners) => {
            ("polygon", corners.iter().flat_map(|(x, y)| [*x, *y]).collect())
        }
    };
    let mut text = format!("{} {shape}", mask.kind.name());
    for number in numbers {
        let _ = write!(text, " {number}");
    }
    text
}

/// A `<masked-picture>` as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MaskedPicture {
    pub(super) src: String,
    pub(super) over: Option<String>,
    masks: Vec<Mask>,
}

impl MaskedPicture {
    pub(super) fn read(attributes: Attributes<'_>) -> Self {
        let masks = attributes.get("masks").unwrap_or_default();
        Self {
            src: attributes.get("src").unwrap_or_default(),
            over: attributes.get("over"),
            masks: masks.split(';').take(MAX_MASKS).filter_map(read).collect(),
        }
    }

    /// The figure. `picture` makes the HTML of a file by its name.
    pub(super) fn figure(&self, picture: &dyn Fn(&str) -> String) -> String {
        let mut html = format!("<figure class=\"masked\">{}", picture(&self.src));
        if let Some(over) = &self.over {
            html.push_str(&picture(over));
        }
        if !self.masks.is_empty() {
            html.push_str("<svg viewBox=\"0 0 1 1\" preserveAspectRatio=\"none\">");
            for mask in &self.masks {
                draw(&mut html, mask);
            }
            html.push_str("</svg>");
        }
        html.push_str("</figure>");
        html
    }
}

fn draw(html: &mut String, mask: &Mask) {
    let class = mask.kind.name();
    // Writing to a String cannot fail.
    let _ = match &mask.shape {
        MaskShape::Rect { x, y, width, height } => write!(
            html,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ),
        MaskShape::Ellipse { cx, cy, rx, ry } => write!(
            html,
            "<ellipse class=\"{class}\" cx=\"{cx}\" cy=\"{cy}\" rx=\"{rx}\" ry=\"{ry}\"/>"
        ),
        MaskShape::Polygon(corners) => {
            let points: Vec<String> = corners.iter().map(|(x, y)| format!("{x},{y}")).collect();
            write!(html, "<polygon class=\"{class}\" points=\"{}\"/>", points.join(" "))
        }
    };
}

fn read(text: &str) -> Option<Mask> {
    let mut words = text.split_ascii_whitespace();
    let kind = words.next()?;
    let kind = MaskKind::ALL.into_iter().find(|known| known.name() == kind)?;
    let shape = words.next()?;
    let number = |word: &str| word.parse().ok().filter(|number: &f32| number.is_finite());
    let numbers: Vec<f32> = words.take(MAX_NUMBERS).map(number).collect::<Option<_>>()?;
    let shape = match (shape, numbers.as_slice()) {
        ("rect", &[x, y, width, height]) => MaskShape::Rect { x, y, width, height },
        ("ellipse", &[cx, cy, rx, ry]) => MaskShape::Ellipse { cx, cy, rx, ry },
        ("polygon", corners) if corners.len() >= 6 => {
            MaskShape::Polygon(corners.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
        }
        _ => return None,
    };
    Some(Mask { kind, shape })
}
