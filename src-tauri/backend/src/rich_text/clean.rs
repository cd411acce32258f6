//! The second lock: what HTML may pass.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::{code, media};

/// Elements of text.
const TAGS: [&str; 50] = [
    "a",
    "audio",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "wbr",
];

/// Elements of MathML Core that present and hold nothing but mathematics. Not among them: what
/// links, runs, holds other languages (`annotation-xml`) or acts (`maction`).
const MATH: [&str; 25] = [
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Attributes that size and place them.
const MATH_ATTRIBUTES: [&str; 21] = [
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "stretchy",
    "symmetric",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().chain(MATH).collect())
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes())
        .url_schemes(HashSet::from(["https", "http", "mailto", "media"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(|tag, attribute, value| {
            let allowed = match (tag, attribute) {
                ("a", "href") => is_open_link(value),
                ("img" | "audio", "src") => media::is_served(value),
                ("p", "class") => value == "lead-in",
                ("span", "class") => matches!(value, "cloze" | "missing") || code::is_class(value),
                ("code", "class") => is_language(value),
                ("td" | "th" | "mtd", "class") => matches!(value, "left" | "center" | "right"),
                ("td" | "th", "colspan" | "rowspan") | ("ol", "start") => is_count(value),
                (tag, _) if tag.starts_with('m') => is_measure(value),
                _ => true,
            };
            allowed.then_some(Cow::Borrowed(value))
        });
    builder
});

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let mut attributes = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("audio", HashSet::from(["src", "controls"])),
        ("img", HashSet::from(["src", "alt"])),
        ("ol", HashSet::from(["start"])),
    ]);
    for tag in ["code", "p", "span", "td", "th"] {
        attributes.insert(tag, HashSet::from(["class"]));
    }
    for tag in MATH {
        attributes.insert(tag, HashSet::from(MATH_ATTRIBUTES));
    }
    for (tag, attribute) in
        [("td", "colspan"), ("td", "rowspan"), ("th", "colspan"), ("th", "rowspan")]
    {
        attributes.entry(tag).or_default().insert(attribute);
    }
    for (tag, attribute) in [("mtd", "class"), ("mspace", "width"), ("mpadded", "width")] {
        attributes.entry(tag).or_default().insert(attribute);
    }
    attributes
}

/// HTML that may be shown.
pub(super) fn clean(html: &str) -> String {
    // The renderer aligns cells by styles, which the window's policy does not allow.
    let html = if html.contains(" style=\"text-align: ") {
        let aligned = |html: String, side: &str| {
            html.replace(&format!(" style=\"text-align: {side}\">"), &format!(" class=\"{side}\">"))
        };
        Cow::Owned(["left", "center", "right"].into_iter().fold(html.to_owned(), aligned))
    } else {
        Cow::Borrowed(html)
    };
    let html = CLEANER.clean(&html).to_string();
    if !html.contains("></th>") {
        return html;
    }
    // A head without words heads nothing: the corner of a table of two ways is a cell.
    let corner = |html: String, class: &str| {
        html.replace(&format!("<th{class}></th>"), &format!("<td{class}></td>"))
    };
    let classes = ["", " class=\"left\"", " class=\"center\"", " class=\"right\""];
    classes.into_iter().fold(html, corner)
}

/// A place beside the deck: no scheme, no host, no way out of its folder.
pub(super) fn is_relative(address: &str) -> bool {
    let odd = |c: char| matches!(c, ':' | '\\' | '%') || c.is_control() || c.is_whitespace();
    !address.is_empty()
        && !address.starts_with('/')
        && !address.contains(odd)
        && address.split('/').all(|part| part != "..")
}

/// An address for the system's browser or mail program.
fn is_open_link(address: &str) -> bool {
    let scheme = url::Url::parse(address).map(|url| url.scheme().to_owned());
    scheme.is_ok_and(|scheme| ["https", "http", "mailto"].contains(&scheme.as_str()))
}

/// A number with a unit, or a word: what attributes of formulas hold.
fn is_measure(value: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b".%+-".contains(&b);
    value.len() <= 32 && value.bytes().all(allowed)
}

/// A whole number of few digits: how many cells one spans, where a list begins.
fn is_count(value: &str) -> bool {
    !value.is_empty() && value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_language(class: &str) -> bool {
    let name = class.strip_prefix("language-").unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
    !name.is_empty() && name.len() <= 32 && name.chars().all(allowed)
}
